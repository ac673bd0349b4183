"""Is the set for a figure of several parts the best of all? Against a few independent lines, and against one part."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, groupby
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.next_best import (
    CRITICAL,
    MOST_SETS,
    CriterionAnswer,
    NextBest,
    Part,
    Rules,
    next_best,
    next_best_of_parts,
)
from tests.conftest import most
from tests.model.test_next_best import areas, rules

LAW = settings(max_examples=most(400), deadline=None, derandomize=True)
F = Fraction
RULES = Rules((0, 25, 50, 75), 0.7)


@st.composite
def nested(draw: st.DrawFn) -> tuple[CriterionAnswer, ...]:
    """Up to seven criteria in families, areas and elements of any weight; some in two parts."""
    answers = draw(areas(most=7))
    weights = {name: draw(st.sampled_from((F(1), F(1), F(2), F("0.5")))) for name in range(1, 16)}

    def part(area: int, element: int) -> Part:
        names = 1 + area // 2, 3 + area, 7 + 2 * area + element
        return tuple((name, weights[name]) for name in names)

    chains = st.lists(st.builds(part, st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=2, unique=True)
    return tuple(replace(answer, parts=tuple(draw(chains))) for answer in answers)


def figure(values: Sequence[tuple[Part, F, F]], depth: int = 0) -> F:
    """The mean of values with their part and weight, level by level from the top."""
    if depth == 3:
        return sum((weight * value for _, weight, value in values), F(0)) / sum((w for _, w, _ in values), F(0))
    by = groupby(sorted(values, key=lambda one: one[0][depth]), lambda one: one[0][depth])
    beside = [(weight, figure(list(inside), depth + 1)) for (_, weight), inside in by]
    return sum((weight * one for weight, one in beside), F(0)) / sum((weight for weight, _ in beside), F(0))


def percent(answers: Sequence[CriterionAnswer], raised: Sequence[CriterionAnswer], framework: Rules) -> int | None:
    """The percentage that is shown with some criteria in place; None with too few answers."""
    then = [replace(a, value=a.best) if a in raised else a for a in answers]
    answered = [a for a in then if a.value is not None]
    if not answered or (len(answered) < len(then) and len(answered) / len(then) < framework.coverage_limit):
        return None
    share = figure([(part, a.weight, a.value) for a in answered if a.value is not None for part in a.parts])
    return floor(floor(100 * share * 10**6 + F(1, 2)) / F(10**6) + F(1, 2))


def band(shown: int | None, framework: Rules) -> int:
    return -1 if shown is None else max(place for place, start in enumerate(framework.starts) if start <= shown)


@LAW
@given(answers=nested(), framework=rules)
def test_no_other_set_is_better(answers: tuple[CriterionAnswer, ...], framework: Rules) -> None:
    found = next_best_of_parts(answers, framework) if answers else NextBest("nothing")
    now = band(percent(answers, (), framework), framework) if answers else -1
    free = [a for a in answers if a.value is None or (now >= 0 and a.value < a.best)]
    for size in range(1, len(free) + 1):
        sets = [
            chosen for chosen in combinations(free, size) if band(percent(answers, chosen, framework), framework) > now
        ]
        if sets and now < len(framework.starts) - 1:
            chosen = tuple(a for a in answers if a.criterion in found.criteria)
            assert chosen in sets

            def rank(one: Sequence[CriterionAnswer]) -> tuple[object, ...]:
                counts = [-sum(a.gravity == gravity for a in one) for gravity in range(CRITICAL, -1, -1)]
                return (counts, sum(a.effort for a in one))

            assert rank(chosen) == min(map(rank, sets))
            return
    assert found.state == ("nothing" if not answers else "top" if now == len(framework.starts) - 1 else "out_of_reach")


@LAW
@given(answers=areas(most=7), framework=rules)
def test_for_one_part_it_is_what_the_other_search_finds(answers: tuple[CriterionAnswer, ...], framework: Rules) -> None:
    one_part = tuple(replace(answer, parts=(((0, F(1)),),)) for answer in answers)
    if answers:
        found, other = next_best_of_parts(one_part, framework), next_best(answers, framework)
        assert (found.state, len(found.criteria), found.missing) == (other.state, len(other.criteria), other.missing)


def test_an_answer_in_an_empty_part_changes_the_shares_of_the_others() -> None:
    """By points over weights, `a` would do: 2 of 3. As a mean of parts it takes `b`, the whole of its part."""
    one, other = ((1, F(1)),), ((2, F(1)),)
    answers = (
        CriterionAnswer("a", F(2), F(0), parts=(one,)),
        CriterionAnswer("c", F(2), F(1), parts=(one,)),
        CriterionAnswer("b", F(1), F(0), parts=(other,)),
    )
    assert next_best(answers, Rules((0, 60), 0.0)).criteria == ("b",)


def test_where_too_many_sets_would_have_to_be_tried_none_is_named() -> None:
    parts = [(((place, F(1)),),) for place in range(40)]
    answers = [CriterionAnswer(f"c{place}", F(1), F(0), parts=part) for place, part in enumerate(parts)]
    assert next_best(answers, RULES) == NextBest("several_parts")
    assert 40 * 39 // 2 <= MOST_SETS < 40 * 39 * 38 // 6
