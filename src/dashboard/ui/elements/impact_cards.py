"""Risks and opportunities as cards in the same form, so that both carry equal weight; and implausible ratings."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.queries.risks.opportunity_list import OPPORTUNITY_LIST
from dashboard.queries.risks.questions import SETTING_OPENINGS
from dashboard.queries.risks.risk_checks import RiskChecksRow
from dashboard.queries.risks.risk_list import RISK_LIST
from dashboard.queries.risks.setting_risks import SETTING_RISKS
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.folds import FIRST as LISTED
from dashboard.ui.elements.folds import at_once, the_rest
from dashboard.ui.elements.marks import grade_mark
from dashboard.ui.elements.rated import by_whom, covered, exposed_groups, gaps_of, grade, opening_grade, risk_grade
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Row = Mapping[str, Any]
FIRST = 3
"""Impacts shown at once on each side; the rest one click away."""


def risk_list(view: View, risks: Sequence[Row]) -> None:
    """Show the risks of the setting with everything said about each."""
    st.markdown(f"**{view.words('setting.risks')}**", help=view.words("setting.risks_help"))
    _cards(view, [_risk(view, row) for row in risks], "setting.no_risks")


def opening_list(view: View, openings: Sequence[Row]) -> None:
    """Show the opportunities of the setting, as prominent as risks, with the risks each one reduces."""
    st.markdown(f"**{view.words('setting.openings_title')}**", help=view.words("setting.openings_help"))
    _cards(view, [_opening(view, row) for row in openings], "setting.no_openings")


def show_impact(view: View) -> None:
    """Show the one risk or opportunity named in `view.state`, as in its setting."""
    for setting in view.state.setting:
        given = view.of_setting(setting)
        risks = escaped_rows(view.published, SETTING_RISKS, given)
        openings = escaped_rows(view.published, SETTING_OPENINGS, given)
        told = [_risk(view, row) for row in risks if row["impact"] == view.state.impact]
        told += [_opening(view, row) for row in openings if row["impact"] == view.state.impact]
        for text in told:
            st.markdown(text)


def _risk(view: View, row: Row) -> str:
    return _card(view, row, risk_grade(view, row), _on_risk(view, row), row["at_severity_in"])


def _opening(view: View, row: Row) -> str:
    return _card(view, row, opening_grade(view, row), _on_opening(view, row), row["most_needed_in"])


def _cards(view: View, told: list[str], empty: str) -> None:
    if not told:
        st.caption(view.words(empty))
        return
    first = at_once(FIRST, 1)
    for text in told[:first]:
        st.container(border=True).markdown(text)
    if more := the_rest(view, len(told) - first, empty):
        for text in told[first:]:
            more.container(border=True).markdown(text)


def _card(view: View, row: Row, graded: str, more: list[str], most_in: list[str] | None) -> str:
    """Return one impact: grade, text, cover, and in small type whom it concerns and who rated it."""
    several = most_in if row["n_operations"] > 1 else None
    where = view.words(f"setting.most_{row['polarity']}", operations=_named(view, row, several)) if several else ""
    small = " ".join(text for text in (where, by_whom(view, row), exposed_groups(view, row)) if text)
    source = f"{row['risk_area_title']} · {row['impact']}"
    quiet = [f":gray[:small[{text}]]" for text in (small, source) if text]
    return "  \n".join([graded, row["text"], *more, *quiet, begin_link(view, impact=row["impact"])])


def _named(view: View, row: Row, operations: list[str]) -> str:
    if len(operations) == row["n_rated"] > 1:
        return view.words("setting.in_all")
    return view.words.some("operations", operations)


def _on_risk(view: View, row: Row) -> list[str]:
    """Say where the risk is a gap, how far it is covered, and what is left of it; nothing if nobody rated it."""
    words = view.words
    if row["state"] != "rated":
        return []
    lines = [gaps] if (gaps := gaps_of(view, row)) else []
    lines.append(words("setting.covered", cover=covered(view, row, "risks.no_criterion")))
    if row["n_residual"]:
        grades = [grade(view, "severity", row["residual_severity"])]
        grades += [grade(view, "likelihood", row["residual_likelihood"])] if row["residual_likelihood"] else []
        left = "setting.left" if row["n_rated"] > 1 else "setting.left_alone"
        left_over = words(left, grades=words.listed(grades), n=row["n_residual"], of=row["n_rated"])
        lines.append(f":small[{left_over}]")
    return lines


def _on_opening(view: View, row: Row) -> list[str]:
    """Say which risks the opportunity reduces."""
    if not row["touches"]:
        return []
    return [f":small[{view.words('setting.lessens', risks='; '.join(row['touches']))}]"]


def list_rated(view: View, key: str = "rated") -> None:
    """Show the risks and opportunities that `view` keeps, side by side; `key` separates menu and page."""
    given, words = view.parameters(), view.words
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{words('risks.risks')}**")
        _listed(view, escaped_rows(view.published, RISK_LIST, given), "severity", key)
    with right:
        st.markdown(f"**{words('risks.opportunities')}**")
        _listed(view, escaped_rows(view.published, OPPORTUNITY_LIST, given), "need", key)


def _listed(view: View, found: Sequence[Mapping[str, Any]], grade: str, key: str) -> None:
    if not found:
        st.caption(view.words("risks.none_rated"))
        return
    lines = [
        f"{grade_mark(view, grade, row[grade])} {row['text']} :gray[:small[{row['setting_title']}]]" for row in found
    ]
    st.markdown("  \n".join(lines[:LISTED]))
    if more := the_rest(view, len(lines) - LISTED, f"{key}_{grade}"):
        more.markdown("  \n".join(lines[LISTED:]))


def doubts(view: View, found: list[RiskChecksRow]) -> None:
    """Show implausible ratings by kind, where they are read."""
    words = view.words
    if not found:
        st.caption(words("risks.no_doubt"))
        return
    kinds = dict.fromkeys(row["doubt"] for row in found)
    for kind in kinds:
        own = [row for row in found if row["doubt"] == kind]
        with st.expander(words.count(f"risks.doubt_{kind}", len(own))):
            st.caption(words(f"risks.why_{kind}"))
            st.markdown("\n".join(f"- {_doubt(view, row)}" for row in own[:20]))
            if own[20:]:
                st.caption(words.count("changes.more", len(own) - 20))


def _doubt(view: View, row: RiskChecksRow) -> str:
    words = view.words
    rest = ""
    if row["residual_severity"] is not None:
        rest = words(
            "risks.doubt_left",
            severity=row["severity"],
            likelihood=row["likelihood"],
            left_severity=row["residual_severity"],
            left_likelihood=row["residual_likelihood"],
            basis=row["residual_basis"] or "",
        )
    return f"**{row['operation_title']}**: {row['text']} {rest}"
