"""Country x principle: a coloured number where there is one, and five looks for five kinds of nothing."""

import altair as alt

from dashboard.charts.cells import SHOWN, across, down, flags, head_label, stripes
from dashboard.charts.look import BAND_INK, Look, Spec, band_colours, compiled, expression
from dashboard.charts.targets import FIELDS as TARGET
from dashboard.charts.targets import SIZE, target_sentence, target_signs
from dashboard.model.words import Words

FIELDS = (
    "country", "country_title", "area", "area_code", "area_title", "reading", "percent", "low", "high", "band",
    "band_title", "n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_full", "n_part",
    "n_nil", "n_critical_failed", "n_seen", "n_inherited", "country_position", "area_position", *TARGET,
)  # fmt: skip
SELECTION = "cell"
ROW = 29
HEAD = 62


def heatmap(words: Words, look: Look, bands: tuple[str, ...]) -> Spec:
    """The Vega-Lite specification. `bands` are the band ids of the framework, low to high."""
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            area_label=head_label("area_code", "area_title"),
            label=_label(words),
            cell="datum.country + ' ' + datum.area",
            sentence=f"{_sentence(words)} + {target_sentence(words)}",
        )
        .encode(
            x=across("area_label", "area_position", HEAD),
            y=down("country_title", "country_position", 190),
            tooltip=alt.Tooltip("sentence:N", title=None),
            key="cell:N",
        )
    )
    colours = alt.Scale(domain=list(bands), range=band_colours(len(bands)))
    inks = alt.Scale(domain=list(bands), range=band_colours(len(bands), BAND_INK))
    chosen = alt.selection_point(name=SELECTION, fields=["country", "area"], empty=False)
    boxes = base.transform_filter(SHOWN).mark_rect(cornerRadius=3, cursor="pointer")
    filled = boxes.encode(color=alt.Color("band:N", scale=colours, legend=None)).add_params(chosen)
    striped = base.transform_filter("datum.reading == 'too_few'").mark_rect(
        cornerRadius=3, cursor="pointer", color=stripes(look), stroke=look.quiet, strokeWidth=0.5
    )
    hollow = base.transform_filter(
        "datum.reading == 'unanswered' || datum.reading == 'not_known' || datum.reading == 'not_applicable'"
    ).mark_rect(cornerRadius=3, cursor="pointer", fill="transparent", stroke=look.quiet, strokeDash=[3, 3])
    numbers = (
        base.transform_filter(SHOWN)
        .mark_text(fontSize=alt.expr("bandwidth('x') < 40 ? 12 : datum.reading == 'count' ? 18 : 14"), cursor="pointer")
        .encode(text="label:N", color=alt.Color("band:N", scale=inks, legend=None))
    )
    others = (
        base.transform_filter(f"!{SHOWN}")
        # Bounds do not fit a cell of a phone; its stripes say the rest, and a tap says all.
        .mark_text(
            fontSize=alt.expr("bandwidth('x') < 44 ? 12 : 13"),
            opacity=alt.expr("bandwidth('x') < 44 && datum.reading == 'too_few' ? 0 : 1"),
            color=look.ink,
            cursor="pointer",
        )
        .encode(text="label:N")
    )
    narrow = "bandwidth('x') < 40"
    corner = {
        "size": alt.expr(f"{narrow} ? 12 : {SIZE}"),
        "xOffset": alt.expr(f"({narrow} ? 5 : 10) - bandwidth('x') / 2"),
        "yOffset": alt.expr(f"({narrow} ? 5 : 9) - bandwidth('y') / 2"),
    }
    targets = target_signs(base, ((4, "#FFFFFF"), (1.5, "#000000")), **corner)
    chart = alt.layer(filled, striped, hollow, numbers, others, flags(base), *targets).resolve_scale(
        color="independent"
    )
    return compiled(chart.properties(width="container", height=alt.Step(ROW)), look)


def _label(words: Words) -> str:
    counts = "pad('', datum.n_full, '●') + pad('', datum.n_part, '◉') + pad('', datum.n_nil, '○')"
    return (
        "("
        + (
            "datum.reading == 'score' ? format(datum.percent, 'd') : "
            f"datum.reading == 'count' ? {counts} : "
            "datum.reading == 'too_few' ? format(datum.low, 'd') + '–' + format(datum.high, 'd') : "
            f"datum.reading == 'not_applicable' ? {expression(words, 'cell.not_applicable')} : "
            "datum.reading == 'not_known' ? '?' : datum.reading == 'unanswered' ? '·' : '–'"
        )
        + ") + (datum.n_inherited > 0 ? '*' : '')"
    )


def _sentence(words: Words) -> str:
    places = {
        "country": "datum.country_title",
        "area": "datum.area_title",
        "percent": "format(datum.percent, 'd')",
        "low": "format(datum.low, 'd')",
        "high": "format(datum.high, 'd')",
        "band": "datum.band_title",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "seen": "datum.n_seen",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "nil": "datum.n_nil",
        "na": "datum.n_not_applicable",
    }
    readings = ("score", "count", "too_few", "unanswered", "not_known", "not_applicable")
    chain = " : ".join(
        f"datum.reading == '{reading}' ? {expression(words, f'cell.sentence.{reading}', **places)}"
        for reading in readings
    )
    covered = f"{chain} : {expression(words, 'cell.sentence.not_covered', **places)}"
    flag = f"(datum.n_critical_failed > 0 ? {expression(words, 'cell.sentence.critical')} : '')"
    inherited = expression(words, "cell.sentence.inherited", inherited="datum.n_inherited")
    return f"({covered}) + {flag} + (datum.n_inherited > 0 ? {inherited} : '')"
