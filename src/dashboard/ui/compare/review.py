"""The One question page: one criterion in full, and every operation's answer with anything unusual about it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import streamlit as st

from dashboard.model.words import Claim, Claims
from dashboard.queries.compare.subjects import ReviewRow
from dashboard.queries.question import Question
from dashboard.ui.elements import answer_text
from dashboard.ui.elements.choices import PageChoice, Shape, choose_one
from dashboard.ui.elements.folds import first_lines
from dashboard.ui.elements.gap_links import begin_link, spoken_of
from dashboard.ui.elements.law import show_law_of
from dashboard.ui.elements.marks import answer_words, coded, in_option
from dashboard.ui.escape import escape, escape_label, escaped_rows, short
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

Row = Mapping[str, Any]
UNSAID = ("unanswered", "not_asked")
SUSPICIONS = ("without_evidence", "bare_beside_seen", "only_here")
UNSTATED = {"without_evidence": "evidence_unstated", "bare_beside_seen": "unstated_beside_seen"}
"""What is said instead where the answer does not state its evidence."""
AT_ONCE = 5
WIDTH = 110


class ReviewCriteriaRow(TypedDict):
    """A row of `review_criteria`."""

    criterion: str
    critical: bool
    reversed: bool
    text: str
    evidence_hint: str
    area_title: str


REVIEW_CRITERIA = Question("review_criteria", ReviewCriteriaRow)


def choose_criterion(view: View) -> ReviewCriteriaRow | None:
    """Let the user choose the criterion among those the filters keep; by default the first critical one."""
    found = {row["criterion"]: row for row in escaped_rows(view.published, REVIEW_CRITERIA, view.parameters())}
    if not found:
        return None
    if view.state.criterion and view.state.criterion not in found:
        st.caption(view.words("review.outside", criterion=view.state.criterion))
    first = next((code for code, row in found.items() if row["critical"]), next(iter(found)))
    titles = {code: _label(view, row) for code, row in found.items()}
    return found[choose_one(view, PageChoice("criterion", view.words("review.criterion"), titles, first, Shape.LIST))]


def _label(view: View, row: ReviewCriteriaRow) -> str:
    text = short(escape_label(row["text"]), WIDTH)
    return in_option(f"{text}{answer_text.critical_mark(view, row)}", row["criterion"])


def finding(view: View, answers: Sequence[Row]) -> Claims:
    """Say how many gave which answer, and how many answers need checking."""
    words = view.words
    if not answers:
        return (Claim.of("safe.answers" if view.masked else "review.nothing"),)
    first = answers[0]
    called = {
        **{name: escape(word) for name, word in answer_words(view).items()},
        **{name: words(f"review.{name}") for name in UNSAID},
    }
    given = {name: first[f"all_{name}"] for name in called}
    parts = [Claim.of("review.n", n=n, answer=called[name]) for name, n in given.items() if n]
    look = Claim.count("review.look", first["all_look"]) if first["all_look"] else Claim.of("review.no_look")
    return Claim.count("review.finding", first["all_n"], parts=parts), look


def show_criterion(view: View, row: ReviewCriteriaRow) -> None:
    """Show the criterion in full: text, kind, whether it is critical, what evidence could be, and its source."""
    words = view.words
    marks = [row["area_title"], *answer_text.kind_mark(view, row)]
    marks += [words("number.critical")] if row["critical"] else []
    marks += [words("standard.reversed")] if row["reversed"] else []
    st.markdown(
        "  \n".join([coded(row["text"], row["criterion"]), *answer_text.evidence_hint(view, row["evidence_hint"])])
    )
    st.caption(" · ".join([*marks, answer_text.source(view, row)]))
    # Not in the caption, where links are too pale to read.
    if guidance := spoken_of(view, row["criterion"], "guidance"):
        st.markdown(f":small[{words('standard.guidance')} {guidance}]")
    show_law_of(view, row["criterion"])


def show_suspicions(view: View, answers: Sequence[Row]) -> None:
    """Show the answers that do not fit the others, one sentence each: a few at once, the rest one click away."""
    lines = [
        f"- **{row['operation_title']}**: {_look(view, row)}"
        for row in answers
        if any(row[name] for name in SUSPICIONS)
    ]
    if not lines:
        return
    st.markdown(f"**{view.words('review.look_at')}**", help=view.words("review.look_help"))
    first_lines(view, lines, AT_ONCE, "suspicions")


def answer_table(view: View, answers: list[ReviewRow]) -> None:
    """Show every operation with its answer, by region and country."""
    words = view.words
    within = (answers[0]["criterion"],)
    items, failed = (
        answer_text.items_by_answer(view, within=within, operation="", kind=""),
        answer_text.failed_marks(view, within),
    )
    draw_table(
        [
            {
                words("column.operation_title"): row["operation_title"],
                words("column.status_title"): _status(view, row, failed),
                words("column.evidence"): _evidence(view, row) + items.get((row["operation"], row["criterion"]), ""),
                words("column.note"): row["na_reason"] or row["note"] or "",
                words("column.age"): answer_text.age(view, row),
                words("column.act"): _act(view, row),
            }
            for row in answers
        ]
    )
    answer_text.show_older(view, answers)
    if left := answers[0]["all_n"] - len(answers):
        st.caption(words.count("review.more", left))


def _evidence(view: View, row: ReviewRow) -> str:
    return "" if row["counts_as"] == "not_asked" else answer_text.evidence_and_mark(view, row)


def _status(view: View, row: ReviewRow, failed: Mapping[tuple[str, str], str]) -> str:
    if row["counts_as"] == "not_asked":
        return view.words("reading.not_covered")
    said = f"{answer_text.status(view, row)} {failed.get((row['operation'], row['criterion']), '')}".strip()
    return answer_text.with_version(view, row, said)


def _act(view: View, row: ReviewRow) -> str:
    """Return a link to an action if the criterion is not, or only partly, implemented."""
    if row["counts_as"] != "answered" or row["value"] == 1:
        return ""
    return begin_link(view, criterion=row["criterion"], operation=row["operation"])


def _look(view: View, row: Row) -> str:
    places = {"status": row["status_title"], "n_seen": row["n_seen_alike"], "n_peers": row["n_peers"]}
    # An answer that says nothing about evidence may have some.
    unstated = row["evidence"] is None
    names = [UNSTATED.get(name, name) if unstated else name for name in SUSPICIONS if row[name]]
    return " ".join(view.words(f"review.{name}", **places) for name in names)
