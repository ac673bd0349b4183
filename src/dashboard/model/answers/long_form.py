"""How are rows of one form written as a table in long form? As files that can be imported."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from dashboard.model.formula import guarded
from dashboard.model.records import Record


def as_csv(form: Record, rows: Iterable[Mapping[str, str]]) -> str:
    """Return a header with every column of the form, then one line per row; missing values are empty.

    A text that a spreadsheet would read as a formula is guarded. Reading the file back gives the same values.
    """
    stream = StringIO(newline="")
    # With CRLF line ends, a text that holds either character is quoted.
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(form.names)
    writer.writerows([guarded(row.get(column, "")) for column in form.names] for row in rows)
    return stream.getvalue()
