"""Tables with a row a criterion: what each is, and what was answered to it."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import counted, strings
from dashboard.figures.cube import Cube, Flags, Ints, Rows
from dashboard.figures.fold import Sums, fold

ANSWERS = ("n_asked", "n_full", "n_part", "n_nil", "n_not_applicable", "n_not_known", "n_unanswered")
"""What was answered to a criterion, as the bar of its answers shows it."""


def places_of(cube: Cube, codes: Iterable[str]) -> Ints:
    """The places of some criteria in the cube, in the order of their codes."""
    return np.array([cube.criterion_numbers[code] for code in codes], np.intp)


def known_places(cube: Cube, codes: Iterable[str]) -> Ints:
    """The same of those alone that the publication has."""
    return places_of(cube, (code for code in codes if code in cube.criterion_numbers))


def flags_at(cube: Cube, criteria: Ints) -> Flags:
    """Which criteria are at some places."""
    flags = np.zeros(len(cube.criteria), bool)
    flags[criteria] = True
    return flags


def sums_of(asked: Asked, rows: Rows) -> Sums:
    """The sums of each criterion of the cube; zeros where there are no rows."""
    return fold(rows, rows.criterion, len(asked.cube.criteria))


def answered(sums: Sums, criteria: Ints, names: Sequence[str] = ANSWERS) -> dict[str, pa.Array]:
    """The columns of what was answered to the criteria at some places, from the sums of all."""
    return {name: column(counted(sums, name)[criteria]) for name in names}


def about(asked: Asked, criteria: Ints, names: Iterable[str]) -> dict[str, pa.Array]:
    """What the criteria at some places are. `round` is the one that each is read in, null where there is none."""
    return {name: _about(asked, criteria, name) for name in names}


def _about(asked: Asked, criteria: Ints, name: str) -> pa.Array:
    cube = asked.cube
    match name:
        case "criterion":
            return strings(cube.criteria[place] for place in criteria)
        case "text":
            return strings(asked.text(cube.criteria[place]) for place in criteria)
        case "critical":
            return pa.array(cube.critical[criteria])
        case "kind":
            return strings("respect" if flag else "support" for flag in cube.respect[criteria])
        case "area_code":
            return strings(cube.areas[place].code for place in cube.area_of[criteria])
        case "framework":
            return strings(cube.frameworks[place].code for place in cube.framework_of[criteria])
        case "framework_title":
            return strings(cube.frameworks[place].title for place in cube.framework_of[criteria])
        case "round":
            return strings((*cube.rounds, None)[place] for place in asked.rounds_read[cube.framework_of[criteria]])
        case "round_title":
            return strings(
                (*cube.round_titles, None)[place] for place in asked.rounds_read[cube.framework_of[criteria]]
            )
        case "framework_text":
            return strings(asked.text(cube.frameworks[place].code) for place in cube.framework_of[criteria])
    raise KeyError(name)
