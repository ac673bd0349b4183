"""Scores of whole countries, by area and for all areas together.

A criterion that counts in several areas counts in each, and once in the whole.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Cells, Cube, Flags, Ints, Rows
from dashboard.figures.fold import SEVERAL, Into, Units, fold_units, into_parts, places_in_cells
from dashboard.figures.read import READINGS, Read, at_places, named, read, whole_percent
from dashboard.figures.selection import Asked, bands_of, column, read_units
from dashboard.model.known_codes import KINDS

WHOLE = SEVERAL + 1
"""The place for all areas together; each area's place is one more than its number."""


def whole_and_areas(cube: Cube, areas: Cells, rows: Rows, group: Ints) -> Units:
    """The sums of each group, as a whole and by area; the unit is `WHOLE` or the place of an area."""
    index, place = _places(areas, rows)
    rows = rows.take(index)
    return fold_units(rows, group[index], place, into_parts(cube, areas, rows, place - 1))


def in_whole_and_areas(cube: Cube, areas: Cells, rows: Rows) -> tuple[Rows, Ints, Into | None]:
    """Each row as part of the whole and again in each of its areas, with that place, and the parts of figures."""
    index, place = _places(areas, rows)
    rows = rows.take(index)
    return rows, place, into_parts(cube, areas, rows, place - 1)


def _places(areas: Cells, rows: Rows) -> tuple[Ints, Ints]:
    every = np.arange(len(rows.criterion))
    index, area = places_in_cells(rows.criterion, areas)
    return np.concatenate([every, index]), np.concatenate([np.full(len(every), WHOLE), area + 1])


def area_columns(asked: Asked, places: Ints) -> dict[str, pa.Array]:
    """The columns `area`, `area_code` and `area_title` for some places; empty, null and empty for all areas."""
    areas = asked.cube.areas
    codes: Sequence[str] = ["", *(area.area for area in areas)]
    names = [None, *(area.code for area in areas)]
    titles = ["", *(asked.title(area.area) or "" for area in areas)]
    return {
        "area": column([codes[place] for place in places], pa.string()),
        "area_code": column([names[place] for place in places], pa.string()),
        "area_title": column([titles[place] for place in places], pa.string()),
    }


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


def country_units(asked: Asked, countries: Flags) -> tuple[Units, Read]:
    """The sums and figures of some countries, over the criteria of the kind in view."""
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, countries)
    units = fold_units(rows, np.zeros(len(rows.country), np.intp), rows.country, asked.into_parts(rows))
    return units, read_units(asked, units)


def country_readings(asked: Asked, countries: Sequence[str]) -> dict[str, pa.Array]:
    """Columns with the figures of countries, one row each; `not_covered` and null where nothing is asked.

    `cover` compares coverage with the limit below which no score is shown: `all`, `enough` or `under`.
    """
    units, figures = country_units(asked, asked.countries)
    places = {asked.cube.countries[unit]: place for place, unit in enumerate(units.unit)}
    at = np.array([places.get(code, -1) for code in countries], np.intp)

    shown = at_places(figures.percent, at)
    limit = asked.framework.coverage_limit if asked.framework else np.nan
    sums = units.sums
    answered, applicable, coverage = (
        at_places(values, at) for values in (sums["n_answered"], sums["n_applicable"], figures.coverage)
    )
    cover = np.select(
        [(answered == applicable) & (applicable > 0), coverage >= limit, applicable > 0],
        ["all", "enough", "under"],
        "",
    )
    return {
        "reading": column(named(np.nan_to_num(at_places(figures.reading, at)).astype(np.intp), READINGS), pa.string()),
        "percent": column(shown),
        "low": column(at_places(whole_percent(figures.low), at)),
        "high": column(at_places(whole_percent(figures.high), at)),
        "coverage": column(whole_percent(coverage)),
        "cover": column([word or None for word in cover.tolist()], pa.string()),
        "coverage_limit": column(np.where(at < 0, np.nan, whole_percent(np.full(len(at), limit)))),
        "n_applicable": column(applicable),
        "n_answered": column(answered),
        **{name: column(at_places(sums[name], at)) for name in ("n_full", "n_part", "n_nil")},
        "n_seen": column(at_places(sums["n_evidence_seen"] + sums["n_evidence_checked"], at)),
        "n_critical_failed": column(at_places(sums["n_critical_failed"], at)),
        **bands_of(asked, at_places(figures.banded, at)),
    }
