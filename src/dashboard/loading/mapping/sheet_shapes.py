"""Tells what a sheet holds besides one table of answers: several tables, figures on countries, a register of risks.

Of several tables, one below or beside another, one is taken, which keeps its place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dashboard.loading.mapping.column_fit import Theirs
from dashboard.loading.mapping.column_groups import MOST
from dashboard.loading.mapping.country_names import place_in
from dashboard.loading.mapping.recognise import numbers_only
from dashboard.loading.mapping.sheet_files import LOOKED_AT
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.model.mapping import SHEET, SheetMapping, bare
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS
from dashboard.model.sheet_cells import SheetGrid, column_letters, year_in

FEW = 2
"""A header has this many titles at least; one cell alone is the title of a table."""
LONGEST_ID = 20
MOSTLY = 0.6
"""The share of cells that look like ids in a column of criteria."""
Span = tuple[int, int]
"""The first position, and the one after the last."""


def tables_in(grid: SheetGrid) -> tuple[SheetGrid, ...]:
    """Return the tables of a sheet, if it has several; else nothing.

    A header that repeats below a blank row or a title begins another table; so does a second column of criteria, under
    the same title, with other ids. A header that repeats among the rows belongs to its table.
    """
    for row in range(min(LOOKED_AT, len(grid.texts))):
        if len(_known(grid.texts[row])) >= FEW:
            return _beside(grid, row) or _below(grid, row)
    return ()


def place_of(table: SheetGrid) -> str:
    """Return the cells of a table as a spreadsheet writes them: `A6:C9`."""
    width = len(table.texts[0])
    first, last = column_letters(table.left), column_letters(table.left + width - 1)
    return f"{first}{table.above + 1}:{last}{table.above + len(table.texts)}"


def _known(row: Sequence[str]) -> set[str]:
    """Return the cells of a row that are titles of our columns."""
    titles = {ours for form in RECORDS.values() for ours in form.names}.union(*synonyms().columns.values())
    return {cell for cell in row if cell and (bare(cell) in titles or cell.strip().lower() in titles)}


def _below(grid: SheetGrid, header: int) -> tuple[SheetGrid, ...]:
    """Return the tables one below the other: each begins with the titles right above its header."""
    head = grid.texts[header]
    first = next(position for position, cell in enumerate(head) if cell)
    repeated = [n for n, row in enumerate(grid.texts) if row[first] == head[first] and row == head]
    starts = [n for n in repeated if n == header or len({*grid.texts[n - 1]} - {""}) < FEW]
    if len(starts) < FEW:
        return ()
    tops = [0, *(_top(grid, start) for start in starts[1:])]
    return tuple(
        _part(grid, (top, end), (0, len(head))) for top, end in zip(tops, [*tops[1:], len(grid.texts)], strict=True)
    )


def _top(grid: SheetGrid, header: int) -> int:
    """Return the first of the rows right above a header that hold one cell each."""
    top = header
    while len({*grid.texts[top - 1]} - {""}) == 1:
        top -= 1
    return top


def _beside(grid: SheetGrid, header: int) -> tuple[SheetGrid, ...]:
    """Return the tables side by side: each has a column of criteria, and what stands before the first repeats."""
    head = [bare(cell) for cell in grid.texts[header]]
    called = {*synonyms().columns.get("criterion", ()), "criterion"}
    for title in dict.fromkeys(cell for cell in head if cell in called):
        positions = [position for position, cell in enumerate(head) if cell == title]
        if len(positions) < FEW or not _differ(grid, header, positions):
            continue
        before = _repeats_before(head, positions[0], positions[1])
        starts = [position - before for position in positions]
        spans = zip(starts, [*starts[1:], len(head)], strict=True)
        return tuple(
            _part(grid, (0, len(grid.texts)), (0 if start == starts[0] else start, end)) for start, end in spans
        )
    return ()


def _repeats_before(head: Sequence[str], first: int, second: int) -> int:
    """Return how many titles before the first column of criteria repeat before the second."""
    most = min(first, second - first - 1)
    return next(
        (n for n in range(most) if head[first - n - 1] != head[second - n - 1] or not head[first - n - 1]), most
    )


def _differ(grid: SheetGrid, header: int, positions: Sequence[int]) -> bool:
    """Return whether columns hold ids, and not the same in each row: an id beside its text is one criterion."""
    below = grid.texts[header + 1 :]
    columns = [[row[position] for row in below] for position in positions]
    return all(_are_ids(column) for column in columns) and len(set(map(tuple, columns))) == len(columns)


def _are_ids(column: Sequence[str]) -> bool:
    cells = [cell for cell in column if cell]
    ids = [cell for cell in cells if len(cell) <= LONGEST_ID and any(map(str.isdigit, cell))]
    return bool(cells) and len(ids) >= MOSTLY * len(cells)


def _part(grid: SheetGrid, rows: Span, columns: Span) -> SheetGrid:
    """Return some rows and columns of a sheet as a sheet, without blank rows at its end."""
    (top, end), (left, right) = rows, columns
    while end > top + 1 and not any(grid.texts[end - 1][left:right]):
        end -= 1
    return replace(
        grid,
        cells=tuple(row[left:right] for row in grid.cells[top:end]),
        texts=tuple(row[left:right] for row in grid.texts[top:end]),
        above=grid.above + top,
        left=grid.left + left,
    )


def one_of(grids: Sequence[SheetGrid], number: int) -> Iterator[SheetGrid]:
    """Yield the sheets, and of those with several tables the one with this number, counted from 1, if it exists."""
    for grid in grids:
        tables = tables_in(grid)
        if not tables:
            yield grid
        elif 0 < number <= len(tables):
            yield tables[number - 1]


MOSTLY_FIGURES = 0.8
GRADED = ("impact", "scale", "scope", "irremediability", "likelihood")
"""The columns that only ratings of risks have."""


def looks_like(mapping: SheetMapping, columns: Sequence[Theirs], file: str) -> Problem | None:
    """Return a note on what a sheet may be, if it would be read as answers or actions but says too little of them."""
    if mapping.form not in ("answers", "actions") or (mapping.form == "answers" and "criterion" not in mapping.missing):
        return None
    theirs = [column for column in columns if column.label != SHEET and column.values]
    if sum(any(_is_called(column, ours) for column in theirs) for ours in GRADED) > 1:
        return Problem("looks_like_risks", file, weight=Weight.NOTE)
    if not mapping.missing:
        return None
    countries = [column for column in theirs if _mostly(column, lambda text: place_in(text).whole)]
    figures = [column for column in theirs if numbers_only(column.values[:MOST]) and not _mostly(column, _is_year)]
    return Problem("looks_like_figures", file, weight=Weight.NOTE) if countries and figures else None


def _is_called(column: Theirs, ours: str) -> bool:
    return column.name == bare(ours) or column.name in synonyms().columns.get(ours, ())


def _is_year(text: str) -> bool:
    return year_in(text) == text


def _mostly(column: Theirs, fits: Callable[[str], bool]) -> bool:
    values = column.values[:MOST]
    return sum(map(fits, values)) >= MOSTLY_FIGURES * len(values)
