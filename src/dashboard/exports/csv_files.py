"""Writes CSV files: tables from pages, answers that are owed, and long-format files that can be imported again."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from dashboard.model.records import RECORDS, as_csv, text_of
from dashboard.model.sheet_cells import guarded

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""


def records_csv(kind: str, records: "Iterable[DataclassInstance]") -> bytes:
    """Return the same of records that are held as values."""
    return long_form(kind, map(asdict, records))


def long_form(kind: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return the file with every column and one line per row, texts unchanged. Importing it changes nothing."""
    form = RECORDS[kind]
    lines = ({name: text_of(row[name]) for name in form.names if name in row} for row in rows)
    return (BYTE_ORDER_MARK + as_csv(form, lines)).encode()


def table_csv(table: pa.Table) -> bytes:
    """Return the file for Excel: column names, then one line per row.

    Texts that a spreadsheet would read as formulas are guarded.
    """
    stream = BytesIO()
    write_table(stream, table.column_names, table.to_batches(), excel=True)
    return stream.getvalue()


def write_table(into: BinaryIO, names: Iterable[str], batches: Iterable[pa.RecordBatch], excel: bool) -> None:
    """Write the same file part by part. Without the mark that Excel needs, other tools read the first name right."""
    text = TextIOWrapper(into, "utf-8", newline="")
    text.write(BYTE_ORDER_MARK * excel)
    writer = csv.writer(text)
    writer.writerow(guarded(name) for name in names)
    for batch in batches:
        writer.writerows(zip(*map(_cells, batch.columns), strict=True))
    text.detach()


def _cells(column: pa.Array) -> list[str]:
    """Return the values of a column as texts. A text that repeats, as most do, is looked at once."""
    if not pa.types.is_string(column.type):
        return [_cell(value) for value in column.to_pylist()]
    encoded = column.dictionary_encode("encode")
    texts = [_cell(value) for value in encoded.dictionary.to_pylist()]
    return [texts[place] for place in encoded.indices.to_pylist()]


def _cell(value: object) -> str:
    """Return a value as text: a list separated by semicolons, a whole number without a point, None as empty."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return "" if value is None else guarded(str(value))


def listed_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return the file: a header, then one line per row. Texts a spreadsheet would read as formulas are guarded."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(text_of(row[name])) for name in columns] for row in rows)
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


COLUMNS = (
    "framework", "round", "country", "operation", "operation_title", "function", "function_title", "n_asked",
    "n_answered", "n_left", "last_answered_on", "step", "n_not_applicable_unchecked",
)  # fmt: skip


def owed_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return the file of answers that are owed, a line for each operation and function."""
    return listed_csv(COLUMNS, ({**row, "n_not_applicable_unchecked": row["n_open"]} for row in rows))
