"""The parts of the page of risks and opportunities, one function each, with their findings and the list of risks."""

from collections.abc import Callable
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.figures.risks import gaps_in
from dashboard.model.known_codes import SEVERE
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask
from dashboard.queries.risks_list import OPPORTUNITY_LIST, RISK_CHECKS, RISK_LIST, OpportunityListRow, RiskListRow
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.gap_links import begin_link
from dashboard.ui.elements.legend import show_legend
from dashboard.ui.elements.marks import bar_key, grade_mark, grades_key
from dashboard.ui.elements.menu import Explanation
from dashboard.ui.elements.rated_impacts import cover_mark, doubts, gap_claims, gaps_of, grade, list_rated
from dashboard.ui.elements.show import as_table, headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import explained
from dashboard.ui.page_content import listed, plain, stated
from dashboard.ui.risks_settings import settings
from dashboard.ui.versions.figure_changes import gaps_said
from dashboard.ui.view import View

FIRST, OTHERS = 8, 6
"""Risks shown at once, those with a severe gap and the others; the rest one click away."""


def beside(view: View, risks: list[RiskListRow], n_openings: int) -> str:
    """Say how many opportunities are rated."""
    return view.words.count("risks.openings", n_openings) if risks else ""


def risk_table(view: View, risks: list[RiskListRow]) -> None:
    """Show the risks with a severe gap, which the finding counts, then the others, a few at once, each in order."""
    words, line = view.words, partial(_line, view)
    stated(*(one for row in risks for one in gap_claims(row)))
    gaps = [row for row in risks if row["n_severe_gaps"]]
    others = [row for row in risks if not row["n_severe_gaps"]]
    if gaps:
        st.markdown(f"**{words('risks.gaps')}**", help=words("term.severe_gap.text"))
        first_rows(view, gaps, line, "gaps", FIRST)
        if others:
            st.markdown(f"**{words('risks.others')}**")
    first_rows(view, others, line, "risks", OTHERS)


def _line(view: View, row: RiskListRow) -> dict[str, str]:
    words = view.words
    who = words.count("risks.rated_by", row["n_rated"], at=row["n_at_severity"])
    likely = words(f"grade.likelihood_{row['likelihood']}")
    where = " · ".join((row["setting_title"], row["risk_area_title"], likely, who))
    mark = grade_mark(view, "severity", row["severity"])
    return {
        words("column.risk"): f"{mark} **{row['text']}**  \n:gray[:small[{where}]]",
        words("column.left"): _left(view, row),
        words("column.gaps"): gaps_of(view, row),
        words("column.cover"): cover_mark(view, row, "risks.no_criterion"),
        words("column.actions"): _actions(view, row),
    }


def _left(view: View, row: RiskListRow) -> str:
    """Return the highest severity with measures in place, and how many of those that rated the risk stated one."""
    if row["residual_severity"] is None:
        return view.words("country.not_stated")
    highest = grade(view, "severity", row["residual_severity"])
    said = view.words("risks.at_most", grade=highest, n=row["n_residual"], of=row["n_rated"])
    return f"{grade_mark(view, 'severity', row['residual_severity'])} {said}"


def _actions(view: View, row: RiskListRow) -> str:
    """Return how many actions there are, and a link to add one."""
    there = f"{view.words.count('risks.actions', row['n_actions'])} · " if row["n_actions"] else ""
    return f"{there}{begin_link(view, impact=row['impact'])}"


GREATEST = 4
"""The greatest need on a scale of 1 to 4."""
FEASIBLE = 3
"""The feasibility, on a scale of 1 to 4, from which an opportunity is called feasible."""


def of_list(view: View, risks: list[RiskListRow]) -> Claims:
    """Say how many risks are severe, and how many severe gaps there are."""
    if not risks:
        return (Claim.of("risks.nothing", reset=view.reset()),)
    severe = sum(row["severity"] == SEVERE for row in risks)
    return Claim.count("risks.severe", severe, of=len(risks)), *gaps_said(gaps_in(risks))


def of_openings(view: View, openings: list[OpportunityListRow]) -> Claims:
    """Say how many opportunities meet the greatest need, and how many of those are feasible."""
    if not openings:
        return (Claim.of("risks.no_openings", reset=view.reset()),)
    needed = [row for row in openings if row["need"] == GREATEST]
    feasible = sum(row["feasibility"] >= FEASIBLE for row in needed)
    return (Claim.count("risks.needed", len(needed), of=len(openings), feasible=feasible),)


TOLD = [
    "text", "setting_title", "risk_area_title", "severity", "n_severe_gaps", "gap_operations", "n_rated",
    "n_at_severity", "likelihood", "irremediability", "operations", "functions",
    "reading", "percent", "n_answered", "n_applicable", "n_actions", "citation",
]  # fmt: skip
"""Details of a risk that would crowd its line; shown in the table below the list."""
OPENINGS_TOLD = ["text", "setting_title", "need", "reach", "feasibility", "reading", "percent"]
"""The same of an opportunity."""


def _hand_over(view: View, risks: list[RiskListRow]) -> None:
    """Hand the risks with a severe gap over, in order: where they are, and why they are gaps."""
    severe = [row for row in risks if row["n_severe_gaps"]]
    if severe:
        listed("severe_gaps", partial(_severe_gaps, view, severe), view.words.say(*gaps_said(gaps_in(risks))))


def _severe_gaps(view: View, risks: list[RiskListRow]) -> pa.Table:
    words = view.words
    first = [slice(row["n_severe_gaps"]) for row in risks]
    operations = [row["gap_operations"][some] for row, some in zip(risks, first, strict=True)]
    reasons = [dict.fromkeys(row["gap_reasons"][some]) for row, some in zip(risks, first, strict=True)]
    return pa.table(
        {
            "risk": [plain(row["text"]) for row in risks],
            "risk_area_title": [plain(row["risk_area_title"]) for row in risks],
            "where": [plain(words.listed(titles)) for titles in operations],
            "because": [words.listed(words(f"judged.{one}") for one in own) for own in reasons],
        }
    )


def gaps(view: View) -> None:
    """Show the risks in order, severe gaps first, and implausible ratings."""
    risks = escaped_rows(view.published, RISK_LIST, view.parameters())
    headline(view.words, *of_list(view, risks))
    if said := beside(view, risks, len(escaped_rows(view.published, OPPORTUNITY_LIST, view.parameters()))):
        st.caption(said)
    if not risks:
        return
    covered = (("risks.covered_key", False), ("risks.covered_bounds", True))
    bars = (bar_key(view.words(key), bounds=bounds) for key, bounds in covered)
    why = explained(view.words, (_spread(view, risks), *map(view.words, ("risks.order", "risks.never_multiplied"))))
    show_legend((*grades_key(view, "severity"), *bars), why=why)
    risk_table(view, risks)
    _hand_over(view, risks)
    told = ask(view.published, "risk_list", view.parameters(whole=True)).select(TOLD)
    severe = sum(row["severity"] == SEVERE for row in risks)
    finding = view.words.count("risks.severe", severe, of=len(risks))
    as_table(told.rename_columns({"text": "risk"}), view, "risks_told", finding=finding)
    st.markdown(f"**{view.words('risks.doubts')}**", help=view.words("risks.doubts_help"))
    doubts(view, escaped_rows(view.published, RISK_CHECKS, view.parameters()))


def _spread(view: View, risks: list[RiskListRow]) -> str:
    """Say how many of the ratings and of the risks are severe, and where it is said what that needs."""
    severe = [row["n_at_severity"] for row in risks if row["severity"] == SEVERE]
    n, address = len(severe), view.address("data", part="")
    of = sum(row["n_rated"] for row in risks)
    return view.words("risks.spread", severe=sum(severe), of=of, n=n, risks=len(risks), address=address)


def opportunities(view: View) -> None:
    """Show the opportunities in order, with their grades in words, and the risks each of them reduces."""
    words = view.words
    found = escaped_rows(view.published, OPPORTUNITY_LIST, view.parameters())
    headline(view.words, *of_openings(view, found))
    if not found:
        return
    why = explained(words, [words("risks.opportunity_order")])
    show_legend((*grades_key(view, "need"), bar_key(words("risks.enabled_key"))), words("risks.never_offset"), why=why)
    first_rows(view, found, partial(_opportunity, view), "openings")
    told = ask(view.published, "opportunity_list", view.parameters()).select(OPENINGS_TOLD)
    as_table(told.rename_columns({"text": "opportunity"}), view, "openings_told")


def _opportunity(view: View, row: OpportunityListRow) -> dict[str, str]:
    words = view.words
    touched = len(row["touches"] or [])
    parts = [
        row["setting_title"],
        row["risk_area_title"],
        words("rated.reach", reach=grade(view, "reach", row["reach"])),
    ]
    parts += [grade(view, "feasibility", row["feasibility"])]
    parts += [words.count("risks.lessens", touched)] if touched else []
    mark = grade_mark(view, "need", row["need"])
    return {
        words("column.opportunity"): f"{mark} **{row['text']}**  \n:gray[:small[{' · '.join(parts)}]]",
        words("column.support"): cover_mark(view, row, "risks.no_support"),
    }


PARTS: dict[str, Callable[[View], None]] = {
    "gaps": gaps,
    "settings": settings,
    "opportunities": opportunities,
}
"""The function that draws each part, its own finding first."""

EXPLAINED: dict[str, Explanation] = {"cell": list_rated}
"""Explanations of marks specific to this page."""

AHEAD = {
    "gaps": ("risk_list", "opportunity_list", "risk_checks"),
    "settings": ("settings", "risk_map"),
}
"""The questions of each part, asked together so that they need not wait for each other."""
