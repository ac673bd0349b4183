"""Does no name overlap another, cover a mark or leave the chart, however close the marks are?"""

from random import Random

import pytest

from dashboard.charts.labels import DOT, Box, NamedPoint, box, end_of, overlap, placed, side_of, width_of

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
