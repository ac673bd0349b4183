"""Who may publish? The one rule, asked by everything that changes the store."""

from dataclasses import dataclass
from ipaddress import ip_address

from dashboard.model.problem import Problem, Weight


@dataclass(frozen=True)
class Writer:
    """Someone who wants to change what is published: a role, never a name, and a reason.

    `listens_on` is the address of the server the wish came through; None for a person at the machine itself.
    """

    role: str
    why: str
    listens_on: str | None = None


def refusal(writer: Writer) -> Problem | None:
    """Why this writer may not publish, or None.

    A server that only this machine can reach may publish. One that others can reach shows everything and changes
    nothing, until access is configured.
    """
    if writer.listens_on is not None and not is_loopback(writer.listens_on):
        return Problem("may_not_publish", "store", value=writer.listens_on or "0.0.0.0", weight=Weight.FILE)  # noqa: S104
    if not writer.role.strip():
        return Problem("role_missing", "store", weight=Weight.FILE)
    return None


def is_loopback(address: str) -> bool:
    """Whether an address is reached from this machine alone. An empty one means every interface."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
