"""How does a chart mark a figure's target? With a sign for its status, and its sentence after that of the figure."""

from typing import Any

import altair as alt

from dashboard.charts.look import expression
from dashboard.model.words import Words

FIELDS = ("target", "target_due", "target_expected", "target_round_end", "target_today", "target_status")
TICK, RING, CALL, DASH = "M-1,0L-0.3,0.7L1,-0.7", "circle", "M0,-1L0,0.25M0,0.8L0,1", "M-0.8,0L0.8,0"
SIGNS = {"reached": TICK, "on_track": RING, "off_track": CALL, "starts": DASH, "no_figure": DASH}
"""The shape for each status; `ui/elements/targets.py` has the same in words."""
SIZE = 36
"""Size of a sign where there is room."""


def target_signs(base: alt.Chart, strokes: tuple[tuple[float, str], ...], **places: Any) -> list[alt.Chart]:
    """Return the layers of the signs, one per stroke (width and colour). `places` are their offsets and a size."""
    shape = alt.Shape("target_status:N", scale=alt.Scale(domain=list(SIGNS), range=list(SIGNS.values())), legend=None)
    with_target = base.transform_filter("isValid(datum.target)")
    return [
        with_target.mark_point(
            filled=False, strokeWidth=width, stroke=colour, strokeCap="round", opacity=1, **{"size": SIZE, **places}
        ).encode(shape=shape)
        for width, colour in strokes
    ]


def target_sentence(words: Words) -> str:
    """Return the expression for the sentence on the target; empty if there is none."""
    places = {
        "target": "format(datum.target, 'd')",
        "due": "datum.target_due",
        "expected": "format(datum.target_expected, 'd')",
        "on": "datum.target_round_end",
        "today": "format(datum.target_today, 'd')",
    }
    chain = " : ".join(
        f"datum.target_status == '{status}' ? ' ' + {expression(words, f'target.{status}', **places)}"
        for status in SIGNS
    )
    return f"({chain} : '')"
