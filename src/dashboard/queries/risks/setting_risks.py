"""Which risks does a setting hold, rated or not? One row per risk: rated ones by severity, then those not found.

Risks that nobody rated come last.
"""

from typing import Any, TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked, column
from dashboard.figures.ratings import BESIDE, cards, of_impacts, residual_columns
from dashboard.figures.risks import BESIDE as COVERED
from dashboard.queries.question import RATED, Folded

OF_COVER = (
    "reading", "percent", "low", "high", "band_title", "n_answered", "n_applicable", "n_units", "n_full", "n_part",
    "n_nil",
)  # fmt: skip
OF_GAPS = ("n_gaps", "n_severe_gaps", "gap_operations", "gap_reasons")
LAST = float("inf")


class SettingImpact(TypedDict):
    """What is said of a risk or opportunity in its setting."""

    impact: str
    text: str
    risk_area_title: str
    state: str
    n_none_found: int
    n_not_rated: int


class SettingRisksRow(SettingImpact):
    """A row of `setting_risks`."""

    severity: int | None
    percent: float | None
    n_answered: float | None


def answer(asked: Asked) -> pa.Table:
    """In the order of risks; null if nobody rated them."""
    said = asked.rows("setting_said")
    rated = asked.rows("covered_risks")
    of_impact = {row["impact"]: row for row in rated.to_pylist()}
    rows = said.to_pylist()
    for row in rows:
        row["rated"] = of_impact.get(row["impact"])
    ordered = sorted(range(len(rows)), key=lambda place: _place(rows[place]))
    rows = [rows[place] for place in ordered]
    found = [row["rated"] or {} for row in rows]
    said = said.take(pa.array(ordered, pa.int64()))

    def own(name: str) -> pa.Array:
        return column([row.get(name) for row in found], rated.schema.field(name).type)

    return pa.table(
        {
            **{name: said[name] for name in ("impact", "polarity")},
            "text": column([asked.text(row["impact"]) for row in rows], pa.string()),
            "risk_area": said["risk_area"],
            "risk_area_title": column([asked.title(row["risk_area"]) for row in rows], pa.string()),
            **{name: said[name] for name in ("age_groups", "groups", "stage", "state", "n_operations", "n_rated")},
            **{name: said[name] for name in ("n_none_found", "n_not_rated")},
            **{name: own(name) for name in ("severity", "likelihood", "n_at_severity")},
            "at_severity_in": column(
                [row["operations"][: row["n_at_severity"]] if row else None for row in found], pa.list_(pa.string())
            ),
            **_residual(asked, [row["impact"] for row in rows]),
            **{name: own(name) for name in (*OF_COVER, *OF_GAPS)},
        }
    )


SETTING_RISKS = Folded("setting_risks", SettingRisksRow, answer, RATED, ("setting_said", *BESIDE, *COVERED))


def _residual(asked: Asked, impacts: list[str]) -> dict[str, pa.Array]:
    """The highest residual severity and likelihood; null if nobody rated them."""
    rated, _ = of_impacts(asked)
    at = {cards(asked).codes[place]: row for row, place in enumerate(rated.impact)}
    places = pa.array([at.get(code) for code in impacts], pa.int64())
    said = {"n_residual": pa.array(rated.n_residual), **residual_columns(rated)}
    return {name: values.take(places) for name, values in said.items()}


def _place(row: dict[str, Any]) -> tuple[float, str, int]:
    return row["rated"]["risk_order"] if row["rated"] else LAST, row["state"], row["impact_position"]
