"""What stands where on the map? A row a country: operations, most severe risk, answers, an outside figure."""

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.countries import country_readings
from dashboard.figures.ratings import cards, ratings, together


def answer(asked: Asked) -> pa.Table:
    """`at` is where a current outside figure lies between the lowest and the highest of all countries: 0 to 1.

    `most_severe` names the risk areas of the risks of the greatest severity.
    """
    named = asked.rows("places_named")
    countries = named["country"].to_pylist()
    found = ratings(asked)
    of_country = together(found, lambda one: one.country)
    rated = [of_country.get(code) for code in countries]
    areas = {impact: asked.title(card["risk_area"]) or "" for impact, card in cards(asked).items()}
    most_severe: dict[str, set[str]] = {}
    for one in found:
        if one.severity == of_country[one.country].severity:
            most_severe.setdefault(one.country, set()).add(areas[one.impact])
    return pa.table(
        {
            **{name: named[name] for name in named.column_names},
            "severity": column([one and one.severity for one in rated], pa.int16()),
            "n_rated": column([one and one.n_rated for one in rated], pa.int64()),
            "n_at_severity": column([one and one.n_at_severity for one in rated], pa.int64()),
            "most_severe": column(
                [", ".join(sorted(most_severe.get(code, ()))) or None for code in countries], pa.string()
            ),
            **country_readings(asked, countries),
        }
    )
