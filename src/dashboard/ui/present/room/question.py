"""How does a question read in every language? Its texts are stored with it: phones need no publication."""

from dataclasses import dataclass, replace

from dashboard.loading.files.words_file import languages, read_words
from dashboard.model.present.vote import GRADES, Kind, Question, QuestionText
from dashboard.queries import ask
from dashboard.queries.elements.questions import OPERATIONS
from dashboard.queries.plan.questions import PLAN_SUBJECT
from dashboard.queries.present.questions import ROOM_GROUPS
from dashboard.store.votes.room_text import now_text
from dashboard.ui.view import View


@dataclass(frozen=True)
class QuestionOptions:
    """What the facilitator wants to ask."""

    kind: Kind
    subject: str
    operation: str
    lines: tuple[str, ...]
    grouped_by: str


def question_of(view: View, wish: QuestionOptions) -> Question:
    """Return the question with its texts, the language of the page first."""
    spoken = (view.state.lang, *(code for code in languages() if code != view.state.lang))
    said = {code: _said(replace(view, words=read_words(code)), wish) for code in spoken}
    return Question(
        kind=wish.kind,
        subject=wish.subject,
        round=view.state.round,
        operation=wish.operation,
        framework=view.state.framework,
        choices=tuple(said[view.state.lang].choices),
        grouped_by=wish.grouped_by,
        said=said,
        opened_at=now_text(),
    )


def _said(view: View, wish: QuestionOptions) -> QuestionText:
    about, where = _about(view, wish)
    return QuestionText(
        view.words(f"room.asks_{wish.kind}"), about, where, _choices(view, wish), _groups(view, wish.grouped_by)
    )


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
    return {grade: words("room.grade", grade=grade, title=words(f"grade.{wish.kind}_{grade}")) for grade in GRADES}


def _groups(view: View, grouped_by: str) -> dict[str, str]:
    lang = view.known.wording(view.words.language)
    found = ask.rows(view.published, ROOM_GROUPS, view.parameters(lang=lang))
    groups = {row["code"]: row["title"] for row in found if row["grouped_by"] == grouped_by}
    return {**groups, "other": view.words("room.group_other")}
