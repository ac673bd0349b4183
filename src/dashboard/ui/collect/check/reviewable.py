"""Which of the answers that await review may this person review? Those in their scope that are not their own."""

from collections.abc import Sequence

from dashboard.model.people.permissions import Deed, Place, allowed
from dashboard.queries import ask
from dashboard.queries.elements.questions import OPERATIONS
from dashboard.store.history import StoreError, history
from dashboard.store.location import store_folder
from dashboard.ui import session
from dashboard.ui.collect.check.draft import CheckingRow
from dashboard.ui.view import View


def reviewable(view: View, found: list[CheckingRow]) -> tuple[list[CheckingRow], int]:
    """Return the rows that this person may review, and how many others are left out as their own answers."""
    person = session.person()
    if person is None:
        return found, 0
    own = steps_of(person.subject)
    places = {
        row["operation"]: Place(row["operation"], row["country"])
        for row in ask.rows(view.published, OPERATIONS, view.parameters())
    }
    within = [
        row for row in found if allowed(person, Deed.REVIEW, places.get(row["operation"], Place(row["operation"])))
    ]
    others = [row for row in within if row["step"] not in own]
    return others, len(within) - len(others)


def steps_of(subject: str) -> Sequence[int]:
    """Return the publications that somebody made."""
    try:
        return [revision.number for revision in history(store_folder()) if revision.subject == subject]
    except StoreError:
        # The page of the history reports what is wrong with it; saving a review asks again.
        return ()
