"""Does no name overlap another, cover a mark or leave the chart, however close the marks are?"""

from random import Random

import pytest

from dashboard.charts.labels import (
    DOT,
    NEAR,
    REACH,
    Box,
    NamedPoint,
    box,
    end_of,
    overlap,
    placed,
    placed_of_many,
    side_of,
    width_of,
)
from tests.conftest import rest_thorough

SIZE = (640.0, 400.0)


def around(mark: NamedPoint) -> Box:
    return mark.x - DOT, mark.y - DOT, mark.x + DOT, mark.y + DOT


def free(marks: list[NamedPoint], size: tuple[float, float], taken: list[Box]) -> bool:
    """Whether every name is free of all others and within the chart, by checking every pair."""
    names = [box(mark, offset) for mark, offset in zip(marks, placed(marks, size, taken), strict=True)]
    others = [*taken, *map(around, marks)]
    alone = all(overlap(a, b) == 0 for i, a in enumerate(names) for b in [*names[:i], *others])
    return alone and all(a[0] >= 0 and a[1] >= 0 and a[2] <= size[0] and a[3] <= size[1] for a in names)


def test_a_name_alone_stands_to_the_right_of_its_mark() -> None:
    mark = NamedPoint(300, 200, width_of("Ghana"))
    (offset,) = placed([mark], SIZE)
    side, dx = side_of(mark, offset)
    assert side == "left"
    assert DOT < dx < 15
    assert offset[1] == 0


def test_at_the_right_edge_a_name_stands_to_the_left() -> None:
    mark = NamedPoint(630, 200, width_of("Mauritius"))
    (offset,) = placed([mark], SIZE)
    assert side_of(mark, offset)[0] == "right"


@pytest.mark.parametrize("seed", rest_thorough(range(4)))
def test_of_many_names_those_without_room_are_left_out_and_the_others_lie_apart_and_near(seed: int) -> None:
    draw = Random(seed)
    crowd = [NamedPoint(draw.uniform(200, 440), draw.uniform(150, 250), draw.uniform(40, 300)) for _ in range(140)]
    marks = [*crowd, NamedPoint(60, 40, 90)]
    offsets = placed_of_many(marks, SIZE, [(0, 360, 130, 400)])
    named = [(mark, offset) for mark, offset in zip(marks, offsets, strict=True) if offset]
    assert offsets[-1] is not None
    assert 5 < len(named) < len(marks)
    names = [box(mark, offset) for mark, offset in named]
    assert all(overlap(a, b) == 0 for i, a in enumerate(names) for b in [*names[:i], *map(around, marks)])
    for mark, offset in named:
        x, y = end_of(mark, offset)
        assert abs(x - mark.x) + abs(y - mark.y) < 2 * (NEAR[-1] + REACH)


def test_of_few_names_none_is_left_out() -> None:
    marks = [NamedPoint(300, 200, 60)] * 5
    assert placed_of_many(marks, SIZE) == placed(marks, SIZE)


def test_no_marks_have_no_names() -> None:
    assert placed([], SIZE) == []


@pytest.mark.parametrize("seed", range(12))
def test_names_of_crowded_marks_lie_apart(seed: int) -> None:
    draw = Random(seed)
    marks = [NamedPoint(draw.uniform(220, 420), draw.uniform(130, 270), draw.uniform(40, 110)) for _ in range(12)]
    assert free(marks, SIZE, [(0, 360, 130, 400)])


def test_marks_on_one_spot_still_have_names_apart() -> None:
    assert free([NamedPoint(300, 200, 60)] * 5, SIZE, [])


def test_the_same_marks_have_the_same_names() -> None:
    marks = [NamedPoint(300 + k * 7, 200 - k * 3, 60) for k in range(8)]
    assert placed(marks, SIZE) == placed(list(marks), SIZE)


def test_the_line_to_a_name_ends_at_its_edge() -> None:
    mark = NamedPoint(100, 100, 50)
    assert end_of(mark, (60, 0)) == (135, 100)
    assert end_of(mark, (0, 40)) == (100, 132)
