"""What stands on both sides of one cell of the crosswalk? A row a criterion: its answers now, what it is linked to."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import by_criterion, of_criteria


def answer(asked: Asked) -> pa.Table:
    """On each side the strongest links first, then in order of the standards; whatever criteria the filters keep."""
    cube = asked.cube
    rounds = np.array([asked.round_of(one.code) for one in cube.frameworks], np.intp)
    links = asked.rows("crosswalk_linked")
    criteria = np.array([cube.criterion_numbers[code] for code in links["criterion"].to_pylist()], np.intp)
    read = rounds[cube.framework_of[criteria]] >= 0
    links, criteria = links.filter(pa.array(read)), criteria[read]
    wanted = np.zeros(len(cube.criteria), bool)
    wanted[criteria] = True
    sums = by_criterion(asked.chosen_as_read(wanted, asked.countries), len(cube.criteria))
    codes = [cube.criteria[number] for number in criteria]
    frameworks = cube.framework_of[criteria]
    kinds = ["respect" if flag else "support" for flag in cube.respect[criteria]]
    return pa.table(
        {
            "side": links["side"],
            "framework": pa.array([cube.frameworks[number].code for number in frameworks], pa.string()),
            "framework_title": pa.array([cube.frameworks[number].title for number in frameworks], pa.string()),
            "criterion": pa.array(codes, pa.string()),
            "kind": pa.array(kinds, pa.string()),
            "critical": pa.array(cube.critical[criteria]),
            "text": pa.array([asked.text(code) for code in codes], pa.string()),
            **{name: links[name] for name in ("strength", "basis", "strong", "weak")},
            "round": pa.array([cube.rounds[rounds[number]] for number in frameworks], pa.string()),
            **of_criteria(sums, criteria),
        }
    )
