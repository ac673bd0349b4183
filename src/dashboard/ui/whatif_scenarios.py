"""The scenarios of this session, the current one with its assumptions, and how each compares with the published data.

Compared are scores, bands, flags and gaps, by country and area.
"""

from collections.abc import Iterator
from typing import Any, TypedDict

import streamlit as st

from dashboard.model.plan import EVERYWHERE, LONGEST_SCENARIO_NAME, PLANNED, Assumption, Scenario, scenario_of
from dashboard.model.words import Claim
from dashboard.queries.question import Question
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import PageChoice, Shape
from dashboard.ui.elements.choices import held as held_in
from dashboard.ui.elements.legend import Mark, show_legend
from dashboard.ui.elements.marks import in_option
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escape, escape_label, escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.page_content import left_out_here
from dashboard.ui.session_state import LEFT_OUT, WHATIF_CHOSEN, WHATIF_NAME
from dashboard.ui.versions import figure_changes
from dashboard.ui.versions import session_scenarios as held
from dashboard.ui.versions.page_version import assumed, changed_answers, real, with_scenario
from dashboard.ui.view import View

Row = dict[str, Any]
Sides = dict[str, figure_changes.ComparedFigures]
"""The published figures under an empty name, and those of each scenario under its own."""
PUBLISHED = ""
MOST = 4
"""Most scenarios that can still be read side by side."""


def measured(view: View) -> Sides:
    """Return the figures of the published data and of every scenario."""
    published = real(view)
    sides = {name: with_scenario(published, scenario, view.words) for name, scenario in held.scenarios().items()}
    return {
        name: figure_changes.figures_in(side, view.parameters())
        for name, side in ({PUBLISHED: published} | sides).items()
    }


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
    for count, drawn in zip(figure_changes.FAILURES, ("▼", "▽"), strict=True):
        if any(row[count] for row in cells):
            yield drawn, view.words(f"whatif.key_{count}")


def _by_area(view: View, sides: Sides, countries: dict[str, str]) -> None:
    """Show one country by area: the one with most changes, unless another is chosen."""
    kind, title = view.state.kind, view.words("whatif.by_area", area=view.area_word().one)
    titles = {code: escape_label(named) for code, named in countries.items()}
    listed = PageChoice("of_country", title, titles, _most_moved(sides, kind, countries), Shape.LIST)
    choices.draw(view.words, listed, title=title)
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
        lines.append((name, [figure_changes.mean(words, side, kind) for side in sides.values()]))
        for figure in figure_changes.MOVING:
            told = [_number(view, side.headline[kind][figure]) for side in sides.values()]
            lines.append((words(f"whatif.line_{figure}", kind=name), told))
    lines.append((words("whatif.line_gaps"), [figure_changes.gaps(words, side) for side in sides.values()]))
    moves = [_number(view, figure_changes.band_moves(sides[PUBLISHED], side)) for side in sides.values()]
    lines.append((words("whatif.line_bands"), moves))
    names = [_column(view, name) for name in sides]
    return [{words("whatif.figure"): label, **dict(zip(names, told, strict=True))} for label, told in lines]


def _number(view: View, value: float | None) -> str:
    return view.words("whatif.blank") if value is None else view.words.shown(value)


def _line(view: View, sides: Sides, cell: figure_changes.Cell, title: str) -> dict[str, str]:
    """Return one country, or one of its areas: its figure in every scenario, and what changed it."""
    label = view.words("column.country_title") if not cell[2] else view.area_word().label
    was = sides[PUBLISHED].cells[cell]
    return {
        label: title,
        **{_column(view, name): _figure(view, side.cells[cell], was, name) for name, side in sides.items()},
    }


def _figure(view: View, row: Row, was: Row, name: str) -> str:
    """Return a figure, its band and its flags; in a scenario, bold if any of them change."""
    flags = " ".join(
        view.words(f"whatif.flags_{count}", n=row[count]) for count in figure_changes.FAILURES if row[count]
    )
    text = " · ".join(part for part in (reading_text(view, row), row["band_title"], flags) if part)
    return f"**{text}**" if name != PUBLISHED and row != was else text


def _column(view: View, name: str) -> str:
    """Return a scenario's name in quotes, so that it cannot be mistaken for the published data."""
    return view.words("whatif.column", name=escape(name)) if name else view.words("whatif.side_real")


class WhatifAssumedRow(TypedDict):
    """A row of `whatif_assumed`."""

    position: int
    place: str
    what: str
    becomes: str
    place_title: str | None
    area_code: str | None
    area_title: str | None
    criterion: str | None
    criterion_text: str | None
    status_title: str | None


WHATIF_ASSUMED = Question("whatif_assumed", WhatifAssumedRow)


def opened(view: View) -> Scenario | None:
    """Keep the current scenario in the session, naming it if it came from a link without a name."""
    scenario = scenario_of(view.state.imagined)
    if scenario is None:
        return None
    kept = held.remember(scenario if scenario.name else held.named_anew(scenario, view.words))
    if kept != scenario:
        held.show(kept)
        LEFT_OUT.set(left_out_here())
        st.rerun()
    return kept


def finding(view: View, scenario: Scenario | None, sides: Sides) -> Claim:
    """Say what the scenario changes; without one, how to start."""
    if scenario is None:
        return Claim.of("whatif.begin")
    name = escape(scenario.name)
    if not scenario.assumptions:
        return Claim.of("whatif.empty", name=name)
    was, now = sides[PUBLISHED], sides[scenario.name]
    if moved := figure_changes.means_moved(view, was, now):
        return Claim.of("whatif.finding", name=name, moved=moved)
    return Claim.of(
        "whatif.finding_others" if figure_changes.difference(view, was, now) else "whatif.finding_same", name=name
    )


def choose_scenario(view: View, scenario: Scenario | None) -> None:
    """Let the user switch, create, copy, rename and delete scenarios."""
    words = view.words
    names = [PUBLISHED, *held.scenarios()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        WHATIF_CHOSEN.set(scenario.name if scenario else PUBLISHED)
        st.selectbox(
            words("whatif.scenario"),
            names,
            key=WHATIF_CHOSEN.name,
            format_func=lambda name: name or words("whatif.side_real"),
            on_change=_chosen,
            width=280,
        )
        if scenario is not None:
            _name(view, scenario)
        st.button(words("whatif.new"), key="whatif_new", icon=":material/add:", on_click=_new, args=(view,))
        if scenario is not None:
            st.button(words("whatif.copy"), key="whatif_copy", on_click=_copy, args=(view, scenario))
            st.button(words("whatif.forget"), key="whatif_forget", on_click=held.forget, args=(scenario,))


def _name(view: View, scenario: Scenario) -> None:
    WHATIF_NAME.set(scenario.name)
    st.text_input(
        view.words("whatif.name"),
        key=WHATIF_NAME.name,
        max_chars=LONGEST_SCENARIO_NAME,
        on_change=_renamed,
        args=(scenario,),
        width=240,
    )


def show_assumptions(view: View, scenario: Scenario) -> None:
    """Show every assumption in words, with the number of answers it changes, and a button to remove it."""
    words = view.words
    if not scenario.assumptions:
        return
    counted = changed_answers(real(view), scenario)["position"].value_counts().to_pylist()
    n_changed = {row["values"]: row["counts"] for row in counted}
    told = escaped_rows(real(view), WHATIF_ASSUMED, view.parameters(**assumed(scenario)))
    st.markdown(f"**{words('whatif.assumptions', round=escape(scenario.round))}**")
    for row, assumption in zip(told, scenario.assumptions, strict=True):
        said, remove = st.columns([8, 1], vertical_alignment="center")
        n = n_changed.get(row["position"], 0)
        said.markdown(f"{assumption_text(view, row)}  :gray[:small[{words.count('whatif.changes', n)}]]")
        remove.button(
            words("whatif.remove"),
            key=f"whatif_remove {row['position']}",
            icon=":material/close:",
            type="tertiary",
            on_click=_without,
            args=(assumption,),
        )


def assumption_text(view: View, row: WhatifAssumedRow) -> str:
    """Return one assumption in words: where, what, and the new status."""
    words = view.words
    place = words("whatif.everywhere") if row["place"] == EVERYWHERE else row["place_title"] or row["place"]
    if row["what"] == PLANNED:
        return words("whatif.assumes_planned", where=place, day=row["becomes"])
    if row["criterion"]:
        what = in_option(row["criterion_text"] or "", row["criterion"])
    else:
        what = words("whatif.whole", area=f"{row['area_code'] or ''} {row['area_title'] or row['what']}".strip())
    return words("whatif.assumes_status", where=place, what=what, status=row["status_title"] or row["becomes"])


def _chosen() -> None:
    scenario = held.scenarios().get(WHATIF_CHOSEN.now())
    if scenario is None:
        held.end()
    else:
        held.show(scenario)


def _renamed(scenario: Scenario) -> None:
    held.rename(scenario, WHATIF_NAME.now())


def _new(view: View) -> None:
    held.show(Scenario(held.first_name(view.words), view.state.round))


def _copy(view: View, scenario: Scenario) -> None:
    held.show(Scenario(held.first_name(view.words), scenario.round, scenario.assumptions))


def _without(assumption: Assumption) -> None:
    scenario = held.current()
    if scenario is not None:
        left = tuple(one for one in scenario.assumptions if one != assumption)
        held.show(Scenario(scenario.name, scenario.round, left))
