"""How far answers cover a risk, or make an opportunity real: the criteria that address it, in the framework in view."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.columns import of_cells
from dashboard.figures.cube import Ints
from dashboard.figures.grid import grid
from dashboard.figures.ratings import rated_risks
from dashboard.figures.read import at_places

LIES_OPEN_BELOW = 1.5
"""The shade, from 0 to 3, below which a risk lies open: the lower half of the bands."""
COLUMNS = (
    "reading", "percent", "low", "high", "shade", "band_title", "coverage", "n_answered", "n_applicable", "n_full",
    "n_part", "n_nil", "n_critical_failed", "n_units",
)  # fmt: skip


def cover(asked: Asked, impacts: Sequence[str], kind: str) -> dict[str, pa.Array]:
    """Columns of the mean over the chosen countries, one row for each of `impacts`; null where nothing is asked.

    Every criterion of the kind that addresses an impact counts, whatever the filters keep of the criteria. `lies_open`
    says that answers cover it little, or not at all.
    """
    return cover_in(asked, "impact", impacts, kind)


def cover_in(asked: Asked, name: str, rows: Sequence[str], kind: str) -> dict[str, pa.Array]:
    """The same of the rows of any grid whose columns are frameworks; of rights, by the criteria that are kept."""
    criteria = asked.in_view & asked.kind_is(kind)
    found = grid(asked, name, criteria if name == "impact" else criteria & asked.criteria)
    at = np.array([found.place(row, asked.given["framework"]) for row in rows], np.intp)
    shade = at_places(found.shade, at)
    return {**of_cells(found, at, COLUMNS), "lies_open": column(np.nan_to_num(shade, nan=-1.0) < LIES_OPEN_BELOW)}


def covered_risks(asked: Asked) -> pa.Table:
    """The rated risks of the choice with how far they are covered, in the order of the library.

    `gap_order` puts the grave and uncovered first, `gravity_order` the gravest.
    """
    rated = _rated(asked)
    covered = cover(asked, rated["impact"].to_pylist(), "respect")
    severity, second, likelihood = (
        -rated[name].to_numpy().astype(np.float64) for name in ("severity", "second_key", "likelihood")
    )
    shade = np.nan_to_num(covered["shade"].to_numpy(zero_copy_only=False), nan=-1.0)
    place = np.arange(len(rated))
    for name, values in covered.items():
        rated = rated.append_column(name, values)
    rated = rated.append_column("gap_order", _order(place, likelihood, second, shade, severity))
    return rated.append_column("gravity_order", _order(place, shade, likelihood, second, severity))


SCHEMA = pa.schema(
    [
        ("impact", pa.string()), ("impact_position", pa.int64()), ("risk_area", pa.string()), ("setting", pa.string()),
        *((name, pa.list_(pa.string())) for name in ("age_groups", "groups", "stage")),
        ("basis", pa.string()), ("citation", pa.string()),
        *((name, pa.list_(pa.string())) for name in ("functions", "rights")),
        ("severity", pa.int16()), ("second_key", pa.float64()), ("likelihood", pa.int16()),
        ("n_rated", pa.int64()), ("n_gravest", pa.int64()), ("operations", pa.list_(pa.string())),
        ("residual_severity", pa.int16()),
    ]
)  # fmt: skip


def _rated(asked: Asked) -> pa.Table:
    rows = [
        {
            **card,
            **dict(zip(("severity", "second_key", "likelihood"), rating.gravest, strict=True)),
            "n_rated": rating.n_rated,
            "n_gravest": rating.n_gravest,
            "operations": [title for _, title in rating.operations],
            "residual_severity": rating.residual and rating.residual[0],
        }
        for card, rating in rated_risks(asked)
    ]
    return pa.Table.from_pylist(rows, SCHEMA)


def _order(*keys: "np.ndarray | Ints") -> pa.Array:
    """The place of each row, from 1, in the order of some keys, the last first."""
    places = np.empty(len(keys[0]), np.int64)
    places[np.lexsort(keys)] = np.arange(1, len(keys[0]) + 1)
    return pa.array(places)
