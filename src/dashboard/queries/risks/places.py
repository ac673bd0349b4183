"""What is at each place on the map? A row per country: operations, most severe risk, answers, an outside figure."""

from collections.abc import Iterator
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.columns import strings
from dashboard.figures.countries import country_readings
from dashboard.figures.ratings import BESIDE, Ratings, cards, ratings
from dashboard.queries.question import RATED, Folded


class PlacesRow(TypedDict):
    """A row of `places`."""

    country: str
    country_title: str
    operations: str
    value: str | None
    number: float | None
    year: int | None
    publisher: str | None
    dataset: str | None
    computed: bool | None
    state: str
    at: float | None
    severity: int | None
    n_rated: int | None
    n_at_severity: int | None
    most_severe: str | None
    reading: str
    percent: float | None
    coverage: float | None
    cover: str | None
    n_applicable: float | None
    n_answered: float | None


def answer(asked: Asked) -> pa.Table:
    """`at` is the position of a current outside figure between the lowest and highest of all countries: 0 to 1.

    `most_severe` names the risk areas of the risks with the highest severity.
    """
    named = asked.rows("places_named")
    countries = named["country"].to_pylist()
    found = ratings(asked)
    together = found.together(found.country)
    at = {asked.cube.countries[place]: row for row, place in enumerate(together.country)}
    rated = pa.array([at.get(code) for code in countries], pa.int64())
    columns = {
        "severity": pa.array(together.grade(0), pa.int16()),
        "n_rated": pa.array(together.n_rated),
        "n_at_severity": pa.array(together.n_top),
        "most_severe": strings(_most_severe(asked, found, together)),
    }
    return pa.table(
        {
            **{name: named[name] for name in named.column_names},
            **{name: values.take(rated) for name, values in columns.items()},
            **country_readings(asked, countries),
        }
    )


PLACES = Folded("places", PlacesRow, answer, (*RATED, "kind"), ("places_named", *BESIDE))


def _most_severe(asked: Asked, found: Ratings, together: Ratings) -> Iterator[str]:
    """For each country, the risk areas of its most severe risks."""
    areas = [asked.title(code) or "" for code in cards(asked).table["risk_area"].to_pylist()]
    top = np.zeros(len(asked.cube.countries), np.intp)
    top[together.country] = together.grade(0)
    most = found.take(found.grade(0) == top[found.country])
    for country in together.country:
        yield ", ".join(asked.in_order({areas[place] for place in most.impact[most.country == country]}))
