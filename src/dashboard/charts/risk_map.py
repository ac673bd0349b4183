"""Draws risks: by setting and risk area, in rows for one operation, and one ordinal grade against another.

Beside the risks is the most needed opportunity. Grades are placed in cells, never multiplied.
"""

import json
from collections import Counter
from math import ceil, sqrt
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import (
    GRADE_INK,
    GRADES,
    NONE_FOUND,
    SENTENCE,
    SLIM,
    Look,
    Spec,
    by_grade,
    compiled,
    expression,
    first_lines,
    names,
    short_label,
)
from dashboard.model.words import Words

IN_A_ROW = 12
"""Risks drawn per setting; for more, their number is given."""
SELECTION = "place"
OWN_SELECTION = "own_risk"
BAND = alt.Scale(type="band")
LINE = 13
WIDEST = 88
ROW = 34
IN_SHORT = 2
TITLE = r"trim(replace(datum.label, regexp('^[^\n]*'), ''))"
"""A head without its code, where there is room for words."""
CODE = f"({SLIM} ? slice(split(datum.label, '\\n')[0], -{IN_SHORT}) : split(datum.label, '\\n')[0])"
"""Where there is no room for its title, a risk area shows its code; on a phone, the last characters of it."""
BESIDE = "0.22 * bandwidth('x')"
"""Pixels of the square to the left and the circle to the right of the middle of their cell."""
SIZE = "min(110 + 123 * (datum.grade - 1), pow(0.42 * bandwidth('x'), 2))"
"""The area of a mark: it grows with the grade, but never into its neighbour."""
EMPTY = {"not_rated": "·", "absent": "×"}
"""The sign of a cell that is not rated, by the reason."""
NUMBER = "bandwidth('x') < 30 ? 0 : 12"


def risk_map(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification. Size and colour grow with the grade, which is the number in the mark."""
    x = alt.X(
        "area_label:N",
        title=None,
        sort=alt.EncodingSortField("risk_area_position", op="min"),
        scale=BAND,
        axis=alt.Axis(
            orient="top",
            labelLineHeight=LINE,
            labelFontSize=12,
            labelPadding=alt.expr(f"{SLIM} ? 18 : 82"),
            labelBaseline="top",
            grid=True,
            labelExpr=f"bandwidth('x') > 50 ? ({first_lines(TITLE, 82 // LINE)}) : {CODE}",
            labelLimit=WIDEST,
        ),
    )
    y = names(
        "setting_title", "setting_position", BAND, labelPadding=8, labelLimit=200, grid=True, labelExpr=short_label(18)
    )
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            area_label=r"datum.risk_area + '\n' + "
            r"replace(datum.risk_area_title, regexp('(.{1,11})(\\s+|$)', 'g'), '$1\n')",
            sign=f"{json.dumps(EMPTY, ensure_ascii=False)}[datum.state]",
            sentence=_sentence(words),
        )
        .encode(x=x, y=y, tooltip=SENTENCE)
    )
    chosen = alt.selection_point(name=SELECTION, fields=["setting", "risk_area"], empty=False)
    layers = []
    for polarity, shape, side, colours in (
        ("risk", "square", "-", look.severity),
        ("opportunity", "circle", "", look.opportunity),
    ):
        offset = alt.expr(f"{side}{BESIDE}")
        own = base.transform_filter(f"datum.polarity == '{polarity}'")
        rated = own.transform_filter("datum.state == 'rated'")
        layers += [
            rated.mark_point(
                shape=shape, filled=True, opacity=1, xOffset=offset, size=alt.expr(SIZE), cursor="pointer"
            ).encode(color=by_grade("grade", colours)),
            rated.mark_text(fontSize=alt.expr(NUMBER), fontWeight="bold", xOffset=offset, cursor="pointer").encode(
                text=alt.Text("grade:Q", format="d"), color=GRADE_INK
            ),
            own.transform_filter("datum.state == 'none_found'").mark_point(
                shape=NONE_FOUND,
                filled=False,
                strokeWidth=1.3,
                stroke=look.quiet,
                opacity=1,
                xOffset=offset,
                size=alt.expr("bandwidth('x') < 30 ? 20 : 32"),
                cursor="pointer",
            ),
            own.transform_filter("datum.state != 'rated' && datum.state != 'none_found'")
            .mark_text(
                fontSize=alt.expr("bandwidth('x') < 30 ? 12 : 15"), color=look.quiet, xOffset=offset, cursor="pointer"
            )
            .encode(text="sign:N"),
        ]
    first, *rest = layers
    chart = alt.layer(first.add_params(chosen), *rest).resolve_scale(color="independent")
    return compiled(chart, look, height=alt.Step(ROW))


def _sentence(words: Words) -> str:
    places = {
        "setting": "datum.setting_title",
        "risk_area": "datum.risk_area_title",
        "grade": "datum.grade",
        "n": "datum.n_rated",
        "of": "datum.n_impacts",
        "none": "datum.n_none_found",
    }

    def text(key: str) -> str:
        return expression(words, f"risk_map.{key}", **places)

    def either(end: str) -> str:
        return f"(datum.polarity == 'risk' ? {text(f'risk{end}')} : {text(f'opportunity{end}')})"

    return (
        f"datum.state == 'rated' ? {either('')} : datum.state == 'none_found' ? {either('_none_found')} : "
        f"datum.state == 'absent' ? {text('absent')} : {either('_not_rated')}"
    )


def own_risks(words: Words, look: Look) -> Spec:
    """Draw one operation's risks: one square each, the most severe first in the row of its setting."""
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_window(place="row_number()", groupby=["setting"])
        .transform_calculate(weight="-pow(40, datum.severity)")
        .transform_joinaggregate(n="count()", gravity="sum(weight)", groupby=["setting"])
        .transform_calculate(
            more=f"'+' + (datum.n - {IN_A_ROW})",
            sentence=expression(
                words,
                "risk_map.own",
                setting="datum.setting_title",
                severity="datum.severity_title",
                likelihood="datum.likelihood_title",
                text="datum.text",
            ),
        )
        .encode(
            y=names("setting_title", "gravity", labelLimit=190, labelPadding=8),
            x=alt.X("place:Q", title=None, axis=None, scale=alt.Scale(domain=[0.4, IN_A_ROW + 1.6], nice=False)),
            tooltip=SENTENCE,
        )
    )
    chosen = alt.selection_point(name=OWN_SELECTION, fields=["impact", "setting", "risk_area"], empty=False)
    area = alt.expr(f"datum.severity / 4 * min(230, pow(0.8 * width / {IN_A_ROW + 1.2}, 2))")
    squares = (
        base.transform_filter(f"datum.place <= {IN_A_ROW}")
        .mark_square(opacity=1, size=area, cursor="pointer")
        .encode(color=by_grade("severity", look.severity))
    )
    rest = base.transform_filter(f"datum.place == {IN_A_ROW + 1}").mark_text(color=look.quiet).encode(text="more:N")
    return compiled(alt.layer(squares.add_params(chosen), rest), look, height=alt.Step(23))


GRADE_SELECTION = "graded_mark"
HEIGHT = 330
TICKS = [grade / 2 for grade in range(1, 10)]
"""Grades, and halfway between them the borders of the cells."""


def risk_picture(words: Words, look: Look, about: tuple[str, ...] = ("inherent",)) -> Spec:
    """Draw severity upwards, likelihood to the right; a ring marks a reduction. `about` is `inherent` or `left`."""
    (picture,) = about
    rows = alt.Chart(alt.NamedData("rows")).transform_calculate(sentence=_risk_sentence(words))
    base = rows.encode(tooltip=SENTENCE)
    axes = _axes(words, look)
    points = base.mark_point(shape="square", filled=True, size=120, opacity=1, cursor="pointer").encode(
        **axes, color=by_grade("at_severity", look.severity)
    )
    chosen = alt.selection_point(name=GRADE_SELECTION, fields=["impact", "setting", "risk_area"], empty=False)
    layers = [points.add_params(chosen)]
    if picture == "left":
        layers.append(
            base.transform_filter("datum.lowered")
            .mark_point(
                shape="circle", filled=False, size=300, strokeWidth=1.5, color=look.ink, opacity=1, cursor="pointer"
            )
            .encode(**axes)
        )
    return compiled(alt.layer(*layers), look, height=HEIGHT)


def placed(points: pa.Table, across: str, up: str) -> pa.Table:
    """Return the points with `x` and `y`: a grade is the middle of its cell, which is one wide and one high.

    `across` and `up` are the columns of grades. Points of one cell fill rows from its upper left corner, in table
    order, five or more to a row, so that the cell holds them all.
    """
    cells = list(zip(points[across].to_pylist(), points[up].to_pylist(), strict=True))
    of_cell = Counter(cells)
    here: Counter[tuple[int, int]] = Counter()
    x, y = [], []
    for cell in cells:
        row = max(5, ceil(sqrt(of_cell[cell])))
        column, line = here[cell] % row, here[cell] // row
        here[cell] += 1
        x.append(cell[0] - 0.4 + (column + 0.5) * 0.8 / row)
        y.append(cell[1] + 0.4 - (line + 0.5) * min(0.17, 0.8 / ceil(of_cell[cell] / row)))
    return points.append_column("x", pa.array(x, pa.float64())).append_column("y", pa.array(y, pa.float64()))


def _axes(words: Words, look: Look) -> dict[str, Any]:
    """Return both axes from 0.5 to 4.5 with their grades in words; they never move."""
    scale = alt.Scale(domain=[0.5, 4.5], nice=False, zero=False)
    # Lines between the grades, not through them: a cell is a pair of grades, and the position within it means nothing.
    border = {"condition": {"test": "datum.value % 1 != 0", "value": look.stripe}, "value": "transparent"}

    def axis(name: str) -> alt.Axis:
        return alt.Axis(values=TICKS, labelExpr=_named(words, name), labelLimit=110, grid=True, gridColor=border)

    return {
        "x": alt.X("x:Q", scale=scale, title=words("grade.likelihood"), axis=axis("likelihood")),
        "y": alt.Y("y:Q", scale=scale, title=words("grade.severity"), axis=axis("severity")),
    }


def _named(words: Words, name: str) -> str:
    grades = ", ".join(expression(words, f"grade.{name}_{grade}") for grade in GRADES)
    return f"datum.value % 1 == 0 ? [{grades}][datum.value - 1] : ''"


def _risk_sentence(words: Words) -> str:
    places = {
        "text": "datum.text",
        "setting": "datum.setting_title",
        "severity": "datum.severity",
        "likelihood": "datum.likelihood",
        "left_severity": "datum.residual_severity",
        "left_likelihood": "datum.residual_likelihood",
    }
    rest = expression(words, "risks.point_left", **places)
    return f"{expression(words, 'risks.point', **places)} + (isValid(datum.residual_severity) ? ' ' + {rest} : '')"
