"""Each country's score against one outside figure: two things side by side that are never combined."""

from typing import Any

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.charts.places_said import source
from dashboard.model.words import Words

FIELDS = (
    "country", "country_title", "number", "year", "publisher", "dataset", "computed", "state", "reading", "percent",
    "n_answered", "n_applicable", "shown", "indicator_title", "unit", "median", "lowest", "highest", "n_shown",
    "wide_dx", "wide_dy", "wide_ex", "wide_ey", "wide_side", "slim_dx", "slim_dy", "slim_ex", "slim_ey", "slim_side",
)  # fmt: skip
SELECTION = "point"
SLIM = 520
"""Width in pixels below which names are placed for a narrow chart."""
HEIGHT = 380
LATE = "datum.median - datum.lowest > (datum.highest - datum.lowest) / 2"
"""Whether the median is on the right, so that its title only fits on its left."""
PAD = 36
"""Pixels between the outermost points and the edges, so that the scale is fixed without looking at the chart."""


def quadrant(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. Filled points rest on a current figure, hollow dashed ones on an old one."""
    chart = alt.layer(*_guides(look), *_points(look), data=alt.NamedData("rows"))
    chart = chart.transform_filter("datum.shown").transform_calculate(
        sentence=_sentence(words),
        half="50",
        late=LATE,
        x_title=expression(words, "quadrant.x", title="datum.indicator_title", unit="datum.unit"),
        y_title=expression(words, "quadrant.y"),
        median_title=expression(words, "quadrant.median", n="datum.n_shown", value="format(datum.median, ',.1~f')"),
    )
    room = {"top": 22, "left": 5, "right": 5, "bottom": 24}
    return compiled(chart.properties(width="container", height=HEIGHT, padding=room), look)


def _x(field: str) -> alt.X:
    scale = alt.Scale(zero=False, nice=False, padding=PAD)
    return alt.X(f"{field}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5, labelFlush=True))


def _y(field: str) -> alt.Y:
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True)
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=axis)


def _guides(look: Look) -> list[alt.Chart]:
    """Return labelled guide lines and the names of both axes."""
    once = alt.Chart().transform_window(place="row_number()").transform_filter("datum.place == 1")
    line: dict[str, Any] = {"color": look.quiet, "strokeWidth": 1, "strokeDash": [2, 4]}
    small: dict[str, Any] = {"fontSize": 12, "color": look.quiet}
    return [
        once.mark_rule(**line).encode(x=_x("median")),
        once.mark_rule(**line).encode(y=_y("half")),
        once.mark_text(
            align=alt.expr("datum.late ? 'right' : 'left'"),
            dx=alt.expr("datum.late ? -5 : 5"),
            baseline="top",
            y=2,
            **small,
        ).encode(x=_x("median"), text="median_title:N"),
        once.mark_text(align="left", x=0, y=-12, fontSize=13, color=look.quiet).encode(text="y_title:N"),
        once.mark_text(
            align="right", x=alt.expr("width"), y=alt.expr("height + 34"), fontSize=13, color=look.quiet
        ).encode(text="x_title:N"),
    ]


def _points(look: Look) -> list[alt.Chart]:
    def by_width(name: str) -> alt.ExprRef:
        return alt.expr(f"width < {SLIM} ? datum.slim_{name} : datum.wide_{name}")

    base = alt.Chart()
    at = {"x": _x("number"), "y": _y("percent")}
    tip = {"tooltip": alt.Tooltip("sentence:N", title=None)}
    chosen = alt.selection_point(name=SELECTION, fields=["country"], empty=False)
    states = alt.Scale(domain=["current", "old"], range=[look.subjects[0], look.ground])
    marks = (
        base.mark_point(size=110, opacity=1, strokeWidth=1.8, stroke=look.subjects[0], cursor="pointer")
        .encode(
            fill=alt.Fill("state:N", scale=states, legend=None),
            strokeDash=alt.condition("datum.state == 'old'", alt.value([3, 2]), alt.value([1, 0])),
            **at,
            **tip,
        )
        .add_params(chosen)
    )
    far = "width < {0} ? abs(datum.slim_ex) + abs(datum.slim_ey) : abs(datum.wide_ex) + abs(datum.wide_ey)"
    leads = (
        base.transform_filter(f"({far.format(SLIM)}) > 14.5")
        .mark_rule(color=look.quiet, strokeWidth=0.8, x2Offset=by_width("ex"), y2Offset=by_width("ey"))
        .encode(x2="number:Q", y2="percent:Q", **at)
    )
    named = base.transform_filter(f"(width < {SLIM} ? datum.slim_side : datum.wide_side) != ''")
    names = named.mark_text(dx=by_width("dx"), dy=by_width("dy"), align=by_width("side"), cursor="pointer").encode(
        text="country_title:N", **at, **tip
    )
    return [leads, marks, names]


def _sentence(words: Words) -> str:
    places = {
        "country": "datum.country_title",
        "title": "datum.indicator_title",
        "value": "format(datum.number, ',')",
        "unit": "datum.unit",
        "percent": "format(datum.percent, 'd')",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
    }
    plain, few = (expression(words, f"quadrant.{key}", **places) for key in ("sentence", "few"))
    return f"{plain} + (datum.reading == 'count' ? ' ' + {few} : '') + ' ' + {source(words)}"
