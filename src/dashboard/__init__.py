"""The dashboard: load, check, publish, ask, draw and show; and `open`, by which Python code reads its figures.

See docs/decisions/0025-house.md.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.tasks.dataframes import OpenedStore


def open(store: "str | Path | None" = None) -> "OpenedStore":
    """Open what is published in a store, to read its figures as pandas DataFrames.

    `store` is the folder of a store; by default the one named in DASHBOARD_STORE, or `.dashboard`. Nothing is read
    until figures are asked for. `dashboard.open().figures("heatmap", country=["GHA"])` is the table behind the heat
    map.
    """
    # Imported here, so that importing one part of the dashboard needs neither pandas nor DuckDB.
    from dashboard.tasks.dataframes import open_store

    return open_store(store)
