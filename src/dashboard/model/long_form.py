"""How do rows of one form read as a table in long form? As the files that can be handed in."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from dashboard.model.tables import Form


def as_csv(form: Form, rows: Iterable[Mapping[str, str]]) -> str:
    """Every column of the form, then a line a row; what a row lacks is empty. Read back, it says the same."""
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, form.columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
