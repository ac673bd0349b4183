"""A figure over the rounds as a small line: a picture within text, without axes."""

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from itertools import pairwise

from dashboard.charts.look import Look
from dashboard.charts.rounds.time_axis import TimeAxis

WIDTH, HEIGHT, SIDE, TOP, BELOW = 180, 52, 14, 14, 14
Point = tuple[float, float]
"""A place on the axis and the figure there."""


def sparkline(axis: TimeAxis, figures: Mapping[str, float], look: Look, colour: str) -> str:
    """Return the picture as a data address; empty with fewer than two figures.

    `figures` belong to rounds that have one, 0 to 100. A line is dotted if `is_dotted` holds for its ends.
    """
    points = _points(axis, figures)
    if len(points) < 2:
        return ""
    ends = (points[0][0], points[-1][0])
    parts = []
    for one, other in pairwise(points):
        (x, y), (x2, y2) = _drawn(one, ends), _drawn(other, ends)
        dots = ' stroke-dasharray="1 5" stroke-linecap="round"' if axis.breaks(one[0], other[0]) else ""
        line = f'x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        parts.append(f'<line {line} stroke="{colour}" stroke-width="2"{dots}/>')
    for at, figure in points:
        x, y = _drawn((at, figure), ends)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
        parts.append(_text(x, y - 6, f"{figure:.0f}", look.ink))
        if at in ends:
            parts.append(_text(x, HEIGHT - 2, str(int(at)), look.quiet))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def is_dotted(axis: TimeAxis, figures: Mapping[str, float]) -> bool:
    """Return whether a year without a round, or a round without a figure, lies between each two figures."""
    return any(axis.breaks(one, other) for (one, _), (other, _) in pairwise(_points(axis, figures)))


def _points(axis: TimeAxis, figures: Mapping[str, float]) -> list[Point]:
    return [(at, figures[round_]) for at, round_ in zip(axis.at, axis.rounds, strict=True) if round_ in figures]


def _drawn(point: Point, ends: Point) -> Point:
    (at, figure), (first, last) = point, ends
    x = SIDE + (WIDTH - 2 * SIDE) * (at - first) / (last - first or 1)
    return x, HEIGHT - BELOW - (HEIGHT - TOP - BELOW) * figure / 100


def _text(x: float, y: float, text: str, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="12" font-family="sans-serif" '
        f'fill="{colour}">{escape(text)}</text>'
    )
