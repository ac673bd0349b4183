"""Days as a calendar file that calendars of all kinds can open (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LINE = 75
"""Most octets of a line; what is longer goes on in the next one, after a blank (3.1)."""
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class CalendarDay:
    """Something that is due on a day. `key` stays the same when the file is made again, so that nothing is doubled."""

    key: str
    on: date
    title: str
    text: str = ""


def calendar_file(name: str, days: Iterable[CalendarDay], made: datetime) -> bytes:
    """Return the file; `made` is in UTC. Each day is a whole one, and leaves its people free."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Children's rights dashboard//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(day.key)}@childrens-rights-dashboard",
            f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(day.title)}",
            *([f"DESCRIPTION:{_text(day.text)}"] if day.text else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _text(said: str) -> str:
    """Return a text in which nothing ends its line, and no character is one that the format forbids (3.3.11)."""
    kept = "".join(letter for letter in said if letter.isprintable() or letter in "\n\t")
    return kept.translate(ESCAPED)


def _folded(line: str) -> str:
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)
