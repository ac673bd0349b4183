"""Rows of a publication as the tables of an archive: CSV files that can be imported."""

from collections.abc import Iterable, Mapping

from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.tables import FORM
from dashboard.model.texts import text_of


def table_text(kind: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return the file with every column of the form and one line per row."""
    return as_csv(FORM[kind], ({name: _cell(value) for name, value in row.items()} for row in rows)).encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(str, value)) if isinstance(value, list) else text_of(value)
