"""Where may a row of a question hold a null, by its type, and where does an answer hold one?"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.queries.ask import questions
from dashboard.queries.folded import folded


def room_of(question: str) -> str:
    """The folder that holds a question."""
    if question in folded():
        return folded()[question].answer.__module__.split(".")[-2]
    return Path(str(questions()[question])).parent.name


def row_name(question: str) -> str:
    """The name of the type of its rows: `plan_years` gives `PlanYearsRow`."""
    return in_capitals(f"{question}_row")


def in_capitals(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


@cache
def may_be_null(question: str) -> frozenset[str] | None:
    """The nullable places in its rows, written as in `nulls`; None for a question whose rows have no type."""
    try:
        row = getattr(import_module(f"dashboard.queries.{room_of(question)}.rows"), row_name(question))
    except (ModuleNotFoundError, AttributeError):
        return None
    return frozenset(_declared("", row))


def _declared(place: str, type_: Any) -> Iterator[str]:
    if isinstance(type_, UnionType):
        yield place
        type_ = next(kind for kind in get_args(type_) if kind is not NoneType)
    if get_origin(type_) is list:
        yield from _declared(f"{place}[]", get_args(type_)[0])
    elif is_typeddict(type_):
        for name, part in get_type_hints(type_).items():
            yield from _declared(f"{place}.{name}".removeprefix("."), part)


def nulls(table: pa.Table) -> Iterator[str]:
    """Where a table holds nulls: `note` for a column, `facts[].address` for a field of the items in a column."""
    for name in table.column_names:
        yield from _nulls(name, table[name].combine_chunks())


def _nulls(place: str, values: pa.Array) -> Iterator[str]:
    if values.null_count:
        yield place
        values = values.drop_null()
    if pa.types.is_list(values.type):
        yield from _nulls(f"{place}[]", values.flatten())
    elif pa.types.is_struct(values.type):
        for part in values.type:
            yield from _nulls(f"{place}.{part.name}", pc.struct_field(values, part.name))
