"""Do the bands of a framework fit what its answers are worth? Notes only: a standard may mean it so."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.model.plan.answered import percent_of
from dashboard.model.problem import Problem, Weight
from dashboard.model.standard.framework import Band, Framework, Strict
from dashboard.model.standard.scales import Choice, scales_used

HALF = 0.5
"""What a *partly* is worth at most, on any scale."""


def unfit_edges(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A note for each answer worth half or less that alone reaches the upper half of the bands, and for no zero."""
    return [
        problem
        for document, value in documents
        if isinstance(value, Framework)
        for problem in (*_too_low(document, value), *_without_zero(document, value))
    ]


def first_upper(bands: Sequence[Band]) -> int:
    """The place of the first band in the upper half: the third of four, the second of two or three."""
    return len(bands) // 2


def _too_low(document: Document, framework: Framework) -> Iterator[Problem]:
    """Of each scale, the answer worth most among those worth half or less, if it reaches the upper half."""
    place = first_upper(framework.bands)
    upper = framework.bands[place]
    said: set[tuple[str, float]] = set()
    for choices in scales_used(framework).values():
        found = max(((worth, choice) for choice, worth in _worth(choices) if worth <= HALF), key=_first, default=None)
        if found is None or (percent := _percent(found[0])) < upper.starts_at or (found[1].status, found[0]) in said:
            continue
        said.add((found[1].status, found[0]))
        reached = [band for band in framework.bands if band.starts_at <= percent][-1]
        value = f"{found[1].title} ({found[0]:g}) = {percent}, {reached.title}"
        where: Place = ("bands", place, "starts_at")
        yield _note("half_is_high", document, where, value, f"{upper.title}: {percent + 1}")


def _without_zero(document: Document, framework: Framework) -> Iterator[Problem]:
    """Each scale on which no answer is worth 0."""
    for (name, _), choices in scales_used(framework).items():
        least = min((worth for _, worth in _worth(choices)), default=0.0)
        if least > 0:
            yield _note("no_zero", document, ("scale",), f"{name} {least:g}".strip())


def _worth(choices: Sequence[Choice]) -> Iterator[tuple[Choice, float]]:
    return ((choice, choice.value) for choice in choices if choice.value is not None)


def _first(found: tuple[float, Choice]) -> float:
    return found[0]


def _percent(worth: float) -> int:
    """The number that is shown for a single answer."""
    return percent_of(Fraction(str(worth)), Fraction(1))


def _note(kind: str, document: Document, place: Place, value: str, expected: str | None = None) -> Problem:
    column = str(next(part for part in reversed(place) if isinstance(part, str)))
    return Problem(
        kind, document.file(place), document.line(place), column, value, expected=expected, weight=Weight.NOTE
    )
