"""What may somebody see? Everything, or some operations by name, and perhaps the others as one sum.

See docs/decisions/0045-roles.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.model.people.permissions import Deed, Place, allowed
from dashboard.model.people.person import GROUP, Grant, Person

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
    return _seen((grant for grant in maker.tokens if grant.scope != GROUP), countries)


def _is_whole(grants: Iterable[Grant]) -> bool:
    return any(grant.scope == GROUP for grant in grants)


def _seen(grants: Iterable[Grant], countries: Mapping[str, str]) -> frozenset[str]:
    reader = Person("", "", tuple(grants))
    return frozenset(code for code, country in countries.items() if allowed(reader, Deed.SEE, Place(code, country)))
