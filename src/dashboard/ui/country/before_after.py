"""One operation's risks before and after measures: two pictures, and the answers that explain the difference."""

from collections.abc import Mapping
from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.charts import grades
from dashboard.figures.gaps import SEVERE
from dashboard.model.claim import Claim, Claims
from dashboard.queries.ask import Value, ask, rows
from dashboard.queries.elements.questions import OperationsRow
from dashboard.queries.question import Question
from dashboard.ui.elements import answer
from dashboard.ui.elements.clicked import open_impact
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_caption
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
    if severe := still_severe(view, given):
        draw_caption(severe)
    for column, picture in zip(st.columns(2, gap="medium"), PICTURES, strict=True):
        with column:
            st.markdown(f"**{words(f'risks.picture_{picture}')}**", help=words("risks.never_multiplied"))
            points = ask(view.published, "risk_picture", {**given, "picture": picture})
            show_chart(
                grades.placed(points, "at_likelihood", "at_severity"),
                spec_of(grades.risk_picture, view, (picture,)),
                view,
                key=f"{picture}_chart",
                alt=words(f"risks.picture_{picture}_alt"),
                opens=grades.SELECTION,
                clicked=partial(open_impact, {"country": operation["country"]}),
                columns=("text", "severity", "likelihood", "residual_severity", "residual_likelihood", "basis"),
                explained=(words(f"risks.picture_{picture}"), words(f"risks.marks_{picture}")),
            )
            st.caption(words(f"risks.marks_{picture}"))


def rated_again(view: View, given: Given) -> Claims:
    """Say how many risks were rated again with measures, how many of them lower, and how many of those by nothing."""
    found = _left(view, given)
    again, lower = (sum(row[name] for row in found) for name in ("rated_again", "lowered"))
    if not again:
        return (Claim.of("risks.none_again"),)
    said = Claim.count("risks.rated_again", again, of=len(found), lower=lower)
    if view.masked:
        return (said,)
    in_place = {row["impact"] for row in rows(view.published, RISK_LOWERED, given) if row["best_value"] > 0}
    nothing = sum(row["lowered"] and row["impact"] not in in_place for row in found)
    return (said, Claim.count("risks.lower_by_nothing", nothing)) if nothing else (said,)


def still_severe(view: View, given: Given) -> str:
    """Say how many severe risks that were rated again are still severe, and how many were not; empty without any."""
    severe, words = [row for row in _left(view, given) if row["severity"] == SEVERE], view.words
    again = [row for row in severe if row["rated_again"]]
    if not again:
        return ""
    still = sum(row["at_severity"] == SEVERE for row in again)
    said = words.count("risks.still_severe", still, of=len(again))
    rest = len(severe) - len(again)
    return f"{said} {words.count('risks.not_again', rest)}" if rest else said


def _left(view: View, given: Given) -> list[RiskPictureRow]:
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
    reducing = [f"{answer.status(view, row)} {row['criterion']}" for row in own if (row["value"] or 0) > 0]
    if not reducing:
        return f"⚠ {view.words('risks.by_nothing')}"
    return view.words("risks.reduced_by", answers="; ".join(reducing))
