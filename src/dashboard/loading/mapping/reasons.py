"""A guess of what a sheet means: a mapping with a reason, and a degree of certainty, for each of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.model.mapping import SheetMapping
from dashboard.model.words import Words


class Sure(StrEnum):
    """How certain a guess is: no check needed, check optional, check required."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class GuessReason:
    """Why something was guessed: `why` names the sentence under `mapping.why_`; the rest fills its placeholders."""

    sure: Sure
    why: str
    places: tuple[tuple[str, str], ...] = ()

    @property
    def new(self) -> bool:
        """Whether a word names something that is not published yet, and is taken with all such words or none."""
        return self.why.startswith("new_")

    @property
    def among_new(self) -> bool:
        """Whether a word is listed among the new ones: it names something new, or may name it."""
        return self.new or self.why == "within_new"

    def sentence(self, words: Words) -> str:
        return words(f"mapping.why_{self.why}", **dict(self.places))


@dataclass(frozen=True)
class WordMatch:
    """The code that a word of the sheet may mean (None if nothing is similar), and why."""

    code: str | None
    reason: GuessReason

    @property
    def taken(self) -> str | None:
        """The code that is used without asking; None if it is doubtful and only suggested."""
        return self.code if self.reason.sure is not Sure.DOUBTFUL else None


@dataclass(frozen=True)
class Guess:
    """A mapping of a sheet, with a reason for each of our columns and, by our column, a match for each word.

    `left` are the labels of unused columns, `examples` is one value by label, and `few` are the values of columns by
    which rows can be selected. `group` is the title of the columns that are read, if there are
    several `groups` of such columns.
    """

    mapping: SheetMapping
    columns: Mapping[str, GuessReason] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, WordMatch]] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)
    few: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: str = ""
    groups: tuple[str, ...] = ()

    @property
    def undecided(self) -> tuple[str, ...]:
        """Our columns that the sheet fills, but in a way that somebody must check."""
        missing = self.mapping.missing
        doubtful = (ours for ours, reason in self.columns.items() if reason.sure is Sure.DOUBTFUL)
        return tuple(ours for ours in doubtful if ours not in missing)

    @property
    def doubtful(self) -> bool:
        """Whether somebody must check this before use: something is missing or doubtful, or a word is unknown."""
        matches = [match.reason for by_word in self.values.values() for match in by_word.values()]
        reasons = [*self.columns.values(), *matches]
        return bool(self.mapping.missing) or any(reason.sure is Sure.DOUBTFUL for reason in reasons)
