"""Draws rows over the years: cases from start to end, and the actions of each operation when they are due."""

from typing import Any

import altair as alt

from dashboard.charts.look import SENTENCE, SLIM, Look, Spec, compiled, expression, names, one_of
from dashboard.model.known_codes import FIXED
from dashboard.model.plan import STATUSES
from dashboard.model.words import Words

CASE_FIELDS = (
    "case_study", "title", "where", "began", "ended", "until_year", "goes_on", "case_kind", "confidence", "began_order",
)  # fmt: skip
CASE_SELECTION = "case"
KINDS = FIXED["case_kind"]
CASE_SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")
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
    shape = alt.Shape("kind_title:N", scale=alt.Scale(domain=titles, range=list(CASE_SHAPES)), legend=_legend())
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            label="datum.title + '  ' + datum.case_study",
            kind_title=_chain(words, "case_kind", KINDS),
            sure=_chain(words, "confidence", FIXED["confidence"]),
        )
        .transform_calculate(sentence=_sentence(words))
        .encode(
            y=names(
                "label",
                "began_order",
                labelLimit=alt.expr(f"{WIDEST} + 30"),
                labelExpr=LINES,
                grid=True,
                tickBand="extent",
            ),
            color=colour,
            tooltip=SENTENCE,
        )
    )
    chosen = alt.selection_point(name=CASE_SELECTION, fields=["case_study", "case_kind"], empty=False)
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
    return compiled(alt.layer(lines, begins.add_params(chosen), open_ends), look, height=alt.Step(ROW))


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None, orient="top", columns=alt.expr("width < 400 ? 2 : width < 500 ? 3 : 5"), symbolSize=110
    )


def _chain(words: Words, field: str, codes: tuple[str, ...]) -> str:
    """Return an expression for the title of a code; the last code needs no test, as a field holds one of them."""
    *first, last = ((code, expression(words, f"{field}.{code}")) for code in codes)
    return one_of(field, dict(first), last[1])


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


ACTION_SELECTION = "action_point"
ACTION_SHAPES = ("circle", "triangle-right", "square", "diamond", "cross")
NARROW = 420
"""Width in pixels below which the legend takes two lines."""
LANES = (0, 1, 2)
LANE = 14
"""Pixels from one lane of an operation to the next."""


def plan_years(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. Overdue actions say so beside their marks; dates ignore time zones."""
    base = alt.Chart(alt.NamedData("rows")).transform_calculate(
        sentence=_plan_years_sentence(words),
        late=expression(words, "plan_years.late"),
        today_text=expression(words, "plan_years.today"),
    )
    chart = alt.layer(*_today(base, look), *_point_layers(base, words, look))
    height = alt.Step(LANE, **{"for": "offset"})
    padding = {"right": 60, "bottom": 20}
    return compiled(chart, look, height=height, padding=padding)


def _today(base: alt.Chart, look: Look) -> list[alt.Chart]:
    once = base.transform_window(place="row_number()").transform_filter("datum.place == 1")
    return [
        once.mark_rule(color=look.quiet, strokeDash=[3, 3]).encode(x=_x("today")),
        once.mark_text(y=alt.expr("height + 10"), fontSize=12, color=look.quiet).encode(
            x=_x("today"), text="today_text:N"
        ),
    ]


def _point_layers(base: alt.Chart, words: Words, look: Look) -> list[alt.Chart]:
    rows = names("operation_title", "position", alt.Scale(paddingInner=0.15), labelLimit=170)
    lane = alt.YOffset("lane:O", scale=alt.Scale(domain=list(LANES)))
    at: dict[str, Any] = {"x": _x("due_on"), "y": rows, "yOffset": lane}
    chosen = alt.selection_point(name=ACTION_SELECTION, fields=["action"], empty=False)
    colours = [look.subjects[0], look.subjects[5], look.brick, look.opportunity[1], look.quiet]
    marks = base.mark_point(size=95, opacity=1, filled=True, cursor="pointer").encode(
        color=alt.Color("action_status:N", scale=_statuses(colours), legend=_plan_years_legend(words)),
        shape=alt.Shape("action_status:N", scale=_statuses(list(ACTION_SHAPES)), legend=_plan_years_legend(words)),
        tooltip=SENTENCE,
        **at,
    )
    late = base.transform_filter("datum.overdue").mark_text(align="left", dx=9, fontSize=12, color=look.quiet)
    return [late.encode(text="late:N", **at), marks.add_params(chosen)]


def _x(field: str) -> alt.X:
    axis = alt.Axis(format="%b %Y", grid=True, tickCount=7, labelFlush=True, orient="top")
    return alt.X(f"{field}:T", title=None, scale=alt.Scale(type="utc", padding=14), axis=axis)


def _statuses(values: list[str]) -> alt.Scale:
    return alt.Scale(domain=list(STATUSES), range=values)


def _plan_years_legend(words: Words) -> alt.Legend:
    titles = one_of("label", _status_titles(words), "datum.label")
    return alt.Legend(title=None, orient="top", columns=alt.expr(f"width < {NARROW} ? 3 : 5"), labelExpr=titles)


def _status_titles(words: Words) -> dict[str, str]:
    return {status: expression(words, f"action_status.{status}") for status in STATUSES}


def _plan_years_sentence(words: Words) -> str:
    places = {
        "action": "datum.action",
        "operation": "datum.operation_title",
        "text": "datum.action_text",
        "due": "datum.due_text",
        "owner": f"datum.owner_role || {expression(words, 'plan.nobody')}",
        "status": one_of("action_status", _status_titles(words), "datum.action_status"),
    }
    plain, late = (expression(words, f"plan_years.{key}", **places) for key in ("sentence", "sentence_late"))
    return f"datum.overdue ? {late} : {plain}"
