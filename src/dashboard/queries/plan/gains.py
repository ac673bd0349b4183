"""What would the score be with the imagined answers, and how many points above the published one?

If nothing is imagined, both are the published score.
"""

from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, bands_of, column, read_units
from dashboard.figures.columns import strings
from dashboard.figures.cube import Floats
from dashboard.figures.of_areas import area_columns, whole_and_areas
from dashboard.figures.read import READINGS, SCORE, mean, named, whole_percent
from dashboard.queries.question import CHOSEN, Folded

COUNTS = ("n_full", "n_part", "n_nil")


class GainsRow(TypedDict):
    """A row of `gains`."""

    country: str
    country_title: str
    area: str
    area_code: str | None
    area_title: str
    reading: str
    n_countries: int
    percent: float | None
    gain: float | None
    band_title: str | None


def answer(asked: Asked) -> pa.Table:
    """One row per country and area: an empty area is all of them, an empty country the mean, which comes last.

    A single country has no mean: it would be that country's own figure.
    """
    cube = asked.cube
    criteria = asked.in_view & asked.of_kind & asked.criteria & asked.within
    then, now = asked.chosen(criteria, asked.countries), asked.chosen(criteria, asked.countries, asked.published.sums)
    units = whole_and_areas(cube, asked.in_areas, then, then.country)
    figures, were = read_units(asked, units), read_units(asked, whole_and_areas(cube, asked.in_areas, now, now.country))
    # A gain needs a figure on both sides.
    enters = figures.shown & were.shown & asked.spread_over[units.group]
    size = len(cube.areas) + 1
    n_entering = np.bincount(units.unit[enters], minlength=size)
    means = np.flatnonzero(n_entering * (len(np.unique(units.group)) > 1))
    measured = (figures.reading == SCORE) & (were.reading == SCORE)

    def of_mean(values: Floats) -> Floats:
        return mean(units.unit[enters], values[enters], size)[means]

    def followed(values: Floats, by: Floats | float = np.nan) -> Floats:
        """The values of countries, followed by those of the mean."""
        return np.concatenate([values, np.broadcast_to(by, len(means))])

    percent = whole_percent(followed(figures.shown_score, of_mean(figures.score)))
    # The difference of what is shown, so that no reader finds another one.
    gain = percent - whole_percent(followed(were.shown_score, of_mean(were.score)))
    n_in_means = np.bincount(units.unit[enters], units.sums["n_answered"][enters], minlength=size)[means]
    enough = np.concatenate([figures.reading == SCORE, n_in_means >= asked.count_below])
    reading = np.concatenate([figures.reading, np.full(len(means), SCORE)])
    return pa.table(
        {
            "country": strings([*(cube.countries[number] for number in units.group), *[""] * len(means)]),
            "country_title": strings([*(cube.country_titles[number] for number in units.group), *[""] * len(means)]),
            **area_columns(asked, np.concatenate([units.unit, means])),
            "reading": column(named(reading, READINGS), pa.string()),
            "n_answered": column(followed(units.sums["n_answered"])),
            **{name: column(followed(units.sums[name])) for name in COUNTS},
            "n_countries": column(np.concatenate([np.ones_like(units.group), n_entering[means]]), pa.int64()),
            "percent": column(percent),
            "low": column(whole_percent(followed(figures.low))),
            "high": column(whole_percent(followed(figures.high))),
            "gain": column(np.where(np.concatenate([measured, np.ones(len(means), bool)]), gain, np.nan)),
            **bands_of(asked, np.where(enough, percent, np.nan)),
        }
    )


GAINS = Folded("gains", GainsRow, answer, (*CHOSEN, "kind"))
