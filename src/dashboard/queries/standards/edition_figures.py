"""How does one operation score in each key area, under each edition? Editions are asked separately and never summed."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_read, strings
from dashboard.figures.cube import Area, Ints
from dashboard.figures.fold import fold_units, in_cells, into_parts
from dashboard.figures.of_operation import answers_of
from dashboard.figures.read import read

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_full", "n_part", "n_nil", "n_critical_failed", "n_seen",
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """In the order of the codes of key areas; the earlier edition comes before the later one."""
    cube, editions = asked.cube, (asked.given["earlier_edition"], asked.given["later_edition"])
    rows = answers_of(cube, asked.rows("operation_answers")).rows
    of_editions = np.array([one.code in editions for one in cube.frameworks], bool)[cube.framework_of]
    kept = (asked.of_kind & asked.criteria & of_editions)[rows.criterion]
    rows = rows.where(kept & (asked.rounds_read[cube.framework_of[rows.criterion]] == rows.round))
    rows, area = in_cells(rows, cube.in_areas)
    units = fold_units(rows, area, rows.country, into_parts(cube, cube.in_areas, rows, area))
    frameworks = np.array([cube.framework_numbers[cube.areas[place].framework] for place in units.group], np.intp)
    none = pa.nulls(len(units.group), pa.float64())
    return pa.table(
        {
            **_titles(asked, [cube.areas[place] for place in units.group], frameworks),
            **of_read(read(units, cube.limits[frameworks]), units.sums, COUNTS),
            "lowest": none,
            "highest": none,
            "n_countries": none.cast(pa.int64()),
        }
    ).sort_by([("area_code", "ascending"), ("position", "ascending")])


def _titles(asked: Asked, areas: list[Area], frameworks: Ints) -> dict[str, pa.Array]:
    cube, rounds = asked.cube, asked.rounds_read[frameworks]
    positions = [1 if area.framework == asked.given["earlier_edition"] else 2 for area in areas]
    return {
        "position": pa.array(positions, pa.int32()),
        "subject": strings(cube.frameworks[number].code for number in frameworks),
        "subject_title": strings(cube.frameworks[number].title for number in frameworks),
        "area": strings(area.area for area in areas),
        "code": strings(area.code for area in areas),
        "area_code": strings(area.code for area in areas),
        "code_title": strings(asked.title(area.area) for area in areas),
        "round": strings(cube.rounds[number] for number in rounds),
        "round_title": strings(cube.round_titles[number] for number in rounds),
    }
