"""How does a text with our few marks become HTML of our own?

The browser draws HTML in a fraction of the time it takes for Markdown (benchmarks/RESULTS.md). For texts that change
with every choice, on pages that show several of them. See docs/decisions/0024-text-on-screen.md.
"""

import re
from functools import lru_cache
from html import escape

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
def as_html(text: str) -> str:
    """Return one paragraph of Markdown as HTML.

    Understood are what our words, `escape` and `coloured` write: bold, slanted, small and coloured text, code, links,
    pictures, breaks and backslashes. Everything else is shown as it stands.
    """
    if not _ANY.search(text):
        return escape(text)
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
    return "".join(done)


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
