"""Draws one thing against another: a coloured number, or a grade, in each cell; blank where nothing links the two.

Graded cells hold a grade and a number instead of a score: the risks of a row, its severe gaps, its opportunities.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.grid_cells import (
    BANDED,
    COUNTED,
    across,
    answers,
    down,
    failed_sentence,
    flags,
    head_label,
    stripes,
)  # fmt: skip
from dashboard.charts.look import (
    BAND_INK,
    BANDS,
    GRADE_INK,
    SENTENCE,
    Look,
    Spec,
    by_grade,
    compiled,
    expression,
    rounded,
)
from dashboard.model.words import Words

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
            color=GRADE_INK,
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
        .encode(color=by_grade("grade", colours))
    )


SELECTION = "crossing"
ROW = 28
SHARE = {"primary": 1.0, "secondary": 0.7}
"""The share of its cell that a strong and a weak link fills."""
HALF = f"(datum.strength == 'secondary' ? {SHARE['secondary'] / 2} : 0.5)"
LINKED = "datum.reading != 'no_link' && !isValid(datum.shown)"


def matrix(words: Words, look: Look, about: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification. `about` is the section of the words with its sentences.

    A strong link fills its cell, a weak one only the middle. On the crosswalk, a ring in the corner marks a mapping
    made by this project; a figure of a whole area has no link and fills its cell. `shade` is the band's position among
    those of its framework, from 0 to 3. A row with something `shown` is drawn by `graded` instead.
    """
    (section,) = about
    crossed = section == "crosswalk"
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_calculate(
            column_label=head_label("column_mark", "column_title"),
            label=_label(words),
            sentence=_sentence(words, section),
        )
        .encode(
            x=across("column_label", "column_position", 62 if crossed else 35, fits=True),
            y=down("row_title", "row_position", 24 if crossed else 22),
            tooltip=SENTENCE,
        )
    )
    chosen = alt.selection_point(name=SELECTION, fields=["row_code", "column_code"], empty=False)
    first, *boxes = [box for strength in SHARE for box in _boxes(base, look, strength)]
    layers = [
        first.add_params(chosen),
        *boxes,
        *_labels(base, look),
        *answers(base, look.ink),
        *([_rings(base, look)] if crossed else graded(base, look)),
        flags(base, look, HALF),
    ]
    chart = alt.layer(*layers).resolve_scale(color="independent")
    return compiled(chart, look, height=alt.Step(ROW))


def _boxes(base: alt.Chart, look: Look, strength: str) -> list[alt.Chart]:
    """Return the cells of one strength: in colour if there is a band, grey with few answers, striped, else hollow."""
    size = alt.RelativeBandSize(SHARE[strength])
    weak = "==" if strength == "secondary" else "!="
    linked = base.transform_filter(f"datum.strength {weak} 'secondary' && {LINKED}")
    box: dict[str, Any] = {"cornerRadius": 3, "cursor": "pointer", "width": size, "height": size}
    colours = alt.Scale(domain=[0, 1, 2, 3], range=list(BANDS))
    return [
        linked.transform_filter(BANDED).mark_rect(**box).encode(color=alt.Color("shade:O", scale=colours, legend=None)),
        linked.transform_filter(COUNTED).mark_rect(color=look.range, **box),
        linked.transform_filter("datum.reading == 'too_few'").mark_rect(
            color=stripes(look), stroke=look.quiet, strokeWidth=0.5, **box
        ),
        linked.transform_filter(f"!{BANDED} && !{COUNTED} && datum.reading != 'too_few'").mark_rect(
            fill="transparent", stroke=look.quiet, strokeDash=[3, 3], **box
        ),
    ]


def _labels(base: alt.Chart, look: Look) -> list[alt.Chart]:
    """Return the text in the cells: numbers in the ink of their band, and words for everything else."""
    inks = alt.Scale(domain=[0, 1, 2, 3], range=list(BAND_INK))
    numbers = base.transform_filter(BANDED).mark_text(
        fontSize=alt.expr("bandwidth('x') < 40 ? 12 : 13"),
        fontWeight=alt.expr("isValid(datum.said) ? 'bold' : 'normal'"),
        cursor="pointer",
    )
    # Bounds do not fit a cell on a phone; stripes say enough there, and a tap shows the rest.
    others = base.transform_filter(f"!{BANDED}").mark_text(
        fontSize=12,
        opacity=alt.expr("bandwidth('x') < 44 && datum.reading == 'too_few' ? 0 : 1"),
        color=look.ink,
        cursor="pointer",
    )
    return [
        numbers.encode(text="label:N", color=alt.Color("shade:O", scale=inks, legend=None)),
        others.encode(text="label:N"),
    ]


def _rings(base: alt.Chart, look: Look) -> Any:
    return base.transform_filter(f"datum.basis == 'project' && {LINKED}").mark_point(
        shape="circle",
        filled=False,
        size=alt.expr("bandwidth('x') < 34 ? 0 : 14"),
        strokeWidth=1,
        color=look.quiet,
        opacity=1,
        xOffset=alt.expr(f"-bandwidth('x') * {HALF} + 6"),
        yOffset=alt.expr(f"-bandwidth('y') * {HALF} + 5"),
    )


def _label(words: Words) -> str:
    return (
        f"{COUNTED} || isValid(datum.shown) ? '' : {BANDED} ? format(datum.percent, 'd') : "
        "datum.reading == 'too_few' ? format(datum.low, 'd') + '–' + format(datum.high, 'd') : "
        "datum.reading == 'no_link' ? '' : datum.reading == 'not_known' ? '?' : datum.reading == 'unanswered' ? '·' : "
        f"datum.reading == 'not_applicable' ? {json.dumps(words('cell.not_applicable'), ensure_ascii=False)} : '–'"
    )


def _sentence(words: Words, section: str) -> str:
    places = {
        "row": "datum.row_title",
        "column": "datum.column_title",
        **rounded("percent", "low", "high"),
        "band": "datum.band_title",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "n": "datum.n_criteria",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "nil": "datum.n_nil",
    }

    def text(key: str) -> str:
        return expression(words, f"matrix.{section}_{key}", **places)

    figure = (
        f"{COUNTED} ? {text('count')} : {BANDED} ? {text('score')} : datum.reading == 'too_few' ? {text('too_few')} : "
    )
    primary, secondary = (_link(words, strength) for strength in ("primary", "secondary"))
    link = f"(datum.strength == 'primary' ? ' ' + {primary} : datum.strength == 'secondary' ? ' ' + {secondary} : '')"
    full = f"({figure}{text('empty')}) + {failed_sentence(words)} + {link}"
    return f"isValid(datum.said) ? datum.said : datum.reading == 'no_link' ? {text('no_link')} : {full}"


def _link(words: Words, strength: str) -> str:
    project, source = (expression(words, f"matrix.link_{strength}_{basis}") for basis in ("project", "source"))
    return f"(datum.basis == 'project' ? {project} : {source})"
