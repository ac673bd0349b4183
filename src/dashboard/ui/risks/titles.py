"""What does each part of the risks page find? One sentence per part: how many of how many, and where most."""

from typing import TypedDict

from dashboard.figures.gaps import SEVERE
from dashboard.figures.risks import gaps_in
from dashboard.model.claim import Claim, Claims
from dashboard.queries.question import Question
from dashboard.queries.risks.opportunity_list import OpportunityListRow
from dashboard.queries.risks.risk_list import RiskListRow
from dashboard.ui.elements.sentences import most_of
from dashboard.ui.gap_words import gaps_said
from dashboard.ui.view import View

GREATEST = 4
"""The greatest need on a scale of 1 to 4."""
FEASIBLE = 3
"""The feasibility, on a scale of 1 to 4, from which an opportunity is called feasible."""


class RiskMapRow(TypedDict):
    """A row of `risk_map`."""

    setting_title: str
    risk_area: str
    risk_area_title: str
    polarity: str
    grade: int | None


RISK_MAP = Question("risk_map", RiskMapRow)


def of_list(view: View, risks: list[RiskListRow]) -> Claims:
    """Say how many risks are severe, and how many severe gaps there are."""
    if not risks:
        return (Claim.of("risks.nothing", reset=view.reset()),)
    severe = sum(row["severity"] == SEVERE for row in risks)
    return Claim.count("risks.severe", severe, of=len(risks)), gaps_said(gaps_in(risks))


def of_settings(view: View, cells: list[RiskMapRow]) -> Claims:
    """Say in how many settings a risk is severe, and which setting has the most such risk areas."""
    severe = dict.fromkeys((row["setting_title"] for row in cells), 0)
    if all(row["grade"] is None for row in cells):
        return (Claim.of("risks.nothing", reset=view.reset()),)
    for row in cells:
        severe[row["setting_title"]] += row["polarity"] == "risk" and row["grade"] == SEVERE
    said = Claim.count("risks.severe_settings", sum(n > 0 for n in severe.values()), of=len(severe))
    return said, *most_of("areas", severe)


def of_openings(view: View, openings: list[OpportunityListRow]) -> Claims:
    """Say how many opportunities meet the greatest need, and how many of those are feasible."""
    if not openings:
        return (Claim.of("risks.no_openings", reset=view.reset()),)
    needed = [row for row in openings if row["need"] == GREATEST]
    feasible = sum(row["feasibility"] >= FEASIBLE for row in needed)
    return (Claim.count("risks.needed", len(needed), of=len(openings), feasible=feasible),)
