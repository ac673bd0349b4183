"""What may somebody see? Everything, or some operations by name, and perhaps the others as one sum.

See docs/decisions/0045-roles.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.people.permissions import Deed, Place, allowed
from dashboard.model.people.person import GROUP, Person

REST = "REST"
"""The code of the country, and of its only operation, that stands for all operations not seen by name."""


@dataclass(frozen=True)
class Sight:
    """A right of sight. `operations` are seen by name; None means all. With `means`, the others are seen as one sum."""

    operations: frozenset[str] | None = None
    means: bool = True

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
    if person is None or any(grant.scope == GROUP for grant in person.grants):
        return EVERYTHING
    own = (code for code, country in countries.items() if allowed(person, Deed.SEE, Place(code, country)))
    operations = frozenset(own)
    return Sight(operations, means and bool(operations))
