"""What stands where on the map? A row a country of the choice: operations, gravest risk, answers, an outside figure."""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.countries import country_readings


def answer(asked: Asked) -> pa.Table:
    """`at` is where a current outside figure lies between the lowest and the highest of all countries: 0 to 1."""
    named = asked.rows("places_named")
    readings = country_readings(asked, named["country"].to_pylist())
    return pa.table({**{name: named[name] for name in named.column_names}, **readings})
