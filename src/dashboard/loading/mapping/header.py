"""Where does the table in a sheet begin? Its header, below any titles, and its columns with their values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.loading.mapping.fit import Theirs
from dashboard.loading.mapping.sheets import LOOKED_AT
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.loading.mapping.terms import terms_of
from dashboard.loading.mapping.wide import FEW, SPREADS, named
from dashboard.loading.mapping.wide_figures import year_of
from dashboard.model.answers.mapping import MAPPABLE, SHEET
from dashboard.model.answers.names import Names, bare
from dashboard.model.grid import Grid
from dashboard.model.records import RECORDS

TITLE = 60
"""The longest title of a column, in characters."""
OURS = frozenset(bare(column) for form in MAPPABLE for column in RECORDS[form].names)


@dataclass(frozen=True)
class Headed:
    """A sheet whose header is known: its row, counted from 0, and the columns with their values."""

    grid: Grid
    header: int
    columns: tuple[Theirs, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(column.label for column in self.columns)


def headed_at(grid: Grid, header: int) -> Headed:
    """Return a sheet with its columns; the title of a workbook's sheet is one of them."""
    labels = grid.labels(header)
    below = grid.texts[header + 1 :]
    columns = [
        Theirs(label, tuple(dict.fromkeys(row[position] for row in below if row[position])))
        for position, label in enumerate(labels)
        if label
    ]
    if grid.title:
        columns.append(Theirs(SHEET, (grid.title,)))
    return Headed(grid, header, tuple(columns))


def rows_below(one: Headed, filled: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the header: the number of each in the spreadsheet, and its cells by label.

    In the columns `filled`, an empty cell holds the value above it.
    """
    labels = (*one.grid.labels(one.header), SHEET)
    above = dict.fromkeys(filled, "")
    for number, row in enumerate(one.grid.texts[one.header + 1 :], start=one.header + 2):
        if any(row):
            cells = dict(zip(labels, (*row, one.grid.title), strict=True))
            above = {label: cells[label] or last for label, last in above.items()}
            yield number, {**cells, **above}


def joined(headed: Sequence[Headed]) -> tuple[Theirs, ...]:
    """Return the columns of sheets with the same header, each with the values from all of them."""
    values: dict[str, dict[str, None]] = {}
    for one in headed:
        for column in one.columns:
            values.setdefault(column.label, {}).update(dict.fromkeys(column.values))
    return tuple(Theirs(label, tuple(distinct)) for label, distinct in values.items())


def header_row(grid: Grid, names: Names) -> int:
    """Return the row, counted from 0, that looks most like a header: titles of columns, not data."""
    rows = grid.texts[:LOOKED_AT]
    best = max(range(len(rows)), key=partial(_headlike, rows=rows, names=names), default=0)
    return best + 1 if _has_groups(rows[best : best + 2]) else best


def _has_groups(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of two rows names groups of columns whose titles are in the second, and repeat there."""
    if len(rows) < FEW:
        return False
    known = known_titles()
    below = [cell for cell in rows[1] if cell]
    all_titles = bool(below) and all(bare(cell) in known or cell in rows[0] for cell in below)
    return all_titles and len(set(below)) < len(below) and "" in rows[0]


def known_titles() -> frozenset[str]:
    """Return the normalised titles that our columns may have in a sheet."""
    return OURS.union(*synonyms().columns.values())


def _headlike(position: int, rows: Sequence[Sequence[str]], names: Names) -> float:
    """How much a row looks like a header: cells that name our columns or codes, otherwise short texts."""
    cells = [cell for cell in dict.fromkeys(rows[position]) if cell]
    if len(cells) < 2:
        return 0.0 if cells else -1.0
    known = known_titles()
    status = terms_of("answers", "status", names)
    statuses = {cell: code for cell in cells if status and (code := status.only(cell))}
    # Several statuses may be the titles of boxes to tick, or the answers of several operations.
    cost = 1 if len(set(statuses.values())) < FEW else 0
    years = [cell for cell in cells if year_of(cell)]
    score = 0.0
    for cell in cells:
        if bare(cell) in known:
            score += 3
        elif len(years) >= FEW and cell in years:
            score += 1
        elif cell in statuses or re.fullmatch(r"[\d\s./:-]+", cell):
            score -= cost if cell in statuses else 1
        elif len(cell) <= TITLE:
            score += 1
    for ours in SPREADS:
        terms = terms_of("answers", ours, names)
        codes = {code for cell in cells if terms and (code := named(cell, terms))}
        score += 2 * len(codes) if len(codes) >= FEW else -len(codes)
    return score
