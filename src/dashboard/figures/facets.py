"""What can figures be grouped by? Everything together, principles, risk areas or rights; and which rights are kept."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.figures.asked import Asked
from dashboard.figures.cube import Cells, Flags
from dashboard.figures.grid import NO_CELLS


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
