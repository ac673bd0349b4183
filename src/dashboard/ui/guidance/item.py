"""What does one item of guidance say, and what are the answers to its criteria?"""

from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.model.claim import Claim
from dashboard.queries.guidance.guidance_criteria import GUIDANCE_CRITERIA, GuidanceCriteriaRow
from dashboard.queries.question import Question
from dashboard.ui.elements.action_link import begin_action, begin_link
from dashboard.ui.elements.advice import in_framework, read_link
from dashboard.ui.elements.answer import counts, counts_legend, critical_mark
from dashboard.ui.elements.folds import at_once, first_rows, section
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.guidance.library import step
from dashboard.ui.view import View

BACK = ":material/arrow_back:"

ON_A_PHONE = 1
"""Criteria shown at once on a phone."""


class GuidanceCasesRow(TypedDict):
    """A row of `guidance_cases`."""

    case_study: str
    title: str
    where: str
    shared: list[str]


class GuidanceItemSources(TypedDict):
    """One of the `sources` in a row of `guidance_item`."""

    source: str
    address: str | None
    gives: str


class GuidanceItemRow(TypedDict):
    """A row of `guidance_item`."""

    title: str
    situation: str
    step: str
    this_month: list[str]
    this_year: list[str]
    sign_that_it_works: list[str]
    watch_out: list[str]
    sources: list[GuidanceItemSources]
    verification: str
    functions: list[str]
    settings: list[str] | None


GUIDANCE_CASES = Question("guidance_cases", GuidanceCasesRow)
GUIDANCE_ITEM = Question("guidance_item", GuidanceItemRow)


def show_item(view: View, item: GuidanceItemRow) -> None:
    """Show one item in full."""
    criteria = escaped_rows(view.published, GUIDANCE_CRITERIA, view.parameters())
    _head(view, item, criteria)
    _advice(view, item)
    _criteria(view, criteria)
    _cases(view)
    _sources(view, item)


def show_missing(view: View) -> None:
    """Say that the view names no item, with a link to all of them."""
    headline(view.words, Claim.of("guidance.not_named"))
    _back(view)


def _back(view: View) -> None:
    st.page_link("pages/guidance.py", label=view.words("guidance.back"), query_params=view.query(), icon=BACK)


def _head(view: View, item: GuidanceItemRow, criteria: list[GuidanceCriteriaRow]) -> None:
    """Draw the link back, a way to act on the first gap it helps with, and what it is about."""
    words = view.words
    back, act = st.columns([4, 1], vertical_alignment="center")
    with back:
        _back(view)
    first = next((row for row in criteria if row["n_nil"] or row["n_part"]), criteria[0])
    with act:
        begin_action(in_framework(view, first["framework"]), criterion=first["criterion"])
    functions, settings = "; ".join(item["functions"]), "; ".join(item["settings"] or [])
    st.caption(words("guidance.line", step=step(view, item["step"]), functions=functions, settings=settings))
    st.markdown(item["situation"])


def _advice(view: View, item: GuidanceItemRow) -> None:
    """Show what to do now and later, how to tell that it works, and what can go wrong."""
    when = {"this_month": item["this_month"], "this_year": item["this_year"]}
    whether = {"sign_that_it_works": item["sign_that_it_works"], "watch_out": item["watch_out"]}
    for pair in (when, whether):
        for column, (name, points) in zip(st.columns(2, gap="large"), pair.items(), strict=True):
            listed = "\n".join(f"- {point}" for point in points)
            column.markdown(f"**{view.words(f'guidance.{name}')}**\n{listed}")


def _criteria(view: View, criteria: list[GuidanceCriteriaRow]) -> None:
    """Show the criteria it helps to implement, with the filtered countries' answers and a way to act on each."""
    words = view.words
    st.markdown(f"**{words('guidance.criteria')}**", help=words("guidance.criteria_help"))
    first_rows(view, criteria, partial(_criterion, view), "helps", at_once(len(criteria), ON_A_PHONE))
    counts_legend(view)


def _criterion(view: View, row: GuidanceCriteriaRow) -> dict[str, str]:
    words = view.words
    now = counts(view, row) if row["n_asked"] else words("reading.not_covered")
    when = f"  \n:gray[:small[{row['round_title']}]]" if row["other_round"] else ""
    asked = coded(row["text"], row["criterion"]) + critical_mark(view, row)
    return {
        words("column.criterion"): f"{asked}  \n:small[{row['framework_title']}]",
        words("column.now"): f"{now}{when}",
        words("column.act"): begin_link(in_framework(view, row["framework"]), criterion=row["criterion"]),
    }


def _cases(view: View) -> None:
    """Show cases in which something similar was tried, and what they have in common with this item."""
    words = view.words
    found = escaped_rows(view.published, GUIDANCE_CASES, view.parameters())
    if place := section(words("guidance.cases"), "tried"):
        with place:
            _listed(view, found)


def _listed(view: View, found: list[GuidanceCasesRow]) -> None:
    words = view.words
    if not found:
        st.caption(words("guidance.no_case"))
    for row in found:
        shared = (
            words("guidance.case_shares", criteria=words.listed(row["shared"]))
            if row["shared"]
            else words("guidance.case_alike")
        )
        with st.container(gap=None):
            read_link(view, "case", row["case_study"], row["title"])
            st.markdown(f":gray[:small[{row['where']}. {shared}]]")


def _sources(view: View, item: GuidanceItemRow) -> None:
    words = view.words
    unseen = words("cases.no_address")
    lines = [
        words("guidance.source", source=one["source"], gives=one["gives"], address=one["address"] or unseen)
        for one in item["sources"]
    ]
    verified = words(f"verification.{item['verification']}")
    if place := section(f"{words('guidance.sources')} ({verified})", "based_on"):
        place.markdown("\n".join(f"- :small[{line}]" for line in lines))
