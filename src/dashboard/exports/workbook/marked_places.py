"""Which cell of the imported files does a problem refer to?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.model.grid import Grid, labels_of
from dashboard.model.problem import Problem

LOOKED_AT = 30
"""Rows from the top that may hold titles before the header."""
LONGEST_TITLE = 31


@dataclass(frozen=True)
class Place:
    """A cell: its sheet among the imported ones, its row and column, all counted from 0."""

    sheet: int
    row: int
    column: int


def places_of(problems: Sequence[Problem], sheets: Sequence[Grid]) -> list[Place | None]:
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
    places: list[Place | None] = []
    for problem in problems:
        number, header = numbers.get(problem.file), headers.get(problem.file)
        column = _column(labels.get(problem.file, ()), problem.column)
        row = problem.row - 1 if problem.row is not None else header if column is not None else None
        places.append(Place(number, row, column or 0) if number is not None and row is not None else None)
    return places


def header_row(grid: Grid, columns: Iterable[str]) -> int | None:
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


def sheet_titles(sheets: Sequence[Grid], first: str) -> list[str]:
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
