"""One row per principle, risk area or right: a mark for each subject on the grey bar of the group's countries."""

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression, short_label
from dashboard.model.words import Words

FIELDS = (
    "position", "subject", "subject_title", "code", "area_code", "code_title", "reading", "percent", "low", "high",
    "lowest", "highest", "n_countries", "n_answered", "n_applicable", "n_seen", "in_focus",
)  # fmt: skip
SELECTION = "subject_mark"
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")
SIZE = 105
"""Area of a mark in square pixels."""
LANE = 13
"""Pixels of a row reserved for each subject, so that marks never overlap, however close the figures are."""
AROUND = 12
"""Pixels of a row above and below its lanes together."""
LABELS = 222
"""Pixels to the left of the scale that also belong to a row: its label."""
APART = alt.expr(f"(datum.position - (datum.most + 1) / 2) * {LANE}")


def subjects(words: Words, look: Look, n_subjects: tuple[str, ...] = ("2",)) -> Spec:
    """Return the Vega-Lite specification; rows are in the order given, with room for `n_subjects` marks each.

    A filled mark is a percentage, a hollow one rests on fewer answers than a percentage requires, and with too few
    answers a line runs from the lowest to the highest possible value. The whole row can be clicked; the one `in_focus`
    is framed.
    """
    row = LANE * int(n_subjects[0]) + AROUND
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y(
        "label:N",
        title=None,
        sort=alt.EncodingSortField("place", op="min"),
        axis=alt.Axis(labelLimit=210, labelPadding=12, labelExpr=short_label(17)),
    )
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_joinaggregate(most="max(position)")
        .transform_calculate(
            label="isValid(datum.area_code) ? datum.area_code + '  ' + datum.code_title : datum.code_title",
            sentence=_sentence(words),
        )
        .encode(y=y, tooltip=alt.Tooltip("sentence:N", title=None))
    )
    order = alt.EncodingSortField("position", op="min")
    colour = alt.Color(
        "subject_title:N",
        sort=order,
        scale=alt.Scale(range=list(look.subjects)),
        legend=alt.Legend(
            title=None, orient="top", columns=alt.expr("width < 330 ? 1 : 3"), labelLimit=230, symbolSize=110
        ),
    )
    shape = alt.Shape("subject_title:N", sort=order, scale=alt.Scale(range=list(SHAPES)))
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top")
    chosen = alt.selection_point(name=SELECTION, fields=["code", "subject"], empty=False)
    whole_row = (
        base.transform_window(of_row="row_number()", groupby=["code"])
        .transform_filter("datum.of_row == 1")
        .transform_calculate(subject="''", sentence="datum.label")
        .mark_bar(height=row - 1, color="transparent", strokeWidth=1.5, cornerRadius=4, cursor="pointer")
        .encode(
            x=alt.value(-LABELS),
            x2=alt.value(alt.expr("width")),
            stroke=alt.condition("datum.in_focus", alt.value(look.quiet), alt.value("transparent")),
        )
        .add_params(chosen)
    )
    spread = base.mark_bar(height=row - 8, color=look.range, cornerRadius=4, cursor="pointer").encode(
        x=alt.X("lowest:Q", scale=scale, title=None, axis=axis), x2="highest:Q"
    )
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=2.5, strokeDash=[3, 3], yOffset=APART, cursor="pointer")
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q", color=colour)
    )
    marks = base.mark_point(size=SIZE, opacity=1, strokeWidth=1.6, yOffset=APART, cursor="pointer")
    at = {"x": alt.X("percent:Q", scale=scale), "color": colour, "shape": shape}
    hollow = marks.transform_filter("datum.reading == 'count'").encode(fill=alt.value(look.ground), **at)
    filled = (
        base.mark_point(size=SIZE, opacity=1, filled=True, yOffset=APART, cursor="pointer")
        .transform_filter("datum.reading == 'score'")
        .encode(**at)
    )
    chart = alt.layer(whole_row, spread, bounds, hollow, filled)
    return compiled(chart.properties(width="container", height=alt.Step(row)), look)


def _sentence(words: Words) -> str:
    places = {
        "subject": "datum.subject_title",
        "area": "datum.code_title",
        "percent": "format(datum.percent, 'd')",
        "low": "format(datum.low, 'd')",
        "high": "format(datum.high, 'd')",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "seen": "datum.n_seen",
        "lowest": "format(datum.lowest, 'd')",
        "highest": "format(datum.highest, 'd')",
        "n": "datum.n_countries",
    }
    score, count, too_few, empty, group = (
        expression(words, f"subjects.{key}", **places) for key in ("score", "count", "too_few", "empty", "group")
    )
    return (
        f"(datum.reading == 'score' ? {score} : datum.reading == 'count' ? {count} : "
        f"datum.reading == 'too_few' ? {too_few} : {empty}) + (isValid(datum.lowest) ? ' ' + {group} : '')"
    )
