"""One standard: its framework, links and translations, the scale it starts with, and the sheets of its workbook.

All sheets and columns are derived from the models. A field that holds rows, such as the criteria of an area, is a sheet
of its own; every other field is a column, or a row of the sheet `framework`. A field with one fixed value, such as
`schema_version`, is neither.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from dashboard.model.framework import Area, Criterion, Framework, Strict, Version
from dashboard.model.shared_lists import Crosswalk, Link
from dashboard.model.translation import FINGERPRINT, SAID, Translation, one_per_language

FRAMEWORK_FILE = "framework.yaml"
CROSSWALK_FILE = "crosswalk.yaml"
UNANSWERED = "unanswered"
"""The status that every scale has and none defines."""


@dataclass(frozen=True)
class Standard:
    """One framework, the crosswalk links whose source it contains, and its own texts in other languages."""

    framework: Framework
    links: tuple[Link, ...] = ()
    translations: tuple[Translation, ...] = ()

    @staticmethod
    def of(framework: Framework, links: Iterable[Link], translations: Iterable[Translation]) -> "Standard":
        """A standard selected from all links and translations; those of other standards are left out."""
        own, named = ids_of(framework), {*ids_of(framework), *named_codes(framework)}
        return Standard(
            framework,
            tuple(link for link in links if link.source in own),
            tuple(
                sorted(
                    (kept for item in one_per_language(translations) if (kept := item.only(named)).texts),
                    key=lambda item: item.language,
                )
            ),
        )

    def files(self) -> Mapping[str, Strict]:
        """The content of each file in the standard's folder, by file name."""
        files: dict[str, Strict] = {FRAMEWORK_FILE: self.framework}
        if self.links:
            files[CROSSWALK_FILE] = Crosswalk(schema_version=1, links=self.links)
        return files | {f"{item.language}.yaml": item for item in self.translations}


def ids_of(framework: Framework) -> tuple[str, ...]:
    """The ids of a framework's areas and criteria, in order."""
    return tuple(
        code for area in framework.areas for code in (area.area, *(criterion.criterion for criterion in area.criteria))
    )


def named_codes(framework: Framework) -> tuple[str, ...]:
    """What translations call the framework itself, its word for areas, its families and elements, scales and bands."""
    words = [f"{word.scale}/{word.status}" if word.scale else word.status for word in framework.scale]
    bands = (band.band for band in framework.bands)
    own = framework.framework
    scales = (*(f"status/{own}/{code}" for code in (*words, UNANSWERED)), *(f"band/{own}/{code}" for code in bands))
    return (own, f"area_word/{own}", *(f"part/{own}/{name}" for name in part_names(framework)), *scales)


def scale_titles(framework: Framework) -> dict[str, str]:
    """The English titles of statuses and bands, by what translations call them."""
    own = framework.framework
    words = {
        "/".join(part for part in ("status", own, word.scale, word.status) if part): word.title
        for word in framework.scale
    }
    return words | {f"band/{own}/{band.band}": band.title for band in framework.bands}


def part_names(framework: Framework) -> tuple[str, ...]:
    """The families of areas and the elements of criteria, each once, in order."""
    families = [area.family for area in framework.areas]
    elements = [criterion.element for area in framework.areas for criterion in area.criteria]
    return tuple(dict.fromkeys(name for name in (*families, *elements) if name))


START_SCALE: tuple[tuple[str, str, float | None], ...] = (
    ("implemented", "answered", 1),
    ("partly", "answered", 0.5),
    ("not_implemented", "answered", 0),
    ("not_applicable", "not_applicable", None),
    ("not_known", "not_known", None),
)
START_BANDS = (("early", 0), ("developing", 25), ("established", 51), ("embedded", 88))


def start_scale(words: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the scale to start from, as rows of a standard."""
    return [
        {"status": status, "title": words(f"workbook.start.{status}"), "counts_as": counts_as, "value": value}
        for status, counts_as, value in START_SCALE
    ]


def start_bands(words: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the bands to start from, as rows of a standard."""
    return [
        {"band": band, "title": words(f"workbook.start.{band}"), "starts_at": starts_at}
        for band, starts_at in START_BANDS
    ]


Schema = Mapping[str, Any]
NUMBERS = ("number", "integer")
YES, NO = "yes", "no"
LISTED = "; "
"""Separates the parts of a list in one cell."""


@dataclass(frozen=True)
class SheetColumn:
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
class StandardSheet:
    """One sheet. `inside` names the parent sheet, whose rows its first column names."""

    name: str
    columns: tuple[SheetColumn, ...]
    required: bool = True
    inside: str | None = None

    def column(self, name: str) -> SheetColumn | None:
        return next((column for column in self.columns if column.name == name), None)


SETTINGS = "framework"
"""The sheet of settings: one per row, with its key and its value."""
SETTING_COLUMNS = ("key", "value")
READ_ME = "read me"
LINKS = "links"
TRANSLATIONS = "translations"
OF_A_STANDARD = tuple(dict.fromkeys(name for model in (Framework, Area, Criterion) for name in SAID[model]))
"""The texts that a standard, its areas and its criteria have."""
_VERSION: str = TypeAdapter(Version).json_schema()["pattern"]


@cache
def standard_sheets() -> Mapping[str, StandardSheet]:
    """Every sheet by name, in the order of a workbook. The sheet of settings has one column per key."""
    schema = Framework.model_json_schema()
    by_name = {SETTINGS: StandardSheet(SETTINGS, columns_of(schema, schema["$defs"]))}
    for sheet in _inner(schema, schema["$defs"], None):
        by_name[sheet.name] = sheet
    # What people fill in first comes first: areas and criteria before the scale, which is often reused.
    order = [SETTINGS, *(name for name in ("areas", "criteria") if name in by_name)]
    by_name = {name: by_name[name] for name in (*order, *(name for name in by_name if name not in order))}
    return {**by_name, LINKS: StandardSheet(LINKS, _of(Link), required=False), TRANSLATIONS: _translations()}


def _of(model: type[Strict]) -> tuple[SheetColumn, ...]:
    schema = model.model_json_schema()
    return columns_of(schema, schema.get("$defs", {}))


def _inner(schema: Schema, defs: Schema, inside: str | None) -> Iterator[StandardSheet]:
    """The sheets of the fields that hold rows, each followed by its own child sheets."""
    for name, field in schema["properties"].items():
        model = _model(field, defs)
        if model is None:
            continue
        columns = columns_of(model, defs)
        above = (_belongs_to(schema, defs),) if inside else ()
        yield StandardSheet(name, (*above, *columns), name in schema.get("required", ()), inside)
        yield from _inner(model, defs, name)


def _belongs_to(schema: Schema, defs: Schema) -> SheetColumn:
    """The column that names the parent row: the first column of the parent."""
    first = columns_of(schema, defs)[0]
    return SheetColumn(first.name, first.type, pattern=first.pattern)


def columns_of(schema: Schema, defs: Schema) -> tuple[SheetColumn, ...]:
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


def _column(name: str, field: Schema, required: bool) -> SheetColumn:
    many = field.get("type") == "array"
    either = [part for part in field.get("anyOf", ()) if part.get("type") != "null"]
    kind: Schema = field["items"] if many else either[0] if either else field
    return SheetColumn(
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


def _translations() -> StandardSheet:
    """One row per text: its language, the id it belongs to, and the field it translates."""
    schema = Translation.model_json_schema()["properties"]
    ((named, _),) = schema["texts"]["patternProperties"].items()
    columns = (
        SheetColumn("language", pattern=schema["language"]["pattern"]),
        SheetColumn("id", pattern=named),
        SheetColumn("field", choices=OF_A_STANDARD),
        SheetColumn("text"),
        SheetColumn("made_from", required=False, pattern=FINGERPRINT),
    )
    return StandardSheet(TRANSLATIONS, columns, required=False)
