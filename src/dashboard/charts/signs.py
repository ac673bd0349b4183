"""Which signs do charts and their legends use? Shapes, because fonts draw such characters differently or not at all."""

from collections.abc import Mapping
from typing import Any

import altair as alt

SIDE = 12
"""Pixels of a sign in a legend."""
_FILLED, _LINED = "<path d='{path}' fill='{ink}'/>", "<path d='{path}' fill='none' stroke='{ink}' stroke-width='1.3'/>"
_CIRCLE, _DOT = "M6 1.7a4.3 4.3 0 1 1 -.01 0z", "M6 4a2 2 0 1 1 -.01 0z"
_SHAPES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "●": ((_FILLED, _CIRCLE),),
    "◉": ((_LINED, _CIRCLE), (_FILLED, _DOT)),
    "○": ((_LINED, _CIRCLE),),
    "■": ((_FILLED, "M2 2H10V10H2z"),),
    "▲": ((_FILLED, "M1.5 10H10.5L6 2z"),),
    "▼": ((_FILLED, "M1.5 2H10.5L6 10z"),),
    "▽": ((_LINED, "M1.5 2H10.5L6 10z"),),
    "✓": ((_LINED, "M2 6.5L5 9.5L10.5 3"),),
    "∅": ((_LINED, _CIRCLE), (_LINED, "M2 10L10 2")),
}
SIGNS = tuple(_SHAPES)
NONE_FOUND = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0M-1,1L1,-1"
"""The shape of *none found* in a chart."""


def sign_svg(sign: str, ink: str) -> str:
    """Return a sign as a small SVG, for the legend of a picture."""
    parts = "".join(drawn.format(path=path, ink=ink) for drawn, path in _SHAPES[sign])
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='{SIDE}' height='{SIDE}'>{parts}</svg>"


FAILED = "datum.n_critical_failed > 0"
ANY_FAILED = f"({FAILED} || datum.n_failed_before > 0)"
"""Whether a critical criterion failed, or failed when it was last answered and has no answer now."""


def failed_beside(base: alt.Chart, ink: str, ground: str, at: int) -> Any:
    """Return a triangle `at` pixels from a figure, where a critical criterion failed; hollow if it fell silent."""
    return (
        base.transform_filter(ANY_FAILED)
        .mark_point(shape="triangle-down", size=46, stroke=ink, strokeWidth=1.3, opacity=1, xOffset=at)
        .encode(fill=alt.condition(FAILED, alt.value(ink), alt.value(ground)))
    )
