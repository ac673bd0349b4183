"""Asks a room a question: its kind and subject, the groups shown separately, an example to start with, paper ballots.

Its texts are stored with it in every language: phones need no publication. A room without a network votes on printed
ballots, and the facilitator enters the counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.exports.handouts import paper_ballots
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model import vote
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.queries import ask
from dashboard.queries import ask as asking
from dashboard.queries.collect_answering import ANSWERING, BOOK_IMPACTS
from dashboard.queries.every_page import OPERATIONS, ROOM_GROUPS
from dashboard.queries.plan_actions import PLAN, PLAN_LACKING, PLAN_SUBJECT
from dashboard.store.disk import store_folder
from dashboard.store.overlays import in_language
from dashboard.store.vote_log import now_text
from dashboard.store.votes import RoomError, count_paper, records
from dashboard.store.votes import ask as ask_room
from dashboard.ui.editing.field import set_widget
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import PageChoice, Shape, choose_one, operation_choice
from dashboard.ui.elements.marks import in_option
from dashboard.ui.elements.show import offer
from dashboard.ui.escape import escape, one_line
from dashboard.ui.present.room_opening import can_open, let_in_phones, refused
from dashboard.ui.session_state import ROOM_KEPT, ROOM_LINES, ROOM_TYPED
from dashboard.ui.view import View


@dataclass(frozen=True)
class QuestionOptions:
    """What the facilitator wants to ask."""

    kind: vote.Kind
    subject: str
    operation: str
    lines: tuple[str, ...]
    grouped_by: str


def _in_words(view: View, language: str) -> View:
    """Return the view as it would be in another language."""
    return replace(view, words=read_words(language), published=in_language(view.published, language))


def question_of(view: View, wish: QuestionOptions) -> vote.VoteQuestion:
    """Return the question with its texts, the language of the page first."""
    spoken = (view.words.language, *(code for code in languages() if code != view.words.language))
    said = {code: _said(_in_words(view, code), wish) for code in spoken}
    return vote.VoteQuestion(
        kind=wish.kind,
        subject=wish.subject,
        round=view.state.round,
        operation=wish.operation,
        framework=view.state.framework,
        choices=tuple(said[view.words.language].choices),
        grouped_by=wish.grouped_by,
        said=said,
        opened_at=now_text(),
    )


def _said(view: View, wish: QuestionOptions) -> vote.QuestionText:
    about, where = _about(view, wish)
    choices, groups, needs = _choices(view, wish), _groups(view, wish.grouped_by), _needs(view, wish.kind)
    return vote.QuestionText(view.words(f"room.asks_{wish.kind}"), about, where, choices, groups, needs)


def _about(view: View, wish: QuestionOptions) -> tuple[str, str]:
    if wish.kind == "first":
        return "", ""
    on = {"criterion": "", "impact": "", "criterion" if wish.kind == "status" else "impact": wish.subject}
    lang = view.known.wording(view.words.language)
    (subject,) = ask.rows(view.published, PLAN_SUBJECT, view.parameters(operation=wish.operation, **on, lang=lang))
    titles = {
        row["operation"]: row["operation_title"] for row in ask.rows(view.published, OPERATIONS, view.parameters())
    }
    return str(subject["text"]), str(titles.get(wish.operation, ""))


def _choices(view: View, wish: QuestionOptions) -> dict[str, str]:
    """Return the choices in order, the best or least severe first."""
    words = view.words
    if wish.kind == "first":
        return {str(number): line for number, line in enumerate(wish.lines, start=1)}
    if wish.kind == "status":
        on = {"criterion": wish.subject, "impact": ""}
        (subject,) = ask.rows(view.published, PLAN_SUBJECT, view.parameters(operation=wish.operation, **on))
        return dict(zip(subject["statuses"], subject["status_titles"], strict=True))
    return {grade: words("rating.grade", grade=grade, title=words(f"grade.{wish.kind}_{grade}")) for grade in GRADES}


def _needs(view: View, kind: vote.Kind) -> dict[str, tuple[str, ...]]:
    """Return what each grade of severity needs; nothing for other choices."""
    of_severity = GRADES if kind == "severity" else ()
    return {grade: tuple(view.words(f"rating.{part}_{grade}") for part in OF_SEVERITY) for grade in of_severity}


def _groups(view: View, grouped_by: str) -> dict[str, str]:
    lang = view.known.wording(view.words.language)
    found = ask.rows(view.published, ROOM_GROUPS, view.parameters(lang=lang))
    groups = {row["code"]: row["title"] for row in found if row["grouped_by"] == grouped_by}
    return {**groups, "other": view.words("room.group_other")}


KIND, GROUPED = "room_kind", "room_grouped"


@dataclass(frozen=True)
class _Subject:
    code: str
    operation: str
    lines: tuple[str, ...] = ()


def ask_form(view: View, before: vote.OpenQuestion | None = None, decided: str = "") -> None:
    """Draw the question as phones show it, the button that asks it and closes the one `before`, and what changes it."""
    words = view.words
    if before is not None:
        st.markdown(words("room.next_help"))
    card = st.container()
    usual = vote.KINDS.index("status")
    kind = st.radio(
        words("room.kind"), vote.KINDS, usual, key=KIND, format_func=lambda kind: words(f"room.kind_{kind}")
    )
    subject = _first(view) if kind == "first" else _subject(view, kind)
    if subject is None:
        return
    grouped = st.radio(
        words("room.grouped"),
        vote.GROUPED_BY,
        key=GROUPED,
        horizontal=True,
        format_func=lambda by: words(f"room.grouped_{by}"),
        help=words("room.grouped_help"),
    )
    wish = QuestionOptions(kind, subject.code, subject.operation, subject.lines, grouped)
    question = question_of(view, wish)
    with card, _as_on_phones(view, question), st.container(horizontal=True):
        label = "open_next" if before else "open_and_ask" if can_open() else "ask_now"
        st.button(
            words(f"room.{label}"),
            key="room_open",
            type="primary",
            on_click=open_question,
            args=(question, before.number if before else 0, decided),
            icon=":material/how_to_vote:",
        )
        offer_ballots(view, question, "room_ballots")


def _as_on_phones(view: View, question: vote.VoteQuestion) -> DeltaGenerator:
    """Draw a question as phones show it, and return the frame around it."""
    words, said = view.words, question.said[view.words.language]
    frame = st.container(border=True)
    with frame:
        st.caption(words("room.example"))
        st.markdown(f"**{escape(said.asks)}**  \n{escape(said.about)}  \n:gray[{escape(said.where)}]")
        if said.needs:
            lines = (
                f"**{escape(said.choices[code])}** {escape(' · '.join(need))}" for code, need in said.needs.items()
            )
            st.markdown("  \n".join((words("rating.highest"), *lines)))
        else:
            st.markdown(" · ".join(escape(title) for title in said.choices.values()))
    return frame


def open_question(question: vote.VoteQuestion, instead_of: int, decided: str) -> None:
    """Open the question on every phone; if it is not asked instead of another, let phones in if there is a network.

    If that is refused, the next run says why.
    """
    try:
        if can_open() and not instead_of:
            let_in_phones()
        ask_room(store_folder(), replace(question, opened_at=now_text()), instead_of, decided)
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
    usual = next((one for one in _lacking(view, code) if one in found), next(iter(found)))
    return _Subject(choose_one(view, PageChoice(field, label, titles, usual, Shape.LIST, labelled=True)), code)


def _lacking(view: View, operation: str) -> list[str]:
    """Return the criteria that an operation has not in place and no room was asked about, critical ones first."""
    asked = {record.question.subject for record in records(store_folder()) if record.question.operation == operation}
    found = ask.rows(view.published, PLAN_LACKING, view.parameters(operation=operation))
    return [row["criterion"] for row in found if row["criterion"] not in asked]


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
    help_ = words("room.lines_help", most=vote.MOST_CHOICES)
    text = st.text_area(words("room.lines"), key=ROOM_LINES.name, height=180, help=help_, on_change=_keep_lines)
    lines = tuple(dict.fromkeys(line for part in text.splitlines() if (line := " ".join(part.split()))))
    if not 2 <= len(lines) <= vote.MOST_CHOICES:
        st.info(words("room.lines_wrong", most=vote.MOST_CHOICES))
        return None
    return _Subject("", "", lines)


def _keep_lines() -> None:
    ROOM_TYPED.set(ROOM_LINES.now())


def _open_actions(view: View) -> Sequence[str]:
    found = asking.rows(view.published, PLAN, view.parameters(operation=""))
    return list(dict.fromkeys(row["text"] for row in found if row["live"]))[: vote.MOST_CHOICES - 2]


FIELD = 320
"""Width in pixels of a field for three digits below the text of a choice."""


def offer_ballots(view: View, question: vote.VoteQuestion, key: str) -> None:
    """Offer the sheet of ballots as a file that prints on A4."""
    said = question.in_language((view.words.language,))
    offer(view, view.words("room.paper_print"), paper_ballots(view.words, said), "ballots.html", key, "tertiary")


def enter_paper(view: View, now: vote.OpenQuestion) -> None:
    """Offer ballots to print, and fields for the votes per choice; a number counts as soon as it is entered."""
    words, said = view.words, now.question.in_language((view.words.language,))
    with st.expander(words("room.paper"), icon=":material/description:"):
        offer_ballots(view, now.question, "room_paper_print")
        st.caption(words("room.paper_help"))
        for choice in now.question.choices:
            key = f"room_paper_{now.number}_{now.ballot}_{choice}"
            set_widget(key, now.on_paper(choice))
            title = escape(said.choices[choice])
            st.number_input(
                title, 0, vote.MOST_ON_PAPER, key=key, width=FIELD, on_change=_count, args=(now, choice, key), step=1
            )


def _count(now: vote.OpenQuestion, choice: str, key: str) -> None:
    n, was = int(st.session_state[key]), now.on_paper(choice)
    try:
        count_paper(store_folder(), now.number, now.ballot, choice, n, was)
    except RoomError as error:
        refused(error)


def show_example(view: View) -> None:
    """Show a question to those who cannot ask: how far a critical criterion is in place, where it is least so."""
    for row in ask.rows(view.published, PLAN_LACKING, view.parameters(operation=""))[:1]:
        wish = QuestionOptions("status", row["criterion"], row["operation"], (), "function")
        _as_on_phones(view, question_of(view, wish))
