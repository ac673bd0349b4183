"""Where a standard averages families, areas and elements, is every figure that of a few independent lines?"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations, groupby
from math import floor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.changes import CHANGES
from dashboard.queries.compare.difference import COMPARE_WHY
from dashboard.queries.elements.number import NUMBER
from dashboard.queries.plan_gains import NEXT_BEST
from dashboard.queries.whatif_effects import WHATIF_CELLS
from dashboard.queries.whatif_ready import WHATIF_READY
from dashboard.store.overlays import imagined
from dashboard.store.reader import Published
from dashboard.ui.plan.next_best import best_step
from tests.conftest import most, rest_thorough
from tests.figures.test_average_of import VALUES, WORDS, view_of
from tests.queries.toys import Nested, toys

ELEMENTS = {
    "T1.1": "rules", "T1.2": "rules", "T1.3": "people", "T1.4": "people", "T1.5": "people", "T1.6": "",
    "T2.1": "", "T2.2": "", "T3.1": "rules", "T3.2": "people", "T4.1": "rules", "T4.2": "rules",
}  # fmt: skip
"""The element of each criterion; the part before the dot is its area."""
FAMILIES = {"T1": "Home", "T2": "Home", "T3": "Street", "T4": ""}
"""T4 is in no family: it is one more family."""
WEIGHTS = {"T1.3": 2.0, "people": 3.0, "T2": 0.5, "Street": 2.0}
"""Of a criterion, of all elements of a name, of an area and of a family."""
REPEATS = {"T4.3": "T1.1"}
LEVELS = ("families", "areas", "elements")
EVERY = [
    tuple(level for level, is_averaged in zip(LEVELS, chosen, strict=True) if is_averaged)
    for chosen in ((1, 1, 1), (0, 1, 1), (1, 0, 1), (1, 1, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0), (0, 0, 0))
]
WORLDS = [EVERY[0], EVERY[1], EVERY[7], *EVERY[2:7]]
"""The first three are all levels, some of them and none."""
PUBLISHED = dict(zip(ELEMENTS, 3 * ("yes", "no", "somewhat", "na"), strict=True))
DRAWN = "\n".join(
    [
        "| operation | criterion | R1 | R2 |",
        *(f"| a-op | {code} | yes | {word} |" for code, word in PUBLISHED.items()),
        *(f"| b-op | {code} | no | mostly |" for code in ELEMENTS),
    ]
)
WHOLE = {"by": "all"}
HIGH = 60
"""Where the second of the two bands of the toy standard begins."""
LAW = settings(
    max_examples=most(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
Said = Mapping[str, str]
SAID = st.fixed_dictionaries(dict.fromkeys(ELEMENTS, WORDS))


@pytest.fixture(
    scope="module",
    params=rest_thorough([(levels,) for levels in WORLDS], now=3),
    ids=lambda levels: "-".join(levels) or "criteria",
)
def nested(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Any]:
    """A group whose standard averages some of the levels, and those levels."""
    levels = request.param
    parts = Nested(
        {code: name for code, name in ELEMENTS.items() if name},
        {area: name for area, name in FAMILIES.items() if name},
        WEIGHTS,
    )
    folder = tmp_path_factory.mktemp("nested")
    said = f"[{', '.join(levels)}]" if levels else "criteria"
    return toys(folder, DRAWN, average_of=said, repeats=REPEATS, nested=parts)[1], levels


def averaged(
    of: Mapping[str, Fraction | None], levels: tuple[str, ...], area: str = "", n: Mapping[str, int] | None = None
) -> Fraction | None:
    """The figure of some values by criterion, None for no answer: the mean of the parts at each level in turn.

    With `n`, each value is the mean of so many answers.
    """
    places = [(code, code) for code in of] + [(again, code) for again, code in REPEATS.items() if code in of]
    places = [(place, code) for place, code in places if not area or place.startswith(area)]

    def mean(under: list[tuple[str, str]], left: tuple[str, ...]) -> Fraction | None:
        if not left:
            codes = sorted({code for _, code in under})
            known = [(weight(code) * (n[code] if n else 1), of[code]) for code in codes if of[code] is not None]
        else:
            by = sorted((part(place, left[0]), (place, code)) for place, code in under)
            parts = {name: [pair for _, pair in pairs] for name, pairs in groupby(by, lambda one: one[0])}
            values = {name: mean(pairs, left[1:]) for name, pairs in parts.items()}
            known = [(weight(name[-1]), value) for name, value in values.items() if value is not None]
        whole = sum(share for share, _ in known)
        return sum((share * value for share, value in known), Fraction(0)) / whole if whole else None  # type: ignore[operator]

    return mean(places, levels)


def part(place: str, level: str) -> tuple[str, ...]:
    """The part of a criterion at one level; an element is that of its own area."""
    area = place[:2]
    return {"families": (FAMILIES[area],), "areas": (area,), "elements": (area, ELEMENTS.get(place, ""))}[level]


def weight(name: str) -> Fraction:
    return Fraction(WEIGHTS.get(name, 1.0))


def values_of(said: Said, missing: Fraction | None = None) -> dict[str, Fraction | None]:
    """The value of each answer; `missing` is that of one that is not known."""
    worth = {word: Fraction(value) for word, value in VALUES.items()}
    return {code: worth.get(word, None if word == "na" else missing) for code, word in said.items()}


def answered_so(published: Published, one: Said, other: Said | None = None) -> Published:
    said = {"a-op": one, "b-op": other or {}}
    changes = ((operation, code, word) for operation, words in said.items() for code, word in words.items())
    return imagined(published, "R2", tuple(changes))


def half_up(share: Fraction | None) -> int | None:
    return None if share is None else floor(100 * share + Fraction(1, 2))


@given(SAID)
@LAW
def test_score_and_bounds_are_those_of_a_few_lines_on_every_page(
    nested: tuple[Published, Any], said: dict[str, str]
) -> None:
    published, levels = nested
    then = answered_so(published, said)
    for area in ("", "T1", "T4"):
        view = view_of(published, principle=(area,) if area else ())
        given_ = view.parameters(subject=("a-op",), **WHOLE)
        score = averaged(values_of(said), levels, area)
        low, high = (averaged(values_of(said, worst), levels, area) for worst in (Fraction(0), Fraction(1)))
        number = rows(then, NUMBER, given_)[0]
        found = [row for row in rows(then, WHATIF_CELLS, given_) if row["country"] == "AAA" and not row["area"]]
        assert number["score"] == (None if score is None else pytest.approx(float(score)))
        for row in (number, *found):
            assert (row["low"], row["high"]) == (half_up(low), half_up(high))
            assert row["percent"] == (half_up(score) if row["reading"] in ("score", "count") else None)


@pytest.mark.parametrize("choice", [{}, {"principle": ("T1",)}, {"principle": ("T3", "T4")}, {"counting": "seen"}])
def test_the_query_that_a_number_shows_gives_the_same(nested: tuple[Published, Any], choice: dict[str, object]) -> None:
    given_ = view_of(nested[0], **choice).parameters()
    for shown, number in zip(
        ask(nested[0], "number_sums", given_).to_pylist(), rows(nested[0], NUMBER, given_), strict=True
    ):
        assert shown["score"] == (None if number["score"] is None else pytest.approx(number["score"]))
        assert shown["n_answered"] == number["n_answered"]


@given(SAID)
@LAW
def test_the_figure_of_an_area_is_the_same_wherever_it_stands(
    nested: tuple[Published, Any], said: dict[str, str]
) -> None:
    published, levels = nested
    then, view = answered_so(published, said), view_of(published)
    given_ = view.parameters(operation="a-op", country=("AAA",), subject=("a-op",), by="principle")
    for area in FAMILIES:
        wanted = half_up(averaged(values_of(said, Fraction(0)), levels, area))
        for name in ("whatif_cells", "heatmap", "operation_areas", "compare_figures"):
            found: list[Any] = ask(then, name, given_).to_pylist()
            cells = [row for row in found if row.get("country", "AAA") == "AAA"]
            key = "code" if name == "compare_figures" else "area"
            (row,) = (row for row in cells if row[key] == area)
            assert row["low"] == wanted, name


@given(SAID, SAID)
@LAW
def test_the_parts_of_a_gap_add_up_to_it(nested: tuple[Published, Any], one: dict[str, str], other: Said) -> None:
    published, levels = nested
    then = answered_so(published, one, other)
    parts = rows(then, COMPARE_WHY, view_of(published).parameters(subject=("a-op", "b-op"), **WHOLE))
    if parts:
        first, second = (averaged(values_of(said), levels) for said in (one, other))
        assert first is not None
        assert second is not None
        assert sum(row["points"] for row in parts) == pytest.approx(float(100 * (first - second)), abs=1e-9)


@given(SAID)
@LAW
def test_the_ready_made_gaps_are_those_that_lift_most_one_by_one(
    nested: tuple[Published, Any], said: dict[str, str]
) -> None:
    published, levels = nested
    then = answered_so(published, said)
    found = rows(then, WHATIF_READY, view_of(published, country=("AAA",)).parameters())
    named = [row["what"] for row in found if row["ready"] == "gaps"]
    now = averaged(values_of(said), levels)
    number = rows(then, NUMBER, view_of(published, country=("AAA",)).parameters())[0]
    lifts = {
        code: lifted - (now or 0)
        for code, word in said.items()
        if word != "na" and (lifted := averaged(values_of({**said, code: "yes"}), levels)) is not None
    }
    if number["enters"]:
        best = sorted((lift for lift in lifts.values() if lift > 0), reverse=True)[:3]
        assert [float(lifts[code]) for code in named] == pytest.approx([float(lift) for lift in best])
    else:
        assert named == []


@given(SAID, SAID)
@LAW
def test_change_is_that_of_matched_answers(nested: tuple[Published, Any], one: dict[str, str], other: Said) -> None:
    published, levels = nested
    then = answered_so(published, one, other)
    for row, (was, words) in zip(
        rows(then, CHANGES, view_of(published).parameters(earlier="R1")), (("yes", one), ("no", other)), strict=False
    ):
        matched = {code: word for code, word in words.items() if word in VALUES}
        now, before = (averaged(values_of(said), levels) for said in (matched, dict.fromkeys(matched, was)))
        if row["change"] is not None:
            assert (row["now"], row["was"]) == (half_up(now), half_up(before))


@given(SAID)
@LAW
def test_the_next_best_step_reaches_the_next_band_and_no_smaller_set_does(
    nested: tuple[Published, Any], said: dict[str, str]
) -> None:
    published, levels = nested
    then, view = answered_so(published, said), view_of(published)
    found = rows(then, NEXT_BEST, view.parameters(operation="a-op", by="all", focus=""))
    step = best_step(view, found)
    applicable = [code for code, word in said.items() if word != "na"]
    answered = [code for code in applicable if said[code] in VALUES]
    assert {row["criterion"] for row in found} == {*applicable}
    if not applicable or len(answered) < len(applicable) / 2:
        return

    def percent(raised: Collection[str]) -> int | None:
        return half_up(averaged(values_of({**said, **dict.fromkeys(raised, "yes")}), levels))

    if (percent(()) or 0) >= HIGH:
        assert step.state == "top"
        return
    assert step.state == "lifts"
    assert (percent(step.criteria) or 0) >= HIGH
    fewer = combinations(applicable, len(step.criteria) - 1)
    assert not any((percent(chosen) or 0) >= HIGH for chosen in fewer)
