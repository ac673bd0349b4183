"""All frameworks and shared lists as one value: joined with another, stored as text, or in other words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from dashboard.model.framework import Area, Framework, Strict
from dashboard.model.guidance import CaseStudy, Guidance
from dashboard.model.shared_lists import (
    SHARED_FILES,
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
)
from dashboard.model.standard_files import scale_titles
from dashboard.model.tour import Tour
from dashboard.model.translation import Translation, in_words, one_per_language, texts_of

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
        renamed = [
            _within(part, lambda texts: {names.get(code, code): own for code, own in texts.items()})
            for part in ("texts", "made_from", "readings")
        ]
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
            translations=reduce(lambda items, change: change(items), renamed, self.translations),
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
            translations=one_per_language((*self.translations, *other.translations)),
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


Texts = Mapping[str, Mapping[str, str]]
"""By id and name of a text: what it says."""


def items_of(library: Library) -> dict[str, Strict]:
    """Everything in a library that has texts, by id, in the order of its files."""
    return dict(_items(library))


def _items(library: Library) -> Iterator[tuple[str, Strict]]:
    for framework in library.frameworks:
        yield framework.framework, framework
        for area in framework.areas:
            yield area.area, area
            yield from ((criterion.criterion, criterion) for criterion in area.criteria)
    yield from ((item.theme, item) for item in library.rights.themes)
    yield from ((item.right, item) for item in library.rights.rights)
    yield from ((item.tension, item) for item in library.tensions.tensions)
    yield from ((item.risk_area, item) for item in library.risk_areas.risk_areas)
    yield from ((item.setting, item) for item in library.settings.settings)
    yield from ((item.function, item) for item in library.functions.functions)
    yield from ((item.impact, item) for item in library.impacts.impacts)
    for document in library.beside.instruments:
        yield document.instrument, document
        yield from ((point.point, point) for point in document.points)
    yield from ((item.guidance, item) for item in library.guidance)
    yield from ((item.case_study, item) for item in library.cases)
    for tour in library.tours:
        yield tour.tour, tour
        yield from ((tour.step_id(number), step) for number, step in enumerate(tour.steps, start=1))


def english_of(library: Library) -> dict[str, dict[str, str]]:
    """Every English text of a library, by id and name, with the titles of statuses and bands."""
    found = {code: texts_of(item) for code, item in items_of(library).items()}
    for framework in library.frameworks:
        found |= {code: {"title": title} for code, title in scale_titles(framework).items()}
    return found


def in_other_words(library: Library, texts: Texts) -> Library:
    """The library with the texts that are given; the others stay as they are."""

    def one(code: str, item: Item) -> Item:
        return in_words(item, texts.get(code, {}))

    def each(items: Iterable[Item], key: str) -> tuple[Item, ...]:
        return tuple(one(getattr(item, key), item) for item in items)

    def within(whole: Item, **lists: str) -> Item:
        return whole.model_copy(update={name: each(getattr(whole, name), key) for name, key in lists.items()})

    def area(item: Area) -> Area:
        return within(one(item.area, item), criteria="criterion")

    def framework(item: Framework) -> Framework:
        return one(item.framework, item).model_copy(update={"areas": tuple(map(area, item.areas))})

    def document(item: Instrument) -> Instrument:
        return within(one(item.instrument, item), points="point")

    def tour(item: Tour) -> Tour:
        steps = tuple(one(item.step_id(number), step) for number, step in enumerate(item.steps, start=1))
        return one(item.tour, item).model_copy(update={"steps": steps})

    changed: dict[str, Any] = {
        "frameworks": tuple(map(framework, library.frameworks)),
        "rights": within(library.rights, themes="theme", rights="right"),
        "tensions": within(library.tensions, tensions="tension"),
        "risk_areas": within(library.risk_areas, risk_areas="risk_area"),
        "settings": within(library.settings, settings="setting"),
        "functions": within(library.functions, functions="function"),
        "impacts": within(library.impacts, impacts="impact"),
        "beside": library.beside.model_copy(update={"instruments": tuple(map(document, library.beside.instruments))}),
        "guidance": each(library.guidance, "guidance"),
        "cases": each(library.cases, "case_study"),
        "tours": tuple(map(tour, library.tours)),
    }
    return replace(library, **changed)
