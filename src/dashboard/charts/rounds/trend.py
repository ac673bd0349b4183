"""One operation over the rounds: respect and support, each a line with a number at every round."""

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.charts.rounds.time_axis import DOTTED, x_axis
from dashboard.model.view.kinds import kind_key
from dashboard.model.view.known import KINDS
from dashboard.model.words import Words

FIELDS = (
    "round", "round_title", "kind", "reading", "percent", "low", "high", "coverage", "n_answered", "n_applicable",
    "at", "from_at", "from_percent", "broken",
)  # fmt: skip
SELECTION = "trend_mark"


def trend(
    words: Words, look: Look, places: tuple[str, ...], labels: tuple[str, ...], kinds: tuple[str, ...] = KINDS
) -> Spec:
    """Return the Vega-Lite specification over the places of a `TimeAxis`, for rows of `over_time`.

    `kinds` are those of the standard.

    A round with too few answers shows its bounds as a bar and no point. A line is dotted if a year without a round, or
    a round without a figure, lies between its ends.
    """
    respect, support = (expression(words, kind_key(kind, kinds)) for kind in KINDS)
    names = f"datum.kind == 'respect' ? {respect} : {support}"
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            name=names, shown="datum.reading == 'score' || datum.reading == 'count'", sentence=_sentence(words)
        )
        .encode(
            x=x_axis(look, places, labels),
            color=alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(look.subjects[:2])), legend=None),
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("percent:Q", scale=scale, title=None, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True))
    shown = base.transform_filter("datum.shown")
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=6, opacity=0.35, cursor="pointer")
        .encode(y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q")
    )
    lines = (
        shown.transform_filter("isValid(datum.from_at)")
        .mark_rule(strokeWidth=2, strokeCap="round")
        .encode(
            x2="from_at:Q",
            y=y,
            y2="from_percent:Q",
            strokeDash=alt.condition("datum.broken", alt.value(list(DOTTED)), alt.value([1, 0])),
        )
    )
    chosen = alt.selection_point(name=SELECTION, fields=["round", "kind"], empty=False)
    points = shown.mark_point(filled=True, size=90, opacity=1, cursor="pointer").encode(
        y=y, shape=alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=["circle", "square"]), legend=None)
    )
    # Names at the last point replace a legend. The upper of two lines has its numbers above, the lower below.
    placed = shown.transform_joinaggregate(top="max(percent)", groupby=["round"]).transform_calculate(
        above="datum.percent == datum.top && (datum.kind == 'respect' || datum.percent > 0)"
    )
    dy = alt.expr("datum.above ? -13 : 15")
    figures = placed.mark_text(dy=dy, fontSize=13).encode(y=y, text=alt.Text("percent:Q", format="d"))
    last = (
        placed.transform_joinaggregate(end="max(at)", groupby=["kind"])
        .transform_filter("datum.at == datum.end")
        .mark_text(align="left", dx=14, dy=alt.expr("datum.above ? -5 : 8"), fontSize=13)
        .encode(y=y, text="name:N")
    )
    chart = alt.layer(bounds, lines, points.add_params(chosen), figures, last)
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
