"""Rows of one form as a long-format file that can be imported again."""

from collections.abc import Iterable, Mapping

from dashboard.model.answers.long_form import as_csv
from dashboard.model.records import RECORDS
from dashboard.model.texts import text_of

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""


def long_form(kind: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return the file with every column and one line per row, texts unchanged. Importing it changes nothing."""
    form = RECORDS[kind]
    lines = ({name: text_of(row[name]) for name in form.names if name in row} for row in rows)
    return (BYTE_ORDER_MARK + as_csv(form, lines)).encode()
