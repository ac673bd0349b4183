"""How do rows of one form read as a table in long form? As the files that can be handed in."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from dashboard.model.answers.tables import Form
from dashboard.model.formula import guarded


def as_csv(form: Form, rows: Iterable[Mapping[str, str]]) -> str:
    """Every column of the form, then a line a row; what a row lacks is empty. Read back, it says the same.

    What a spreadsheet would take for a formula is guarded.
    """
    stream = StringIO(newline="")
    # With line ends of two signs, a text that holds either of them is put in quotes.
    writer = csv.DictWriter(stream, form.columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: guarded(text) for column, text in row.items()} for row in rows)
    return stream.getvalue()
