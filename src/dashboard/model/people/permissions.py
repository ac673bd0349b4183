"""Who may do what? One table of deeds and roles; a grant counts for the places that it names.

See docs/decisions/0045-roles.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.model.people.person import Person, Role, Scope


class Deed(StrEnum):
    """What somebody may do, besides anything that changes nothing and shows nothing new."""

    SEE = "see"
    ANSWER = "answer"
    HEARD = "heard"
    REVIEW = "review"
    ACT = "act"
    TARGET = "target"
    LOAD = "load"
    PREVIEW = "preview"
    ROUND = "round"
    SAVE_VIEW = "save_view"
    LEAD = "lead"
    REVERT = "revert"
    PRUNE = "prune"
    GRANT = "grant"


@dataclass(frozen=True)
class Place:
    """Where something is done: an operation with its country, a country, or, with neither, the whole group."""

    operation: str = ""
    country: str = ""


GROUP = Place()
_STEWARDS = (Role.STEWARD, Role.ADMIN)
WHO_MAY: Mapping[Deed, tuple[Role, ...]] = {
    Deed.SEE: tuple(Role),
    Deed.ANSWER: (Role.CONTRIBUTOR,),
    Deed.HEARD: (Role.CONTRIBUTOR,),
    # Not of one's own answers, whatever else one is.
    Deed.REVIEW: (Role.REVIEWER,),
    Deed.ACT: _STEWARDS,
    Deed.TARGET: _STEWARDS,
    Deed.LOAD: _STEWARDS,
    Deed.PREVIEW: _STEWARDS,
    Deed.ROUND: _STEWARDS,
    Deed.SAVE_VIEW: _STEWARDS,
    Deed.LEAD: _STEWARDS,
    Deed.REVERT: (Role.ADMIN,),
    Deed.PRUNE: (Role.ADMIN,),
    Deed.GRANT: (Role.ADMIN,),
}
"""The table: which roles carry a deed."""
OF_A_PLACE = frozenset((Deed.SEE, Deed.ANSWER, Deed.HEARD, Deed.REVIEW, Deed.ACT, Deed.TARGET))
"""Deeds that may be granted for a country or an operation. All others concern the whole group."""


def allowed(person: Person | None, deed: Deed, place: Place = GROUP, answered_by: str = "") -> bool:
    """Whether somebody may do something at a place. Without sign-in nobody is known, and roles forbid nothing.

    `answered_by` is the subject who gave the answer that is to be reviewed.
    """
    if person is None:
        return True
    if deed is Deed.REVIEW and answered_by == person.subject:
        return False
    at = place if deed in OF_A_PLACE else GROUP
    return any(grant.role in WHO_MAY[deed] and covers(grant.scope, at) for grant in person.grants)


def allowed_somewhere(person: Person | None, deed: Deed) -> bool:
    """Whether somebody may do something anywhere at all, so that a page offers it."""
    if person is None:
        return True
    if deed not in OF_A_PLACE:
        return allowed(person, deed)
    return any(grant.role in WHO_MAY[deed] for grant in person.grants)


def covers(scope: Scope, place: Place) -> bool:
    """Whether a scope includes a place. That of the group includes every place; only it includes the group itself."""
    if scope.kind == "group":
        return True
    return bool(scope.code) and scope.code == (place.country if scope.kind == "country" else place.operation)


def role_for(person: Person, deed: Deed) -> str:
    """The role recorded when somebody does something; empty if no role of theirs carries it."""
    return next((role.value for role in WHO_MAY[deed] if any(grant.role is role for grant in person.grants)), "")
