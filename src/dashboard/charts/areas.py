"""One row per principle: the mean of the countries as a dot on the grey bar of their range, and the answers used."""

import altair as alt

from dashboard.charts.look import Look, Spec, band_colours, compiled, expression
from dashboard.charts.signs import ANY_FAILED, failed_beside
from dashboard.charts.targets import FIELDS as TARGET
from dashboard.charts.targets import target_sentence, target_signs
from dashboard.model.words import Words

FIELDS = (
    "area", "area_code", "area_title", "mean", "lowest", "highest", "n_shown", "n_countries", "n_answered",
    "n_applicable", "n_critical_failed", "n_failed_before", "band", "band_title", *TARGET,
)  # fmt: skip
SELECTION = "area_mark"
ROW = 18


def areas(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; rows are drawn in the order given."""
    scale = alt.Scale(domain=[0, 100])
    few = expression(words, "areas.few", n="datum.n_shown", of="datum.n_countries")
    y = alt.Y(
        "label:N",
        title=None,
        sort=alt.EncodingSortField("place", op="min"),
        axis=alt.Axis(labelLimit=215, labelPadding=8),
    )
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
        .encode(y=y, tooltip=alt.Tooltip("sentence:N", title=None))
    )
    colours = alt.Scale(domain=list(bands), range=band_colours(len(bands)))
    chosen = alt.selection_point(name=SELECTION, fields=["area"], empty=False)
    spread = base.mark_bar(height=9, color=look.range, cornerRadius=4).encode(
        x=alt.X("lowest:Q", scale=scale, title=None, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True)),
        x2="highest:Q",
    )
    hollow = (
        base.transform_filter("isValid(datum.mean) && !isValid(datum.band)")
        .mark_point(size=95, opacity=1, strokeWidth=1.8, stroke=look.ink, fill=look.ground, cursor="pointer")
        .encode(x=alt.X("mean:Q", scale=scale))
    )
    dots = (
        base.transform_filter("isValid(datum.band)")
        .mark_circle(size=150, opacity=1, cursor="pointer", stroke=look.ground, strokeWidth=1)
        .encode(x=alt.X("mean:Q", scale=scale), color=alt.Color("band:N", scale=colours, legend=None))
        .add_params(chosen)
    )
    figures = base.mark_text(align="left", dx=alt.expr(f"{ANY_FAILED} ? 24 : 11"), fontSize=13, color=look.ink).encode(
        x=alt.X("mean:Q", scale=scale), text="figure:N"
    )
    failed = failed_beside(base, look.ink, look.ground, 17).encode(x=alt.X("mean:Q", scale=scale))
    answers = base.mark_text(align="left", dx=8, fontSize=12, color=look.quiet).encode(
        x=alt.value("width"), text="answers:N"
    )
    targets = target_signs(base.encode(x=alt.X("target:Q", scale=scale)), ((2, look.ink),))
    chart = alt.layer(spread, dots, hollow, figures, failed, answers, *targets).properties(
        width="container", height=alt.Step(ROW), padding={"right": 42}
    )
    return compiled(chart, look)


def _sentence(words: Words) -> str:
    places = {
        "area": "datum.area_title",
        "mean": "format(datum.mean, 'd')",
        "lowest": "format(datum.lowest, 'd')",
        "highest": "format(datum.highest, 'd')",
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
