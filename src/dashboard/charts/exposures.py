"""One row per risk area: the severity of its first risk as a square, and how far answers cover it as a dot."""

import altair as alt

from dashboard.charts.look import SLIM, Look, Spec, band_colours, compiled, expression, short_label
from dashboard.model.words import Words

FIELDS = (
    "risk_area", "risk_area_title", "severity", "most_severe", "n_at_severity", "n_rated", "reading",
    "percent", "coverage", "n_answered", "n_applicable", "n_full", "n_part", "band", "band_title",
)  # fmt: skip
ROW = 25
COVERED = "isValid(datum.band)"


def exposures(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification of a picture to carry away; rows are drawn in the order given."""
    y = alt.Y(
        "risk_area_title:N",
        title=None,
        sort=alt.EncodingSortField("place", op="min"),
        axis=alt.Axis(labelLimit=240, labelExpr=short_label(20)),
    )
    scale = alt.Scale(domain=[-18, 100])
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_calculate(
            figure=f"{COVERED} ? format(datum.percent, 'd') + ({SLIM} ? '' : ' ' + lower(datum.band_title))"
            f" : {_empty(words)}",
            at=f"{COVERED} ? datum.percent : 0",
            square="-10",
            sentence=_sentence(words),
        )
        .encode(y=y, tooltip=alt.Tooltip("sentence:N", title=None))
    )
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True)
    squares = base.mark_square(opacity=1).encode(
        x=alt.X("square:Q", scale=scale, title=None, axis=axis),
        size=alt.Size("severity:Q", scale=alt.Scale(domain=[1, 4], range=[90, 330]), legend=None),
        color=alt.Color("severity:O", scale=alt.Scale(domain=[1, 2, 3, 4], range=list(look.severity)), legend=None),
    )
    grades = base.mark_text(fontSize=12, fontWeight="bold").encode(
        x=alt.X("square:Q", scale=scale),
        text=alt.Text("severity:Q", format="d"),
        color=alt.condition("datum.severity > 2", alt.value("#FFFFFF"), alt.value("#24323A")),
    )
    dots = (
        base.transform_filter(COVERED)
        .mark_circle(size=120, opacity=1)
        .encode(
            x=alt.X("at:Q", scale=scale),
            color=alt.Color("band:N", scale=alt.Scale(domain=list(bands), range=band_colours(len(bands))), legend=None),
        )
    )
    # Near the right edge there is no room for the words, so they go to the other side of the dot.
    near = (
        base.transform_filter("datum.at <= 45")
        .mark_text(align="left", dx=10, color=look.ink)
        .encode(x=alt.X("at:Q", scale=scale), text="figure:N")
    )
    far = (
        base.transform_filter("datum.at > 45")
        .mark_text(align="right", dx=-10, color=look.ink)
        .encode(x=alt.X("at:Q", scale=scale), text="figure:N")
    )
    chart = alt.layer(squares, grades, dots, near, far).resolve_scale(color="independent")
    return compiled(chart.properties(width="container", height=alt.Step(ROW)), look)


def _empty(words: Words) -> str:
    counts = {"full": "datum.n_full", "part": "datum.n_part", "answered": "datum.n_answered"}
    few, partly = (expression(words, f"reading.{key}", **counts) for key in ("count", "count_partly"))
    count = f"datum.reading == 'count' ? (datum.n_part > 0 ? {partly} : {few})"
    readings = ("too_few", "unanswered", "not_known", "not_applicable")
    chain = " : ".join(f"datum.reading == '{r}' ? {expression(words, f'exposures.{r}')}" for r in readings)
    return f"({count} : {chain} : {expression(words, 'exposures.not_covered')})"


def _sentence(words: Words) -> str:
    places = {
        "risk_area": "datum.risk_area_title",
        "severity": "datum.severity",
        "risk": "datum.most_severe",
        "n": "datum.n_at_severity",
        "of": "datum.n_rated",
        "figure": "datum.figure",
        "answered": "format(datum.n_answered, 'd')",
        "applicable": "format(datum.n_applicable, 'd')",
    }
    return expression(words, "exposures.sentence", **places)
