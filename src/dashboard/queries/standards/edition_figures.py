"""How far is one operation in each key area, under each edition? The editions are asked apart and never summed."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import of_read
from dashboard.figures.fold import fold_units
from dashboard.figures.of_operation import answers_of
from dashboard.figures.read import read

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_full", "n_part", "n_nil", "n_critical_failed", "n_seen",
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """In the order of the codes of key areas; the earlier edition goes before the later."""
    cube, editions = asked.cube, (asked.given["earlier_edition"], asked.given["later_edition"])
    rows = answers_of(cube, asked.rows("operation_answers")).rows
    rounds = np.array([asked.round_of(one.code) for one in cube.frameworks], np.intp)
    of_editions = np.array([one.code in editions for one in cube.frameworks], bool)[cube.framework_of]
    kept = (asked.of_kind & asked.criteria & of_editions)[rows.criterion]
    rows = rows.where(kept & (rounds[cube.framework_of[rows.criterion]] == rows.round))
    units = fold_units(rows, cube.area_of[rows.criterion], rows.country)
    areas = [cube.areas[number] for number in units.group]
    frameworks = np.array([cube.framework_numbers[area.framework] for area in areas], np.intp)
    titles = [cube.frameworks[number].title for number in frameworks]
    none = pa.nulls(len(areas), pa.float64())
    return pa.table(
        {
            "position": pa.array([1 if area.framework == editions[0] else 2 for area in areas], pa.int32()),
            "subject_title": pa.array(titles, pa.string()),
            "code": pa.array([area.code for area in areas], pa.string()),
            "area_code": pa.array([area.code for area in areas], pa.string()),
            "code_title": pa.array([asked.title(area.area) for area in areas], pa.string()),
            "round": pa.array([cube.rounds[number] for number in rounds[frameworks]], pa.string()),
            "round_title": pa.array([cube.round_titles[number] for number in rounds[frameworks]], pa.string()),
            **of_read(read(units.sums, cube.limits[frameworks]), units.sums, COUNTS),
            "lowest": none,
            "highest": none,
            "n_countries": pa.nulls(len(areas), pa.int64()),
        }
    ).sort_by([("area_code", "ascending"), ("position", "ascending")])
