"""Actions as they are shown and edited: how one is described, its fields, how it is saved, and what it addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from dashboard.model.known_codes import shown_as
from dashboard.model.permissions import Deed
from dashboard.model.plan import Action
from dashboard.model.records import Draft
from dashboard.queries import ask
from dashboard.queries.plan_actions import PLAN_ACTION, PlanRow, PlanSubjectRow
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, FieldKind, Titles, fields_of
from dashboard.ui.editing.row_form import Opened
from dashboard.ui.elements.gap_links import action_address
from dashboard.ui.view import View

NEW = ""
GRID, FORM = "grid", "form"
"""How the actions are shown to edit many of them, and to write one."""
WIDTH = 90
"""Characters shown of the criterion or impact below an action."""


def way_of(view: View) -> str:
    """Return how the actions are shown: as the view says, unless one is open in its form."""
    return FORM if view.state.action else shown_as(view.page, view.state.show_as)


def line(view: View, row: PlanRow) -> str:
    """Return an action as the list, the board and the timeline show it; its text opens it in its form."""
    words = view.words
    text = row["text"] or words("edit.empty")
    title = text if view.masked else f"[{text}]({action_address(view, row['action'])})"
    due = words("plan.due_late" if row["overdue"] else "plan.due", due=row["due_on"])
    level = words("plan.of_priority", level=words(f"plan.priority_{row['priority']}"))
    stands = (due, words(f"action_status.{row['status']}"), level)
    who = " · ".join([row["operation_title"], row["owner_role"] or words("plan.nobody"), *stands])
    return f"{title}  \n:gray[:small[{who}  \n{' · '.join(_about(view, row))}]]"


def _about(view: View, row: PlanRow) -> list[str]:
    """Return what an action is on, and its effort, cost and cause as far as it has them; the codes last."""
    words = view.words
    levels = (("effort", row["effort"]), ("cost", row["cost"]))
    told = [words(f"plan.of_{name}", level=words(f"plan.priority_{level}")) for name, level in levels if level]
    cause = words("plan.of_cause", cause=row["cause"]) if row["cause"] else ""
    said = shorten(row["subject_text"] or "", WIDTH, placeholder=" …")
    return [part for part in (said, *told, cause, row["criterion"] or row["impact"], row["action"]) if part]


asks = fields_of("actions")


def _level(name: str) -> Field:
    return asks(name, titles="plan.priority_")


STOPPED = ("blocked", "dropped")
"""Statuses that have a reason."""


def _stopped(action: Action) -> bool:
    """Return whether the action has a reason: it is blocked or dropped, or one was given."""
    return action.status in STOPPED or bool(action.reason)


def _why_stopped(action: Action) -> str:
    """Return the label of the reason: it names the status it is for."""
    return f"plan.why_{action.status}" if action.status in STOPPED else "column.reason"


LINES = (
    (asks("text", FieldKind.LONG_TEXT, "column.action_text"),),
    (asks("owner_role", example="plan.owner_example", width=3), asks("due_on", width=2)),
    (
        asks("status", titles="action_status.", required=True),
        asks("priority", titles="plan.priority_", required=True),
        # An impact has no status to be reached.
        asks("expected_status", FieldKind.ONE_OF, applies=lambda action: bool(action.criterion)),
    ),
    (asks("reason", FieldKind.LONG_TEXT, help="plan.reason_help", applies=_stopped, label_of=_why_stopped),),
    (asks("cause", FieldKind.LONG_TEXT, example="plan.cause_example", width=2), _level("effort"), _level("cost")),
)


EDITOR: Editor[Action] = Editor("plan", LINES, Deed.ACT)


class ActionSubject(PlanSubjectRow):
    """The criterion or impact that an action addresses, and its operation."""

    operation_title: str


@dataclass(frozen=True)
class OpenAction(Opened[Action]):
    """An action in its form, and what it addresses."""

    subject: ActionSubject

    @property
    def titles(self) -> Titles:
        """The statuses that the criterion may be expected to reach."""
        return {"expected_status": dict(zip(self.subject["statuses"], self.subject["status_titles"], strict=True))}


def name_of_new(action: Action) -> str:
    """Return the key for a new action; no id starts like this."""
    return f"new {action.criterion or action.impact} {action.operation}"


def stored_action(view: View, id_: str) -> tuple[Action, str]:
    """Return a published action with its texts unescaped, and the title of its operation."""
    (row,) = ask.rows(view.published, PLAN_ACTION, view.parameters(action=id_))
    return Action.of(row), row["operation_title"]


def renew(known: Sequence[str]) -> None:
    """Turn drafts of actions that no longer exist into new ones, so that they are not lost."""
    for key, draft in list(EDITOR.drafts().items()):
        if draft.was is not None and draft.was.action not in known:
            EDITOR.drop(key)
            EDITOR.drafts()[name_of_new(draft.typed)] = Draft(None, replace(draft.typed, action=""))


def tell_saved(view: View) -> None:
    """Say once that actions were saved, with the way to undo it."""
    note = EDITOR.held().note
    tried: Mapping[str, object] = note.tried if note is not None else {}
    known = view.known.of("action", "")
    EDITOR.tell(view, {id_: stored_action(view, id_)[0] for id_ in tried if id_ in known})
