"""One row per case, the earliest first: from the year it started to the year it ended, drawn by its kind."""

import altair as alt

from dashboard.charts.look import SLIM, Look, Spec, compiled, expression
from dashboard.model.view.known import FIXED
from dashboard.model.words import Words

FIELDS = (
    "case_study", "title", "where", "began", "ended", "until_year", "goes_on", "case_kind", "confidence", "began_order",
)  # fmt: skip
SELECTION = "case"
KINDS = FIXED["case_kind"]
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")
ROW = 27
WIDEST = f"({SLIM} ? 0.62 * containerSize()[0] : min(430, containerSize()[0] / 2))"
"""Pixels for the id and the title of a case; a narrow chart has room for the title alone."""
LETTER = 6.2
"""Pixels of a character, about the average."""
NAME = rf"({SLIM} ? replace(datum.label, regexp('^\\S+\\s+'), '') : datum.label)"
LINES = (
    rf"split(trim(replace({NAME}, regexp('(.{{1,' + floor({WIDEST} / {LETTER}) + '}})(\\s+|$)', 'g'), '$1\n')), '\n')"
)
"""The label in as many lines as it needs: two for the longest title."""


def case_years(words: Words, look: Look, span: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification; `span` is the first and last year of the axis, whichever cases are shown."""
    first, last = (int(year) for year in span)
    axis = alt.Axis(values=list(range(first, last + 1, 5)), format="d", grid=True, orient="top")
    scale = alt.Scale(domain=[first, last], nice=False)
    x = alt.X("began:Q", title=None, scale=scale, axis=axis)
    titles = [words(f"case_kind.{kind}") for kind in KINDS]
    colour = alt.Color(
        "kind_title:N", scale=alt.Scale(domain=titles, range=list(look.subjects[: len(KINDS)])), legend=_legend()
    )
    shape = alt.Shape("kind_title:N", scale=alt.Scale(domain=titles, range=list(SHAPES)), legend=_legend())
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            label="datum.title + '  ' + datum.case_study",
            kind_title=_chain(words, "case_kind", KINDS),
            sure=_chain(words, "confidence", FIXED["confidence"]),
        )
        .transform_calculate(sentence=_sentence(words))
        .encode(
            y=alt.Y(
                "label:N",
                title=None,
                sort=alt.EncodingSortField("began_order", op="min"),
                axis=alt.Axis(labelLimit=alt.expr(f"{WIDEST} + 30"), labelExpr=LINES, grid=True, tickBand="extent"),
            ),
            color=colour,
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    chosen = alt.selection_point(name=SELECTION, fields=["case_study", "case_kind"], empty=False)
    lines = base.mark_rule(strokeWidth=4, cursor="pointer").encode(
        x=x,
        x2="until_year:Q",
        strokeDash=alt.condition("datum.goes_on", alt.value([5, 3]), alt.value([1, 0])),
    )
    begins = base.mark_point(filled=True, size=120, opacity=1, cursor="pointer").encode(x=x, shape=shape)
    open_ends = (
        base.transform_filter("datum.goes_on")
        .mark_point(shape="triangle-right", fill=look.ground, size=80, strokeWidth=2, opacity=1, cursor="pointer")
        .encode(x=alt.X("until_year:Q", scale=scale))
    )
    chart = alt.layer(lines, begins.add_params(chosen), open_ends)
    return compiled(chart.properties(width="container", height=alt.Step(ROW)), look)


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None, orient="top", columns=alt.expr("width < 400 ? 2 : width < 500 ? 3 : 5"), symbolSize=110
    )


def _chain(words: Words, field: str, codes: tuple[str, ...]) -> str:
    """Return an expression for the title of a code; the last code needs no test, as a field holds one of them."""
    *first, last = ((code, expression(words, f"{field}.{code}")) for code in codes)
    tests = " : ".join(f"datum.{field} == '{code}' ? {word}" for code, word in first)
    return f"{tests} : {last[1]}"


def _sentence(words: Words) -> str:
    places = {
        "title": "datum.title",
        "began": "datum.began",
        "ended": "datum.ended",
        "where": "datum.where",
        "kind": "datum.kind_title",
        "confidence": "datum.sure",
    }
    ended, goes_on = (expression(words, f"cases.{key}", **places) for key in ("sentence", "sentence_open"))
    return f"datum.goes_on ? {goes_on} : {ended}"
