"""How are rows of one form written as a table in long form? As files that can be imported."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from dashboard.model.answers.tables import Form
from dashboard.model.formula import guarded


def as_csv(form: Form, rows: Iterable[Mapping[str, str]]) -> str:
    """Every column of the form, then one line per row; missing values are empty. Reading it back gives the same values.

    What a spreadsheet would take for a formula is guarded.
    """
    stream = StringIO(newline="")
    # With CRLF line ends, a text that holds either character is quoted.
    writer = csv.DictWriter(stream, form.columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: guarded(text) for column, text in row.items()} for row in rows)
    return stream.getvalue()
