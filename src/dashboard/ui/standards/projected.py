"""What do answers to other standards suggest here? Shown as projected, never as answers."""

from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts.projected import SELECTION, projected
from dashboard.queries.ask import ask
from dashboard.queries.standards.rows import ProjectedRow, SpeakingRow
from dashboard.ui.elements.answer import counts, counts_legend
from dashboard.ui.elements.choose import choose_kind, choose_looked_at
from dashboard.ui.elements.clicked import open_menu
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.elements.show import Mark, headline, show_chart, spec_of
from dashboard.ui.escape import escaped_rows
from dashboard.ui.session_values import NUMBER
from dashboard.ui.view import View

FIRST = 8
"""Criteria shown at once; the rest one click away."""


def twice(view: View) -> None:
    """Show what answers to other standards suggest for this one, by area, and which criteria suggest it."""
    words = view.words
    choose_kind(view)
    readings = ask(view.published, "projected", view.parameters())
    told = escaped_rows(view.published, "projected", view.parameters())
    headline(_finding(view, told))
    st.caption(words("projected.help"))
    if not told:
        st.caption(words("projected.none"))
        return
    show_chart(
        readings,
        spec_of(projected, view),
        view,
        key="projected_chart",
        alt=words("projected.alt"),
        opens=SELECTION,
        clicked=partial(_open_reading, view.state.kind),
        columns=("area_title", "side_title", "figure"),
        told=_in_words(view, readings),
    )
    titles = {row["code"]: f"{row['area_code']} {row['code_title']}" for row in told}
    area = choose_looked_at(view, "principle", titles, view.area_word().label)
    st.markdown(f"**{words('projected.speaking', area=titles[area])}**", help=words("projected.speaking_help"))
    _speaking_to(view, area, "speaking")


def _finding(view: View, told: list[ProjectedRow]) -> str:
    """For how many areas which other standards have answers that relate to them."""
    words = view.words
    answered = [row for row in told if row["reading_of"] != "own" and row["n_answered"]]
    if not answered:
        return words("projected.title")
    frameworks = words.listed(dict.fromkeys(row["framework_title"] for row in answered))
    n, of = (len({row["code"] for row in found}) for found in (answered, told))
    return words("projected.finding", n=n, of=of, areas=view.area_word().many, frameworks=frameworks)


def _open_reading(kind: str, mark: Mark) -> None:
    """Handle a click on a mark: a projected figure is explained by the criteria linked to its area."""
    if mark:
        own = mark["reading_of"] == "own"
        open_menu({"principle": mark["code"], "kind": kind}, NUMBER if own else "speaking")


def speaking(view: View) -> None:
    """Show the criteria of other standards linked to the one area that `view` keeps."""
    for area in view.state.principle:
        _speaking_to(view, area, "opened")


def _in_words(view: View, readings: pa.Table) -> pa.Table:
    """Return each area's own and projected figures, one row each, clearly separated."""
    words = view.words
    told = []
    for row in readings.to_pylist():
        several = row["reading"] == "count" and row["n_units"] > 1 and row["percent"] is not None
        figure = words("reading.score", percent=row["percent"]) if several else _uncounted(view, row)
        own = row["reading_of"] == "own"
        cell = words(
            "projected.own_cell" if own else "projected.other_cell",
            figure=figure,
            answered=row["n_answered"],
            **({} if own else {"strong": row["n_primary"], "weak": row["n_secondary"], "two": row["n_two_steps"]}),
        )
        side = words("projected.own") if own else words("projected.other", framework=row["framework_title"])
        area = f"{row['area_code']} {row['code_title']}"
        keys = {name: row[name] for name in ("code", "reading_of")}
        told.append({**keys, "area_title": area, "side_title": side, "figure": cell})
    return pa.Table.from_pylist(told, schema=READINGS)


READINGS = pa.schema([(name, pa.string()) for name in ("code", "reading_of", "area_title", "side_title", "figure")])


def _uncounted(view: View, row: ProjectedRow) -> str:
    """Return a projected figure without single answers, which are answers to something else."""
    counted = row["reading"] == "count" and row["percent"] is not None
    return view.words("reading.score", percent=row["percent"]) if counted else reading_text(view, row)


def _speaking_to(view: View, area: str, key: str) -> None:
    """Show the criteria of other standards whose answers bear on an area, strong and direct links first."""
    words = view.words
    found = escaped_rows(view.published, "speaking", view.parameters(row_code=area))
    if not found:
        st.caption(words("projected.nothing"))
        return
    first_rows(view, found, partial(_speaking, view), key, FIRST)
    counts_legend(view)


def _speaking(view: View, row: SpeakingRow) -> dict[str, str]:
    words = view.words
    way = words("projected.over", via=words.listed(row["via"])) if row["steps"] > 1 else words("projected.direct")
    return {
        words("column.criterion"): f"{row['framework_title']} **{row['criterion']}** {row['text']}",
        words("column.strength"): f"{words('strength.' + row['strength'])}, {way}",
        words("column.speaks_to"): words.listed(row["speaks_to"]),
        words("column.now"): counts(view, row) if row["n_asked"] else words("reading.not_covered"),
    }
