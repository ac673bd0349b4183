"""Lists rated risks and opportunities: how well they are covered, where there are gaps, and which are doubtful."""

from collections import Counter
from collections.abc import Iterator
from typing import TypedDict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.grid import cover, strings
from dashboard.figures.ratings import BESIDE, OPENINGS, Ratings, cards, openings, ratings
from dashboard.figures.risks import BESIDE as COVERED
from dashboard.figures.risks import covered_risks
from dashboard.figures.scores import country_readings
from dashboard.figures.selection import Asked, column
from dashboard.queries.elements.failures import ACTIONS_BESIDE, acted
from dashboard.queries.question import RATED, AnyRow, Folded


class RiskListRow(TypedDict):
    """A row of `risk_list`."""

    impact: str
    severity: int
    likelihood: int
    n_rated: int
    n_at_severity: int
    residual_severity: int | None
    n_residual: int
    reading: str
    shade: float | None
    band_title: str | None
    n_severe_gaps: int
    n_gaps: int
    n_partly: int
    n_not_yet: int
    gap_operations: list[str]
    gap_reasons: list[str]
    judged_otherwise: list[str]
    risk_order: int
    text: str
    risk_area_title: str
    setting_title: str
    n_actions: int


def risk_list_answer(asked: Asked) -> pa.Table:
    """Which risks were rated, how well are they covered, and where are they gaps? One row per risk, in order.

    With the titles of its risk area, its setting and the responsible functions, and the number of open actions.
    """
    found = asked.rows("covered_risks")
    impacts, functions = found["impact"].to_pylist(), found["functions"].to_pylist()
    titles = [asked.in_order(title for code in codes if (title := asked.title(code))) or None for codes in functions]
    columns = {name: found[name] for name in found.column_names if name != "rights"}
    n_actions = acted(asked)
    return pa.table(
        {
            **columns,
            "functions": column(titles, pa.list_(pa.string())),
            "text": strings(asked.text(code) for code in impacts),
            "risk_area_title": strings(asked.title(code) for code in found["risk_area"].to_pylist()),
            "setting_title": strings(asked.title(code) for code in found["setting"].to_pylist()),
            "n_actions": column([n_actions.get(code, 0) for code in impacts], pa.int64()),
        }
    )


RISK_LIST = Folded("risk_list", RiskListRow, risk_list_answer, RATED, (*ACTIONS_BESIDE, *COVERED))


def covered_risks_answer(asked: Asked) -> pa.Table:
    """Which risks were rated, in order, and how well is each covered?

    Questions that list risks build on its table; those that need little of each risk use `ranked`, which is the same.

    One row per risk. The filters on criteria make no difference.
    """
    return covered_risks(asked)


COVERED_RISKS = Folded(
    "covered_risks", AnyRow, covered_risks_answer, ("framework", "round", "countries", "impacts"), BESIDE
)


TOLD = ("severity", "likelihood", "residual_severity", "residual_likelihood", "residual_basis")
KEPT_BY = {"country": "countries", "impact": "impacts"}
"""The columns that are filtered, each with the parameter that lists what is kept."""


class RiskChecksRow(TypedDict):
    """A row of `risk_checks`."""

    doubt: str
    operation: str
    operation_title: str
    impact: str
    text: str
    severity: int
    likelihood: int
    residual_severity: int | None
    residual_likelihood: int | None
    residual_basis: str | None


def risk_checks_answer(asked: Asked) -> pa.Table:
    """Which ratings within the filters are doubtful? A row per rating and kind of doubt, the most severe of each first.

    `risk_doubts` defines the doubts, for every rating of the round.

    Those of the selected countries and impacts; `n_doubt` counts those of a kind.
    """
    found = asked.rows("risk_doubts")
    kept = [pc.is_in(found[name], pa.array(asked.given[of], pa.string())) for name, of in KEPT_BY.items()]
    found = found.filter(pc.and_(*kept))
    doubts, impacts = found["doubt"].to_pylist(), found["impact"].to_pylist()
    n = Counter(doubts)
    return pa.table(
        {
            **{name: found[name] for name in ("doubt", "operation", "operation_title", "impact")},
            "text": strings(asked.text(code) for code in impacts),
            **{name: found[name] for name in TOLD},
            "n_doubt": pa.array([n[doubt] for doubt in doubts], pa.int64()),
        }
    )


RISK_CHECKS = Folded(
    "risk_checks", RiskChecksRow, risk_checks_answer, ("round", "countries", "impacts", "lang"), ("risk_doubts",)
)


LEFT_OUT = ("coverage", "n_critical_failed")


class OpportunityListRow(TypedDict):
    """A row of `opportunity_list`."""

    text: str
    risk_area_title: str
    setting_title: str
    need: int
    reach: int
    feasibility: int
    touches: list[str] | None


def opportunity_list_answer(asked: Asked) -> pa.Table:
    """Which rated opportunities meet the greatest need? The most needed first, one row per opportunity.

    Includes the risks it lessens, and how far the support criteria that enable it are in place.

    By need, then reach, then feasibility of a single rating; never a product.
    """
    rated = openings(asked)
    impacts = rated["impact"].to_pylist()
    lessened = [
        [text for code in sorted(codes) if (text := asked.text(code)) is not None] or None
        for codes in rated["touches"].to_pylist()
    ]
    covered = {name: values for name, values in cover(asked, impacts, "support").items() if name not in LEFT_OUT}
    return pa.table(
        {
            "impact": rated["impact"],
            "text": column([asked.text(code) for code in impacts], pa.string()),
            "risk_area": rated["risk_area"],
            "risk_area_title": column([asked.title(code) for code in rated["risk_area"].to_pylist()], pa.string()),
            "setting": rated["setting"],
            "setting_title": column([asked.title(code) for code in rated["setting"].to_pylist()], pa.string()),
            **{name: rated[name] for name in ("need", "reach", "feasibility", "n_rated", "operations")},
            "touches": column(lessened, pa.list_(pa.string())),
            **covered,
        }
    )


OPPORTUNITY_LIST = Folded("opportunity_list", OpportunityListRow, opportunity_list_answer, RATED, OPENINGS)


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
    """What is at each place on the map? A row per country: operations, most severe risk, answers, an outside figure.

    `at` is the position of a current outside figure between the lowest and highest of all countries: 0 to 1.

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
