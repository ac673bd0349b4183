"""Draws figures beside others of the same subject: parts of a gap, expected gains, and other ways of calculating.

The gap between two subjects is a waterfall, part by part. Gains: one row per country, with its score now, the one
expected of its actions, and the one measured in the next round. Robustness: a dot for the figure as answered, and a
tick in its band's colour for every other method.
"""

import altair as alt

from dashboard.charts.look import (
    PERCENT,
    QUARTERS_ABOVE,
    SENTENCE,
    SLIM,
    Look,
    Spec,
    by_band,
    compiled,
    expression,
    names,
)
from dashboard.model.words import Words

GAP_SELECTION = "gap_mark"
GAP_ROW = 27
LABELS = f"({SLIM} ? 160 : 236)"
"""Pixels to the left of the scale that also belong to a row: its label."""


def gap(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. `total` marks the two ends; the others run from `starts` to `ends`.

    The whole row of a part with a `code` can be clicked.
    """
    cursor = alt.expr("datum.code ? 'pointer' : 'default'")
    scale = alt.Scale(zero=True, nice=True)
    values = alt.X("starts:Q", title=None, axis=alt.Axis(grid=True, tickCount=6, format="~r"), scale=scale)
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
            y=names("label", "place", labelLimit=alt.expr(f"{LABELS} - 6"), labelPadding=6),
            tooltip=SENTENCE,
        )
    )
    chosen = alt.selection_point(name=GAP_SELECTION, fields=["code"], empty=False)
    colours = alt.Scale(domain=["less", "more", "total"], range=[look.brick, look.subjects[0], look.quiet])
    bars = (
        base.transform_filter("!datum.total")
        .mark_bar(height=15, cornerRadius=2, cursor=cursor)
        .encode(x=values, x2="ends:Q", color=alt.Color("side:N", scale=colours, legend=None))
    )
    whole_row = (
        base.transform_filter("!datum.total")
        .mark_bar(height=GAP_ROW, color="transparent", cursor=cursor)
        .encode(x=alt.value(alt.expr(f"-{LABELS}")), x2=alt.value(alt.expr("width")))
        .add_params(chosen)
    )
    ends = base.transform_filter("datum.total").mark_tick(thickness=4, size=19, color=look.ink).encode(x=values)
    figures = base.mark_text(align="left", dx=7).encode(x=alt.X("outer:Q", scale=scale), text="shown:N")
    return compiled(alt.layer(whole_row, bars, ends, figures), look, height=alt.Step(GAP_ROW), padding={"right": 40})


def _sentence(words: Words) -> str:
    places = {"label": "datum.label", "points": "format(datum.points, '+.1f')", "score": "format(datum.percent, '.1f')"}
    total, part = (expression(words, f"gap.{key}", **places) for key in ("total", "part"))
    return f"datum.total ? {total} : {part}"


GAIN_SELECTION = "gain_mark"
SHAPES = ("circle", "diamond", "square")
GAIN_ROW = 30


def gains(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. `side` is 0 for now, 1 for expected, 2 for measured; missing if unknown.

    A country without a figure keeps its row, which says so.
    """
    order = alt.EncodingSortField("side", op="min")
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_joinaggregate(least="min(percent)", most="max(percent)", groupby=["country"])
        .transform_calculate(sentence=_gains_sentence(words), nothing=expression(words, "gains.chart_nothing"))
        .encode(
            y=names("country_title", "place", labelLimit=200, labelPadding=10),
            tooltip=SENTENCE,
        )
    )
    legend = alt.Legend(
        title=None, orient="top", columns=alt.expr("width < 330 ? 1 : 3"), labelLimit=260, symbolSize=110
    )
    colour = alt.Color(
        "side_title:N",
        sort=order,
        scale=alt.Scale(range=[look.quiet, look.subjects[0], look.subjects[1]]),
        legend=legend,
    )
    shape = alt.Shape("side_title:N", sort=order, scale=alt.Scale(range=list(SHAPES)))
    shown = base.transform_filter("isValid(datum.percent)")
    lines = (
        shown.transform_filter("datum.side == 0")
        .mark_bar(height=5, color=look.range, cornerRadius=2)
        .encode(x=alt.X("least:Q", scale=PERCENT, title=None, axis=QUARTERS_ABOVE), x2="most:Q")
    )
    chosen = alt.selection_point(name=GAIN_SELECTION, fields=["country", "side"], empty=False)
    # Offset only where marks would cover each other.
    apart = alt.expr("datum.nearest / 100 * width < 14 ? (datum.side - 1) * 5 : 0")
    marks = (
        shown.transform_window(
            below="lag(percent)", groupby=["country"], sort=[alt.SortField("percent", order="ascending")]
        )
        .transform_calculate(between="isValid(datum.below) ? datum.percent - datum.below : 100")
        .transform_joinaggregate(nearest="min(between)", groupby=["country"])
        .mark_point(size=120, opacity=1, strokeWidth=2.2, yOffset=apart, cursor="pointer")
        .encode(x=alt.X("percent:Q", scale=PERCENT), color=colour, shape=shape)
        .add_params(chosen)
    )
    words_ = (
        base.transform_filter("datum.side == 0 && !isValid(datum.percent)")
        .mark_text(align="left", dx=4, color=look.quiet, fontSize=13)
        .encode(x=alt.datum(0, scale=PERCENT), text="nothing:N")
    )
    return compiled(alt.layer(lines, marks, words_), look, height=alt.Step(GAIN_ROW), padding={"right": 20})


def _gains_sentence(words: Words) -> str:
    percent = "format(datum.percent, 'd')"
    banded = expression(words, "reading.banded", percent=percent, band="lower(datum.band_title)")
    places = {
        "country": "datum.country_title",
        "side": "datum.side_title",
        "figure": f"(isValid(datum.band_title) ? {banded} : {percent})",
        "gain": "datum.gain_said",
    }
    now, then, nothing = (expression(words, f"gains.chart_{key}", **places) for key in ("now", "then", "nothing"))
    return f"!isValid(datum.percent) ? {nothing} : datum.side == 0 ? {now} : {then}"


ROBUST_SELECTION = "robust_mark"
AS_ANSWERED = "datum.way == 'answers'"
ROBUST_ROW = 24


def robustness(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; `place` is the order of the figures, `sentence` the tooltip of a mark."""
    y = names("label", "place", labelLimit=alt.expr(f"{SLIM} ? 215 : 300"), labelPadding=8)
    x = alt.X("percent:Q", scale=PERCENT, title=None, axis=QUARTERS_ABOVE)
    base = alt.Chart(alt.NamedData("rows")).encode(y=y)
    marks = base.encode(x=x, color=by_band(bands), tooltip=SENTENCE)
    spread = base.mark_bar(height=9, color=look.range, cornerRadius=4).encode(
        x=alt.X("min(percent):Q", scale=PERCENT, title=None, axis=QUARTERS_ABOVE), x2="max(percent):Q"
    )
    ticks = marks.transform_filter(f"!({AS_ANSWERED})").mark_tick(thickness=3, size=13, opacity=1, cursor="pointer")
    chosen = alt.selection_point(name=ROBUST_SELECTION, fields=["of", "code", "way"], empty=False)
    dots = (
        marks.transform_filter(AS_ANSWERED)
        .mark_circle(size=150, opacity=1, stroke=look.ground, strokeWidth=1, cursor="pointer")
        .add_params(chosen)
    )
    return compiled(alt.layer(spread, ticks, dots), look, height=alt.Step(ROBUST_ROW))
