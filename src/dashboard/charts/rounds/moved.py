"""One row per country, from the earlier round to the current one, for more countries than lines can show."""

import altair as alt
import pyarrow as pa

from dashboard.charts.look import SLIM, Look, Spec, compiled
from dashboard.charts.rounds.slope import DIRECTIONS, SELECTION, filled, on_few, sentence, stroked, thin
from dashboard.model.words import Words

FIELDS = (
    "country", "country_title", "was", "now", "change", "direction", "n_matched", "n_better", "n_worse", "place",
    "covered", "n_applicable", "own_now",
)  # fmt: skip
MOST_LINES = 30
"""From this many countries, rows replace the lines of the slope chart."""
MOST_ROWS = 40
ROW = 21


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
    scale = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, orient="top")
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
            y=alt.Y(
                "country_title:N",
                title=None,
                sort=alt.EncodingSortField("place", op="min"),
                axis=alt.Axis(labelLimit=alt.expr(f"{SLIM} ? 170 : 230"), labelPadding=8, labelOverlap=False),
            ),
            tooltip=alt.Tooltip("sentence:N", title=None),
        )
    )
    color = alt.Color(
        "direction:N",
        scale=alt.Scale(domain=list(DIRECTIONS), range=[look.subjects[0], look.brick, look.quiet]),
        legend=None,
    )
    chosen = alt.selection_point(name=SELECTION, fields=["country"], empty=False)
    whole_row = (
        base.mark_bar(height=ROW, color="transparent", cursor="pointer")
        .encode(x=alt.value(-178), x2=alt.value(alt.expr("width")))
        .add_params(chosen)
    )
    was = alt.X("was:Q", scale=scale, title=None, axis=axis)
    now = alt.X("now:Q", scale=scale, title=None, axis=axis)
    lines = base.mark_rule(cursor="pointer").encode(x=was, x2="now:Q", color=color, strokeWidth=thin())
    begins = base.mark_point(filled=False, size=45, strokeWidth=2, fill=look.ground, opacity=1, cursor="pointer")
    ends = base.mark_point(size=70, opacity=1, cursor="pointer").encode(x=now, stroke=stroked(look), fill=filled(look))
    figures = base.mark_text(align="left", dx=9, fontSize=12, cursor="pointer").encode(
        x=alt.X("outer:Q", scale=scale, title=None, axis=axis), text="label:N"
    )
    chart = alt.layer(whole_row, lines, begins.encode(x=was, color=color), ends, figures)
    return compiled(chart.properties(width="container", height=alt.Step(ROW), padding={"right": 60}), look)
