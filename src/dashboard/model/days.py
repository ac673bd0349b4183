"""Which day does a text mean? Days as people write them become ISO days."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

Order = Literal["dmy", "mdy"]
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[^\W\d_]+\.?)[-/., ]+(\d{4}|\d{2})(?: .*)?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_SERIAL = re.compile(r"[34567]\d{4}")
BEGAN = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
NO_MONTHS: Mapping[str, int] = MappingProxyType({})


def iso_day(text: str, order: Order = "dmy", months: Mapping[str, int] = NO_MONTHS) -> str | None:
    """The day as YYYY-MM-DD, or None. `order` decides between numbers; `months` are names of months."""
    if (match := _ISO.fullmatch(text)) is not None:
        year, month, day = (int(part) for part in match.groups())
    elif (match := _PARTS.fullmatch(text)) is not None:
        first, second, last = match.groups()
        if not second.isdigit():
            day, month = int(first), _month(second, months)
        else:
            day, month = (int(first), int(second)) if order == "dmy" else (int(second), int(first))
        year = int(last) + (2000 if len(last) == 2 else 0)
    elif (match := _MONTH_FIRST.fullmatch(text)) is not None:
        day, month, year = int(match[2]), _month(match[1], months), int(match[3])
    elif _SERIAL.fullmatch(text):
        return (BEGAN + timedelta(days=int(text))).isoformat()
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(name: str, months: Mapping[str, int]) -> int:
    return months.get(name.casefold().rstrip("."), 0)


def orders(texts: Iterable[str]) -> tuple[Order, ...]:
    """The orders of day and month in which all the texts can be read; both if the texts fit either."""
    numbers = [
        (int(match[1]), int(match[2])) for text in texts if (match := _PARTS.fullmatch(text)) and match[2].isdigit()
    ]
    both: tuple[Order, ...] = ("dmy", "mdy")
    day_first = all(second <= 12 for _, second in numbers)
    month_first = all(first <= 12 for first, _ in numbers)
    return tuple(order for order, fits in zip(both, (day_first, month_first), strict=True) if fits) if numbers else both


def year_in(text: str) -> str | None:
    """The year from 1900 to 2099 that a text names, if it has no other number."""
    numbers = re.findall(r"\d+", text)
    return numbers[0] if len(numbers) == 1 and re.fullmatch("(19|20)..", numbers[0]) else None
