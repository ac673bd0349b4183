"""Holds all frameworks and shared lists as one value that can be joined with another and stored as text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import TypeAdapter

from dashboard.model.framework import Framework, Strict
from dashboard.model.guidance import CaseStudy, Guidance
from dashboard.model.shared_lists import (
    Beside,
    Crosswalk,
    Functions,
    Impacts,
    Instrument,
    Link,
    Rights,
    RiskAreas,
    Settings,
    Tensions,
    Translation,
)
from dashboard.model.tour import Tour


@dataclass(frozen=True)
class Library:
    """All framework files of one or more folders, checked against each other."""

    frameworks: tuple[Framework, ...] = ()
    rights: Rights = field(default_factory=lambda: Rights(schema_version=1, rights=()))
    tensions: Tensions = field(default_factory=lambda: Tensions(schema_version=1, tensions=()))
    risk_areas: RiskAreas = field(default_factory=lambda: RiskAreas(schema_version=1, risk_areas=()))
    settings: Settings = field(default_factory=lambda: Settings(schema_version=1, settings=()))
    functions: Functions = field(default_factory=lambda: Functions(schema_version=1, functions=()))
    impacts: Impacts = field(default_factory=lambda: Impacts(schema_version=1, impacts=()))
    crosswalk: Crosswalk = field(default_factory=lambda: Crosswalk(schema_version=1, links=()))
    beside: Beside = field(default_factory=lambda: Beside(schema_version=1, instruments=()))
    guidance: tuple[Guidance, ...] = ()
    cases: tuple[CaseStudy, ...] = ()
    tours: tuple[Tour, ...] = ()
    tour_places: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    translations: tuple[Translation, ...] = ()
    text_places: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    checksums: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The whole library as text, to be stored with what was made from it."""
        return _JSON.dump_json(self).decode()

    @staticmethod
    def from_json(text: str) -> "Library":
        """The inverse of `to_json`."""
        return _JSON.validate_json(text)

    def renamed(self, names: Mapping[str, str]) -> "Library":
        """This library with every reference to an area or criterion by a former name replaced by the current id."""

        def new(codes: Iterable[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(names.get(code, code) for code in codes))

        links = [_fields_over(link, ("source", "target"), names) for link in self.crosswalk.links]
        impacts = [item.model_copy(update={"criteria": new(item.criteria)}) for item in self.impacts.impacts]
        tensions = [item.model_copy(update={"criteria": new(item.criteria)}) for item in self.tensions.tensions]
        texts = [{names.get(code, code): own for code, own in item.texts.items()} for item in self.translations]
        return replace(
            self,
            frameworks=tuple(_continuing(framework, new) for framework in self.frameworks),
            crosswalk=Crosswalk(schema_version=1, links=tuple(links)),
            beside=Beside(schema_version=1, instruments=tuple(_met_by(item, new) for item in self.beside.instruments)),
            tensions=Tensions(schema_version=1, tensions=tuple(tensions)),
            impacts=Impacts(schema_version=1, impacts=tuple(impacts)),
            guidance=tuple(item.model_copy(update={"criteria": new(item.criteria)}) for item in self.guidance),
            cases=tuple(item.model_copy(update={"criteria": new(item.criteria)}) for item in self.cases),
            translations=tuple(
                item.model_copy(update={"texts": own}) for item, own in zip(self.translations, texts, strict=True)
            ),
        )

    def joined(self, other: "Library") -> "Library":
        """This library with everything in `other`, which replaces items with the same id."""
        return Library(
            frameworks=_over(self.frameworks, other.frameworks, "framework"),
            rights=Rights(
                schema_version=1,
                themes=_over(self.rights.themes, other.rights.themes, "theme"),
                rights=_over(self.rights.rights, other.rights.rights, "right"),
            ),
            tensions=Tensions(
                schema_version=1, tensions=_over(self.tensions.tensions, other.tensions.tensions, "tension")
            ),
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
            crosswalk=Crosswalk(schema_version=1, links=links_over(self.crosswalk.links, other.crosswalk.links)),
            beside=Beside(
                schema_version=1, instruments=_over(self.beside.instruments, other.beside.instruments, "instrument")
            ),
            guidance=_over(self.guidance, other.guidance, "guidance"),
            cases=_over(self.cases, other.cases, "case_study"),
            tours=_over(self.tours, other.tours, "tour"),
            tour_places={**self.tour_places, **other.tour_places},
            text_places={**self.text_places, **other.text_places},
            translations=_translations_over(self.translations, other.translations),
            checksums={**self.checksums, **other.checksums},
        )


_JSON = TypeAdapter(Library)
Item = TypeVar("Item", bound=Strict)


def _fields_over(link: Link, fields: Iterable[str], names: Mapping[str, str]) -> Link:
    renamed = {name: names[code] for name in fields if (code := getattr(link, name)) in names}
    return link.model_copy(update=renamed) if renamed else link


def _met_by(item: Instrument, new: Callable[[Iterable[str]], tuple[str, ...]]) -> Instrument:
    """A document whose points name criteria by their current ids."""
    points = tuple(point.model_copy(update={"criteria": new(point.criteria)}) for point in item.points)
    return item.model_copy(update={"points": points})


def _continuing(framework: Framework, new: Callable[[Iterable[str]], tuple[str, ...]]) -> Framework:
    """A framework whose criteria name those of the earlier edition that they continue by their current ids."""
    areas = [
        area.model_copy(
            update={"criteria": tuple(c.model_copy(update={"supersedes": new(c.supersedes)}) for c in area.criteria)}
        )
        for area in framework.areas
    ]
    return framework.model_copy(update={"areas": tuple(areas)})


def _over(below: tuple[Item, ...], above: tuple[Item, ...], key: str) -> tuple[Item, ...]:
    """The items of both by `key`; those in `above` replace their namesakes."""
    return tuple({getattr(item, key): item for item in (*below, *above)}.values())


def framework_of(library: Library) -> dict[str, str]:
    """The framework of each criterion, by its id and by its former ones."""
    return {
        code: framework.framework
        for framework in library.frameworks
        for area in framework.areas
        for criterion in area.criteria
        for code in (criterion.criterion, *criterion.formerly)
    }


def links_over(below: tuple[Link, ...], above: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of both, one per pair of ends, so that a link whose strength changed does not occur twice."""
    return tuple({(link.source, link.target_type, link.target): link for link in (*below, *above)}.values())


def _translations_over(below: tuple[Translation, ...], above: tuple[Translation, ...]) -> tuple[Translation, ...]:
    """One translation per language; texts in `above` replace their namesakes."""
    texts: dict[str, dict[str, Any]] = {}
    for item in (*below, *above):
        texts.setdefault(item.language, {}).update(item.texts)
    return tuple(Translation(schema_version=1, language=language, texts=own) for language, own in texts.items())
