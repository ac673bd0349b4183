"""Where a country's figure is the mean of its operations, is every figure that of a few independent lines?"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.figures.cube import Rows
from dashboard.figures.of_publication import cube_of
from dashboard.queries.ask import rows
from dashboard.store.reading.imagined import imagined
from dashboard.store.reading.reader import Published
from tests.conftest import most
from tests.figures.test_average_of import VALUES, WORDS, view_of
from tests.figures.test_nested import (
    ELEMENTS,
    EVERY,
    FAMILIES,
    PUBLISHED,
    REPEATS,
    WEIGHTS,
    averaged,
    half_up,
    values_of,
)
from tests.queries.toys import Nested, toys
from tests.store.scored_anew import score_anew

COUNTRY = {
    "a-one": "AAA",
    "a-two": "AAA",
    "a-three": "AAA",
    "b-one": "BBB",
    "b-two": "BBB",
    "c-one": "CCC",
    "hq": "GROUP",
}
"""Three operations in one country, two in another, one in the third."""
OPERATIONS = "".join(
    f"{one},{'' if country == 'GROUP' else country},Toys {one},{'group' if country == 'GROUP' else 'operation'},shop\n"
    for one, country in COUNTRY.items()
)
AFTER = {"a-one": "yes", "a-two": "no", "b-one": "somewhat", "b-two": "mostly", "c-one": "mostly"}
"""What each answers to everything in the first round; one of the operations did not answer then."""
DRAWN = "\n".join(
    [
        "| operation | criterion | R1 | R2 |",
        *(
            f"| {one} | {code} | {AFTER.get(one, '')} | {PUBLISHED[code] if one in ('a-one', 'c-one') else ''} |"
            for one in COUNTRY
            if one != "hq"
            for code in ELEMENTS
        ),
    ]
)
LAW = settings(
    max_examples=most(8), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
Said = Mapping[str, Mapping[str, str]]
"""By operation and criterion."""
SILENT = dict.fromkeys(ELEMENTS, "dont_know")
ONE = st.one_of(st.just(SILENT), st.fixed_dictionaries(dict.fromkeys(ELEMENTS, WORDS)))
SAID = st.fixed_dictionaries({one: ONE for one in COUNTRY if one != "hq"})
TALKATIVE = st.fixed_dictionaries(
    {one: st.fixed_dictionaries(dict.fromkeys(ELEMENTS, WORDS)) for one in COUNTRY if one != "hq"}
)
WHOLE = {"by": "all"}


@pytest.fixture(scope="module", params=EVERY, ids=lambda levels: "-".join(levels) or "criteria")
def several(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, Any]:
    """A group whose standard averages operations and some of the levels, and those levels."""
    levels = request.param
    elements = {code: name for code, name in ELEMENTS.items() if name}
    nested = Nested(elements, {area: name for area, name in FAMILIES.items() if name}, WEIGHTS)
    said = f"[{', '.join(levels)}]" if levels else "criteria"
    folder = tmp_path_factory.mktemp("operations")
    return toys(folder, DRAWN, average_of=said, repeats=REPEATS, nested=nested, operations=OPERATIONS)[1], levels


def mean(values: list[Fraction | None]) -> Fraction | None:
    """The plain mean of those that are known."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def of_country(
    said: Said, country: str, levels: Any, area: str = "", missing: Fraction | None = None
) -> Fraction | None:
    """The mean of the figures of its operations, each made of parts as the standard says."""
    own = [words for one, words in said.items() if COUNTRY[one] == country]
    return mean([averaged(values_of(words, missing), levels, area) for words in own])


def answered_so(published: Published, said: Said) -> Published:
    return imagined(published, "R2", tuple((one, code, word) for one, of in said.items() for code, word in of.items()))


def close(found: float | None, wanted: Fraction | None) -> bool:
    return found is None if wanted is None else found == pytest.approx(float(wanted), abs=1e-9)


@given(SAID)
@LAW
def test_score_and_bounds_are_those_of_a_few_lines_on_every_page(several: tuple[Published, Any], said: Said) -> None:
    published, levels = several
    then = answered_so(published, said)
    for area in ("", "T1"):
        given_ = view_of(published, principle=(area,) if area else ()).parameters()
        cells = [row for row in rows(then, "whatif_cells", given_) if row["country"] and row["area"] == area]
        number = rows(then, "number", given_)
        if not area:
            assert [row["country"] for row in number] == ["AAA", "BBB", "CCC"]
        every: list[Any] = [*number, *cells]
        for row in every:
            low, high = (of_country(said, row["country"], levels, area, Fraction(worst)) for worst in (0, 1))
            score = of_country(said, row["country"], levels, area)
            assert "score" not in row or close(row["score"], score)
            assert (row["low"], row["high"]) == (half_up(low), half_up(high))
            assert row["percent"] == (half_up(score) if row["reading"] in ("score", "count") else None)


@given(SAID)
@LAW
def test_the_mean_over_countries_is_that_of_their_figures(several: tuple[Published, Any], said: Said) -> None:
    """A country with three operations counts as much as one with a single one."""
    published, levels = several
    then, given_ = answered_so(published, said), view_of(published).parameters(subject=("group.countries",), **WHOLE)
    number = rows(then, "number", given_)
    wanted = mean([of_country(said, row["country"], levels) for row in number if row["enters"]])
    headline = next(row for row in rows(then, "headline", given_) if row["kind"] == "respect")
    (compared,) = rows(then, "compare_figures", given_)
    assert close(compared["score"], wanted)
    assert headline["mean"] == number[0]["mean_of_all"] == half_up(wanted)


@pytest.mark.parametrize("choice", [{}, {"principle": ("T1",)}, {"principle": ("T3", "T4")}, {"counting": "seen"}])
def test_the_query_that_a_number_shows_gives_the_same(
    several: tuple[Published, Any], choice: dict[str, object]
) -> None:
    given_ = view_of(several[0], **choice).parameters()
    for shown, number in zip(rows(several[0], "number_sums", given_), rows(several[0], "number", given_), strict=True):
        assert shown["score"] == (None if number["score"] is None else pytest.approx(number["score"]))
        assert shown["n_answered"] == number["n_answered"]


@given(SAID)
@LAW
def test_an_operation_alone_has_its_own_figure(several: tuple[Published, Any], said: Said) -> None:
    published, levels = several
    then = answered_so(published, said)
    given_ = view_of(published, operation="a-two").parameters(subject=("a-two",), by="principle")
    for area in FAMILIES:
        wanted = half_up(averaged(values_of(said["a-two"], Fraction(0)), levels, area))
        assert [row["low"] for row in rows(then, "operation_areas", given_) if row["area"] == area] == [wanted]
        assert [row["low"] for row in rows(then, "compare_figures", given_) if row["code"] == area] == [wanted]


@given(SAID)
@LAW
def test_the_parts_of_a_number_are_its_operations(several: tuple[Published, Any], said: Said) -> None:
    """Their shares add up to one, and with their scores to the figure; a silent operation has no share."""
    published, levels = several
    then = answered_so(published, said)
    given_ = view_of(published, country=("AAA",)).parameters()
    (number,), parts = rows(then, "number", given_), rows(then, "number_made", given_)
    assert {row["operation_title"] for row in parts} == {"Toys a-one", "Toys a-two", "Toys a-three"}
    if number["score"] is not None:
        assert sum(row["share"] for row in parts) == pytest.approx(1)
        assert sum(row["share"] * (row["score"] or 0) for row in parts) == pytest.approx(number["score"])
    told = {one for one in said if COUNTRY[one] == "AAA" and averaged(values_of(said[one]), levels) is not None}
    for one in told:
        own = sum(row["share"] for row in parts if row["operation_title"] == f"Toys {one}")
        assert own == pytest.approx(1 / len(told))


@given(SAID)
@LAW
def test_the_parts_of_a_gap_add_up_to_it(several: tuple[Published, Any], said: Said) -> None:
    published, then = several[0], answered_so(several[0], said)
    for subjects in (("region.north", "region.south"), ("a-two", "region.south"), ("group.countries", "b-one")):
        given_ = view_of(published).parameters(subject=subjects, **WHOLE)
        scores = {row["subject"]: row["score"] for row in rows(then, "compare_figures", given_)}
        parts = rows(then, "compare_why", given_)
        if parts:
            first, second = (scores[subject] or 0.0 for subject in subjects)
            assert sum(row["points"] for row in parts) == pytest.approx(100 * (first - second), abs=1e-9)


@given(SAID)
@LAW
def test_one_step_is_never_less_than_what_one_answer_moves(several: tuple[Published, Any], said: Said) -> None:
    """The largest step of the toy scale is half an answer: from somewhat to mostly."""
    published, levels = several
    code = "T2.1"
    before = {one: {**words, code: "somewhat"} for one, words in said.items()}
    for one in ("b-one", "b-two"):
        after = {**before, one: {**before[one], code: "mostly"}}
        given_ = view_of(published, country=("BBB",)).parameters(subject=("region.south",), **WHOLE)
        then = answered_so(published, before)
        (found,) = rows(then, "compare_figures", given_)
        number = {row["country"]: row for row in rows(then, "number", view_of(published).parameters())}
        if found["one_step"] is None or not number["BBB"]["enters"]:
            continue
        moved = abs((of_country(after, "BBB", levels) or 0) - (of_country(before, "BBB", levels) or 0))
        shown = sum(number[country]["enters"] for country in ("BBB", "CCC"))
        assert 100 * float(moved) / shown <= found["one_step"] + 1e-9


@given(SAID)
@LAW
def test_the_ready_made_gaps_are_those_that_lift_most_one_by_one(several: tuple[Published, Any], said: Said) -> None:
    published, levels = several
    then, given_ = answered_so(published, said), view_of(published, country=("AAA",)).parameters()
    named = [row["what"] for row in rows(then, "whatif_ready", given_) if row["ready"] == "gaps"]
    own = {one: words for one, words in said.items() if COUNTRY[one] == "AAA"}
    now = of_country(own, "AAA", levels) or Fraction(0)
    lifts = {}
    for code in ELEMENTS:
        raised = {one: words if words[code] == "na" else {**words, code: "yes"} for one, words in own.items()}
        lifts[code] = (of_country(raised, "AAA", levels) or Fraction(0)) - now
    best = sorted((lift for lift in lifts.values() if lift > 0), reverse=True)[:3]
    (number,) = rows(then, "number", given_)
    wanted = [float(lift) for lift in best] if number["enters"] else []
    assert [float(lifts[code]) for code in named] == pytest.approx(wanted)


@given(TALKATIVE)
@LAW
def test_change_is_over_operations_that_answered_in_both_rounds(several: tuple[Published, Any], said: Said) -> None:
    published, levels = several
    then, given_ = answered_so(published, said), view_of(published).parameters(earlier="R1")
    changes = []
    for row in rows(then, "changes", given_):
        both = {
            one: {code: word for code, word in said[one].items() if word in VALUES}
            for one in AFTER
            if COUNTRY[one] == row["country"]
        }
        was = {one: dict.fromkeys(words, AFTER[one]) for one, words in both.items()}
        now, before = (of_country(words, row["country"], levels) for words in (both, was))
        if row["change"] is not None:
            assert now is not None
            assert before is not None
            assert (row["now"], row["was"]) == (half_up(now), half_up(before))
            changes.append(now - before)
    headline = next(row for row in rows(then, "headline", given_) if row["kind"] == "respect")
    if changes:
        assert headline["change"] is not None
        assert abs(headline["change"] - 100 * sum(changes) / len(changes)) <= 0.5 + 1e-9


@given(SAID)
@LAW
def test_imagined_sums_are_those_of_answers_scored_again(several: tuple[Published, Any], said: Said) -> None:
    then = answered_so(several[0], {**said, "hq": dict.fromkeys(ELEMENTS, "mostly")})
    anew = score_anew(then.cursor().__enter__())
    for name in ("sums", "changes"):
        found, wanted = (getattr(cube, name) for cube in (cube_of(then), anew))
        assert told(found).keys() == told(wanted).keys()
        assert all(told(found)[key] == pytest.approx(values, abs=1e-9) for key, values in told(wanted).items())


def told(rows_: Rows) -> dict[tuple[int, ...], list[float]]:
    """The sums of operations, by the country and criterion of the total they belong to."""
    assert rows_.operations is not None
    own = rows_.operations
    places = np.column_stack([rows_.round, rows_.country, rows_.criterion])[own.total]
    keys = np.column_stack([own.number, places]).tolist()
    return {tuple(key): values for key, values in zip(keys, own.rows.values.tolist(), strict=True)}
