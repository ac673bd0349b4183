"""One row per principle: an operation's figure on the grey bar of the group's countries, with their mean as a tick."""

import altair as alt

from dashboard.charts.look import Look, Spec, band_colours, compiled, expression, short_label
from dashboard.charts.signs import failed_beside
from dashboard.charts.targets import FIELDS as TARGET
from dashboard.charts.targets import target_sentence, target_signs
from dashboard.model.words import Words

FIELDS = (
    "code", "code_title", "area_code", "reading", "percent", "low", "high", "n_answered", "n_applicable", "n_full",
    "n_part", "n_critical_failed", "n_failed_before", "band", "band_title", "group_mean", "lowest", "highest",
    "n_countries", *TARGET,
)  # fmt: skip
SELECTION = "standing_mark"
ROW = 27
LIMIT = 205


def standing(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; rows are drawn in the order given.

    A filled dot in its band's colour is a score; a hollow one rests on fewer answers than a score requires. With too
    few answers, a dashed line runs from the lowest to the highest possible value.
    """
    scale = alt.Scale(domain=[0, 100])
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()")
        .transform_calculate(
            label="isValid(datum.area_code) ? datum.area_code + '  ' + datum.code_title : datum.code_title",
            figure=_figure(words),
            sentence=f"({_sentence(words)}) + {_group(words)} + {target_sentence(words)}",
        )
        .encode(
            y=alt.Y(
                "label:N",
                title=None,
                sort=alt.EncodingSortField("place", op="min"),
                axis=alt.Axis(labelLimit=LIMIT, labelPadding=10, labelExpr=short_label(17)),
            ),
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    at = alt.X("percent:Q", scale=scale)
    chosen = alt.selection_point(name=SELECTION, fields=["code"], empty=False)
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top")
    spread = base.mark_bar(height=13, color=look.range, cornerRadius=4, cursor="pointer").encode(
        x=alt.X("lowest:Q", scale=scale, title=None, axis=axis), x2="highest:Q"
    )
    means = base.mark_tick(thickness=2, size=17, color=look.quiet).encode(x=alt.X("group_mean:Q", scale=scale))
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=2.5, strokeDash=[3, 3], color=look.ink, cursor="pointer")
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    )
    colours = alt.Scale(domain=list(bands), range=band_colours(len(bands)))
    dots = (
        base.transform_filter("datum.reading == 'score'")
        .mark_circle(size=150, opacity=1, stroke=look.ground, strokeWidth=1, cursor="pointer")
        .encode(x=at, color=alt.Color("band:N", scale=colours, legend=None))
    )
    hollow = (
        base.transform_filter("datum.reading == 'count'")
        .mark_point(size=95, opacity=1, strokeWidth=1.8, stroke=look.ink, fill=look.ground, cursor="pointer")
        .encode(x=at)
    )
    figures = base.mark_text(align="left", dx=23, color=look.ink).encode(x=alt.value("width"), text="figure:N")
    targets = target_signs(base.encode(x=alt.X("target:Q", scale=scale)), ((2, look.ink),))
    failed = failed_beside(base, look.ink, look.ground, 14).encode(x=alt.value("width"))
    chart = alt.layer(spread.add_params(chosen), means, bounds, dots, hollow, figures, failed, *targets).properties(
        width="container", height=alt.Step(ROW)
    )
    return compiled(chart, look)


SAID = {
    "datum.reading == 'score'": "standing.score",
    "datum.reading == 'count' && datum.n_part > 0": "reading.count_partly",
    "datum.reading == 'count'": "reading.count",
    "datum.reading == 'too_few'": "standing.too_few",
    "datum.reading == 'unanswered'": "reading.unanswered",
    "datum.reading == 'not_known'": "reading.not_known",
    "datum.reading == 'not_applicable'": "reading.not_applicable",
}
"""The words of each reading, by its test."""


def _figure(words: Words) -> str:
    """Return the text beside a row: figure and band, a count of few answers, bounds, or why it is empty."""
    places = {
        "percent": _rounded("percent"),
        "band": "lower(datum.band_title)",
        "low": _rounded("low"),
        "high": _rounded("high"),
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
    places = {name: _rounded(name) for name in ("lowest", "highest")}
    said = expression(words, "standing.group", mean=_rounded("group_mean"), n="datum.n_countries", **places)
    return f"(isValid(datum.group_mean) && datum.n_countries > 1 ? ' ' + {said} : '')"


def _rounded(name: str) -> str:
    return f"format(datum.{name}, 'd')"
