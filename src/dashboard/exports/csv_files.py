"""A table that stands on a page, as a CSV file."""

import csv
from io import StringIO

import pyarrow as pa

from dashboard.exports.long_form import BYTE_ORDER_MARK
from dashboard.model.formula import guarded


def table_csv(table: pa.Table) -> bytes:
    """The file: the names of the columns, then a line a row. What a spreadsheet would take for a formula is guarded."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(guarded(name) for name in table.column_names)
    writer.writerows([_cell(cell) for cell in row.values()] for row in table.to_pylist())
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def _cell(value: object) -> str:
    """A value as text: a list parted by semicolons, a whole number without a point, nothing where there is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return "" if value is None else guarded(str(value))
