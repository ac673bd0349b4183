"""The heat map as a table of countries: their order, its heads and marks, and who has not answered."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts import heatmap as chart
from dashboard.charts.heatmap import FEW, NAMES, SELECTION, SLIM_NAMES, TITLES, signs
from dashboard.charts.look import look_of
from dashboard.model.known_codes import GROUPS, ORDERS, SHOWN_AS
from dashboard.queries.ask import ask, rows
from dashboard.queries.compare.changes import CHANGES
from dashboard.queries.compare.heatmap import HEATMAP_FINDING
from dashboard.ui.compare import heatmap_rows
from dashboard.ui.compare.changes import ROUNDS_BEFORE, RoundsBeforeRow
from dashboard.ui.elements import choices, legend
from dashboard.ui.elements.choices import PageChoice, Shape, common_choice, way_choice
from dashboard.ui.elements.figure_notes import target_columns
from dashboard.ui.elements.legend import Mark, band_keys, colours_of, failed_key, show_legend, striped, target_keys
from dashboard.ui.elements.marks import counted_keys
from dashboard.ui.elements.sentences import comparability, heatmap_finding
from dashboard.ui.elements.show import bands, headline, once_of, show_chart, spec_of
from dashboard.ui.escape import escape_row, escaped_rows, one_line
from dashboard.ui.html import draw_caption, draw_html, part
from dashboard.ui.session import is_phone, theme
from dashboard.ui.view import View

CELL_COLUMNS = ("country_title", "area_title", "reading", "percent", "low", "high", "n_answered", "n_applicable")


def show_table(view: View) -> None:
    """Show a row for each country, or for each group of operations, and a column for each area."""
    choices.draw(view.words, way_choice(view, *SHOWN_AS["heatmap"]), order_choice(view), common_choice(view))
    groups = heatmap_rows.groups_shown(view)
    if groups:
        cells, found = heatmap_rows.cells_of_groups(view, groups), None
        headline(view.words, *heatmap_rows.groups_finding(view, cells))
    else:
        cells = ask(view.published, "heatmap", view.parameters())
        found = next(iter(escaped_rows(view.published, HEATMAP_FINDING, view.parameters())), None)
        headline(view.words, *heatmap_finding(found, view))
    if groups or (found and found["n_countries"]):
        _show_cells(view, laid_out(view, cells), bool(groups))
        if groups:
            heatmap_rows.link_to_compare(view, groups)
        else:
            draw_caption(comparability(found, view))


def _show_cells(view: View, laid: heatmap_rows.DrawnHeatmap, of_groups: bool) -> None:
    """Draw the cells below their legend, and say who has answered nothing."""
    show_legend(marks(view, laid), note(view), in_short(view, laid))
    with st.container(key="heatmap_drawn", gap=None):
        show_heads(laid)
        show_chart(
            laid.rows,
            spec_of(chart.heatmap, view, bands(view), shape(laid)),
            view,
            key="heatmap_chart",
            alt=view.words("heatmap.alt"),
            opens="" if of_groups else SELECTION,
            columns=("subject_title", *CELL_COLUMNS[1:]) if of_groups else (*CELL_COLUMNS, *target_columns(laid.cells)),
            told=heatmap_rows.as_subjects(laid.cells) if of_groups else laid.cells,
            explained=in_a_picture(view, laid),
        )
    show_key(laid)
    show_silent(view, laid)


def order_choice(view: View) -> PageChoice:
    """Return the choice of the order of countries, or of groups of operations in their place."""
    titles = {
        order: view.words("heatmap.sort_groups")
        if order == GROUPS
        else view.words("heatmap.sorted", by=view.words(f"heatmap.sort_{order}"))
        for order in view.known.orders(view.state.framework)
    }
    return PageChoice("sort", view.words("heatmap.sort"), titles, ORDERS[0], Shape.LIST)


def laid_out(view: View, cells: pa.Table) -> heatmap_rows.DrawnHeatmap:
    """Return the cells in the chosen order, with the ordering value beside each name unless a cell shows it."""
    return once_of((cells, view.words), (view.state.sort, view.state.earlier), lambda: _laid_out(view, cells))


def _laid_out(view: View, cells: pa.Table) -> heatmap_rows.DrawnHeatmap:
    order = view.state.sort
    changes = _changes(view) if order == "change" else {}
    everything = view.area_word().everything(view.words)
    return heatmap_rows.drawn(cells, everything, order, changes, _named(view, order, changes), view.published.locale)


def _changes(view: View) -> dict[str, float | None]:
    """Return the change in points by country since an earlier round, on matched answers; none if too few match.

    Nor is there one for a country without a figure in one of the two rounds.
    """
    earlier = _earlier(view)
    if earlier is None:
        return {}
    found = rows(view.published, CHANGES, view.parameters(earlier=earlier["round"]))
    return {row["country"]: row["change"] if row["covered"] else None for row in found}


def _earlier(view: View) -> RoundsBeforeRow | None:
    """Return the earlier round that change is measured from, as on the Changes page: by default the previous one."""
    before: list[RoundsBeforeRow] = list(rows(view.published, ROUNDS_BEFORE, view.parameters()))
    return next((row for row in before if row["round"] == view.state.earlier), before[0] if before else None)


def _named(view: View, order: str, changes: Mapping[str, float | None]) -> Callable[[Mapping[str, Any]], str]:
    def said(row: Mapping[str, Any]) -> str:
        title, change = row["country_title"], changes.get(row["country"])
        if order == "coverage" and row["coverage"] is not None:
            return view.words("heatmap.beside_coverage", coverage=row["coverage"], title=title)
        if order == "change" and change is not None:
            return view.words("heatmap.beside_change", change=f"{change:+.0f}", title=title)
        return str(title)

    return said


def marks(view: View, laid: heatmap_rows.DrawnHeatmap) -> Iterator[Mark]:
    """Yield every mark in the picture; the signs in cells are spelled out only where there is room for words."""
    words, look, cells = view.words, look_of(theme()), laid.rows
    colours = colours_of(view)
    yield from band_keys(view)
    readings = set(cells["reading"].to_pylist())
    counts = zip(*(cells[name].to_pylist() for name in ("reading", "n_applicable", "n_full")), strict=True)
    if "count" in readings and not view.masked:
        yield from counted_keys(view)
    if any(reading == "too_few" and n < FEW and full is not None for reading, n, full in counts):
        yield "", words("heatmap.in_place")
    if "too_few" in readings:
        yield striped(look, colours[0], colours[-1]), words("heatmap.open")
    for reading, mark in signs(words).items():
        if reading in readings:
            yield mark, words(f"reading.{reading}")
    yield from failed_key(view, cells)
    yield from target_keys(view, cells)
    if any(cells["n_inherited"].to_pylist()):
        yield "*", words("heatmap.inherited")
    if view.masked:
        yield "", words("safe.legend")


def in_short(view: View, laid: heatmap_rows.DrawnHeatmap) -> tuple[str, ...]:
    """Return the signs that appear in cells only if the screen has no room for words."""
    return () if _narrow(laid) else tuple(signs(view.words).values())


def _narrow(laid: heatmap_rows.DrawnHeatmap) -> bool:
    """Whether columns have room for codes only."""
    return is_phone() or len(laid.heads) > heatmap_rows.MOST_ACROSS


def shape(laid: heatmap_rows.DrawnHeatmap) -> tuple[str, ...]:
    """Return what the chart needs to know about its rows."""
    return tuple(name for name in ("turned", "tall") if getattr(laid, name))


def note(view: View) -> str:
    """Return the note on what the figures are, and what is shown beside the names."""
    click = "" if view.state.sort == GROUPS else view.words("heatmap.click")
    return " ".join(filter(None, (view.words("heatmap.subtitle"), click, _beside(view))))


def _beside(view: View) -> str:
    words, order = view.words, view.state.sort
    if order == "coverage":
        return words("heatmap.sorted_coverage")
    if order != "change":
        return ""
    earlier = _earlier(view)
    return words("heatmap.sorted_change", round=one_line(earlier["title"])) if earlier else words("heatmap.no_change")


def show_heads(laid: heatmap_rows.DrawnHeatmap) -> None:
    """Show the column heads above a map taller than the screen; they stay in sight while it scrolls."""
    if laid.tall:
        with st.container(key="heatmap_heads"):
            names = TITLES if laid.turned else NAMES
            draw_html(part("heads", _plain(laid), look_of(theme()).ground, names, SLIM_NAMES))


def _plain(laid: heatmap_rows.DrawnHeatmap) -> list[tuple[str, str]]:
    """Return code and title of each column; a name without a code is split after its first word, the short form."""
    named = [(one_line(code), one_line(title)) for code, title in laid.heads]
    return [
        (code, title) if code != title else (title.partition(" ")[0], title.partition(" ")[2]) for code, title in named
    ]


def in_a_picture(view: View, laid: heatmap_rows.DrawnHeatmap) -> tuple[str, ...]:
    """Return everything the page says about marks and heads, for a picture of the map."""
    told = legend.in_a_picture(marks(view, laid))
    key = " · ".join(f"{code} {title}" for code, title in _plain(laid)) if _narrow(laid) else ""
    return (view.words("heatmap.subtitle"), _beside(view), *told, key)


def show_key(laid: heatmap_rows.DrawnHeatmap) -> None:
    """Show what the codes above narrow columns mean."""
    if _narrow(laid):
        legend.show_codes(_plain(laid))


def show_silent(view: View, laid: heatmap_rows.DrawnHeatmap) -> None:
    """Show, folded away, who has answered none of what applies."""
    if laid.silent:
        with st.expander(view.words.count("heatmap.silent", len(laid.silent))):
            st.markdown(
                "\n".join(
                    "- " + view.words.count("heatmap.silent_one", int(row["n_applicable"]), title=row["country_title"])
                    for row in map(escape_row, laid.silent)
                )
            )
