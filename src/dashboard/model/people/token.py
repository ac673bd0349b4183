"""What is a token, with which another program reads the figures? Which rights it carries, and until when.

See docs/decisions/0046-tokens.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.model.people.permissions import WHO_MAY, Place, allowed
from dashboard.model.people.person import EVERYWHERE, PLACES, Grant, Person, Role, Scope
from dashboard.model.problem import Problem, Weight, nearest

ROLES = tuple(role for role in Role if role not in EVERYWHERE)
"""The roles of tokens. A program only reads, so none of them runs the dashboard."""
DAYS, MOST_DAYS = 90, 365
LONGEST_NAME = 60


@dataclass(frozen=True)
class Token:
    """What is kept of a token: its SHA-256, never its text.

    `maker` is the subject of whoever made it, or empty if that was done on the machine itself; `maker_grants` are what
    they may do themselves, as last known, and empty if that is not known. Times are seconds since 1970.
    """

    digest: str
    name: str
    maker: str
    grants: tuple[Grant, ...]
    made: int
    ends: int
    maker_grants: tuple[Grant, ...] = ()

    @property
    def id(self) -> str:
        """What it is called where it is listed and revoked."""
        return self.digest[:12]

    def holder(self, beside: Iterable["Token"]) -> Person:
        """Who asks with it: a program, with these rights and no others. `beside` are all tokens of its maker."""
        others = tuple(grant for token in beside for grant in token.grants)
        # At the machine itself everything is seen.
        of_maker = self.maker_grants if self.maker else (Grant(Role.VIEWER),)
        # Without a subject: what a list grants to subjects would come on top of what the maker passed on.
        return Person("", self.name, self.grants, Person(self.maker, "", of_maker, tokens=others))


@dataclass(frozen=True)
class Wanted:
    """A token that somebody asks for."""

    name: str
    grants: tuple[Grant, ...]
    days: int = DAYS

    def problems(self, maker: Person | None, countries: Mapping[str, str]) -> tuple[Problem, ...]:
        """What is wrong with it. `countries` are the operations of the publication in force, each with its country."""
        name = self.name.strip()
        checks = (
            ("token_name", not 0 < len(name) <= LONGEST_NAME or not name.isprintable(), str(LONGEST_NAME)),
            ("token_grants", not self.grants, ""),
            ("token_days", not 1 <= self.days <= MOST_DAYS, str(MOST_DAYS)),
        )
        found = [_wrong(kind, value) for kind, fails, value in checks if fails]
        return (
            *found,
            *(one for grant in self.grants for one in _of_grant(grant, countries)),
            *self._beyond(maker, countries),
        )

    def _beyond(self, maker: Person | None, countries: Mapping[str, str]) -> Iterable[Problem]:
        return (_wrong("token_beyond", str(grant)) for grant in beyond(maker, self.grants, countries))


def beyond(maker: Person | None, grants: Iterable[Grant], countries: Mapping[str, str]) -> tuple[Grant, ...]:
    """The grants that carry a deed somewhere that is not also somebody's own. At the machine itself, none is."""
    return tuple(
        grant
        for grant in grants
        if any(
            grant.role in roles and not allowed(maker, deed, place_of(grant.scope, countries))
            for deed, roles in WHO_MAY.items()
        )
    )


def place_of(scope: Scope, countries: Mapping[str, str]) -> Place:
    """The place that a scope names."""
    if scope.kind == "operation":
        return Place(scope.code, countries.get(scope.code, ""))
    return Place(country=scope.code)


def _of_grant(grant: Grant, countries: Mapping[str, str]) -> Iterable[Problem]:
    if grant.role not in ROLES:
        yield _wrong("token_role", grant.role)
    kind, code = grant.scope.kind, grant.scope.code
    known = set(countries) if kind == "operation" else set(countries.values())
    if kind in PLACES and code not in known:
        yield _wrong(f"unknown_{kind}", code, nearest(code, known))


def _wrong(kind: str, value: str, hint: str | None = None) -> Problem:
    return Problem(kind, "token", value=value, hint=hint, weight=Weight.FILE)
