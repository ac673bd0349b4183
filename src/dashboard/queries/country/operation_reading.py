"""How does one operation score, round by round, in respect and in support? A row per kind and round."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.columns import counted, of_read, strings
from dashboard.figures.countings import inherited_in
from dashboard.figures.failures import BEFORE, with_own_failed_before
from dashboard.figures.fold import fold_units
from dashboard.figures.of_operation import answers_of
from dashboard.figures.read import whole_percent
from dashboard.queries.question import READ, Folded

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_critical_failed", BEFORE,
    "n_seen",
)  # fmt: skip


class OperationReadingRow(TypedDict):
    """A row of `operation_reading`."""

    round: str
    round_title: str
    kind: str
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    n_applicable: float
    n_answered: float
    n_critical_failed: float
    n_failed_before: float
    n_inherited: float | None
    band_title: str | None


def answer(asked: Asked) -> pa.Table:
    """Respect first, then support, each from the earliest round to the latest."""
    cube = asked.cube
    answers = answers_of(cube, asked.rows("operation_answers"))
    answers = answers.where((asked.in_view & asked.criteria)[answers.rows.criterion])
    rows = with_own_failed_before(asked, answers.rows, answers.operation.tolist())
    n_rounds = len(cube.rounds)
    support = np.where(cube.respect, 0, 1)[rows.criterion]
    units = fold_units(rows, support * n_rounds + rows.round, rows.country, asked.into_parts(rows))
    rounds = units.group % max(n_rounds, 1)
    kinds = ["support" if number >= n_rounds else "respect" for number in units.group]
    figures = read_units(asked, units)
    return pa.table(
        {
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            "position": pa.array([cube.round_positions[number] for number in rounds], pa.int16()),
            "kind": strings(kinds),
            **of_read(figures, units.sums, ()),
            "coverage": column(whole_percent(figures.coverage)),
            **{name: column(counted(units.sums, name)) for name in COUNTS},
            "n_inherited": column(inherited_in(cube, units.sums)),
            **bands_of(asked, figures.banded),
        }
    )


OPERATION_READING = Folded("operation_reading", OperationReadingRow, answer, READ, ("operation_answers",))
