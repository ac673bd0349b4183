"""The folder `frameworks/` becomes one Library: every standard, the shared lists, and their translations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from dashboard.loading.yaml_file import Document, Place, read_yaml, validate
from dashboard.model.framework import (
    SHARED_FILES,
    Crosswalk,
    Framework,
    Functions,
    Impacts,
    Link,
    Rights,
    RiskAreas,
    Settings,
    Strict,
    Translation,
)
from dashboard.model.problem import Problem, Weight, nearest


@dataclass(frozen=True)
class Library:
    """All framework files of one or more folders, checked against each other."""

    frameworks: tuple[Framework, ...] = ()
    rights: Rights = field(default_factory=lambda: Rights(schema_version=1, rights=()))
    risk_areas: RiskAreas = field(default_factory=lambda: RiskAreas(schema_version=1, risk_areas=()))
    settings: Settings = field(default_factory=lambda: Settings(schema_version=1, settings=()))
    functions: Functions = field(default_factory=lambda: Functions(schema_version=1, functions=()))
    impacts: Impacts = field(default_factory=lambda: Impacts(schema_version=1, impacts=()))
    crosswalk: Crosswalk = field(default_factory=lambda: Crosswalk(schema_version=1, links=()))
    translations: tuple[Translation, ...] = ()
    checksums: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The whole library as text, to be kept beside what was made from it."""
        return _JSON.dump_json(self).decode()

    @staticmethod
    def from_json(text: str) -> "Library":
        """The inverse of `to_json`."""
        return _JSON.validate_json(text)

    def joined(self, other: "Library") -> "Library":
        """This library with everything of `other` laid over it; the same id is replaced."""
        return Library(
            frameworks=_over(self.frameworks, other.frameworks, "framework"),
            rights=Rights(schema_version=1, rights=_over(self.rights.rights, other.rights.rights, "right")),
            risk_areas=RiskAreas(
                schema_version=1,
                risk_areas=_over(self.risk_areas.risk_areas, other.risk_areas.risk_areas, "risk_area"),
            ),
            settings=Settings(
                schema_version=1, settings=_over(self.settings.settings, other.settings.settings, "setting")
            ),
            functions=Functions(
                schema_version=1, functions=_over(self.functions.functions, other.functions.functions, "function")
            ),
            impacts=Impacts(schema_version=1, impacts=_over(self.impacts.impacts, other.impacts.impacts, "impact")),
            crosswalk=Crosswalk(schema_version=1, links=_links_over(self.crosswalk.links, other.crosswalk.links)),
            translations=_translations_over(self.translations, other.translations),
            checksums={**self.checksums, **other.checksums},
        )


_JSON = TypeAdapter(Library)
Item = TypeVar("Item", bound=Strict)


def _over(below: tuple[Item, ...], above: tuple[Item, ...], key: str) -> tuple[Item, ...]:
    """The items of both by `key`, those of `above` in the place of their namesakes."""
    return tuple({getattr(item, key): item for item in (*below, *above)}.values())


def _links_over(below: tuple[Link, ...], above: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of both, one for each pair of ends: a link whose strength changed must not stand twice."""
    return tuple({(link.source, link.target_type, link.target): link for link in (*below, *above)}.values())


def _translations_over(below: tuple[Translation, ...], above: tuple[Translation, ...]) -> tuple[Translation, ...]:
    """One translation a language, the texts of `above` in the place of their namesakes."""
    texts: dict[str, dict[str, Any]] = {}
    for item in (*below, *above):
        texts.setdefault(item.language, {}).update(item.texts)
    return tuple(Translation(schema_version=1, language=language, texts=own) for language, own in texts.items())


def framework_folders(root: Path) -> list[Path]:
    """The folders under `root` that hold a `framework.yaml`, in order of name."""
    return sorted(path.parent for path in root.glob("*/framework.yaml"))


def read_library(roots: Iterable[Path], beside: Library | None = None) -> tuple[Library, list[Problem]]:
    """Read every framework folder and shared list below `roots`; ids of `beside` count as known.

    Shared lists may stand in any root; the lists of all roots are joined. Problems name file, line, key and the
    nearest known id. With problems, the Library holds what could be read.
    """
    problems: list[Problem] = []
    documents: list[tuple[Document, Strict]] = []
    for root in roots:
        for name, model in SHARED_FILES.items():
            path = root / "shared" / name
            if path.exists():
                documents += _read(path, f"{root.name}/shared/{name}", model, problems)
        for folder in framework_folders(root):
            for path in sorted(folder.glob("*.yaml")):
                name = f"{root.name}/{folder.name}/{path.name}"
                file_model = Framework if path.name == "framework.yaml" else Translation
                documents += _read(path, name, file_model, problems)
        for path in sorted((root / "shared").glob("??.yaml")):
            documents += _read(path, f"{root.name}/shared/{path.name}", Translation, problems)
    library = _join([value for _, value in documents], documents)
    problems += _ids_twice(documents, beside or Library())
    # Files that could not be read define ids too: telling everyone who points at them would drown the one real fault.
    if not problems:
        problems += _unresolved(documents, beside or Library())
    problems += _unsound_scales(documents)
    return library, problems


def _read(path: Path, name: str, model: type[Strict], problems: list[Problem]) -> list[tuple[Document, Strict]]:
    document = read_yaml(path, name)
    if isinstance(document, Problem):
        problems.append(document)
        return []
    value = validate(document, model)
    if isinstance(value, list):
        problems += value
        return []
    return [(document, value)]


def _join(values: list[Strict], documents: list[tuple[Document, Strict]]) -> Library:
    def every(model: type[Strict], field: str) -> tuple[Any, ...]:
        return tuple(item for value in values if isinstance(value, model) for item in getattr(value, field))

    return Library(
        frameworks=tuple(sorted((v for v in values if isinstance(v, Framework)), key=lambda f: (f.year, f.framework))),
        rights=Rights(schema_version=1, rights=every(Rights, "rights")),
        risk_areas=RiskAreas(schema_version=1, risk_areas=every(RiskAreas, "risk_areas")),
        settings=Settings(schema_version=1, settings=every(Settings, "settings")),
        functions=Functions(schema_version=1, functions=every(Functions, "functions")),
        impacts=Impacts(schema_version=1, impacts=every(Impacts, "impacts")),
        crosswalk=Crosswalk(schema_version=1, links=every(Crosswalk, "links")),
        translations=tuple(value for value in values if isinstance(value, Translation)),
        checksums={
            value.framework: sha256(value.model_dump_json().encode()).hexdigest()[:16]
            for _, value in documents
            if isinstance(value, Framework)
        },
    )


OWN_ID = {
    "rights": "right",
    "risk_areas": "risk_area",
    "settings": "setting",
    "functions": "function",
    "impacts": "impact",
    "areas": "area",
    "criteria": "criterion",
}
POINTS_AT = {
    "rights": "right",
    "risk_areas": "risk_area",
    "settings": "setting",
    "functions": "function",
    "risk_area": "risk_area",
    "setting": "setting",
    "source": "area",
}


def _defined(documents: list[tuple[Document, Strict]]) -> Iterator[tuple[str, str, Document, Place]]:
    """Every id that is given a meaning: its type, itself, and where."""
    for document, value in documents:
        if isinstance(value, Framework):
            yield "framework", value.framework, document, ("framework",)
        for place, item in _items(document.values, ()):
            owner = next((part for part in reversed(place) if isinstance(part, str)), "")
            key = OWN_ID.get(owner)
            if key and isinstance(item, dict) and key in item:
                yield key, str(item[key]), document, (*place, key)


def _items(values: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Every mapping inside `values` with its place."""
    if isinstance(values, dict):
        yield place, values
        for key, inner in values.items():
            yield from _items(inner, (*place, key))
    elif isinstance(values, list):
        for position, inner in enumerate(values):
            yield from _items(inner, (*place, position))


def _ids_twice(documents: list[tuple[Document, Strict]], beside: Library) -> list[Problem]:
    # A framework read anew replaces its namesake, so only the ids of the others are taken.
    new = {value.framework for _, value in documents if isinstance(value, Framework)}
    seen: dict[str, str] = {
        code: framework.framework
        for framework in beside.frameworks
        if framework.framework not in new
        for area in framework.areas
        for code in (area.area, *(criterion.criterion for criterion in area.criteria))
    }
    problems = []
    for _, code, document, place in _defined(documents):
        row = document.line(place)
        if code in seen:
            problems.append(
                Problem(
                    "id_twice",
                    document.name,
                    row,
                    str(place[-1]),
                    code,
                    expected=f"a name of its own; see {seen[code]}",
                    weight=Weight.FILE,
                )
            )
        seen.setdefault(code, f"{document.name}:{row}")
    return problems


def _known_beside(library: Library) -> dict[str, set[str]]:
    areas = [area for framework in library.frameworks for area in framework.areas]
    return {
        "area": {area.area for area in areas},
        "criterion": {criterion.criterion for area in areas for criterion in area.criteria},
        "right": {item.right for item in library.rights.rights},
        "risk_area": {item.risk_area for item in library.risk_areas.risk_areas},
        "setting": {item.setting for item in library.settings.settings},
        "function": {item.function for item in library.functions.functions},
        "impact": {item.impact for item in library.impacts.impacts},
    }


def _unresolved(documents: list[tuple[Document, Strict]], beside: Library) -> list[Problem]:
    known = _known_beside(beside)
    for key, code, _, _ in _defined(documents):
        known.setdefault(key, set()).add(code)
    problems = []
    for document, value in documents:
        if isinstance(value, Translation):
            every = {code for codes in known.values() for code in codes}
            for code in value.texts:
                if code not in every:
                    problems.append(_unknown(document, ("texts", code), code, every))
            continue
        for place, item in _items(document.values, ()):
            for key, code, where in _references(item, place):
                if code not in known.get(key, set()):
                    problems.append(_unknown(document, where, code, known.get(key, set())))
    return problems


def _references(item: object, place: Place) -> Iterator[tuple[str, str, Place]]:
    """The ids a mapping points at, with the type each must be of."""
    if not isinstance(item, dict):
        return
    defines = {OWN_ID.get(part) for part in place[-2:] if isinstance(part, str)}
    for key, target in POINTS_AT.items():
        if key not in item or key in defines:
            continue
        codes = item[key]
        if isinstance(codes, str):
            yield target, codes, (*place, key)
        elif isinstance(codes, list):
            for position, code in enumerate(codes):
                if isinstance(code, str):
                    yield target, code, (*place, key, position)
    if "target" in item and "target_type" in item:
        yield str(item["target_type"]), str(item["target"]), (*place, "target")


def _unknown(document: Document, place: Place, code: str, known: set[str]) -> Problem:
    column = str(next(part for part in reversed(place) if isinstance(part, str)))
    return Problem(
        "unknown_id", document.name, document.line(place), column, code, hint=nearest(code, known), weight=Weight.FILE
    )


def _unsound_scales(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """Bands that do not rise from 0, words of a scale that are given twice, and values where none belong."""
    problems = []
    for document, value in documents:
        if not isinstance(value, Framework):
            continue
        starts = [band.starts_at for band in value.bands]
        if starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
            problems.append(_unsound(document, ("bands",), str(starts), "0, then rising"))
        words = [status.status for status in value.scale]
        for position, status in enumerate(value.scale):
            where: Place = ("scale", position, "status")
            if words.count(status.status) > 1 or status.status == "unanswered":
                problems.append(_unsound(document, where, status.status, "each word once; not 'unanswered'"))
            if (status.value is None) is (status.counts_as == "answered"):
                expected = "a value from 0 to 1" if status.counts_as == "answered" else "no value"
                problems.append(_unsound(document, where, status.status, expected))
    return problems


def _unsound(document: Document, place: Place, value: str, expected: str) -> Problem:
    column = str(next(part for part in reversed(place) if isinstance(part, str)))
    return Problem(
        "bad_value", document.name, document.line(place), column, value, expected=expected, weight=Weight.FILE
    )
