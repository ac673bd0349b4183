"""One operation over the rounds: respect and support, each a line with a number at every round."""

import altair as alt

from dashboard.charts.cells import first_lines
from dashboard.charts.look import SUBJECTS, Look, Spec, compiled, expression
from dashboard.model.words import Words

FIELDS = (
    "round",
    "round_title",
    "position",
    "kind",
    "reading",
    "percent",
    "low",
    "high",
    "coverage",
    "n_answered",
    "n_applicable",
)

WRAPPED = first_lines(r"trim(replace(datum.label, regexp('(.{1,9})(\\s+|$)', 'g'), '$1\n'))", 3)


def trend(words: Words, look: Look) -> Spec:
    """The Vega-Lite specification. A round with too few answers has its bounds as a bar and no point."""
    kinds = ["respect", "support"]
    names = f"datum.kind == 'respect' ? {expression(words, 'kind.respect')} : {expression(words, 'kind.support')}"
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            name=names, shown="datum.reading == 'score' || datum.reading == 'count'", sentence=_sentence(words)
        )
        .encode(
            x=alt.X(
                "round_title:N",
                title=None,
                sort=alt.EncodingSortField("position", op="min"),
                axis=alt.Axis(labelPadding=6, labelExpr=WRAPPED, labelLimit=90, labelLineHeight=15),
            ),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=list(SUBJECTS[:2])), legend=None),
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("percent:Q", scale=scale, title=None, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True))
    shown = base.transform_filter("datum.shown")
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=6, opacity=0.35)
        .encode(y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q")
    )
    lines = shown.mark_line(strokeWidth=2).encode(y=y)
    points = shown.mark_point(filled=True, size=90, opacity=1).encode(
        y=y, shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "square"]), legend=None)
    )
    # Names stand at the last point instead of a legend. Of two lines the upper has its number above, the lower below.
    placed = shown.transform_joinaggregate(top="max(percent)", groupby=["round"]).transform_calculate(
        above="datum.percent == datum.top && (datum.kind == 'respect' || datum.percent > 0)"
    )
    dy = alt.expr("datum.above ? -13 : 15")
    figures = placed.mark_text(dy=dy, fontSize=13).encode(y=y, text=alt.Text("percent:Q", format="d"))
    last = (
        placed.transform_joinaggregate(end="max(position)", groupby=["kind"])
        .transform_filter("datum.position == datum.end")
        .mark_text(align="left", dx=14, dy=alt.expr("datum.above ? -5 : 8"), fontSize=13)
        .encode(y=y, text="name:N")
    )
    chart = alt.layer(bounds, lines, points, figures, last)
    return compiled(chart.properties(width="container", height=190, padding={"right": 70}), look)


def _sentence(words: Words) -> str:
    places = {
        "kind": "datum.name",
        "round": "datum.round_title",
        "percent": "format(datum.percent, 'd')",
        "low": "format(datum.low, 'd')",
        "high": "format(datum.high, 'd')",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
    }
    shown, too_few = (expression(words, f"trend.{key}", **places) for key in ("sentence", "too_few"))
    return f"datum.shown ? {shown} : {too_few}"
