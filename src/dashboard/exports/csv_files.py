"""A table from a page as a CSV file."""

import csv
from collections.abc import Iterable
from io import BytesIO, TextIOWrapper
from typing import BinaryIO

import pyarrow as pa

from dashboard.exports.long_form import BYTE_ORDER_MARK
from dashboard.model.formula import guarded


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
