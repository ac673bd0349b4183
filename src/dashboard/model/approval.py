"""Approvals: the word of an operation, a country or the group on a round, and the figures as they were approved.

See docs/decisions/0023-what-is-seen.md.
"""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from dashboard.model.permissions import Deed
from dashboard.model.records import RECORDS, EditedRow

STATES = RECORDS["approvals"].column("state").words
READY, APPROVED, REOPENED = STATES


class Level(NamedTuple):
    """Whose word on a round it is: an operation's, a country's, or with neither that of the group."""

    round: str
    operation: str = ""
    country: str = ""

    @property
    def kind(self) -> str:
        """The name of the level: `operation`, `country` or `group`."""
        return "operation" if self.operation else "country" if self.country else "group"

    @property
    def place(self) -> str:
        """The code of the operation or country; empty for the group."""
        return self.operation or self.country


class LevelFigure(NamedTuple):
    """The figure of respect of one standard at a level: whole percent and band, null where none is shown.

    `reading` is one of `READINGS` in `figures/read.py`.
    """

    framework: str
    percent: int | None
    reading: str
    band: str | None


@dataclass(frozen=True)
class Approval(EditedRow):
    """The last word on one level. `role` is who says so; `note` says why, if it was opened again."""

    form: ClassVar[str] = "approvals"
    deed: ClassVar[Deed] = Deed.APPROVE
    round: str = ""
    operation: str = ""
    country: str = ""
    state: str = ""
    role: str = ""
    note: str = ""
    said_on: str = ""

    @property
    def level(self) -> Level:
        """Whose word it is."""
        return Level(self.round, self.operation, self.country)


@dataclass(frozen=True)
class Signed:
    """A new word of a load: what it says of which level, and the steps that brought the answers there.

    `within` is the country of an operation.
    """

    level: Level
    state: str
    within: str
    steps: tuple[int, ...]


def deeds_of(level: Level, state: str) -> tuple[Deed, ...]:
    """Which deeds, any of them, allow somebody to say this of a level.

    Whoever answers there may say that it is ready.
    """
    if not level.place:
        return (Deed.APPROVE_GROUP,)
    return (Deed.APPROVE, Deed.ANSWER) if state == READY else (Deed.APPROVE,)
