"""Who is signed in, and in which roles?

Grants arrive as texts: claims of a provider, rows of a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from dashboard.model.problem import Problem, Weight, nearest

Kind = Literal["group", "country", "operation"]
PLACES: tuple[Kind, ...] = ("country", "operation")
"""The kinds of scope that name a place; the group has no code."""


class Role(StrEnum):
    """What someone may be: from reading to running the dashboard."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    STEWARD = "steward"
    ADMIN = "admin"


EVERYWHERE = frozenset((Role.STEWARD, Role.ADMIN))
"""Roles that concern all of the store, so that a place would promise a limit that nothing keeps."""


@dataclass(frozen=True)
class Scope:
    """Where a role holds: in the whole group, in one country, or in one operation. The code of the group is ""."""

    kind: Kind = "group"
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind


GROUP = Scope()


@dataclass(frozen=True)
class Grant:
    """One role, and where it holds. As text it reads back as the same grant."""

    role: Role
    scope: Scope = GROUP

    def __str__(self) -> str:
        return str(self.role) if self.scope == GROUP else f"{self.role}@{self.scope}"


@dataclass(frozen=True)
class Person:
    """Someone who is signed in.

    `subject` is what is recorded: "<issuer host>|<sub>". It never changes, unlike a name or an address for mail.
    `name` is for the screen, and recorded nowhere.
    """

    subject: str
    name: str
    grants: tuple[Grant, ...] = ()
    maker: "Person | None" = None
    """For a program that asks with a token: whoever made it, with the grants that they had when they last came in."""
    tokens: tuple[Grant, ...] = ()
    """For the maker of a token: the grants of all tokens that they made."""


def read_grants(values: Iterable[str]) -> tuple[tuple[Grant, ...], tuple[Problem, ...]]:
    """The grants in texts such as `viewer` or `contributor@operation:gha-mobile`, each once, and what is none.

    A text that is only nearly a grant, such as one with a blank, grants nothing. Whether a place exists is for the
    lists of a publication to say.
    """
    read = [_read(text) for text in values if text.strip()]
    grants = dict.fromkeys(one for one in read if isinstance(one, Grant))
    return tuple(grants), tuple(one for one in read if isinstance(one, Problem))


def _read(text: str) -> Grant | Problem:
    role, at, scope = text.partition("@")
    if text.split() != [text]:
        return _wrong("grant_blank", text, hint=nearest(role.strip(), Role))
    if role not in set(Role):
        return _wrong("no_grant", text, hint=nearest(role, Role))
    if not at or scope == "group":
        return Grant(Role(role))
    kind, _, code = scope.partition(":")
    if kind not in PLACES or not code:
        return _wrong("no_scope", text)
    if role in EVERYWHERE:
        return _wrong("grant_everywhere", text)
    return Grant(Role(role), Scope(kind, code))


def _wrong(kind: str, text: str, hint: str | None = None) -> Problem:
    return Problem(kind, "roles", value=text, hint=hint, weight=Weight.NOTE)
