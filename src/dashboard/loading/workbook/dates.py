"""Which day does a cell mean? Only one that can be read in a single way is accepted."""

import re
from datetime import date, datetime

from dashboard.loading.workbook.words import spoken

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
