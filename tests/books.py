"""How do tests fill in the workbook of an operation? As a spreadsheet would: cells are read, changed and rewritten."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.workbook import Workbook

from dashboard.exports.answer_workbook import answer_workbook
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.queries.collect_answering import book_of
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from tests.conftest import TODAY, WRITER

Cells = list[list[object]]
Sheets = dict[str, Cells]
HEAD = 3
"""The index of the header row, which is the fourth."""


def handed_out(store: Path, operation: str = "a-op", round_: str = "R2", words: Words | None = None) -> bytes:
    """The workbook of an operation in the publication in force."""
    published = Reader(store).current()
    assert published is not None
    with published.connection:
        book = book_of(published, operation, round_, "en")
        assert book is not None
        return answer_workbook(book, words or read_words())


def cells_of(content: bytes) -> Sheets:
    """Every sheet by title, cell by cell, including the hidden one."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {
        title: [list(row) for row in book.get_sheet_by_name(title).to_python(skip_empty_area=False)]
        for title in book.sheet_names
    }


def filled_in(store: Path, operation: str = "a-op", round_: str = "R2") -> Sheets:
    """The cells of a workbook that was just handed out, ready to be filled in."""
    return cells_of(handed_out(store, operation, round_))


def at(sheet: Cells, id_: str, head: str) -> tuple[int, int]:
    """The row and column of a cell, by the id of its row and the header of its column."""
    position = sheet[HEAD].index(head)
    number = next(number for number, row in enumerate(sheet) if number > HEAD and row[0] == id_)
    return number, position


def fill(sheet: Cells, id_: str, **cells: object) -> None:
    """Type into the row with an id; spaces in headers are written as underscores."""
    for name, cell in cells.items():
        row, column = at(sheet, id_, HEADS[name])
        sheet[row][column] = cell


HEADS = {
    "id": "Id",
    "status": "Status",
    "evidence": "Evidence",
    "reason": "Reason (required if not applicable)",
    "note": "Note",
    "role": "Answered by (role)",
    "on": "Answered on",
    "found": "Found?",
    "scale": "How harmful (1-4)",
    "scope": "How many children (1-4)",
    "irremediability": "How hard to put right (1-4)",
    "likelihood": "Likelihood (1-4)",
    "basis": "Basis of the rating",
    "reach": "Reach (1-4)",
    "need": "Need (1-4)",
    "feasibility": "Feasibility (1-4)",
    "rated_on": "Rated on",
}


def write(
    path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], more: Callable[[Workbook], None] = lambda _: None
) -> Path:
    """Write cells as a workbook without any formatting; `more` adds what cells cannot express."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            page = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, position, cell, day)
                    elif isinstance(cell, float | int):
                        page.write_number(number, position, cell)
                    elif cell:
                        page.write_string(number, position, str(cell)[:32767])
        more(workbook)
    return path


def published(store: Path, *paths: Path) -> tuple[Problem, ...]:
    """Publish files, and return what is reported."""
    outcome = publish(Load(store, paths, WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    return outcome.problems
