"""How far do operations and a second role agree where both have answered? Everything together, then area by area.

Only areas with a pair have a row. There is no percentage with fewer pairs than the standard's `count_below`, and no AC1
with fewer than LEAST_PAIRS.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.agreement import LEAST_PAIRS, ac1, agreed
from dashboard.figures.asked import Asked, column
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.of_areas import WHOLE, area_columns
from dashboard.figures.read import whole_percent


def answer(asked: Asked) -> pa.Table:
    """A row for everything together, with an empty `area`, then one per area; for the round in view, within filters."""
    pairs = _pairs(asked)
    places = np.flatnonzero(pairs.sum(axis=(1, 2)))
    found = pairs[places]
    least = int(asked.framework.count_below) if asked.framework else 0
    return pa.table(
        {
            **area_columns(asked, places),
            "count_below": pa.array([least] * len(places), pa.int16()),
            "n_pairs": pa.array(found.sum(axis=(1, 2)), pa.int64()),
            "agreed_percent": column(whole_percent(_each(found, agreed, least))),
            "ac1": column(whole_percent(_each(found, ac1, LEAST_PAIRS)) / 100),
        }
    )


def _each(found: Ints, figure: Callable[[Ints], float], least: int) -> Floats:
    """A figure for each count of pairs; nan if there are too few."""
    return np.array([figure(pairs) if pairs.sum() >= least else np.nan for pairs in found], np.float64)


def _pairs(asked: Asked) -> npt.NDArray[np.intp]:
    """The number of pairs, by place, what the operation said, and what the second role would have said."""
    cube, framework = asked.cube, asked.given["framework"]
    scales = cube.scale.of_framework.get(framework, ())
    words = list(
        dict.fromkeys(
            status
            for (of, status), number in cube.scale.number.items()
            if of in scales and cube.scale.counts_as[number] in ("answered", "not_applicable")
        )
    )
    place_of = {area.area: place for place, area in enumerate(cube.areas, WHOLE + 1)}
    pairs = np.zeros((len(cube.areas) + 1, len(words), len(words)), np.intp)
    for row in asked.rows("agreement_pairs").to_pylist():
        both = words.index(row["said"]), words.index(row["rated"])
        for place in (WHOLE, *(place_of[area] for area in row["areas"])):
            pairs[(place, *both)] += row["n_pairs"]
    return pairs
