"""Is a highest or a lowest named only if it can be told apart? Checked against every pair of figures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.fold import Sums, Units, whole
from dashboard.figures.read import read, spread
from dashboard.figures.subjects import BoundedFigure, OutermostFigure, UnscoredFigure, highest, lowest, told_apart


@st.composite
def figures(draw: st.DrawFn) -> BoundedFigure:
    """A figure between its bounds."""
    low, percent, high = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    return BoundedFigure(draw(st.text(max_size=3)), percent, low, high, draw(st.sampled_from([0.5, 2.8, 5.6, 25.0])))


def figure(percent: float, one_step: float = 1.0, missing: float = 0.0) -> BoundedFigure:
    return BoundedFigure(str(percent), percent, percent - missing, percent + missing, one_step)


def test_bounds_that_meet_cannot_be_told_apart() -> None:
    assert told_apart(figure(40), figure(50))
    assert told_apart(figure(40, missing=4), figure(50, missing=5))
    assert not told_apart(figure(40, missing=5), figure(50, missing=5))


def test_one_step_of_one_answer_in_one_country_is_no_difference() -> None:
    assert told_apart(figure(40, one_step=9.9), figure(50, one_step=1))
    assert not told_apart(figure(40, one_step=10), figure(50, one_step=1))
    assert not told_apart(figure(40, one_step=1), figure(50, one_step=10))


def test_what_is_withheld_cannot_be_told_apart() -> None:
    assert not told_apart(BoundedFigure("a", 10, None, None, None), figure(90))


def test_the_worked_example_of_the_method() -> None:
    """Nine countries with one answer each: a step of half an answer moves their mean by 5.6 points."""
    names = (
            "n_asked", "n_started", "n_applicable", "n_answered", "n_not_known", "points", "weight_applicable",
            "weight_answered",
        )  # fmt: skip
    sums = Sums(np.array([[1.0, 0, 1, 1, 0, 1, 1, 1]] * 9), names)
    units = Units(np.zeros(9, np.intp), np.arange(9), sums, whole(sums).parts)
    found = spread(units, read(units, np.array([[0.7, 3, 0.5]] * 9)), 1)
    assert round(float(found.one_step[0]), 1) == 5.6
    assert not told_apart(figure(59, float(found.one_step[0])), figure(61, float(found.one_step[0])))


@given(figures(), figures())
def test_telling_apart_has_no_order_and_nothing_differs_from_itself(one: BoundedFigure, other: BoundedFigure) -> None:
    assert told_apart(one, other) == told_apart(other, one)
    assert not told_apart(one, one)


@given(st.lists(figures(), min_size=1, max_size=6))
def test_an_end_is_named_only_where_it_differs_from_all_others(found: list[BoundedFigure]) -> None:
    for end, last in ((highest(found), max(f.percent for f in found)), (lowest(found), min(f.percent for f in found))):
        assert last in (end.least, end.most)
        first = next(place for place, one in enumerate(found) if one.percent == last)
        others = [one for place, one in enumerate(found) if place != first]
        alike = [one.percent for one in others if not told_apart(one, found[first])]
        assert end.title == (None if alike else found[first].title)
        assert (end.n_alike, end.least, end.most) == (len(alike) + 1, min([last, *alike]), max([last, *alike]))


def test_what_has_no_figure_and_may_lie_beyond_an_end_leaves_it_without_a_name() -> None:
    """Chad at 28 beside DR Congo, which may lie between 18 and 63."""
    found = [figure(28), figure(50), figure(88)]
    between, above, below = (
        UnscoredFigure("DR Congo", 18, 63),
        UnscoredFigure("Ghana", 60, 95),
        UnscoredFigure("Chad", 5, 20),
    )
    assert lowest(found, [between]) == OutermostFigure(None, 1, 28, 28, ("DR Congo",))
    assert highest(found, [between]) == OutermostFigure("88", 1, 88, 88, ())
    assert highest(found, [above, between]) == OutermostFigure(None, 1, 88, 88, ("Ghana",))
    assert lowest(found, [above]) == lowest(found) == OutermostFigure("28", 1, 28, 28)
    assert lowest(found, [below]).title is None
    assert lowest([figure(28, missing=5), figure(50), figure(88)], [UnscoredFigure("Ghana", 33, 40)]).unsure == (
        "Ghana",
    )
