"""How does each country score, as a whole and in each principle? A row per cell, even if nothing is asked."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.columns import strings
from dashboard.figures.countings import inherited_in
from dashboard.figures.cube import Flags, Floats, Ints
from dashboard.figures.failures import BEFORE, with_failed_before
from dashboard.figures.of_areas import WHOLE, area_columns, whole_and_areas
from dashboard.figures.read import COUNT, READINGS, at_places, named, whole_percent
from dashboard.figures.targets import BESIDE as TARGETS
from dashboard.figures.targets import target_columns
from dashboard.queries.question import CHOSEN, AnyRow, Folded

COUNTS = (
    "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_full", "n_part", "n_nil",
    "n_critical_failed", BEFORE,
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """In the order of countries; for each the whole first (its area is empty), then its principles.

    Sums are null if a country is asked nothing. `low_band` and `high_band` are the bands of the bounds, null
    where the figure rests on one or two answers.
    """
    cube, given = asked.cube, asked.given
    country, place = _cells(asked)
    rows = asked.chosen(asked.in_view & asked.of_kind & asked.criteria & asked.within, asked.countries)
    units = whole_and_areas(cube, asked.in_areas, with_failed_before(asked, rows), rows.country)
    n_places = len(cube.areas) + 1
    at = np.full(len(cube.countries) * n_places, -1)
    asks = np.flatnonzero(units.sums["n_asked"] > 0)
    at[(units.group * n_places + units.unit)[asks]] = asks
    at = at[country * n_places + place]
    figures = read_units(asked, units)

    def cells(values: Floats | Ints | Flags) -> Floats:
        return at_places(values, at)

    percent = cells(figures.percent)
    low, high = (cells(whole_percent(share)) for share in (figures.low, figures.high))
    few = cells(figures.reading) == COUNT
    seen = units.sums["n_evidence_seen"] + units.sums["n_evidence_checked"]
    return pa.table(
        {
            "country": strings(cube.countries[number] for number in country),
            "country_title": strings(cube.country_titles[number] for number in country),
            "country_position": column(country + 1, pa.int64()),
            "region": column([cube.country_regions[number] for number in country], pa.string()),
            **area_columns(asked, place),
            "area_position": column([0 if one == WHOLE else cube.areas[one - 1].number for one in place], pa.int16()),
            "reading": column(named(np.nan_to_num(cells(figures.reading)).astype(np.intp), READINGS), pa.string()),
            "percent": column(percent),
            "low": column(low),
            "high": column(high),
            "coverage": column(whole_percent(cells(figures.coverage))),
            **bands_of(asked, cells(figures.banded)),
            "low_band": bands_of(asked, np.where(few, np.nan, low))["band"],
            "high_band": bands_of(asked, np.where(few, np.nan, high))["band"],
            **{name: column(cells(units.sums[name])) for name in COUNTS},
            "n_seen": column(cells(seen)),
            "n_inherited": column(cells(inherited_in(cube, units.sums))),
            **target_columns(
                asked,
                [
                    (cube.countries[number], given["kind"], None if one == WHOLE else cube.areas[one - 1].area)
                    for number, one in zip(country, place, strict=True)
                ],
            ),
        }
    )


HEATMAP = Folded("heatmap", AnyRow, answer, (*CHOSEN, "kind", "today"), TARGETS)


def _cells(asked: Asked) -> tuple[Ints, Ints]:
    """Country and place of each cell: all who take part, with the whole and the principles that are kept."""
    cube, given, places = asked.cube, asked.given, places_kept(asked)
    taking_part = {country for of, at, country in cube.participants if (of, at) == (given["framework"], given["round"])}
    countries = [number for number in np.flatnonzero(asked.countries) if cube.countries[number] in taking_part]
    return (
        np.repeat(countries, len(places)).astype(np.intp),
        np.tile(places, len(countries)).astype(np.intp),
    )


def places_kept(asked: Asked) -> list[int]:
    """The place of the whole, then those of the principles that are kept. A single one is the whole, so it is alone."""
    principles = set(asked.given["areas"])
    areas = [
        number + 1
        for number, area in enumerate(asked.cube.areas)
        if area.framework == asked.given["framework"] and (not principles or area.area in principles)
    ]
    return [WHOLE, *areas] if len(areas) > 1 else areas
