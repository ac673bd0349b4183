"""Draws each country from the earlier round to the current one, on what it answered in both.

As lines, or as one row per country if there are more countries than lines can show.
"""

from typing import Any

import altair as alt
import pyarrow as pa

from dashboard.charts.look import (
    PERCENT,
    QUARTERS,
    QUARTERS_ABOVE,
    SENTENCE,
    SLIM,
    Look,
    Spec,
    compiled,
    expression,
    names,
    rounded,
)
from dashboard.charts.trend import DOTTED, NONE, x_axis
from dashboard.model.words import Words

SELECTION = "country_line"
MOST_NAMED = 24
"""Most names at the right end."""
LINE = 4
"""Height of a name, in percent of the axis."""
WHOLE, BROKEN = "whole", "broken"
"""How a country's line is drawn: solid, or dotted across a year without a round."""
DIRECTIONS = ("rising", "falling", "level")


def labelled(countries: pa.Table) -> pa.Table:
    """Return the countries with `label_at`, the height of the name at the right end, or null without a name.

    The countries that moved most get names, at least LINE apart out of the axis's 100 percent: pushed up from below,
    then down again from the top.
    """
    rows = [row for row in countries.to_pylist() if row["enough"]]
    rows = sorted(rows, key=lambda row: (-abs(row["change"]), row["country_position"]))[:MOST_NAMED]
    rows.sort(key=lambda row: (row["now"], -row["country_position"]))
    heights: list[float] = []
    for row in rows:
        heights.append(max(row["now"], heights[-1] + LINE) if heights else row["now"])
    top = 100.0
    for place in reversed(range(len(rows))):
        heights[place] = min(heights[place], top)
        top = heights[place] - LINE
    at = {row["country"]: height for row, height in zip(rows, heights, strict=True)}
    return countries.append_column("label_at", pa.array(map(at.get, countries["country"].to_pylist()), pa.float64()))


def slope(words: Words, look: Look, places: tuple[str, ...], labels: tuple[str, ...]) -> Spec:
    """Return the Vega-Lite specification over the places of a `TimeAxis`, from the earlier round to the current one.

    The name of a country is at the end of its line, moved apart from neighbouring names. Lines are dotted across a year
    without a round.
    """
    begin, end = (places[0], places[-1]) if places else ("0", "1")
    y = alt.Y("was:Q", scale=PERCENT, title=None, axis=QUARTERS)
    # No margin to the right, because names go there.
    x, right, at_names = (x_axis(look, places, labels, f"{field}:Q", right=0) for field in ("left", "right", "beside"))
    beside = float(end) + 0.04 * (float(end) - float(begin))
    color = alt.Color("direction:N", scale=_directions(look), legend=None)
    kind = BROKEN if any(label.startswith(NONE) for label in labels) else WHOLE
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("datum.enough")
        .transform_calculate(
            left=begin,
            right=end,
            beside=str(beside),
            moved="datum.change == 0 ? '±0' : format(datum.change, '+d')",
            stroke=f"datum.country == 'GROUP' ? 'office' : '{kind}'",
            sentence=sentence(words),
        )
        .transform_calculate(
            label=f"datum.country_title + '  ' + format(datum.now, 'd') + ' (' + datum.moved + ')'{on_few(words)}"
        )
        .encode(tooltip=SENTENCE)
    )
    lines = base.mark_rule(strokeCap="round", cursor="pointer").encode(
        x=x,
        strokeWidth=thin(),
        x2="right:Q",
        y=y,
        y2="now:Q",
        color=color,
        strokeDash=alt.StrokeDash(
            "stroke:N",
            scale=alt.Scale(domain=["office", BROKEN, WHOLE], range=[[5, 4], list(DOTTED), [1, 0]]),
            legend=None,
        ),
    )
    begins = base.mark_point(filled=False, size=45, strokeWidth=2, fill=look.ground, opacity=1).encode(
        x=x, y=y, color=color
    )
    chosen = alt.selection_point(name=SELECTION, fields=["country"], empty=False)
    ends = (
        base.mark_point(size=70, opacity=1, cursor="pointer")
        .encode(x=right, y=alt.Y("now:Q", scale=PERCENT), stroke=stroked(look), fill=filled(look))
        .add_params(chosen)
    )
    named = base.transform_filter("isValid(datum.label_at)")
    leads = named.mark_rule(strokeWidth=1, color=look.hairline).encode(
        x=right, x2="beside:Q", y=alt.Y("now:Q", scale=PERCENT), y2="label_at:Q"
    )
    names = named.mark_text(align="left", dx=3, fontSize=13, color=look.ink, cursor="pointer").encode(
        x=at_names, y=alt.Y("label_at:Q", scale=PERCENT), text="label:N"
    )
    chart = alt.layer(leads, lines, begins, ends, names)
    return compiled(chart, look, height=440, padding={"top": 12, "left": 5, "right": 5, "bottom": 5})


def _directions(look: Look) -> alt.Scale:
    return alt.Scale(domain=list(DIRECTIONS), range=[look.subjects[0], look.brick, look.quiet])


def stroked(look: Look) -> alt.Stroke:
    """Return the colour around the current end of a line, by its direction."""
    return alt.Stroke("direction:N", scale=_directions(look), legend=None)


def filled(look: Look) -> Any:
    """Return what fills the current end of a line: nothing for a country without a figure in both rounds."""
    by_direction = alt.Fill("direction:N", scale=_directions(look), legend=None)
    return alt.condition("datum.covered", by_direction, alt.value(look.ground))


def thin() -> Any:
    """Return how thick a line is: thin for a country without a figure in both rounds."""
    return alt.condition("datum.covered", alt.value(2.5), alt.value(1))


def on_few(words: Words) -> str:
    """Return the expression that adds to a label on how many answers it rests, if they are too few for a figure."""
    said = expression(words, "slope.on_few", n="datum.n_matched", of="format(datum.n_applicable, 'd')")
    return f" + (datum.covered ? '' : ', ' + {said})"


def sentence(words: Words) -> str:
    """Return the expression for how far a country has moved, on which answers."""
    own = expression(words, "slope.on_all", own="format(datum.own_now, 'd')")
    uncovered = expression(words, "slope.uncovered")
    return f"{_moved(words)} + (isValid(datum.own_now) ? ' ' + {own} : '') + (datum.covered ? '' : ' ' + {uncovered})"


def _moved(words: Words) -> str:
    places = {
        "country": "datum.country_title",
        **rounded("was", "now"),
        "n": "datum.n_matched",
        "better": "datum.n_better",
        "worse": "datum.n_worse",
    }
    return expression(words, "slope.sentence", **places)


MOST_LINES = 30
"""From this many countries, rows replace the lines of the slope chart."""
MOST_ROWS = 40
MOVED_ROW = 21


def ranked(countries: pa.Table) -> pa.Table:
    """Return the countries with `place`, their row from the greatest rise to the greatest fall, or null without a row.

    The countries that moved most get rows.
    """
    rows = [row for row in countries.to_pylist() if row["enough"]]
    rows = sorted(rows, key=lambda row: (-abs(row["change"]), row["country_position"]))[:MOST_ROWS]
    rows.sort(key=lambda row: (-row["change"], -row["now"], row["country_position"]))
    at = {row["country"]: place for place, row in enumerate(rows)}
    return countries.append_column("place", pa.array(map(at.get, countries["country"].to_pylist()), pa.int64()))


def moved(words: Words, look: Look) -> Spec:
    """Return the Vega-Lite specification: hollow for the earlier figure, filled for the current one.

    The whole row can be clicked.
    """
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("isValid(datum.place)")
        .transform_calculate(
            label="format(datum.now, 'd') + ' (' + (datum.change == 0 ? '±0' : format(datum.change, '+d')) + ')'"
            + on_few(words),
            outer="max(datum.was, datum.now)",
            sentence=sentence(words),
        )
        .encode(
            y=names(
                "country_title",
                "place",
                labelLimit=alt.expr(f"{SLIM} ? 170 : 230"),
                labelPadding=8,
                labelOverlap=False,
            ),
            tooltip=SENTENCE,
        )
    )
    color = alt.Color("direction:N", scale=_directions(look), legend=None)
    chosen = alt.selection_point(name=SELECTION, fields=["country"], empty=False)
    whole_row = (
        base.mark_bar(height=MOVED_ROW, color="transparent", cursor="pointer")
        .encode(x=alt.value(-178), x2=alt.value(alt.expr("width")))
        .add_params(chosen)
    )
    was, now, outer = (
        alt.X(f"{end}:Q", scale=PERCENT, title=None, axis=QUARTERS_ABOVE) for end in ("was", "now", "outer")
    )
    lines = base.mark_rule(cursor="pointer").encode(x=was, x2="now:Q", color=color, strokeWidth=thin())
    begins = base.mark_point(filled=False, size=45, strokeWidth=2, fill=look.ground, opacity=1, cursor="pointer")
    ends = base.mark_point(size=70, opacity=1, cursor="pointer").encode(x=now, stroke=stroked(look), fill=filled(look))
    figures = base.mark_text(align="left", dx=9, fontSize=12, cursor="pointer").encode(x=outer, text="label:N")
    chart = alt.layer(whole_row, lines, begins.encode(x=was, color=color), ends, figures)
    return compiled(chart, look, height=alt.Step(MOVED_ROW), padding={"right": 60})
