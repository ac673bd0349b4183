"""Limits the tokens of somebody who comes in to what they themselves still may, once for each connection."""

from anyio import to_thread
from starlette.types import Scope

from dashboard.store.location import store_folder
from dashboard.store.tokens import hold_within
from dashboard.ui.session import person_of
from dashboard.ui.versions.sight import countries_in_force


async def held_within(scope: Scope) -> None:
    """Limit their tokens to the roles that they have now. A program that asks with a token has none of its own."""
    await to_thread.run_sync(_held, scope)


def _held(scope: Scope) -> None:
    person = person_of(scope)
    if person is not None and person.maker is None:
        hold_within(store_folder(), person, countries_in_force)
