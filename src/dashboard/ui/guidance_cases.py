"""The page of cases: its filters, its finding, the list matched to the gaps, and the timeline."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.charts import timelines as chart
from dashboard.charts.look import look_of
from dashboard.model.known_codes import FIXED
from dashboard.model.words import Claim, Claims
from dashboard.queries.guidance_cases import CaseHead, CasesGaps, CasesRow
from dashboard.queries.plan_actions import PLAN_CRITERIA
from dashboard.queries.question import Question
from dashboard.store.overlays import in_order
from dashboard.ui.elements import legend
from dashboard.ui.elements.folds import at_once, first_drawn
from dashboard.ui.elements.gap_links import read_link
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.selection import open_mark
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escape_label, escaped_rows, short
from dashboard.ui.session import theme
from dashboard.ui.view import View

FIRST, FIRST_ON_A_PHONE = 5, 2
"""Cases shown at once; the rest one click away."""
GAPS = 2
WIDTH = 60
"""Gaps named for a case."""
NAMED = 2
"""Countries named for a gap, and participants named for a case."""


class CaseCountriesRow(TypedDict):
    """A row of `case_countries`."""

    case_country: str
    title: str | None
    n: int


class CaseStudyFacts(TypedDict):
    """One of the `facts` in a row of `case_study`."""

    fact: str
    dated: str
    tells: str
    source: str
    address: str | None
    differs: str | None


class CaseStudyRow(CaseHead):
    """A row of `case_study`."""

    facts: list[CaseStudyFacts]
    what_was_done: str
    what_resulted: str
    lesson: str
    what_to_copy: str
    what_to_avoid: str
    settings: list[str] | None
    risk_areas: list[str]


class CaseYearsRow(TypedDict):
    """A row of `case_years`."""

    first_year: int
    last_year: int


CASE_COUNTRIES = Question("case_countries", CaseCountriesRow)
CASE_STUDY = Question("case_study", CaseStudyRow)
CASE_YEARS = Question("case_years", CaseYearsRow)


def choose_cases(view: View) -> None:
    """Let the user choose country, kind and confidence; empty keeps all."""
    words = view.words
    found = {row["case_country"]: row for row in escaped_rows(view.published, CASE_COUNTRIES, {})}
    labels = {code: _country(view, row) for code, row in found.items()}
    where, kind, confidence = st.columns(3)
    with where:
        named = {label: code for code, label in labels.items()}
        by_name = [named[label] for label in in_order(named, view.published.locale)]
        _many("case_country", by_name, labels, view, "country")
    with kind:
        kinds = {code: words(f"case_kind.{code}") for code in FIXED["case_kind"]}
        _many("case_kind", list(kinds), kinds, view, "kind")
    with confidence:
        grades = {code: words(f"confidence.{code}") for code in FIXED["confidence"]}
        _many("confidence", list(grades), grades, view, "confidence")


def _country(view: View, row: CaseCountriesRow) -> str:
    """Return a country's name from our list, else from the words, else its code, and how many cases name it."""
    code, words = row["case_country"], view.words
    title = row["title"] or words.titled(f"place.{code}", code)
    return words.count("cases.country_option", row["n"], title=title)


def _many(field: str, codes: list[str], labels: dict[str, str], view: View, key: str) -> None:
    words = view.words
    st.multiselect(
        words(f"cases.{key}"),
        codes,
        key=field,
        persist_state="session",
        format_func=lambda code: escape_label(labels.get(code, code)),
        placeholder=words(f"cases.{key}_all"),
        help=words(f"cases.{key}_help") if words.has(f"cases.{key}_help") else None,
    )


def finding(view: View, cases: list[CasesRow], framework: str) -> Claims:
    """Say how many cases match the filters, and which of them best fits the gaps."""
    if not cases:
        return (Claim.of("cases.none_left", reset=view.reset()),)
    first = cases[0]
    best = (
        Claim.count(f"cases.best{_before(first)}", first["n_open"], title=first["title"], framework=framework)
        if first["n_open"]
        else Claim.of("cases.no_best", framework=framework)
    )
    return (Claim.count("cases.finding", len(cases), best=best),)


def nowhere(view: View, n: int) -> str:
    """Say how many cases name no country, and what choosing a country does to them."""
    key = "cases.nowhere_left_out" if view.state.case_country else "cases.nowhere"
    return view.words.count(key, n) if n else ""


def matched(view: View, cases: list[CasesRow], framework: str, n_nowhere: int) -> None:
    """Show the cases in order, a few at once; `n_nowhere` of them name no country."""
    note = f":gray[:small[{nowhere(view, n_nowhere)}]]"
    if not cases:
        st.markdown(note)
        return
    st.markdown(f"**{view.words('cases.matched')}** {note}", help=view.words("cases.matched_help"))
    first_drawn(view, cases, lambda row: _line(view, row, framework), at_once(FIRST, FIRST_ON_A_PHONE), "cases")


def _line(view: View, row: CasesRow, framework: str) -> None:
    sure = view.words("cases.sure", confidence=view.words(f"confidence.{row['confidence']}"))
    with st.container(border=True):
        case, reason, link = st.columns([13, 12, 3], gap="small", vertical_alignment="center")
        case.markdown(
            f"**{row['title']}**  \n:small[{_few(view, row['who'])} · {row['where']} · {years(view, row)}]"
            f"  \n:gray[:small[{about(view, row, sure)}]]"
        )
        reason.markdown(why(view, row, framework))
        with link:
            read_link(view, "case", row["case_study"], view.words("cases.read"), ":material/history_edu:")


def years(view: View, row: CasesRow | CaseStudyRow, since: str = "cases.since") -> str:
    """Say when a case took place; as text, since years have no thousands separator. `since` means no end is given."""
    began, ended = str(row["began"]), row["ended"]
    if ended is None:
        return view.words(since, began=began)
    return began if row["began"] == ended else view.words("cases.between", began=began, ended=str(ended))


def about(view: View, row: CasesRow | CaseStudyRow, sure: str) -> str:
    """Say the kind of a case, whether it shows respect, support or both, and how sure it is."""
    shows = row["shows"][0] if len(row["shows"]) == 1 else "both"
    return " · ".join([view.words(f"case_kind.{row['case_kind']}"), view.words(f"cases.shows_{shows}"), sure])


def why(view: View, row: CasesRow, framework: str) -> str:
    """Say why a case is listed here: the gaps it relates to, the first few with the countries that have them."""
    words = view.words
    if not row["n_criteria"]:
        return words("cases.no_criterion", framework=framework)
    if not row["n_open"]:
        return words.count("cases.no_gap", row["n_criteria"])
    texts = {one["criterion"]: one["text"] for one in escaped_rows(view.published, PLAN_CRITERIA, view.unfiltered())}
    gaps = row["gaps"] or []
    lines = [_gap(view, gap, texts) for gap in gaps[:GAPS]]
    return "  \n".join([words.count(f"cases.gaps{_before(row)}", row["n_open"]), *lines])


def _before(row: CasesRow) -> str:
    """Return the ending of sentences on the gaps of a case if one of them only failed earlier, and fell silent."""
    return "_before" if any(not gap["n_nil"] and not gap["n_part"] for gap in row["gaps"] or []) else ""


def _gap(view: View, gap: CasesGaps, texts: Mapping[str, str]) -> str:
    """Return one gap in small type: what is asked, how many lack it and where; its code at the end."""
    words = view.words
    lacking = {"nil": gap["n_nil"], "part": gap["n_part"], "before": gap["n_failed_before"]}
    told = [words(f"cases.gap_{name}", n=n) for name, n in lacking.items() if n]
    asked, where = (
        short(texts.get(gap["criterion"], gap["criterion"]), WIDTH),
        words.some("countries", gap["countries"]),
    )
    line = words("cases.gap", asked=asked, told=words.listed(told), countries=where)
    failed = "▼ " if gap["critical"] and gap["n_nil"] else "▽ " if gap["n_failed_before"] else ""
    return coded(f":small[{failed}{line}]", gap["criterion"])


def _few(view: View, names: list[str]) -> str:
    """Return the first few names, and the number of others."""
    named, more = view.words.listed(names[:NAMED]), len(names) - NAMED
    return view.words("cases.and_more", names=named, n=more) if more > 0 else named


def timeline(view: View, table: pa.Table) -> None:
    """Draw the cases by year, on an axis that spans all cases of the publication."""
    words = view.words
    st.markdown(f"**{words('cases.timeline')}**")
    (span,) = escaped_rows(view.published, CASE_YEARS, view.parameters())
    show_chart(
        table.select(list(chart.CASE_FIELDS)),
        spec_of(chart.case_years, view, (str(span["first_year"]), str(span["last_year"]))),
        view,
        key="cases_chart",
        alt=words("cases.alt"),
        opens=chart.CASE_SELECTION,
        clicked=partial(open_mark, {}, "case"),
        columns=("title", "where", "began", "ended", "case_kind", "confidence"),
        legend=words("cases.legend"),
        keys=_ongoing_key(view) if any(table["goes_on"].to_pylist()) else (),
        click=words("cases.click"),
    )


def _ongoing_key(view: View) -> Iterator[legend.Mark]:
    yield legend.drawn("arrow", look_of(theme()), width=legend.LONG), view.words("cases.ongoing_key")


def show_case(view: View, cases: list[CasesRow], framework: str) -> None:
    """Show the one case named by `view.state`, as in the list."""
    for row in cases:
        if row["case_study"] == view.state.case_study:
            _line(view, row, framework)
