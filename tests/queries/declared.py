"""What do the types of rows say? Where a row may hold a null, and what a column holds."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pyarrow as pa
import pyarrow.compute as pc

import dashboard
from dashboard.queries.question import Question

HELD: Mapping[pa.DataType, type] = {
    pa.string(): str,
    pa.dictionary(pa.int32(), pa.string()): str,
    pa.bool_(): bool,
    pa.int16(): int,
    pa.int32(): int,
    pa.int64(): int,
    pa.float64(): float,
    pa.date32(): date,
}
"""Types of DuckDB as Arrow delivers them, and what a row holds for each."""


@cache
def declared() -> Mapping[str, Question[Any]]:
    """Every question whose rows Python reads, by name, from whichever module declares it. Two may not share a name."""
    modules = [import_module(found.name) for found in walk_packages(dashboard.__path__, "dashboard.")]
    found = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Question)}
    by_name = {one.name: one for one in found.values()}
    assert len(by_name) == len(found), "a question is declared twice"
    return by_name


@cache
def may_be_null(question: str) -> Mapping[str, bool]:
    """The places in its rows that Python reads, written as in `nulls`, and whether each may be null."""
    return dict(_places("", declared()[question].row)) if question in declared() else {}


def _places(place: str, type_: Any) -> Iterator[tuple[str, bool]]:
    inner, optional = _parts(type_)
    if place:
        yield place, optional
    if get_origin(inner) is list:
        yield from _places(f"{place}[]", get_args(inner)[0])
    elif is_typeddict(inner):
        for name, part in get_type_hints(inner).items():
            yield from _places(f"{place}.{name}".removeprefix("."), part)


def _parts(type_: Any) -> tuple[Any, bool]:
    """A type without `None`, and whether it allows that."""
    if isinstance(type_, UnionType):
        return next(kind for kind in get_args(type_) if kind is not NoneType), True
    return type_, False


def wrong(place: str, type_: Any, holds: pa.DataType | None) -> Iterator[str]:
    """Where a declared type, or one within it, is not that of the column or of the field of a nested row."""
    inner, _ = _parts(type_)
    if holds is None:
        yield f"{place}: there is no such column"
    elif pa.types.is_list(holds) and get_origin(inner) is list:
        yield from wrong(f"{place}[]", get_args(inner)[0], holds.value_type)
    elif pa.types.is_struct(holds) and is_typeddict(inner):
        types = {part.name: part.type for part in holds}
        for name, part in get_type_hints(inner).items():
            yield from wrong(f"{place}.{name}", part, types.get(name))
    elif HELD.get(holds) is not inner:
        yield f"{place}: {holds}, declared as {inner}"


def wrong_columns(question: str, columns: Mapping[str, pa.DataType]) -> list[str]:
    """Where the declared type of a question's rows is not that of its columns."""
    row = declared()[question].row
    hints = get_type_hints(row) if is_typeddict(row) else {}
    return [one for name, type_ in hints.items() for one in wrong(f"{question}.{name}", type_, columns.get(name))]


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
