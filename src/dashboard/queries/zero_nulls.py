"""What stands below a null? Nothing, once it is asked here: DuckDB leaves there whatever lay in memory before."""

import numpy as np
import pyarrow as pa


def zero_nulls(table: pa.Table) -> pa.Table:
    """The same table, with zeros below its nulls.

    A browser is sent the bytes of a table as they lie, and memory that was used before may hold names that are hidden,
    or rows that somebody else has on trial.
    """
    columns = [
        _defined(column.combine_chunks()) if column.null_count or pa.types.is_nested(column.type) else column
        for column in table.columns
    ]
    return pa.Table.from_arrays(columns, schema=table.schema) if columns else table


def _defined(column: pa.Array) -> pa.Array:
    if _whole(column):
        return column
    if pa.types.is_nested(column.type) or column.type.bit_width % 8:
        return pa.array(column.to_pylist(), column.type)
    width = column.type.bit_width // 8
    lying = np.frombuffer(column.buffers()[1], np.uint8).reshape(-1, width)
    values = lying[column.offset : column.offset + len(column)].copy()
    valid = column.is_valid().to_numpy(zero_copy_only=False)
    values[~valid] = 0
    return pa.Array.from_buffers(column.type, len(column), [pa.array(valid).buffers()[1], pa.py_buffer(values)])


def _whole(column: pa.Array) -> bool:
    """Whether there are no nulls in a column, nor in what it lists. Below a null text nothing lies."""
    if pa.types.is_list(column.type):
        return not column.null_count and _whole(column.flatten())
    return pa.types.is_string(column.type) or not (column.null_count or pa.types.is_nested(column.type))
