"""Folds what the framework asks and how its areas score, and declares what is asked about standards and their links."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.criteria import ANSWERS, places_of, sums_of
from dashboard.figures.failures import BEFORE
from dashboard.figures.grid import grid, of_cells, strings
from dashboard.figures.selection import Asked, column
from dashboard.queries.question import READ, Folded, Question

SAID = (
    "partly", "evidence_hint", "kind", "level", "weight", "critical", "added", "until", "since",
    "services", "reversed", "answered_with", "citation", "verification", "same_as",
)  # fmt: skip
"""What a criterion says about itself."""
LINKS = {
    "rights": "theme",
    "articles": "right",
    "risk_areas": "risk_area",
    "functions": "function",
    "settings": "setting",
}
"""The columns with what a criterion refers to, by kind: lists, null if there is nothing of the kind."""


class StandardRow(TypedDict):
    """A row of `standard`."""

    area: str
    area_code: str
    area_title: str
    area_text: str
    criterion: str
    text: str
    partly: str | None
    evidence_hint: str
    level: str
    weight: float
    critical: bool
    added: str | None
    until: str | None
    since: str | None
    services: list[str]
    reversed: bool
    answered_with: list[str] | None
    verification: str
    same_as: str | None
    rights: list[str] | None
    articles: list[str] | None
    risk_areas: list[str] | None
    functions: list[str] | None
    settings: list[str] | None
    n_asked: float | None
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    n_unanswered: float | None


def standard_answer(asked: Asked) -> pa.Table:
    """What does the framework ask, and what was answered? A row per criterion, with everything that it refers to.

    In the order of the framework. Null if nobody was asked a criterion in the round in view.

    A criterion that repeats another is kept together with it; it is never asked, and refers to nothing else.
    """
    asks = asked.rows("standard_asks")
    asked_as = pc.coalesce(asks["same_as"], asks["criterion"])
    criteria = places_of(asked.cube, asked_as.to_pylist())
    kept = asked.criteria[criteria]
    asks, criteria = asks.filter(pa.array(kept)), criteria[kept]
    sums = sums_of(asked, asked.chosen(asked.in_view & asked.criteria, asked.countries)).take(criteria)
    areas, codes = asks["area"].to_pylist(), asks["criterion"].to_pylist()
    put = (sums["n_asked"] > 0) & asks["same_as"].is_null().to_numpy()
    return pa.table(
        {
            "area": asks["area"],
            "area_code": asks["area_code"],
            "area_title": strings(asked.title(area) for area in areas),
            "area_text": strings(asked.text(area) for area in areas),
            "criterion": asks["criterion"],
            "text": strings(asked.text(code) for code in codes),
            **{name: asks[name] for name in SAID},
            **_links(asked, codes),
            **{name: column(np.where(put, sums[name], np.nan)) for name in ANSWERS},
        }
    )


STANDARD = Folded("standard", StandardRow, standard_answer, READ, ("standard_asks", "standard_links"))


def _links(asked: Asked, criteria: Sequence[str]) -> Mapping[str, pa.Array]:
    found: dict[tuple[str, str], list[str]] = {}
    columns = (values.to_pylist() for values in asked.rows("standard_links").columns)
    for criterion, sort, target in zip(*columns, strict=True):
        title = target if sort == "right" else asked.title(target)
        if title is not None:
            found.setdefault((criterion, sort), []).append(title)
    for (_, sort), titles in found.items():
        if sort in ("function", "setting"):
            titles[:] = asked.in_order(titles)
    lists = {name: [found.get((code, sort)) for code in criteria] for name, sort in LINKS.items()}
    return {name: pa.array(of_criteria, pa.list_(pa.string())) for name, of_criteria in lists.items()}


COLUMNS = (
    "reading", "percent", "low", "high", "n_units", "n_shown", "n_answered", "n_applicable", "n_full", "n_part",
    "n_nil", "n_critical_failed", BEFORE, "shade", "band_title",
)  # fmt: skip


class StandardAreasRow(TypedDict):
    """A row of `standard_areas`."""

    area: str
    kind: str
    round: str
    reading: str
    percent: float | None
    n_answered: float
    n_applicable: float
    n_failed_before: float


def standard_areas_answer(asked: Asked) -> pa.Table:
    """How does each area of the framework score within the filters, in respect and in support? A row per area and kind.

    In the order of the codes of areas; respect comes before support. Only areas in which something is asked.
    """
    return pa.concat_tables([_of_kind(asked, "respect"), _of_kind(asked, "support")]).sort_by(
        [("area", "ascending"), ("kind", "ascending")]
    )


STANDARD_AREAS = Folded("standard_areas", StandardAreasRow, standard_areas_answer, READ)


def _of_kind(asked: Asked, kind: str) -> pa.Table:
    figures = grid(asked, "area", asked.in_view & asked.criteria & asked.kind_is(kind))
    met = np.flatnonzero(figures.met)
    return pa.table(
        {
            "area": strings(figures.rows[place] for place in met),
            "kind": strings([kind] * len(met)),
            "round": strings(asked.cube.rounds[figures.round[place]] for place in met),
            **of_cells(figures, met, COLUMNS),
        }
    )


class StandardAboutRow(TypedDict):
    """A row of `standard_about`."""

    title: str
    short_title: str
    publisher: str
    year: int
    version: str
    address: str
    licence_note: str
    held_in_part: str | None
    earlier_title: str | None
    n_areas: int
    n_criteria: int
    n_respect: int
    n_support: int
    n_critical: int
    n_to_verify: int
    n_confirmed: int
    n_own_reading: int


class BesidePointsRow(TypedDict):
    """A row of `beside_points`."""

    instrument: str
    code: str
    text: str
    criteria: list[str]
    verification: str


class CriterionLinksRow(TypedDict):
    """A row of `criterion_links`."""

    framework_title: str
    criterion: str
    text: str
    strength: str


class InstrumentsRow(TypedDict):
    """A row of `instruments`."""

    instrument: str
    title: str
    short_title: str
    publisher: str
    years: str
    address: str
    text: str
    not_found: list[str]
    n_points: int


class UncoveredRow(TypedDict):
    """A row of `uncovered`."""

    what: str
    of: str | None
    title: str


STANDARD_ABOUT = Question("standard_about", StandardAboutRow)
BESIDE_POINTS = Question("beside_points", BesidePointsRow)
CRITERION_LINKS = Question("criterion_links", CriterionLinksRow)
INSTRUMENTS = Question("instruments", InstrumentsRow)
UNCOVERED = Question("uncovered", UncoveredRow)
