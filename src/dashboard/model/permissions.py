"""People and tokens with their roles, and one table of who may do what; a grant counts for the places that it names.

Grants arrive as texts: claims of a provider, rows of a list. See docs/decisions/0023-what-is-seen.md and
docs/decisions/0022-sign-in.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from dashboard.model.problem import Problem, Weight, nearest

ScopeKind = Literal["group", "country", "operation"]
PLACES: tuple[ScopeKind, ...] = ("country", "operation")
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

    kind: ScopeKind = "group"
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind


GROUP_SCOPE = Scope()


@dataclass(frozen=True)
class Grant:
    """One role, and where it holds. As text it reads back as the same grant."""

    role: Role
    scope: Scope = GROUP_SCOPE

    def __str__(self) -> str:
        return str(self.role) if self.scope == GROUP_SCOPE else f"{self.role}@{self.scope}"


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
    locale: str = ""
    """The language that the provider says they prefer, such as `fr-SN`; empty if it says none."""


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


class Deed(StrEnum):
    """What somebody may do, besides anything that changes nothing and shows nothing new."""

    SEE = "see"
    ANSWER = "answer"
    HEARD = "heard"
    REVIEW = "review"
    APPROVE = "approve"
    APPROVE_GROUP = "approve_group"
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
    # Of an operation or a country, if one has given none of its answers.
    Deed.APPROVE: (Role.REVIEWER,),
    Deed.APPROVE_GROUP: _STEWARDS,
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
OF_A_PLACE = frozenset((Deed.SEE, Deed.ANSWER, Deed.HEARD, Deed.REVIEW, Deed.APPROVE, Deed.ACT, Deed.TARGET))
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


def present_person(person: Person, present: Callable[[str, str], str]) -> Person:
    """The person with every role at the present code of its country or operation, wherever a former one is named.

    `present` is given `country` or `operation`, and a code.
    """

    def held(grants: Iterable[Grant]) -> tuple[Grant, ...]:
        return tuple(
            replace(one, scope=replace(one.scope, code=present(one.scope.kind, one.scope.code)))
            if one.scope.code
            else one
            for one in grants
        )

    return replace(person, grants=held(person.grants), tokens=held(person.tokens))


def covers(scope: Scope, place: Place) -> bool:
    """Whether a scope includes a place. That of the group includes every place; only it includes the group itself."""
    if scope.kind == "group":
        return True
    return bool(scope.code) and scope.code == (place.country if scope.kind == "country" else place.operation)


def role_for(person: Person, deed: Deed) -> str:
    """The role recorded when somebody does something; empty if no role of theirs carries it."""
    return next((role.value for role in WHO_MAY[deed] if any(grant.role is role for grant in person.grants)), "")


@dataclass(frozen=True)
class Granted:
    """One role of one person, as texts. Without a role, it is the request to end the one it was."""

    subject: str = ""
    role: str = "viewer"
    scope: str = "group"

    def with_role(self, role: str) -> "Granted":
        """The same with another role; one that concerns everything holds in the group."""
        return Granted(self.subject, role, "group" if role in EVERYWHERE else self.scope)


TOKEN_ROLES = tuple(role for role in Role if role not in EVERYWHERE)
"""The roles of tokens. A program only reads, so none of them runs the dashboard."""
TOKEN_DAYS, MOST_TOKEN_DAYS = 90, 365
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
class WantedToken:
    """A token that somebody asks for."""

    name: str
    grants: tuple[Grant, ...]
    days: int = TOKEN_DAYS

    def problems(self, maker: Person | None, countries: Mapping[str, str]) -> tuple[Problem, ...]:
        """What is wrong with it. `countries` are the operations of the publication in force, each with its country."""
        name = self.name.strip()
        checks = (
            ("token_name", not 0 < len(name) <= LONGEST_NAME or not name.isprintable(), str(LONGEST_NAME)),
            ("token_grants", not self.grants, ""),
            ("token_days", not 1 <= self.days <= MOST_TOKEN_DAYS, str(MOST_TOKEN_DAYS)),
        )
        found = [_wrong_token(kind, value) for kind, fails, value in checks if fails]
        return (
            *found,
            *(one for grant in self.grants for one in _of_grant(grant, countries)),
            *self._beyond(maker, countries),
        )

    def _beyond(self, maker: Person | None, countries: Mapping[str, str]) -> Iterable[Problem]:
        return (_wrong_token("token_beyond", str(grant)) for grant in grants_beyond(maker, self.grants, countries))


def grants_beyond(maker: Person | None, grants: Iterable[Grant], countries: Mapping[str, str]) -> tuple[Grant, ...]:
    """The grants that carry a deed somewhere that is not also somebody's own. At the machine itself, none is."""
    return tuple(
        grant
        for grant in grants
        if any(
            grant.role in roles and not allowed(maker, deed, place_of_scope(grant.scope, countries))
            for deed, roles in WHO_MAY.items()
        )
    )


def place_of_scope(scope: Scope, countries: Mapping[str, str]) -> Place:
    """The place that a scope names."""
    if scope.kind == "operation":
        return Place(scope.code, countries.get(scope.code, ""))
    return Place(country=scope.code)


def _of_grant(grant: Grant, countries: Mapping[str, str]) -> Iterable[Problem]:
    if grant.role not in TOKEN_ROLES:
        yield _wrong_token("token_role", grant.role)
    kind, code = grant.scope.kind, grant.scope.code
    known = set(countries) if kind == "operation" else set(countries.values())
    if kind in PLACES and code not in known:
        yield _wrong_token(f"unknown_{kind}", code, nearest(code, known))


def _wrong_token(kind: str, value: str, hint: str | None = None) -> Problem:
    return Problem(kind, "token", value=value, hint=hint, weight=Weight.FILE)
