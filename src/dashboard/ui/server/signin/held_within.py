"""Do the tokens of somebody who comes in carry more than they themselves still may? Asked once for each connection."""

from anyio import to_thread

from dashboard.model.people.person import Person
from dashboard.store.location import store_folder
from dashboard.store.tokens import hold_within
from dashboard.ui.versions.sight import countries_in_force


async def held_within(person: Person) -> None:
    """Limit their tokens to the roles that they have now."""
    await to_thread.run_sync(hold_within, store_folder(), person, countries_in_force)
