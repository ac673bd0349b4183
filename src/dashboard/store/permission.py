"""Who may publish, and who may preview? The one rule, asked by everything that changes the store or takes files.

See docs/decisions/0020-who-may-change-what.md.
"""

import os
from dataclasses import dataclass
from ipaddress import ip_address

from dashboard.model.host import Host, read_names
from dashboard.model.people.permissions import Deed, Place, allowed, allowed_somewhere
from dashboard.model.people.person import Person
from dashboard.model.problem import Problem, Weight

TRIALS = "DASHBOARD_TRIALS"
"""The environment variable with which an operator lets everybody who reaches the server preview files of their own."""

PUBLIC_NAMES = "DASHBOARD_PUBLIC_NAMES"
"""The environment variable with the names by which others reach the server, separated by commas."""


@dataclass(frozen=True)
class Writer:
    """Someone who wants to change what is published: a role, never a name, and a reason.

    `listens_on` is the address of the server that received the request; None for somebody at the machine itself.
    `person` has signed in; None without sign-in, and at the machine itself.
    """

    role: str
    why: str
    listens_on: str | None = None
    person: Person | None = None

    @property
    def subject(self) -> str:
        """The id under which what they do is recorded; empty without sign-in."""
        return self.person.subject if self.person is not None else ""


def refusal(writer: Writer, deed: Deed) -> Problem | None:
    """Why this writer may do something nowhere, or None.

    A server that only this machine can reach may publish. One that others can reach shows everything and changes
    nothing, unless people sign in; then their roles decide.
    """
    if writer.person is not None:
        if not allowed_somewhere(writer.person, deed):
            return Problem("not_your_role", "store", weight=Weight.FILE)
    elif writer.listens_on is not None and not is_loopback(writer.listens_on):
        return Problem("may_not_publish", "store", value=writer.listens_on or "0.0.0.0", weight=Weight.FILE)  # noqa: S104
    if not writer.role.strip():
        return Problem("role_missing", "store", weight=Weight.FILE)
    return None


def refusal_at(writer: Writer, deed: Deed, place: Place) -> Problem | None:
    """Why this writer may not do something at a place, or None."""
    if allowed(writer.person, deed, place):
        return None
    where = place.operation or place.country or "store"
    return Problem("not_your_role_here", where, value=where, weight=Weight.FILE)


def trial_refusal(listens_on: str, person: Person | None = None) -> Problem | None:
    """Why a server listening at this address takes no files for inspection or preview, or None.

    Anybody who can reach it could fill its memory and its disk, so its operator must have allowed it. Whoever has
    signed in needs a role.
    """
    if person is not None:
        return None if allowed(person, Deed.PREVIEW) else Problem("not_your_role", "store", weight=Weight.FILE)
    if is_loopback(listens_on) or os.environ.get(TRIALS) == "1":
        return None
    return Problem("may_not_try", "store", value=listens_on or "0.0.0.0", weight=Weight.FILE)  # noqa: S104


def public_names() -> tuple[tuple[Host, ...], tuple[str, ...]]:
    """The names that the operator gave to this server, each perhaps with a port, and the invalid ones."""
    return read_names(os.environ.get(PUBLIC_NAMES, ""))


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach an address. An empty one means every interface."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
