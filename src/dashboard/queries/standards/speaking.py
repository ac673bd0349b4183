"""Which answers to the other standards speak to one area of this one, how strongly, and by which way?

A row a criterion of another standard; over two steps the criterion in between is named, and the weaker link counts.
"""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import by_criterion, of_criteria


def answer(asked: Asked) -> pa.Table:
    """The strongest and most direct first, then in the order of the standards."""
    cube = asked.cube
    rounds = np.array([asked.round_of(one.code) for one in cube.frameworks], np.intp)
    listed = asked.criteria & (rounds[cube.framework_of] >= 0)
    links = asked.rows("speaking_links")
    criteria = np.array([cube.criterion_numbers[code] for code in links["criterion"].to_pylist()], np.intp)
    links, criteria = links.filter(pa.array(listed[criteria])), criteria[listed[criteria]]
    wanted = np.zeros(len(cube.criteria), bool)
    wanted[criteria] = True
    sums = by_criterion(asked.chosen_as_read(wanted, asked.spread_over), len(cube.criteria))
    codes = [cube.criteria[number] for number in criteria]
    frameworks = cube.framework_of[criteria]
    return pa.table(
        {
            "framework_title": pa.array([cube.frameworks[number].title for number in frameworks], pa.string()),
            "criterion": pa.array(codes, pa.string()),
            "text": pa.array([asked.text(code) for code in codes], pa.string()),
            "critical": pa.array(cube.critical[criteria]),
            **{name: links[name] for name in ("strength", "steps", "speaks_to", "via")},
            "round": pa.array([cube.rounds[rounds[number]] for number in frameworks], pa.string()),
            **of_criteria(sums, criteria),
        }
    )
