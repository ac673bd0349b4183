"""Where do subjects differ, down to the single criterion?"""

import pyarrow as pa
import streamlit as st

from dashboard.queries.compare.compare_criteria import CompareCriteriaRow
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.compare.choosing import Subjects
from dashboard.ui.elements import answer
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import coded, in_option
from dashboard.ui.escape import escape_label, one_line, short
from dashboard.ui.html import draw_table
from dashboard.ui.view import View, with_state

WIDTH = 90
FIRST = 6
"""Criteria shown at once; the rest one click away."""


def focus_titles(by_facet: pa.Table) -> dict[str, str]:
    """Return the titles the table can be narrowed to, by code: the rows of the chart, each with number and title."""
    told = zip(*(by_facet[name].to_pylist() for name in ("code", "area_code", "code_title")), strict=True)
    return {code: " ".join(part for part in (number, title) if part) for code, number, title in told}


def focus_choice(view: View, titles: dict[str, str]) -> Choice:
    """Return the choice of the one principle, risk area or right to focus on, as a click on the chart makes it."""
    plain = {code: one_line(title) for code, title in titles.items()}
    options = {"": view.words("compare.all_rows")} | plain
    return Choice("focus", view.words("compare.focus"), options, "", Shape.LIST, labelled=True)


def criteria_table(view: View, subjects: Subjects, found: list[CompareCriteriaRow]) -> None:
    """Show one row per criterion, the greatest difference first; each subject's status as a symbol and in words."""
    words = view.words
    lines: dict[str, dict[str, str]] = {}
    for row in found:
        head = coded(short(row["text"], WIDTH), row["criterion"])
        line = lines.setdefault(
            row["criterion"],
            {words("column.criterion"): head + answer.criterion_marks(view, row)}
            | {title: words("reading.not_covered") for title in subjects.titles.values()},
        )
        line[subjects.titles[row["subject"]]] = status(view, row)
    if not lines:
        st.caption(words("safe.answers") if view.masked else words("compare.no_criteria", reset=view.reset()))
        return
    first_rows(view, list(lines.values()), dict, "compared", FIRST)
    if any(row["made_of"] == "countries" for row in found):
        answer.counts_legend(view)
    st.caption(words.count("compare.criteria", len(lines)))


def status(view: View, row: CompareCriteriaRow) -> str:
    """Return a subject's answer to one criterion: its status, or for several countries how many gave which."""
    if row["made_of"] == "countries":
        return answer.counts(view, row)
    return answer.status(view, row)


def one_criterion(view: View, subjects: Subjects, found: list[CompareCriteriaRow]) -> None:
    """Show one criterion in full: text and source, and each subject's answer with its evidence."""
    words = view.words
    texts = {row["criterion"]: row for row in found}
    titles = {code: in_option(short(escape_label(row["text"]), WIDTH), code) for code, row in texts.items()}
    listed = Choice("criterion", words("compare.criterion"), titles, next(iter(texts)), Shape.LIST)
    chosen = choose_one(view, listed)
    row = texts[chosen]
    st.markdown(row["text"])
    st.caption(f"{answer.source(view, row)}. {row['evidence_hint'] or ''}")
    draw_table(
        [
            {
                words("column.subject"): subjects.titles[one["subject"]],
                words("column.status_title"): status(view, one),
                words("column.evidence"): answer.evidence(view, one),
                words("column.note"): one["note"] or "",
            }
            for one in found
            if one["criterion"] == chosen
        ]
    )
    st.page_link(
        "pages/review.py", label=words("compare.review"), query_params=with_state(view.state, criterion=chosen)
    )
