"""What is stored beneath a null? Zeros, after this: DuckDB leaves whatever was in memory before."""

import numpy as np
import pyarrow as pa


def zero_nulls(table: pa.Table) -> pa.Table:
    """The same table, with zeros beneath its nulls.

    Browsers receive the raw bytes of a table, and reused memory may hold hidden names, or rows from somebody else's
    preview.
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
    """Whether a column has no nulls, nor has what it lists. Null texts have no bytes beneath."""
    if pa.types.is_list(column.type):
        return not column.null_count and _whole(column.flatten())
    return pa.types.is_string(column.type) or not (column.null_count or pa.types.is_nested(column.type))
