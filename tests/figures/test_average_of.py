"""If a standard averages areas, is a figure over several areas their plain mean, in every question?"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.figures.cube import Cells
from dashboard.figures.grid import cover
from dashboard.figures.imagined import cube_of
from dashboard.figures.selection import Asked
from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.difference import COMPARE_WHY
from dashboard.queries.compare.subjects import COMPARE_FIGURES
from dashboard.queries.elements.number import NUMBER
from dashboard.queries.plan_gains import GAINS
from dashboard.queries.whatif_effects import WHATIF_CELLS
from dashboard.store.overlays import imagined
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from dashboard.ui.view import View
from tests.conftest import TODAY, most
from tests.queries.toys import toys
from tests.store import reference

DRAWN = """
    | operation | criterion | R1       | R2        |
    | a-op      | T3.1      | no       | yes       |
    | a-op      | T3.2      | no       | no        |
    | a-op      | T3.3      | yes      | somewhat  |
    | a-op      | T4.1      | no       | yes       |
    | a-op      | T5.1      | na       | na        |
    | b-op      | T3.1      | yes      | yes       |
    | b-op      | T3.2      | yes      | yes       |
    | b-op      | T3.3      | mostly   | yes       |
    | b-op      | T4.1      |          | somewhat  |
    | b-op      | T5.1      |          | dont_know |
"""
VALUES = {"yes": 1.0, "mostly": 0.75, "somewhat": 0.25, "no": 0.0}
CODES = ("T3.1", "T3.2", "T3.3", "T4.1", "T5.1")
WHOLE = {"by": "all"}
LIMIT, BELOW = Fraction(1, 2), 2


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return toys(tmp_path_factory.mktemp("areas"), DRAWN, average_of="areas")[1]


def view_of(published: Published, **choice: object) -> View:
    known = known_codes(published)
    state = normalised(replace(ViewState(), **({"framework": "toy", "round": "R2"} | choice)), known)  # type: ignore[arg-type]
    return View("rows", state, read_words(), published, known, TODAY)


def asked(published: Published, name: str, **more: object) -> list[Any]:
    """The rows of a question by name, with nothing selected but what is given."""
    view = view_of(published)
    found: list[Any] = ask(published, name, view.parameters(**more)).to_pylist()
    return found


def test_a_country_has_the_plain_mean_of_the_areas_with_an_answer(published: Published) -> None:
    """Aland: (1 + 0 + 0.25) / 3 and 1, not their sum over four. Beland: 1 and 0.25; its third area has no answer."""
    first, second, *_ = asked(published, "number")
    assert (first["country"], first["n_parts"], first["percent"]) == ("AAA", 2, 71)
    assert (second["country"], second["n_parts"], second["percent"]) == ("BBB", 2, 63)
    assert first["score"] == pytest.approx((1.25 / 3 + 1) / 2)
    assert second["score"] == pytest.approx((1 + 0.25) / 2)
    assert first["mean_of_all"] == 67


def test_bounds_count_every_area_that_applies_and_coverage_counts_answers(published: Published) -> None:
    """Beland's third area applies and is not answered: it adds between nothing and a whole third."""
    first, second, *_ = asked(published, "number")
    assert (first["low"], first["high"], first["coverage"]) == (71, 71, 100)
    assert (second["low"], second["high"], second["coverage"]) == (42, 75, 80)


@pytest.mark.parametrize(("word", "bound"), [("no", "low"), ("yes", "high")])
def test_a_bound_is_the_figure_with_what_is_missing_answered_so(published: Published, word: str, bound: str) -> None:
    view = view_of(published)
    then = rows(imagined(published, "R2", (("b-op", "T5.1", word),)), NUMBER, view.parameters())
    assert then[1]["percent"] == asked(published, "number")[1][bound]


def test_an_area_alone_is_summed_as_in_any_standard(published: Published) -> None:
    first, *_ = asked(published, "number", principle=("T3",))
    assert (first["n_parts"], first["percent"], first["points"], first["weight_answered"]) == (1, 42, 1.25, 3)


@pytest.mark.parametrize("choice", [{}, {"principle": ("T3",)}, {"principle": ("T4", "T5")}, {"counting": "seen"}])
@pytest.mark.parametrize("of", ["published", "repeating"])
def test_the_query_that_a_number_shows_gives_the_same(
    of: str, choice: dict[str, object], request: pytest.FixtureRequest
) -> None:
    of_both = (asked(request.getfixturevalue(of), name, **choice) for name in ("number_sums", "number"))
    for shown, explained in zip(*of_both, strict=True):
        assert shown["n_answered"] == explained["n_answered"]
        assert shown["score"] == (None if explained["score"] is None else pytest.approx(explained["score"]))


def test_every_page_tells_the_same_figure(published: Published) -> None:
    respect = next(row for row in asked(published, "headline") if row["kind"] == "respect")
    (compared,) = asked(published, "compare_figures", subject=("group.countries",), **WHOLE)
    cells = [row for row in asked(published, "whatif_cells") if row["kind"] == "respect" and not row["area"]]
    assert respect["mean"] == compared["percent"] == 67
    assert (respect["lowest"], respect["highest"]) == (63, 71)
    assert {row["country"]: row["percent"] for row in cells} == {"AAA": 71, "BBB": 63, "CCC": None}
    (alone,) = (row for row in asked(published, "operation_reading", operation="b-op") if row["round"] == "R2")
    assert (alone["percent"], alone["low"], alone["high"]) == (63, 42, 75)
    ways = {row["way"]: row["percent"] for row in asked(published, "robustness") if row["of"] == "group"}
    assert ways["answers"] == 67


def test_one_step_is_that_of_the_area_in_which_it_moves_most(published: Published) -> None:
    """The largest step of the toy scale is half an answer: in an area of one answer it moves the mean of two by 25."""
    (found,) = asked(published, "compare_figures", subject=("b-op",), **WHOLE)
    assert found["one_step"] == 25


def test_change_is_that_of_the_figure_of_matched_answers(published: Published) -> None:
    """Aland: (1 - 0 - 0.75) / 3 and 1. Beland matches in one area only: 0.25 / 3."""
    first, second, *_ = asked(published, "changes", earlier="R1")
    assert (first["was"], first["now"], first["change"]) == (17, 71, 54)
    assert (second["was"], second["now"], second["change"]) == (92, 100, 8)
    respect = next(row for row in asked(published, "headline") if row["kind"] == "respect")
    assert respect["change"] == first["all_change"] == 31


def test_what_is_gained_is_the_difference_of_two_such_figures(published: Published) -> None:
    """Putting the one answer of an area in place lifts that area from 0.25 to 1, the figure from 62.5, shown as 63."""
    view = view_of(published)
    found = rows(imagined(published, "R2", (("b-op", "T4.1", "yes"),)), GAINS, view.parameters())
    (whole,) = (row for row in found if row["country"] == "BBB" and not row["area"])
    assert (whole["percent"], whole["gain"]) == (100, 37)


def test_a_next_step_knows_the_parts_of_the_figure(published: Published) -> None:
    by_area = asked(published, "next_best", operation="a-op", by="principle", focus="T3")
    assert len({str(row["parts"]) for row in by_area}) == 1
    everywhere = asked(published, "next_best", operation="a-op", by="all", focus="")
    assert len({str(row["parts"]) for row in everywhere}) == 2


def test_data_and_method_names_the_rule(published: Published) -> None:
    (row,) = asked(published, "method")
    assert row["average_of"] == "areas"


@pytest.fixture(scope="module")
def repeating(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The drawn group, with T3.2 also in T4."""
    return toys(tmp_path_factory.mktemp("repeats"), DRAWN, average_of="areas", repeats={"T4.2": "T3.2"})[1]


AREAS = {"T3": ("T3.1", "T3.2", "T3.3"), "T4": ("T3.2", "T4.1"), "T5": ("T5.1",)}
"""The criteria of each area in it."""


def expected(said: Mapping[str, str], areas: Collection[str] = tuple(AREAS)) -> reference.Expected:
    """The slow reference over some areas, for one operation's answers by criterion."""
    tally = {code: tallied(word) for code, word in said.items()}
    parts: dict[reference.Chain, list[reference.Tally]] = {
        (area,): [tally[code] for code in AREAS[area]] for area in areas
    }
    return reference.reading_of_parts(parts, {}, LIMIT, BELOW)


def tallied(word: str) -> reference.Tally:
    worth = Fraction(str(VALUES[word])) if word in VALUES else None
    applies, answered = int(word != "na"), int(worth is not None)
    return reference.Tally(
        n_asked=1,
        n_applicable=applies,
        n_answered=answered,
        n_not_applicable=1 - applies,
        n_not_known=applies - answered,
        weight_applicable=Fraction(applies),
        weight_answered=Fraction(answered),
        points=worth or Fraction(0),
    )


WORDS = st.sampled_from(["yes", "yes", "mostly", "somewhat", "no", "na", "dont_know"])
SAID = st.fixed_dictionaries(dict.fromkeys(CODES, WORDS))


@given(SAID, SAID)
@settings(max_examples=most(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_parts_of_a_gap_add_up_to_it(repeating: Published, one: dict[str, str], other: dict[str, str]) -> None:
    changes = tuple(
        (operation, code, word) for operation, said in (("a-op", one), ("b-op", other)) for code, word in said.items()
    )
    then, view = imagined(repeating, "R2", changes), view_of(repeating)
    subjects = view.parameters(subject=("a-op", "b-op"), **WHOLE)
    figures = {row["subject"]: row for row in rows(then, COMPARE_FIGURES, subjects)}
    for operation, said in (("a-op", one), ("b-op", other)):
        row = figures.get(operation)
        if row is not None and row["score"] is not None:
            assert row["score"] == pytest.approx(expected(said).score)
    parts = rows(then, COMPARE_WHY, subjects)
    if parts:
        first, second = expected(one).score, expected(other).score
        assert first is not None
        assert second is not None
        assert sum(row["points"] for row in parts) == pytest.approx(100 * (first - second), abs=1e-9)


@given(SAID)
@settings(max_examples=most(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_criterion_in_two_areas_counts_in_the_figure_of_each(repeating: Published, said: dict[str, str]) -> None:
    """It counts once in totals, in every question; the filter of principles leaves only the selected areas."""
    then = imagined(repeating, "R2", tuple(("a-op", code, word) for code, word in said.items()))
    for kept in ((), ("T4",), ("T3", "T5"), ("T4", "T5")):
        view = view_of(repeating, principle=kept)
        given_ = view.parameters(subject=("a-op",), **WHOLE)
        wanted = expected(said, kept or tuple(AREAS))
        number = rows(then, NUMBER, given_)[0]
        (compared,) = rows(then, COMPARE_FIGURES, given_)
        score = None if wanted.score is None else pytest.approx(wanted.score)
        assert number["score"] == score
        assert compared["score"] == (score if wanted.reading in ("count", "score") else None)
        assert number["n_answered"] == compared["n_answered"] == wanted_count(said, kept or tuple(AREAS))
        assert number["reading"] == wanted.reading
        for name in ("low", "high"):
            bound = getattr(wanted, name)
            assert number[name] == (None if bound is None else half_up(bound))
        cells = {row["area"]: row for row in rows(then, WHATIF_CELLS, given_) if row["country"] == "AAA"}
        for area in kept or tuple(AREAS):
            assert cells[area]["low"] == (None if (one := expected(said, (area,)).low) is None else half_up(one))
        assert cells[""]["low"] == number["low"]


def test_each_area_has_one_figure_wherever_it_stands(repeating: Published) -> None:
    """Aland: 0.25 + 1 over three, and 0 + 1 over two. Beland: 1 + 1 + 1, and 1 + 0.25."""
    wanted = {"T3": 71, "T4": 56, "T5": None}
    assert {row["area"]: row["mean"] for row in asked(repeating, "areas")} == wanted
    assert {row["area"]: row["percent"] for row in asked(repeating, "standard_areas")} == wanted
    crossed = asked(repeating, "crosswalk", against="risk_area")
    assert {row["column_code"]: row["percent"] for row in crossed} == wanted
    compared = asked(repeating, "compare_figures", subject=("group.countries",), by="principle")
    assert {row["code"]: row["percent"] for row in compared} == wanted
    whole = asked(repeating, "compare_figures", subject=("group.countries",), **WHOLE)
    both = asked(repeating, "compare_figures", subject=("group.countries",), by="all principle")
    assert both == [*whole, *compared], "a criterion of two areas counts in each, and once over everything"


@pytest.mark.parametrize(("kept", "of_right"), [((), 64), (("T3",), 71), (("T4",), 56)])
def test_a_right_is_read_in_the_areas_that_are_kept_and_a_cover_in_all(
    repeating: Published, kept: tuple[str, ...], of_right: int
) -> None:
    (row,) = asked(repeating, "rights", principle=kept)
    assert row["percent"] == of_right
    given_ = view_of(repeating, principle=kept).parameters()
    cube = cube_of(repeating)
    every = np.arange(len(cube.criteria))
    cube = replace(cube, cells={"impact": Cells(("I",), ("toy",), every, np.zeros_like(every))})
    found = cover(Asked(cube, cube, given_, {}, lambda _: pa.table({})), ("I",), "respect")
    assert found["percent"].to_pylist() == [64]


def wanted_count(said: Mapping[str, str], areas: Collection[str]) -> int:
    return sum(said[code] in VALUES for code in {code for area in areas for code in AREAS[area]})


def half_up(share: Fraction) -> int:
    return floor(100 * share + Fraction(1, 2))
