"""Checks one framework by itself: its scales, bands, titles and source addresses, and what its criteria demand.

Your own standard may name just the site that publishes it. An address may end in a remark in brackets, such as that the
site is believed retired. See docs/decisions/0007-marks-of-content.md.

Criteria that ask for much at once need a rule for *partly*, see docs/decisions/0006-criteria.md. Critical ones
say what is missing if they are not in place, see docs/decisions/0007-marks-of-content.md.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from dashboard.loading.library import Library
from dashboard.loading.references import OWN_ID, criteria_at, items
from dashboard.loading.yaml_file import Document, Place, of_model
from dashboard.model.framework import (
    MOST_NUMBERS,
    OWN_SCALE,
    Band,
    Framework,
    ScaleChoice,
    Strict,
    scale_steps,
    scales_of,
    scales_used,
)
from dashboard.model.next_best import percent_of
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.shared_lists import Impacts
from dashboard.model.standard_files import UNANSWERED


def unsound_scales(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """Bands that do not rise from 0, answers that occur twice in a scale, values where none belong, unknown scales."""
    problems = []
    for document, value in of_model(documents, Framework):
        numbers = list(_numbers(document, value))
        problems += [*_bands(document, value), *_words(document, value), *numbers]
        # Without sound numbers, their scale has no answers: that is reported once.
        problems += [] if numbers else _named(document, value)
    return problems


def _bands(document: Document, framework: Framework) -> Iterator[Problem]:
    starts = [band.starts_at for band in framework.bands]
    if len(starts) < 2:
        yield document.problem("bad_value", ("bands",), str(starts), "two bands or more: one alone says nothing")
    elif starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
        yield document.problem("bad_value", ("bands",), str(starts), "0, then rising")


def _words(document: Document, framework: Framework) -> Iterator[Problem]:
    scales = scales_of(framework)
    for position, status in enumerate(framework.scale):
        where: Place = ("scale", position, "status")
        answers = [choice.status for choice in scales[status.scale or OWN_SCALE]]
        if answers.count(status.status) > 1 or status.status == UNANSWERED:
            yield document.problem("bad_value", where, status.status, f"each word once; not '{UNANSWERED}'")
        if (status.value is None) is (status.counts_as == "answered"):
            expected = "a value from 0 to 1" if status.counts_as == "answered" else "no value"
            yield document.problem("bad_value", where, status.status, expected)
        roles = dict.fromkeys(word.counts_as for word in framework.scale if word.status == status.status)
        if status.counts_as != next(iter(roles)):
            expected = f"{next(iter(roles))}, as on the other scale"
            yield document.problem("bad_value", ("scale", position, "counts_as"), status.counts_as, expected)


def _numbers(document: Document, framework: Framework) -> Iterator[Problem]:
    """Numbers that do not rise from the lowest to the highest in whole steps, or too many of them."""
    for position, numbers in enumerate(framework.numbers):
        place: Place = ("numbers", position, "high")
        said = f"{numbers.low:g}–{numbers.high:g}, {numbers.step:g}"
        if not 0 < scale_steps(numbers) < MOST_NUMBERS:
            yield document.problem("bad_value", place, said, f"1 to {MOST_NUMBERS - 1} whole steps from low to high")
        if [other.scale for other in framework.numbers].count(numbers.scale) > 1:
            yield document.problem(
                "bad_value", ("numbers", position, "scale"), numbers.scale or "", "one row for each scale"
            )


def _named(document: Document, framework: Framework) -> Iterator[Problem]:
    """Criteria that name an unknown scale, and scales with fewer than two answers."""
    scales = scales_of(framework)
    for place, criterion in criteria_at(framework):
        name = criterion.scale or OWN_SCALE
        if name not in scales:
            known = [one for one in scales if one != OWN_SCALE]
            expected = ", ".join(known) or None
            yield document.problem("bad_value", (*place, "scale"), name, expected, nearest(name, known))
    for position, word in enumerate(framework.scale):
        answers = [choice for choice in scales[word.scale or OWN_SCALE] if choice.counts_as == "answered"]
        if word.scale is not None and len(answers) < 2:
            yield document.problem(
                "bad_value", ("scale", position, "scale"), word.scale, "two answers or more in each scale"
            )


HALF = 0.5
"""What a *partly* is worth at most, on any scale."""


def unfit_edges(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A note for each answer worth half or less that alone reaches the upper half of the bands, and for no zero."""
    return [
        problem
        for document, value in of_model(documents, Framework)
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
        yield document.problem("half_is_high", where, value, f"{upper.title}: {percent + 1}", weight=Weight.NOTE)


def _without_zero(document: Document, framework: Framework) -> Iterator[Problem]:
    """Each scale on which no answer is worth 0."""
    for (name, _), choices in scales_used(framework).items():
        least = min((worth for _, worth in _worth(choices)), default=0.0)
        if least > 0:
            yield document.problem("no_zero", ("scale",), f"{name} {least:g}".strip(), weight=Weight.NOTE)


def _worth(choices: Sequence[ScaleChoice]) -> Iterator[tuple[ScaleChoice, float]]:
    return ((choice, choice.value) for choice in choices if choice.value is not None)


def _first(found: tuple[float, ScaleChoice]) -> float:
    return found[0]


def _percent(worth: float) -> int:
    """The number that is shown for a single answer."""
    return percent_of(Fraction(str(worth)), Fraction(1))


MANY, FEW = 6, 3
"""With this many parts, a criterion should say when the answer is *partly*: `FEW` if it counts for more."""
_EXAMPLES = re.compile(r"\b(such as|for example|including)\b[^;.]*")
_BETWEEN = re.compile(r"[;,.]|\band\b")


def n_parts(text: str) -> int:
    """The number of parts between commas, full stops and *and*, without examples: at most this many demands."""
    return sum(bool(part.strip()) for part in _BETWEEN.split(_EXAMPLES.sub("", text)))


def without_rule(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A note for each criterion that asks for many things and has no `partly`. Repeated criteria need none."""
    return [
        document.problem(
            "partly_missing", (*place, "text"), criterion.criterion, str(parts), weight=Weight.NOTE, column="partly"
        )
        for document, value in of_model(documents, Framework)
        for place, criterion in criteria_at(value)
        if criterion.partly is None and criterion.same_as is None
        if (parts := n_parts(criterion.text)) >= (FEW if criterion.critical or criterion.weight > 1 else MANY)
    ]


def unsaid_gaps(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A problem for each critical criterion without `gap`, which the Overview shows. Repeated criteria need none."""
    return [
        document.problem("gap_missing", (*place, "critical"), criterion.criterion, column="gap")
        for document, value in of_model(documents, Framework)
        for place, criterion in criteria_at(value)
        if criterion.critical and criterion.gap is None and criterion.same_as is None
    ]


WHOLE = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+/[^\s…]*[^\s….]( \([^()]+\))?")
CUT_OFF = re.compile(r"\.\.|…")
"""An address with an omission cannot be opened, wherever the omission is."""


def unopenable(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """Problems of addresses that are cut off or, in guidance and cases, name only a site or are several in one."""
    return [
        document.problem("address_not_whole", place, address)
        for document, value in documents
        for place, address in _addresses(document)
        if CUT_OFF.search(address) or not (isinstance(value, Framework) or WHOLE.fullmatch(address))
    ]


def _addresses(document: Document) -> Iterator[tuple[Place, str]]:
    for place, item in items(document.values, ()):
        if isinstance(item, dict) and isinstance(item.get("address"), str):
            yield (*place, "address"), item["address"].strip()


LISTS = ("themes", "risk_areas", "settings", "functions", "areas")
"""What charts and filters name by title. Areas are only compared within their standard."""


def titles_twice(documents: list[tuple[Document, Strict]]) -> list[Problem]:
    """A Problem for every entry with the same title as an earlier one: the two would be shown as one."""
    seen: dict[tuple[str, str, str], str] = {}
    problems = []
    for document, value in documents:
        of = value.framework if isinstance(value, Framework) else ""
        for place, item in items(document.values, ()):
            name = str(place[-2]) if len(place) > 1 else ""
            if name not in LISTS or not isinstance(item, dict) or not isinstance(item.get("title"), str):
                continue
            code = str(item.get(OWN_ID[name]))
            bearer = seen.setdefault((of, name, alike(item["title"])), code)
            if bearer != code:
                problems.append(document.problem("title_twice", (*place, "title"), code, bearer))
    return problems


def alike(title: str) -> str:
    """A title for comparison: two that differ only in case or spaces look the same."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


ONLY_RISKS = {"opportunity": "an impact of polarity risk", "risk": "none: only an opportunity touches a risk"}


def unsound_impacts(documents: list[tuple[Document, Strict]], beside: Library) -> list[Problem]:
    """What does not fit in the files of impacts; those in `beside` are known. Unknown ids are checked elsewhere."""
    read = list(of_model(documents, Impacts))
    polarity = {item.impact: item.polarity for item in beside.impacts.impacts}
    polarity |= {item.impact: item.polarity for _, value in read for item in value.impacts}
    problems = []
    for document, value in read:
        for position, item in enumerate(value.impacts):
            for number, code in enumerate(item.touches):
                if item.polarity == "risk" or polarity.get(code) == "opportunity":
                    place: Place = ("impacts", position, "touches", number)
                    problems.append(document.problem("bad_value", place, code, ONLY_RISKS[item.polarity]))
            if item.basis == "source" and item.citation is None:
                place = ("impacts", position, "basis")
                problems.append(document.problem("missing_key", place, column="citation"))
    return problems
