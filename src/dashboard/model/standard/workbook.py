"""Which sheets and columns does the workbook of a standard have? All of it is derived from the models.

A field that holds rows, such as the criteria of an area, is a sheet of its own; every other field is a column, or a row
of the sheet `framework`. A field with one fixed value, such as `schema_version`, is neither.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from dashboard.model.standard.framework import Framework, Strict, Version
from dashboard.model.standard.shared import Link, Translation

Schema = Mapping[str, Any]
NUMBERS = ("number", "integer")
YES, NO = "yes", "no"
LISTED = "; "
"""Separates the parts of a list in one cell."""


@dataclass(frozen=True)
class Column:
    """One field of a model as a column. `type` is that of JSON Schema: string, number, integer or boolean.

    `many` says that a cell holds a list, `pattern` what a text must look like, `lowest` and `highest` the range of a
    number (`above` if the lowest is excluded), and `default` what an empty cell means.
    """

    name: str
    type: str = "string"
    required: bool = True
    many: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    lowest: float | None = None
    highest: float | None = None
    above: bool = False
    default: object = None
    description: str | None = None

    @property
    def is_version(self) -> bool:
        """Whether it holds a version such as 1.10, which a number cannot represent."""
        return self.pattern == _VERSION


@dataclass(frozen=True)
class Sheet:
    """One sheet. `inside` names the parent sheet, whose rows its first column names."""

    name: str
    columns: tuple[Column, ...]
    required: bool = True
    inside: str | None = None

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


SETTINGS = "framework"
"""The sheet of settings: one per row, with its key and its value."""
SETTING_COLUMNS = ("key", "value")
READ_ME = "read me"
LINKS = "links"
TRANSLATIONS = "translations"
_VERSION: str = TypeAdapter(Version).json_schema()["pattern"]


@cache
def sheets() -> Mapping[str, Sheet]:
    """Every sheet by name, in the order of a workbook. The sheet of settings has one column per key."""
    schema = Framework.model_json_schema()
    by_name = {SETTINGS: Sheet(SETTINGS, columns_of(schema, schema["$defs"]))}
    for sheet in _inner(schema, schema["$defs"], None):
        by_name[sheet.name] = sheet
    # What people fill in first comes first: areas and criteria before the scale, which is often reused.
    order = [SETTINGS, *(name for name in ("areas", "criteria") if name in by_name)]
    by_name = {name: by_name[name] for name in (*order, *(name for name in by_name if name not in order))}
    return {**by_name, LINKS: Sheet(LINKS, _of(Link), required=False), TRANSLATIONS: _translations()}


def _of(model: type[Strict]) -> tuple[Column, ...]:
    schema = model.model_json_schema()
    return columns_of(schema, schema.get("$defs", {}))


def _inner(schema: Schema, defs: Schema, inside: str | None) -> Iterator[Sheet]:
    """The sheets of the fields that hold rows, each followed by its own child sheets."""
    for name, field in schema["properties"].items():
        model = _model(field, defs)
        if model is None:
            continue
        columns = columns_of(model, defs)
        above = (_belongs_to(schema, defs),) if inside else ()
        yield Sheet(name, (*above, *columns), name in schema.get("required", ()), inside)
        yield from _inner(model, defs, name)


def _belongs_to(schema: Schema, defs: Schema) -> Column:
    """The column that names the parent row: the first column of the parent."""
    first = columns_of(schema, defs)[0]
    return Column(first.name, first.type, pattern=first.pattern)


def columns_of(schema: Schema, defs: Schema) -> tuple[Column, ...]:
    """The fields of a model that fit into one cell, in the model's order."""
    return tuple(
        _column(name, field, name in schema.get("required", ()))
        for name, field in schema["properties"].items()
        if "const" not in field and _model(field, defs) is None
    )


def _model(field: Schema, defs: Schema) -> Schema | None:
    """The schema of the rows in a field, if it holds rows."""
    reference = field.get("items", {}).get("$ref")
    return defs[reference.rsplit("/", 1)[-1]] if reference else None


def _column(name: str, field: Schema, required: bool) -> Column:
    many = field.get("type") == "array"
    either = [part for part in field.get("anyOf", ()) if part.get("type") != "null"]
    kind: Schema = field["items"] if many else either[0] if either else field
    return Column(
        name,
        kind.get("type", "string"),
        required,
        many,
        tuple(kind.get("enum", ())),
        kind.get("pattern"),
        kind.get("minimum", kind.get("exclusiveMinimum")),
        kind.get("maximum"),
        "exclusiveMinimum" in kind,
        field.get("default"),
        field.get("description"),
    )


def _translations() -> Sheet:
    """One row per text: its language, the id it belongs to, and the field it translates."""
    schema = Translation.model_json_schema()["properties"]
    ((named, inner),) = schema["texts"]["patternProperties"].items()
    columns = (
        Column("language", pattern=schema["language"]["pattern"]),
        Column("id", pattern=named),
        Column("field", choices=tuple(inner["propertyNames"]["enum"])),
        Column("text"),
    )
    return Sheet(TRANSLATIONS, columns, required=False)
