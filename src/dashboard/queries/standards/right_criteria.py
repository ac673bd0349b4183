"""Which criteria serve one right, in every framework, and what was answered to them? Critical, least in place first."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import by_criterion, of_criteria
from dashboard.queries.standards.right_gaps import serving


def answer(asked: Asked) -> pa.Table:
    """Each framework in the round it is read in, in the order of frameworks."""
    cube = asked.cube
    criteria = serving(asked)
    sums = by_criterion(asked.chosen_as_read(criteria, asked.countries), len(cube.criteria))
    articles = {row["criterion"]: row["articles"] for row in asked.rows("right_articles").to_pylist()}
    rounds = np.array([asked.round_of(one.code) for one in cube.frameworks], np.intp)
    criteria &= rounds[cube.framework_of] >= 0
    order = np.flatnonzero(criteria)
    keys = (-sums["n_part"][order], -sums["n_nil"][order], ~cube.critical[order], cube.framework_of[order])
    order = order[np.lexsort(keys)]
    codes = [cube.criteria[number] for number in order]
    return pa.table(
        {
            "framework": pa.array([cube.frameworks[number].code for number in cube.framework_of[order]], pa.string()),
            "area_code": pa.array([cube.areas[number].code for number in cube.area_of[order]], pa.string()),
            "criterion": pa.array(codes, pa.string()),
            "kind": pa.array([asked.given["kind"]] * len(order), pa.string()),
            "critical": pa.array(cube.critical[order]),
            "text": pa.array([asked.text(code) for code in codes], pa.string()),
            "round": pa.array([cube.rounds[rounds[number]] for number in cube.framework_of[order]], pa.string()),
            "articles": pa.array([articles.get(code) for code in codes], pa.list_(pa.string())),
            **of_criteria(sums, order),
        }
    )
