"""Writes what people are reminded of: what operations owe, as CSV or drafts of messages, and days as a calendar file.

Calendar files follow iCalendar (RFC 5545), which calendars of all kinds can open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from dashboard.exports.csv_files import listed_csv
from dashboard.model.words import Words

COLUMNS = (
    "round", "ends_on", "framework", "framework_title", "country", "operation", "operation_title", "n_asked", "n_left",
    "n_back", "n_waiting",
)  # fmt: skip
Row = Mapping[str, object]


def reminders_csv(rows: Sequence[Row]) -> bytes:
    """Return one line for each operation and standard. Texts a spreadsheet would read as formulas are guarded."""
    return listed_csv(COLUMNS, rows)


def reminder(rows: Sequence[Row], words: Words, address: str = "") -> bytes:
    """Return the draft of a message to one operation about its `rows`; `address` is where it answers.

    It names nobody as sender or receiver. Mail programs open it as a draft because of `X-Unsent`.
    """
    first = rows[0]
    named = {name: _line(str(first[name])) for name in ("operation_title", "round_title")}
    message = EmailMessage(policy=SMTP)
    message["Subject"] = words("reminder.subject", operation=named["operation_title"], round=named["round_title"])
    message["X-Unsent"] = "1"
    parts = [
        words("reminder.due", round=named["round_title"], date=first["ends_on"]),
        "\n".join(line for row in rows for line in _lines(row, words)),
        *([words("reminder.where", address=address)] if address else []),
    ]
    message.set_content("\n\n".join(parts) + "\n")
    return message.as_bytes()


def _lines(row: Row, words: Words) -> list[str]:
    """Return what is left in one standard, a line each."""
    counts = (("left", row["n_left"]), ("back", row["n_back"]))
    title = _line(str(row["framework_title"]))
    return [f"- {words.count(f'reminder.{key}', int(str(n)), framework=title)}" for key, n in counts if n]


def _line(text: str) -> str:
    """Return a title on one line: a header of a message cannot hold another."""
    return " ".join(text.split())


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
