"""Decides how often a criterion counts, and through which parts of its area.

Criteria of one framework that ask the same (`same_as`) are asked once, and counted once wherever any of them counts.
See docs/decisions/0006-criteria.md and docs/decisions/0008-figures.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dashboard.loading.library import Library
from dashboard.loading.references import criteria_at
from dashboard.loading.yaml_file import Document, of_model
from dashboard.model.framework import Area, Criterion, Framework, Strict
from dashboard.model.problem import Problem, nearest
from dashboard.model.shared_lists import Link

ALIKE = ("kind", "weight", "critical", "scale", "reversed", "added", "until")
"""What two criteria that ask the same must have in common, since figures count them as one."""
SERVED = ("rights", "risk_areas", "functions", "settings", "supersedes", "formerly")
"""The lists in which a criterion covers all that ask the same: its own entries first, then theirs."""


def same_as(frameworks: Iterable[Framework]) -> dict[str, str]:
    """For each criterion that repeats an earlier one, the one that it repeats."""
    return {c.criterion: c.same_as for f in frameworks for _, c in _criteria(f) if c.same_as is not None}


def areas_of(framework: Framework) -> Iterator[tuple[str, Area, str | None]]:
    """Every criterion that is asked, with each area it counts in, and its element there.

    Its areas are its own, and those of the criteria that repeat it.
    """
    found: dict[tuple[str, str], tuple[str, Area, str | None]] = {}
    for area, c in _criteria(framework):
        code = c.same_as or c.criterion
        found.setdefault((code, area.area), (code, area, c.element))
    yield from found.values()


def repeated(frameworks: Iterable[Framework]) -> Iterator[tuple[Framework, Area, Criterion]]:
    """The criteria that are not asked because they repeat others, each with its framework and area."""
    yield from ((f, area, c) for f in frameworks for area, c in _criteria(f) if c.same_as is not None)


def asked_once(library: Library) -> Library:
    """The library without repeated criteria: references to them point at the criterion they repeat, which covers both.

    A repeated criterion becomes a former name of the one that is asked. Translations are unchanged.
    """
    names = same_as(library.frameworks)
    if not names:
        return library
    named = library.renamed(names)
    links: dict[tuple[str, ...], Link] = {}
    for link in named.crosswalk.links:
        ends = link.source, link.target_type, link.target
        # Of two links between the same ends, the strong one counts: `primary` sorts before `secondary`.
        links[ends] = min(links.get(ends, link), link, key=lambda one: one.strength)
    return replace(
        named,
        frameworks=tuple(_without_repeats(framework) for framework in named.frameworks),
        crosswalk=named.crosswalk.model_copy(update={"links": tuple(links.values())}),
        translations=library.translations,
    )


def _criteria(framework: Framework) -> Iterator[tuple[Area, Criterion]]:
    yield from ((area, criterion) for area in framework.areas for criterion in area.criteria)


def _without_repeats(framework: Framework) -> Framework:
    repeats: dict[str, list[Criterion]] = {}
    for _, criterion in _criteria(framework):
        if criterion.same_as is not None:
            repeats.setdefault(criterion.same_as, []).append(criterion)
    areas = [
        area.model_copy(
            update={
                "criteria": tuple(
                    _for_all([c, *repeats[c.criterion]]) if c.criterion in repeats else c
                    for c in area.criteria
                    if c.same_as is None
                )
            }
        )
        for area in framework.areas
    ]
    return framework.model_copy(update={"areas": tuple(areas)})


def _for_all(same: list[Criterion]) -> Criterion:
    """The first of several criteria that ask the same, asked of everyone that any of them is asked of."""
    first = same[0]
    levels = {level for c in same for level in (("group", "operation") if c.level == "both" else (c.level,))}
    # The head office is asked whatever its services are, so only criteria for operations limit the services.
    offered = [c.services for c in same if c.level != "group"]
    services = () if not all(offered) else tuple(dict.fromkeys(service for each in offered for service in each))
    served = {name: tuple(dict.fromkeys(code for c in same for code in getattr(c, name))) for name in SERVED}
    served["formerly"] += tuple(c.criterion for c in same[1:])
    level = "both" if len(levels) > 1 else levels.pop()
    return first.model_copy(update={"level": level, "services": services, **served})


def unsound_sameness(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """What is wrong in `same_as`: an unknown id, itself, a later criterion, one that repeats, or one that differs."""
    problems = []
    for document, value in of_model(documents, Framework):
        earlier: dict[str, Criterion] = {}
        every = {c.criterion for _, c in _criteria(value)}
        for place, criterion in criteria_at(value):
            code = criterion.same_as
            fault = None if code is None else _fault(criterion, code, earlier, every)
            if fault is not None:
                kind, expected = fault
                known = [c.criterion for c in earlier.values() if c.same_as is None]
                hint = nearest(code, known) if kind == "same_unknown" else None
                problems.append(document.problem(kind, (*place, "same_as"), code, expected, hint))
            earlier[criterion.criterion] = criterion
    return problems


def _fault(
    criterion: Criterion, code: str, earlier: Mapping[str, Criterion], every: set[str]
) -> tuple[str, str | None] | None:
    """The kind of Problem with naming `code`, and what would be right; None if nothing is wrong."""
    named = earlier.get(code)
    if named is None:
        return ("same_later" if code in every else "same_unknown"), None
    if named.same_as is not None:
        return "same_chain", named.same_as
    for name in ALIKE:
        if getattr(criterion, name) != getattr(named, name):
            return "same_unlike", f"{name} {_text(getattr(named, name))}"
    return None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def parts_of(framework: Framework, area: Area, element: str | None) -> tuple[list[str], list[float]]:
    """The family, area and element of a criterion, and their weights; empty and 1 for a level that is not averaged.

    Areas without a family are together one more family, and criteria without an element one more element of their area.
    """
    weight = weights_of(framework)
    given = {
        "families": (area.family or "", area.family or ""),
        "areas": (area.area, area.area),
        # Elements of two areas are two, even if they have the same name.
        "elements": (f"{area.area} / {element}" if element else area.area, element or ""),
    }
    averaged = [level in framework.average_of for level in given]
    named = list(zip(averaged, given.values(), strict=True))
    return (
        [part if is_averaged else "" for is_averaged, (part, _) in named],
        [weight.get(name, 1.0) if is_averaged else 1.0 for is_averaged, (_, name) in named],
    )


def weights_of(framework: Framework) -> Mapping[str, float]:
    """What each part counts whose weight is given."""
    return {given.part: given.weight for given in framework.weights}


def unknown_parts(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """Weights of parts that a standard does not have, or that are given twice."""
    problems = []
    for document, value in of_model(documents, Framework):
        known = {area.area for area in value.areas} | {area.family for area in value.areas if area.family}
        known |= {c.element for area in value.areas for c in area.criteria if c.element}
        seen: set[str] = set()
        for number, given in enumerate(value.weights):
            kind = "said_twice" if given.part in seen else "unknown_id" if given.part not in known else None
            if kind is not None:
                hint = nearest(given.part, known - seen)
                problems.append(document.problem(kind, ("weights", number, "part"), given.part, hint=hint))
            seen.add(given.part)
    return problems
