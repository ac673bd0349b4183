"""A waterfall: from the score of one subject to that of another, part by part."""

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.model.words import Words

FIELDS = ("code", "label", "points", "starts", "ends", "place", "total", "percent")
SELECTION = "gap_mark"
ROW = 27
LABELS = 236
"""Pixels to the left of the scale that also belong to a row: its label."""


def gap(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. `total` marks the two ends; the others run from `starts` to `ends`.

    The whole row of a part can be clicked.
    """
    values = alt.X(
        "starts:Q", title=None, axis=alt.Axis(grid=True, tickCount=6), scale=alt.Scale(zero=False, nice=True)
    )
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            sign="datum.points < -0.05 ? '−' : datum.points > 0.05 ? '+' : ''",
            shown="datum.total ? format(datum.percent, '.1f') : datum.sign + format(abs(datum.points), '.1f')",
            sentence=_sentence(words),
            side="datum.total ? 'total' : datum.points < 0 ? 'less' : 'more'",
            outer="max(datum.starts, datum.ends)",
        )
        .encode(
            y=alt.Y(
                "label:N",
                title=None,
                sort=alt.EncodingSortField("place", op="min"),
                axis=alt.Axis(labelLimit=230, labelPadding=6),
            ),
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    chosen = alt.selection_point(name=SELECTION, fields=["code"], empty=False)
    colours = alt.Scale(domain=["less", "more", "total"], range=[look.brick, look.subjects[0], look.quiet])
    bars = (
        base.transform_filter("!datum.total")
        .mark_bar(height=15, cornerRadius=2, cursor="pointer")
        .encode(x=values, x2="ends:Q", color=alt.Color("side:N", scale=colours, legend=None))
    )
    whole_row = (
        base.transform_filter("!datum.total")
        .mark_bar(height=ROW, color="transparent", cursor="pointer")
        .encode(x=alt.value(-LABELS), x2=alt.value(alt.expr("width")))
        .add_params(chosen)
    )
    ends = base.transform_filter("datum.total").mark_tick(thickness=4, size=19, color=look.ink).encode(x=values)
    figures = base.mark_text(align="left", dx=7).encode(
        x=alt.X("outer:Q", scale=alt.Scale(zero=False, nice=True)), text="shown:N"
    )
    chart = alt.layer(whole_row, bars, ends, figures)
    return compiled(chart.properties(width="container", height=alt.Step(ROW), padding={"right": 40}), look)


def _sentence(words: Words) -> str:
    places = {"label": "datum.label", "points": "format(datum.points, '+.1f')", "score": "format(datum.percent, '.1f')"}
    total, part = (expression(words, f"gap.{key}", **places) for key in ("total", "part"))
    return f"datum.total ? {total} : {part}"
