"""A chart, its sentence and its table go to the browser together."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from time import perf_counter
from types import MappingProxyType

import pyarrow as pa
import streamlit as st

from dashboard.charts.look import Look, Spec, in_locale, look_of
from dashboard.exports.csv_files import table_csv
from dashboard.model.words import Words
from dashboard.queries.timing import spent
from dashboard.ui import carried
from dashboard.ui.elements.clicked import open_number, opened
from dashboard.ui.elements.download import offer
from dashboard.ui.escape import escaped_rows
from dashboard.ui.glossary import linked
from dashboard.ui.view import View

Draw = Callable[..., Spec]
Mark = Mapping[str, str]
"""The fields of a mark that was clicked, by which its selection tells marks apart; empty where none is any more."""
Clicked = Callable[[Mark], None]
"""What a click on a mark does."""
CODED = {
    "kind": "kind.",
    "reading": "reading_name.",
    "move": "changes.move_",
    "polarity": "polarity.",
    "state": "state.",
    "case_kind": "case_kind.",
    "confidence": "confidence.",
    "action_status": "action_status.",
    "priority": "plan.priority_",
    "target_status": "target.status.",
}
"""Columns that hold codes, and the section of the words that says them."""


@cache
def _spec(draw: Draw, words: Words, look: Look, more: tuple[tuple[str, ...], ...]) -> Spec:
    return in_locale(draw(words, look, *more), words)


def spec_of(draw: Draw, view: View, *more: tuple[str, ...]) -> Spec:
    """The compiled specification of a chart, made once per language, theme and what else it depends on."""
    return _spec(draw, view.words, look_of(theme()), more)


def theme() -> str:
    """`light` or `dark`, as the visitor's browser shows it."""
    return st.context.theme.type or "light"


def show_chart(
    table: pa.Table,
    spec: Spec,
    view: View,
    key: str,
    alt: str,
    opens: str = "",
    figure: Mapping[str, str] = MappingProxyType({}),
    clicked: Clicked | None = None,
    columns: tuple[str, ...] = (),
    legend: str = "",
    click: str = "",
    told: pa.Table | None = None,
    explained: Sequence[str] = (),
) -> None:
    """Draw the rows, with a sentence for those who cannot see them and the table one click away.

    `alt` says what is drawn, and stays the same whatever the rows: Streamlit makes it part of the specification, and
    another specification is drawn anew instead of being fed. What the rows say stands in the text beside the chart.

    `opens` names the chart's selection: a click on a mark opens its menu, with how its number is made, `figure` saying
    what the mark itself does not; or it does what `clicked` does with the mark. `legend` stands under the chart,
    and behind it what a `click` does, of which a picture says nothing.
    `columns` are those of the table that make sense to a reader; empty shows no table. A row that is chosen there does
    what a click on its mark does: that is the way by keyboard. `told` are its rows, where the chart has more.
    `explained` is what else on the page says what marks mean, as Markdown or SVG: a picture of the chart says it too.
    """
    subject = alt.partition(". ")[0].rstrip(".")
    carried.drew(carried.Drawn(key, subject, spec, table, look_of(theme()), (*explained, legend)))
    started = perf_counter()
    does = (clicked or partial(open_number, figure)) if opens else None
    if does:
        # Named anew with every menu, so that the mark just clicked can be clicked again.
        name = f"{key}_{opened()}"
        st.vega_lite_chart(
            table,
            spec,
            theme=None,
            key=name,
            alt=alt,
            width="stretch",
            on_select=partial(_mark_clicked, name, opens, does),
            selection_mode=opens,
        )
    else:
        st.vega_lite_chart(table, spec, theme=None, key=key, alt=alt, width="stretch")
    spent("charts", perf_counter() - started)
    if under := f"{legend} {click}".strip():
        st.caption(linked(view.words, under))
    if columns:
        told = table if told is None else told
        chosen = partial(_row_chosen, told, spec, opens, does) if does else None
        as_table(told.select(list(columns)), view, key, chosen)


def as_table(table: pa.Table, view: View, key: str, chosen: Callable[[str], None] | None = None) -> None:
    """The same rows as a table, on demand: its grid costs the browser more than the chart.

    `chosen` is called with the name of the grid when a row is chosen; without it none can be.
    """
    if st.toggle(view.words("show.as_table"), key=f"{key}_table"):
        for name in CODED.keys() & set(table.column_names):
            codes = table[name].to_pylist()
            said = [None if code is None else view.words(f"{CODED[name]}{code}") for code in codes]
            table = table.set_column(table.column_names.index(name), name, pa.array(said, pa.string()))
        names = {name: view.words(f"column.{name}") for name in table.column_names}
        named = table.rename_columns(names)
        if chosen:
            grid = f"{key}_table_{opened()}"
            st.caption(view.words("show.choose_row"))
            st.dataframe(
                named,
                hide_index=True,
                width="stretch",
                key=grid,
                on_select=partial(chosen, grid),
                selection_mode="single-row",
            )
        else:
            st.dataframe(named, hide_index=True, width="stretch")
        offer(view, view.words("show.download"), table_csv(named), f"{key}.csv", f"{key}_download")


def _mark_clicked(chart: str, opens: str, does: Clicked) -> None:
    marks = st.session_state[chart].selection.get(opens) or [{}]
    does(marks[0])


def _row_chosen(table: pa.Table, spec: Spec, opens: str, does: Clicked, grid: str) -> None:
    """As if the mark of the row were clicked, told apart by the same fields."""
    (fields,) = (one["select"]["fields"] for one in spec["params"] if one["name"] == opens)
    for row in st.session_state[grid].selection.rows:
        does({field: table[field][row].as_py() for field in fields})


def bands(view: View) -> tuple[str, ...]:
    """The band ids of the framework in view, low to high."""
    return tuple(row["band"] for row in escaped_rows(view.published, "bands", view.parameters()))


def headline(text: str) -> None:
    """The one sentence a page opens with."""
    carried.found(text)
    st.markdown(f"# {text}", anchors=False)
