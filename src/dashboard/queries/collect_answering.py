"""Asks for what is needed where answers are collected: forms, workbooks, what is owed, and how far two roles agree.

The form asks what one operation, or each of them, has still to answer.
"""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Ints
from dashboard.figures.fold import fold
from dashboard.figures.grid import strings
from dashboard.figures.read import divided, whole_percent
from dashboard.figures.scale import dates
from dashboard.figures.scores import WHOLE, area_columns
from dashboard.figures.selection import Asked, column
from dashboard.model.workbook import AnswerForm, Book
from dashboard.queries.ask import Value, ask_ahead, rows
from dashboard.queries.country_operation import LAW
from dashboard.queries.question import AnyRow, Folded, Question
from dashboard.store.reader import Published


class AnsweringRow(TypedDict):
    """A row of `answering`."""

    criterion: str
    text: str
    partly: str | None
    reversed: bool
    scale_no: int
    evidence_hint: str
    function: str
    counts_as: str
    value: float | None
    note: str | None
    na_reason: str | None
    evidence: str | None
    was_status_title: str | None
    was_counts_as: str | None
    was_note: str | None
    was_na_reason: str | None
    was_round_title: str | None
    older_version: str | None
    mark: str | None
    reviewed_by_role: str | None
    comment: str | None


class AnsweringFunctionsRow(TypedDict):
    """A row of `answering_functions`."""

    function: str
    title: str


class AnsweringStatusesRow(TypedDict):
    """A row of `answering_statuses`."""

    scale_no: int
    status: str
    title: str
    counts_as: str
    value: float | None
    number: float | None


class OwnWorkSteps(TypedDict):
    """One of the `steps` in a row of `own_work`."""

    step: int
    n: int


class OwnWorkRow(TypedDict):
    """A row of `own_work`."""

    round: str
    round_title: str
    ends_on: date
    framework: str
    framework_title: str
    operation: str
    operation_title: str
    country: str
    n_asked: int
    n_left: int
    n_back: int
    steps: list[OwnWorkSteps]


ANSWERING = Question("answering", AnsweringRow)
ANSWERING_FUNCTIONS = Question("answering_functions", AnsweringFunctionsRow)
ANSWERING_STATUSES = Question("answering_statuses", AnsweringStatusesRow)
ANSWERS_TO_HAND_IN = Question("answers_to_hand_in", AnyRow)
OWN_WORK = Question("own_work", OwnWorkRow)
REVIEWS_TO_HAND_IN = Question("reviews_to_hand_in", AnyRow)


class AgreementRow(TypedDict):
    """A row of `agreement`."""

    area: str
    area_code: str | None
    area_title: str
    count_below: int
    n_pairs: int
    agreed_percent: float | None


def agreement_answer(asked: Asked) -> pa.Table:
    """How far do operations and a second role agree where both have answered? Everything together, then area by area.

    Only areas with a pair have a row. There is no percentage with fewer pairs than the standard's `count_below`.

    A row for everything together, with an empty `area`, then one per area; for the round in view, within filters.
    """
    n_pairs, n_agreed = _pairs(asked)
    places = np.flatnonzero(n_pairs)
    least = int(asked.framework.count_below) if asked.framework else 0
    share = np.where(n_pairs >= least, divided(n_agreed, n_pairs), np.nan)
    return pa.table(
        {
            **area_columns(asked, places),
            "count_below": pa.array([least] * len(places), pa.int16()),
            "n_pairs": pa.array(n_pairs[places], pa.int64()),
            "agreed_percent": column(whole_percent(share[places])),
        }
    )


AGREEMENT = Folded("agreement", AgreementRow, agreement_answer, ("framework", "lang"), ("agreement_pairs",))


def _pairs(asked: Asked) -> tuple[Ints, Ints]:
    """The number of pairs by place, and of those that agree."""
    place_of = {area.area: place for place, area in enumerate(asked.cube.areas, WHOLE + 1)}
    n_pairs, n_agreed = np.zeros((2, len(place_of) + 1), np.intp)
    for row in asked.rows("agreement_pairs").to_pylist():
        for place in (WHOLE, *(place_of[area] for area in row["areas"])):
            n_pairs[place] += row["n_pairs"]
            n_agreed[place] += row["n_pairs"] if row["said"] == row["rated"] else 0
    return n_pairs, n_agreed


class ApprovedFigures(TypedDict):
    """One of the `figures` in a row of `approvals`."""

    framework: str
    percent: int | None
    reading: str
    band: str | None


class ApprovalsRow(TypedDict):
    """A row of `approvals`."""

    round: str
    operation: str
    country: str
    within: str
    title: str
    state: str | None
    role: str | None
    note: str | None
    said_on: date | None
    step: int | None
    figures: list[ApprovedFigures] | None
    n_missing: int


APPROVALS = Question("approvals", ApprovalsRow)


class OwedRoundsRow(TypedDict):
    """A row of `owed_rounds`."""

    round: str
    round_title: str
    n_asked: int
    n_left: int
    last_answered_on: date | None


def owed_rounds_answer(asked: Asked) -> pa.Table:
    """How much was asked and is left in each round of the framework? One row per round, latest first.

    For the countries and criteria that the filters keep.
    """
    cube = asked.cube
    kept = asked.countries[cube.sums.country] & (asked.in_view & asked.criteria)[cube.sums.criterion]
    rows = cube.sums.where(kept)
    n_rounds = len(cube.rounds)
    sums = fold(rows, rows.round, n_rounds)
    last = np.full(n_rounds, np.nan)
    np.fmax.at(last, rows.round, rows.last)
    rounds = np.unique(rows.round)[::-1]
    return pa.table(
        {
            "round": strings(cube.rounds[number] for number in rounds),
            "round_title": strings(cube.round_titles[number] for number in rounds),
            "n_asked": column(sums["n_asked"][rounds], pa.int64()),
            "n_left": column(sums["n_unanswered"][rounds], pa.int64()),
            "last_answered_on": dates(last[rounds]),
        }
    )


OWED_ROUNDS = Folded("owed_rounds", OwedRoundsRow, owed_rounds_answer, ("framework", "countries", "criteria", "lang"))


class BookChoicesRow(TypedDict):
    """A row of `book_choices`."""

    operation: str
    round: str
    language: str


class BookImpactsRow(TypedDict):
    """A row of `book_impacts`."""

    impact: str
    polarity: str
    text: str
    setting_title: str


BOOK_CHOICES = Question("book_choices", BookChoicesRow)
BOOK_IMPACTS = Question("book_impacts", BookImpactsRow)


QUESTIONS = (
    "book_about", "book_questions", "book_statuses", "book_impacts", "book_actions", "book_targets",
    "book_target_choices", "book_evidence",
)  # fmt: skip


class BookAboutRow(TypedDict):
    """A row of `book_about`."""

    operation: str


BOOK_ABOUT = Question("book_about", BookAboutRow)
BOOK_ACTIONS = Question("book_actions", AnyRow)
BOOK_EVIDENCE = Question("book_evidence", AnyRow)
BOOK_QUESTIONS = Question("book_questions", AnyRow)
BOOK_STATUSES = Question("book_statuses", AnyRow)
BOOK_TARGET_CHOICES = Question("book_target_choices", AnyRow)
BOOK_TARGETS = Question("book_targets", AnyRow)


def book_of(published: Published, operation: str, round_: str, lang: str) -> Book | None:
    """Everything the workbook is made from; None if the operation is asked nothing in that round."""
    given: Mapping[str, Value] = {"operation": operation, "round": round_, "lang": lang}
    ask_ahead(published, QUESTIONS, given)
    about = rows(published, BOOK_ABOUT, given)
    if not about:
        return None
    return Book(
        about[0],
        questions=tuple(rows(published, BOOK_QUESTIONS, given)),
        statuses=tuple(rows(published, BOOK_STATUSES, given)),
        impacts=tuple(rows(published, BOOK_IMPACTS, given)),
        actions=tuple(rows(published, BOOK_ACTIONS, given)),
        targets=tuple(rows(published, BOOK_TARGETS, given)),
        target_choices=tuple(rows(published, BOOK_TARGET_CHOICES, given)),
        evidence=tuple(rows(published, BOOK_EVIDENCE, given)),
        law=_law(published, given),
    )


class FormQuestionsRow(TypedDict):
    """A row of `form_questions`."""

    criterion: str
    operations: list[str]
    owing: list[str]


FORM_QUESTIONS = Question("form_questions", FormQuestionsRow)


def form_of(
    published: Published, operation: str, round_: str, lang: str, everything: bool = False
) -> AnswerForm | None:
    """Everything the form is made from; None if there is nothing to ask. An empty operation means all of them.

    With `everything`, it also asks what is already answered.
    """
    given: Mapping[str, Value] = {"operation": operation, "round": round_, "lang": lang}
    every = rows(published, FORM_QUESTIONS, given)
    codes = {row["criterion"]: tuple(row["operations"] if everything else row["owing"]) for row in every}
    asked = {criterion: operations for criterion, operations in codes.items() if operations}
    whom = {code for operations in asked.values() for code in operations}
    about = [row for row in rows(published, BOOK_ABOUT, given) if row["operation"] in whom]
    if not about:
        return None
    found = tuple(row for row in every if row["criterion"] in asked)
    law = _law(published, given) if operation else ()
    return AnswerForm(tuple(about), found, tuple(rows(published, BOOK_STATUSES, given)), asked, law)


def _law(published: Published, given: Mapping[str, Value]) -> tuple[AnyRow, ...]:
    """What is known of the law of the country of an operation."""
    return tuple(dict(row) for row in rows(published, LAW, {**given, "countries": ()}))
