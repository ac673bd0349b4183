"""The risks that one operation rated, their cover, before and after measures, and the answers that explain it."""

from collections.abc import Mapping
from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.charts import risk_map
from dashboard.figures.gaps import GAPS
from dashboard.model.known_codes import SEVERE
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import Value, ask, rows
from dashboard.queries.country_operation import OperationRisksRow
from dashboard.queries.every_page import OperationsRow
from dashboard.queries.question import Question
from dashboard.ui.elements import answer_text
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.gap_links import begin_link
from dashboard.ui.elements.rated_impacts import cover_mark, grade, risk_grade
from dashboard.ui.elements.selection import open_mark
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_caption
from dashboard.ui.versions.figure_changes import judged_said
from dashboard.ui.view import View

Given = Mapping[str, Value]
PICTURES = ("inherent", "left")


class RiskLoweredRow(TypedDict):
    """A row of `risk_lowered`."""

    impact: str
    criterion: str
    value: float | None
    best_value: float


class RiskPictureRow(TypedDict):
    """A row of `risk_picture`."""

    impact: str
    severity: int
    at_severity: int
    rated_again: bool
    lowered: bool


RISK_LOWERED = Question("risk_lowered", RiskLoweredRow)
RISK_PICTURE = Question("risk_picture", RiskPictureRow)


def pictures(view: View, operation: OperationsRow, given: Given) -> None:
    """Draw the rated risks by severity and likelihood, as if nothing were done and with the measures in place."""
    words = view.words
    if not ask(view.published, "risk_picture", given).num_rows:
        return
    still, *others = still_severe(view, given) or [""]
    if still:
        draw_caption(" ".join((still, *others)))
    findings = {"inherent": _severe(view, given), "left": still or words.say(*rated_again(view, given))}
    beside = {"inherent": [], "left": others}
    for column, picture in zip(st.columns(2, gap="medium"), PICTURES, strict=True):
        with column:
            st.markdown(f"**{words(f'risks.picture_{picture}')}**", help=words("risks.never_multiplied"))
            points = ask(view.published, "risk_picture", {**given, "picture": picture})
            show_chart(
                risk_map.placed(points, "at_likelihood", "at_severity"),
                spec_of(risk_map.risk_picture, view, (picture,)),
                view,
                key=f"{picture}_chart",
                alt=words(f"risks.picture_{picture}_alt"),
                opens=risk_map.GRADE_SELECTION,
                clicked=partial(open_mark, {"country": operation["country"]}, "impact"),
                columns=("text", "severity", "likelihood", "residual_severity", "residual_likelihood", "basis"),
                explained=(words(f"risks.picture_{picture}"), words(f"risks.marks_{picture}")),
                finding=words("country.titled", operation=operation["operation_title"], said=findings[picture]),
                points=partial(tuple, beside[picture]),
            )
            st.caption(words(f"risks.marks_{picture}"))


def _severe(view: View, given: Given) -> str:
    """Say how many of the rated risks are severe without measures."""
    found = _risks_left(view, given)
    return view.words.count("risks.severe_undone", sum(row["severity"] == SEVERE for row in found), of=len(found))


def rated_again(view: View, given: Given) -> Claims:
    """Say how many risks were rated again with measures, how many of them lower, and how many of those by nothing."""
    found = _risks_left(view, given)
    again, lower = (sum(row[name] for row in found) for name in ("rated_again", "lowered"))
    if not again:
        return (Claim.of("risks.none_again"),)
    said = Claim.count("risks.rated_again", again, of=len(found), lower=lower)
    if view.masked:
        return (said,)
    in_place = {row["impact"] for row in rows(view.published, RISK_LOWERED, given) if row["best_value"] > 0}
    nothing = sum(row["lowered"] and row["impact"] not in in_place for row in found)
    return (said, Claim.count("risks.lower_by_nothing", nothing)) if nothing else (said,)


def still_severe(view: View, given: Given) -> list[str]:
    """Say how many severe risks that were rated again are still severe, and how many were not; nothing without any."""
    severe, words = [row for row in _risks_left(view, given) if row["severity"] == SEVERE], view.words
    again = [row for row in severe if row["rated_again"]]
    if not again:
        return []
    said = words.count("risks.still_severe", sum(row["at_severity"] == SEVERE for row in again), of=len(again))
    rest = len(severe) - len(again)
    return [said, words.count("risks.not_again", rest)] if rest else [said]


def _risks_left(view: View, given: Given) -> list[RiskPictureRow]:
    return rows(view.published, RISK_PICTURE, {**given, "picture": "left"})


def reasons(view: View, given: Given) -> Mapping[str, list[RiskLoweredRow]]:
    """Return, by risk that is rated lower with measures than without, the answers that address it."""
    by_risk: dict[str, list[RiskLoweredRow]] = {}
    for row in escaped_rows(view.published, RISK_LOWERED, given):
        by_risk.setdefault(row["impact"], []).append(row)
    return by_risk


def why_lower(view: View, own: list[RiskLoweredRow]) -> str:
    """Return the answers in place that address a risk; say so if there are none, or if nothing on it was asked."""
    if not own:
        return f"⚠ {view.words('risks.by_nothing_asked')}"
    reducing = [f"{answer_text.status(view, row)} {row['criterion']}" for row in own if (row["value"] or 0) > 0]
    if not reducing:
        return f"⚠ {view.words('risks.by_nothing')}"
    return view.words("risks.reduced_by", answers="; ".join(reducing))


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
