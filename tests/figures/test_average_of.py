"""Where a standard averages areas: is a figure of several the plain mean of theirs, whoever asks?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.loading.files.words_file import read_words
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.queries.ask import rows
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.imagined import imagined
from dashboard.store.reading.reader import Published
from dashboard.ui.view import View
from tests.conftest import TODAY, most
from tests.queries.toys import toys

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


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return toys(tmp_path_factory.mktemp("areas"), DRAWN, average_of="areas")[1]


def view_of(published: Published, **choice: object) -> View:
    known = known_codes(published)
    state = normalised(replace(ViewState(), **({"framework": "toy", "round": "R2"} | choice)), known)  # type: ignore[arg-type]
    return View("rows", state, read_words(), published, known, TODAY)


def asked(published: Published, name: str, **more: object) -> list[Any]:
    """The rows of a question by its name, with nothing chosen but what is said."""
    view = view_of(published)
    found: list[Any] = rows(published, name, view.parameters(**more))  # type: ignore[call-overload]
    return found


def test_a_country_has_the_plain_mean_of_the_areas_with_an_answer(published: Published) -> None:
    """Aland: (1 + 0 + 0.25) / 3 and 1, not their sum over four. Beland: 1 and 0.25; its third area has no answer."""
    first, second, *_ = asked(published, "number")
    assert (first["country"], first["n_parts"], first["percent"]) == ("AAA", 2, 71)
    assert (second["country"], second["n_parts"], second["percent"]) == ("BBB", 2, 63)
    assert first["score"] == pytest.approx((1.25 / 3 + 1) / 2)
    assert second["score"] == pytest.approx((1 + 0.25) / 2)
    assert first["mean"] == 67


def test_bounds_count_every_area_that_applies_and_coverage_counts_answers(published: Published) -> None:
    """Beland's third area applies and is not answered: it is at least nothing and at most all of a third."""
    first, second, *_ = asked(published, "number")
    assert (first["low"], first["high"], first["coverage"]) == (71, 71, 100)
    assert (second["low"], second["high"], second["coverage"]) == (42, 75, 80)


@pytest.mark.parametrize(("word", "bound"), [("no", "low"), ("yes", "high")])
def test_a_bound_is_the_figure_with_what_is_missing_answered_so(published: Published, word: str, bound: str) -> None:
    view = view_of(published)
    then = rows(imagined(published, "R2", (("b-op", "T5.1", word),)), "number", view.parameters())
    assert then[1]["percent"] == asked(published, "number")[1][bound]


def test_an_area_alone_is_summed_as_in_any_standard(published: Published) -> None:
    first, *_ = asked(published, "number", principle=("T3",))
    assert (first["n_parts"], first["percent"], first["points"], first["weight_answered"]) == (1, 42, 1.25, 3)


@pytest.mark.parametrize("choice", [{}, {"principle": ("T3",)}, {"counting": "seen"}])
def test_the_query_that_a_number_shows_gives_the_same_score(published: Published, choice: dict[str, object]) -> None:
    shown, explained = (asked(published, name, **choice) for name in ("number_sums", "number"))
    assert [row["score"] for row in shown[:2]] == pytest.approx([row["score"] for row in explained[:2]])
    assert [row["score"] for row in shown[2:]] == [None]


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
    """The largest step of the toy scale is half an answer: in the area of one answer it moves the mean of two by 25."""
    (found,) = asked(published, "compare_figures", subject=("b-op",), **WHOLE)
    assert found["one_step"] == 25


def test_change_is_that_of_the_figure_of_matched_answers(published: Published) -> None:
    """Aland: (1 - 0 - 0.75) / 3 and 1. Beland matches in one area alone: 0.25 / 3."""
    first, second, *_ = asked(published, "changes", earlier="R1")
    assert (first["was"], first["now"], first["change"]) == (17, 71, 54)
    assert (second["was"], second["now"], second["change"]) == (92, 100, 8)
    respect = next(row for row in asked(published, "headline") if row["kind"] == "respect")
    assert respect["change"] == first["all_change"] == 31


def test_what_is_gained_is_the_difference_of_two_such_figures(published: Published) -> None:
    """The one answer of an area that is put in place lifts that area from 0.25 to 1, and the figure by half of it."""
    view = view_of(published)
    found = rows(imagined(published, "R2", (("b-op", "T4.1", "yes"),)), "gains", view.parameters())
    (whole,) = (row for row in found if row["country"] == "BBB" and not row["area"])
    assert (whole["percent"], whole["gain"]) == (100, 38)


def test_a_step_is_told_for_one_area_and_says_so_of_several(published: Published) -> None:
    by_area = asked(published, "next_best", operation="a-op", by="principle", focus="T3")
    assert len({row["part"] for row in by_area}) == 1
    everywhere = asked(published, "next_best", operation="a-op", by="all", focus="")
    assert len({row["part"] for row in everywhere}) == 2


def test_data_and_method_names_the_rule(published: Published) -> None:
    (row,) = asked(published, "method")
    assert row["average_of"] == "areas"


def plain(answers: Mapping[str, str]) -> float | None:
    """The plain mean of areas, of one operation's answers by criterion."""
    areas: dict[str, list[float]] = {}
    for code, word in answers.items():
        if word in VALUES:
            areas.setdefault(code[:2], []).append(VALUES[word])
    means = [sum(values) / len(values) for values in areas.values()]
    return sum(means) / len(means) if means else None


WORDS = st.sampled_from(["yes", "yes", "mostly", "somewhat", "no", "na", "dont_know"])
SAID = st.fixed_dictionaries(dict.fromkeys(CODES, WORDS))


@given(SAID, SAID)
@settings(max_examples=most(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_parts_of_a_gap_add_up_to_it(published: Published, one: dict[str, str], other: dict[str, str]) -> None:
    changes = tuple(
        (operation, code, word) for operation, said in (("a-op", one), ("b-op", other)) for code, word in said.items()
    )
    then, view = imagined(published, "R2", changes), view_of(published)
    subjects = view.parameters(subject=("a-op", "b-op"), **WHOLE)
    figures = {row["subject"]: row for row in rows(then, "compare_figures", subjects)}
    for operation, said in (("a-op", one), ("b-op", other)):
        row = figures.get(operation)
        if row is not None and row["score"] is not None:
            assert row["score"] == pytest.approx(plain(said))
    parts = rows(then, "compare_why", subjects)
    if parts:
        first, second = plain(one), plain(other)
        assert first is not None
        assert second is not None
        assert sum(row["points"] for row in parts) == pytest.approx(100 * (first - second), abs=1e-9)
