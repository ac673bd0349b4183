"""Is every figure right if criteria have scales of their own: levels, numbers, and some counted the other way round?"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.loading.yaml_file import read_words
from dashboard.model.plan import Assumption, Scenario
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask
from dashboard.store.overlays import imagined
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.ui.versions.page_version import changed_answers
from dashboard.ui.view import View
from tests.conftest import LEVELS, TODAY, WRITER, most

Worths = Mapping[str, Fraction]
THIRDS = {str(level): Fraction(level, 3) for level in range(4)}
WORTH: Mapping[str, Worths] = {
    "L1.1": THIRDS,
    "L1.2": {level: 1 - worth for level, worth in THIRDS.items()},
    "L1.3": {"yes": Fraction(0), "no": Fraction(1)},
    "L1.4": {"yes": Fraction(1), "no": Fraction(0)},
    "L2.1": {f"{halves / 2:g}": Fraction(halves, 200) for halves in range(201)},
    "L2.2": {str(days): Fraction(12 - days, 10) for days in range(2, 13)},
    "L2.3": THIRDS,
}
"""What each answer is worth, by criterion: the arithmetic of the standard, apart from the program."""
WEIGHT = {"L1.1": 2, "L2.2": 3}
LEAVES_OUT = ("na", "no_apps")
Said = Mapping[str, str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    store = tmp_path_factory.mktemp("levels")
    assert not publish(Load(store, [LEVELS], WRITER, TODAY)).problems
    found = Reader(store).current()
    assert found is not None
    return found


def asked(published: Published, name: str, **more: object) -> list[Any]:
    """The rows of a question, with nothing selected but what is given."""
    known = known_codes(published)
    state = normalised(replace(ViewState(), framework="levels", round="R2"), known)
    view = View("rows", state, read_words(), published, known, TODAY)
    found: list[Any] = ask(published, name, view.parameters(**more)).to_pylist()
    return found


def said(of: str, round_: str) -> Said:
    """What an operation answered in a round, by criterion, from the file."""
    lines = [line.split(",") for line in (LEVELS / "answers.csv").read_text().splitlines()[1:]]
    return {code: status for round_name, operation, code, status, _ in lines if (round_name, operation) == (round_, of)}


def figure(said: Said, area: str = "L") -> Fraction | None:
    """The mean of what the answers of an area are worth, by weight; of everything unless an area is named."""
    worth = {
        code: WORTH[code][status] for code, status in said.items() if code.startswith(area) and status in WORTH[code]
    }
    weight = sum(WEIGHT.get(code, 1) for code in worth)
    return Fraction(sum(WEIGHT.get(code, 1) * one for code, one in worth.items()), weight) if worth else None


def bounds(said: Said) -> tuple[Fraction, Fraction]:
    """The figure if everything missing were not in place, and if all of it were."""
    applies = {code: said.get(code, "") for code in WORTH if said.get(code) not in LEAVES_OUT}
    ends = []
    for end in (0, 1):
        worth = {code: WORTH[code].get(status, Fraction(end)) for code, status in applies.items()}
        weight = sum(WEIGHT.get(code, 1) for code in worth)
        ends.append(Fraction(sum(WEIGHT.get(code, 1) * one for code, one in worth.items()), weight))
    return ends[0], ends[1]


def percent(share: Fraction) -> int:
    return floor(100 * share + Fraction(1, 2))


COUNTRIES = {"AAA": "a-op", "BBB": "b-op", "CCC": "c-op"}


def test_the_figure_of_every_country_and_area_is_the_arithmetic_of_the_standard(published: Published) -> None:
    number = {row["country"]: row for row in asked(published, "number", by="all")}
    cells = asked(published, "whatif_cells")
    for country, operation in COUNTRIES.items():
        answers = said(operation, "R2")
        score = figure(answers)
        assert score is not None
        assert number[country]["score"] == pytest.approx(float(score))
        assert number[country]["percent"] == percent(score)
        low, high = bounds(answers)
        assert (number[country]["low"], number[country]["high"]) == (percent(low), percent(high))
        for area in ("L1", "L2"):
            (cell,) = (row for row in cells if (row["country"], row["area"]) == (country, area))
            of_area = figure(answers, area)
            assert of_area is not None
            assert cell["percent"] == percent(of_area)
    scores = [figure(said(operation, "R2")) for operation in COUNTRIES.values()]
    mean = sum((score for score in scores if score is not None), Fraction(0)) / len(COUNTRIES)
    assert number["AAA"]["mean_of_all"] == percent(mean)


def test_change_and_the_parts_of_a_gap_follow(published: Published) -> None:
    changes = {row["country"]: row for row in asked(published, "changes", earlier="R1")}
    for country in ("AAA", "BBB"):
        was, now = (said(COUNTRIES[country], round_) for round_ in ("R1", "R2"))
        both = figure({code: now[code] for code in was}), figure(was)
        assert both[0] is not None
        assert both[1] is not None
        assert (changes[country]["was"], changes[country]["now"]) == (percent(both[1]), percent(both[0]))
    assert (changes["AAA"]["n_better"], changes["BBB"]["n_worse"]) == (5, 5)
    parts = asked(published, "compare_why", subject=("a-op", "b-op"), by="all")
    first, second = figure(said("a-op", "R2")), figure(said("b-op", "R2"))
    assert first is not None
    assert second is not None
    assert sum(row["points"] for row in parts) == pytest.approx(100 * float(first - second), abs=1e-9)


def test_a_critical_criterion_fails_with_its_worst_answer(published: Published) -> None:
    """In Beland every application shows advertisements: 3 of 3, which counts as nothing."""
    failed = {row["country"]: row["n_critical_failed"] for row in asked(published, "number", by="all")}
    assert failed == {"AAA": 0, "BBB": 1, "CCC": 0}


def test_the_best_answer_is_that_of_each_scale(published: Published) -> None:
    best = {row["criterion"]: row for row in asked(published, "next_best", operation="b-op", by="all", focus="")}
    assert {code: row["best_status"] for code, row in best.items()} == {
        "L1.1": "3", "L1.2": "0", "L1.3": "no", "L1.4": "yes", "L2.1": "100", "L2.2": "2", "L2.3": "3",
    }  # fmt: skip
    assert {row["best_value"] for row in best.values()} == {1}
    (subject,) = asked(
        published, "plan_subject", operation="b-op", choice={"criterion": "L1.2"}, criterion="L1.2", impact=""
    )
    assert (subject["statuses"], subject["status_titles"][0]) == (["0", "1", "2", "3"], "In none")


@pytest.mark.parametrize(
    ("what", "becomes", "then"),
    [
        ("L1.2", "0", {"L1.2": "0"}),
        ("L2.1", "37.5", {"L2.1": "37.5"}),
        ("L2.1", "yes", {}),
        # What an area becomes is a word of the standard: on other scales, what is worth the same.
        ("L1", "yes", {"L1.1": "3", "L1.2": "0", "L1.3": "no", "L1.4": "yes"}),
        ("L2", "no", {"L2.1": "0", "L2.2": "12"}),
    ],
)
def test_an_assumption_is_read_on_the_scale_of_each_criterion(
    published: Published, what: str, becomes: str, then: Said
) -> None:
    scenario = Scenario("Drawn", "R2", (Assumption("b-op", what, becomes),))
    changed = changed_answers(published, scenario).to_pylist()
    assert {row["criterion"]: row["status"] for row in changed} == then


ANSWERS = st.fixed_dictionaries({code: st.sampled_from([*worths, "unanswered"]) for code, worths in WORTH.items()})


@given(ANSWERS, ANSWERS)
@settings(max_examples=most(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_answered_figures_bounds_and_gaps_are_those_of_the_arithmetic(
    published: Published, one: Said, other: Said
) -> None:
    drawn = {"a-op": one, "b-op": other}
    changes = tuple((operation, code, word) for operation, said in drawn.items() for code, word in said.items())
    then = imagined(published, "R2", changes)
    number = {row["country"]: row for row in asked(then, "number", by="all")}
    for country, answers in (("AAA", one), ("BBB", other)):
        score, (low, high) = figure(answers), bounds(answers)
        assert number[country]["score"] == (None if score is None else pytest.approx(float(score)))
        assert (number[country]["low"], number[country]["high"]) == (percent(low), percent(high))
    first, second = figure(one), figure(other)
    parts = asked(then, "compare_why", subject=("a-op", "b-op"), by="all")
    if parts:
        assert first is not None
        assert second is not None
        assert sum(row["points"] for row in parts) == pytest.approx(100 * float(first - second), abs=1e-9)
