"""What is everything in a library called, in each of its languages? Untranslated texts fall back to English."""

from collections.abc import Iterable, Mapping

from dashboard.loading.library.library import Library

ENGLISH = "en"


def wording(library: Library) -> Iterable[dict[str, object]]:
    """A row for each language and id."""
    english = _english(library)
    said = {c.criterion: (c.gap, c.partly) for f in library.frameworks for area in f.areas for c in area.criteria}
    for language, texts in {ENGLISH: {}, **_translated(library)}.items():
        for code, (title, text) in english.items():
            own, (gap, partly) = texts.get(code, {}), said.get(code, (None, None))
            yield {
                "language": language,
                "id": code,
                "title": own.get("title", title),
                "text": own.get("text", text),
                "gap": own.get("gap", gap),
                "partly": own.get("partly", partly),
                "translated": language == ENGLISH or bool(own),
            }


def _translated(library: Library) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """By language and id: the texts that its files give."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for translation in library.translations:
        found.setdefault(translation.language, {}).update(
            {code: {str(key): text for key, text in own.items()} for code, own in translation.texts.items()}
        )
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
