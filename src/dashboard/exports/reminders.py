"""What operations owe, for those who remind them: a CSV file, or one draft of a message for each operation."""

import csv
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from io import StringIO

from dashboard.exports.long_form import BYTE_ORDER_MARK
from dashboard.model.formula import guarded
from dashboard.model.texts import text_of
from dashboard.model.words import Words

COLUMNS = (
    "round", "ends_on", "framework", "framework_title", "country", "operation", "operation_title", "n_asked", "n_left",
    "n_back", "n_waiting",
)  # fmt: skip
Row = Mapping[str, object]


def reminders_csv(rows: Sequence[Row]) -> bytes:
    """Return one line for each operation and standard. Texts a spreadsheet would read as formulas are guarded."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(text_of(row[name])) for name in COLUMNS] for row in rows)
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


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
