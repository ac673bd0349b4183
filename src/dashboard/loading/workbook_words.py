"""Tells which code a word in an operation's workbook means, and which day a cell means.

Words are codes, titles and plain words of every language. Only a day that can be read in a single way is accepted.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.loading.library import Library
from dashboard.loading.mapping.synonyms import TITLED
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.framework import Framework, ScaleChoice
from dashboard.model.known_codes import KINDS
from dashboard.model.words import Words
from dashboard.model.workbook import UNANSWERED

KEYS: Mapping[str, Mapping[str, str]] = {
    **{name: TITLED[name] for name in ("evidence", "confidence", "action_status", "priority")},
    "found": {code: f"book.found.{code}" for code in ("yes", "none")},
    "target_kind": {code: f"kind.{code}" for code in KINDS},
    "confidential": {code: f"book.confidential.{code}" for code in ("true", "false")},
}
"""By list: its codes, each with the key of its word."""


@dataclass(frozen=True)
class Meanings:
    """What each word of one list means, by its normalised form; `shown` are the words to choose from."""

    codes: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    def code(self, word: str) -> str | None:
        """The code that a word stands for; None if it stands for none or for several."""
        return self.codes.get(compared(word))


def compared(word: str) -> str:
    """A word for comparison: case, spaces and underscores make no difference."""
    return " ".join(word.replace("_", " ").casefold().split())


def meanings(pairs: Iterable[tuple[str, str]], shown: Iterable[str]) -> Meanings:
    """From pairs of a word and its code; if two share a word, the first counts."""
    codes: dict[str, str] = {}
    for word, code in pairs:
        codes.setdefault(compared(word), code)
    return Meanings(codes, tuple(dict.fromkeys(shown)))


def spoken() -> tuple[Words, ...]:
    """The words of every built-in language."""
    return tuple(read_words(language) for language in languages())


def list_meanings(name: str, handed_out: Iterable[tuple[str, str]]) -> Meanings:
    """What the words of a fixed list mean. `handed_out` are words and codes from the workbook itself."""
    given = tuple(handed_out)
    keys = KEYS[name]
    known = [(words(key), code) for words in spoken() for code, key in keys.items()]
    shown = [word for word, _ in given] or [spoken()[0](key) for key in keys.values()]
    return meanings([*((code, code) for code in keys), *given, *known], shown)


def scale_meanings(scale: Sequence[ScaleChoice], handed_out: Iterable[tuple[str, str]]) -> Meanings:
    """What the words of a scale mean: its own before any synonym. It is empty if its framework is not known."""
    given = tuple(handed_out)
    if scale:
        known = {UNANSWERED, *(status.status for status in scale)}
        # A word of an older scale stays readable: the checks decide whether its code is still valid.
        given = tuple((word, code) for word, code in given if code in known) or given
    codes = [(status.status, status.status) for status in scale] + [(code, code) for _, code in given]
    titles = [(status.title, status.status) for status in scale]
    worded = [
        (words(key), status.status)
        for words in spoken()
        for status in scale
        if words.has(key := f"workbook.start.{status.status}")
    ]
    nothing = [(UNANSWERED, UNANSWERED), *((words("counts_as.unanswered"), UNANSWERED) for words in spoken())]
    plain = [(word, code) for role, code in _alone(scale).items() for word in _plain_words(role)]
    shown = [word for word, _ in given] or [status.title for status in scale]
    return meanings([*codes, *given, *titles, *worded, *nothing, *plain], shown)


def _alone(scale: Iterable[ScaleChoice]) -> dict[str, str]:
    """The status meant by yes, partly, no, not applicable and not known, if it is the only one of its kind."""
    kinds: dict[str, list[str]] = {}
    for status in scale:
        degree = "full" if status.value == 1 else "nil" if status.value == 0 else "part"
        role = degree if status.counts_as == "answered" else status.counts_as
        kinds.setdefault(role, []).append(status.status)
    return {role: codes[0] for role, codes in kinds.items() if len(codes) == 1}


def _plain_words(role: str) -> list[str]:
    return [word for words in spoken() for word in words(f"book.means.{role}").split(";")]


def framework_named(library: Library, framework: str) -> Framework | None:
    return next((known for known in library.frameworks if known.framework == framework), None)


NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th)?\s+(?:of\s+|de\s+)?)?([^\W\d]+)\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:de\s+)?(\d{4})"
)
SHORTEST = 3
"""This many letters of a month's name are enough, if they match one month only."""


def days_of(cell: object) -> tuple[date, ...]:
    """The days that a cell can mean, in order: one if it is clear, two if day and month could be swapped."""
    if isinstance(cell, datetime):
        return (cell.date(),)
    if isinstance(cell, date):
        return (cell,)
    text = " ".join(str(cell).split())
    if match := YEAR_FIRST.fullmatch(text):
        return _valid_days(*match.groups())
    if match := NUMBERS.fullmatch(text):
        first, second, year = match.groups()
        return tuple(sorted({*_valid_days(year, first, second), *_valid_days(year, second, first)}))
    if match := NAMED.fullmatch(text):
        before, name, after, year = match.groups()
        day, month = before or after, _month(name)
        return _valid_days(year, month, day) if month and day and not (before and after) else ()
    return ()


def _valid_days(year: str, month: str, day: str) -> tuple[date, ...]:
    try:
        return (date(int(year), int(month), int(day)),)
    except ValueError:
        return ()


def _month(name: str) -> str:
    """The number of a month from its name or the beginning of it, in any language; empty for none or several."""
    wanted = name.casefold()
    if len(wanted) < SHORTEST:
        return ""
    numbers = {number for known, number in _months() if known.startswith(wanted)}
    return str(numbers.pop()) if len(numbers) == 1 else ""


def _months() -> tuple[tuple[str, int], ...]:
    return tuple(
        (name.strip().casefold(), number)
        for words in spoken()
        for number, name in enumerate(words("book.months").split(";"), start=1)
    )
