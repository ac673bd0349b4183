"""The list of risks: what is said beside its finding, and how a risk is described."""

from functools import partial

import streamlit as st

from dashboard.queries.risks.risk_list import RiskListRow
from dashboard.ui.carried import stated
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import grade_mark
from dashboard.ui.elements.rated import cover_mark, gap_claims, gaps_of, grade
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
        words("column.gaps"): gaps_of(view, row) or words("severe_gap.no_gap"),
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
