"""Places each name beside its point, so that names do not overlap. It searches the places around each point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

LINE = 16.0
"""Height of a line of text in pixels."""
REACH = 9.5
"""Pixels from the middle of a point to the text beside it."""
LETTER = 6.2
"""Width of a character at 13 pixels, allowing a little more than the average."""
TURNS = tuple(turn * pi / 8 for turn in range(16))
RINGS = (0.0, 8.0, 18.0, 30.0, 44.0, 60.0, 80.0, 104.0, 132.0, 165.0)

DOT = 6.5
"""Half the width of a point in pixels."""
FREE = 1000.0
"""Cost of a line across something: more than any distance."""

MANY = 24
"""Above so many points, names that find no free place close by are left out."""
NEAR = RINGS[:4]
"""How far names may be from their points if there are many, in pixels: longer lines could not be followed."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True)
class NamedPoint:
    """A point with a name: its middle and the width of the name, in pixels."""

    x: float
    y: float
    width: float


def width_of(text: str) -> float:
    """Return an upper estimate of a text's width in pixels."""
    return LETTER * len(text) + 4


def placed(
    points: Sequence[NamedPoint], size: tuple[float, float], taken: Sequence[Box] = ()
) -> list[tuple[float, float]]:
    """Return the offset of the middle of each name from its point, in pixels, in the order of the points.

    Each name takes the nearest place, preferably beside the point, where it lies within the chart and on no point, name
    or line of another; if there is none, the least bad one. Earlier choices limit later ones, so several orders are
    tried and the one with the shortest lines wins.
    """
    crowd = _crowd(points)
    orders: list[Callable[[int], tuple[float, ...]]] = [
        lambda i: (-crowd[i], points[i].x, points[i].y, i),
        lambda i: (-points[i].x, points[i].y, i),
        lambda i: (points[i].y, points[i].x, i),
        lambda i: (-points[i].y, points[i].x, i),
    ]
    searched = [_searched(points, sorted(range(len(points)), key=order), size, taken) for order in orders]
    return min(searched, key=lambda result: result[0])[1]


def placed_of_many(
    points: Sequence[NamedPoint], size: tuple[float, float], taken: Sequence[Box] = ()
) -> list[tuple[float, float] | None]:
    """Return the same; of many points, None for each whose name has no free place close by.

    Those in a crowd choose last, so that as many names as possible are there.
    """
    if len(points) <= MANY:
        return list(placed(points, size, taken))
    crowd = _crowd(points)
    marks: list[Box] = [(m.x - DOT, m.y - DOT, m.x + DOT, m.y + DOT) for m in points]
    names: list[Box] = []
    lines: list[tuple[NamedPoint, tuple[float, float]]] = []
    found: list[tuple[float, float] | None] = [None] * len(points)
    for index in sorted(range(len(points)), key=lambda i: (crowd[i], points[i].width, i)):
        point = points[index]
        others = [*taken, *marks[:index], *marks[index + 1 :], *names]
        cost, offset = _best(point, others, lines, size, NEAR)
        if cost < FREE:
            found[index] = offset
            names.append(box(point, offset))
            lines.append((point, end_of(point, offset)))
    return found


def _crowd(points: Sequence[NamedPoint]) -> list[int]:
    """Return how many points are close to each."""
    return [sum(abs(m.x - o.x) < 90 and abs(m.y - o.y) < 40 for o in points) for m in points]


def _searched(
    points: Sequence[NamedPoint], order: Sequence[int], size: tuple[float, float], taken: Sequence[Box]
) -> tuple[float, list[tuple[float, float]]]:
    boxes: list[Box] = [*taken, *((m.x - DOT, m.y - DOT, m.x + DOT, m.y + DOT) for m in points)]
    offsets: dict[int, tuple[float, float]] = {}
    lines: list[tuple[NamedPoint, tuple[float, float]]] = []
    total = 0.0
    for index in order:
        point = points[index]
        own = len(taken) + index
        cost, offsets[index] = _best(point, boxes[:own] + boxes[own + 1 :], lines, size)
        total += cost
        boxes.append(box(point, offsets[index]))
        lines.append((point, end_of(point, offsets[index])))
    return total, [offsets[index] for index in range(len(points))]


def _best(
    point: NamedPoint,
    boxes: Sequence[Box],
    lines: Sequence[tuple[NamedPoint, tuple[float, float]]],
    size: tuple[float, float],
    rings: Sequence[float] = RINGS,
) -> tuple[float, tuple[float, float]]:
    """Return the cheapest place; the first ring with a free one is far enough."""
    best = (float("inf"), (0.0, 0.0))
    for ring in rings:
        for offset in _offsets(point, ring):
            best = min(best, (_cost(point, offset, boxes, lines, size, best[0]), offset))
        if best[0] < FREE:
            break
    return best


def box(point: NamedPoint, offset: tuple[float, float]) -> Box:
    """Return the box that a name covers."""
    x, y = point.x + offset[0], point.y + offset[1]
    return x - point.width / 2, y - LINE / 2, x + point.width / 2, y + LINE / 2


def end_of(point: NamedPoint, offset: tuple[float, float]) -> tuple[float, float]:
    """Return the point of a name's box nearest to its own point, where the line to it ends."""
    left, top, right, bottom = box(point, offset)
    return min(max(point.x, left), right), min(max(point.y, top), bottom)


def side_of(point: NamedPoint, offset: tuple[float, float]) -> tuple[str, float]:
    """Return the anchor of a name and its distance from the point: at the edge facing it, whatever the drawn width."""
    if abs(offset[0]) < point.width / 2:
        return "center", offset[0]
    return ("left", offset[0] - point.width / 2) if offset[0] > 0 else ("right", offset[0] + point.width / 2)


def overlap(one: Box, other: Box) -> float:
    """Return how much two boxes overlap, in square pixels."""
    if one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]:
        return 0
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high


def _offsets(point: NamedPoint, ring: float) -> list[tuple[float, float]]:
    return [
        (cos(turn) * (REACH + ring) + _lean(turn) * point.width / 2, sin(turn) * (REACH + ring + LINE / 2))
        for turn in TURNS
    ]


def _lean(turn: float) -> float:
    """Return how far a name lies to one side: fully beyond a sixth of a right angle, its edge facing the point."""
    return min(max(cos(turn) * 4, -1.0), 1.0)


def _cost(
    point: NamedPoint,
    offset: tuple[float, float],
    boxes: Sequence[Box],
    lines: Sequence[tuple[NamedPoint, tuple[float, float]]],
    size: tuple[float, float],
    limit: float,
) -> float:
    """Return the cost of a place; infinite as soon as it exceeds the limit."""
    own = box(point, offset)
    end = end_of(point, offset)
    # A name is found most easily to the right of its point, then to the left.
    cost = abs(end[0] - point.x) + abs(end[1] - point.y) + 0.2 * abs(offset[1]) + 0.5 * (offset[0] < 0)
    cost += FREE * (max(0, -own[0]) + max(0, -own[1]) + max(0, own[2] - size[0]) + max(0, own[3] - size[1]))
    for other in boxes:
        if cost > limit:
            return float("inf")
        covered = overlap(own, other)
        # A line across a name is bad; overlapping names cannot be read.
        cost += FREE * ((20 + covered if covered else 0) + _along(point, end, other))
    return cost + FREE * sum(_along(other, other_end, own) for other, other_end in lines)


def _along(point: NamedPoint, end: tuple[float, float], other: Box) -> float:
    """Return how much of the line from a point to its name lies in a box, sampled at ten points."""
    if max(point.x, end[0]) <= other[0] or min(point.x, end[0]) >= other[2]:
        return 0
    if max(point.y, end[1]) <= other[1] or min(point.y, end[1]) >= other[3]:
        return 0
    steps = ((point.x + (end[0] - point.x) * k / 10, point.y + (end[1] - point.y) * k / 10) for k in range(11))
    return sum(other[0] < x < other[2] and other[1] < y < other[3] for x, y in steps)
