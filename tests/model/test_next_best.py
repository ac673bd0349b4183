"""Is the set that is found the best of all? Checked against every subset of drawn areas, then by laws and example."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.figures.read import divided, whole_percent
from dashboard.model.next_best import (
    CRITICAL,
    MOST,
    CriterionAnswer,
    NextBest,
    Raise,
    Rules,
    fewest,
    missing_answers,
    next_best,
    percent_of,
)
from tests.conftest import most

F = Fraction
RULES = Rules((0, 25, 50, 75), 0.7)
WEIGHTS = tuple(map(F, ("1", "2", "0.5", "3", "0.1", "0.7", "1.3")))
VALUES = (None, F(0), F("0.35"), F("0.5"), F("0.7"), F(1))
LAW = settings(max_examples=most(300), derandomize=True)


@st.composite
def areas(draw: st.DrawFn, most: int = 10) -> tuple[CriterionAnswer, ...]:
    """Up to ten applicable criteria with any answers; few kinds of each, so that sets tie."""
    weights = draw(st.sampled_from((WEIGHTS, WEIGHTS[:1], WEIGHTS[4:])))
    efforts = draw(st.sampled_from(((1, 2, 3, 4), (4,), (1, 4))))
    bests = draw(st.sampled_from(((F(1),), (F("0.7"),), (F(1), F("0.7")))))
    return tuple(
        CriterionAnswer(
            f"c{number}", draw(st.sampled_from(weights)), draw(st.sampled_from(VALUES)),
            draw(st.sampled_from((0, 2, 4, CRITICAL))), draw(st.sampled_from(efforts)),
            draw(st.sampled_from(bests)),
        )
        for number in range(draw(st.integers(0, most)))
    )  # fmt: skip


rules = st.builds(
    Rules,
    st.sampled_from(((0, 25, 51, 88), (0, 40), (0, 10, 33, 67, 100), (0,))),
    st.sampled_from((0.7, 0.0, 0.5, 1.0)),
)


def raised(answers: Iterable[CriterionAnswer], criteria: Iterable[str]) -> list[CriterionAnswer]:
    """The same answers with some criteria put in place."""
    return [replace(a, value=a.best if a.criterion in criteria else a.value) for a in answers]


def band(answers: Sequence[CriterionAnswer], framework: Rules) -> int:
    """The place of the band that is shown, -1 if there is none, by applying the rules of the method one by one."""
    answered = [a for a in answers if a.value is not None]
    if not answered or (len(answered) < len(answers) and len(answered) / len(answers) < framework.coverage_limit):
        return -1
    share = sum(a.weight * a.value for a in answered if a.value is not None) / sum(a.weight for a in answered)
    rounded = floor(100 * share + F(1, 2))
    return max(place for place, start in enumerate(framework.starts) if start <= rounded)


def rank(chosen: Sequence[CriterionAnswer], answers: Sequence[CriterionAnswer], framework: Rules) -> tuple[object, ...]:
    """What one set is judged by: size, how many of each gravity (most severe first), effort, and how far it lifts.

    How far it lifts is measured from the start of the next band; a criterion without an answer counts with its weight.
    """
    start = framework.starts[band(answers, framework) + 1]
    share = F(start) / 100 - F(1, 200) - F(5, 10**9)
    lifts = sum((a.weight * (a.best - (share if a.value is None else a.value)) for a in chosen), F(0))
    counts = tuple(-sum(a.gravity == gravity for a in chosen) for gravity in range(CRITICAL, -1, -1))
    return len(chosen), counts, sum(a.effort for a in chosen), -lifts


def brute(answers: Sequence[CriterionAnswer], framework: Rules) -> tuple[object, ...] | None:
    """The best rank of any subset whose criteria, put in place, lead to a higher band; None if no subset does."""
    now = band(answers, framework)
    # If answers are missing, putting an answered criterion in place is no step towards having enough of them.
    free = [a for a in answers if a.value is None or (now >= 0 and a.value < a.best)]
    for size in range(1, len(free) + 1):
        ranks = [
            rank(chosen, answers, framework)
            for chosen in combinations(free, size)
            if band(raised(answers, {a.criterion for a in chosen}), framework) > now
        ]
        if ranks:
            return min(ranks)
    return None


@LAW
@given(answers=areas(), framework=rules)
def test_no_other_set_is_better(answers: tuple[CriterionAnswer, ...], framework: Rules) -> None:
    found = next_best(answers, framework)
    if not answers:
        assert found == NextBest("nothing")
        return
    if band(answers, framework) == len(framework.starts) - 1:
        assert found == NextBest("top")
        return
    best = brute(answers, framework)
    if best is None:
        assert found.state == "out_of_reach"
        return
    assert found.state == "lifts"
    assert rank([a for a in answers if a.criterion in found.criteria], answers, framework) == best


@LAW
@given(answers=areas(), framework=rules)
def test_the_set_leads_to_the_next_band_and_none_of_it_can_be_spared(
    answers: tuple[CriterionAnswer, ...], framework: Rules
) -> None:
    found = next_best(answers, framework)
    if found.state != "lifts":
        return
    now = band(answers, framework)
    assert band(raised(answers, found.criteria), framework) > now
    for spared in found.criteria:
        assert band(raised(answers, set(found.criteria) - {spared}), framework) <= now


@settings(max_examples=most(200), derandomize=True)
@given(answers=areas(most=6))
def test_percent_is_rounded_as_figures_are(answers: tuple[CriterionAnswer, ...]) -> None:
    given_ = [a for a in answers if a.value is not None]
    if not given_:
        return
    part, whole = 0.0, 0.0
    for a in given_:
        part += float(a.weight) * float(a.value or 0)
        whole += float(a.weight)
    exact = percent_of(sum((a.weight * (a.value or 0) for a in given_), F(0)), sum((a.weight for a in given_), F(0)))
    assert whole_percent(divided(np.array([part]), np.array([whole]))).tolist() == [exact]


@pytest.mark.parametrize(
    ("answered", "applicable", "limit", "missing"),
    [(3, 4, 0.7, 0), (2, 4, 0.7, 1), (0, 10, 0.7, 7), (6, 10, 0.7, 1), (7, 10, 0.7, 0), (0, 3, 0.0, 1), (1, 3, 1.0, 2)],
)
def test_so_many_answers_are_missing(answered: int, applicable: int, limit: float, missing: int) -> None:
    assert missing_answers(answered, applicable, limit) == missing


def area(*told: tuple[str, str | None, int, int]) -> tuple[CriterionAnswer, ...]:
    """Criteria a, b, … by weight, value, gravity and effort."""
    return tuple(
        CriterionAnswer(chr(97 + place), F(weight), None if value is None else F(value), gravity, effort)
        for place, (weight, value, gravity, effort) in enumerate(told)
    )


def test_fewer_comes_before_more_severe() -> None:
    # 1 of 4 points: 25. One criterion of weight 2 leads to 75 at once; the severe ones would take two.
    answers = area(("1", "1", 0, 4), ("2", "0", 0, 4), ("0.5", "0", 4, 1), ("0.5", "0", 4, 1))
    assert next_best(answers, RULES) == NextBest("lifts", ("b",))


def test_more_severe_comes_before_easier_and_easier_before_more_points() -> None:
    answers = area(("1", "1", 0, 4), ("1", "0", 3, 4), ("1", "0", 2, 1), ("1", "0", 2, 1))
    assert next_best(answers, RULES).criteria == ("b",)
    answers = area(("1", "1", 0, 4), ("1", "0", 2, 4), ("1", "0", 2, 1), ("1", "0.5", 2, 2))
    assert next_best(answers, RULES).criteria == ("c",)
    answers = area(("1", "1", 0, 4), ("1", "0.5", 2, 4), ("1", "0", 2, 4), ("1", "0", 1, 1))
    assert next_best(answers, RULES).criteria == ("c",)


def test_a_critical_criterion_comes_before_every_severity() -> None:
    answers = area(("1", "1", 0, 4), ("1", "0", 4, 1), ("1", "0", CRITICAL, 4), ("1", "0", 4, 1))
    assert next_best(answers, RULES).criteria == ("c",)


def test_where_answers_are_missing_they_come_first() -> None:
    answers = area(("1", "0", 4, 1), ("1", None, 0, 4), ("1", None, 2, 4), ("1", None, 0, 1))
    assert next_best(answers, RULES) == NextBest("lifts", ("c", "d"), missing=2)


def test_a_band_is_reached_where_rounding_reaches_it() -> None:
    # 0.7 of 1.4 and half of another 0.7: 52.49999999999999 as a double, but exactly 52.5, shown as 53.
    framework = Rules((0, 53), 0.7)
    answers = area(("0.7", "0.7", 0, 4), ("0.7", "0", 0, 4))
    found = next_best(answers, framework)
    assert (found.state, found.criteria) == ("lifts", ("b",))
    assert next_best(area(("1", "0.524999", 0, 4)), framework).state == "lifts"
    assert next_best(area(("1", "0.525", 0, 4)), framework).state == "top"


def test_a_band_is_reached_by_what_is_rounded_twice() -> None:
    # 52.4999996 is 52.5 to six places, and 53 is shown.
    framework = Rules((0, 53), 0.7)
    (answer,) = area(("1", "0", 0, 4))
    assert next_best([replace(answer, best=F("0.524999996"))], framework) == NextBest("lifts", ("a",))
    assert percent_of(F("0.524999996"), F(1)) == 53
    assert next_best([replace(answer, best=F("0.524999"))], framework).state == "out_of_reach"


def test_of_sets_of_one_effort_the_one_that_adds_most_is_taken() -> None:
    told = (("a", 10, 3), ("b", 6, 2), ("c", 5, 2), ("d", 4, 1))
    raises = [Raise(name, 0, effort, adds) for name, adds, effort in told]
    assert fewest(raises, need=11) == frozenset({"a", "d"})


def test_of_too_many_criteria_the_most_severe_are_weighed() -> None:
    answers = area(*[("1", "0", 4 if place < MOST else 0, 1) for place in range(MOST + 20)])
    found = next_best(answers, RULES)
    assert (found.left_out, len(found.criteria)) == (20, 15)
    assert set(found.criteria) <= {a.criterion for a in answers if a.gravity == 4}


def test_forty_criteria_take_no_time_that_a_reader_notices() -> None:
    told = [(str(WEIGHTS[p % 7]), str(VALUES[1 + p % 3]), p % 6, 1 + p % 4) for p in range(MOST)]
    assert next_best(area(*told), Rules((0, 99), 0.7)).state == "lifts"
