"""Writes what a group in a room is given on paper: ballots, and the outcome that it takes home.

The outcome is a workbook with one sheet that prints on one A4 page; the ballots are an A4 page with four of them to cut
out, for any browser.
"""

from html import escape
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.writable import given_writable
from dashboard.model.vote import QuestionText, RoomOutcome, Section
from dashboard.model.words import Words

WIDTHS = (50, 40, 16, 20, 12)
A4 = 9


@given_writable
def outcome_workbook(outcome: RoomOutcome) -> bytes:
    """Return the file. Every cell is written as text, so that none is taken for a formula."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": outcome.title})
        page = book.add_worksheet()
        cell = {"text_wrap": True, "valign": "top"}
        plain, head = book.add_format(cell), book.add_format({**cell, "bottom": 1, "italic": True})
        strong = book.add_format({"bold": True, "font_size": 12})
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        page.write_string(0, 0, outcome.title, book.add_format({"bold": True, "font_size": 16}))
        for row, line in enumerate(outcome.about, start=1):
            page.write_string(row, 0, line)
        row = len(outcome.about) + 2
        for section in outcome.sections:
            row = _section(page, row, section, (strong, head, plain))
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 1)
        page.set_margins(0.5, 0.5, 0.5, 0.5)
        page.hide_gridlines(2)
    return stream.getvalue()


def _section(page: Worksheet, row: int, section: Section, looks: tuple[Format, Format, Format]) -> int:
    """Write the section from `row` on; return the row after it and a blank one."""
    strong, head, plain = looks
    page.write_string(row, 0, section.title, strong)
    if not section.lines:
        page.write_string(row + 1, 0, section.empty, plain)
        return row + 3
    for number, (line, look) in enumerate(
        [(section.columns, head), *((line, plain) for line in section.lines)], start=1
    ):
        for column, text in enumerate(line):
            page.write_string(row + number, column, text, look)
    return row + len(section.lines) + 3


ON_A_SHEET = 4
LONG = 900
"""Characters of a question and its answers that fit a quarter of a page; longer ones get half a page."""
STYLE = """
@page { size: A4 portrait; margin: 8mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; font: 11pt/1.3 system-ui, sans-serif; }
.sheet { display: grid; grid-template-columns: 1fr 1fr; width: 194mm; margin: 0 auto; }
.sheet.long { grid-template-columns: 1fr; }
.ballot { display: flex; flex-direction: column; min-height: 138mm; padding: 6mm; border: 1px dashed #777;
  break-inside: avoid; overflow-wrap: anywhere; }
h1 { font-size: 14pt; line-height: 1.2; margin: 0 0 2mm; }
p { margin: 0 0 2mm; }
.where, .small { font-size: 9pt; }
ul { list-style: none; margin: 2mm 0; padding: 0; }
li { display: flex; gap: 3mm; align-items: baseline; margin: 0 0 2.5mm; }
li::before { content: ""; flex: none; width: 4.5mm; height: 4.5mm; border: 1.5px solid #000; align-self: center; }
.note { flex: 1; min-height: 22mm; margin: 1mm 0 2mm; border: 1px solid #777; padding: 1mm 2mm; }
.screen { width: 194mm; margin: 4mm auto; }
@media print { .screen { display: none; } }
"""


def paper_ballots(words: Words, said: QuestionText) -> bytes:
    """Return the page as UTF-8. It loads nothing, and asks for no name."""
    ballot = _ballot(words, said)
    letters = len(said.asks) + len(said.about) + len(said.where) + sum(map(len, said.choices.values()))
    is_long = letters > LONG
    kind, n = ("sheet long", ON_A_SHEET // 2) if is_long else ("sheet", ON_A_SHEET)
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(words('paper.title'))}</title><style>{STYLE}</style></head>\n<body>"
        f'<p class="screen">{escape(words("paper.how"))}</p>\n<main class="{kind}">{ballot * n}</main></body></html>\n'
    ).encode()


def _ballot(words: Words, said: QuestionText) -> str:
    choices = "".join(f"<li>{escape(title)}</li>" for title in said.choices.values())
    about = f"<p>{escape(said.about)}</p>" if said.about else ""
    where = f'<p class="where">{escape(said.where)}</p>' if said.where else ""
    return (
        f'<section class="ballot"><h1>{escape(said.asks)}</h1>{about}{where}'
        f"<p><strong>{escape(words('paper.mark'))}</strong></p><ul>{choices}</ul>"
        f'<div class="note small">{escape(words("paper.note"))}</div>'
        f'<p class="small">{escape(words("paper.no_name"))}</p></section>\n'
    )
