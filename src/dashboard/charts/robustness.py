"""One row per figure: a dot for the figure as answered, and a tick in its band's colour for every other method."""

import altair as alt

from dashboard.charts.look import SLIM, Look, Spec, band_colours, compiled
from dashboard.model.words import Words

FIELDS = ("place", "label", "of", "code", "way", "percent", "band", "sentence")
SELECTION = "robust_mark"
AS_ANSWERED = "datum.way == 'answers'"
ROW = 24


def robustness(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; `place` is the order of the figures, `sentence` the tooltip of a mark."""
    scale = alt.Scale(domain=[0, 100])
    colours = alt.Scale(domain=list(bands), range=band_colours(len(bands)))
    y = alt.Y(
        "label:N",
        title=None,
        sort=alt.EncodingSortField("place", op="min"),
        axis=alt.Axis(labelLimit=alt.expr(f"{SLIM} ? 215 : 300")),
    )
    x = alt.X(
        "percent:Q",
        scale=scale,
        title=None,
        axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top", labelPadding=7),
    )
    base = alt.Chart(alt.NamedData("rows")).encode(y=y)
    marks = base.encode(
        x=x, color=alt.Color("band:N", scale=colours, legend=None), tooltip=alt.Tooltip("sentence:N", title=None)
    )
    spread = base.mark_bar(height=9, color=look.range, cornerRadius=4).encode(
        x=alt.X("min(percent):Q", scale=scale, title=None), x2="max(percent):Q"
    )
    ticks = marks.transform_filter(f"!({AS_ANSWERED})").mark_tick(thickness=3, size=13, opacity=1, cursor="pointer")
    chosen = alt.selection_point(name=SELECTION, fields=["of", "code", "way"], empty=False)
    dots = (
        marks.transform_filter(AS_ANSWERED)
        .mark_circle(size=150, opacity=1, stroke=look.ground, strokeWidth=1, cursor="pointer")
        .add_params(chosen)
    )
    return compiled(alt.layer(spread, ticks, dots).properties(width="container", height=alt.Step(ROW)), look)
