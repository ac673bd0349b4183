"""How does each country score against one outside figure? A row per selected country; the two are never mixed."""

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.countries import country_readings

AFTER = ("indicator_title", "unit", "limit_years")


def answer(asked: Asked) -> pa.Table:
    """`shown` needs both figures. `median`, `lowest` and `highest` are those of the shown figures."""
    outside = asked.rows("quadrant_outside")
    readings = country_readings(asked, outside["country"].to_pylist())
    number = outside["number"].to_numpy(zero_copy_only=False).astype(np.float64)
    shown = ~np.isnan(number) & np.isin(readings["reading"].to_pylist(), ("count", "score"))
    known = number[shown]

    def everywhere(value: float) -> pa.Array:
        return column(np.full(len(number), value))

    return pa.table(
        {
            **{name: outside[name] for name in outside.column_names if name not in AFTER},
            **readings,
            "shown": column(shown),
            **{name: outside[name] for name in AFTER},
            "country_position": column(np.arange(1, len(number) + 1), pa.int64()),
            "median": everywhere(np.median(known) if len(known) else np.nan),
            "lowest": everywhere(known.min() if len(known) else np.nan),
            "highest": everywhere(known.max() if len(known) else np.nan),
            "n_shown": column(np.full(len(number), len(known)), pa.int64()),
        }
    )
