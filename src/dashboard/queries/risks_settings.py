"""Declares what is asked about settings: their risks and opportunities, and the criteria that apply or address them."""

from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.criteria import about, answered, places_of, sums_of
from dashboard.figures.ratings import BESIDE, cards, of_impacts, residual_columns
from dashboard.figures.read import divided
from dashboard.figures.risks import BESIDE as COVERED
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import RATED, READ, Folded, Question

OF_COVER = (
    "reading", "percent", "low", "high", "band_title", "n_answered", "n_applicable", "n_units", "n_full", "n_part",
    "n_nil",
)  # fmt: skip
OF_GAPS = ("n_gaps", "n_severe_gaps", "gap_operations", "gap_reasons", "judged_otherwise")
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


def setting_risks_answer(asked: Asked) -> pa.Table:
    """Which risks does a setting hold, rated or not? One row per risk: rated ones by severity, then those not found.

    Risks that nobody rated come last.

    In the order of risks; null if nobody rated them.
    """
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


SETTING_RISKS = Folded(
    "setting_risks", SettingRisksRow, setting_risks_answer, RATED, ("setting_said", *BESIDE, *COVERED)
)


def _residual(asked: Asked, impacts: list[str]) -> dict[str, pa.Array]:
    """The highest residual severity and likelihood; null if nobody rated them."""
    rated, _ = of_impacts(asked)
    at = {cards(asked).codes[place]: row for row, place in enumerate(rated.impact)}
    places = pa.array([at.get(code) for code in impacts], pa.int64())
    said = {"n_residual": pa.array(rated.n_residual), **residual_columns(rated)}
    return {name: values.take(places) for name, values in said.items()}


def _place(row: dict[str, Any]) -> tuple[float, str, int]:
    return row["rated"]["risk_order"] if row["rated"] else LAST, row["state"], row["impact_position"]


class FigurePart(TypedDict):
    """What a figure is for a part of the whole."""

    sex: str | None
    residence: str | None
    age: str | None
    value: str


class ContextRow(TypedDict):
    """A row of `context`."""

    indicator: str
    title: str
    unit: str
    value: str | None
    year: int | None
    publisher: str | None
    datasets: list[str]
    computed: bool
    state: str
    parts: list[FigurePart]


class SettingAdviceRow(TypedDict):
    """A row of `setting_advice`."""

    what: str
    code: str
    title: str
    word: str


class SettingOpeningsRow(SettingImpact):
    """A row of `setting_openings`."""


class SettingsRow(TypedDict):
    """A row of `settings`."""

    setting: str
    setting_title: str
    first_question: str
    exposed: str
    services: list[str]
    functions: list[str] | None
    n_operations: int
    operations: list[str] | None
    n_chosen: int


CONTEXT = Question("context", ContextRow)
SETTING_ADVICE = Question("setting_advice", SettingAdviceRow)
SETTING_OPENINGS = Question("setting_openings", SettingOpeningsRow)
SETTINGS = Question("settings", SettingsRow)


TOLD = ("applies", "n_risks", "n_openings")


class SettingCriteriaRow(TypedDict):
    """A row of `setting_criteria`."""

    criterion: str
    text: str
    applies: bool
    n_risks: int
    n_openings: int
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float


def setting_criteria_answer(asked: Asked) -> pa.Table:
    """Which criteria apply in a setting or address its risks and opportunities, and what was answered?

    Critical ones first, then those least in place; those without an answer last.
    """
    addressed = asked.rows("setting_addressed")
    criteria = places_of(asked.cube, addressed["criterion"].to_pylist())
    own = np.flatnonzero(asked.of_kind[criteria])
    sums = sums_of(asked, asked.chosen(asked.in_view, asked.countries))
    score = divided(sums["points"], sums["weight_answered"])[criteria[own]]
    keys = (own, -sums["n_nil"][criteria[own]], np.nan_to_num(score, nan=np.inf), ~asked.cube.critical[criteria[own]])
    order = own[np.lexsort(keys)]
    found = addressed.take(pa.array(order))
    return pa.table(
        {
            **about(asked, criteria[order], ("area_code", "criterion", "critical", "text")),
            **{name: found[name] for name in TOLD},
            **answered(sums, criteria[order]),
        }
    )


SETTING_CRITERIA = Folded(
    "setting_criteria", SettingCriteriaRow, setting_criteria_answer, (*READ, "kind"), ("setting_addressed",)
)
