"""One case in full: who, where and when, the outcome, its facts, what it relates to, and guidance on the subject."""

from collections.abc import Mapping
from typing import TypedDict

import streamlit as st

from dashboard.model.words import Claim, Claims
from dashboard.queries import ask
from dashboard.queries.guidance_cases import CaseCriteriaRow
from dashboard.queries.question import Question
from dashboard.ui.elements.answer_text import counts, counts_legend, critical_mark
from dashboard.ui.elements.folds import first_rows, section
from dashboard.ui.elements.gap_links import begin_link, read_link
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escape_list, escape_row, escaped_rows
from dashboard.ui.guidance_cases import CASE_STUDY, CaseStudyFacts, CaseStudyRow, about, years
from dashboard.ui.view import View

DONE = ("lesson", "what_was_done", "what_resulted")
TAKEN = ("what_to_copy", "what_to_avoid")


class CaseGuidanceRow(TypedDict):
    """A row of `case_guidance`."""

    guidance: str
    title: str
    step: str
    n_criteria: int
    n_risk_areas: int


CASE_GUIDANCE = Question("case_guidance", CaseGuidanceRow)


def named(view: View) -> CaseStudyRow | None:
    """Return the case named by the view, its sections split into paragraphs and points; None if it names none."""
    for case in ask.rows(view.published, CASE_STUDY, view.parameters()):
        return {
            **escape_row(case),
            "lesson": escape_list(case["lesson"]),
            "what_was_done": escape_list(case["what_was_done"]),
            "what_resulted": escape_list(case["what_resulted"]),
            "what_to_copy": escape_list(case["what_to_copy"]),
            "what_to_avoid": escape_list(case["what_to_avoid"]),
        }
    return None


def opened(view: View, case: CaseStudyRow, criteria: list[CaseCriteriaRow], framework: str) -> None:
    """Show the case in full, with a link back to all cases."""
    back(view)
    st.markdown(_facing(view, case))
    left, right = st.columns(2, gap="large")
    with left:
        _sections(view, case, DONE)
    with right:
        _sections(view, case, TAKEN)
    facts(view, case["facts"])
    bears_on(view, criteria, framework)
    guidance(view)


def back(view: View) -> None:
    """Draw the link to all cases."""
    st.page_link(
        "pages/cases.py", label=view.words("cases.back"), query_params=view.query(), icon=":material/arrow_back:"
    )


def finding(case: CaseStudyRow, criteria: list[CaseCriteriaRow], framework: str) -> Claims:
    """Say how much of the framework the case relates to, and how much of that is not implemented."""
    asked = [row for row in criteria if row["in_view"]]
    if not asked:
        return (Claim.of("cases.opened_other", title=case["title"], framework=framework),)
    n_open = sum(missing(row) for row in asked)
    key = "cases.opened_all_gaps" if n_open == len(asked) else "cases.opened_gaps"
    gaps = Claim.count(key, n_open) if n_open else Claim.of("cases.opened_no_gap")
    return Claim.count("cases.opened", len(asked), title=case["title"], framework=framework), gaps


def missing(row: CaseCriteriaRow) -> bool:
    """Whether somebody answered that a criterion is not or only partly implemented."""
    return bool(row["n_nil"] + row["n_part"])


def _facing(view: View, case: CaseStudyRow) -> str:
    """Return who, where and when, kind and confidence, then in small type what it is about."""
    words = view.words
    named = {"risk_areas": words.listed(case["risk_areas"]), "settings": words.listed(case["settings"] or [])}
    lines = [
        f"{words.listed(case['who'])} · {case['where']} · {years(view, case, 'cases.since_told')}",
        about(view, case, words(f"cases.confidence_{case['confidence']}")),
        *(f":small[{words(f'cases.{key}', titles=titles)}]" for key, titles in named.items() if titles),
    ]
    return "  \n".join(lines)


def _sections(view: View, case: Mapping[str, object], names: tuple[str, ...]) -> None:
    for name in names:
        st.markdown(f"**{view.words(f'cases.{name}')}**\n\n{case[name]}")


def facts(view: View, told: list[CaseStudyFacts]) -> None:
    """Show the facts with date and source; contradictory ones are grouped and marked as such."""
    words = view.words
    apart: dict[str, list[CaseStudyFacts]] = {}
    for fact in told:
        apart.setdefault(fact["differs"] or "", []).append(fact)
    groups = {word: own for word, own in apart.items() if word and len(own) > 1}
    place = section(words("cases.facts"), "case_facts", words("cases.facts_help"))
    if not place:
        return
    if agreed := [fact for fact in told if fact["differs"] not in groups]:
        with place:
            _table(view, agreed)
    for own in groups.values():
        with place.container(border=True):
            st.markdown(words("cases.differ", n=len(own)))
            _table(view, own, f"facts_{own[0]['differs']}")


def _table(view: View, told: list[CaseStudyFacts], key: str = "facts") -> None:
    words = view.words
    lines = [
        {
            words("column.fact"): fact["fact"],
            words("column.dated"): f"{fact['dated']}  \n**{words('fact_kind.' + fact['tells'])}**",
            words(
                "column.citation"
            ): f"{fact['source']}  \n:gray[:small[{fact['address'] or words('cases.no_address')}]]",
        }
        for fact in told
    ]
    first_rows(view, lines, dict, key, len(lines))


def bears_on(view: View, criteria: list[CaseCriteriaRow], framework: str) -> None:
    """Show the criteria of the selected framework with their answers and a way to act; other frameworks' by id."""
    words = view.words
    st.markdown(f"**{words('cases.criteria', framework=framework)}**", help=words("cases.criteria_help"))
    asked = [row for row in criteria if row["in_view"]]
    if not asked:
        st.caption(words("cases.no_criterion", framework=framework))
    for row in asked:
        text, now, act = st.columns([6, 3, 3], gap="medium", vertical_alignment="center")
        kind = f":gray[:small[· {words('kind.' + row['kind'])}{critical_mark(view, row)}]]"
        text.markdown(f"{coded(row['text'], row['criterion'])} {kind}")
        now.markdown(counts(view, row) if row["n_asked"] else words("reading.not_covered"))
        if missing(row):
            act.markdown(begin_link(view, criterion=row["criterion"]))
    if asked:
        counts_legend(view)
    others: dict[str, list[str]] = {}
    for row in criteria:
        if not row["in_view"]:
            others.setdefault(row["framework_title"], []).append(row["criterion"])
    lines = [words("cases.others", framework=title, criteria=words.listed(own)) for title, own in others.items()]
    if lines:
        st.markdown(f":small[{' · '.join(lines)}]")


def guidance(view: View) -> None:
    """Show guidance on the same subject, each item as a link."""
    words = view.words
    found = escaped_rows(view.published, CASE_GUIDANCE, view.parameters())
    if place := section(words("cases.guidance"), "case_guidance", words("cases.guidance_help")):
        with place:
            _same_topic(view, found)


def _same_topic(view: View, found: list[CaseGuidanceRow]) -> None:
    words = view.words
    if not found:
        st.caption(words("cases.no_guidance"))
    for row in found:
        link, shares = st.columns([7, 5], gap="medium", vertical_alignment="center")
        with link:
            label = words("cases.guidance_link", title=row["title"], step=words(f"step.{row['step']}"))
            read_link(view, "guidance", row["guidance"], label)
        parts = [words.count("cases.shares", row["n_criteria"])] if row["n_criteria"] else []
        parts += [words.count("cases.shares_risk_area", row["n_risk_areas"])] if row["n_risk_areas"] else []
        shares.caption(words.listed(parts))
