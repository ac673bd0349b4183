"""What do grids of coloured cells share? Heads, stripes, the mark of a failure, and when there is a number."""

from typing import Any

import altair as alt

from dashboard.charts.look import Look, first_lines, short_label
from dashboard.charts.signs import FAILED

SHOWN = "(datum.reading == 'score' || datum.reading == 'count')"
"""Whether a cell holds a number."""
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
    return alt.Y(
        f"{field}:N",
        title=None,
        sort=alt.EncodingSortField(position, op="min"),
        axis=alt.Axis(labelPadding=8, labelLimit=240, labelExpr=short_label(letters)),
        scale=alt.Scale(paddingInner=0.08, paddingOuter=0),
    )


def flags(base: alt.Chart, half: str = "0.5", inset: str = "0", where: str = FAILED) -> Any:
    """Return a black triangle in the upper right corner of cells in which a critical criterion failed.

    With `where` as ANY_FAILED, it is hollow where one failed when it was last answered and has no answer now.
    `half` is half the cell's share of its step, `inset` the pixels by which its right side falls short of that.
    """
    marked = base.transform_filter(where).mark_point(
        shape="triangle-down",
        size=alt.expr("bandwidth('x') < 40 ? 24 : 60"),
        strokeWidth=1,
        opacity=1,
        xOffset=alt.expr(f"bandwidth('x') * {half} - min(9, bandwidth('x') / 5) - {inset}"),
        yOffset=alt.expr(f"-bandwidth('y') * {half} + (bandwidth('x') < 40 ? 4 : 8)"),
    )
    black, white = alt.value("#000000"), alt.value("#FFFFFF")
    return marked.encode(fill=alt.condition(FAILED, black, white), stroke=alt.condition(FAILED, white, black))


def stripes(look: Look) -> dict[str, Any]:
    """Return stripes for *too few answers*: a gradient with hard stops needs no image."""
    stops = [
        {"offset": (position + end) / 12, "color": look.stripe if position % 2 else look.ground}
        for position in range(12)
        for end in (0, 1)
    ]
    return {"x1": 0, "y1": 0, "x2": 1, "y2": 0.6, "gradient": "linear", "stops": stops}
