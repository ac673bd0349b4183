"""What is stored beneath a null? Zeros, after this: DuckDB leaves whatever was in memory before."""

from collections import defaultdict
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

_FIRST = pc.get_function("coalesce")
"""Called by itself: most tables are so small that looking it up would take longer."""


def zero_nulls(table: pa.Table) -> pa.Table:
    """The same table, with zeros beneath its nulls.

    Browsers receive the raw bytes of a table, and reused memory may hold hidden names, or rows from somebody else's
    preview.
    """
    batches = table.to_batches()
    if len(batches) > 1:
        batches = table.combine_chunks().to_batches()
    columns = batches[0].columns if batches else []
    zeroed, alike = list(columns), defaultdict[pa.DataType, list[int]](list)
    for place, column in enumerate(columns):
        if pa.types.is_nested(column.type):
            zeroed[place] = _nested(column)
        # Null texts have no bytes.
        elif column.null_count and not pa.types.is_string(column.type):
            alike[column.type].append(place)
    for kind, places in alike.items():
        # Columns of one type at once: for so few rows, each call takes the same time.
        filled = _filled(pa.concat_arrays([columns[place] for place in places]), kind)
        for turn, place in enumerate(places):
            zeroed[place] = filled.slice(turn * len(table), len(table))
    if all(after is before for after, before in zip(zeroed, columns, strict=True)):
        return table
    return pa.Table.from_arrays(zeroed, schema=table.schema)


def _nested(column: pa.Array) -> pa.Array:
    """Lists or structures with nothing beneath their nulls. A list may have items that none of its rows names."""
    return pa.concat_arrays([column]) if _whole(column) else pa.array(column.to_pylist(), column.type)


def _filled(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column with nulls, with zeros beneath them."""
    if kind.bit_width % 8:
        return pa.array(column.to_pylist(), kind)
    valid = column.is_valid().buffers()[1] if column.offset else column.buffers()[0]
    return pa.Array.from_buffers(kind, len(column), [valid, _FIRST.call([column, _zero(kind)]).buffers()[1]])


@cache
def _zero(kind: pa.DataType) -> pa.Scalar:
    return pa.scalar(0, pa.int32()).cast(kind)


def _whole(column: pa.Array) -> bool:
    """Whether neither a column nor what it lists has nulls."""
    if pa.types.is_list(column.type):
        return not column.null_count and _whole(column.flatten())
    return not pa.types.is_nested(column.type) and (pa.types.is_string(column.type) or not column.null_count)
