"""What of a table goes to the browser with a chart? The columns its specification names, each as small as it can be.

What is made of an answer is kept as long as the answer is likely to be asked for again: sessions that look at the same
view share it.
"""

import json
import re
from collections.abc import Callable, Hashable
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.charts.look import Spec
from dashboard.store.reading.cache import Cache

MOST, MOST_BYTES = 256, 16_000_000
"""How many things made of answers are kept, and how large the answers may be together; what is made is no larger."""
FEW = 50
"""Rows that take no longer to send as they are."""
_NAME = re.compile(r"\w+")
Kept = tuple[tuple[object, ...], object]
Made = TypeVar("Made")


def _size(kept: Kept) -> int:
    return sum(one.get_total_buffer_size() for one in kept[0] if isinstance(one, pa.Table))


_kept: Cache[Kept] = Cache(MOST, MOST_BYTES, _size)


def once_of(whole: tuple[object, ...], key: Hashable, make: Callable[[], Made]) -> Made:
    """The result of `make`, calculated once for these same objects and this key, on which alone it may depend."""
    # The objects are kept with the result: no other can be given their identity meanwhile.
    made: Made = _kept.get((*map(id, whole), key), lambda: (whole, make()))[1]  # type: ignore[assignment]
    return made


def slim(table: pa.Table, spec: Spec) -> pa.Table:
    """The rows as a chart needs them; every value stays what it is.

    Of many rows, a text that repeats is sent once, and whole numbers take two bytes where they fit. Of the heat map of
    the sample, this leaves less than half of the bytes.
    """
    return once_of((table, spec), "slim", lambda: _slim(table, spec))


def _slim(table: pa.Table, spec: Spec) -> pa.Table:
    # Expressions are texts, so that fields are not told apart from other words.
    named = once_of((spec,), "named", lambda: frozenset(_NAME.findall(json.dumps(spec))))
    kept = [name for name in table.column_names if name in named]
    if len(table) <= FEW:
        return table.select(kept)
    return pa.table({name: _small(table[name].combine_chunks()) for name in kept})


def _small(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        return column.dictionary_encode()
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        try:
            return pc.cast(column, pa.int16())
        except pa.ArrowInvalid:
            return column
    return column
