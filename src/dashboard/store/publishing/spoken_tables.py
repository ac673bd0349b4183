"""What a publication says in each language: titles and texts as rows; what else items say, in tables of their own."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dashboard.loading.library import Library, english_of, in_other_words
from dashboard.loading.yaml_file import language_for, read_words
from dashboard.model.framework import Criterion, Strict
from dashboard.model.guidance import STEPS
from dashboard.model.translation import LISTED, State, Translation, one_per_language
from dashboard.store.sql import TOLD

ENGLISH = "en"
Texts = Mapping[str, Mapping[str, str]]
"""By id and name of a text: what it says."""
OF_A_STANDARD = {"framework", "publisher", "edition", "licence_note", "held_in_part"}
Row = dict[str, object]
Rows = list[Row]
NOTHING: Mapping[str, Any] = MappingProxyType({})


def rows_of_languages(library: Library) -> dict[str, Rows]:
    """By table: what is said in `wording`, and what only `said_rows` has, in a table of its own for other languages."""
    english = english_of(library)
    rows: dict[str, Rows] = {"wording": list(_wording(library, ENGLISH)), "framework_said": []}
    rows |= {f"{table}_said": [] for table in TOLD}
    for item in one_per_language(library.translations):
        given = _marked(item, english)
        spoken = in_other_words(library, given)
        of = {"language": item.language}
        rows["wording"] += _wording(spoken, item.language, given, _states(item, english))
        rows["framework_said"] += [of | one.model_dump(include=OF_A_STANDARD) for one in spoken.frameworks]
        for table, said in said_rows(spoken).items():
            rows[f"{table}_said"] += [of | row for row in said]
    return rows


def _states(translation: Translation, english: Texts) -> dict[str, State]:
    """By id: whether anybody has read what it is called or asks, and whether it is still what it was made from."""
    found: dict[str, State] = {}
    for code, own in translation.texts.items():
        name = next((one for one in ("text", "title") if one in own), next(iter(own)))
        found[code] = translation.state_of(code, name, english.get(code, {}).get(name))
    return found


def said_rows(library: Library) -> dict[str, Rows]:
    """By table: the items that say more than `wording` holds."""
    guidance = sorted(library.guidance, key=lambda item: (STEPS.index(item.step), item.guidance))
    cases = sorted(library.cases, key=lambda item: item.case_study)
    return {
        "tension": [item.model_dump() for item in library.tensions.tensions],
        "crc_right": [item.model_dump() for item in library.rights.rights],
        "setting": in_order(library.settings.settings),
        "instrument": [
            {key: value for key, value in row.items() if key != "points"}
            for row in in_order(library.beside.instruments)
        ],
        "guidance": in_order(guidance),
        "case_study": in_order(cases),
        "tour_step": [
            {"tour": item.tour, "step": number, "id": item.step_id(number), "place": step.place(), "note": step.note}
            for item in library.tours
            for number, step in enumerate(item.steps, start=1)
        ],
    }


def _marked(translation: Translation, english: Texts) -> Texts:
    """The texts that a language gives. One whose English has changed since says so."""

    def said(code: str, name: str, text: str) -> str:
        if translation.state_of(code, name, english.get(code, {}).get(name)) != "stale":
            return text
        # Read only where something is stale: a file of words takes longer than all that is done here.
        return read_words(language_for(translation.language))("translation.stale_text", text=text)

    return {
        code: {name: said(code, name, text) for name, text in own.items()} for code, own in translation.texts.items()
    }


def _wording(
    spoken: Library, language: str, given: Texts = NOTHING, states: Mapping[str, State] = NOTHING
) -> Iterator[Row]:
    """A row for each id of a library in the words of a language, and for each title of a list, scale or band it gives.

    What lists, scales and bands themselves say is not known here; `load/lists/wording.sql` adds it as English.
    """
    criteria = {c.criterion: c for f in spoken.frameworks for area in f.areas for c in area.criteria}
    for code, (title, text) in _titles_and_texts(spoken).items():
        own = given.get(code, {})
        # What has no text of that name is called by it in a translation.
        said = {"title": own.get("title", title), "text": own.get("text", text), **_said(criteria.get(code))}
        state = {"translated": language == ENGLISH or bool(own), "state": states.get(code)}
        yield {"language": language, "id": code, **said, **state}
    for code, own in given.items():
        if is_listed(code):
            shown = {name: own.get(name) for name in ("title", "text")}
            yield {"language": language, "id": code, **shown, "translated": True}


def is_listed(code: str) -> bool:
    """Whether it names a country, round, indicator, status and the like by kind and code."""
    kind, slash, _ = code.partition("/")
    return bool(slash) and kind in LISTED


def _said(criterion: Criterion | None) -> dict[str, str | None]:
    """What a criterion says beside its text; nothing of anything else."""
    if criterion is None:
        return {"gap": None, "partly": None, "evidence_hint": None}
    return {"gap": criterion.gap, "partly": criterion.partly, "evidence_hint": criterion.evidence_hint or ""}


def _titles_and_texts(library: Library) -> dict[str, tuple[str, str]]:
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


def in_order(items: Iterable[Strict]) -> Rows:
    """The items with their positions in the file."""
    return [
        item.model_dump(exclude={"schema_version"}) | {"position": position}
        for position, item in enumerate(items, start=1)
    ]
