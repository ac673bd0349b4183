"""What went wrong with something handed in: where, what, what was expected, and the nearest right thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from dashboard.model.words import Words


class Weight(StrEnum):
    """How much a problem costs: the whole file, one row, or nothing."""

    FILE = "file"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """One thing found wrong. `kind` names its sentence in `words/*.yaml` under `problem`.

    `row` is the line of a text file, or the row of a sheet, counted as the reader's own program counts it.
    """

    kind: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    hint: str | None = None
    weight: Weight = Weight.ROW

    @property
    def serious(self) -> bool:
        """Whether something handed in stays out because of it."""
        return self.weight is not Weight.NOTE


def nearest(value: str | None, known: Iterable[str]) -> str | None:
    """The known code most like `value`, or None when nothing is near."""
    if not value:
        return None
    by_lower = {code.lower(): code for code in known}
    found = get_close_matches(value.strip().lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def sentence(problem: Problem, words: Words) -> str:
    """The problem as one line of text, the same on the page, on the command line and in a log."""
    where = problem.file
    if problem.row is not None:
        where += words("problem.at_row", row=str(problem.row))
    if problem.column is not None:
        where += words("problem.at_column", column=problem.column)
    parts = [words(f"problem.{problem.kind}", value=shortened(problem.value))]
    if problem.expected is not None:
        parts.append(words("problem.expected", expected=problem.expected))
    if problem.hint is not None:
        parts.append(words("problem.hint", hint=problem.hint))
    return f"{where}: {' '.join(parts)}"


def shortened(value: str | None) -> str:
    """A value as it is quoted in a sentence: one line, at most 80 characters."""
    text = " ".join((value or "").split())
    return text if len(text) <= 80 else f"{text[:79]}…"
