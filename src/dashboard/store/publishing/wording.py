"""What is everything called, in each of its languages? Untranslated texts fall back to English."""

from collections.abc import Iterable, Mapping

from dashboard.loading.library.library import Library
from dashboard.model.standard.framework import Criterion
from dashboard.model.standard.shared import LISTED

ENGLISH = "en"
Texts = Mapping[str, str]
Row = dict[str, object]


def wording(library: Library) -> Iterable[Row]:
    """A row for each language and id of the library, and one for each translated title of a list, scale or band.

    What lists, scales and bands themselves say is not known here; `load/lists/wording.sql` adds it as English.
    """
    english = _english(library)
    criteria = {c.criterion: c for f in library.frameworks for area in f.areas for c in area.criteria}
    for language, texts in {ENGLISH: {}, **_translated(library)}.items():
        for code, (title, text) in english.items():
            own, said = texts.get(code, {}), _said(criteria.get(code))
            given = {"title": title, "text": text, **said, **own}
            yield {"language": language, "id": code, **given, "translated": language == ENGLISH or bool(own)}
        for code, own in texts.items():
            if is_listed(code):
                yield {"language": language, "id": code, "title": None, "text": None, **own, "translated": True}


def is_listed(code: str) -> bool:
    """Whether it names a country, round, indicator, status and the like by kind and code."""
    kind, slash, _ = code.partition("/")
    return bool(slash) and kind in LISTED


def _said(criterion: Criterion | None) -> dict[str, str | None]:
    """What a criterion says beside its text; nothing of anything else."""
    if criterion is None:
        return {"gap": None, "partly": None, "evidence_hint": None}
    return {"gap": criterion.gap, "partly": criterion.partly, "evidence_hint": criterion.evidence_hint or ""}


def _translated(library: Library) -> Mapping[str, Mapping[str, Texts]]:
    """By language and id: the texts that its files give."""
    found: dict[str, dict[str, Texts]] = {}
    for translation in library.translations:
        of_language = found.setdefault(translation.language, {})
        for code, own in translation.texts.items():
            of_language[code] = {**of_language.get(code, {}), **{str(key): text for key, text in own.items()}}
    return found


def _english(library: Library) -> dict[str, tuple[str, str]]:
    texts = {f.framework: (f.title, f.short_title) for f in library.frameworks}
    for framework in library.frameworks:
        for area in framework.areas:
            texts[area.area] = (area.title, area.text)
            texts |= {c.criterion: (c.criterion, c.text) for c in area.criteria}
    texts |= {item.theme: (item.title, item.text) for item in library.rights.themes}
    texts |= {item.right: (item.title, item.citation) for item in library.rights.rights}
    texts |= {item.tension: (item.title, item.text) for item in library.tensions.tensions}
    texts |= {item.risk_area: (item.title, item.text) for item in library.risk_areas.risk_areas}
    texts |= {item.setting: (item.title, item.first_question) for item in library.settings.settings}
    texts |= {item.function: (item.title, item.text) for item in library.functions.functions}
    texts |= {item.impact: (item.impact, item.text) for item in library.impacts.impacts}
    for document in library.beside.instruments:
        texts[document.instrument] = (document.title, document.text)
        texts |= {point.point: (point.code, point.text) for point in document.points}
    texts |= {item.guidance: (item.title, item.situation) for item in library.guidance}
    for tour in library.tours:
        texts[tour.tour] = (tour.title, tour.audience)
        texts |= {tour.step_id(number): (step.title, step.text) for number, step in enumerate(tour.steps, start=1)}
    return texts | {item.case_study: (item.title, item.lesson) for item in library.cases}
