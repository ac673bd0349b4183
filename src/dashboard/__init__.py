"""The dashboard: load, check, publish, ask, draw and show; and `open`, by which Python reads its figures.

See docs/decisions/0001-floors-and-rooms.md.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.tasks.tables.opened import OpenedStore


def open(store: "str | Path | None" = None) -> "OpenedStore":
    """What is published in a store, to be asked for figures as pandas DataFrames.

    `store` is the folder of a store; without it the one of DASHBOARD_STORE, or `.dashboard`. Nothing is read before
    something is asked. `dashboard.open().figures("heatmap", country=["GHA"])` is the table behind the heat map.
    """
    # Only now: whoever imports a part of the dashboard needs neither pandas nor DuckDB for it.
    from dashboard.tasks.tables.opened import open_store

    return open_store(store)
