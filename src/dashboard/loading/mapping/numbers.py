"""Which statuses do numbers stand for? 0, 1 and 2 or percentages, as far as the scale allows one reading."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from dashboard.model.answers.mapping_guess import Match, Reason, Sure

_NUMBER = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(%|percent|per cent|por ciento|por cento|pour cent|prozent)?", re.I)
SHARE = Reason(Sure.LIKELY, "share")
BETWEEN = Reason(Sure.DOUBTFUL, "between")


def numbered(texts: Iterable[str], meanings: Mapping[str, str]) -> dict[str, Match]:
    """Return the numbers among the words of one column, each with its status; unreadable ones are left out.

    `meanings` gives the meaning of each status of the scale.
    """
    found = {text: match for text in texts if (match := _NUMBER.fullmatch(text.strip()))}
    numbers = {text: Decimal(match[1].replace(",", ".")) for text, match in found.items()}
    steps = _steps(meanings)
    if not numbers or not steps:
        return {}
    values = set(numbers.values())
    if any(match[2] for match in found.values()) or Decimal(100) in values:
        shares = {text: number / 100 for text, number in numbers.items()}
        return _as_shares(shares, steps)
    if any(value % 1 for value in values):
        return _as_shares(numbers, steps)
    return _as_steps(numbers, steps)


def _steps(meanings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the scale with its lowest status first and its highest last; empty if two share an end or one is missing.

    The order of several statuses in between is unknown.
    """
    nil, part, full = ([code for code, meant in meanings.items() if meant == one] for one in ("nil", "part", "full"))
    return (*nil, *part, *full) if len(nil) == len(full) == 1 else ()


def _as_shares(shares: Mapping[str, Decimal], steps: tuple[str, ...]) -> dict[str, Match]:
    """Read shares (0 to 1) of what is in place: none, all, or in between; empty if one is over 1."""
    if any(share > 1 for share in shares.values()):
        return {}
    ends = {Decimal(0): Match(steps[0], SHARE), Decimal(1): Match(steps[-1], SHARE)}
    between = Match(steps[1] if len(steps) == 3 else None, BETWEEN)
    # One number between the ends, in the middle: it can only be the word in the middle.
    if len(steps) == 3 and set(shares.values()) <= {*ends, Decimal("0.5")}:
        between = Match(steps[1], SHARE)
    return {text: ends.get(share, between) for text, share in shares.items()}


def _as_steps(numbers: Mapping[str, Decimal], steps: tuple[str, ...]) -> dict[str, Match]:
    """Read positions on the scale, counted from 0. Without a 0, the count may differ, so they are only suggested."""
    values = set(numbers.values())
    if max(values) == len(steps) - 1 <= 2:
        reason = Reason(Sure.LIKELY if 0 in values else Sure.DOUBTFUL, "steps", (("most", str(len(steps) - 1)),))
        return {text: Match(steps[int(number)], reason) for text, number in numbers.items()}
    if not values <= {0, 1}:
        return {}
    several = Reason(Sure.DOUBTFUL, "several", (("codes", ", ".join(steps[1:])),))
    return {text: Match(None, several) if number else Match(steps[0], SHARE) for text, number in numbers.items()}
