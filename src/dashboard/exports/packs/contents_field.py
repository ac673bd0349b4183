"""Writes the fields of a Word document: its table of contents with links, and the number of a page.

A field says what it holds, until whoever opens the document lets it be updated. The contents hold every heading from
the beginning, so that they are there also where no field is updated; the numbers of pages, which only the program that
sets the pages knows, come with the update.
"""

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from dashboard.exports.packs.outline import Heading

DEEPEST = 2
"""The level down to which headings are in the contents."""
ASKS = f'TOC \\o "1-{DEEPEST}" \\h \\z'
AFTER_UPDATE = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat")
"""The settings before one of which that to update fields must stand."""


def mark(paragraph: Any, heading: Heading) -> None:
    """Make a heading the aim of the links in the contents."""
    for kind in ("bookmarkStart", "bookmarkEnd"):
        part = OxmlElement(f"w:{kind}")
        part.set(qn("w:id"), str(heading.number))
        if kind == "bookmarkStart":
            part.set(qn("w:name"), _name(heading))
            paragraph._p.insert(1, part)
        else:
            paragraph._p.append(part)


def begin_field(paragraph: Any, asks: str) -> None:
    """Begin a field in a paragraph; what it holds follows."""
    _append(paragraph, "fldChar").set(qn("w:fldCharType"), "begin")
    _append(paragraph, "instrText", asks)
    _append(paragraph, "fldChar").set(qn("w:fldCharType"), "separate")


def end_field(paragraph: Any) -> None:
    """End a field, in the same paragraph or a later one."""
    _append(paragraph, "fldChar").set(qn("w:fldCharType"), "end")


def add_contents(document: Any, headings: Sequence[Heading], across: int) -> None:
    """Append a table of contents that lists these headings, and have it updated when the document is opened."""
    listed = [heading for heading in headings if heading.level <= DEEPEST]
    for level in range(1, DEEPEST + 1):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(0.6 * (level - 1)), Pt(3)
        style.paragraph_format.right_indent = Cm(1.2)
        style.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for number, heading in enumerate(listed):
        paragraph = document.add_paragraph(style=f"toc {heading.level}")
        if not number:
            begin_field(paragraph, ASKS)
        _entry(paragraph, heading)
        if number + 1 == len(listed):
            end_field(paragraph)
    _update(document.settings.element)


def _entry(paragraph: Any, heading: Heading) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _name(heading))
    link.set(qn("w:history"), "1")
    link.append(paragraph.add_run(heading.text)._r)
    paragraph._p.append(link)


def _append(paragraph: Any, kind: str, text: str = "") -> Any:
    """Append a run with one element to a paragraph, and return that element."""
    run, part = OxmlElement("w:r"), OxmlElement(f"w:{kind}")
    if text:
        part.text = text
        part.set(qn("xml:space"), "preserve")
    run.append(part)
    paragraph._p.append(run)
    return part


def _update(settings: Any) -> None:
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    next(one for one in settings if one.tag in map(qn, (f"w:{name}" for name in AFTER_UPDATE))).addprevious(update)


def _name(heading: Heading) -> str:
    return f"_Toc{heading.number:08}"
