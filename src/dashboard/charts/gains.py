"""One row per country: its score now, the score expected of its actions, and the score measured in the next round."""

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.model.words import Words

FIELDS = ("country", "country_title", "place", "side", "side_title", "percent", "gain_said", "band_title")
SELECTION = "gain_mark"
SHAPES = ("circle", "diamond", "square")
ROW = 30


def gains(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. `side` is 0 for now, 1 for expected, 2 for measured; missing if unknown.

    A country without a figure keeps its row, which says so.
    """
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top")
    order = alt.EncodingSortField("side", op="min")
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_joinaggregate(least="min(percent)", most="max(percent)", groupby=["country"])
        .transform_calculate(sentence=_sentence(words), nothing=expression(words, "gains.chart_nothing"))
        .encode(
            y=alt.Y(
                "country_title:N",
                title=None,
                sort=alt.EncodingSortField("place", op="min"),
                axis=alt.Axis(labelLimit=200, labelPadding=10),
            ),
            tooltip=alt.Tooltip("sentence:N", title=None),
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
        .encode(x=alt.X("least:Q", scale=scale, title=None, axis=axis), x2="most:Q")
    )
    chosen = alt.selection_point(name=SELECTION, fields=["country", "side"], empty=False)
    # Offset only where marks would cover each other.
    apart = alt.expr("datum.nearest / 100 * width < 14 ? (datum.side - 1) * 5 : 0")
    marks = (
        shown.transform_window(
            below="lag(percent)", groupby=["country"], sort=[alt.SortField("percent", order="ascending")]
        )
        .transform_calculate(between="isValid(datum.below) ? datum.percent - datum.below : 100")
        .transform_joinaggregate(nearest="min(between)", groupby=["country"])
        .mark_point(size=120, opacity=1, strokeWidth=2.2, yOffset=apart, cursor="pointer")
        .encode(x=alt.X("percent:Q", scale=scale), color=colour, shape=shape)
        .add_params(chosen)
    )
    words_ = (
        base.transform_filter("datum.side == 0 && !isValid(datum.percent)")
        .mark_text(align="left", dx=4, color=look.quiet, fontSize=13)
        .encode(x=alt.datum(0, scale=scale), text="nothing:N")
    )
    return compiled(
        alt.layer(lines, marks, words_).properties(width="container", height=alt.Step(ROW), padding={"right": 20}), look
    )


def _sentence(words: Words) -> str:
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
