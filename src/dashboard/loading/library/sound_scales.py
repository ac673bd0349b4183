"""Is every scale of a framework sound? Its bands, its words, its numbers, and the scales that its criteria name."""

from collections.abc import Iterator
from itertools import pairwise

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.standard.framework import Framework, Strict
from dashboard.model.standard.scales import MOST_NUMBERS, OWN, scales_of, steps
from dashboard.model.standard.standard import UNANSWERED


def unsound_scales(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """Bands that do not rise from 0, answers that occur twice in a scale, values where none belong, unknown scales."""
    problems = []
    for document, value in documents:
        if isinstance(value, Framework):
            numbers = list(_numbers(document, value))
            problems += [*_bands(document, value), *_words(document, value), *numbers]
            # Without sound numbers, their scale has no answers: that is reported once.
            problems += [] if numbers else _named(document, value)
    return problems


def _bands(document: Document, framework: Framework) -> Iterator[Problem]:
    starts = [band.starts_at for band in framework.bands]
    if len(starts) < 2:
        yield _unsound(document, ("bands",), str(starts), "two bands or more: one alone says nothing")
    elif starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
        yield _unsound(document, ("bands",), str(starts), "0, then rising")


def _words(document: Document, framework: Framework) -> Iterator[Problem]:
    scales = scales_of(framework)
    for position, status in enumerate(framework.scale):
        where: Place = ("scale", position, "status")
        answers = [choice.status for choice in scales[status.scale or OWN]]
        if answers.count(status.status) > 1 or status.status == UNANSWERED:
            yield _unsound(document, where, status.status, f"each word once; not '{UNANSWERED}'")
        if (status.value is None) is (status.counts_as == "answered"):
            expected = "a value from 0 to 1" if status.counts_as == "answered" else "no value"
            yield _unsound(document, where, status.status, expected)
        roles = dict.fromkeys(word.counts_as for word in framework.scale if word.status == status.status)
        if status.counts_as != next(iter(roles)):
            expected = f"{next(iter(roles))}, as on the other scale"
            yield _unsound(document, ("scale", position, "counts_as"), status.counts_as, expected)


def _numbers(document: Document, framework: Framework) -> Iterator[Problem]:
    """Numbers that do not rise from the lowest to the highest in whole steps, or too many of them."""
    for position, numbers in enumerate(framework.numbers):
        place: Place = ("numbers", position, "high")
        said = f"{numbers.low:g}–{numbers.high:g}, {numbers.step:g}"
        if not 0 < steps(numbers) < MOST_NUMBERS:
            yield _unsound(document, place, said, f"1 to {MOST_NUMBERS - 1} whole steps from low to high")
        if [other.scale for other in framework.numbers].count(numbers.scale) > 1:
            yield _unsound(document, ("numbers", position, "scale"), numbers.scale or "", "one row for each scale")


def _named(document: Document, framework: Framework) -> Iterator[Problem]:
    """Criteria that name an unknown scale, and scales with fewer than two answers."""
    scales = scales_of(framework)
    for number, area in enumerate(framework.areas):
        for position, criterion in enumerate(area.criteria):
            name, place = criterion.scale or OWN, ("areas", number, "criteria", position, "scale")
            if name not in scales:
                known = [one for one in scales if one != OWN]
                yield Problem(
                    "bad_value", document.file(place), document.line(place), "scale", name, ", ".join(known) or None,
                    nearest(name, known), Weight.FILE,
                )  # fmt: skip
    for position, word in enumerate(framework.scale):
        answers = [choice for choice in scales[word.scale or OWN] if choice.counts_as == "answered"]
        if word.scale is not None and len(answers) < 2:
            yield _unsound(document, ("scale", position, "scale"), word.scale, "two answers or more in each scale")


def _unsound(document: Document, place: Place, value: str, expected: str) -> Problem:
    column = str(next(part for part in reversed(place) if isinstance(part, str)))
    return Problem(
        "bad_value", document.file(place), document.line(place), column, value, expected=expected, weight=Weight.FILE
    )
