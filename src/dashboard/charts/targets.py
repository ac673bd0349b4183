"""How does a chart mark the target of a figure? A sign for its status, and its sentence behind that of the figure."""

from typing import Any

import altair as alt

from dashboard.charts.look import expression
from dashboard.model.words import Words

FIELDS = ("target", "target_due", "target_expected", "target_status")
TICK, RING, CALL, DASH = "M-1,0L-0.3,0.7L1,-0.7", "circle", "M0,-1L0,0.25M0,0.8L0,1", "M-0.8,0L0.8,0"
SIGNS = {"reached": TICK, "on_track": RING, "off_track": CALL, "starts": DASH, "no_figure": DASH}
"""The shape that stands for each status; `ui/elements/targets.py` writes the same in words."""
SIZE = 36
"""Of a sign where there is room."""


def target_signs(base: alt.Chart, strokes: tuple[tuple[float, str], ...], **places: Any) -> list[alt.Chart]:
    """The layers of the signs, one a stroke: its width and colour. `places` are their offsets, and another size."""
    shape = alt.Shape("target_status:N", scale=alt.Scale(domain=list(SIGNS), range=list(SIGNS.values())), legend=None)
    with_target = base.transform_filter("isValid(datum.target)")
    return [
        with_target.mark_point(
            filled=False, strokeWidth=width, stroke=colour, strokeCap="round", opacity=1, **{"size": SIZE, **places}
        ).encode(shape=shape)
        for width, colour in strokes
    ]


def target_sentence(words: Words) -> str:
    """The expression of what is said of the target; empty where there is none."""
    places = {
        "target": "format(datum.target, 'd')",
        "due": "datum.target_due",
        "expected": "format(datum.target_expected, 'd')",
    }
    chain = " : ".join(
        f"datum.target_status == '{status}' ? ' ' + {expression(words, f'target.{status}', **places)}"
        for status in SIGNS
    )
    return f"({chain} : '')"
