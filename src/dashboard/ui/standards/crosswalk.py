"""Where do the standards overlap with each other and the risk areas, and what is on either side of a cell?"""

from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts.matrix import SELECTION, matrix
from dashboard.model.view.known import BETWEEN, LENSES
from dashboard.queries.ask import ask
from dashboard.queries.standards.rows import CrosswalkSidesRow
from dashboard.ui.elements.answer import counts, counts_legend, kind_mark
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.elements.clicked import open_menu
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.elements.show import Mark, headline, show_chart, spec_of
from dashboard.ui.escape import escape_label, escape_rows, escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

Row = dict[str, Any]


def areas(view: View) -> None:
    """Show where the standard's areas overlap with another standard or a lens, and both sides of one overlap."""
    words = view.words
    against = _choose_against(view)
    cells = ask(view.published, "crosswalk", view.parameters(against=against))
    told = escape_rows(cells)
    headline(_finding(view, told, against))
    if not told:
        return
    st.caption(words("crosswalk.subtitle"))
    show_chart(
        cells,
        spec_of(matrix, view, ("crosswalk",)),
        view,
        key="crosswalk_chart",
        alt=words("crosswalk.alt"),
        opens=SELECTION,
        clicked=partial(_open_pair, LENSES.get(against, "")),
        columns=("area_title", "met", "figure"),
        legend=words("crosswalk.legend"),
        told=_in_words(view, cells),
        click=words("crosswalk.click"),
    )
    st.markdown(f"##### {words('crosswalk.sides')}", anchors=False)
    pair = _choose_pair(view, told)
    if pair:
        _sides(view, against, pair)
        show_opened(view, {"sides": lambda _: _sides(view, against, pair)})


def _choose_against(view: View) -> str:
    """Let the user choose what to compare the framework with: another framework first."""
    titles = {row["code"]: row["short"] for row in escaped_rows(view.published, "framework_titles", view.parameters())}

    def label(code: str) -> str:
        return view.words(f"crosswalk.{code}") if code in LENSES else escape_label(titles.get(code, code))

    options = list(view.known.of("against", view.state.framework))
    return choose_one(view, "against", options, options[0], label=view.words("crosswalk.against"), format_func=label)


def _finding(view: View, cells: list[Row], against: str) -> str:
    """Say how much overlaps, and which areas of the framework overlap with nothing."""
    words = view.words
    if not cells:
        return words("crosswalk.nothing", reset=reset) if (reset := view.reset()) else words("crosswalk.unlinked")
    columns = {row["column_code"]: f"{row['column_mark']} {row['column_title']}" for row in cells}
    met = {row["column_code"] for row in cells if row["strength"]}
    alone = [title for code, title in columns.items() if code not in met]
    other = {row["row_code"]: row["row_title"] for row in cells}
    unmet = [
        title for code, title in other.items() if not any(row["strength"] for row in cells if row["row_code"] == code)
    ]
    how, areas = "lens" if against in LENSES else "finding", view.area_word().many
    parts = [words(f"crosswalk.{how}", n=len(met), of=len(columns), areas=areas, against=_title_of(view, against))]
    parts += [words("crosswalk.alone", titles=words.listed(alone))] if alone else []
    parts += [words("crosswalk.unmet", titles=words.listed(unmet))] if unmet else []
    return " ".join(parts)


def _title_of(view: View, against: str) -> str:
    """Return the title of what the framework is compared with."""
    if against in LENSES:
        return view.words(f"crosswalk.{against}").lower()
    found = {row["code"]: row["short"] for row in escaped_rows(view.published, "framework_titles", view.parameters())}
    return found[against]


def _open_pair(lens: str, mark: Mark) -> None:
    """Handle a click on a cell: show both sides, and offer the other side as a filter if it is a code of a lens."""
    if mark:
        st.session_state["pair"] = f"{mark['column_code']}{BETWEEN}{mark['row_code']}"
        open_menu({"principle": mark["column_code"], **({lens: mark["row_code"]} if lens else {})}, "sides")


def _choose_pair(view: View, cells: list[Row]) -> tuple[str, str] | None:
    """Let the user choose the cell, as a click on the chart does. None if nothing is linked."""
    linked = {
        f"{row['column_code']}{BETWEEN}{row['row_code']}": (
            f"{row['column_mark']} {row['column_title']} × {row['row_title']}"
        )
        for row in cells
        if row["strength"]
    }
    if not linked:
        return None
    chosen = choose_one(
        view,
        "pair",
        list(linked),
        next(iter(linked)),
        label=view.words("crosswalk.pair"),
        format_func=lambda code: escape_label(linked.get(code, code)),
        label_visibility="collapsed",
        help=view.words("crosswalk.pair_help"),
    )
    area, _, met = chosen.partition(BETWEEN)
    return area, met


def _sides(view: View, against: str, pair: tuple[str, str]) -> None:
    """Show the criteria on both sides of a cell, each with its current answers and links."""
    area, met = pair
    found = escaped_rows(
        view.published, "crosswalk_sides", view.parameters(against=against, row_code=area, column_code=met)
    )
    own = [row for row in found if row["side"] == 1]
    other = [row for row in found if row["side"] == 2]
    if not found:
        st.caption(view.words("crosswalk.no_criterion"))
    for column, side in zip(st.columns(2, gap="medium") if other else [st.container()], (own, other), strict=False):
        if side:
            with column:
                st.markdown(f"**{side[0]['framework_title']}**")
                draw_table([_side(view, row) for row in side])
    if found:
        counts_legend(view)


def _side(view: View, row: CrosswalkSidesRow) -> dict[str, str]:
    words = view.words
    critical = f" {words('number.critical')}" if row["critical"] else ""
    linked = [
        words("crosswalk.linked", strength=words(f"strength.{strength}"), criteria=words.listed(criteria))
        for strength, criteria in (("primary", row["strong"]), ("secondary", row["weak"]))
        if criteria
    ]
    kind = "".join(f" *({mark})*" for mark in kind_mark(view, row))
    text = f"**{row['criterion']}** {row['text']}{critical}{kind}"
    return {
        words("column.criterion"): "  \n".join([text, *(f":small[{line}]" for line in linked)]),
        words("column.now"): counts(view, row) if row["n_asked"] else words("reading.not_covered"),
    }


def _in_words(view: View, cells: pa.Table) -> pa.Table:
    """Return every link in words, one row each, in the order of the areas."""
    linked = sorted(
        (row for row in cells.to_pylist() if row["strength"]),
        key=lambda row: (row["column_position"], row["row_position"]),
    )
    told = [
        {
            **{name: row[name] for name in ("row_code", "column_code")},
            "area_title": f"{row['column_mark']} {row['column_title']}",
            "met": row["row_title"],
            "figure": _cell(view, row),
        }
        for row in linked
    ]
    return pa.Table.from_pylist(told, schema=LINKS)


LINKS = pa.schema([(name, pa.string()) for name in ("row_code", "column_code", "area_title", "met", "figure")])


def _cell(view: View, row: Row) -> str:
    words = view.words
    several = row["reading"] == "count" and row["n_units"] > 1 and row["percent"] is not None
    figure = words("reading.score", percent=row["percent"]) if several else reading_text(view, row)
    strength = words(f"strength.{row['strength']}")
    return words("crosswalk.cell.told", figure=figure, strength=strength, basis=words(f"basis.{row['basis']}"))
