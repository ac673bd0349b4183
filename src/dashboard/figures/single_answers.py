"""Single answers of some operations, each as the sums it makes alone; and sums with answers counted in another way.

Counted in another way, only the sums change, no rule; docs/method.md explains each way. See
docs/decisions/0010-scenarios.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.cube import INHERITED, INHERITS, LEAST, LENT, MEASURES, Cube, Flags, Floats, Ints, Rows
from dashboard.figures.fold import Sums
from dashboard.figures.read import divided
from dashboard.figures.read_cube import numbered, places_of
from dashboard.figures.scale import days
from dashboard.store.cache import MOST_RESULTS, Cache

Recount = Callable[[Rows, Flags], Mapping[str, Floats]]
"""From sums, and whether the criterion of each may be inherited, to those sums that change."""


def counted_by(cube: Cube, counting: str) -> Cube:
    """The cube with answers counted in another way; change between rounds stays as it was answered."""
    if counting not in OTHERWISE:
        return cube
    return replace(
        cube,
        sums=recounted(cube.sums, counting, cube.inherits, cube.least_coverage),
        counting=counting,
        answered=cube.sums,
        kept=Cache(MOST_RESULTS),
    )


def inherited_in(cube: Cube, sums: Sums) -> Floats:
    """How many of the counted answers are inherited from the head office; zero unless answers are counted that way."""
    return sums["n_inherited"] if cube.counting == "inherited" else np.zeros(len(sums))


def recounted(rows: Rows, counting: str, inherits: Flags, least: Floats) -> Rows:
    """Sums with answers counted in another way; `inherits` says of each criterion whether it may be inherited.

    With what is inherited, rows also hold what it adds, and the `least` coverage that a figure of each criterion needs:
    `fold_units` takes it off again where own answers do not reach that. Raises KeyError for an unknown way of counting.
    """
    values = rows.values.copy()
    for name, changed in OTHERWISE[counting](rows, inherits[rows.criterion]).items():
        values[:, MEASURES.index(name)] = changed
    operations = rows.operations
    alone = operations and replace(operations, rows=recounted(operations.rows, counting, inherits, least))
    measures = rows.measures
    if counting == "inherited":
        lent = [values[:, measures.index(name)] - (rows[name] if name not in INHERITED else 0) for name in INHERITS]
        values = np.column_stack([values, *lent, rows["n_asked"] * least[rows.criterion]])
        measures = (*measures, *LENT, LEAST)
    return replace(rows, values=values, measures=measures, operations=alone)


def _seen(rows: Rows, inherits: Flags) -> Mapping[str, Floats]:
    """What was declared but shown to nobody counts as not in place."""
    full, part = rows["n_full_seen"], rows["n_part_seen"]
    return {
        "points": rows["points_seen"],
        "n_full": full,
        "n_part": part,
        "n_nil": rows["n_answered"] - full - part,
    }


def _inherited(rows: Rows, inherits: Flags) -> Mapping[str, Floats]:
    """Where an operation gave no answer or did not know, the head office's counts, if the criterion inherits."""
    n, weight, points = (rows[name] * inherits for name in INHERITED)
    value = divided(points, weight)
    steps = {"full": value == 1, "part": (value > 0) & (value < 1), "nil": value == 0}
    return {
        **dict(zip(INHERITED, (n, weight, points), strict=True)),
        "n_answered": rows["n_answered"] + n,
        "weight_answered": rows["weight_answered"] + weight,
        "points": rows["points"] + points,
        "n_not_known": np.where(n > 0, 0, rows["n_not_known"]),
        "n_unanswered": np.where(n > 0, 0, rows["n_unanswered"]),
        **{f"n_{step}": rows[f"n_{step}"] + n * is_step for step, is_step in steps.items()},
    }


def _equal(rows: Rows, inherits: Flags) -> Mapping[str, Floats]:
    """Every criterion weighs 1."""
    return {
        "points": rows["points_equal"],
        "weight_answered": rows["n_answered"],
        "weight_applicable": rows["n_applicable"],
    }


def _middle(share: float) -> Recount:
    """Every step strictly between nothing and everything on a scale is worth the same share."""
    return lambda rows, _: {"points": rows["weight_full"] + share * rows["weight_part"]}


OTHERWISE: Mapping[str, Recount] = {
    "seen": _seen,
    "inherited": _inherited,
    "equal": _equal,
    "low_step": _middle(0.25),
    "high_step": _middle(0.75),
}
"""By name: how the sums change. Readers can select only some of them; *Robustness* tries them all."""


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


def sums_of_answers(cube: Cube, table: pa.Table) -> Answers:
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
    rows = replace(rows, values=_as_started(cube, rows, table))
    if cube.counting:
        rows = recounted(_with_inherited(cube, rows), cube.counting, cube.inherits, cube.least_coverage)
    return Answers(rows, np.array(table["operation"].to_pylist(), dtype=object), status, table)


def _as_started(cube: Cube, rows: Rows, table: pa.Table) -> Floats:
    """Their values; of a short start, only that it was asked and what failed."""
    if not cube.short_starts:
        return rows.values
    pairs = zip(table["round"].to_pylist(), table["operation"].to_pylist(), strict=True)
    short = np.array([pair in cube.short_starts for pair in pairs], bool)
    kept = np.array([name == "n_critical_failed" for name in MEASURES])
    values = np.where(short[:, None] & ~kept, 0, rows.values)
    values[:, MEASURES.index("n_started")] = short
    return values


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
        "n_started": np.zeros(len(status)),
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
