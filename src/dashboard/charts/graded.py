"""Cells that hold a grade and a number instead of a score: the risks of a row, its severe gaps, its opportunities."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import Look

GRADED = ("graded", "grade", "shown", "brief", "said")
"""What is graded, its grade from 1 to 4 or none, the text beside the mark, a shorter one, and the cell's sentence."""
SCHEMA = pa.schema([(name, pa.int64() if name == "grade" else pa.string()) for name in GRADED])
MARKS = {"severity": "square", "need": "circle"}
MARKED = "isValid(datum.grade)"
ROOM = "bandwidth('x') >= 56"
"""Whether a cell has room for all of its text beside the mark."""
AT = alt.expr(f"-bandwidth('x') / 2 + ({ROOM} ? 16 : 10)")
"""Where the mark is, from the middle of its cell."""


def with_rows(cells: pa.Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return the cells of a matrix with further ones, and the columns of `GRADED`; what a cell lacks is null."""
    schema = pa.unify_schemas([cells.schema, SCHEMA])
    return pa.concat_tables([cells, pa.Table.from_pylist(list(rows), schema=schema)], promote_options="default")


def graded(base: alt.Chart, look: Look) -> list[Any]:
    """Return a square for the highest severity or a circle for the greatest need, and the text of every such cell.

    In a narrow cell the mark is small and without its number, and the text is the shorter one.
    """
    cells = base.transform_filter("isValid(datum.shown)")
    colours = {"severity": look.severity, "need": look.opportunity}
    numbers = cells.transform_filter(MARKED).mark_text(
        fontSize=alt.expr(f"{ROOM} ? 12 : 0"), fontWeight="bold", xOffset=AT, cursor="pointer"
    )
    return [
        *(_mark(cells, name, shape, colours[name]) for name, shape in MARKS.items()),
        numbers.encode(
            text=alt.Text("grade:Q", format="d"),
            color=alt.condition("datum.grade > 2", alt.value("#FFFFFF"), alt.value("#24323A")),
        ),
        _texts(cells, look),
    ]


def _texts(cells: alt.Chart, look: Look) -> Any:
    return cells.mark_text(
        text=alt.expr(f"{ROOM} ? datum.shown : datum.brief"),
        fontSize=alt.expr(f"{ROOM} ? 13 : 12"),
        align=alt.expr(f"{MARKED} ? 'left' : 'center'"),
        xOffset=alt.expr(f"{MARKED} ? -bandwidth('x') / 2 + ({ROOM} ? 31 : 18) : 0"),
        color=look.ink,
        cursor="pointer",
    )


def _mark(cells: alt.Chart, name: str, shape: str, colours: tuple[str, ...]) -> Any:
    scale = alt.Scale(domain=[1, 2, 3, 4], range=list(colours))
    return (
        cells.transform_filter(f"datum.graded == '{name}' && {MARKED}")
        .mark_point(
            shape=shape,
            filled=True,
            opacity=1,
            xOffset=AT,
            size=alt.expr(f"{ROOM} ? 140 + 80 * (datum.grade - 1) : 80"),
            cursor="pointer",
        )
        .encode(color=alt.Color("grade:O", scale=scale, legend=None))
    )
