"""What has somebody said of a sheet? Corrections of how it is read, kept under our own keys until it is used."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.loading.mapping import Mapped
from dashboard.model.mapping import Across, SheetMapping
from dashboard.model.problem import Problem

SAID = "mapping_said"
TAKEN = "mapping_taken"
MADE = "mapping_made"
"""What came of each sheet by the mapping that was settled on: it is not read anew with every click on the page."""
NOWHERE, COLUMN, FIXED = "", "column ", "fixed "
"""How a choice of where a column of ours comes from begins: nowhere, a column of theirs, a value for every row."""
Said = dict[tuple[str, ...], str]
"""Choices by what they are on: ("column", ours), ("word", ours, theirs), ("across", label), ("days",), …"""


def said_of(sheet: str) -> Said:
    """What was said of one sheet."""
    of_all: dict[str, Said] = st.session_state.setdefault(SAID, {})
    return of_all.setdefault(sheet, {})


def say(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Keep what a widget says."""
    said_of(sheet)[on] = st.session_state[widget]


def say_all(sheet: str, said: Said) -> None:
    """Keep several choices at once."""
    said_of(sheet).update(said)


def begin_anew(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Another form or another mapping: what was said of the former one means nothing in it."""
    said = said_of(sheet)
    for other in [other for other in said if other not in (("form",), ("by",))]:
        said.pop(other)
    said[on] = st.session_state[widget]


def taken_of(sheet: str) -> SheetMapping | None:
    """The guess that somebody has settled on."""
    of_all: dict[str, SheetMapping] = st.session_state.setdefault(TAKEN, {})
    return of_all.get(sheet)


def take(sheet: str, mapping: SheetMapping | None) -> None:
    """Settle on a guess, or on none."""
    taken_of(sheet)
    st.session_state.get(MADE, {}).pop(sheet, None)
    if mapping is None:
        st.session_state[TAKEN].pop(sheet, None)
    else:
        st.session_state[TAKEN][sheet] = mapping


def made_once(sheet: str, make: Callable[[], Mapped | Problem]) -> Mapped | Problem:
    """What comes of a sheet, made when it is first asked for."""
    of_all: dict[str, Mapped | Problem] = st.session_state.setdefault(MADE, {})
    if sheet not in of_all:
        of_all[sheet] = make()
    return of_all[sheet]


def with_said(mapping: SheetMapping, said: Mapping[tuple[str, ...], str]) -> SheetMapping:
    """A guess with what somebody said laid over it."""
    columns, fixed = dict(mapping.columns), dict(mapping.fixed)
    values = {ours: dict(words) for ours, words in mapping.values.items()}
    codes = dict(mapping.across.codes) if mapping.across else {}
    days = mapping.days
    for on, choice in said.items():
        match on:
            case ("column", ours):
                columns.pop(ours, None)
                fixed.pop(ours, None)
                if choice.startswith(COLUMN):
                    columns[ours] = choice.removeprefix(COLUMN)
                elif choice.startswith(FIXED):
                    fixed[ours] = choice.removeprefix(FIXED)
            case ("word", ours, theirs):
                values.setdefault(ours, {})[theirs] = choice or theirs
            case ("across", label):
                codes = {**codes, label: choice} if choice else {key: c for key, c in codes.items() if key != label}
            case ("days",):
                days = "mdy" if choice == "mdy" else "dmy"
    across = Across(column=mapping.across.column, codes=codes) if mapping.across and codes else None
    changed = {"columns": columns, "fixed": fixed, "values": values, "across": across, "days": days}
    return mapping.model_copy(update=changed)
