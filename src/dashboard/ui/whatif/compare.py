"""How does every scenario compare with the published data? Scores, bands, flags and gaps, by country and area."""

from collections.abc import Iterator
from html import escape as escape_html
from typing import Any

import streamlit as st

from dashboard.ui import choices
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.elements.choose import held as held_in
from dashboard.ui.elements.legend import Mark, flag, hollow_flag, show_legend
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escape, escape_label
from dashboard.ui.html import draw_table
from dashboard.ui.versions import scenario as held
from dashboard.ui.versions.figures_moved import FAILURES, MOVING, Cell, Figures, band_moves, figures_in, gaps, mean
from dashboard.ui.versions.shown_scenario import real, with_scenario
from dashboard.ui.view import View

Row = dict[str, Any]
Sides = dict[str, Figures]
"""The published figures under an empty name, and those of each scenario under its own."""
PUBLISHED = ""
MOST = 4
"""Most scenarios that can still be read side by side."""


def measured(view: View) -> Sides:
    """Return the figures of the published data and of every scenario."""
    published = real(view)
    sides = {name: with_scenario(published, scenario, view.words) for name, scenario in held.scenarios().items()}
    return {name: figures_in(side, view.parameters()) for name, side in ({PUBLISHED: published} | sides).items()}


def compare(view: View, sides: Sides) -> None:
    """Show the tables: everything together, by country, and by area of one country."""
    words = view.words
    if len(sides) == 1:
        return
    if len(sides) > MOST + 1:
        st.caption(words("whatif.most", most=MOST))
        sides = {name: sides[name] for name in (PUBLISHED, *list(sides)[-MOST:])}
    st.markdown(f"**{words('whatif.beside')}**")
    draw_table(_together(view, sides))
    kind = view.state.kind
    countries = {of[1]: row["country_title"] for of, row in sides[PUBLISHED].cells.items() if of[0] == kind}
    if countries:
        lines = [_line(view, sides, (kind, code, ""), title) for code, title in countries.items()]
        draw_table(lines)
        _by_area(view, sides, countries)
        show_legend(_keys(view, sides), words("whatif.legend"))


def _keys(view: View, sides: Sides) -> Iterator[Mark]:
    """Yield the sign of each kind of failure that a table may show."""
    cells = [row for side in sides.values() for (kind, *_), row in side.cells.items() if kind == view.state.kind]
    for count, drawn in zip(FAILURES, (flag(), hollow_flag()), strict=True):
        if any(row[count] for row in cells):
            yield drawn, view.words(f"whatif.key_{count}")


def _by_area(view: View, sides: Sides, countries: dict[str, str]) -> None:
    """Show one country by area: the one with most changes, unless another is chosen."""
    kind, title = view.state.kind, view.words("whatif.by_area", area=view.area_word().one)
    titles = {code: escape_label(named) for code, named in countries.items()}
    listed = Choice("of_country", title, titles, _most_moved(sides, kind, countries), Shape.LIST)
    choices.draw(view.words, listed, title=escape_html(title))
    country = held_in(view, listed)
    areas = {of: row for of, row in sides[PUBLISHED].cells.items() if of[:2] == (kind, country) and of[2]}
    lines = [
        _line(view, sides, of, f"{row['area_code'] or ''} {row['area_title']}".strip()) for of, row in areas.items()
    ]
    draw_table(lines)


def _most_moved(sides: Sides, kind: str, countries: dict[str, str]) -> str:
    """Return the country in which most figures change; the first if none do."""
    moved = dict.fromkeys(countries, 0)
    for of, row in sides[PUBLISHED].cells.items():
        if of[0] == kind:
            moved[of[1]] += sum(side.cells[of] != row for side in sides.values())
    return max(moved, key=lambda code: moved[code])


def _together(view: View, sides: Sides) -> list[dict[str, str]]:
    """Return the figures for all filtered countries together, one line each."""
    words = view.words
    lines: list[tuple[str, list[str]]] = []
    for kind in view.kinds:
        name = view.kind_word(kind)
        lines.append((name, [mean(words, side, kind) for side in sides.values()]))
        for figure in MOVING:
            told = [_number(view, side.headline[kind][figure]) for side in sides.values()]
            lines.append((words(f"whatif.line_{figure}", kind=name), told))
    lines.append((words("whatif.line_gaps"), [gaps(words, side) for side in sides.values()]))
    moves = [_number(view, band_moves(sides[PUBLISHED], side)) for side in sides.values()]
    lines.append((words("whatif.line_bands"), moves))
    names = [_column(view, name) for name in sides]
    return [{words("whatif.figure"): label, **dict(zip(names, told, strict=True))} for label, told in lines]


def _number(view: View, value: float | None) -> str:
    return view.words("whatif.blank") if value is None else view.words.shown(value)


def _line(view: View, sides: Sides, cell: Cell, title: str) -> dict[str, str]:
    """Return one country, or one of its areas: its figure in every scenario, and what changed it."""
    label = view.words("column.country_title") if not cell[2] else view.area_word().label
    was = sides[PUBLISHED].cells[cell]
    return {
        label: title,
        **{_column(view, name): _figure(view, side.cells[cell], was, name) for name, side in sides.items()},
    }


def _figure(view: View, row: Row, was: Row, name: str) -> str:
    """Return a figure, its band and its flags; in a scenario, bold if any of them change."""
    flags = " ".join(view.words(f"whatif.flags_{count}", n=row[count]) for count in FAILURES if row[count])
    text = " · ".join(part for part in (reading_text(view, row), row["band_title"], flags) if part)
    return f"**{text}**" if name != PUBLISHED and row != was else text


def _column(view: View, name: str) -> str:
    """Return a scenario's name in quotes, so that it cannot be mistaken for the published data."""
    return view.words("whatif.column", name=escape(name)) if name else view.words("whatif.side_real")
