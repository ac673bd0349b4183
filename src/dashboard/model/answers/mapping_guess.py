"""How is a sheet most likely meant, and how sure is that? A mapping with a reason for each of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.words import Words


class Sure(StrEnum):
    """How sure a guess is: nobody need look, somebody may, somebody must."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Reason:
    """Why something was guessed: `why` names the sentence under `mapping.why_`, with what fills its places."""

    sure: Sure
    why: str
    places: tuple[tuple[str, str], ...] = ()

    def sentence(self, words: Words) -> str:
        return words(f"mapping.why_{self.why}", **dict(self.places))


@dataclass(frozen=True)
class Match:
    """The code that a word of theirs may stand for, None where nothing is near, and why."""

    code: str | None
    reason: Reason

    @property
    def taken(self) -> str | None:
        """The code that is taken without asking: one that is doubtful is only suggested."""
        return self.code if self.reason.sure is not Sure.DOUBTFUL else None


@dataclass(frozen=True)
class Guess:
    """A mapping of a sheet; for each column of ours its reason, for each word of theirs the same, by column of ours.

    `left` are their columns that nothing of ours takes. `examples` are values by label.
    """

    mapping: SheetMapping
    columns: Mapping[str, Reason] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Match]] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)

    @property
    def doubtful(self) -> bool:
        """Whether somebody must look before this is used: something is missing or doubtful, or a word is unknown."""
        matches = [match.reason for by_word in self.values.values() for match in by_word.values()]
        reasons = [*self.columns.values(), *matches]
        return bool(self.mapping.missing) or any(reason.sure is Sure.DOUBTFUL for reason in reasons)
