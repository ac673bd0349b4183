"""Makes HTML of texts with our few marks and of the templates, and draws it as it is.

The browser draws HTML in a fraction of the time it takes for Markdown (benchmarks/RESULTS.md). For texts that change
with every choice, on pages that show several of them. Drawn without a search for a file of that name or an
indentation. See docs/decisions/0019-text.md.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from urllib.parse import quote

import streamlit as st
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dashboard.model.words import Words
from dashboard.ui.escape import escape_label

_MARK = re.compile(
    r"""
      \\ (?P<literal> [!-/:-@\[-`{-~] )
    | !\[ (?P<said> (?: \\. | :small\[\] | [^\]\\] )* ) \]\( (?P<picture> [^)\s]+ ) (?: \s "(?P<hover> [^"]* )" )? \)
    | ` (?P<code> [^`]+ ) `
    | (?P<stars> \*\*? )
    | (?P<parted> :small\[\] )
    | (?P<opens> :small\[ | :gray\[ | :color\[ | \[ )
    | (?P<closes> \] (?: \( (?P<address> [^)\s]* ) \) | \{ (?P<look> [^}]* ) \} )? )
    | (?P<line> [ ]{2}\n )
    """,
    re.VERBOSE,
)
_ANY = re.compile(r"[\\!`*:\[\]]|  \n")
"""How every mark begins, for texts without one."""
MOST = 4096
"""How many texts are kept as HTML: those of a page are mostly the same with every choice."""
_LOOK = re.compile(r'(foreground|background)="([^"]*)"')
_TAGS = {"**": "b", "*": "em"}
_STYLE = {"foreground": "color", "background": "background"}


@lru_cache(MOST)
def as_html(text: str) -> Markup:
    """Return one paragraph of Markdown as HTML.

    Understood are what our words, `escape` and `coloured` write: bold, slanted, small and coloured text, code, links,
    pictures, breaks and backslashes. Everything else is shown as it stands, also in what claims to be HTML.

    Escapes by hand, since every cell of every table comes here, and Markup.format takes three times as long.
    """
    text = str(text)
    if not _ANY.search(text):
        return Markup(escape(text))  # noqa: S704
    done: list[str] = []
    open_: list[tuple[int, str]] = []
    """Where each open bracket stands in `done`, and how it was written."""
    at, within = 0, set[str]()
    for mark in _MARK.finditer(text):
        done.append(escape(text[at : mark.start()]))
        at = mark.end()
        if mark["literal"]:
            done.append(escape(mark["literal"]))
        elif mark["parted"]:
            continue
        elif mark["picture"]:
            done.append(_picture(mark))
        elif mark["code"]:
            done.append(f"<code>{escape(mark['code'])}</code>")
        elif mark["stars"]:
            tag = _TAGS[mark["stars"]]
            done.append(f"</{tag}>" if tag in within else f"<{tag}>")
            within ^= {tag}
        elif mark["line"]:
            done.append("<br>")
        elif mark["opens"]:
            open_.append((len(done), mark["opens"]))
            done.append(escape(mark["opens"]))
        elif open_:
            place, opened = open_.pop()
            done[place], ends = _around(opened, mark)
            done.append(ends)
        else:
            done.append(escape(mark[0]))
    done.append(escape(text[at:]))
    return Markup("".join(done))  # noqa: S704


def _picture(mark: re.Match[str]) -> str:
    said = escape(escape_label(mark["said"]))
    hover = f' title="{escape(escape_label(mark["hover"]))}"' if mark["hover"] else ""
    return f'<img alt="{said}" src="{escape(mark["picture"])}"{hover}>'


def _around(opened: str, mark: re.Match[str]) -> tuple[str, str]:
    """Return what begins and ends a bracket that was opened so and is closed by the mark."""
    if opened == ":small[":
        return "<small>", "</small>" + escape(mark[0][1:])
    if opened == ":gray[":
        return '<span class="gray">', "</span>" + escape(mark[0][1:])
    if opened == ":color[" and mark["look"] is not None:
        looks = (f"{_STYLE[name]}:{value}" for name, value in _LOOK.findall(mark["look"]))
        return f'<span style="{escape(";".join(looks))}">', "</span>"
    if opened == "[" and mark["address"] is not None:
        return f'<a href="{escape(mark["address"])}">', "</a>"
    return opened, escape(mark[0])


def as_address(svg: str) -> str:
    """Return a small drawing as a data address, for HTML and Markdown."""
    return f"data:image/svg+xml,{quote(svg, safe='=:/ ').replace(' ', '%20')}"


def _template(name: str) -> str:
    """Return a template without the line breaks between its tags, which are for its readers and would show as gaps."""
    return re.sub(r">\n<", "><", files("dashboard.ui").joinpath("templates", name).read_text("utf-8"))


_TEMPLATES = Environment(loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined)
"""Those of `ui/templates/`. Texts are plain: whatever is put into them is escaped, unless it is Markup."""
_TEMPLATES.filters |= {"marked": as_html, "address": as_address}


def render(template: str, **values: object) -> Markup:
    """Return a template with its values filled in."""
    return Markup(_TEMPLATES.get_template(template).render(values))  # noqa: S704 - its values are escaped


def part(name: str, *values: object, of: str = "parts.html") -> Markup:
    """Return one part of a page: a macro of a template, with its values filled in."""
    made: Markup = getattr(_TEMPLATES.get_template(of).module, name)(*values)
    return made


class Html(str):
    """HTML that needs no cleaning."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def draw_html(body: str, hug: bool = False) -> None:
    """Draw HTML, as wide as the page or, with `hug`, as its content."""
    st.html(Html(body), width="content" if hug else "stretch")


def caption(text: str, kind: str = "") -> Markup:
    """Return a sentence in small, quiet letters. `kind` names a class of its own in `page.css`."""
    return part("caption", text, kind)


def draw_caption(text: str, kind: str = "") -> None:
    """Draw a sentence in small, quiet letters."""
    draw_html(caption(text, kind))


def draw_table(lines: Sequence[Mapping[str, object]], title: str = "", under: str = "") -> None:
    """Draw lines as a table, each with texts or numbers by the titles of the columns. What a line lacks stays empty.

    `title` stands above it, `under` below it in small, quiet letters.
    """
    columns = list(dict.fromkeys(column for line in lines for column in line))
    rows = [["" if (cell := line.get(column)) is None else str(cell) for column in columns] for line in lines]
    draw_html(part("table", columns, rows, title, under))


def paragraph(text: str) -> Markup:
    """Return a text of a page."""
    return part("paragraph", text)


def items(texts: Iterable[str], tag: str = "ul", kind: str = "") -> Markup:
    """Return a list of texts. `kind` names a class of its own in `page.css`."""
    return part("items", texts, tag, kind)


def folds(titled: Iterable[tuple[str, Markup]]) -> Markup:
    """Return titles, each of which opens the HTML below it. For texts that are short enough to be sent at once."""
    return part("folds", titled)


def draw_told(title: str, why: str, *parts: Markup) -> None:
    """Draw a heading, if there is one, with what explains it, above texts of a page; all but the heading are HTML."""
    draw_html(part("told", title, why, parts))


def explained(words: Words, told: Iterable[str]) -> Markup:
    """Return a "?" that opens sentences of the words, each a paragraph; empty if there are none."""
    return part("explained", words("choose.explained"), list(filter(None, told)))
