"""What is a room asked? The kind of question, its subject, and the groups whose votes are shown separately."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.model.present.vote import GROUPED_BY, KINDS, MOST_CHOICES, Standing
from dashboard.queries import ask as asking
from dashboard.queries.collect.questions import ANSWERING
from dashboard.queries.plan.questions import PLAN
from dashboard.queries.workbook.questions import BOOK_IMPACTS
from dashboard.store.location import store_folder
from dashboard.store.votes.room import RoomError, ask
from dashboard.ui import choices
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.elements.choose import choose_one, operation_choice
from dashboard.ui.elements.marks import in_option
from dashboard.ui.escape import escape, one_line
from dashboard.ui.present.room.opening import can_open, let_in_phones
from dashboard.ui.present.room.question import QuestionOptions, question_of
from dashboard.ui.present.room.refused import refused
from dashboard.ui.session_keys import ROOM_KEPT, ROOM_LINES, ROOM_TYPED
from dashboard.ui.view import View

KIND, GROUPED = "room_kind", "room_grouped"


@dataclass(frozen=True)
class _Subject:
    code: str
    operation: str
    lines: tuple[str, ...] = ()


def ask_form(view: View, before: Standing | None = None, decided: str = "") -> None:
    """Draw the form, and the button that opens the question on every phone and closes the one `before`."""
    words = view.words
    st.markdown(f"**{words('room.ask')}**" if before is None else words("room.next_help"))
    kind = st.radio(words("room.kind"), KINDS, key=KIND, format_func=lambda kind: words(f"room.kind_{kind}"))
    subject = _first(view) if kind == "first" else _subject(view, kind)
    if subject is None:
        return
    grouped = st.radio(
        words("room.grouped"),
        GROUPED_BY,
        key=GROUPED,
        horizontal=True,
        format_func=lambda by: words(f"room.grouped_{by}"),
        help=words("room.grouped_help"),
    )
    wish = QuestionOptions(kind, subject.code, subject.operation, subject.lines, grouped)
    label = "room.open_both" if can_open() else "room.open"
    st.button(
        words(label if before is None else "room.open_next"),
        key="room_open",
        type="primary",
        on_click=open_question,
        args=(view, wish, before.number if before else 0, decided),
        icon=":material/how_to_vote:",
    )


def open_question(view: View, wish: QuestionOptions, instead_of: int = 0, decided: str = "") -> None:
    """Open the question on every phone, letting phones in first if there is a network.

    If that is refused, the next run says why.
    """
    try:
        if can_open():
            let_in_phones()
        ask(store_folder(), question_of(view, wish), instead_of, decided)
        if instead_of:
            ROOM_KEPT.set(instead_of)
    except RoomError as error:
        refused(error)


def _subject(view: View, kind: str) -> _Subject | None:
    """Let the user choose the operation and the impact or criterion in question; None if there is nothing to choose."""
    operation, lists = operation_choice(view)
    choices.draw(view.words, *lists)
    if operation is None:
        st.info(view.words("room.no_operation"))
        return None
    code = str(operation["operation"])
    field, found = ("criterion", _criteria(view, code)) if kind == "status" else ("impact", _risks(view, code))
    if not found:
        st.info(view.words("room.no_subject"))
        return None
    titles, label = {one: one_line(text) for one, text in found.items()}, view.words(f"room.subject_{field}")
    chosen = choose_one(view, Choice(field, label, titles, next(iter(found)), Shape.LIST, labelled=True))
    st.caption(escape(found[chosen]))
    return _Subject(chosen, code)


def _criteria(view: View, operation: str) -> dict[str, str]:
    found = asking.rows(view.published, ANSWERING, view.parameters(operation=operation))
    return {row["criterion"]: in_option(row["text"], row["criterion"]) for row in found}


def _risks(view: View, operation: str) -> dict[str, str]:
    found = asking.rows(view.published, BOOK_IMPACTS, view.parameters(operation=operation))
    return {row["impact"]: f"{row['setting_title']} · {row['text']}" for row in found if row["polarity"] == "risk"}


def _first(view: View) -> _Subject | None:
    """Draw the field for the choices, one per line, pre-filled with the open actions of the filtered plan."""
    words = view.words
    # Kept under our own key, because widget keys are forgotten on another page.
    set_widget(ROOM_LINES.name, ROOM_TYPED.setdefault("\n".join(_open_actions(view))))
    help_ = words("room.lines_help", most=MOST_CHOICES)
    text = st.text_area(words("room.lines"), key=ROOM_LINES.name, height=180, help=help_, on_change=_keep_lines)
    lines = tuple(dict.fromkeys(line for part in text.splitlines() if (line := " ".join(part.split()))))
    if not 2 <= len(lines) <= MOST_CHOICES:
        st.info(words("room.lines_wrong", most=MOST_CHOICES))
        return None
    return _Subject("", "", lines)


def _keep_lines() -> None:
    ROOM_TYPED.set(ROOM_LINES.now())


def _open_actions(view: View) -> Sequence[str]:
    found = asking.rows(view.published, PLAN, view.parameters(operation=""))
    return list(dict.fromkeys(row["text"] for row in found if row["live"]))[: MOST_CHOICES - 2]
