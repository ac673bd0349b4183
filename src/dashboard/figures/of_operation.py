"""The answers of single operations, each as the sums it makes alone: the basis of an operation's own figures."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.countings import recounted
from dashboard.figures.cube import INHERITED, MEASURES, Cube, Flags, Floats, Ints, Rows
from dashboard.figures.read import divided
from dashboard.figures.read_cube import numbered, places_of
from dashboard.figures.scale import days


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers as rows of sums, in the order of `table`, which holds the other columns that were asked for."""

    rows: Rows
    operation: npt.NDArray[np.object_]
    status: Ints
    table: pa.Table

    def where(self, flags: Flags) -> "Answers":
        """Those answers that are flagged."""
        index = np.flatnonzero(flags)
        return Answers(self.rows.take(index), self.operation[index], self.status[index], self.table.take(index))


def answers_of(cube: Cube, table: pa.Table) -> Answers:
    """Answers from the result of a question in SQL.

    Its columns are `round`, `country`, `operation`, `criterion_no`, `status_no`, `evidence`, `answered_on`, and more.
    """
    criterion = places_of(cube.numbers, table["criterion_no"].to_numpy().astype(np.intp))
    status = table["status_no"].to_numpy().astype(np.intp)
    evidence = table["evidence"].cast(pa.float64()).to_numpy()
    rows = Rows(
        numbered(table["round"], {code: number for number, code in enumerate(cube.rounds)}),
        numbered(table["country"], cube.country_numbers),
        criterion,
        counted(cube, criterion, status, evidence),
        MEASURES,
        days(table["answered_on"]),
    )
    if cube.counting:
        rows = recounted(_with_inherited(cube, rows), cube.counting, cube.inherits, cube.least_coverage)
    return Answers(rows, np.array(table["operation"].to_pylist(), dtype=object), status, table)


def _with_inherited(cube: Cube, rows: Rows) -> Rows:
    """The same rows, with what each missing answer would inherit, taken from the other rows of its country."""
    size = len(cube.criteria)
    of_sums, of_rows = ((at.round * len(cube.countries) + at.country) * size + at.criterion for at in (cube.sums, rows))
    order = np.argsort(of_sums)
    place = order[np.searchsorted(of_sums, of_rows, sorter=order)]
    missing = rows["n_not_known"] + rows["n_unanswered"]
    n, weight, points = (cube.sums[name][place] for name in INHERITED)
    has = missing * (n > 0)
    values = rows.values.copy()
    columns = np.array([MEASURES.index(name) for name in INHERITED], np.intp)
    own = has * cube.weight[rows.criterion]
    values[:, columns] = np.column_stack([has, own, own * np.nan_to_num(divided(points, weight))])
    return replace(rows, values=values)


def counted(cube: Cube, criterion: Ints, status: Ints, evidence: Floats) -> Floats:
    """What each answer adds to the sums of its criterion: one row per answer, one column per measure.

    `evidence` is from 0 (none) to 3 (independently checked), nan if nothing is said. The rules are those of
    `store/scoring.sql`, except that nothing is inherited: the head office's answers are not available here.
    """
    counts_as, value = cube.scale.counts_as[status], cube.scale.value[status]
    weight, answered, applicable = cube.weight[criterion], counts_as == "answered", counts_as != "not_applicable"
    seen = answered & (evidence >= 2)
    of = {
        "n_asked": np.ones(len(status)),
        "n_applicable": applicable,
        "n_answered": answered,
        "n_not_applicable": ~applicable,
        "n_not_known": counts_as == "not_known",
        "n_unanswered": counts_as == "unanswered",
        "n_full": value == 1,
        "n_part": (value > 0) & (value < 1),
        "n_nil": value == 0,
        "n_critical_failed": (value == 0) & cube.critical[criterion],
        "n_evidence_none": answered & (evidence == 0),
        "n_evidence_self": answered & (evidence == 1),
        "n_evidence_seen": answered & (evidence == 2),
        "n_evidence_checked": answered & (evidence == 3),
        "weight_applicable": applicable * weight,
        "weight_answered": answered * weight,
        "points": np.nan_to_num(value * weight),
        "weight_seen": seen * weight,
        "points_seen": seen * np.nan_to_num(value * weight),
        "n_full_seen": seen & (value == 1),
        "n_part_seen": seen & (value > 0) & (value < 1),
        "points_equal": np.nan_to_num(value),
        "weight_full": (value == 1) * weight,
        "weight_part": ((value > 0) & (value < 1)) * weight,
        "weight_nil": (value == 0) * weight,
        **dict.fromkeys(INHERITED, np.zeros(len(status))),
    }
    return np.column_stack([of[name] for name in MEASURES]).astype(np.float64)
