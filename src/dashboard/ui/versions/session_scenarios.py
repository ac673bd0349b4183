"""The scenarios that this session holds, and the one that pages show: read and changed only here."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from dashboard.model.known_codes import Known
from dashboard.model.plan import Scenario, codes_of, scenario_name, scenario_of
from dashboard.model.view_state import from_query
from dashboard.model.words import Words
from dashboard.ui.session_state import WHATIF_HIDDEN, WHATIF_SCENARIOS, WHATIF_SEEN, WHATIF_SIDE, WRITTEN_QUERY

FIELD = "imagined"
"""The field of the view, and of every address, that carries the current scenario."""
SIDES = ("imagined", "real")


def arriving(query: dict[str, str], known: Known) -> Scenario | None:
    """Return the scenario that the page about to be drawn shows: from a link, else from the session."""
    if query and query != WRITTEN_QUERY.get():
        state, _ = from_query({FIELD: query.get(FIELD, "")}, known)
        return scenario_of(state.imagined)
    return scenario_of(code for code in st.session_state.get(FIELD, ()) if known.is_anywhere(FIELD, code))


def current() -> Scenario | None:
    """Return the session's current scenario: a click may come before the page is redrawn."""
    return scenario_of(st.session_state.get(FIELD, ()))


def imagines() -> bool:
    """Whether pages currently show the scenario rather than the published data."""
    return WHATIF_SIDE.get(SIDES[0]) == SIDES[0]


def show_side(side: str) -> None:
    """Show the scenario on every page from the next run on, or the published data."""
    WHATIF_SIDE.set(side)


def end() -> None:
    """Show the published data on every page; the scenario stays on its own page."""
    shown = current()
    if shown is not None and shown.name:
        remember(shown)
    st.session_state[FIELD] = []
    WHATIF_SIDE.pop()


def _held() -> dict[str, tuple[str, ...]]:
    """Return the scenarios by name, as codes; while names are hidden, the others are not even read."""
    return (WHATIF_HIDDEN if st.session_state.get("safe") == "yes" else WHATIF_SCENARIOS).setdefault({})


def scenarios() -> dict[str, Scenario]:
    """Return every scenario of this session, in the order they were made."""
    read = {name: scenario_of(codes) for name, codes in _held().items()}
    return {name: scenario for name, scenario in read.items() if scenario is not None}


def remember(scenario: Scenario) -> Scenario:
    """Keep a scenario from a link, renamed if this session has a different one of that name."""
    found = scenarios().get(scenario.name)
    if found not in (None, scenario) and codes_of(scenario) not in WHATIF_SEEN.get(set()):
        scenario = replace(scenario, name=_free(scenario.name))
    _keep(scenario)
    return scenario


def show(scenario: Scenario) -> None:
    """Keep a scenario and show it on every page from now on."""
    _keep(scenario)
    st.session_state[FIELD] = list(codes_of(scenario))
    WHATIF_SIDE.pop()


def _keep(scenario: Scenario) -> None:
    codes = codes_of(scenario)
    _held()[scenario.name] = codes
    WHATIF_SEEN.setdefault(set()).add(codes)


def rename(scenario: Scenario, name: str) -> None:
    """Rename a scenario in place; an empty name or one in use leaves it unchanged."""
    name = scenario_name(name)
    held = scenarios()
    if not name or name in held:
        return
    renamed = replace(scenario, name=name)
    kept = {name if old == scenario.name else old: renamed if old == scenario.name else s for old, s in held.items()}
    _held().clear()
    _held().update({of: codes_of(s) for of, s in kept.items()})
    show(renamed)


def forget(scenario: Scenario) -> None:
    """Remove a scenario from the session."""
    end()
    _held().pop(scenario.name, None)


def join_hidden(by_code: Callable[[Iterable[str]], Iterable[str]]) -> None:
    """Add the scenarios made while names were hidden to the others, renamed if their names are in use."""
    for codes in WHATIF_HIDDEN.pop({}).values():
        scenario = scenario_of(by_code(codes))
        # The current one is added when its page is opened, like one from a link.
        if scenario is not None and tuple(st.session_state.get(FIELD, ())) != codes:
            _keep(replace(scenario, name=_free(scenario.name)) if scenario.name in scenarios() else scenario)


def named_anew(scenario: Scenario, words: Words) -> Scenario:
    """Return a scenario, giving it a free name if it has none."""
    return replace(scenario, name=first_name(words))


def first_name(words: Words) -> str:
    """Return a name that no scenario of this session has."""
    return _numbered(lambda number: words("whatif.first_name", number=number))


def _free(name: str) -> str:
    # Short enough to leave room for the number.
    return _numbered(lambda number: f"{scenario_name(name)[:34].strip()} {number + 1}")


def _numbered(called: Callable[[int], str]) -> str:
    number = 1
    while called(number) in scenarios():
        number += 1
    return called(number)
