"""What has been entered in the plan but not saved? Kept under our own keys, because widgets forget their values."""

from dataclasses import replace

from dashboard.model.draft import Draft
from dashboard.model.plan.action import Action
from dashboard.ui.session_keys import PLAN_DRAFTS, PLAN_GRID_SHEET


def drafts() -> dict[str, Draft[Action]]:
    """Return all unsaved drafts, by the id of the action or the key of a new one."""
    return PLAN_DRAFTS.setdefault({})


def name_of_new(action: Action) -> str:
    """Return the key for a new action; no id starts like this."""
    return f"new {action.criterion or action.impact} {action.operation}"


def keep(key: str, draft: Draft[Action], start: Action) -> None:
    """Keep what was entered; a draft equal to what it started from is dropped."""
    if draft.typed == (draft.was or start):
        drop(key)
    else:
        drafts()[key] = draft


def drop(key: str) -> None:
    """Discard the draft."""
    drafts().pop(key, None)


def settle(key: str, draft: Draft[Action] | None = None) -> None:
    """Replace a draft by another, or by none; the grid then shows it."""
    drop(key)
    if draft is not None:
        drafts()[key] = draft
    PLAN_GRID_SHEET.pop()


def renew(known: tuple[str, ...]) -> None:
    """Turn drafts of actions that no longer exist into new ones, so that they are not lost."""
    for key, draft in list(drafts().items()):
        if draft.was is not None and draft.was.action not in known:
            drop(key)
            drafts()[name_of_new(draft.typed)] = Draft(None, replace(draft.typed, action=""))
