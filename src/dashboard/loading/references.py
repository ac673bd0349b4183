"""Checks that framework files fit together: ids occur once, and references, translations and former names fit them."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from babel import Locale

from dashboard.loading.library import KNOWN_BY, SHARED, Library
from dashboard.loading.yaml_file import Document, Place, languages, of_model
from dashboard.model.framework import Area, Criterion, Framework, Strict
from dashboard.model.guidance import CaseStudy, Guidance
from dashboard.model.problem import Problem, nearest
from dashboard.model.standard_files import named_codes
from dashboard.model.tour import Tour
from dashboard.model.translation import LISTED, Translation

OF_THE_GROUP = ("country", "region", "round", "indicator", "law")
"""What the tables of the group list, not the library."""
Documents = list[tuple[Document, Strict]]


def unsound_translations(documents: Documents) -> list[Problem]:
    """Languages that nobody knows, texts that a thing does not have, and those that are given twice."""
    problems: list[Problem] = []
    given: dict[tuple[str, str, str], str] = {}
    for document, value in of_model(documents, Translation):
        if value.language not in _known_languages():
            problems.append(_unknown_language(document, value.language))
        for code, texts in value.texts.items():
            fields = LISTED.get(code.partition("/")[0], ()) if "/" in code else tuple(texts)
            for field in texts:
                where: Place = ("texts", code, field)
                if field not in fields:
                    expected, near = ", ".join(fields), nearest(field, fields)
                    problems.append(_problem("bad_value", document, where, field, expected, near))
                first = given.setdefault((value.language, code, field), _at(document, where))
                if first != _at(document, where):
                    problems.append(_problem("text_twice", document, where, code, first))
    return problems


def text_places(documents: Documents) -> dict[str, tuple[str, int | None]]:
    """File and line of every translation of what the group lists, by language and what it names: `fr country/TCD`.

    Kept with them, since a country may go, or come, long after its file was read.
    """
    return {
        f"{value.language} {code}": (document.file(("texts", code)), document.line(("texts", code)))
        for document, value in of_model(documents, Translation)
        for code in value.texts
        if "/" in code
    }


def _known_languages() -> frozenset[str]:
    """By the Unicode CLDR, and those that there are words for."""
    return frozenset((*Locale("en").languages, *languages()))


def _unknown_language(document: Document, language: str) -> Problem:
    near = nearest(language.lower(), (code for code in _known_languages() if len(code) <= len(language)))
    return _problem("no_language", document, ("language",), language, "fr", near)


def _problem(
    kind: str, document: Document, where: Place, value: str, expected: str | None = None, hint: str | None = None
) -> Problem:
    return document.problem(kind, where, value, expected, hint, column=document.column(where))


def _at(document: Document, where: Place) -> str:
    return f"{document.file(where)}, {document.line(where)}"


NONE: Mapping[str, str] = MappingProxyType({})
OWN_ID = {
    **{name: keys[0] for name, keys in KNOWN_BY.items() if len(keys) == 1},
    "areas": "area",
    "criteria": "criterion",
    "points": "point",
}
"""By list: the field that is the id of its items."""
POINTS_AT = {
    "themes": "theme",
    "between": "theme",
    "criteria": "criterion",
    "rights": "right",
    "risk_areas": "risk_area",
    "settings": "setting",
    "functions": "function",
    "touches": "impact",
    "risk_area": "risk_area",
    "setting": "setting",
}


def defined(documents: list[tuple[Document, Strict]]) -> Iterator[tuple[str, str, Document, Place]]:
    """Every id that is defined: its type, the id, and where."""
    for document, value in documents:
        if isinstance(value, Framework):
            yield "framework", value.framework, document, ("framework",)
        if isinstance(value, Guidance):
            yield "guidance", value.guidance, document, ("guidance",)
        if isinstance(value, CaseStudy):
            yield "case_study", value.case_study, document, ("case_study",)
        if isinstance(value, Tour):
            yield "tour", value.tour, document, ("tour",)
            for number in range(len(value.steps)):
                yield "tour_step", value.step_id(number + 1), document, ("steps", number)
            # What a step selects defines nothing: it is checked against what is published
            # (`store/publishing/load_checks.py`).
            continue
        for place, item in items(document.values, ()):
            owner = next((part for part in reversed(place) if isinstance(part, str)), "")
            key = OWN_ID.get(owner)
            if key and isinstance(item, dict) and key in item:
                yield key, str(item[key]), document, (*place, key)


def criteria_at(framework: Framework) -> Iterator[tuple[Place, Criterion]]:
    """Every criterion of a framework, with its place in the file."""
    for number, area in enumerate(framework.areas):
        for position, criterion in enumerate(area.criteria):
            yield ("areas", number, "criteria", position), criterion


def items(values: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Every mapping inside `values`, with its place."""
    if isinstance(values, dict):
        yield place, values
        for key, inner in values.items():
            yield from items(inner, (*place, key))
    elif isinstance(values, list):
        for position, inner in enumerate(values):
            yield from items(inner, (*place, position))


def taken_beside(documents: list[tuple[Document, Strict]], beside: Library) -> dict[str, str]:
    """The ids of areas and criteria published beside `documents` that stay, each with its framework."""
    return {
        code: framework.framework
        for framework in staying(documents, beside)
        for area in framework.areas
        for code in (area.area, *(criterion.criterion for criterion in area.criteria))
    }


def ids_twice(documents: list[tuple[Document, Strict]], beside: Library) -> list[Problem]:
    seen = taken_beside(documents, beside)
    problems = []
    for _, code, document, place in defined(documents):
        if code in seen:
            problems.append(twice(document, place, code, seen[code]))
        seen.setdefault(code, f"{document.file(place)}:{document.line(place)}")
    return problems


def twice(document: Document, place: Place, code: str, other: str) -> Problem:
    """The Problem for a name that `other` already uses."""
    return document.problem("id_twice", place, code, f"a unique id; see {other}")


def staying(documents: list[tuple[Document, Strict]], beside: Library) -> list[Framework]:
    """The frameworks in `beside` that stay: one that is read again replaces its namesake, including its ids."""
    new = {value.framework for _, value in of_model(documents, Framework)}
    return [framework for framework in beside.frameworks if framework.framework not in new]


def _known_beside(library: Library, frameworks: list[Framework]) -> dict[str, set[str]]:
    areas = [area for framework in frameworks for area in framework.areas]
    return {
        "framework": {framework.framework for framework in frameworks},
        "area": {area.area for area in areas},
        "criterion": {criterion.criterion for area in areas for criterion in area.criteria},
        **{
            OWN_ID[name]: {getattr(item, OWN_ID[name]) for item in getattr(getattr(library, file), name)}
            for file, model in SHARED.items()
            for name in OWN_ID.keys() & model.model_fields.keys()
        },
        "point": {point.point for item in library.beside.instruments for point in item.points},
        "guidance": {item.guidance for item in library.guidance},
        "case_study": {item.case_study for item in library.cases},
        "tour": {item.tour for item in library.tours},
        "tour_step": {item.step_id(number + 1) for item in library.tours for number in range(len(item.steps))},
    }


def unresolved(
    documents: list[tuple[Document, Strict]], beside: Library, formerly: Mapping[str, str] = NONE
) -> list[Problem]:
    """References to ids that nothing has; if the id is a former name, the hint is the current one."""
    known = _known_beside(beside, staying(documents, beside))
    for key, code, _, _ in defined(documents):
        known.setdefault(key, set()).add(code)
    problems = []
    for document, value in documents:
        if isinstance(value, Translation):
            frameworks = [*staying(documents, beside), *(own for _, own in of_model(documents, Framework))]
            every = {code for codes in (*known.values(), *map(named_codes, frameworks)) for code in codes}
            for code in value.texts:
                # What the group lists, `store/publishing/load_checks.py` holds against its lists.
                if code not in every and code.partition("/")[0] not in OF_THE_GROUP:
                    problems.append(_unknown(document, ("texts", code), code, every, formerly))
            continue
        if isinstance(value, Tour):
            continue
        for place, item in items(document.values, ()):
            for key, code, where in _references(item, place):
                if code not in known.get(key, set()):
                    problems.append(_unknown(document, where, code, known.get(key, set()), formerly))
    return problems


def _references(item: object, place: Place) -> Iterator[tuple[str, str, Place]]:
    """The ids a mapping refers to, with the type that each must have."""
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
    if "supersedes" in item:
        codes = item["supersedes"]
        if isinstance(codes, list):
            for position, code in enumerate(codes):
                yield "criterion", str(code), (*place, "supersedes", position)
        elif codes is not None:
            yield "framework", str(codes), (*place, "supersedes")
    if "target" in item and "target_type" in item:
        yield str(item.get("source_type", "area")), str(item["source"]), (*place, "source")
        yield str(item["target_type"]), str(item["target"]), (*place, "target")


def _unknown(document: Document, place: Place, code: str, known: set[str], formerly: Mapping[str, str]) -> Problem:
    present = formerly.get(code)
    return document.problem("unknown_id", place, code, hint=present if present in known else nearest(code, known))


def former_names(frameworks: Iterable[Framework]) -> dict[str, str]:
    """The current id for every name that a framework declares as former."""
    return {former: code for framework in frameworks for code, item in _named(framework) for former in item.formerly}


def _named(framework: Framework) -> Iterator[tuple[str, Area | Criterion]]:
    for area in framework.areas:
        yield area.area, area
        yield from ((criterion.criterion, criterion) for criterion in area.criteria)


def all_former_names(library: Library, beside: Library) -> dict[str, str]:
    """The former names of both. A name that `beside` leads to an id which is now former leads to the newest."""
    newest = former_names(library.frameworks)
    return carried(former_names(beside.frameworks), newest)


def carried(older: Mapping[str, str], newest: Mapping[str, str]) -> dict[str, str]:
    """`newest`, plus the older names of things that have been renamed again, leading to their newest id."""
    return {former: newest.get(code, code) for former, code in older.items()} | dict(newest)


def former_names_twice(documents: list[tuple[Document, Strict]], beside: Library) -> list[Problem]:
    """Former names that are also in use as an id, and those that two things claim."""
    known = list(defined(documents))
    claimed = former_names(staying(documents, beside))
    problems = [twice(document, place, code, claimed[code]) for _, code, document, place in known if code in claimed]
    borne = {code: f"{document.file(place)}:{document.line(place)}" for _, code, document, place in known}
    taken = claimed | taken_beside(documents, beside) | borne
    for code, document, place in _claims(documents):
        if code in taken:
            problems.append(twice(document, place, code, taken[code]))
        taken.setdefault(code, f"{document.file(place)}:{document.line(place)}")
    return problems


def _claims(documents: list[tuple[Document, Strict]]) -> Iterator[tuple[str, Document, Place]]:
    for document, _ in of_model(documents, Framework):
        for place, item in items(document.values, ()):
            names = item.get("formerly") if isinstance(item, dict) else None
            for position, code in enumerate(names or ()):
                yield str(code), document, (*place, "formerly", position)
