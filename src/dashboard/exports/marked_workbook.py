"""Gives imported files back as a workbook: each problem marked in its cell, and all of them listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.answer_workbook import CREATED_AT
from dashboard.exports.writable import given_writable
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.sheet_cells import SheetGrid, labels_of
from dashboard.model.words import Words

LOOKED_AT = 30
"""Rows from the top that may hold titles before the header."""
LONGEST_TITLE = 31


@dataclass(frozen=True)
class CellPlace:
    """A cell: its sheet among the imported ones, its row and column, all counted from 0."""

    sheet: int
    row: int
    column: int


def places_of(problems: Sequence[Problem], sheets: Sequence[SheetGrid]) -> list[CellPlace | None]:
    """Return the cell of each problem: that of its column, else the first in its row, else its column's header.

    None if it names no sheet, row or column.
    """
    numbers = {grid.place: number for number, grid in enumerate(sheets)}
    named: dict[str, set[str]] = {}
    for problem in problems:
        if problem.file in numbers and problem.column is not None:
            named.setdefault(problem.file, set()).add(problem.column)
    headers = {file: header_row(sheets[numbers[file]], columns) for file, columns in named.items()}
    labels = {file: sheets[numbers[file]].labels(header) for file, header in headers.items() if header is not None}
    places: list[CellPlace | None] = []
    for problem in problems:
        number, header = numbers.get(problem.file), headers.get(problem.file)
        column = _column(labels.get(problem.file, ()), problem.column)
        row = problem.row - 1 if problem.row is not None else header if column is not None else None
        places.append(CellPlace(number, row, column or 0) if number is not None and row is not None else None)
    return places


def header_row(grid: SheetGrid, columns: Iterable[str]) -> int | None:
    """Return the row whose cells match most of the columns; among equals the fullest, then the first."""
    wanted = tuple(columns)
    labels = [labels_of(grid.titles(row)) for row in range(len(grid.texts[:LOOKED_AT]))]

    def fitness(row: int) -> tuple[int, int, int]:
        n_named = sum(_column(labels[row], column) is not None for column in wanted)
        return n_named, sum(bool(label) for label in labels[row]), -row

    return max(range(len(labels)), key=fitness, default=None)


def _column(labels: Sequence[str], column: str | None) -> int | None:
    """Return the column with that label, or with one of our names, possibly written with spaces and capitals."""
    if column is None:
        return None
    names = labels if column in labels else [label.lower().replace(" ", "_") for label in labels]
    return names.index(column) if column in names else None


def sheet_titles(sheets: Sequence[SheetGrid], first: str) -> list[str]:
    """Return the sheets' titles in the workbook, `first` before them: the original ones, made valid and unique."""
    titles: list[str] = []
    for wanted in (first, *(grid.title or grid.place.rpartition("/")[2].rpartition(".")[0] for grid in sheets)):
        clean = re.sub(r"[\[\]:*?/\\\t\n\r]", " ", wanted).strip("' ")[:LONGEST_TITLE] or "-"
        title, number = clean, 2
        while title.lower() in {other.lower() for other in titles}:
            suffix = f" ({number})"
            title, number = f"{clean[: LONGEST_TITLE - len(suffix)]}{suffix}", number + 1
        titles.append(title)
    return titles


LONGEST, MOST_ROWS, MOST_COLUMNS, MOST_LINKS = 32_767, 1_048_576, 16_384, 60_000
"""The most that one cell, one sheet and the links of one sheet can hold."""
FORMULA = ("=", "+", "-", "@", "\t")
"""The start of a text that a spreadsheet would evaluate when somebody edits the cell."""
FILLS = {Weight.FILE: "#F3D3C6", Weight.ROW: "#F3D3C6", Weight.NOTE: "#F7EBCF"}
"""Muted colours: for what is left out, and for what was only noticed."""
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
NARROWEST, WIDEST, MEASURED = 8, 40, 200
"""Least and greatest width of columns in characters, and the rows from the top that determine it."""
WIDTHS = (26, 110, 24)
ProblemsByCell = Mapping[tuple[int, int], Sequence[Problem]]


@dataclass
class Looks:
    """The formats of one workbook, each added on first use."""

    book: xlsxwriter.Workbook
    formats: dict[tuple[tuple[str, object], ...], Format]

    def of(self, **look: object) -> Format | None:
        key = tuple(sorted((name, value) for name, value in look.items() if value))
        if key and key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats.get(key)


@given_writable
def marked_workbook(sheets: Sequence[SheetGrid], problems: Sequence[Problem], words: Words) -> bytes:
    """Return XLSX bytes: the list of problems, then every sheet with its values in order.

    A cell with a problem is coloured and has the sentence as its comment; for a row that is left out, its first cell
    is. Problems without a cell are only in the list.
    """
    titles = sheet_titles(sheets, words("mapping.marked_list"))
    places = places_of(problems, sheets)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED_AT})
        looks = Looks(book, {})
        _list(book.add_worksheet(titles[0]), looks, problems, places, titles[1:], words)
        for position, (grid, title) in enumerate(zip(sheets, titles[1:], strict=True)):
            _sheet(book.add_worksheet(title), looks, grid, _problems_by_cell(position, problems, places), words)
    return stream.getvalue()


def _list(
    page: Worksheet,
    looks: Looks,
    problems: Sequence[Problem],
    places: Sequence[CellPlace | None],
    titles: Sequence[str],
    words: Words,
) -> None:
    """Write one line per problem: its cell, what it is, and its effect."""
    head = looks.of(bold=True, bottom=1)
    for column, key in enumerate(("where", "problem", "cost")):
        page.write_string(0, column, words(f"mapping.marked_{key}"), head)
        page.set_column(column, column, WIDTHS[column])
    page.freeze_panes(1, 0)
    text = looks.of(text_wrap=True, valign="top")
    for row, (problem, place) in enumerate(zip(problems, places, strict=True), start=1):
        if place is not None:
            title = titles[place.sheet].replace("'", "''")
            cell = xl_rowcol_to_cell(place.row, place.column)
            shown = f"{titles[place.sheet]} {cell}"
            if row <= MOST_LINKS:
                page.write_url(row, 0, f"internal:'{title}'!{cell}", looks.of(underline=1, valign="top"), shown)
            else:
                page.write_string(row, 0, shown, text)
        page.write_string(row, 1, sentence(problem, words)[:LONGEST], text)
        page.write_string(row, 2, words(f"data.costs_{problem.weight}"), text)
    if not problems:
        page.write_string(1, 1, words("mapping.marked_none"), text)


def _problems_by_cell(sheet: int, problems: Sequence[Problem], places: Sequence[CellPlace | None]) -> ProblemsByCell:
    """Return the problems of one sheet by cell, using the first cell for a row that is left out."""
    by_cell: dict[tuple[int, int], list[Problem]] = {}
    for problem, place in zip(problems, places, strict=True):
        if place is None or place.sheet != sheet:
            continue
        by_cell.setdefault((place.row, place.column), []).append(problem)
        if problem.weight is Weight.ROW and problem.row is not None and place.column:
            by_cell.setdefault((place.row, 0), []).append(problem)
    return by_cell


def _sheet(page: Worksheet, looks: Looks, grid: SheetGrid, by_cell: ProblemsByCell, words: Words) -> None:
    """Write the cells of one sheet, marked."""
    for column, texts in enumerate(zip(*grid.texts[:MEASURED], strict=True)):
        page.set_column(column, column, min(WIDEST, max(NARROWEST, *map(len, texts), 0) + 1))
    for row, cells in enumerate(grid.cells[:MOST_ROWS]):
        for column, cell in enumerate(cells[:MOST_COLUMNS]):
            _write(page, looks, row, column, cell, by_cell.get((row, column), ()))
    for (row, column), problems in by_cell.items():
        if row < MOST_ROWS and column < MOST_COLUMNS:
            if row >= len(grid.cells) or column >= len(grid.cells[row]):
                page.write_blank(row, column, None, looks.of(bg_color=_fill(problems)))
            comment = "\n".join(dict.fromkeys(sentence(problem, words) for problem in problems))
            page.write_comment(row, column, comment[:LONGEST], {"x_scale": 2.5, "y_scale": 1.2})


def _write(page: Worksheet, looks: Looks, row: int, column: int, cell: object, problems: Iterable[Problem]) -> None:
    """Write one cell with its own type. A text is never taken for a formula, a link or a number."""
    fill = _fill(problems)
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, looks.of(bg_color=fill))
    elif isinstance(cell, int | float) and abs(cell) < 1e15:
        page.write_number(row, column, cell, looks.of(bg_color=fill))
    elif isinstance(cell, date) and cell.year >= 1900:
        timed = isinstance(cell, datetime) and cell.time() != time()
        day = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        page.write_datetime(row, column, day, looks.of(bg_color=fill, num_format=MOMENT if timed else DAY))
    elif cell is None or cell == "":
        if fill:
            page.write_blank(row, column, None, looks.of(bg_color=fill))
    else:
        text = str(cell)[:LONGEST]
        page.write_string(row, column, text, looks.of(bg_color=fill, quote_prefix=text.startswith(FORMULA)))


def _fill(problems: Iterable[Problem]) -> str:
    """Return the colour of the most serious of them, or none."""
    weights = [problem.weight for problem in problems]
    return next((FILLS[weight] for weight in (Weight.FILE, Weight.ROW, Weight.NOTE) if weight in weights), "")
