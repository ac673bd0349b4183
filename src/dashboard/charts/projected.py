"""One row per area: its own answers as a filled dot, and what answers to other standards suggest as hollow marks."""

import altair as alt

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.model.words import Words

FIELDS = (
    "code", "area_code", "code_title", "position", "reading_of", "framework_title", "round_title", "reading", "percent",
    "low", "high", "n_answered", "n_applicable", "n_primary", "n_secondary", "n_two_steps",
)  # fmt: skip
SELECTION = "projected_mark"
ROW = 30
SHAPES = ("circle", "diamond", "triangle-up", "square", "cross")


def projected(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. Projected marks are never filled, and dashed if every link is weak."""
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("label:N", title=None, sort=alt.EncodingSortField("position", op="min"), axis=alt.Axis(labelLimit=230))
    own, other = (
        expression(words, "projected.own"),
        expression(words, "projected.other", framework="datum.framework_title"),
    )
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            label="datum.area_code + '  ' + datum.code_title",
            source=f"datum.reading_of == 'own' ? {own} : {other}",
            sentence=_sentence(words),
        )
        .encode(y=y, tooltip=alt.Tooltip("sentence:N", title=None))
    )
    order = alt.EncodingSortField("reading_of", op="min")
    colour = alt.Color(
        "source:N",
        sort=order,
        scale=alt.Scale(range=list(look.subjects)),
        legend=alt.Legend(
            title=None, orient="top", columns=alt.expr("width < 330 ? 1 : 3"), labelLimit=260, symbolSize=110
        ),
    )
    shape = alt.Shape("source:N", sort=order, scale=alt.Scale(range=list(SHAPES)))
    x = alt.X("percent:Q", scale=scale, title=None, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top"))
    shown = "datum.reading == 'score' || datum.reading == 'count'"
    bounds = (
        base.transform_filter("datum.reading == 'too_few'")
        .mark_rule(strokeWidth=2.5, strokeDash=[3, 3], cursor="pointer")
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q", color=colour)
    )
    answered = (
        base.transform_filter(f"datum.reading_of == 'own' && ({shown})")
        .mark_point(size=125, opacity=1, filled=True, cursor="pointer")
        .encode(x=x, color=colour, shape=shape)
    )
    imagined = (
        base.transform_filter(f"datum.reading_of == 'projected' && ({shown})")
        .mark_point(size=125, opacity=1, filled=False, strokeWidth=1.8, cursor="pointer")
        .encode(
            x=x,
            color=colour,
            shape=shape,
            strokeDash=alt.condition("datum.n_primary > 0", alt.value([1, 0]), alt.value([2, 2])),
        )
    )
    chosen = alt.selection_point(name=SELECTION, fields=["code", "reading_of"], empty=False)
    return compiled(
        alt.layer(bounds, imagined, answered.add_params(chosen)).properties(width="container", height=alt.Step(ROW)),
        look,
    )


def _sentence(words: Words) -> str:
    places = {
        "area": "datum.code_title",
        "framework": "datum.framework_title",
        "round": "datum.round_title",
        "percent": "format(datum.percent, 'd')",
        "low": "format(datum.low, 'd')",
        "high": "format(datum.high, 'd')",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "strong": "datum.n_primary",
        "weak": "datum.n_secondary",
        "two": "datum.n_two_steps",
    }

    def text(key: str) -> str:
        return expression(words, f"projected.{key}", **places)

    own = f"datum.reading == 'too_few' ? {text('own_too_few')} : {text('own_sentence')}"
    other = f"datum.reading == 'too_few' ? {text('other_too_few')} : {text('other_sentence')}"
    steps = f"(datum.n_two_steps > 0 ? ' ' + {text('two_steps')} : '')"
    return f"datum.reading_of == 'own' ? ({own}) : ({other}) + {steps}"
