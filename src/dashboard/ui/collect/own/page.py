"""What do I owe, what came back, and what awaits my review? The first view of those who answer and review."""

from datetime import UTC, date, datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard.exports.calendar_file import CalendarDay, calendar_file
from dashboard.model.claim import Claim, Claims
from dashboard.model.view.filters import FILTERS
from dashboard.queries.collect.questions import OwnWorkRow
from dashboard.ui import session
from dashboard.ui.collect.check.reviewable import steps_of
from dashboard.ui.collect.own.work import OwnWork, own_work
from dashboard.ui.elements.download import offer
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape
from dashboard.ui.view import View, with_state

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
    chosen = with_state(view.state, **narrowed, **place, part=part, criterion="")
    return f"[{escape(label)}](collect?{urlencode(chosen)})"


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
