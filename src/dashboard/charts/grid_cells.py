"""Draws what grids of cells share: heads, stripes, bands, and the marks of few answers and of a failure."""

from typing import Any

import altair as alt

from dashboard.charts.look import ANY_FAILED, FAILED, Look, expression, first_lines, names, short_label
from dashboard.model.words import Words

BANDED = "isValid(datum.band_title)"
"""Whether a cell has the colour of its band, and a number unless that is withheld."""
COUNTED = "(datum.reading == 'count' && !isValid(datum.band_title))"
"""Whether a cell shows its few answers themselves, on a neutral ground."""
EACH = "(bandwidth('x') < 40 ? 9 : 14)"
"""Pixels from one mark of an answer to the next."""
LINE = 15
"""Pixels from one line of a head to the next."""
CODE = 18
"""Pixels for the code of a column when it is alone above it."""
CODE_ALONE = r"split(datum.label, '\n')[0]"
LONG_WORD = r"regexp('(\\p{L}{5})(\\p{L}{6,})', 'u')"
BROKEN = rf"split(replace(replace({CODE_ALONE}, ' ', '\n'), {LONG_WORD}, '$1-\n$2'), '\n')"
"""The same with a line for each word, and two for a long one."""
WIDEST = 96
"""Pixels after which a word of a head is cut, so that it does not overlap its neighbour."""
BETWEEN = 2
"""Pixels by which a head that fits may reach beyond its column."""
YEAR = 30
"""Pixels that a head always has: for the year of a standard above narrow columns, beside single digits."""


def head_label(code: str, title: str) -> str:
    """Return the expression of a head's label: its code, then its title in lines of about twelve characters."""
    wrapped = rf"replace(datum.{title}, regexp('(.{{1,12}})(\\s+|$)', 'g'), '$1\n')"
    return rf"(datum.{code} == datum.{title} ? '' : datum.{code} + '\n') + {wrapped}"


def across(field: str, position: str, head: int, codes: bool = False, fits: bool = False) -> alt.X:
    """Return columns with heads `head` pixels high; with `codes`, or without room for words, codes only.

    With `fits`, each word of a code has its line above narrow columns, and what is wider than its column is cut.
    """
    code, high = (BROKEN, 2 * LINE) if fits else (CODE_ALONE, CODE)
    lines, room = first_lines("trim(datum.label)", head // LINE), f"bandwidth('x') > {52 if fits else 62}"
    return alt.X(
        f"{field}:N",
        title=None,
        sort=alt.EncodingSortField(position, op="min"),
        axis=alt.Axis(
            orient="top",
            labelLineHeight=LINE,
            labelFontSize=12,
            labelPadding=head if codes else alt.expr(f"{room} ? {head} : {high}"),
            labelBaseline="top",
            labelLimit=alt.expr(f"min({WIDEST}, max({YEAR}, bandwidth('x') + {BETWEEN}))") if fits else WIDEST,
            labelExpr=CODE_ALONE if codes else f"{room} ? ({lines}) : {code}",
        ),
        scale=alt.Scale(paddingInner=0.04, paddingOuter=0),
    )


def down(field: str, position: str, letters: int) -> alt.Y:
    """Return rows preceded by their names, cut after `letters` characters if the chart is narrow."""
    cells = alt.Scale(paddingInner=0.08, paddingOuter=0)
    return names(field, position, cells, labelPadding=8, labelLimit=240, labelExpr=short_label(letters))


def flags(base: alt.Chart, look: Look, half: str = "0.5", inset: str = "0") -> Any:
    """Return a triangle in the upper right corner of cells in which a critical criterion failed.

    It is hollow where one failed when it was last answered and has no answer now. It stands out on every cell: on a
    band, which is the same in both themes, it is black and white. `half` is half the cell's share of its step, `inset`
    the pixels by which its right side falls short of that.
    """
    marked = base.transform_filter(ANY_FAILED).mark_point(
        shape="triangle-down",
        size=alt.expr("bandwidth('x') < 40 ? 24 : 60"),
        strokeWidth=1,
        opacity=1,
        xOffset=alt.expr(f"bandwidth('x') * {half} - min(9, bandwidth('x') / 5) - {inset}"),
        yOffset=alt.expr(f"-bandwidth('y') * {half} + (bandwidth('x') < 40 ? 4 : 8)"),
    )
    ink, ground = (
        f"{BANDED} ? '{on_band}' : '{other}'" for on_band, other in (("#000", look.ink), ("#FFF", look.ground))
    )
    filled, edge = (alt.ExprRef(f"{FAILED} ? ({one}) : ({other})") for one, other in ((ink, ground), (ground, ink)))
    return marked.encode(fill=alt.value(filled), stroke=alt.value(edge))


def failed_sentence(words: Words) -> str:
    """Return that a critical criterion failed, and that one failed when last answered, as a Vega expression."""
    now, before = (expression(words, f"cell.sentence.{key}") for key in ("critical", "failed_before"))
    return f"({FAILED} ? ' ' + {now} : '') + (datum.n_failed_before > 0 ? ' ' + {before} : '')"


def how_many(words: Words, of: str) -> str:
    """Return how many criteria are in place and partly, of a number, as a Vega expression in the fewest words."""
    counts = {"full": "datum.n_full", "part": "datum.n_part", "of": of}
    in_place, alone, everywhere, both = (
        expression(words, f"cell.{key}", **counts) for key in ("in_place", "partly", "all_partly", "both")
    )
    some = f"datum.n_full > 0 ? {both} : datum.n_part == {of} ? {everywhere} : {alone}"
    return f"(datum.n_part > 0 ? ({some}) : {in_place})"


def answers(base: alt.Chart, ink: str, aside: str = "0") -> list[Any]:
    """Return a circle for each answer of a cell that is `COUNTED`: full if in place, with a dot if partly, else hollow.

    They stand in the middle of the cell, or `aside` pixels from it.
    """
    narrow = "bandwidth('x') < 40"
    each = (
        base.transform_filter(COUNTED)
        .transform_calculate(n="datum.n_full + datum.n_part + datum.n_nil")
        .transform_calculate(nth="sequence(datum.n)")
        .transform_flatten(["nth"])
    )
    place: dict[str, Any] = {
        "shape": "circle",
        "opacity": 1,
        "cursor": "pointer",
        "xOffset": alt.expr(f"(datum.nth - (datum.n - 1) / 2) * {EACH} + ({aside})"),
    }
    full = alt.condition("datum.nth < datum.n_full", alt.value(ink), alt.value("transparent"))
    partly = "datum.nth >= datum.n_full && datum.nth < datum.n_full + datum.n_part"
    rings = each.mark_point(**place, size=alt.expr(f"{narrow} ? 32 : 70"), strokeWidth=1.3, stroke=ink)
    dots = each.transform_filter(partly).mark_point(
        **place, size=alt.expr(f"{narrow} ? 8 : 18"), filled=True, color=ink
    )
    return [rings.encode(fill=full), dots]


def stripes(look: Look) -> dict[str, Any]:
    """Return stripes for *too few answers*: a gradient with hard stops needs no image."""
    stops = [
        {"offset": (position + end) / 12, "color": look.stripe if position % 2 else look.ground}
        for position in range(12)
        for end in (0, 1)
    ]
    return {"x1": 0, "y1": 0, "x2": 1, "y2": 0.6, "gradient": "linear", "stops": stops}
