"""What stands below a null? Nothing, once it is asked here: DuckDB leaves there whatever lay in memory before."""

import numpy as np
import pyarrow as pa


def zero_nulls(table: pa.Table) -> pa.Table:
    """The same table, with zeros below its nulls.

    A browser is sent the bytes of a table as they lie, and memory that was used before may hold names that are hidden,
    or rows that somebody else has on trial.
    """
    for position, field in enumerate(table.schema):
        if pa.types.is_nested(field.type) or table.column(position).null_count:
            table = table.set_column(position, field, _defined(table.column(position).combine_chunks()))
    return table


def _defined(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type) or _whole(column):
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
    """Whether nothing lies in a column but its values: no nulls, and in a list nothing before or after its items."""
    if column.null_count:
        return False
    if not pa.types.is_list(column.type):
        return not pa.types.is_nested(column.type)
    items = column.values
    exact = not column.offset and len(column) and column.offsets[0].as_py() == 0
    return bool(
        exact and column.offsets[-1].as_py() == len(items) and (pa.types.is_string(items.type) or _whole(items))
    )
