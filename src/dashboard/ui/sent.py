"""What of a table goes to the browser with a chart? The columns its specification names, each as small as it can be."""

import json
import re
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.charts.look import Spec

_NAME = re.compile(r"\w+")


def slim(table: pa.Table, spec: Spec) -> pa.Table:
    """The rows as a chart needs them; every value stays what it is.

    A text that repeats is sent once, and whole numbers take two bytes where they fit. Of the heat map of the sample,
    this leaves a third of the bytes.
    """
    named = _named(json.dumps(spec))
    kept = [name for name in table.column_names if name in named]
    return pa.table({name: _small(table[name].combine_chunks()) for name in kept})


@lru_cache(64)
def _named(spec: str) -> frozenset[str]:
    """Every word of a specification: expressions are text, so that fields are not told apart from other words."""
    return frozenset(_NAME.findall(spec))


def _small(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        return column.dictionary_encode()
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        try:
            return pc.cast(column, pa.int16())
        except pa.ArrowInvalid:
            return column
    return column
