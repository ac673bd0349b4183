"""How far is each country in each principle? A row a cell, also where nothing is asked: emptiness has a word too."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.countings import inherited_in
from dashboard.figures.fold import Units, fold, in_cells, whole
from dashboard.figures.read import READINGS, named, whole_percent
from dashboard.figures.targets import target_columns

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_full", "n_part", "n_nil",
    "n_critical_failed",
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """In the order of countries, then of principles; sums are null where a country is asked nothing."""
    cube, given = asked.cube, asked.given
    principles = set(given["areas"])
    areas = [
        number
        for number, area in enumerate(cube.areas)
        if area.framework == given["framework"] and (not principles or area.area in principles)
    ]
    taking_part = {country for of, at, country in cube.participants if (of, at) == (given["framework"], given["round"])}
    countries = [number for number in np.flatnonzero(asked.countries) if cube.countries[number] in taking_part]
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.countries)
    rows, of_area = in_cells(rows, asked.in_areas)
    n_areas = len(cube.areas)
    sums = fold(rows, rows.country * n_areas + of_area, len(cube.countries) * n_areas)
    group = np.repeat(countries, len(areas)).astype(np.intp)
    area = np.tile(areas, len(countries)).astype(np.intp)
    cells = sums.take(group * n_areas + area)
    figures = read_units(asked, Units(area, group, cells, whole(cells).parts))
    percent = whole_percent(figures.score)
    blank = cells["n_asked"] == 0
    some = {name: np.where(blank, np.nan, cells[name]) for name in COUNTS}
    some["n_seen"] = np.where(blank, np.nan, cells["n_evidence_seen"] + cells["n_evidence_checked"])
    some["n_inherited"] = np.where(blank, np.nan, inherited_in(cube, cells))
    titles = [asked.title(one.area) for one in cube.areas]
    return pa.table(
        {
            "country": [cube.countries[number] for number in group],
            "country_title": [cube.country_titles[number] for number in group],
            "country_position": column(group + 1, pa.int64()),
            "area": [cube.areas[number].area for number in area],
            "area_code": [cube.areas[number].code for number in area],
            "area_title": [titles[number] for number in area],
            "area_position": column([cube.areas[number].number for number in area], pa.int16()),
            "reading": column(named(figures.reading, READINGS), pa.string()),
            "percent": column(percent),
            "low": column(whole_percent(figures.low)),
            "high": column(whole_percent(figures.high)),
            **bands_of(asked, np.where(figures.shown, percent, np.nan)),
            **{name: column(values) for name, values in some.items()},
            **target_columns(
                asked,
                [
                    (cube.countries[place], given["kind"], cube.areas[number].area)
                    for place, number in zip(group, area, strict=True)
                ],
            ),
        }
    )
