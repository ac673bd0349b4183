"""The first view of those who answer and review: what they owe, what came back, and what awaits their review."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypedDict

import streamlit as st

from dashboard.exports.reminders import CalendarDay, calendar_file
from dashboard.model.filters import FILTERS
from dashboard.model.permissions import Deed, Person, Place, allowed
from dashboard.model.words import Claim, Claims
from dashboard.queries import ask
from dashboard.queries.collect_answering import OWN_WORK, OwnWorkRow
from dashboard.queries.question import Question
from dashboard.ui import session
from dashboard.ui.collect.review_drafts import steps_of
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.show import headline, offer
from dashboard.ui.escape import escape
from dashboard.ui.view import View


class OwnActionsRow(TypedDict):
    """A row of `own_actions`."""

    action: str
    text: str
    due_on: date
    overdue: bool
    owner_role: str | None
    operation: str
    operation_title: str
    country: str


OWN_ACTIONS = Question("own_actions", OwnActionsRow)


@dataclass(frozen=True)
class OwnWork:
    """What one person has to answer and to review in every open round, what is due next first, and to see done.

    `waiting` are rows with what others answered.
    """

    answering: Sequence[OwnWorkRow]
    waiting: Sequence[tuple[OwnWorkRow, int]]
    actions: Sequence[OwnActionsRow]

    @property
    def n_left(self) -> int:
        return sum(row["n_left"] for row in self.answering)

    @property
    def n_back(self) -> int:
        return sum(row["n_back"] for row in self.answering)

    @property
    def n_waiting(self) -> int:
        return sum(n for _, n in self.waiting)


def own_work(view: View, person: Person, own_steps: Collection[int]) -> OwnWork:
    """Return it, from unescaped rows. `own_steps` are the publications that the person made."""
    found = ask.rows(view.published, OWN_WORK, view.unfiltered(round=""))
    actions = ask.rows(view.published, OWN_ACTIONS, view.unfiltered())
    reviewing = [(row, _others(row, own_steps)) for row in found if _may(person, Deed.REVIEW, row)]
    return OwnWork(
        [row for row in found if _may(person, Deed.ANSWER, row) and (row["n_left"] or row["n_back"])],
        [(row, n) for row, n in reviewing if n],
        [row for row in actions if _may(person, Deed.ANSWER, row)],
    )


def _may(person: Person, deed: Deed, row: OwnWorkRow | OwnActionsRow) -> bool:
    return allowed(person, deed, Place(row["operation"], row["country"]))


def _others(row: OwnWorkRow, own_steps: Collection[int]) -> int:
    """Return how many answers await review that the person did not give: nobody reviews their own."""
    return sum(step["n"] for step in row["steps"] if step["step"] not in own_steps)


FIRST = 8


def show_own_work(view: View) -> None:
    """Show the finding, then what is to answer, to review and to see done, what is due next first."""
    person = session.person()
    if person is None:
        return
    work = own_work(view, person, steps_of(person.subject))
    headline(view.words, *_finding(work))
    _answering(view, work)
    _waiting(view, work)
    if any(row["ends_on"] < view.today for row in (*work.answering, *(row for row, _ in work.waiting))):
        st.caption(view.words("own.until_closed"))
    _actions(view, work)
    days = _days(view, work)
    if days:
        name = view.words("own.calendar_name")
        offer(
            view,
            view.words("own.calendar"),
            lambda: calendar_file(name, days, datetime.now(UTC)),
            "own-work.ics",
            "own_calendar",
            "tertiary",
        )
        st.caption(view.words("own.calendar_help"))


def _finding(work: OwnWork) -> Claims:
    counts = (("left", work.n_left), ("back", work.n_back), ("waits", work.n_waiting))
    said = [Claim.count(f"own.{key}", n) for key, n in counts if n]
    overdue = sum(row["overdue"] for row in work.actions)
    said += [Claim.count("own.overdue", overdue)] if overdue else []
    return tuple(said) or (Claim.of("own.nothing"),)


def _answering(view: View, work: OwnWork) -> None:
    words = view.words
    if not work.answering:
        return
    st.markdown(f"**{words('own.to_answer')}**")

    def line(row: OwnWorkRow) -> dict[str, str]:
        back = words.count("own.n_back", row["n_back"]) if row["n_back"] else ""
        return {
            words("column.round"): escape(row["round_title"]),
            words("column.operation_title"): _link(view, row, row["operation_title"], "answer"),
            words("own.standard"): escape(row["framework_title"]),
            words("owed.column_left"): words("owed.of", n=row["n_left"], of=row["n_asked"]),
            words("own.came_back"): _link(view, row, back, "check") if back else "",
            words("own.due"): _due(view, row["ends_on"]),
        }

    first_rows(view, work.answering, line, "own_answering", FIRST)


def _waiting(view: View, work: OwnWork) -> None:
    words = view.words
    if not work.waiting:
        return
    st.markdown(f"**{words('own.to_review')}**")

    def line(found: tuple[OwnWorkRow, int]) -> dict[str, str]:
        row, n = found
        return {
            words("column.round"): escape(row["round_title"]),
            words("column.operation_title"): _link(view, row, row["operation_title"], "check"),
            words("own.standard"): escape(row["framework_title"]),
            words("own.waiting"): words.shown(n),
            words("own.due"): _due(view, row["ends_on"]),
        }

    first_rows(view, work.waiting, line, "own_waiting", FIRST)


def _actions(view: View, work: OwnWork) -> None:
    words = view.words
    if not work.actions:
        return
    st.markdown(f"**{words('own.actions')}**")
    first_rows(
        view,
        work.actions,
        lambda row: {
            words("column.action_text"): escape(row["text"]),
            words("column.operation_title"): escape(row["operation_title"]),
            words("column.owner_role"): escape(row["owner_role"]),
            words("own.due"): _due(view, row["due_on"]),
        },
        "own_actions",
        FIRST,
    )


def _due(view: View, on: date) -> str:
    return view.words("own.overdue_since" if on < view.today else "own.by", date=on)


def _link(view: View, row: OwnWorkRow, label: str, part: str) -> str:
    """Return a link to where it is done. Filters are left out: they could hide what is owed."""
    narrowed = dict.fromkeys(FILTERS, ())
    place = {"round": row["round"], "operation": row["operation"], "framework": row["framework"]}
    return f"[{escape(label)}]({view.address('collect', **narrowed, **place, part=part, criterion='')})"


def _days(view: View, work: OwnWork) -> list[CalendarDay]:
    """Return what is due from today on, and what is overdue too: a calendar shows it on its day."""
    words = view.words
    rounds = [
        CalendarDay(
            f"answers-{row['round']}-{row['framework']}-{row['operation']}",
            row["ends_on"],
            words("own.day_answers", operation=row["operation_title"], round=row["round_title"]),
            words.count("own.day_left", row["n_left"], framework=row["framework_title"]),
        )
        for row in work.answering
    ]
    reviews = [
        CalendarDay(
            f"reviews-{row['round']}-{row['framework']}-{row['operation']}",
            row["ends_on"],
            words("own.day_reviews", operation=row["operation_title"], round=row["round_title"]),
            words.count("own.day_waiting", n, framework=row["framework_title"]),
        )
        for row, n in work.waiting
    ]
    actions = [
        CalendarDay(f"action-{row['action']}", row["due_on"], f"{row['operation_title']}: {row['text']}")
        for row in work.actions
    ]
    return sorted([*rounds, *reviews, *actions], key=lambda day: (day.on, day.key))
