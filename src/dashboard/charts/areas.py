"""Draws one row per principle, or per risk area: how the group scores, or how far answers cover its first risk.

Principles: the mean of the countries as a dot on the grey bar of their range, and the answers used. Risk areas: the
severity of the first risk as a square, and its cover as a dot.
"""

import altair as alt

from dashboard.charts.look import (
    ANY_FAILED,
    PERCENT,
    QUARTERS,
    SENTENCE,
    SLIM,
    Look,
    Spec,
    by_band,
    by_grade,
    compiled,
    expression,
    failed_beside,
    names,
    one_of,
    rounded,
    short_label,
    target_sentence,
    target_signs,
)
from dashboard.model.words import Words

SELECTION = "area_mark"
ROW = 18


def areas(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; rows are drawn in the order given."""
    few = expression(words, "areas.few", n="datum.n_shown", of="datum.n_countries")
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_calculate(
            label="datum.area_code + '  ' + datum.area_title",
            figure="datum.mean == null ? '–' : format(datum.mean, 'd')"
            f" + (2 * datum.n_shown < datum.n_countries ? '  ' + {few} : '')",
            answers=expression(words, "areas.answers", n="datum.n_answered"),
            sentence=f"({_sentence(words)}) + {target_sentence(words)}",
        )
        .encode(y=names("label", "place", labelLimit=215, labelPadding=8), tooltip=SENTENCE)
    )
    chosen = alt.selection_point(name=SELECTION, fields=["area"], empty=False)
    spread = base.mark_bar(height=9, color=look.range, cornerRadius=4).encode(
        x=alt.X("lowest:Q", scale=PERCENT, title=None, axis=QUARTERS),
        x2="highest:Q",
    )
    hollow = (
        base.transform_filter("isValid(datum.mean) && !isValid(datum.band)")
        .mark_point(size=95, opacity=1, strokeWidth=1.8, stroke=look.ink, fill=look.ground, cursor="pointer")
        .encode(x=alt.X("mean:Q", scale=PERCENT))
    )
    dots = (
        base.transform_filter("isValid(datum.band)")
        .mark_circle(size=150, opacity=1, cursor="pointer", stroke=look.ground, strokeWidth=1)
        .encode(x=alt.X("mean:Q", scale=PERCENT), color=by_band(bands))
        .add_params(chosen)
    )
    figures = base.mark_text(align="left", dx=alt.expr(f"{ANY_FAILED} ? 24 : 11"), fontSize=13, color=look.ink).encode(
        x=alt.X("mean:Q", scale=PERCENT), text="figure:N"
    )
    failed = failed_beside(base, look.ink, look.ground, 17).encode(x=alt.X("mean:Q", scale=PERCENT))
    answers = base.mark_text(align="left", dx=8, fontSize=12, color=look.quiet).encode(
        x=alt.value("width"), text="answers:N"
    )
    targets = target_signs(base.encode(x=alt.X("target:Q", scale=PERCENT)), ((2, look.ink),))
    chart = alt.layer(spread, dots, hollow, figures, failed, answers, *targets)
    return compiled(chart, look, height=alt.Step(ROW), padding={"right": 42})


def _sentence(words: Words) -> str:
    places = {
        "area": "datum.area_title",
        **rounded("mean", "lowest", "highest"),
        "band": "datum.band_title",
        "n": "datum.n_shown",
        "of": "datum.n_countries",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
    }
    empty, few, sentence = (
        expression(words, f"areas.{key}", **places) for key in ("empty", "sentence_few", "sentence")
    )
    return f"datum.mean == null ? {empty} : isValid(datum.band) ? {sentence} : {few}"


EXPOSURE_ROW = 25
COVERED = "isValid(datum.band)"


def exposures(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification of a picture to carry away; rows are drawn in the order given."""
    scale = alt.Scale(domain=[-18, 100])
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_calculate(
            figure=f"{COVERED} ? format(datum.percent, 'd') + ({SLIM} ? '' : ' ' + lower(datum.band_title))"
            f" : {_empty(words)}",
            at=f"{COVERED} ? datum.percent : 0",
            square="-10",
            sentence=_exposures_sentence(words),
        )
        .encode(y=names("risk_area_title", "place", labelLimit=240, labelExpr=short_label(20)), tooltip=SENTENCE)
    )
    squares = base.mark_square(opacity=1).encode(
        x=alt.X("square:Q", scale=scale, title=None, axis=QUARTERS),
        size=alt.Size("severity:Q", scale=alt.Scale(domain=[1, 4], range=[90, 330]), legend=None),
        color=by_grade("severity", look.severity),
    )
    grades = base.mark_text(fontSize=12, fontWeight="bold").encode(
        x=alt.X("square:Q", scale=scale),
        text=alt.Text("severity:Q", format="d"),
        color=alt.condition("datum.severity > 2", alt.value("#FFFFFF"), alt.value("#24323A")),
    )
    dots = (
        base.transform_filter(COVERED)
        .mark_circle(size=120, opacity=1)
        .encode(x=alt.X("at:Q", scale=scale), color=by_band(bands))
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
    return compiled(
        alt.layer(squares, grades, dots, near, far).resolve_scale(color="independent"),
        look,
        height=alt.Step(EXPOSURE_ROW),
    )


def _empty(words: Words) -> str:
    counts = {"full": "datum.n_full", "part": "datum.n_part", "answered": "datum.n_answered"}
    few, partly = (expression(words, f"reading.{key}", **counts) for key in ("count", "count_partly"))
    count = f"datum.reading == 'count' ? (datum.n_part > 0 ? {partly} : {few})"
    readings = ("too_few", "unanswered", "not_known", "not_applicable", "started")
    said = {reading: expression(words, f"exposures.{reading}") for reading in readings}
    return f"({count} : {one_of('reading', said, expression(words, 'exposures.not_covered'))})"


def _exposures_sentence(words: Words) -> str:
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
