"""One right: what it is, what it can conflict with, and for each standard what serves it and what is missing."""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypedDict

import streamlit as st
from markupsafe import Markup

from dashboard.queries.ask import ask_ahead
from dashboard.queries.question import Question
from dashboard.queries.standards_rights import RIGHT_CRITERIA, RIGHT_GAPS, RightCriteriaRow, RightGapsRow
from dashboard.ui.elements import choices
from dashboard.ui.elements.answer_text import counts, counts_legend, critical_mark
from dashboard.ui.elements.choices import looked_at_choice
from dashboard.ui.elements.folds import at_once, first_rows, section, the_rest
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.selection import how_button
from dashboard.ui.elements.sentences import A_SAY, heard_in_choice, reading_text
from dashboard.ui.escape import escaped_rows, one_line
from dashboard.ui.html import caption, draw_told, explained, folds, items, paragraph
from dashboard.ui.view import View

Row = dict[str, Any]
NOT_COUNTED = {"n_not_applicable": 0, "n_not_known": 0, "n_unanswered": 0}
"""A country with several operations shows how many gave which answer; unanswered criteria are not gaps."""
FIRST = 5
"""Criteria shown at once; the rest one click away."""
BESIDE = 3
"""Standards beside each other; the rest one click away."""


class RiskTensionsRow(TypedDict):
    """A row of `risk_tensions`."""

    tension: str
    title: str


class RightTextRow(TypedDict):
    """A row of `right_text`."""

    text: str
    named: bool
    articles: list[str] | None


class TensionsRow(TypedDict):
    """A row of `tensions`."""

    tension: str
    title: str
    text: str
    question: str
    one: str
    one_title: str
    other: str
    other_title: str
    criteria: list[str]
    basis: str
    citation: str


RISK_TENSIONS = Question("risk_tensions", RiskTensionsRow)
RIGHT_TEXT = Question("right_text", RightTextRow)
TENSIONS = Question("tensions", TensionsRow)


def in_words(view: View, titles: Mapping[str, str]) -> str:
    """Let the user choose one of some rights, and say what it is and what it can conflict with. Returns its code."""
    words = view.words
    plain = {code: one_line(title) for code, title in titles.items()}
    chosen, listed = looked_at_choice(view, "right", plain, words("rights.choose"))
    choices.draw(words, listed, title=words("rights.one"))
    given = view.parameters(focus=chosen)
    (row,) = escaped_rows(view.published, RIGHT_TEXT, given)
    articles = row["articles"] or []
    named = words("rights.named") if row["named"] else ""
    combines = f"{words('rights.articles', articles=words.listed(articles))} {named}".strip()
    said = [paragraph(row["text"]), caption(combines)]
    if any(article.startswith(f"{A_SAY} ") for article in articles):
        address = view.address("country", part="heard")
        heard = f"{heard_in_choice(view)} [{words('heard.to_records')}]({address})"
        said.append(paragraph(heard))
    draw_told("", "", *said)
    tensions(view, chosen)
    return chosen


def tensions(view: View, chosen: str, others: bool = False) -> None:
    """List what the right can conflict with; with `others`, the conflicts of other rights with risks on both sides."""
    rated = {row["tension"] for row in escaped_rows(view.published, RISK_TENSIONS, view.parameters())}
    every = escaped_rows(view.published, TENSIONS, view.parameters(focus=""))
    own = [row for row in every if chosen in (row["one"], row["other"])]
    found = [row for row in every if row not in own and row["tension"] in rated] if others else own
    if found:
        title = view.words("rights.other_tensions" if others else "rights.tensions")
        if place := section(title, f"tensions_{others}"):
            with place:
                draw_told("", "", folds(_tension(view, row, row["tension"] in rated) for row in found))


def _tension(view: View, row: TensionsRow, rated: bool) -> tuple[str, Markup]:
    """Return between which rights protection must be weighed, and how; whether risks are rated on both sides."""
    words = view.words
    text = f"{row['text']}  \n**{words('rights.question')}** {row['question']}"
    places = {"criteria": words.listed(row["criteria"]), "basis": words(f"basis.{row['basis']}")}
    shows = words("rights.shows", citation=row["citation"], **places)
    both = f"{words('rights.both_rated')} " if rated else ""
    title = words("rights.tension", title=row["title"], one=row["one_title"], other=row["other_title"])
    return title, paragraph(text) + caption(f"{both}{shows}")


def figure_of(cell: Row, kind: str) -> dict[str, Any]:
    """Return the fields of the view that identify the score of a right in a standard."""
    return {"framework": cell["column_code"], "round": cell["round"], "right": tuple(cell["asks"]), "kind": kind}


def in_standards(view: View, chosen: str, served: list[Row]) -> None:
    """Show what serves the right in each standard, a few beside each other and the rest one click away."""
    given = view.parameters(focus=chosen)
    ask_ahead(view.published, ("right_criteria", "right_gaps"), given)
    criteria = escaped_rows(view.published, RIGHT_CRITERIA, given)
    gaps = escaped_rows(view.published, RIGHT_GAPS, given)
    first = at_once(BESIDE, 1)
    _side_by_side(view, served[:first], criteria, gaps)
    if more := the_rest(view, len(served) - first, "right_standards"):
        with more:
            for start in range(first, len(served), BESIDE):
                _side_by_side(view, served[start : start + BESIDE], criteria, gaps)
    if criteria:
        counts_legend(view)


def _side_by_side(view: View, served: list[Row], criteria: list[RightCriteriaRow], gaps: list[RightGapsRow]) -> None:
    for column, cell in zip(st.columns(len(served), gap="medium"), served, strict=True):
        with column:
            of = cell["column_code"]
            own = [row for row in criteria if row["framework"] == of], [row for row in gaps if row["framework"] == of]
            _in_standard(view, cell, *own)


def _in_standard(view: View, cell: Row, criteria: list[RightCriteriaRow], gaps: list[RightGapsRow]) -> None:
    """Show one standard's column: its figure and basis, its criteria, and where the gaps are."""
    words = view.words
    named = f"**{cell['column_title']}** · {_figure(view, cell)}"
    title = paragraph(named)
    if not cell["n_of_kind"]:
        none = words("rights.no_criterion" if not cell["n_criteria"] else "rights.none_of_kind")
        draw_told("", "", title, caption(none))
        return
    draw_told("", "", title, caption(_rests_on(view, cell)))
    how_button(view, f"right_{cell['column_code']}", **figure_of(cell, view.state.kind))
    first_rows(view, criteria, partial(_line, view), f"right_{cell['column_code']}", FIRST)
    _gaps(view, gaps)


def _figure(view: View, cell: Row) -> str:
    if cell["band_title"]:
        return view.words("rights.figure", percent=cell["percent"], band=cell["band_title"].lower())
    if cell["reading"] == "no_link":
        return view.words("rights.not_served")
    return reading_text(view, cell)


def _rests_on(view: View, cell: Row) -> str:
    words = view.words
    text = words(
        "rights.rests_on",
        answered=cell["n_answered"] or 0,
        applicable=cell["n_applicable"] or 0,
        n=cell["n_shown"] or 0,
        of=cell["n_units"] or 0,
        round=cell["round_title"],
    )
    failed = {"failed": int(cell["n_critical_failed"] or 0), "failed_before": int(cell["n_failed_before"] or 0)}
    return " ".join([text, *(words.count(f"rights.{name}", n) for name, n in failed.items() if n)])


def _line(view: View, row: RightCriteriaRow) -> dict[str, str]:
    words = view.words
    return {words("column.criterion"): _named_last(view, row), words("column.now"): counts(view, row)}


def _named_last(view: View, row: RightCriteriaRow | RightGapsRow) -> str:
    """Return the text of a criterion, whether it is critical, and its code in small type at the end."""
    return coded(f"{row['text']}{critical_mark(view, row)}", row["criterion"])


def _gaps(view: View, gaps: list[RightGapsRow]) -> None:
    """List what countries lack, without those whose figure is withheld: the list would tell it."""
    words = view.words
    gaps = [row for row in gaps if row["percent"] is not None]
    if not gaps:
        return
    by_country: dict[str, list[RightGapsRow]] = {}
    for row in gaps:
        by_country.setdefault(row["country_title"], []).append(row)
    listed = folds(
        (
            words.count("rights.lacking", len(lacking), title=title, percent=lacking[0]["percent"]),
            items(_gap(view, row) for row in lacking),
        )
        for title, lacking in by_country.items()
    )
    draw_told(words("rights.least"), explained(words, [words("rights.least_help")]), listed)


def _gap(view: View, row: RightGapsRow) -> str:
    return f"{_named_last(view, row)}  \n{counts(view, row | NOT_COUNTED)}"
