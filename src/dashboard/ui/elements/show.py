"""Sends a chart, its sentence, its table and its downloads to the browser together.

Every download goes through here; its name says if it holds unpublished content. Of a table, the columns that the
chart's specification names are sent, each as small as it can be. What is made of an answer is kept as long as the
answer is likely to be asked for again: sessions that look at the same view share it.
"""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache, partial
from time import perf_counter
from typing import Literal, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from dashboard.charts.look import Look, Spec, in_locale, look_of
from dashboard.exports.csv_files import table_csv
from dashboard.model.words import Claim, Words
from dashboard.queries.ask import spent
from dashboard.queries.every_page import BANDS
from dashboard.store.cache import Cache
from dashboard.ui import page_content
from dashboard.ui.elements.legend import Mark as Drawn
from dashboard.ui.elements.legend import in_a_picture, show_legend
from dashboard.ui.elements.selection import open_mark, opened
from dashboard.ui.escape import escaped_rows
from dashboard.ui.glossary import linked
from dashboard.ui.html import draw_caption, draw_html, part
from dashboard.ui.session import theme
from dashboard.ui.session_state import NUMBER
from dashboard.ui.view import View, ViewSource

MOST, MOST_BYTES = 256, 16_000_000
"""How many things made of answers are kept, and how large the answers may be together; what is made is no larger."""
FEW = 50
"""Rows that take no longer to send as they are."""
_NAME = re.compile(r"\w+")
Kept = tuple[tuple[object, ...], object]
Made = TypeVar("Made")


def _size(kept: Kept) -> int:
    return sum(one.get_total_buffer_size() for one in kept[0] if isinstance(one, pa.Table))


_kept: Cache[Kept] = Cache(MOST, MOST_BYTES, _size)


def once_of(whole: tuple[object, ...], key: Hashable, make: Callable[[], Made]) -> Made:
    """The result of `make`, calculated once for these same objects and this key, on which alone it may depend."""
    # The objects are kept with the result: no other can be given their identity meanwhile.
    made: Made = _kept.get((*map(id, whole), key), lambda: (whole, make()))[1]  # type: ignore[assignment]
    return made


def slim(table: pa.Table, spec: Spec) -> pa.Table:
    """The rows as a chart needs them; every value stays what it is.

    Of many rows, a text that repeats is sent once, and whole numbers take two bytes where they fit. Of the heat map of
    the sample, this leaves less than half of the bytes.
    """
    return once_of((table, spec), "slim", lambda: _slim(table, spec))


def _slim(table: pa.Table, spec: Spec) -> pa.Table:
    # Expressions are texts, so that fields are not told apart from other words.
    named = once_of((spec,), "named", lambda: frozenset(_NAME.findall(json.dumps(spec))))
    kept = [name for name in table.column_names if name in named]
    if len(table) <= FEW:
        return table.select(kept)
    return pa.table({name: _small(table[name].combine_chunks()) for name in kept})


def _small(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        return column.dictionary_encode()
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        try:
            return pc.cast(column, pa.int16())
        except pa.ArrowInvalid:
            return column
    return column


MIME = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}
"""MIME types by file extension."""
NOT_PUBLISHED = {ViewSource.TRIAL: "on-trial-", ViewSource.SCENARIO: "imagined-"}
"""The prefix of the name of a file that holds a preview or a scenario."""


def offer(
    view: View,
    label: str,
    content: bytes | Callable[[], bytes],
    name: str,
    key: str,
    kind: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    """Draw a download of what is in view. If the content is a function, it is called on download."""
    give(label, content, f"{'safe-' if view.masked else ''}{NOT_PUBLISHED.get(view.source, '')}{name}", key, kind)


def give(
    label: str, content: bytes | Callable[[], bytes], name: str, key: str, kind: Literal["secondary", "tertiary"]
) -> None:
    """Draw a download that contains nothing from a publication."""
    st.download_button(
        label,
        content,
        name,
        MIME[name.rpartition(".")[2]],
        icon=":material/download:",
        type=kind,
        on_click="ignore",
        key=key,
    )


Draw = Callable[..., Spec]
Mark = Mapping[str, str]
"""The fields that identify a clicked mark in its selection; empty once no mark is selected."""
Whole = Callable[[], pa.Table]
Clicked = Callable[[Mark], None]
"""Handles a click on a mark."""
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
    "severity": "grade.severity_",
    "residual_severity": "grade.severity_",
    "likelihood": "grade.likelihood_",
    "residual_likelihood": "grade.likelihood_",
    "need": "grade.need_",
    "reach": "grade.reach_",
    "feasibility": "grade.feasibility_",
    "gaps": "judged.",
    "law_subject": "law.subject.",
    "law_sure": "law.sure_",
}
"""Columns that hold codes or grades, and the section of the words with their titles."""


@cache
def _spec(draw: Draw, words: Words, look: Look, more: tuple[tuple[str, ...], ...]) -> Spec:
    return in_locale(draw(words, look, *more), words)


def spec_of(draw: Draw, view: View, *more: tuple[str, ...]) -> Spec:
    """Return the compiled specification of a chart, made once per language, theme and other dependencies."""
    return _spec(draw, view.words, look_of(theme()), more)


def show_chart(
    table: pa.Table,
    spec: Spec,
    view: View,
    key: str,
    alt: str,
    opens: str = "",
    clicked: Clicked | None = None,
    columns: tuple[str, ...] = (),
    legend: str = "",
    click: str = "",
    told: pa.Table | None = None,
    explained: Sequence[str] = (),
    keys: Iterable[Drawn] = (),
    finding: str = "",
    points: Callable[[], Sequence[str]] = tuple,
) -> None:
    """Draw the rows as a chart, with a text alternative and the table one click away.

    `alt` says what is drawn and must not depend on the rows: Streamlit makes it part of the specification, and a
    changed specification is redrawn instead of updated. What the rows say belongs in the text beside the chart.

    `opens` names the chart's selection: a click on a mark opens its menu with the explanation of its number; with
    `clicked`, that handles the mark instead. `legend` is shown below the chart,
    followed by `click`: whatever holds on a screen only, such as what a click does, which no file says. `columns` are
    the table columns that make sense to a reader; empty shows no table. Choosing a row does the same as clicking its
    mark, which makes it work by keyboard. `told` are the table's rows, if the chart has more. `keys` are the chart's
    marks with their meaning, drawn below it. `explained` is anything else on the page that explains marks, as Markdown
    or SVG; pictures of the chart include both. `finding` is what the chart alone shows, if it is not what the page
    finds, and `points` gives what stands beside it, outside the page.
    """
    whole = table if told is None else told
    told = whole.select(list(columns)) if columns else None
    marks = tuple(keys)
    carry(table, spec, key, alt, (*explained, *in_a_picture(marks), legend), told, finding, points)
    started = perf_counter()
    drawn = slim(table, spec)
    does = (clicked or partial(open_mark, {}, NUMBER)) if opens else None
    chosen = partial(_row_chosen, whole, spec, opens, does) if does else None
    if does:
        # A new key after every menu, so that the mark just clicked can be clicked again.
        name = f"{key}_{opened()}"
        st.vega_lite_chart(
            drawn,
            spec,
            theme=None,
            key=name,
            alt=alt,
            width="stretch",
            on_select=partial(_mark_clicked, name, opens, does),
            selection_mode=opens,
        )
    else:
        st.vega_lite_chart(drawn, spec, theme=None, key=key, alt=alt, width="stretch")
    spent("charts", perf_counter() - started)
    show_legend(marks)
    if under := f"{legend} {click}".strip():
        draw_caption(linked(view.words, under))
    if told is not None:
        _as_table(told, view, key, chosen)


def carry(
    table: pa.Table, spec: Spec, key: str, alt: str, explained: tuple[str, ...], told: pa.Table | None,
    finding: str = "", points: Callable[[], Sequence[str]] = tuple,
) -> None:  # fmt: skip
    """Offer a chart and its table to be carried away. `alt` begins with what it shows; `explained` are its legends."""
    subject, look = alt.partition(". ")[0].rstrip("."), look_of(theme())
    page_content.drew(page_content.DrawnChart(key, subject, spec, table, look, explained, told, finding, points))


def as_table(
    table: pa.Table, view: View, key: str, n_left: int = 0, whole: Whole | None = None, finding: str = ""
) -> None:
    """Draw rows without a chart as a table on demand; `finding` is what they show, outside the page.

    If so many rows are left out, `whole` gives all of them, for the file and for packs.
    """
    page_content.listed(key, whole or (lambda: table), finding)
    _as_table(table, view, key, n_left=n_left, whole=whole)


def _as_table(
    table: pa.Table,
    view: View,
    key: str,
    chosen: Callable[[str], None] | None = None,
    n_left: int = 0,
    whole: Whole | None = None,
) -> None:
    """Draw the rows as a table on demand; the grid costs the browser more than the chart.

    `chosen` is called with the grid's key when a row is chosen; without it, rows cannot be chosen.
    """
    if st.toggle(view.words("show.as_table"), key=f"{key}_table"):
        named = in_words(table, view)
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
        if n_left:
            st.caption(view.words.count("show.in_the_file", n_left))
        content = (lambda: table_csv(in_words(whole(), view))) if whole else table_csv(named)
        offer(view, view.words("show.download"), content, f"{key}.csv", f"{key}_download")


def in_words(table: pa.Table, view: View) -> pa.Table:
    """Return the rows with the titles of codes, below heads in words."""
    for name in CODED.keys() & set(table.column_names):
        codes = table[name].to_pylist()
        # A grade of 0 is none.
        said = [view.words(f"{CODED[name]}{code}") if code else None for code in codes]
        table = table.set_column(table.column_names.index(name), name, pa.array(said, pa.string()))
    called = {"area_title": view.area_word().label}
    return table.rename_columns([called.get(name) or view.words(f"column.{name}") for name in table.column_names])


def _mark_clicked(chart: str, opens: str, does: Clicked) -> None:
    marks = st.session_state[chart].selection.get(opens) or [{}]
    does(marks[0])


def _row_chosen(table: pa.Table, spec: Spec, opens: str, does: Clicked, grid: str) -> None:
    """Do what a click on the row's mark does, identified by the same fields."""
    (fields,) = (one["select"]["fields"] for one in spec["params"] if one["name"] == opens)
    for row in st.session_state[grid].selection.rows:
        does({field: table[field][row].as_py() for field in fields})


def bands(view: View) -> tuple[str, ...]:
    """Return the band ids of the selected framework, low to high."""
    return tuple(row["band"] for row in escaped_rows(view.published, BANDS, view.parameters()))


def headline(words: Words, *said: Claim | str) -> None:
    """Draw what a page opens with, a claim or a title: above all that can be chosen on it, however late it is known."""
    text = words.say(*said)
    with page_content.found(text, said):
        draw_html(part("heading", text))
