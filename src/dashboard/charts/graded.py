"""Cells that hold a grade and a number instead of a score: the risks of a row, its priority gaps, its opportunities."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import Look

GRADED = ("graded", "grade", "shown", "said")
"""What is graded, its grade from 1 to 4 or none, the text beside the mark, and the sentence of the cell."""
SCHEMA = pa.schema([(name, pa.int64() if name == "grade" else pa.string()) for name in GRADED])
MARKS = {"severity": "square", "need": "circle"}
ROOM = "bandwidth('x') >= 56"
"""Whether a cell has room for its text beside the mark."""


def with_rows(cells: pa.Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return the cells of a matrix with further ones, and the columns of `GRADED`; what a cell lacks is null."""
    schema = pa.unify_schemas([cells.schema, SCHEMA])
    return pa.concat_tables([cells, pa.Table.from_pylist(list(rows), schema=schema)], promote_options="default")


def graded(base: alt.Chart, look: Look) -> list[Any]:
    """Return a square for the highest severity or a circle for the greatest need, and the text of every such cell."""
    cells = base.transform_filter("isValid(datum.shown)")
    marked = "isValid(datum.grade)"
    beside = alt.expr(f"{marked} && {ROOM} ? -bandwidth('x') / 2 + 16 : 0")
    colours = {"severity": look.severity, "need": look.opportunity}
    return [
        *(_mark(cells, name, shape, beside, colours[name]) for name, shape in MARKS.items()),
        cells.transform_filter(marked)
        .mark_text(fontSize=12, fontWeight="bold", xOffset=beside, cursor="pointer")
        .encode(
            text=alt.Text("grade:Q", format="d"),
            color=alt.condition("datum.grade > 2", alt.value("#FFFFFF"), alt.value("#24323A")),
        ),
        cells.mark_text(
            fontSize=alt.expr(f"{marked} && !({ROOM}) ? 0 : 13"),
            align=alt.expr(f"{marked} ? 'left' : 'center'"),
            xOffset=alt.expr(f"{marked} ? -bandwidth('x') / 2 + 31 : 0"),
            color=look.ink,
            cursor="pointer",
        ).encode(text="shown:N"),
    ]


def _mark(cells: alt.Chart, name: str, shape: str, beside: alt.ExprRef, colours: tuple[str, ...]) -> Any:
    scale = alt.Scale(domain=[1, 2, 3, 4], range=list(colours))
    return (
        cells.transform_filter(f"datum.graded == '{name}' && isValid(datum.grade)")
        .mark_point(
            shape=shape,
            filled=True,
            opacity=1,
            xOffset=beside,
            size=alt.expr("min(140 + 80 * (datum.grade - 1), pow(0.9 * bandwidth('x'), 2))"),
            cursor="pointer",
        )
        .encode(color=alt.Color("grade:O", scale=scale, legend=None))
    )
