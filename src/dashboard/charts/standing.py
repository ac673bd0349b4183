"""Draws one row per principle, risk area or right: an operation or several subjects on the grey bar of all countries.

For a single operation, the mean of the countries is a tick.
"""

import altair as alt

from dashboard.charts.look import (
    PERCENT,
    QUARTERS_ABOVE,
    SENTENCE,
    Look,
    Spec,
    by_band,
    compiled,
    expression,
    failed_beside,
    names,
    rounded,
    short_label,
    target_sentence,
    target_signs,
)
from dashboard.model.words import Words

SELECTION = "standing_mark"
ROW = 27
LIMIT = 205


def standing(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; rows are drawn in the order given.

    A filled dot in its band's colour is a score; a hollow one rests on fewer answers than a score requires. With too
    few answers, a dashed line runs from the lowest to the highest possible value.
    """
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_calculate(
            label="isValid(datum.area_code) ? datum.area_code + '  ' + datum.code_title : datum.code_title",
            figure=_figure(words),
            sentence=f"({_sentence(words)}) + {_group(words)} + {target_sentence(words)}",
        )
        .encode(
            y=names("label", "place", labelLimit=LIMIT, labelPadding=10, labelExpr=short_label(17)),
            tooltip=SENTENCE,
        )
    )
    at = alt.X("percent:Q", scale=PERCENT)
    chosen = alt.selection_point(name=SELECTION, fields=["code"], empty=False)
    spread = base.mark_bar(height=13, color=look.range, cornerRadius=4, cursor="pointer").encode(
        x=alt.X("lowest:Q", scale=PERCENT, title=None, axis=QUARTERS_ABOVE), x2="highest:Q"
    )
    means = base.mark_tick(thickness=2, size=17, color=look.quiet).encode(x=alt.X("group_mean:Q", scale=PERCENT))
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=2.5, strokeDash=[3, 3], color=look.ink, cursor="pointer")
        .encode(x=alt.X("low:Q", scale=PERCENT), x2="high:Q")
    )
    dots = (
        base.transform_filter("datum.reading == 'score'")
        .mark_circle(size=150, opacity=1, stroke=look.ground, strokeWidth=1, cursor="pointer")
        .encode(x=at, color=by_band(bands))
    )
    hollow = (
        base.transform_filter("datum.reading == 'count'")
        .mark_point(size=95, opacity=1, strokeWidth=1.8, stroke=look.ink, fill=look.ground, cursor="pointer")
        .encode(x=at)
    )
    figures = base.mark_text(align="left", dx=23, color=look.ink).encode(x=alt.value("width"), text="figure:N")
    targets = target_signs(base.encode(x=alt.X("target:Q", scale=PERCENT)), ((2, look.ink),))
    failed = failed_beside(base, look.ink, look.ground, 14).encode(x=alt.value("width"))
    chart = alt.layer(spread.add_params(chosen), means, bounds, dots, hollow, figures, failed, *targets)
    return compiled(chart, look, height=alt.Step(ROW))


SAID = {
    "datum.reading == 'score'": "standing.score",
    "datum.reading == 'count' && !isValid(datum.n_full)": "safe.few",
    "datum.reading == 'count' && datum.n_part > 0": "reading.count_partly",
    "datum.reading == 'count'": "reading.count",
    "datum.reading == 'too_few'": "standing.too_few",
    "datum.reading == 'unanswered'": "reading.unanswered",
    "datum.reading == 'not_known'": "reading.not_known",
    "datum.reading == 'not_applicable'": "reading.not_applicable",
    "datum.reading == 'started'": "reading.started",
}
"""The words of each reading, by its test."""


def _figure(words: Words) -> str:
    """Return the text beside a row: figure and band, a count of few answers, bounds, or why it is empty."""
    places = {
        **rounded("percent", "low", "high"),
        "band": "lower(datum.band_title)",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "answered": "datum.n_answered",
    }
    shown = " : ".join(f"{test} ? {expression(words, told, **places)}" for test, told in SAID.items())
    return f"{shown} : {expression(words, 'reading.not_covered')}"


def _sentence(words: Words) -> str:
    places = {
        "area": "datum.code_title",
        "figure": "datum.figure",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
    }
    return expression(words, "standing.sentence", **places)


def _group(words: Words) -> str:
    """Return the group's figures; nothing for a country that would be compared with itself."""
    places = {"mean": "format(datum.group_mean, 'd')", "n": "datum.n_countries", **rounded("lowest", "highest")}
    said = expression(words, "standing.group", **places)
    return f"(isValid(datum.group_mean) && datum.n_countries > 1 ? ' ' + {said} : '')"


SUBJECT_SELECTION = "subject_mark"
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

    All subjects are in the legend, also those without a mark.

    A filled mark is a percentage, a hollow one rests on fewer answers than a percentage requires, and with too few
    answers a line runs from the lowest to the highest possible value. The whole row can be clicked; the one `in_focus`
    is framed.
    """
    row = LANE * int(n_subjects[0]) + AROUND
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_joinaggregate(most="max(position)")
        .transform_calculate(
            label="isValid(datum.area_code) ? datum.area_code + '  ' + datum.code_title : datum.code_title",
            sentence=_subjects_sentence(words),
        )
        .encode(y=names("label", "place", labelLimit=210, labelPadding=12, labelExpr=short_label(17)), tooltip=SENTENCE)
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
    chosen = alt.selection_point(name=SUBJECT_SELECTION, fields=["code", "subject"], empty=False)
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
        x=alt.X("lowest:Q", scale=PERCENT, title=None, axis=QUARTERS_ABOVE), x2="highest:Q"
    )
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=2.5, strokeDash=[3, 3], yOffset=APART, cursor="pointer")
        .encode(x=alt.X("low:Q", scale=PERCENT), x2="high:Q", color=colour)
    )
    marks = base.mark_point(size=SIZE, opacity=1, strokeWidth=1.6, yOffset=APART, cursor="pointer")
    at = {"x": alt.X("percent:Q", scale=PERCENT), "color": colour, "shape": shape}
    hollow = marks.transform_filter("datum.reading == 'count'").encode(fill=alt.value(look.ground), **at)
    filled = (
        base.mark_point(size=SIZE, opacity=1, filled=True, yOffset=APART, cursor="pointer")
        .transform_filter("datum.reading == 'score'")
        .encode(**at)
    )
    unmarked = base.transform_filter("datum.reading != 'score' && datum.reading != 'count'")
    named = unmarked.mark_point(size=0, opacity=1).encode(color=colour, shape=shape)
    chart = alt.layer(named, whole_row, spread, bounds, hollow, filled)
    return compiled(chart, look, height=alt.Step(row))


def _subjects_sentence(words: Words) -> str:
    places = {
        "subject": "datum.subject_title",
        "area": "datum.code_title",
        **rounded("percent", "low", "high", "lowest", "highest"),
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "seen": "datum.n_seen",
        "n": "datum.n_countries",
    }
    score, count, too_few, empty, group = (
        expression(words, f"subjects.{key}", **places) for key in ("score", "count", "too_few", "empty", "group")
    )
    return (
        f"(datum.reading == 'score' ? {score} : datum.reading == 'count' ? {count} : "
        f"datum.reading == 'too_few' ? {too_few} : {empty}) + (isValid(datum.lowest) ? ' ' + {group} : '')"
    )
