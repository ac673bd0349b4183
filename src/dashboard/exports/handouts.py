"""Writes what a group in a room is given on paper: ballots, and the outcome that it takes home.

The outcome is a workbook with one sheet that prints on one A4 page; the ballots are an A4 page with four of them to cut
out, for any browser.
"""

from importlib.resources import files
from io import BytesIO

import xlsxwriter
from jinja2 import Environment, StrictUndefined
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
"""Characters of a question and its answers that fit a quarter of a page; longer ones get half a page.

So does a question whose answers say what they need, each in lines of its own.
"""
_BALLOTS = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True).from_string(
    files("dashboard.exports").joinpath("ballots.html").read_text("utf-8")
)


def paper_ballots(words: Words, said: QuestionText) -> bytes:
    """Return the page as UTF-8. It loads nothing, and asks for no name."""
    letters = len(said.asks) + len(said.about) + len(said.where) + sum(map(len, said.choices.values()))
    kind, n = ("sheet long", ON_A_SHEET // 2) if said.needs or letters > LONG else ("sheet", ON_A_SHEET)
    return _BALLOTS.render(words=words, said=said, kind=kind, n=n).encode()
