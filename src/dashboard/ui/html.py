"""How does HTML of our own go to the browser? As it is, without a search for a file of that name or an indentation."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.model.words import Words
from dashboard.ui.marked import as_html


class Html(str):
    """HTML that needs no cleaning."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def draw_html(body: str, hug: bool = False) -> None:
    """Draw HTML, as wide as the page or, with `hug`, as its content."""
    st.html(Html(body), width="content" if hug else "stretch")


def caption(text: str, kind: str = "") -> str:
    """Return a sentence in small, quiet letters. `kind` names a class of its own in `server/page.css`."""
    return f'<p class="{f"caption {kind}".strip()}">{as_html(text)}</p>'


def draw_caption(text: str, kind: str = "") -> None:
    """Draw a sentence in small, quiet letters."""
    draw_html(caption(text, kind))


def draw_table(lines: Sequence[Mapping[str, object]], title: str = "", under: str = "") -> None:
    """Draw lines as a table, each with texts or numbers by the titles of the columns. What a line lacks stays empty.

    `title` stands above it, `under` below it in small, quiet letters.
    """
    columns = list(dict.fromkeys(column for line in lines for column in line))
    head = "".join(f'<th scope="col">{as_html(column)}</th>' for column in columns)
    rows = ("".join(f"<td>{_cell(line.get(column))}</td>" for column in columns) for line in lines)
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    above, below = f"<p><b>{as_html(title)}</b></p>" if title else "", caption(under) if under else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    draw_html(f'<div class="table">{above}{table}{below}</div>')


def _cell(value: object) -> str:
    return "" if value is None else as_html(str(value))


def folds(titled: Iterable[tuple[str, str]]) -> str:
    """Return titles, each of which opens the HTML below it. For texts that are short enough to be sent at once."""
    return "".join(
        f'<details class="fold"><summary>{as_html(title)}</summary>{body}</details>' for title, body in titled
    )


def draw_told(title: str, why: str, *parts: str) -> None:
    """Draw a heading, if there is one, with what explains it, above texts of a page; all of them are HTML."""
    head = f"<div><h2>{title}</h2>{why}</div>" if title else why
    draw_html(f'<div class="told">{head}{"".join(parts)}</div>')


def explained(words: Words, told: Iterable[str]) -> str:
    """Return a "?" that opens sentences of the words, each a paragraph; empty if there are none."""
    paragraphs = "".join(f"<p>{as_html(text)}</p>" for text in told if text)
    if not paragraphs:
        return ""
    named = escape(words("choose.explained"))
    return (
        f'<details class="explained"><summary aria-label="{named}" title="{named}">?</summary>'
        f"<div>{paragraphs}</div></details>"
    )
