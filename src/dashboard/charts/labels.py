"""Where does each name stand beside its mark, so that no name lies on another? A search over places round the mark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

LINE = 16.0
"""Height of a line of text, in pixels."""
REACH = 9.5
"""From the middle of a mark to the text beside it."""
LETTER = 6.2
"""Width of a letter at 13 pixels, on the safe side of the average."""
TURNS = tuple(turn * pi / 8 for turn in range(16))
RINGS = (0.0, 8.0, 18.0, 30.0, 44.0, 60.0, 80.0, 104.0, 132.0, 165.0)

DOT = 6.5
"""Half the width of a mark."""
FREE = 1000.0
"""What a line across something costs: more than any distance."""

MANY = 24

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True)
class Mark:
    """A point with a name: its middle in pixels, and how wide the name is."""

    x: float
    y: float
    width: float


def width_of(text: str) -> float:
    """How wide a text is drawn, in pixels, on the safe side."""
    return LETTER * len(text) + 4


def placed(marks: Sequence[Mark], size: tuple[float, float], taken: Sequence[Box] = ()) -> list[tuple[float, float]]:
    """How far the middle of each name stands from its mark, in pixels, in the order of the marks.

    Each takes the nearest place, rather beside than above or below, where its name lies in the picture and on no mark,
    no name and no line of another; where there is none, the least bad one. Who chooses first decides what is left, so
    several orders are tried and the one with the shortest lines wins. Of many marks, the most crowded choose first.
    """
    crowd = [sum(abs(m.x - o.x) < 90 and abs(m.y - o.y) < 40 for o in marks) for m in marks]
    orders: list[Callable[[int], tuple[float, ...]]] = [
        lambda i: (-crowd[i], marks[i].x, marks[i].y, i),
        lambda i: (-marks[i].x, marks[i].y, i),
        lambda i: (marks[i].y, marks[i].x, i),
        lambda i: (-marks[i].y, marks[i].x, i),
    ]
    searched = [
        _searched(marks, sorted(range(len(marks)), key=order), size, taken)
        for order in orders[: 1 if len(marks) > MANY else None]
    ]
    return min(searched, key=lambda found: found[0])[1]


def _searched(
    marks: Sequence[Mark], order: Sequence[int], size: tuple[float, float], taken: Sequence[Box]
) -> tuple[float, list[tuple[float, float]]]:
    boxes: list[Box] = [*taken, *((m.x - DOT, m.y - DOT, m.x + DOT, m.y + DOT) for m in marks)]
    found: dict[int, tuple[float, float]] = {}
    lines: list[tuple[Mark, tuple[float, float]]] = []
    total = 0.0
    for index in order:
        mark = marks[index]
        own = len(taken) + index
        cost, found[index] = _best(mark, boxes[:own] + boxes[own + 1 :], lines, size)
        total += cost
        boxes.append(box(mark, found[index]))
        lines.append((mark, end_of(mark, found[index])))
    return total, [found[index] for index in range(len(marks))]


def _best(
    mark: Mark,
    boxes: Sequence[Box],
    lines: Sequence[tuple[Mark, tuple[float, float]]],
    size: tuple[float, float],
) -> tuple[float, tuple[float, float]]:
    """The place of least cost; the first ring that has a free one is far enough."""
    best = (float("inf"), (0.0, 0.0))
    for ring in RINGS:
        for offset in _offsets(mark, ring):
            best = min(best, (_cost(mark, offset, boxes, lines, size, best[0]), offset))
        if best[0] < FREE:
            break
    return best


def box(mark: Mark, offset: tuple[float, float]) -> Box:
    """What a name covers."""
    x, y = mark.x + offset[0], mark.y + offset[1]
    return x - mark.width / 2, y - LINE / 2, x + mark.width / 2, y + LINE / 2


def end_of(mark: Mark, offset: tuple[float, float]) -> tuple[float, float]:
    """The point of a name's box that is nearest to its mark: where the line to it ends."""
    left, top, right, bottom = box(mark, offset)
    return min(max(mark.x, left), right), min(max(mark.y, top), bottom)


def side_of(mark: Mark, offset: tuple[float, float]) -> tuple[str, float]:
    """Where a name is held, and how far from its mark: at the edge that faces it, however wide the name is drawn."""
    if abs(offset[0]) < mark.width / 2:
        return "center", offset[0]
    return ("left", offset[0] - mark.width / 2) if offset[0] > 0 else ("right", offset[0] + mark.width / 2)


def overlap(one: Box, other: Box) -> float:
    """How much of two boxes lies on each other, in square pixels."""
    if one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]:
        return 0
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high


def _offsets(mark: Mark, ring: float) -> list[tuple[float, float]]:
    return [
        (cos(turn) * (REACH + ring) + _lean(turn) * mark.width / 2, sin(turn) * (REACH + ring + LINE / 2))
        for turn in TURNS
    ]


def _lean(turn: float) -> float:
    """How far a name lies to one side: wholly from a sixth of a right angle on, so that its edge faces the mark."""
    return min(max(cos(turn) * 4, -1.0), 1.0)


def _cost(
    mark: Mark,
    offset: tuple[float, float],
    boxes: Sequence[Box],
    lines: Sequence[tuple[Mark, tuple[float, float]]],
    size: tuple[float, float],
    limit: float,
) -> float:
    """What a place costs; endless as soon as it is more than the limit."""
    own = box(mark, offset)
    end = end_of(mark, offset)
    # A name is found most easily to the right of its mark, then to the left.
    cost = abs(end[0] - mark.x) + abs(end[1] - mark.y) + 0.2 * abs(offset[1]) + 0.5 * (offset[0] < 0)
    cost += FREE * (max(0, -own[0]) + max(0, -own[1]) + max(0, own[2] - size[0]) + max(0, own[3] - size[1]))
    for other in boxes:
        if cost > limit:
            return float("inf")
        covered = overlap(own, other)
        # A line across a name is bad; a name on a name cannot be read.
        cost += FREE * ((20 + covered if covered else 0) + _along(mark, end, other))
    return cost + FREE * sum(_along(other, other_end, own) for other, other_end in lines)


def _along(mark: Mark, end: tuple[float, float], other: Box) -> float:
    """How much of the line from a mark to its name lies in a box, of ten points on it."""
    if max(mark.x, end[0]) <= other[0] or min(mark.x, end[0]) >= other[2]:
        return 0
    if max(mark.y, end[1]) <= other[1] or min(mark.y, end[1]) >= other[3]:
        return 0
    steps = ((mark.x + (end[0] - mark.x) * k / 10, mark.y + (end[1] - mark.y) * k / 10) for k in range(11))
    return sum(other[0] < x < other[2] and other[1] < y < other[3] for x, y in steps)
