"""Tables with one row per criterion: what it is, and how it was answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import counted, strings
from dashboard.figures.cube import Cube, Flags, Floats, Framework, Ints, Rows
from dashboard.figures.fold import Sums, fold

ANSWERS = ("n_asked", "n_full", "n_part", "n_nil", "n_not_applicable", "n_not_known", "n_unanswered")
"""How a criterion was answered, in the order of the bar that shows it."""


def places_of(cube: Cube, codes: Iterable[str]) -> Ints:
    """The places of some criteria in the cube, in the order of their codes."""
    return np.array([cube.criterion_numbers[code] for code in codes], np.intp)


def known_places(cube: Cube, codes: Iterable[str]) -> Ints:
    """The same, but only for those that are in the publication."""
    return places_of(cube, (code for code in codes if code in cube.criterion_numbers))


def flags_at(cube: Cube, criteria: Ints) -> Flags:
    """The criteria at some places, as flags."""
    flags = np.zeros(len(cube.criteria), bool)
    flags[criteria] = True
    return flags


def sums_of(asked: Asked, rows: Rows) -> Sums:
    """The sums of each criterion of the cube; zeros if it has no rows."""
    return fold(rows, rows.criterion, len(asked.cube.criteria))


def missing(sums: Sums) -> Floats:
    """How many answers are not in place; those partly in place count half."""
    return sums["n_nil"] + sums["n_part"] / 2


def answered(sums: Sums, criteria: Ints, names: Sequence[str] = ANSWERS) -> dict[str, pa.Array]:
    """The columns that say how the criteria at some places were answered, from the sums of all criteria."""
    return {name: column(counted(sums, name)[criteria]) for name in names}


def about(asked: Asked, criteria: Ints, names: Iterable[str]) -> dict[str, pa.Array]:
    """What the criteria at some places are. `round` is the one that each is read in, or null."""
    return {name: ABOUT[name](asked, criteria) for name in names}


def _area_code(asked: Asked, criteria: Ints) -> pa.Array:
    return strings(asked.cube.areas[place].code for place in asked.cube.area_of[criteria])


def _kind(asked: Asked, criteria: Ints) -> pa.Array:
    return strings("respect" if flag else "support" for flag in asked.cube.respect[criteria])


def _frameworks(asked: Asked, criteria: Ints) -> list[Framework]:
    return [asked.cube.frameworks[place] for place in asked.cube.framework_of[criteria]]


def _rounds(asked: Asked, criteria: Ints, names: tuple[str, ...]) -> pa.Array:
    return strings((*names, None)[place] for place in asked.rounds_read[asked.cube.framework_of[criteria]])


ABOUT: Mapping[str, Callable[[Asked, Ints], pa.Array]] = {
    "criterion": lambda asked, criteria: strings(asked.cube.criteria[place] for place in criteria),
    "text": lambda asked, criteria: strings(asked.text(asked.cube.criteria[place]) for place in criteria),
    "critical": lambda asked, criteria: pa.array(asked.cube.critical[criteria]),
    "kind": _kind,
    "area_code": _area_code,
    "framework": lambda asked, criteria: strings(one.code for one in _frameworks(asked, criteria)),
    "framework_title": lambda asked, criteria: strings(one.title for one in _frameworks(asked, criteria)),
    "framework_text": lambda asked, criteria: strings(asked.text(one.code) for one in _frameworks(asked, criteria)),
    "round": lambda asked, criteria: _rounds(asked, criteria, asked.cube.rounds),
    "round_title": lambda asked, criteria: _rounds(asked, criteria, asked.cube.round_titles),
}
"""The columns of `about`, by name. `framework_title` is the short name, `framework_text` the full one."""
