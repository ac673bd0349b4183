"""Imported files given back as a workbook: each problem marked in its cell, and all of them listed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.workbook.marked_places import Place, places_of, sheet_titles
from dashboard.exports.writable import given_writable
from dashboard.model.grid import Grid
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words

CREATED_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same content gives the same bytes whenever it is written."""
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
def marked_workbook(sheets: Sequence[Grid], problems: Sequence[Problem], words: Words) -> bytes:
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
    places: Sequence[Place | None],
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


def _problems_by_cell(sheet: int, problems: Sequence[Problem], places: Sequence[Place | None]) -> ProblemsByCell:
    """Return the problems of one sheet by cell, using the first cell for a row that is left out."""
    by_cell: dict[tuple[int, int], list[Problem]] = {}
    for problem, place in zip(problems, places, strict=True):
        if place is None or place.sheet != sheet:
            continue
        by_cell.setdefault((place.row, place.column), []).append(problem)
        if problem.weight is Weight.ROW and problem.row is not None and place.column:
            by_cell.setdefault((place.row, 0), []).append(problem)
    return by_cell


def _sheet(page: Worksheet, looks: Looks, grid: Grid, by_cell: ProblemsByCell, words: Words) -> None:
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
