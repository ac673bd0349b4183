"""A figure over the rounds, as a small line: a picture that stands in a text and needs no chart around it."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise

from dashboard.charts.look import Look

WIDTH, HEIGHT, SIDE, TOP, BELOW = 180, 52, 14, 14, 14
Point = tuple[date, float | None]
"""The day a round began, and its figure, 0 to 100; None where it has none."""


def sparkline(points: Sequence[Point], look: Look, colour: str) -> str:
    """The picture as an address that holds it whole; empty with fewer than two figures. `points` are in order of time.

    The scale is 0 to 100. A round without a figure is a gap, and so is a stretch in which a round fell out.
    """
    shown = [(day, figure) for day, figure in points if figure is not None]
    if len(shown) < 2:
        return ""
    parts = [_line(points, run, colour) for run in _runs(points) if len(run) > 1]
    for place, (day, figure) in enumerate(shown):
        x, y = _x(points, day), _y(figure)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
        parts.append(_text(x, y - 6, f"{figure:.0f}", look.ink))
        if place in (0, len(shown) - 1):
            parts.append(_text(x, HEIGHT - 2, str(day.year), look.quiet))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _runs(points: Sequence[Point]) -> Iterator[list[tuple[date, float]]]:
    """The stretches without a gap: in one, rounds are less than one and a half of the usual time apart."""
    apart = [(b - a).days for (a, _), (b, _) in pairwise(points)]
    usual = min(apart, default=0)
    run: list[tuple[date, float]] = []
    for place, (day, figure) in enumerate(points):
        if figure is None or (place and apart[place - 1] > 1.5 * usual):
            yield run
            run = []
        if figure is not None:
            run.append((day, figure))
    yield run


def _line(points: Sequence[Point], run: list[tuple[date, float]], colour: str) -> str:
    corners = " ".join(f"{_x(points, day):.1f},{_y(figure):.1f}" for day, figure in run)
    return f'<polyline points="{corners}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _x(points: Sequence[Point], day: date) -> float:
    first, last = points[0][0], points[-1][0]
    return SIDE + (WIDTH - 2 * SIDE) * ((day - first).days / max((last - first).days, 1))


def _y(figure: float) -> float:
    return HEIGHT - BELOW - (HEIGHT - TOP - BELOW) * figure / 100


def _text(x: float, y: float, text: str, colour: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="12" font-family="sans-serif" '
        f'fill="{colour}">{escape(text)}</text>'
    )
