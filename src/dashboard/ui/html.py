"""How does HTML of our own go to the browser? As it is, without a search for a file of that name or an indentation."""

from collections.abc import Iterable
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
