"""Every score of a publication, by round, country and area and for all areas; respect and support apart."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import column
from dashboard.figures.cube import Cube
from dashboard.figures.of_areas import WHOLE, whole_and_areas
from dashboard.figures.read import READINGS, named, read, whole_percent
from dashboard.model.view.known import KINDS

COUNTS = ("n_answered", "n_applicable", "n_seen", "n_critical_failed", "n_full", "n_part", "n_nil")


def scores(cube: Cube) -> pa.Table:
    """One row per score, in whole percent, null if there is none; an empty area means all areas of the framework."""
    rows = cube.sums
    of_criterion = np.stack([cube.framework_of, np.where(cube.respect, 0, 1)], axis=1)[rows.criterion]
    places = np.stack([rows.round, rows.country, of_criterion[:, 0], of_criterion[:, 1]], axis=1)
    keys, place = np.unique(places, axis=0, return_inverse=True) if len(places) else (places, places[:, 0])
    units = whole_and_areas(cube, cube.in_areas, rows, place)
    key, sums, figures = keys[units.group], units.sums, read(units, cube.limits[keys[units.group, 2]])
    areas = ["" if place == WHOLE else cube.areas[place - 1].area for place in units.unit]
    counts = {"n_seen": sums["n_evidence_seen"] + sums["n_evidence_checked"]}
    found = pa.table(
        {
            "round": column([cube.rounds[number] for number in key[:, 0]], pa.string()),
            "framework": column([cube.frameworks[number].code for number in key[:, 2]], pa.string()),
            "country": column([cube.countries[number] for number in key[:, 1]], pa.string()),
            "area": column(areas, pa.string()),
            "kind": column([KINDS[number] for number in key[:, 3]], pa.string()),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(figures.percent),
            "low": column(whole_percent(figures.low)),
            "high": column(whole_percent(figures.high)),
            "coverage": column(whole_percent(figures.coverage)),
            **{name: column(counts[name] if name in counts else sums[name]) for name in COUNTS},
        }
    )
    return found.take(pa.array(np.argsort(units.unit != WHOLE, kind="stable")))
