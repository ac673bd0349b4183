"""Rows of one form as the file in long form that can be handed in again."""

from collections.abc import Iterable, Mapping

from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.tables import FORM
from dashboard.model.texts import text_of

BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet knows that the text is UTF-8."""


def long_form(kind: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The file: every column, a line a row, texts as they stand. Published again, it changes nothing."""
    form = FORM[kind]
    lines = ({name: text_of(row[name]) for name in form.columns if name in row} for row in rows)
    return (BYTE_ORDER_MARK + as_csv(form, lines)).encode()
