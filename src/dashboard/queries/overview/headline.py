"""How does the group score, in respect and in support? A row per kind: spread over countries, coverage, change, flags.

The head office is not a country: it has columns of its own. The mean is over countries that may show a figure.
"""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, coverage_percent, read_units
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.fold import fold_units
from dashboard.figures.read import READINGS, averaged, mean, named, spread, whole_percent
from dashboard.model.view.known import KINDS

COUNTS = (
    "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_unanswered", "n_asked", "n_critical_failed",
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """All null for a kind in which nothing is asked."""
    criteria = asked.in_view & asked.criteria & asked.within
    rows = asked.chosen(criteria, asked.spread_over)
    support = np.where(asked.cube.respect, 0, 1)
    units = fold_units(rows, support[rows.criterion], rows.country, asked.into_parts(rows))
    figures = spread(units, read_units(asked, units), len(KINDS))
    change, n_matched, n_moved = _change(asked)
    group_percent, group_reading = _head_office(asked)
    asked_at_all = figures.n_units > 0

    def some(values: Floats) -> pa.Array:
        return column(np.where(asked_at_all, values, np.nan))

    def counted(values: Ints) -> pa.Array:
        return pa.array(values, pa.int64(), mask=~asked_at_all)

    seen = figures.sums["n_evidence_seen"] + figures.sums["n_evidence_checked"]
    return pa.table(
        {
            "kind": list(KINDS),
            "mean": column(figures.percent),
            "lowest": column(figures.lowest),
            "median": column(figures.median),
            "highest": column(figures.highest),
            "low": column(figures.low),
            "high": column(figures.high),
            "n_shown": counted(figures.n_shown),
            "n_too_few": counted(figures.n_too_few),
            "n_countries": counted(figures.n_units),
            **{name: some(figures.sums[name]) for name in COUNTS},
            "n_seen": some(seen),
            "coverage": column(coverage_percent(figures)),
            "change": column(change),
            "n_matched": column(n_matched),
            "n_countries_matched": column(n_moved, pa.int64()),
            "group_percent": column(group_percent),
            "group_reading": group_reading,
            "band": bands_of(asked, figures.percent)["band"],
        }
    )


def _change(asked: Asked) -> tuple[Floats, Floats, Ints]:
    """The mean change since the round before, in whole points; how many answers are matched, and in how many countries.

    Over countries with enough matched answers, which need not be those of the mean.
    """
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, asked.spread_over, cube.changes)
    units = fold_units(rows, np.where(cube.respect, 0, 1)[rows.criterion], rows.country, asked.into_parts(rows))
    enough = units.sums["n_matched"] >= (asked.framework.count_below if asked.framework else 0)
    kind, weight = units.group[enough], units.parts.sums["weight_matched"]
    now, earlier = (averaged(units, units.parts.sums[name], weight) for name in ("points_now", "points_earlier"))
    n_matched = np.bincount(kind, units.sums["n_matched"][enough], minlength=len(KINDS)).astype(np.float64)
    change = whole_percent(mean(kind, (now - earlier)[enough], len(KINDS)))
    return change, n_matched, np.bincount(kind, minlength=len(KINDS))


def _head_office(asked: Asked) -> tuple[Floats, pa.Array]:
    cube = asked.cube
    alone = asked.countries & cube.head_office
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, alone)
    units = fold_units(rows, np.where(cube.respect, 0, 1)[rows.criterion], rows.country, asked.into_parts(rows))
    figures = read_units(asked, units)
    percent, reading = np.full(len(KINDS), np.nan), np.full(len(KINDS), -1, np.intp)
    percent[units.group], reading[units.group] = figures.percent, figures.reading
    return percent, column(named(reading, READINGS), pa.string())
