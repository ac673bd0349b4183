"""The crosswalk: where a standard overlaps with another or with what children face, with the scores of both."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.charts.crosswalk import SELECTION, matrix, with_rows
from dashboard.model.known_codes import BETWEEN, LENSES
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask, rows
from dashboard.queries.question import Question
from dashboard.queries.standards_crosswalk import CROSSWALK_SIDES, CrosswalkSidesRow
from dashboard.queries.standards_document import STANDARD_AREAS, StandardAreasRow
from dashboard.ui.elements import choices
from dashboard.ui.elements.answer_text import counts, counts_legend, critical_mark, kind_mark
from dashboard.ui.elements.choices import PageChoice, Shape
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.legend import Mark as Key
from dashboard.ui.elements.legend import in_a_picture, show_legend
from dashboard.ui.elements.marks import coded, matrix_keys
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.selection import open_menu
from dashboard.ui.elements.sentences import score_text
from dashboard.ui.elements.show import Clicked, Mark, headline, show_chart, spec_of
from dashboard.ui.escape import escape_label, escape_rows, escaped_rows, one_line
from dashboard.ui.html import draw_caption
from dashboard.ui.standards.editions import EDITION_PAIRS, editions_said, what_became
from dashboard.ui.view import View

Row = dict[str, Any]
COLUMNS = ("area_title", "met", "figure")
TOLD = pa.schema([(name, pa.string()) for name in ("row_code", "column_code", *COLUMNS)])
FIGURE = (
    "reading", "percent", "low", "high", "n_units", "n_answered", "n_applicable", "n_full", "n_part", "n_nil",
    "n_critical_failed", "n_failed_before", "shade", "band_title",
)  # fmt: skip
"""What a cell shows of the score of an area."""


class FrameworkTitlesRow(TypedDict):
    """A row of `framework_titles`."""

    code: str
    short: str


FRAMEWORK_TITLES = Question("framework_titles", FrameworkTitlesRow)


def areas(view: View) -> None:
    """Show where the standard's areas overlap with another standard or a lens, and both sides of one overlap."""
    words, titles = view.words, _titles(view)
    against = against_of(view)
    listed = {code: words("crosswalk.against", what=titles[code]) for code in _offered(view)}
    with_what = PageChoice("against", words("crosswalk.choose"), listed, _usual(view), Shape.LIST)
    choices.draw(words, with_what)
    cells = ask(view.published, "crosswalk", view.parameters(against=against))
    told = escape_rows(cells)
    editions = editions_said(view, against)
    headline(words, *(editions or _finding(view, told, against)))
    if not told:
        return
    draw_caption(words("crosswalk.subtitle") + ("" if against in LENSES else f" {words('crosswalk.scores')}"))
    _picture(view, cells, against)
    if editions:
        what_became(view, against)
    _both_sides(view, cells, against)


def _picture(view: View, cells: pa.Table, against: str) -> None:
    """Draw the matrix of areas with what its marks mean."""
    drawn = with_scores(view, cells, against)
    clicked = partial(_open_cell, against, next((row["round"] for row in _scores(view, against)), ""))
    draw_matrix(
        view, "crosswalk", drawn, _in_words(view, drawn), COLUMNS, clicked, matrix_keys(view, drawn, linked=True)
    )


def draw_matrix(
    view: View,
    name: str,
    cells: pa.Table,
    told: pa.Table,
    columns: tuple[str, ...],
    clicked: Clicked,
    keys: Iterable[Key],
) -> None:
    """Draw a matrix with its table, the marks in it, and what a click does; `name` is its section of the words."""
    marks = list(keys)
    show_chart(
        cells,
        spec_of(matrix, view, (name,)),
        view,
        key=f"{name}_chart",
        alt=view.words(f"{name}.alt"),
        opens=SELECTION,
        clicked=clicked,
        columns=columns,
        told=told,
        explained=in_a_picture(marks),
    )
    show_legend(marks, view.words(f"{name}.click"))


def _offered(view: View) -> tuple[str, ...]:
    """Return what the standard can be compared with: the other standards first."""
    return view.known.of("against", view.state.framework)


def _usual(view: View) -> str:
    """Return what a standard is compared with unless something is chosen: its other edition, if there is one."""
    own = view.state.framework
    pairs = ({row["earlier"], row["later"]} for row in rows(view.published, EDITION_PAIRS, view.parameters()))
    return next((code for pair in pairs if own in pair for code in pair - {own}), _offered(view)[0])


def against_of(view: View) -> str:
    """Return what the standard is compared with."""
    return view.state.against or _usual(view)


def _titles(view: View) -> dict[str, str]:
    """Return the plain title of each standard and lens."""
    lenses = {code: view.words(f"crosswalk.{code}") for code in LENSES}
    found = rows(view.published, FRAMEWORK_TITLES, view.parameters())
    return lenses | {row["code"]: one_line(row["short"]) for row in found}


def with_scores(view: View, cells: pa.Table, against: str) -> pa.Table:
    """Return the cells; of two standards also the score of each area, in a row and a column before all others."""
    if against in LENSES:
        return with_rows(cells, [])
    own, other = (view.state.framework, "column", "row"), (against, "row", "column")
    return with_rows(cells, [cell for one in (own, other) for cell in _score_cells(view, cells, *one)])


def _score_cells(view: View, cells: pa.Table, framework: str, along: str, across: str) -> Iterator[Row]:
    """Yield the score of each area of one standard; its areas are the rows or the columns of the cells."""
    words, title = view.words, _titles(view)[framework]
    head = {f"{across}_code": "", f"{across}_title": words("crosswalk.score", title=title), f"{across}_position": -1}
    head |= {"column_mark": head["column_title"]} if across == "column" else {}
    places = {row[f"{along}_code"]: {n: row[n] for n in row if n.startswith(along)} for row in cells.to_pylist()}
    for row in _scores(view, framework):
        if place := places.get(row["area"]):
            said = words(
                "crosswalk.score_said",
                title=title,
                area=place[f"{along}_title"],
                figure=score_text(view, row),
                answered=row["n_answered"],
                applicable=row["n_applicable"],
            )
            yield head | place | {name: dict(row)[name] for name in FIGURE} | {"said": said}


def _scores(view: View, framework: str) -> list[StandardAreasRow]:
    """Return the score of each area of a standard. The filter of areas narrows only the standard in view."""
    other = {} if framework == view.state.framework else {"framework": framework, "principle": ()}
    found = rows(view.published, STANDARD_AREAS, view.parameters(**other))
    return [row for row in found if row["kind"] == view.state.kind]


def _finding(view: View, cells: list[Row], against: str) -> Claims:
    """Say how much overlaps, and which areas of the framework overlap with nothing."""
    if not cells:
        reset = view.reset()
        return (Claim.of("crosswalk.nothing", reset=reset) if reset else Claim.of("crosswalk.unlinked"),)
    columns = {row["column_code"]: f"{row['column_mark']} {row['column_title']}" for row in cells}
    met = {row["column_code"] for row in cells if row["strength"]}
    alone = [title for code, title in columns.items() if code not in met]
    other = {row["row_code"]: row["row_title"] for row in cells}
    unmet = [
        title for code, title in other.items() if not any(row["strength"] for row in cells if row["row_code"] == code)
    ]
    how, title = ("lens", _titles(view)[against].lower()) if against in LENSES else ("finding", _titles(view)[against])
    places = {"n": len(met), "of": len(columns), "areas": view.area_word().many, "against": escape_label(title)}
    parts = [Claim.of(f"crosswalk.{how}", **places)]
    parts += [Claim.of("crosswalk.alone", titles=alone)] if alone else []
    parts += [Claim.of("crosswalk.unmet", titles=unmet)] if unmet else []
    return tuple(parts)


def _open_cell(against: str, round_: str, mark: Mark) -> None:
    """Handle a click on a cell: explain the score of an area, or show both sides of an overlap.

    The other side is offered as a filter if it is a code of a lens.
    """
    if not mark:
        return
    met, area = mark["row_code"], mark["column_code"]
    if met and area:
        st.session_state["pair"] = f"{area}{BETWEEN}{met}"
        lens = LENSES.get(against, "")
        open_menu({"principle": area, **({lens: met} if lens else {})}, "sides")
    elif area:
        open_menu({"principle": area})
    else:
        open_menu({"framework": against, "round": round_, "principle": met})


def _both_sides(view: View, cells: pa.Table, against: str) -> None:
    """Show both sides of one overlap, chosen here or on the chart; nothing if nothing is linked."""
    words = view.words
    linked = {
        f"{row['column_code']}{BETWEEN}{row['row_code']}": one_line(
            f"{row['column_mark']} {row['column_title']} × {row['row_title']}"
        )
        for row in cells.to_pylist()
        if row["strength"]
    }
    if not linked:
        return
    first = next(iter(linked))
    listed = PageChoice("pair", words("crosswalk.pair"), linked, first, Shape.LIST)
    choices.draw(words, listed, title=words("crosswalk.sides"))
    area, _, met = (view.state.pair if view.state.pair in linked else first).partition(BETWEEN)
    _sides(view, against, area, met, "below")
    show_opened(view, {"sides": lambda _: _sides(view, against, area, met, "clicked")})


def _sides(view: View, against: str, area: str, met: str, key: str) -> None:
    """Show the criteria on both sides of a cell, each with its current answers and links."""
    found = escaped_rows(
        view.published, CROSSWALK_SIDES, view.parameters(against=against, row_code=area, column_code=met)
    )
    own = [row for row in found if row["side"] == 1]
    other = [row for row in found if row["side"] == 2]
    if not found:
        st.caption(view.words("crosswalk.no_criterion"))
    for column, side in zip(st.columns(2, gap="medium") if other else [st.container()], (own, other), strict=False):
        if side:
            with column:
                st.markdown(f"**{side[0]['framework_title']}**")
                first_rows(view, side, partial(_side, view), f"{key}_{side[0]['side']}", len(side))
    if found:
        counts_legend(view)


def _side(view: View, row: CrosswalkSidesRow) -> dict[str, str]:
    words = view.words
    linked = [
        words("crosswalk.linked", strength=words(f"strength.{strength}"), criteria=words.listed(criteria))
        for strength, criteria in (("primary", row["strong"]), ("secondary", row["weak"]))
        if criteria
    ]
    kind = "".join(f" *({mark})*" for mark in kind_mark(view, row))
    text = coded(f"{row['text']}{critical_mark(view, row)}{kind}", row["criterion"])
    return {
        words("column.criterion"): "  \n".join([text, *(f":small[{line}]" for line in linked)]),
        words("column.now"): counts(view, row) if row["n_asked"] else words("reading.not_covered"),
    }


def _in_words(view: View, cells: pa.Table) -> pa.Table:
    """Return the scores of areas and every link in words, one row each, in the order of the areas."""
    told = [
        {
            "row_code": row["row_code"],
            "column_code": row["column_code"],
            "area_title": f"{row['column_mark']} {row['column_title']}" if row["column_code"] else row["column_title"],
            "met": row["row_title"],
            "figure": _cell(view, row),
        }
        for row in sorted(cells.to_pylist(), key=lambda row: (row["column_position"], row["row_position"]))
        if row["strength"] or row["said"]
    ]
    return pa.Table.from_pylist(told, schema=TOLD)


def _cell(view: View, row: Row) -> str:
    words, figure = view.words, score_text(view, row)
    if row["said"]:
        return figure
    places = {"strength": words(f"strength.{row['strength']}"), "basis": words(f"basis.{row['basis']}")}
    return words("crosswalk.cell.told", figure=figure, **places)
