"""The parts of the page of risks and opportunities, one function each."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.queries.ask import ask
from dashboard.queries.risks.opportunity_list import OPPORTUNITY_LIST, OpportunityListRow
from dashboard.queries.risks.risk_checks import RISK_CHECKS
from dashboard.queries.risks.risk_list import RISK_LIST
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.impact_cards import doubts, list_rated
from dashboard.ui.elements.legend import show_legend
from dashboard.ui.elements.marks import bar_key, grade_mark, grades_key
from dashboard.ui.elements.menu import Explanation
from dashboard.ui.elements.rated import cover_mark, grade
from dashboard.ui.elements.show import as_table, headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import explained
from dashboard.ui.risks import titles
from dashboard.ui.risks.list import beside, risk_table
from dashboard.ui.risks.settings import settings
from dashboard.ui.view import View

TOLD = [
    "text", "setting_title", "risk_area_title", "severity", "n_severe_gaps", "gap_operations", "n_rated",
    "n_at_severity", "likelihood", "irremediability", "operations", "functions",
    "reading", "percent", "n_answered", "n_applicable", "n_actions", "citation",
]  # fmt: skip
"""Details of a risk that would crowd its line; shown in the table below the list."""
OPENINGS_TOLD = ["text", "setting_title", "need", "reach", "feasibility", "reading", "percent"]
"""The same of an opportunity."""


def gaps(view: View) -> None:
    """Show the risks in order, severe gaps first, and implausible ratings."""
    risks = escaped_rows(view.published, RISK_LIST, view.parameters())
    headline(view.words, *titles.of_list(view, risks))
    if said := beside(view, risks, len(escaped_rows(view.published, OPPORTUNITY_LIST, view.parameters()))):
        st.caption(said)
    if not risks:
        return
    covered = (("risks.covered_key", False), ("risks.covered_bounds", True))
    bars = (bar_key(view.words(key), bounds=bounds) for key, bounds in covered)
    why = explained(view.words, map(view.words, ("risks.order", "risks.never_multiplied")))
    show_legend((*grades_key(view, "severity"), *bars), why=why)
    risk_table(view, risks)
    told = ask(view.published, "risk_list", view.parameters(whole=True)).select(TOLD)
    as_table(told.rename_columns(["risk" if name == "text" else name for name in TOLD]), view, "risks_told")
    st.markdown(f"**{view.words('risks.doubts')}**", help=view.words("risks.doubts_help"))
    doubts(view, escaped_rows(view.published, RISK_CHECKS, view.parameters()))


def opportunities(view: View) -> None:
    """Show the opportunities in order, with their grades in words, and the risks each of them reduces."""
    words = view.words
    found = escaped_rows(view.published, OPPORTUNITY_LIST, view.parameters())
    headline(view.words, *titles.of_openings(view, found))
    if not found:
        return
    why = explained(words, [words("risks.opportunity_order")])
    show_legend((*grades_key(view, "need"), bar_key(words("risks.enabled_key"))), words("risks.never_offset"), why=why)
    first_rows(view, found, partial(_opportunity, view), "openings")
    told = ask(view.published, "opportunity_list", view.parameters()).select(OPENINGS_TOLD)
    as_table(
        told.rename_columns(["opportunity" if name == "text" else name for name in OPENINGS_TOLD]),
        view,
        "openings_told",
    )


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
