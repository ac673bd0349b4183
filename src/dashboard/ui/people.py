"""Who has signed in? Nobody, while sign-in is off."""

from starlette.types import Scope

from dashboard.model.people.person import Person


def person() -> Person | None:
    """Return who has signed in to this session; None while sign-in is off."""
    return None


def person_of(scope: Scope) -> Person | None:
    """Return who has signed in, for a request; None while sign-in is off."""
    return None
