"""Which criteria have all subjects answered, and which apply to all?

A single operation has answered a criterion if it gave an answer of its own. A subject of several countries has answered
it if enough of those it applies to have, by the framework's coverage limit.
"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import strings
from dashboard.figures.countings import inherited_in
from dashboard.figures.fold import fold
from dashboard.figures.read import divided
from dashboard.figures.subjects import compared
from dashboard.queries.question import CHOSEN, Folded


class CompareCommonRow(TypedDict):
    """A row of `compare_common`."""

    criterion: str
    applies_to_all: bool
    answered_by_all: bool


def answer(asked: Asked) -> pa.Table:
    """One row for each criterion that applies to any subject."""
    cube, codes = asked.cube, asked.given["subject"]
    found = compared(asked, asked.in_view & asked.of_kind & asked.criteria, codes)
    n = len(cube.criteria)
    sums = fold(found.rows, found.subject * n + found.rows.criterion, len(codes) * n)
    applicable, answered = sums["n_applicable"], sums["n_answered"] - inherited_in(cube, sums)
    limit = asked.framework.coverage_limit if asked.framework else 0.0
    enough = (answered > 0) & (divided(answered, applicable) >= limit)
    applies, has = ((flags.reshape(-1, n).sum(0)) for flags in (applicable > 0, enough))
    met = np.flatnonzero(applies)
    return pa.table(
        {
            "criterion": strings(cube.criteria[number] for number in met),
            "applies_to_all": applies[met] == len(codes),
            "answered_by_all": has[met] == len(codes),
        }
    )


COMPARE_COMMON = Folded("compare_common", CompareCommonRow, answer, (*CHOSEN, "kind", "subject"), ("subject_answers",))
