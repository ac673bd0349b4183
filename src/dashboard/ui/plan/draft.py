"""What has somebody typed into the plan and not saved? Kept under our own keys, since widgets forget what they held."""

from dataclasses import replace

from dashboard.model.draft import Draft
from dashboard.model.plan.action import Action
from dashboard.ui.session_keys import PLAN_DRAFTS, PLAN_GRID_SHEET


def drafts() -> dict[str, Draft[Action]]:
    """Everything that is not saved, by the id of the action or the name of a new one."""
    return PLAN_DRAFTS.setdefault({})


def name_of_new(action: Action) -> str:
    """What a new action is kept under: no id begins so."""
    return f"new {action.criterion or action.impact} {action.operation}"


def keep(key: str, draft: Draft[Action], start: Action) -> None:
    """Keep what was typed; what says the same as it began with is no draft."""
    if draft.typed == (draft.was or start):
        drop(key)
    else:
        drafts()[key] = draft


def drop(key: str) -> None:
    """Forget what was typed."""
    drafts().pop(key, None)


def settle(key: str, draft: Draft[Action] | None = None) -> None:
    """Put another draft in the place of one, or none; the grid then shows it."""
    drop(key)
    if draft is not None:
        drafts()[key] = draft
    PLAN_GRID_SHEET.pop()


def renew(known: tuple[str, ...]) -> None:
    """What was typed into an action that is no longer there becomes a new one, so that it is not lost."""
    for key, draft in list(drafts().items()):
        if draft.was is not None and draft.was.action not in known:
            drop(key)
            drafts()[name_of_new(draft.typed)] = Draft(None, replace(draft.typed, action=""))
