"""What is wrong with something imported; an uploaded file; and the limits of what reading one may take.

A problem says where it is, what it is, what was expected, and the nearest valid value. See
docs/decisions/0001-one-way-in.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from dashboard.model.words import Words

OF_NO_FILE = frozenset((
    "role_missing", "may_not_publish", "may_not_try", "no_grant", "no_scope", "grant_blank", "grant_everywhere",
    "not_your_role", "not_your_role_here", "nothing_granted", "token_name", "token_grants", "token_days",
    "token_beyond", "token_role", "tokens_unreadable", "too_many_tokens", "no_token", "names_unreadable", "last_admin",
    "no_source", "replica", "out_of_force", "round_unanswered", "bad_verdict", "page_missing", "instead_missing",
    "instead_unused",
))  # fmt: skip
"""Kinds that concern the person and not a file: their sentence names no place."""
PLACES = {
    (False, False): "problem_place.file",
    (True, False): "problem_place.row",
    (False, True): "problem_place.column",
    (True, True): "problem_place.cell",
}
"""The sentence that says where a problem is, by whether its row and its column are known."""
MOST = 80
"""How many characters of a value are quoted in a sentence."""
LISTED = 2000
"""How many characters are quoted of a value that lists things, all of which matter."""
WIDE = {
    "left_behind": LISTED,
    "changed_unversioned": 200,
    "same_words": 200,
    "worded_otherwise": 400,
    "asked_since": 400,
    "rows_gone": 400,
}
"""By kind: for values that show two texts side by side, with what they share already left out."""


class Weight(StrEnum):
    """How much a problem costs: the whole file, one row, or nothing."""

    FILE = "file"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """One problem. `kind` names its sentence in `words/*.yaml` under `problem`.

    The sentence of this kind under `problem_expected`, if there is one, puts `expected` into words. `row` is the line
    of a text file, or the row of a sheet, counted as the reader's own program counts it.
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
        """Whether it keeps something imported out."""
        return self.weight is not Weight.NOTE


def nearest(value: str | None, known: Iterable[str]) -> str | None:
    """The known code most similar to `value`, or None if nothing is near."""
    if not value:
        return None
    by_lower = {code.lower(): code for code in known}
    near = get_close_matches(value.strip().lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def sentence(problem: Problem, words: Words) -> str:
    """The problem as one line of text, the same on the page, on the command line and in a log."""
    value = shortened(problem.value, WIDE.get(problem.kind, MOST))
    parts = [words(f"problem.{problem.kind}", value=value)]
    if problem.expected is not None:
        own = f"problem_expected.{problem.kind}"
        parts.append(words(own if words.has(own) else "problem.expected", expected=problem.expected))
    if problem.hint is not None:
        parts.append(words("problem.hint", hint=problem.hint))
    said = " ".join(parts)
    if problem.kind in OF_NO_FILE and problem.row is None:
        return said
    known = (problem.row is not None, problem.column is not None)
    return words(PLACES[known], file=problem.file, row=str(problem.row), column=problem.column, said=said)


def shortened(value: str | None, most: int = MOST) -> str:
    """A value as quoted in a sentence: one line, at most `most` characters."""
    text = " ".join((value or "").split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


MB = 1_000_000
Progress = Callable[[float, str], None]
"""Called with a share from 0 to 1 and the name of the step."""


def halves(progress: Progress) -> tuple[Progress, Progress]:
    """Divide what is reported into two parts of equal length, one after the other."""
    return lambda share, step: progress(share / 2, step), lambda share, step: progress(0.5 + share / 2, step)


@dataclass(frozen=True)
class Limits:
    """What one reading may take; None for no limit.

    `memory` is in bytes, for the whole process. `size` is that of one unpacked file in bytes. Rows are counted over all
    files, columns per table.
    """

    memory: int | None = None
    seconds: float | None = None
    rows: int | None = None
    columns: int | None = None
    size: int | None = None


PAGE = Limits(memory=1000 * MB, seconds=20, rows=2_000_000, columns=2_000, size=300 * MB)
WITH_PROGRESS = replace(PAGE, seconds=60)
"""On a page that shows the progress of the reading."""
COMMAND = replace(PAGE, memory=2000 * MB, seconds=120)
"""For `check`, `import` and `framework`, whose options can raise them."""


@dataclass(frozen=True)
class HandedFile:
    """An uploaded file in memory."""

    name: str
    content: bytes
    beside: bytes = b""
    """For a file converted from a sheet in another format: the origin of its rows."""

    @cached_property
    def digest(self) -> bytes:
        """A hash of name and content that identifies the file."""
        return sha256(self.name.encode() + b"\0" + self.beside + b"\0" + self.content).digest()


def handed_file(name: str, content: bytes) -> HandedFile:
    """Return a file named by the last part of its path, without unprintable characters."""
    safe = "".join(sign for sign in Path(name).name if sign.isprintable())
    return HandedFile(safe if safe.strip(".") else "file", content)
