"""Actions as they are edited: their fields, how they are saved, and which subject an open action has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.action import Action, action_of
from dashboard.queries import ask
from dashboard.queries.plan.questions import PLAN_ACTION, PlanSubjectRow
from dashboard.store.location import store_folder
from dashboard.store.permission import Writer
from dashboard.store.publishing.actions import ActionChange, Saved, save_actions
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, Kind, Titles, fields_of
from dashboard.ui.editing.form import Opened
from dashboard.ui.view import View

asks = fields_of("actions")


def _level(name: str) -> Field:
    return asks(name, titles="plan.priority_")


LINES = (
    (asks("text", Kind.LONG_TEXT, "column.action_text"),),
    (asks("owner_role", example="plan.owner_example", width=3), asks("due_on", width=2)),
    (
        asks("status", titles="action_status.", required=True),
        asks("priority", titles="plan.priority_", required=True),
        # An impact has no status to be reached.
        asks("expected_status", Kind.ONE_OF, applies=lambda action: bool(action.criterion)),
    ),
    (asks("reason", Kind.LONG_TEXT, help="plan.reason_help"),),
    (asks("cause", Kind.LONG_TEXT, example="plan.cause_example", width=2), _level("effort"), _level("cost")),
)


def _publish(view: View, drafts: Sequence[Draft[Action]], writer: Writer) -> Saved:
    changes = [ActionChange(draft.was, draft.typed) for draft in drafts]
    return save_actions(store_folder(), changes, writer, view.today)


EDITOR: Editor[Action] = Editor("plan", LINES, Deed.ACT, _publish)


class Subject(PlanSubjectRow):
    """The criterion or impact that an action addresses, and its operation."""

    operation_title: str


@dataclass(frozen=True)
class OpenAction(Opened[Action]):
    """An action in its form, and what it addresses."""

    subject: Subject

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
    return action_of(row), row["operation_title"]


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
