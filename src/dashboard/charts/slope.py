"""One line a country, from the earlier round to the one in view: where each stood on what it answered both times."""

import altair as alt
import pyarrow as pa

from dashboard.charts.look import BRICK, SUBJECTS, Look, Spec, compiled, expression
from dashboard.model.words import Words

FIELDS = (
    "country", "country_title", "enough", "was", "now", "change", "direction", "label_at", "n_matched", "n_better",
    "n_worse", "earlier_title", "round_title", "country_position",
)  # fmt: skip
SELECTION = "country_line"
MOST_NAMED = 24
"""So many names stand at the right end at once."""
LINE = 4
"""The height of a name, in percent of the axis."""
DIRECTIONS = ("rising", "falling", "level")


def labelled(countries: pa.Table) -> pa.Table:
    """The countries with `label_at`, the height of the name at the right end; null for those without a name.

    Names are given to those that moved most. They stand apart by at least LINE of the 100 percent that the axis has:
    pushed up from below, then down again from the top.
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


def slope(words: Words, look: Look) -> Spec:
    """The Vega-Lite specification. The name of a country stands at its end, moved apart from its neighbours' names."""
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("was:Q", scale=scale, title=None, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True))
    sides = alt.Scale(domain=[-0.05, 1], nice=False)
    color = alt.Color(
        "direction:N",
        scale=alt.Scale(domain=list(DIRECTIONS), range=[SUBJECTS[0], BRICK, look.quiet]),
        legend=None,
    )
    base = (
        alt.Chart(alt.NamedData("rows"))
        .transform_filter("datum.enough")
        .transform_calculate(
            left="0",
            right="1",
            beside="1.04",
            moved="datum.change == 0 ? '±0' : format(datum.change, '+d')",
            dashed="datum.country == 'GROUP'",
            sentence=_sentence(words),
        )
        .transform_calculate(label="datum.country_title + '  ' + format(datum.now, 'd') + ' (' + datum.moved + ')'")
        .encode(tooltip=alt.Tooltip("sentence:N", title=None))
    )
    x = alt.X("left:Q", scale=sides, axis=None)
    lines = base.mark_rule(strokeWidth=2.5, cursor="pointer").encode(
        x=x,
        x2="right:Q",
        y=y,
        y2="now:Q",
        color=color,
        strokeDash=alt.condition("datum.dashed", alt.value([5, 4]), alt.value([1, 0])),
    )
    begins = base.mark_point(filled=False, size=45, strokeWidth=2, fill=look.ground, opacity=1).encode(
        x=x, y=y, color=color
    )
    chosen = alt.selection_point(name=SELECTION, fields=["country"], empty=False)
    ends = (
        base.mark_point(filled=True, size=70, opacity=1, cursor="pointer")
        .encode(x=alt.X("right:Q", scale=sides, axis=None), y=alt.Y("now:Q", scale=scale), color=color)
        .add_params(chosen)
    )
    named = base.transform_filter("isValid(datum.label_at)")
    leads = named.mark_rule(strokeWidth=1, color=look.hairline).encode(
        x=alt.X("right:Q", scale=sides, axis=None), x2="beside:Q", y=alt.Y("now:Q", scale=scale), y2="label_at:Q"
    )
    names = named.mark_text(align="left", dx=3, fontSize=13, color=look.ink, cursor="pointer").encode(
        x=alt.X("beside:Q", scale=sides, axis=None), y=alt.Y("label_at:Q", scale=scale), text="label:N"
    )
    first = base.transform_window(place="row_number()").transform_filter("datum.place == 1")
    titles = first.mark_text(align="left", baseline="bottom", fontSize=13, color=look.quiet, y=-10)
    earlier = titles.encode(x=x, text="earlier_title:N")
    now = titles.encode(x=alt.X("beside:Q", scale=sides, axis=None), text="round_title:N")
    chart = alt.layer(leads, lines, begins, ends, names, earlier, now)
    return compiled(
        chart.properties(width="container", height=440, padding={"top": 28, "left": 5, "right": 5, "bottom": 5}), look
    )


def _sentence(words: Words) -> str:
    places = {
        "country": "datum.country_title",
        "was": "format(datum.was, 'd')",
        "now": "format(datum.now, 'd')",
        "n": "datum.n_matched",
        "better": "datum.n_better",
        "worse": "datum.n_worse",
    }
    return expression(words, "slope.sentence", **places)
