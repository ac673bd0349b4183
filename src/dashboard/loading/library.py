"""Holds all frameworks and shared lists as one value that can be joined with another and stored as text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from dashboard.model.framework import Framework, Strict
from dashboard.model.guidance import CaseStudy, Guidance
from dashboard.model.shared_lists import (
    SHARED_FILES,
    Beside,
    Crosswalk,
    Functions,
    Impacts,
    Link,
    Rights,
    RiskAreas,
    Settings,
    Tensions,
    Translation,
)
from dashboard.model.tour import Tour

ENDS = ("source", "target_type", "target")
"""By what a link is known, so that one whose strength changed does not occur twice."""
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "themes": ("theme",),
    "rights": ("right",),
    "tensions": ("tension",),
    "risk_areas": ("risk_area",),
    "settings": ("setting",),
    "functions": ("function",),
    "impacts": ("impact",),
    "instruments": ("instrument",),
    "links": ENDS,
}
"""By list of a shared file: the fields by which its items are known."""
SHARED = {Path(name).stem: model for name, model in SHARED_FILES.items()}
"""The models of the shared files, by their fields in a library."""
Item = TypeVar("Item", bound=Strict)


def latest(items: Iterable[Item], *keys: str) -> tuple[Item, ...]:
    """The items without those that a later one with the same keys replaces."""
    return tuple({tuple(getattr(item, key) for key in keys): item for item in items}.values())


def merged(model: type[Item], files: Iterable[Item]) -> Item:
    """Several shared files of one kind as one; later items replace their namesakes."""
    of_all = list(files)
    lists = {
        name: latest((item for file in of_all for item in getattr(file, name)), *KNOWN_BY[name])
        for name in model.model_fields
        if name in KNOWN_BY
    }
    return model.model_validate({"schema_version": 1, **lists})


def _within(name: str, change: Callable[[Any], Any]) -> Callable[[Iterable[Strict]], tuple[Any, ...]]:
    """What changes one field of each item."""
    return lambda items: tuple(item.model_copy(update={name: change(getattr(item, name))}) for item in items)


@dataclass(frozen=True)
class Library:
    """All framework files of one or more folders, checked against each other."""

    frameworks: tuple[Framework, ...] = ()
    rights: Rights = field(default_factory=lambda: merged(Rights, ()))
    tensions: Tensions = field(default_factory=lambda: merged(Tensions, ()))
    risk_areas: RiskAreas = field(default_factory=lambda: merged(RiskAreas, ()))
    settings: Settings = field(default_factory=lambda: merged(Settings, ()))
    functions: Functions = field(default_factory=lambda: merged(Functions, ()))
    impacts: Impacts = field(default_factory=lambda: merged(Impacts, ()))
    crosswalk: Crosswalk = field(default_factory=lambda: merged(Crosswalk, ()))
    beside: Beside = field(default_factory=lambda: merged(Beside, ()))
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

        def ends(link: Link) -> Link:
            return link.model_copy(
                update={end: names.get(getattr(link, end), getattr(link, end)) for end in ("source", "target")}
            )

        criteria = _within("criteria", new)
        texts = _within("texts", lambda texts: {names.get(code, code): own for code, own in texts.items()})
        (crosswalk,) = _within("links", lambda links: tuple(map(ends, links)))([self.crosswalk])
        (beside,) = _within("instruments", _within("points", criteria))([self.beside])
        (tensions,) = _within("tensions", criteria)([self.tensions])
        (impacts,) = _within("impacts", criteria)([self.impacts])
        return replace(
            self,
            frameworks=_within("areas", _within("criteria", _within("supersedes", new)))(self.frameworks),
            crosswalk=crosswalk,
            beside=beside,
            tensions=tensions,
            impacts=impacts,
            guidance=criteria(self.guidance),
            cases=criteria(self.cases),
            translations=texts(self.translations),
        )

    def joined(self, other: "Library") -> "Library":
        """This library with everything in `other`, which replaces items with the same id."""
        shared: dict[str, Any] = {
            name: merged(model, (getattr(self, name), getattr(other, name))) for name, model in SHARED.items()
        }
        return Library(
            frameworks=latest((*self.frameworks, *other.frameworks), "framework"),
            **shared,
            guidance=latest((*self.guidance, *other.guidance), "guidance"),
            cases=latest((*self.cases, *other.cases), "case_study"),
            tours=latest((*self.tours, *other.tours), "tour"),
            tour_places={**self.tour_places, **other.tour_places},
            text_places={**self.text_places, **other.text_places},
            translations=_translations_over(self.translations, other.translations),
            checksums={**self.checksums, **other.checksums},
        )


_JSON = TypeAdapter(Library)


def framework_of(library: Library) -> dict[str, str]:
    """The framework of each criterion, by its id and by its former ones."""
    return {
        code: framework.framework
        for framework in library.frameworks
        for area in framework.areas
        for criterion in area.criteria
        for code in (criterion.criterion, *criterion.formerly)
    }


def _translations_over(below: tuple[Translation, ...], above: tuple[Translation, ...]) -> tuple[Translation, ...]:
    """One translation per language; texts in `above` replace their namesakes."""
    texts: dict[str, dict[str, Any]] = {}
    for item in (*below, *above):
        texts.setdefault(item.language, {}).update(item.texts)
    return tuple(Translation(schema_version=1, language=language, texts=own) for language, own in texts.items())
