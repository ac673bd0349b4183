"""What parts is the figure of each country made of? A row per smallest part, in the order of the standard."""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import strings
from dashboard.figures.countries import country_units
from dashboard.figures.cube import Floats, Ints
from dashboard.figures.fold import whole
from dashboard.figures.read import READINGS, divided, named, read, shares, whole_percent
from dashboard.queries.question import CHOSEN, Folded


class NumberMadeRow(TypedDict):
    """A row of `number_made`."""

    operation_title: str
    operation_percent: float | None
    family: str
    part: str
    share: float
    score: float | None
    percent: float | None
    n_answered: float
    points: float | None
    weight_answered: float | None


def answer(asked: Asked) -> pa.Table:
    """`share` is what the part counts in the figure, from 0 to 1; 0 without an answer.

    `operation_title`, `family` and `part` are the names of its operation or group, its family and the part itself;
    empty where the standard gives none. `operation_percent` is its figure. A figure that is one division has one part.
    """
    cube, framework = asked.cube, asked.framework
    by_group = framework is not None and framework.country_figure == "mean of groups"
    titles = cube.group_titles if by_group else cube.operation_titles
    units, _ = country_units(asked, asked.spread_over)
    parts, tree = units.parts, units.parts.tree
    names = tree.names if tree else np.zeros((len(parts.unit), 3), np.intp)
    operation = names[:, 0] - 1 if names.shape[1] > 3 else np.full(len(names), -1)
    sums, number = parts.sums, cube.framework_numbers.get(asked.given["framework"], 0)
    figures = read(whole(sums), np.repeat(cube.limits[[number]], len(sums), axis=0))
    share = shares(units, sums["weight_answered"])
    smallest = np.where(names[:, -1] > 0, names[:, -1], names[:, -2])
    return pa.table(
        {
            "country": strings(cube.countries[unit] for unit in units.unit[parts.unit]),
            "operation_title": strings((*titles, "")[number] for number in operation),
            "operation_percent": column(_of_operations(parts.unit, operation, share, figures.score)),
            "family": strings(cube.parts[name] for name in names[:, -3]),
            "part": strings(cube.parts[name] for name in smallest),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "share": column(share),
            "score": column(figures.score),
            "percent": column(whole_percent(figures.score)),
            **{name: column(sums[name]) for name in ("n_answered", "n_applicable", "points", "weight_answered")},
        }
    )


NUMBER_MADE = Folded("number_made", NumberMadeRow, answer, (*CHOSEN, "kind"))


def _of_operations(unit: Ints, operation: Ints, share: Floats, score: Floats) -> Floats:
    """By part, the figure of its operation; nan if it has no answer, or if operations are not averaged."""
    _, place = np.unique(np.stack([unit, operation]), axis=1, return_inverse=True)
    brought, whole = (np.bincount(place, values) for values in (share * np.nan_to_num(score), share))
    return np.where(operation < 0, np.nan, whole_percent(divided(brought, whole))[place])
