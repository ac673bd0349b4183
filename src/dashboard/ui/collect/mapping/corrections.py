"""What corrections has the user made to how a sheet is read? Kept under our own keys until the sheet is used."""

from collections.abc import Callable

import streamlit as st

from dashboard.loading.apart.reading import BUSY, ENDED
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.problem import Problem
from dashboard.tasks.sheet_corrections import ALSO, Corrections
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading
from dashboard.ui.session_keys import MAPPING_LOOKED, MAPPING_MADE, MAPPING_SAID, MAPPING_TAKEN
from dashboard.ui.session_values import Table


def said_of(sheet: str) -> Corrections:
    """Return the corrections made to one sheet."""
    return MAPPING_SAID.setdefault({}).setdefault(sheet, {})


def say(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Keep the value of a widget."""
    chosen = st.session_state[widget]
    said_of(sheet)[on] = ALSO.join(chosen) if isinstance(chosen, list) else chosen


def say_all(sheet: str, said: Corrections) -> None:
    """Keep several choices at once."""
    said_of(sheet).update(said)


def begin_anew(sheet: str, on: tuple[str, ...], widget: str) -> None:
    """Switch to another form or mapping; corrections to the former one do not apply to it."""
    said = said_of(sheet)
    for other in [other for other in said if other not in (("form",), ("by",))]:
        said.pop(other)
    said[on] = st.session_state[widget]


def taken_of(sheet: str) -> SheetMapping | None:
    """Return the mapping the user has accepted."""
    return MAPPING_TAKEN.setdefault({}).get(sheet)


def take(sheet: str, mapping: SheetMapping | None) -> None:
    """Accept a mapping, or none."""
    MAPPING_MADE.get({}).pop(sheet, None)
    taken = MAPPING_TAKEN.setdefault({})
    if mapping is None:
        taken.pop(sheet, None)
    else:
        taken[sheet] = mapping


def looked_once(
    sheet: str, asked: ReadingOptions, look: Callable[[], SheetReading | Problem]
) -> SheetReading | Problem:
    """Return how a sheet is read, recomputed if the corrections have changed."""
    of_all = MAPPING_LOOKED.setdefault({})
    if sheet not in of_all or of_all[sheet][0] != asked:
        of_all[sheet] = asked, look()
    found = of_all[sheet][1]
    return of_all.pop(sheet)[1] if _waits(found) else found


def look_anew() -> None:
    """Forget readings that did not finish."""
    MAPPING_LOOKED.set(
        {
            sheet: (asked, found)
            for sheet, (asked, found) in MAPPING_LOOKED.get({}).items()
            if not isinstance(found, Problem) or found.kind not in ENDED
        }
    )


def made_once(sheet: str, make: Callable[[], Table | Problem]) -> Table | Problem:
    """Return what is made from a sheet, computed on first request."""
    of_all = MAPPING_MADE.setdefault({})
    if sheet not in of_all:
        of_all[sheet] = make()
    return of_all.pop(sheet) if _waits(of_all[sheet]) else of_all[sheet]


def _waits(found: object) -> bool:
    """Return whether a sheet was not read only because others were being read."""
    return isinstance(found, Problem) and found.kind == BUSY
