"""What does the Country page say about risks? Those the operation rated, in order, with cover and what is left."""

from collections.abc import Mapping
from typing import TypedDict

import streamlit as st

from dashboard.figures.gaps import GAPS, SEVERE
from dashboard.queries.country.operation_risks import OperationRisksRow
from dashboard.queries.question import Question
from dashboard.ui.country.before_after import RiskLoweredRow, why_lower
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.rated import cover_mark, grade, risk_grade
from dashboard.ui.gap_words import judged_said
from dashboard.ui.view import View

FIRST = 6
"""Risks shown at once; the rest one click away."""


class OperationImpactsRow(TypedDict):
    """A row of `operation_impacts`."""

    polarity: str
    n_impacts: int
    n_rated: int
    n_none_found: int
    n_not_rated: int


OPERATION_IMPACTS = Question("operation_impacts", OperationImpactsRow)


def risk_table(
    view: View,
    operation: str,
    risks: list[OperationRisksRow],
    said: list[OperationImpactsRow],
    lowered: Mapping[str, list[RiskLoweredRow]],
) -> None:
    """Show the rated risks, what is left of each and why, then how many others were not found or not rated."""
    words = view.words
    st.markdown(f"**{words('country.risks')}**", help=words("country.risks_help"))
    for row in said:
        if row["polarity"] == "risk":
            counted = {"rated": row["n_rated"], "none": row["n_none_found"], "not_rated": row["n_not_rated"]}
            st.caption(words("country.risks_said", n=row["n_impacts"], **counted))
    if not risks:
        st.caption(words("country.no_risks" if said else "country.no_settings"))
        return
    first_rows(view, risks, lambda row: _line(view, row, operation, lowered), "own_risks", FIRST)


def _line(
    view: View, row: OperationRisksRow, operation: str, lowered: Mapping[str, list[RiskLoweredRow]]
) -> dict[str, str]:
    words = view.words
    return {
        words("column.risk"): f"{row['text']}  \n:gray[:small[{row['setting_title']} · {row['impact']}]]",
        words("column.grade"): risk_grade(view, row),
        words("column.gaps"): _judged(view, row),
        words("column.cover"): cover_mark(view, row, "risks.no_criterion"),
        words("column.left"): _left(view, row, lowered.get(row["impact"], [])),
        words("column.basis"): _rests_on(view, row),
        words("column.actions"): _actions(view, row, operation),
    }


def _judged(view: View, row: OperationRisksRow) -> str:
    """Return what the rating is judged to be by all standards of the round; of a failure, what is missing."""
    said = judged_said(view, row["judged"])
    mark = "**" if row["judged"] in GAPS and row["severity"] == SEVERE else ""
    why = "; ".join(dict.fromkeys(row["because"]))
    return f"{mark}{said}{mark}" + (f"  \n:small[{why}]" if why else "")


def _left(view: View, row: OperationRisksRow, lowered: list[RiskLoweredRow]) -> str:
    """Return severity and likelihood after measures in place, their basis, and what lowers them if it is lower."""
    words = view.words
    pairs = (
        ("severity", row["severity"], row["residual_severity"]),
        ("likelihood", row["likelihood"], row["residual_likelihood"]),
    )
    grades = [grade(view, name, left) for name, _, left in pairs if left is not None]
    if not grades:
        return words("country.not_stated")
    lines = [row["residual_basis"] or words("risks.without_basis")]
    if any(left is not None and left < was for _, was, left in pairs):
        lines.append(why_lower(view, lowered))
    return "  \n".join([", ".join(grades), *(f":small[{line}]" for line in lines)])


def _rests_on(view: View, row: OperationRisksRow) -> str:
    """Return what the rating rests on, its confidence, the role that gave it and its age."""
    words = view.words
    sure = words("country.sure", confidence=words(f"confidence.{row['confidence']}")) if row["confidence"] else ""
    lines = [row["basis"] or words("country.not_stated"), sure, _rated(view, row)]
    return "  \n".join(f":small[{line}]" for line in lines if line)


def _rated(view: View, row: OperationRisksRow) -> str:
    role = row["rated_by_role"] or view.words("country.no_role")
    if row["rated_on"] is None or row["age_months"] is None:
        return role
    return view.words.count("country.age", row["age_months"], date=row["rated_on"], role=role)


def _actions(view: View, row: OperationRisksRow, operation: str) -> str:
    """Say how many actions there are and when the next is due, with a link to add one."""
    words, n = view.words, row["n_actions"]
    there = words.count("country.actions", n, due=row["due_on"]) if n else words("country.no_actions")
    return f"{there}  \n{begin_link(view, impact=row['impact'], operation=operation)}"
