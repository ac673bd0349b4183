"""What were areas and criteria called before? Each former name leads to one thing, and is no longer used by any."""

from collections.abc import Iterable, Iterator, Mapping

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.loading.library.library import Library
from dashboard.loading.library.references import defined, items, staying, taken_beside, twice
from dashboard.model.problem import Problem
from dashboard.model.standard.framework import Area, Criterion, Framework, Strict


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
    problems = [
        twice(document, place, str(place[-1]), code, claimed[code])
        for _, code, document, place in known
        if code in claimed
    ]
    borne = {code: f"{document.file(place)}:{document.line(place)}" for _, code, document, place in known}
    taken = claimed | taken_beside(documents, beside) | borne
    for code, document, place in _claims(documents):
        if code in taken:
            problems.append(twice(document, place, "formerly", code, taken[code]))
        taken.setdefault(code, f"{document.file(place)}:{document.line(place)}")
    return problems


def _claims(documents: list[tuple[Document, Strict]]) -> Iterator[tuple[str, Document, Place]]:
    for document, value in documents:
        if isinstance(value, Framework):
            for place, item in items(document.values, ()):
                names = item.get("formerly") if isinstance(item, dict) else None
                for position, code in enumerate(names or ()):
                    yield str(code), document, (*place, "formerly", position)
