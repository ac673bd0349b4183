"""What has somebody said of a sheet? Corrections of how it is read, kept under our own keys until it is used."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.loading.apart.reading import BUSY, ENDED
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.problem import Problem
from dashboard.tasks.sheet_corrections import Corrections
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading, WrittenTable
from dashboard.ui.versions.private_publication import HandedFile

SAID = "mapping_said"
TAKEN = "mapping_taken"
MADE = "mapping_made"
"""What came of each sheet by the mapping that was settled on: it is not read anew with every click on the page."""
LOOKED = "mapping_looked"
"""How each sheet is read, with what was asked of it: it is not read anew with every click on the page."""


@dataclass(frozen=True)
class Table:
    """What came of a sheet: the table as a file, where it has any rows."""

    made: WrittenTable
    file: HandedFile | None


def said_of(sheet: str) -> Corrections:
    """What was said of one sheet."""
    of_all: dict[str, Corrections] = st.session_state.setdefault(SAID, {})
    return of_all.setdefault(sheet, {})


def say(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Keep what a widget says."""
    said_of(sheet)[on] = st.session_state[widget]


def say_all(sheet: str, said: Corrections) -> None:
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


def looked_once(
    sheet: str, asked: ReadingOptions, look: Callable[[], SheetReading | Problem]
) -> SheetReading | Problem:
    """How a sheet is read, asked anew where something else was said of it."""
    of_all: dict[str, tuple[ReadingOptions, SheetReading | Problem]] = st.session_state.setdefault(LOOKED, {})
    if sheet not in of_all or of_all[sheet][0] != asked:
        of_all[sheet] = asked, look()
    found = of_all[sheet][1]
    return of_all.pop(sheet)[1] if _waits(found) else found


def look_anew() -> None:
    """Forget looks that came to no end."""
    of_all: dict[str, tuple[ReadingOptions, SheetReading | Problem]] = st.session_state.get(LOOKED, {})
    st.session_state[LOOKED] = {
        sheet: (asked, found)
        for sheet, (asked, found) in of_all.items()
        if not isinstance(found, Problem) or found.kind not in ENDED
    }


def made_once(sheet: str, make: Callable[[], Table | Problem]) -> Table | Problem:
    """What comes of a sheet, made when it is first asked for."""
    of_all: dict[str, Table | Problem] = st.session_state.setdefault(MADE, {})
    if sheet not in of_all:
        of_all[sheet] = make()
    return of_all.pop(sheet) if _waits(of_all[sheet]) else of_all[sheet]


def _waits(found: object) -> bool:
    """Whether a sheet was not read only because others were."""
    return isinstance(found, Problem) and found.kind == BUSY
