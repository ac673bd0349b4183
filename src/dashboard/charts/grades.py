"""One ordinal grade against another, each point in its cell: grades are placed, never multiplied."""

from collections import Counter
from math import ceil, sqrt
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import Look, Spec, compiled, expression
from dashboard.model.words import Words

FIELDS = (
    "impact", "text", "setting", "setting_title", "risk_area", "severity", "likelihood", "residual_severity",
    "residual_likelihood", "at_severity", "lowered", "x", "y",
)  # fmt: skip
SELECTION = "graded_mark"
HEIGHT = 330
GRADES = [1, 2, 3, 4]
TICKS = [grade / 2 for grade in range(1, 10)]
"""Grades, and halfway between them the borders of the cells."""


def risk_picture(words: Words, look: Look, about: tuple[str, ...] = ("inherent",)) -> Spec:
    """Draw severity upwards, likelihood to the right; a ring marks a reduction. `about` is `inherent` or `left`."""
    (picture,) = about
    base = _base(_risk_sentence(words))
    scale = alt.Scale(domain=GRADES, range=list(look.severity))
    axes = _axes(words, look, "likelihood", "severity")
    points = base.mark_point(shape="square", filled=True, size=120, opacity=1, cursor="pointer").encode(
        **axes,
        color=alt.Color("at_severity:O", scale=scale, legend=None),
    )
    layers = [points.add_params(_chosen())]
    if picture == "left":
        layers.append(
            base.transform_filter("datum.lowered")
            .mark_point(
                shape="circle", filled=False, size=300, strokeWidth=1.5, color=look.ink, opacity=1, cursor="pointer"
            )
            .encode(**axes)
        )
    return compiled(alt.layer(*layers).properties(width="container", height=HEIGHT), look)


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


def _base(sentence: str) -> alt.Chart:
    chart: alt.Chart = alt.Chart(alt.NamedData("rows")).transform_calculate(sentence=sentence)
    return chart.encode(tooltip=alt.Tooltip("sentence:N", title=None))


def _chosen() -> alt.Parameter:
    return alt.selection_point(name=SELECTION, fields=["impact", "setting", "risk_area"], empty=False)


def _axes(words: Words, look: Look, across: str, up: str) -> dict[str, Any]:
    """Return both axes from 0.5 to 4.5 with their grades in words; they never move."""
    scale = alt.Scale(domain=[0.5, 4.5], nice=False, zero=False)
    # Lines between the grades, not through them: a cell is a pair of grades, and the position within it means nothing.
    border = {"condition": {"test": "datum.value % 1 != 0", "value": look.stripe}, "value": "transparent"}

    def axis(name: str) -> alt.Axis:
        return alt.Axis(values=TICKS, labelExpr=_named(words, name), labelLimit=110, grid=True, gridColor=border)

    return {
        "x": alt.X("x:Q", scale=scale, title=words(f"grade.{across}"), axis=axis(across)),
        "y": alt.Y("y:Q", scale=scale, title=words(f"grade.{up}"), axis=axis(up)),
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
