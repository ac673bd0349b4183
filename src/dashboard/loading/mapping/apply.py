"""Converts a sheet in another format into a table in long form, with a Problem for whatever is not carried over.

Where each row came from is stored beside the converted file, for the Problems of its rows. If an unread column
distinguishes rows with the same key, the order of rows would decide which counts, which is a Problem too.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.loading.mapping.recognise import Headed, headed_at, joined, rows_below
from dashboard.loading.mapping.sheet_files import LOOKED_AT
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.process_limits import too_many_rows
from dashboard.loading.table_files import checksum
from dashboard.model.mapping import SHEET, LongRow, SheetMapping, long_rows, picked
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import as_csv
from dashboard.model.sheet_cells import SheetGrid, labels_of

KEYS = {
    "answers": ("round", "operation", "criterion"),
    "risk_ratings": ("round", "operation", "impact"),
    "opportunity_ratings": ("round", "operation", "impact"),
    "context": ("country", "indicator", "year", "sex", "age", "residence"),
}
"""The key columns of a row, by form. An action has a code of its own."""
FEW_VALUES = 30
"""Most different values of a column that could distinguish rows; one with more values numbers or describes them."""


def few_values(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    """Return the values of each column that is unread or selects rows, if its values are few and repeat."""
    taken = set(mapping.needed) - set(mapping.only)
    n_rows = sum(len(one.grid.texts) - one.header - 1 for one in headed)
    return {
        column.label: column.values
        for column in joined(headed)
        if column.label not in (*taken, SHEET) and 1 < len(column.values) <= min(FEW_VALUES, max(2, n_rows // 2))
    }


class Repeats:
    """Rows by key, with their values in the unread columns that could distinguish them."""

    def __init__(self, mapping: SheetMapping, headed: Sequence[Headed]) -> None:
        self.key = () if mapping.missing else KEYS.get(mapping.form, ())
        # A column that picks several values still distinguishes rows.
        settled = {label for label, values in mapping.only.items() if len(values) == 1}
        few = {label: len(values) for label, values in few_values(mapping, headed).items() if label not in settled}
        self.labels = sorted(few, key=lambda label: few[label])
        self.first: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.repeated: dict[tuple[str, ...], list[tuple[str, ...]]] = {}

    def add(self, row: LongRow, cells: Mapping[str, str]) -> None:
        """Record one row in long form, made from these cells."""
        if not self.key or not self.labels:
            return
        key = tuple(row.values.get(column, "") for column in self.key)
        unread = tuple(cells[label] for label in self.labels)
        if key in self.first:
            self.repeated.setdefault(key, [self.first[key]]).append(unread)
        else:
            self.first[key] = unread

    def problem(self, place: str, row: int) -> Problem | None:
        """Return a note on the column that distinguishes the rows of most repeated keys; None below half."""
        groups = list(self.repeated.values())
        apart = {
            label: [len(rows) for rows in groups if len({unread[position] for unread in rows}) == len(rows)]
            for position, label in enumerate(self.labels)
        }
        label = max(apart, key=lambda label: len(apart[label]), default=None)
        if label is None or not groups or 2 * len(apart[label]) < len(groups):
            return None
        n = str(sum(apart[label]))
        return Problem("tells_apart", place, row=row, column=label, value=n, weight=Weight.NOTE)


BESIDE = ".origin.json"


@dataclass(frozen=True)
class Origin:
    """The sheet and row of each row, its column if rows were spread, and the columns of the sheet by our column."""

    file: str
    rows: tuple[tuple[str, int, str | None], ...]
    columns: Mapping[str, str]

    def in_their_sheet(self, problem: Problem) -> Problem:
        """Return a Problem of the converted file with its place in the original sheet."""
        if problem.row is None or not 2 <= problem.row < len(self.rows) + 2:
            return replace(problem, file=self.file, column=self._theirs(problem.column, None))
        place, row, across = self.rows[problem.row - 2]
        # If rows are spread over columns, the cell gives the place, unless a name beside it is unknown.
        unknown = problem.kind.startswith("unknown_") and problem.column in self.columns
        return replace(problem, file=place, row=row, column=self._theirs(problem.column, None if unknown else across))

    def _theirs(self, column: str | None, across: str | None) -> str | None:
        return across or (self.columns.get(column, column) if column else column)


def write_origin(path: Path, origin: Origin) -> None:
    """Write the origin beside the converted file. It no longer applies once that file is changed."""
    record = {
        "checksum": checksum(path),
        "file": origin.file,
        "rows": origin.rows,
        "columns": dict(origin.columns),
    }
    beside(path).write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def read_origin(path: Path) -> Origin | None:
    """Return the origin stored beside a file; None if there is none or it belongs to another file."""
    if not beside(path).is_file():
        return None
    try:
        record = json.loads(beside(path).read_text("utf-8"))
        if record["checksum"] != checksum(path):
            return None
        rows = tuple((str(place), int(row), across) for place, row, across in record["rows"])
        return Origin(record["file"], rows, dict(record["columns"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def as_theirs(problems: Iterable[Problem], paths: Sequence[Path]) -> list[Problem]:
    """Return the Problems of some files; those of converted files name the place in the original sheet."""
    problems = list(problems)
    for path in paths:
        origin = read_origin(path) if problems and path.is_file() else None
        if origin is not None:
            problems = [
                origin.in_their_sheet(problem) if problem.file == path.name else problem for problem in problems
            ]
    return problems


def beside(path: Path) -> Path:
    """Return the path of the file stored beside a converted one."""
    return path.with_name(path.name + BESIDE)


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


def headed_sheets(mapping: SheetMapping, grids: Sequence[SheetGrid]) -> list[Headed]:
    """Return the sheets that a mapping can read: those it names or, if they were renamed, all that fit."""
    readable = [one for grid in grids if (one := _headed(mapping, grid)) is not None]
    return [one for one in readable if one.grid.title in mapping.sheets] or readable


def _headed(mapping: SheetMapping, grid: SheetGrid) -> Headed | None:
    """Find the header row that has every column the mapping needs, its former position first; None if there is none."""
    rows = range(min(LOOKED_AT, len(grid.texts)))
    for row in sorted(rows, key=lambda row: grid.above + row != mapping.header_row - 1):
        if set(mapping.needed) <= set(grid.labels(row)):
            return headed_at(grid, row)
    return None


def fits(mapping: SheetMapping, grids: Sequence[SheetGrid]) -> bool:
    """Return whether any sheet has exactly the header that a mapping was made for."""
    wanted = set(mapping.header)
    return any(
        wanted == {label for label in grid.labels(row) if label}
        for grid in grids
        for row in range(min(LOOKED_AT, len(grid.texts)))
    )


def apply(
    mapping: SheetMapping, grids: Sequence[SheetGrid], name: str, progress: Callable[[float], None] = lambda _: None
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
    problems += filter(None, [repeats.problem(headed[0].grid.place, headed[0].number)])
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
    place, header = one.grid.place, one.number
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


def _not_read(grid: SheetGrid) -> Problem:
    return Problem("sheet_left", grid.place, weight=Weight.NOTE)


def _unlike(mapping: SheetMapping, grids: Sequence[SheetGrid], name: str) -> list[Problem]:
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
