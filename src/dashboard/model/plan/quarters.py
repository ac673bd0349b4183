"""Which status did an action have at the end of each quarter? Reads and writes its column `status_by_quarter`.

A single text, `2026-Q1 open; 2026-Q2 done`, since every file, sheet and form can carry a text without loss.
"""

import re
from datetime import date

ENTRY = re.compile(r"(\d{4}-Q[1-4]) (\w+)")


def quarter_of(day: date) -> str:
    """The quarter of a day, as `2026-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarter_parts(quarter: str) -> dict[str, str]:
    """The year and the number of a quarter, for use in sentences."""
    return {"year": quarter[:4], "quarter": quarter[-1]}


def statuses_by_quarter(text: str | None) -> dict[str, str]:
    """The status by quarter, earliest first; invalid entries are left out."""
    entries = (ENTRY.fullmatch(part.strip()) for part in (text or "").split(";"))
    return dict(sorted((entry[1], entry[2]) for entry in entries if entry))


def with_status(text: str, quarter: str, status: str) -> str:
    """The text with the status of one quarter, replacing any that it had."""
    said = statuses_by_quarter(text) | {quarter: status}
    return "; ".join(f"{name} {of}" for name, of in sorted(said.items()))
