"""A sheet in another format becomes a table in long form, with a Problem for whatever is not carried over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.loading.apart.limits import too_many_rows
from dashboard.loading.mapping.header import Headed, headed_at, rows_below
from dashboard.loading.mapping.origin import Origin, write_origin
from dashboard.loading.mapping.repeats import Repeats
from dashboard.loading.mapping.sheets import LOOKED_AT
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.mapping import SHEET, LongRow, SheetMapping, long_rows, picked
from dashboard.model.grid import Grid, labels_of
from dashboard.model.problem import Problem, Weight, nearest

MOST_ROWS_LISTED = 20
"""How many empty rows are listed by number."""
PROGRESS_EVERY = 20_000
"""Progress is reported after this many rows."""


@dataclass(frozen=True)
class Mapped:
    """Rows in long form, their origin, and problems for whatever was not carried over."""

    mapping: SheetMapping
    rows: tuple[LongRow, ...]
    origin: Origin
    problems: tuple[Problem, ...]


def headed_sheets(mapping: SheetMapping, grids: Sequence[Grid]) -> list[Headed]:
    """Return the sheets that a mapping can read: those it names or, if they were renamed, all that fit."""
    readable = [one for grid in grids if (one := _headed(mapping, grid)) is not None]
    return [one for one in readable if one.grid.title in mapping.sheets] or readable


def _headed(mapping: SheetMapping, grid: Grid) -> Headed | None:
    """Find the header row that has every column the mapping needs, its former position first; None if there is none."""
    rows = range(min(LOOKED_AT, len(grid.texts)))
    for row in sorted(rows, key=lambda row: row != mapping.header_row - 1):
        if set(mapping.needed) <= set(grid.labels(row)):
            return headed_at(grid, row)
    return None


def fits(mapping: SheetMapping, grids: Sequence[Grid]) -> bool:
    """Return whether any sheet has exactly the header that a mapping was made for."""
    wanted = set(mapping.header)
    return any(
        wanted == {label for label in grid.labels(row) if label}
        for grid in grids
        for row in range(min(LOOKED_AT, len(grid.texts)))
    )


def apply(
    mapping: SheetMapping, grids: Sequence[Grid], name: str, progress: Callable[[float], None] = lambda _: None
) -> Mapped:
    """Read the sheets of a file by a mapping. If no sheet fits, a Problem of weight FILE says what is missing.

    `progress` receives the share of rows read, 0 to 1, separately for each sheet.
    """
    headed = headed_sheets(mapping, grids)
    if not headed:
        return Mapped(mapping, (), Origin(name, (), {}), tuple(_unlike(mapping, grids, name)))
    rows: list[LongRow] = []
    months = synonyms().months
    places: list[tuple[str, int, str | None]] = []
    problems = [_not_read(grid) for grid in grids if grid.title not in {one.grid.title for one in headed}]
    repeats = Repeats(mapping, headed)
    for one in headed:
        silent: list[int] = []
        n_others = 0
        for number, cells in rows_below(one, mapping.filled_labels):
            if not number % PROGRESS_EVERY:
                progress(number / len(one.grid.texts))
            if not picked(mapping, cells):
                n_others += 1
                continue
            new_rows = list(long_rows(mapping, cells, number, months))
            rows += new_rows
            many = too_many_rows(len(rows), name)
            if many is not None:
                return Mapped(mapping, (), Origin(name, (), {}), (many,))
            for row in new_rows:
                repeats.add(row, cells)
            places += [(one.grid.place, number, row.across) for row in new_rows]
            if not new_rows and any(cells[label] for label in mapping.needed):
                silent.append(number)
        problems += _left(mapping, one, silent, n_others)
    problems += filter(None, [repeats.problem(headed[0].grid.place, headed[0].header + 1)])
    origin = Origin(name, tuple(places), mapping.columns)
    if not rows:
        problems.append(Problem("empty_file", name, weight=Weight.FILE))
    return Mapped(mapping, tuple(rows), origin, tuple(problems))


def write_mapped(mapped: Mapped, path: Path) -> Path:
    """Write the rows as a CSV file, and their origin to a file beside it. Raises OSError if the machine fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = as_csv(mapped.mapping.target_form, (row.values for row in mapped.rows))
    path.write_text(text, "utf-8", newline="")
    write_origin(path, mapped.origin)
    return path


def _left(mapping: SheetMapping, one: Headed, silent: Sequence[int], n_others: int) -> list[Problem]:
    """Return notes on what was not carried over from a sheet: unused columns, unselected rows, empty rows."""
    place, header = one.grid.place, one.header + 1
    problems = [
        Problem("column_left", place, row=header, column=column.label, weight=Weight.NOTE)
        for column in one.columns
        if column.label not in (*mapping.needed, SHEET) and column.values
    ]
    if n_others:
        only = "; ".join(f"{label}: {', '.join(values)}" for label, values in mapping.only.items())
        problems.append(Problem("rows_not_picked", place, value=str(n_others), expected=only, weight=Weight.NOTE))
    # While a required column is missing, an empty row does not mean that nobody answered.
    if silent and not mapping.missing:
        rows = ", ".join(str(number) for number in silent[:MOST_ROWS_LISTED]) + (
            " …" if silent[MOST_ROWS_LISTED:] else ""
        )
        problems.append(Problem("rows_silent", place, value=str(len(silent)), expected=rows, weight=Weight.NOTE))
    return problems


def _not_read(grid: Grid) -> Problem:
    return Problem("sheet_left", grid.place, weight=Weight.NOTE)


def _unlike(mapping: SheetMapping, grids: Sequence[Grid], name: str) -> list[Problem]:
    """Return a problem for each column missing from the sheet that has most of them."""
    headers = [
        (grid.place, labels_of(grid.titles(row)))
        for grid in grids
        for row, cells in enumerate(grid.texts[:LOOKED_AT])
        if len(set(cells) - {""}) > 1
    ]
    wanted = set(mapping.needed)
    place, best = max(headers, key=lambda candidate: len(wanted & set(candidate[1])), default=(name, ()))
    return [
        Problem("missing_column", place, column=label, hint=nearest(label, best), weight=Weight.FILE)
        for label in mapping.needed
        if label not in best
    ]
