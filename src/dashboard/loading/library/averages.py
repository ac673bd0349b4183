"""Through which parts does a criterion enter the figures of its standard, and how much does each part count?

See docs/decisions/0042-a-figure-is-made-of-parts.md.
"""

from collections.abc import Mapping

from dashboard.loading.files.yaml_file import Document
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.standard.framework import Area, Framework, Strict


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
    for document, value in documents:
        if not isinstance(value, Framework):
            continue
        known = {area.area for area in value.areas} | {area.family for area in value.areas if area.family}
        known |= {c.element for area in value.areas for c in area.criteria if c.element}
        seen: set[str] = set()
        for number, given in enumerate(value.weights):
            place = ("weights", number, "part")
            kind = "said_twice" if given.part in seen else "unknown_id" if given.part not in known else None
            if kind is not None:
                hint = nearest(given.part, known - seen)
                problems.append(
                    Problem(
                        kind, document.file(place), document.line(place), "part", given.part, hint=hint,
                        weight=Weight.FILE,
                    )
                )  # fmt: skip
            seen.add(given.part)
    return problems
