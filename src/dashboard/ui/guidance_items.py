"""The pages of guidance: the list of what helps with gaps and why, and one item in full with its criteria's answers."""

from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.model.guidance import STEPS
from dashboard.model.words import Claim, Claims
from dashboard.queries import guidance_library
from dashboard.queries.ask import ask_ahead
from dashboard.queries.question import Question
from dashboard.ui.elements.answer_text import counts, counts_legend, critical_mark
from dashboard.ui.elements.folds import FIRST, at_once, first_rows, section
from dashboard.ui.elements.gap_links import address_of, begin_link, in_framework, read_link
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.rated_impacts import graded
from dashboard.ui.elements.search_results import LIBRARY, by_kind, find, search_box, show_found, told
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escaped_rows, short
from dashboard.ui.view import View

SEARCH = "search_library"
FOUND = 8
"""Search results of a kind shown at once."""
FITTING = 8
"""Items shown that help with gaps; the rest one click away."""
OTHERS = 3
"""Others shown below them."""
WIDTH = 64
"""Characters shown of a criterion or a risk."""


def search(view: View) -> str:
    """Draw the search box for guidance, cases and criteria together, and return its text."""
    return search_box(view, SEARCH, "search.label", "search.example")


def results(view: View, sought: str) -> None:
    """Show the search results by kind, and say how many there are of each."""
    found = find(view, sought, LIBRARY)
    kinds = [Claim.count(f"search.n_{kind}", len(items)) for kind, items in by_kind(found).items()]
    counted = [Claim.of("search.found", sought=escape(sought), kinds=kinds)] if kinds else []
    headline(view.words, *counted, told(view, found))
    show_found(view, found, FOUND)


def finding(
    stand: guidance_library.GuidanceStandRow,
    helping: list[guidance_library.GuidanceForYouRow],
    fitting: list[guidance_library.GuidanceForYouRow],
) -> Claims:
    """Say how much within the filters is not implemented, how much guidance helps, and where to start.

    `helping` helps with something; `fitting` are those of it at the selected steps.
    """
    if not stand["n_guidance"]:
        return (Claim.of("guidance.nothing"),)
    said = _weak(stand)
    if not stand["n_weak"] and not stand["n_only_before"]:
        return said
    if not helping:
        return *said, Claim.of("guidance.none_fits")
    if not fitting:
        return *said, Claim.of("guidance.none_at_step")
    return *said, Claim.count("guidance.fitting", len(fitting), title=fitting[0]["title"])


def _weak(stand: guidance_library.GuidanceStandRow) -> Claims:
    """Say how many answered criteria are not in place everywhere, and how many others failed and fell silent."""
    of, told = stand["n_criteria"], []
    if stand["n_weak"]:
        told.append(Claim.count("guidance.weak", stand["n_weak"], of=of))
    elif of:
        told.append(Claim.of("guidance.all_in_place", n=of))
    if stand["n_only_before"]:
        told.append(Claim.count("guidance.only_before", stand["n_only_before"]))
    return tuple(told) or (Claim.of("guidance.no_answer"),)


def library(view: View) -> None:
    """Show what helps with gaps, most important first, then everything else that the filters keep."""
    words = view.words
    ask_ahead(view.published, ("guidance_for_you", "guidance_stand", "guidance_list"), view.parameters())
    helping = escaped_rows(view.published, guidance_library.GUIDANCE_FOR_YOU, view.parameters())
    (stand,) = escaped_rows(view.published, guidance_library.GUIDANCE_STAND, view.parameters())
    listed = escaped_rows(view.published, guidance_library.GUIDANCE_LIST, view.parameters())
    fitting = [row for row in helping if not view.state.step or row["step"] in view.state.step]
    headline(words, *finding(stand, helping, fitting))
    _choose_steps(view)
    if fitting:
        st.caption(words("guidance.order"), help=words("guidance.order_help"))
        # No two at the top for the same criterion.
        first_rows(view, sorted(fitting, key=lambda row: row["turn"] > 1), partial(_fitting, view), "fitting", FITTING)
    named = {row["guidance"] for row in fitting}
    others = [row for row in listed if row["guidance"] not in named]
    if others:
        head = "guidance.others" if fitting else "guidance.kept"
        st.markdown(f"**{words.count(head, len(others))}**")
        first_rows(view, others, partial(_listed, view), "guidance", OTHERS if fitting else FIRST)
    elif not fitting:
        st.caption(words("guidance.none_kept", reset=view.reset()))


def _fitting(view: View, row: guidance_library.GuidanceForYouRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.guidance"): _titled(view, row, row["function_title"]),
        words("column.why_here"): why(view, row),
        words("column.act"): begin_link(view, criterion=row["criterion"]),
    }


def step(view: View, code: str) -> str:
    """Return a maturity step with the effort it takes."""
    return view.words(f"guidance.step_{code}")


def why(view: View, row: guidance_library.GuidanceForYouRow) -> str:
    """Say why an item is shown: its criterion, the answers to it, and the most severe unaddressed risk."""
    words = view.words
    said = words(
        "guidance.why", text=_short(row["text"]), critical=critical_mark(view, row), answers=_answers(view, row)
    )
    lines = [coded(said, row["criterion"])]
    if row["risk"] is not None and row["countries"] is not None:
        grade = graded(view, "severity", row["severity"])
        where = words.some("countries", row["countries"])
        lines.append(words("guidance.why_risk", grade=grade, risk=_short(row["risk"]), countries=where))
    return "  \n".join(f":small[{line}]" for line in lines)


def _answers(view: View, row: guidance_library.GuidanceForYouRow) -> str:
    """Say how many answers to the criterion are no or partly, out of how many, and how many failures fell silent."""
    words, told = view.words, []
    if row["n_nil"] or row["n_part"]:
        key = "both" if row["n_nil"] and row["n_part"] else "nil" if row["n_nil"] else "part"
        told.append(words.count(f"guidance.why_{key}", int(row["n_answered"]), nil=row["n_nil"], part=row["n_part"]))
    if row["n_failed_before"]:
        told.append(words.count("guidance.why_before", int(row["n_failed_before"])))
    return "; ".join(told)


def _short(text: str) -> str:
    return short(text.rstrip("."), WIDTH)


def _choose_steps(view: View) -> None:
    st.pills(
        view.words("guidance.step"),
        STEPS,
        selection_mode="multi",
        key="step",
        persist_state="session",
        format_func=lambda code: step(view, code),
    )


def _listed(view: View, row: guidance_library.GuidanceListRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.guidance"): _titled(view, row),
        words("column.functions"): "; ".join(row["functions"]),
        words("column.settings"): "; ".join(row["settings"] or []),
    }


def _titled(view: View, row: guidance_library.GuidanceForYouRow | guidance_library.GuidanceListRow, *more: str) -> str:
    """Return the title with the address of the item, its step, and what else is said of it."""
    quiet = " · ".join((step(view, row["step"]), *more))
    return f"[{row['title']}]({address_of(view, 'guidance', row['guidance'])})  \n:gray[:small[{quiet}]]"


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
    criteria = escaped_rows(view.published, guidance_library.GUIDANCE_CRITERIA, view.parameters())
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


def _head(view: View, item: GuidanceItemRow, criteria: list[guidance_library.GuidanceCriteriaRow]) -> None:
    """Draw the link back, what it is about, and a way to act on the first gap it helps with."""
    words = view.words
    _back(view)
    functions, settings = "; ".join(item["functions"]), "; ".join(item["settings"] or [])
    st.caption(words("guidance.line", step=step(view, item["step"]), functions=functions, settings=settings))
    st.markdown(item["situation"])
    first = next((row for row in criteria if row["n_nil"] or row["n_part"]), criteria[0])
    st.markdown(begin_link(in_framework(view, first["framework"]), criterion=first["criterion"]))


def _advice(view: View, item: GuidanceItemRow) -> None:
    """Show what to do now and later, how to tell that it works, and what can go wrong."""
    when = {"this_month": item["this_month"], "this_year": item["this_year"]}
    whether = {"sign_that_it_works": item["sign_that_it_works"], "watch_out": item["watch_out"]}
    for pair in (when, whether):
        for column, (name, points) in zip(st.columns(2, gap="large"), pair.items(), strict=True):
            listed = "\n".join(f"- {point}" for point in points)
            column.markdown(f"**{view.words(f'guidance.{name}')}**\n{listed}")


def _criteria(view: View, criteria: list[guidance_library.GuidanceCriteriaRow]) -> None:
    """Show the criteria it helps to implement, with the filtered countries' answers and a way to act on each."""
    words = view.words
    st.markdown(f"**{words('guidance.criteria')}**", help=words("guidance.criteria_help"))
    first_rows(view, criteria, partial(_criterion, view), "helps", at_once(len(criteria), ON_A_PHONE))
    counts_legend(view)


def _criterion(view: View, row: guidance_library.GuidanceCriteriaRow) -> dict[str, str]:
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
            _cases_listed(view, found)


def _cases_listed(view: View, found: list[GuidanceCasesRow]) -> None:
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
