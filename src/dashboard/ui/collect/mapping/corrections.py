"""What has somebody said of a sheet? Corrections of how it is read, kept under our own keys until it is used."""

from collections.abc import Callable

import streamlit as st

from dashboard.loading.apart.reading import BUSY, ENDED
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.problem import Problem
from dashboard.tasks.sheet_corrections import Corrections
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading
from dashboard.ui.session_keys import MAPPING_LOOKED, MAPPING_MADE, MAPPING_SAID, MAPPING_TAKEN
from dashboard.ui.session_values import Table


def said_of(sheet: str) -> Corrections:
    """What was said of one sheet."""
    return MAPPING_SAID.setdefault({}).setdefault(sheet, {})


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
    return MAPPING_TAKEN.setdefault({}).get(sheet)


def take(sheet: str, mapping: SheetMapping | None) -> None:
    """Settle on a guess, or on none."""
    MAPPING_MADE.get({}).pop(sheet, None)
    taken = MAPPING_TAKEN.setdefault({})
    if mapping is None:
        taken.pop(sheet, None)
    else:
        taken[sheet] = mapping


def looked_once(
    sheet: str, asked: ReadingOptions, look: Callable[[], SheetReading | Problem]
) -> SheetReading | Problem:
    """How a sheet is read, asked anew where something else was said of it."""
    of_all = MAPPING_LOOKED.setdefault({})
    if sheet not in of_all or of_all[sheet][0] != asked:
        of_all[sheet] = asked, look()
    found = of_all[sheet][1]
    return of_all.pop(sheet)[1] if _waits(found) else found


def look_anew() -> None:
    """Forget looks that came to no end."""
    MAPPING_LOOKED.set(
        {
            sheet: (asked, found)
            for sheet, (asked, found) in MAPPING_LOOKED.get({}).items()
            if not isinstance(found, Problem) or found.kind not in ENDED
        }
    )


def made_once(sheet: str, make: Callable[[], Table | Problem]) -> Table | Problem:
    """What comes of a sheet, made when it is first asked for."""
    of_all = MAPPING_MADE.setdefault({})
    if sheet not in of_all:
        of_all[sheet] = make()
    return of_all.pop(sheet) if _waits(of_all[sheet]) else of_all[sheet]


def _waits(found: object) -> bool:
    """Whether a sheet was not read only because others were."""
    return isinstance(found, Problem) and found.kind == BUSY
