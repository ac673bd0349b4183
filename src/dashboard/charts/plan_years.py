"""When are actions due, by operation? One mark per action, shape and colour showing its status; today as a line."""

from typing import Any

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.model.plan.action import STATUSES
from dashboard.model.words import Words

FIELDS = (
    "action", "operation_title", "position", "action_text", "owner_role", "due_on", "due_text", "action_status",
    "overdue", "lane", "today",
)  # fmt: skip
SELECTION = "action_point"
SHAPES = ("circle", "triangle-right", "square", "diamond", "cross")
SLIM = 420
"""Width in pixels below which the legend takes two lines."""
LANES = (0, 1, 2)
LANE = 14
"""Pixels from one lane of an operation to the next."""


def plan_years(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. Overdue actions say so beside their marks; dates ignore time zones."""
    base = alt.Chart(alt.NamedData("rows")).transform_calculate(
        sentence=_sentence(words),
        late=expression(words, "plan_years.late"),
        today_text=expression(words, "plan_years.today"),
    )
    chart = alt.layer(*_today(base, look), *_point_layers(base, words, look))
    height = alt.Step(LANE, **{"for": "offset"})
    padding = {"right": 60, "bottom": 20}
    return compiled(chart.properties(width="container", height=height, padding=padding), look)


def _today(base: alt.Chart, look: Look) -> list[alt.Chart]:
    once = base.transform_window(place="row_number()").transform_filter("datum.place == 1")
    return [
        once.mark_rule(color=look.quiet, strokeDash=[3, 3]).encode(x=_x("today")),
        once.mark_text(y=alt.expr("height + 10"), fontSize=12, color=look.quiet).encode(
            x=_x("today"), text="today_text:N"
        ),
    ]


def _point_layers(base: alt.Chart, words: Words, look: Look) -> list[alt.Chart]:
    at: dict[str, Any] = {"x": _x("due_on"), "y": _y(), "yOffset": _lane()}
    chosen = alt.selection_point(name=SELECTION, fields=["action"], empty=False)
    colours = [look.subjects[0], look.subjects[5], look.brick, look.opportunity[1], look.quiet]
    marks = base.mark_point(size=95, opacity=1, filled=True, cursor="pointer").encode(
        color=alt.Color("action_status:N", scale=_statuses(colours), legend=_legend(words)),
        shape=alt.Shape("action_status:N", scale=_statuses(list(SHAPES)), legend=_legend(words)),
        tooltip=alt.Tooltip("sentence:N", title=None),
        **at,
    )
    late = base.transform_filter("datum.overdue").mark_text(align="left", dx=9, fontSize=12, color=look.quiet)
    return [late.encode(text="late:N", **at), marks.add_params(chosen)]


def _x(field: str) -> alt.X:
    axis = alt.Axis(format="%b %Y", grid=True, tickCount=7, labelFlush=True, orient="top")
    return alt.X(f"{field}:T", title=None, scale=alt.Scale(type="utc", padding=14), axis=axis)


def _y() -> alt.Y:
    order = alt.EncodingSortField("position", op="min")
    return alt.Y(
        "operation_title:N", title=None, sort=order, scale=alt.Scale(paddingInner=0.15), axis=alt.Axis(labelLimit=170)
    )


def _lane() -> alt.YOffset:
    return alt.YOffset("lane:O", scale=alt.Scale(domain=list(LANES)))


def _statuses(values: list[str]) -> alt.Scale:
    return alt.Scale(domain=list(STATUSES), range=values)


def _legend(words: Words) -> alt.Legend:
    titles = " : ".join(
        f"datum.label == '{status}' ? {expression(words, f'action_status.{status}')}" for status in STATUSES
    )
    return alt.Legend(
        title=None, orient="top", columns=alt.expr(f"width < {SLIM} ? 3 : 5"), labelExpr=f"{titles} : datum.label"
    )


def _sentence(words: Words) -> str:
    title = " : ".join(
        f"datum.action_status == '{status}' ? {expression(words, f'action_status.{status}')}" for status in STATUSES
    )
    places = {
        "action": "datum.action",
        "operation": "datum.operation_title",
        "text": "datum.action_text",
        "due": "datum.due_text",
        "owner": f"datum.owner_role || {expression(words, 'plan.nobody')}",
        "status": f"{title} : datum.action_status",
    }
    plain, late = (expression(words, f"plan_years.{key}", **places) for key in ("sentence", "sentence_late"))
    return f"datum.overdue ? {late} : {plain}"
