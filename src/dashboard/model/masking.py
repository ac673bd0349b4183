"""Aliases that replace operations, countries and actions when names are hidden, and the right to see them by name.

Somebody may see everything, or some operations by name, and perhaps the others as one sum. See
docs/decisions/0023-what-is-seen.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import SystemRandom

from dashboard.model.known_codes import AT
from dashboard.model.pages import place_in, place_of
from dashboard.model.permissions import GROUP_SCOPE, Deed, Grant, Person, Place, allowed
from dashboard.model.plan import CALLED, OF

FIELDS = {
    "country": ("country",),
    "of_country": ("country",),
    "operation": ("operation", "head_office"),
    "subject": ("operation", "head_office"),
    "action": ("action",),
    "agreed": ("action",),
}
"""The fields of a view that name one of these, with the kinds they name."""
IMAGINED = "imagined"
"""The field that holds a scenario, whose assumptions name places."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_chance = SystemRandom()


@dataclass(frozen=True)
class Aliases:
    """For each kind, the number of every code, from 0. Numbers are random: an order reveals as much as a name."""

    numbers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def grown(self, codes: Mapping[str, Iterable[str]], lies_in: Mapping[str, str] | None = None) -> "Aliases":
        """The same with anything new in `codes` added, by kind, countries first; existing aliases are kept.

        `lies_in` gives the country of an operation: new ones are numbered like their countries, so that where each
        country has one operation, both have the same letter.
        """
        numbers = {kind: dict(self.numbers.get(kind, {})) for kind in ("country", *codes)}
        for kind, of_kind in codes.items():
            new = [code for code in of_kind if code not in numbers[kind]]
            _chance.shuffle(new)
            new.sort(key=lambda code: numbers["country"].get((lies_in or {}).get(code, ""), 0))
            numbers[kind] |= {code: len(numbers[kind]) + place for place, code in enumerate(new)}
        return Aliases({**self.numbers, **numbers})

    def alias(self, kind: str, code: str) -> str:
        """The alias of a code; a code without one is unchanged."""
        number = self.numbers.get(kind, {}).get(code)
        if number is None:
            return code
        return f"safe-{kind.replace('_', '-')}-{self.name(kind, code).lower()}"

    def name(self, kind: str, code: str) -> str:
        """The variable part of an alias: a letter or, for the more numerous actions, a number."""
        number = self.numbers[kind][code]
        return str(number + 1) if kind == "action" else letters(number)

    def hiding(self, query: Mapping[str, str]) -> dict[str, str]:
        """The parameters of a URL with every code replaced by its alias."""
        return _translated(query, self._aliases)

    def telling(self, query: Mapping[str, str]) -> dict[str, str]:
        """The inverse: every alias replaced by the code it stands for."""
        return _translated(query, {kind: {a: code for code, a in of.items()} for kind, of in self._aliases.items()})

    @cached_property
    def _aliases(self) -> dict[str, dict[str, str]]:
        """Cached, since every run of every page needs some of them."""
        return {kind: {code: self.alias(kind, code) for code in of} for kind, of in self.numbers.items()}


def letters(number: int) -> str:
    """A, B … Z, AA, AB …, like the columns of a spreadsheet."""
    rest, last = divmod(number, len(_ALPHABET))
    return (letters(rest - 1) if rest else "") + _ALPHABET[last]


def _translated(query: Mapping[str, str], by_kind: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    translated = dict(query)
    for name in FIELDS.keys() & query.keys():
        others = {code: other for kind in FIELDS[name] for code, other in by_kind.get(kind, {}).items()}
        parts = (code.partition(AT) for code in query[name].split(","))
        translated[name] = ",".join(others.get(code, code) + at + round_ for code, at, round_ in parts)
    if IMAGINED in query:
        others = {
            code: other for kind in ("country", *FIELDS["operation"]) for code, other in by_kind.get(kind, {}).items()
        }
        split = (code.partition(OF) for code in query[IMAGINED].split(","))
        translated[IMAGINED] = ",".join(others.get(where, where) + of + what for where, of, what in split)
    if query.get("back"):
        page, inner = place_in(query["back"])
        translated["back"] = place_of(page, _translated(inner, by_kind))
    return translated


def unnamed(query: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a URL without what somebody typed, such as the name of a scenario."""
    left = dict(query)
    if IMAGINED in left:
        left[IMAGINED] = ",".join(code for code in left[IMAGINED].split(",") if not code.startswith(CALLED + OF))
    if left.get("back"):
        page, inner = place_in(left["back"])
        left["back"] = place_of(page, unnamed(inner))
    return left


REST = "REST"
"""The code of the country, and of its only operation, that stands for all operations not seen by name."""


@dataclass(frozen=True)
class Sight:
    """A right of sight. `operations` are seen by name; None means all. With `means`, the others are seen as one sum.

    `known` are operations that whoever reads this may know from elsewhere, and so may subtract from that sum. It is
    shown only where enough others answered.
    """

    operations: frozenset[str] | None = None
    means: bool = True
    known: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return self.operations is None

    @property
    def is_nothing(self) -> bool:
        return self.operations == frozenset()


EVERYTHING = Sight()


def sight_of(person: Person | None, countries: Mapping[str, str], means: bool) -> Sight:
    """The right of sight of somebody, in a publication with these operations and their countries.

    Without sign-in, and with a role in the whole group, that is everything. `means` says whether a role in a country or
    an operation also shows the others as one sum.
    """
    if person is None or _is_whole(person.grants):
        return EVERYTHING
    operations, maker = _seen(person.grants, countries), person.maker
    means = means and bool(operations) and (maker is None or bool(maker.grants))
    return Sight(operations, means, _beside(maker, countries) - operations if maker and means else frozenset())


def _beside(maker: Person, countries: Mapping[str, str]) -> frozenset[str]:
    """What the maker of a token sees. If that is everything, what all their tokens show: one program may hold several.

    Sums of different tokens then differ only by operations that are seen by name.
    """
    if not _is_whole(maker.grants):
        return _seen(maker.grants, countries)
    return _seen((grant for grant in maker.tokens if grant.scope != GROUP_SCOPE), countries)


def _is_whole(grants: Iterable[Grant]) -> bool:
    return any(grant.scope == GROUP_SCOPE for grant in grants)


def _seen(grants: Iterable[Grant], countries: Mapping[str, str]) -> frozenset[str]:
    reader = Person("", "", tuple(grants))
    return frozenset(code for code, country in countries.items() if allowed(reader, Deed.SEE, Place(code, country)))
