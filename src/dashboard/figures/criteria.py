"""Tables with one row per criterion, and what criteria are grouped by: everything, principles, risk areas or rights."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Cells, Cube, CubeFramework, Flags, Floats, Ints, Rows
from dashboard.figures.fold import Sums, fold
from dashboard.figures.grid import NO_CELLS, counted, strings
from dashboard.figures.selection import Asked, column

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


def _frameworks(asked: Asked, criteria: Ints) -> list[CubeFramework]:
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


def facet(asked: Asked) -> Cells:
    """The criteria of each principle, risk area or right, as rows of cells, whichever is selected.

    Of several, named with a space between (`all principle`), the cells of each in turn.
    """
    found = [_facet(asked, by) for by in asked.given["by"].split(" ")]
    return found[0] if len(found) == 1 else _joined(found)


def _facet(asked: Asked, by: str) -> Cells:
    return asked.in_areas if by == "principle" else asked.cube.facets.get(by, NO_CELLS)


def _joined(parts: Sequence[Cells]) -> Cells:
    first = np.cumsum([0, *(len(cells.rows) for cells in parts[:-1])])
    criterion = np.concatenate([cells.criterion for cells in parts])
    cell = np.concatenate([cells.cell + start for cells, start in zip(parts, first, strict=True)])
    order = np.argsort(criterion, kind="stable")
    rows, columns = (tuple(code for cells in parts for code in getattr(cells, name)) for name in ("rows", "columns"))
    return Cells(rows, columns, criterion[order], cell[order])


def in_focus(asked: Asked) -> Flags:
    """Which criteria belong to the item in focus; none if nothing is in focus."""
    cells, focus = facet(asked), asked.given["focus"]
    place = cells.rows.index(focus) if focus in cells.rows else -1
    flags = np.zeros(len(asked.cube.criteria), bool)
    flags[cells.criterion[cells.cell == place]] = True
    return flags


def kept_rights(asked: Asked) -> list[Mapping[str, Any]]:
    """The rights that the filter of rights keeps; an article keeps the rights it belongs to.

    In their own order, those the partnership names first. `asks` holds the codes of the filter that select each. Needs
    `right_themes` to be asked as well.
    """
    chosen = asked.given["right"]
    rights = ({**row, "asks": _asks(row, chosen)} for row in asked.rows("right_themes").to_pylist())
    return [row for row in rights if row["asks"]]


def _asks(row: Mapping[str, Any], chosen: Collection[str]) -> list[str]:
    if not chosen or row["theme"] in chosen:
        return [row["theme"]]
    return [code for code in dict.fromkeys(chosen) if code in (row["articles"] or ())]
