"""How may answers be counted? As they are, or in another way that shows what a figure depends on.

Only the sums change, no rule. docs/method.md explains each way of counting. See
docs/decisions/0028-counting-otherwise.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from dashboard.figures.cube import INHERITED, INHERITS, LEAST, LENT, MEASURES, Cube, Flags, Floats, Rows
from dashboard.figures.fold import Sums
from dashboard.figures.read import divided
from dashboard.store.reading.cache import MOST_RESULTS, Cache

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
