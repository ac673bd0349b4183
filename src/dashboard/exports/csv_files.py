"""A table from a page as a CSV file."""

import csv
from io import StringIO

import pyarrow as pa

from dashboard.exports.long_form import BYTE_ORDER_MARK
from dashboard.model.formula import guarded


def table_csv(table: pa.Table) -> bytes:
    """Return the file: column names, then one line per row. Texts a spreadsheet would read as formulas are guarded."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(guarded(name) for name in table.column_names)
    writer.writerows([_cell(cell) for cell in row.values()] for row in table.to_pylist())
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def _cell(value: object) -> str:
    """Return a value as text: a list separated by semicolons, a whole number without a point, None as empty."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return "" if value is None else guarded(str(value))
