"""How may answers be counted? As they are, or otherwise, to see what a figure stands on.

Only sums become others, no rule. What each counting does is told in docs/method.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dashboard.figures.cube import MEASURES, Cube, Floats, Rows


def counted_by(cube: Cube, counting: str) -> Cube:
    """The cube in which answers are counted otherwise; change between rounds stays as it was answered."""
    if counting not in OTHERWISE:
        return cube
    return replace(cube, sums=recounted(cube.sums, counting), counting=counting)


def recounted(rows: Rows, counting: str) -> Rows:
    """Sums of answers that are counted otherwise. Raises KeyError where there is no such counting."""
    values = rows.values.copy()
    for name, changed in OTHERWISE[counting](rows).items():
        values[:, MEASURES.index(name)] = changed
    return replace(rows, values=values)


def _seen(rows: Rows) -> Mapping[str, Floats]:
    """What was declared and not shown to anybody counts as not in place."""
    return {"points": rows["points_seen"]}


def _equal(rows: Rows) -> Mapping[str, Floats]:
    """Every criterion weighs 1."""
    return {
        "points": rows["points_equal"],
        "weight_answered": rows["n_answered"],
        "weight_applicable": rows["n_applicable"],
    }


def _middle(share: float) -> Callable[[Rows], Mapping[str, Floats]]:
    """Every step between nothing and all of a scale is worth the same share."""
    return lambda rows: {"points": rows["weight_full"] + share * rows["weight_part"]}


OTHERWISE: Mapping[str, Callable[[Rows], Mapping[str, Floats]]] = {
    "seen": _seen,
    "equal": _equal,
    "low_step": _middle(0.25),
    "high_step": _middle(0.75),
}
"""By name: which sums become which others. Not all are a choice of readers; *Robustness* tries all of them."""
