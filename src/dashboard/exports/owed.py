"""Outstanding answers as a CSV file: codes for machines, titles for people, one row per operation and function."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from dashboard.exports.long_form import BYTE_ORDER_MARK
from dashboard.model.formula import guarded
from dashboard.model.texts import text_of

COLUMNS = (
    "framework", "round", "country", "operation", "operation_title", "function", "function_title", "n_asked",
    "n_answered", "n_left", "last_answered_on", "step", "n_not_applicable_unchecked",
)  # fmt: skip


def owed_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return the file: a header, then one line per row. Texts a spreadsheet would read as formulas are guarded."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [row["n_open"] if name == "n_not_applicable_unchecked" else row[name] for name in COLUMNS]
        writer.writerow([guarded(text_of(value)) for value in cells])
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()
