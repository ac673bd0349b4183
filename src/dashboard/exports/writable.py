"""Takes out of a document's texts what it cannot hold: older publications may have such characters."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from io import IOBase
from typing import Any, ParamSpec, TypeVar

import pyarrow as pa

from dashboard.model.sheet_cells import xml_text
from dashboard.model.words import Words

Given = ParamSpec("Given")
Made = TypeVar("Made")


def given_writable(write: Callable[Given, Made]) -> Callable[Given, Made]:
    """Give a function that makes a document, a workbook or a drawing its arguments without these characters.

    They are taken out of every text, however deep it is in tuples, lists, mappings, values of ours and tables, and of
    rows that are made one after the other.
    """

    @wraps(write)
    def written(*given: Given.args, **named: Given.kwargs) -> Made:
        return write(*map(_safe, given), **{name: _safe(value) for name, value in named.items()})

    return written


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, tuple | list):
        return type(value)(map(_safe, value))
    if isinstance(value, Mapping):
        return {_safe(key): _safe(one) for key, one in value.items()}
    if isinstance(value, pa.Table):
        return _safe_table(value)
    if isinstance(value, Iterator) and not isinstance(value, IOBase):
        return map(_safe, value)
    # Words come from a file that was checked, and are compared by identity.
    if is_dataclass(value) and not isinstance(value, type | Words):
        return replace(value, **{one.name: _safe(getattr(value, one.name)) for one in fields(value)})
    return value


def _safe_table(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if not pa.types.is_primitive(field.type):
            held = pa.array(_safe(table[field.name].to_pylist()), field.type)
            table = table.set_column(place, field, held)
    return table
