"""What does a sheet most likely mean, and how certain is that? A mapping with a reason for each of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.words import Words


class Sure(StrEnum):
    """How certain a guess is: nobody need check it, somebody may, somebody must."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Reason:
    """Why something was guessed: `why` names the sentence under `mapping.why_`; the rest fills its placeholders."""

    sure: Sure
    why: str
    places: tuple[tuple[str, str], ...] = ()

    def sentence(self, words: Words) -> str:
        return words(f"mapping.why_{self.why}", **dict(self.places))


@dataclass(frozen=True)
class Match:
    """The code that one of their words may stand for, None if nothing is similar, and why."""

    code: str | None
    reason: Reason

    @property
    def taken(self) -> str | None:
        """The code that is used without asking; a doubtful one is only suggested."""
        return self.code if self.reason.sure is not Sure.DOUBTFUL else None


@dataclass(frozen=True)
class Guess:
    """A mapping of a sheet, with a reason for each of our columns and, by column, for each of their words.

    `left` are their columns that we do not use. `examples` are values by label.
    """

    mapping: SheetMapping
    columns: Mapping[str, Reason] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Match]] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)
    few: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def doubtful(self) -> bool:
        """Whether somebody must check before this is used: something is missing or doubtful, or a word is unknown."""
        matches = [match.reason for by_word in self.values.values() for match in by_word.values()]
        reasons = [*self.columns.values(), *matches]
        return bool(self.mapping.missing) or any(reason.sure is Sure.DOUBTFUL for reason in reasons)
