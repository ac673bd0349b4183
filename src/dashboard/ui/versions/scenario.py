"""Which scenarios does this session hold, and which one is imagined on every page? Read and changed here alone."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from dashboard.model.plan.scenario import Scenario, codes_of, named, scenario_of
from dashboard.model.view.known import Known
from dashboard.model.view.view_query import from_query
from dashboard.model.words import Words
from dashboard.ui.session_keys import WHATIF_HIDDEN, WHATIF_SCENARIOS, WHATIF_SEEN, WHATIF_SIDE, WRITTEN_QUERY

FIELD = "imagined"
"""The field of the view that carries the scenario shown, in every address too."""
SIDES = ("imagined", "real")


def arriving(query: dict[str, str], known: Known) -> Scenario | None:
    """The scenario that the page about to be drawn shows: of a link, else of the session."""
    if query and query != WRITTEN_QUERY.get():
        state, _ = from_query({FIELD: query.get(FIELD, "")}, known)
        return scenario_of(state.imagined)
    return scenario_of(code for code in st.session_state.get(FIELD, ()) if known.is_anywhere(FIELD, code))


def current() -> Scenario | None:
    """The scenario that the session shows by now: a click may come before the page is drawn anew."""
    return scenario_of(st.session_state.get(FIELD, ()))


def imagines() -> bool:
    """Whether pages show what is imagined just now, and not what is published."""
    return WHATIF_SIDE.get(SIDES[0]) == SIDES[0]


def show_side(side: str) -> None:
    """Every page shows the scenario from the next run on, or what is published."""
    WHATIF_SIDE.set(side)


def end() -> None:
    """Every page shows what is published; the scenario stays on the page of scenarios."""
    shown = current()
    if shown is not None and shown.name:
        remember(shown)
    st.session_state[FIELD] = []
    WHATIF_SIDE.pop()


def _held() -> dict[str, tuple[str, ...]]:
    """Names and codes as they stand are not even looked at while names are hidden."""
    return (WHATIF_HIDDEN if st.session_state.get("safe") == "yes" else WHATIF_SCENARIOS).setdefault({})


def scenarios() -> dict[str, Scenario]:
    """Every scenario of this session, in the order they were made."""
    read = {name: scenario_of(codes) for name, codes in _held().items()}
    return {name: scenario for name, scenario in read.items() if scenario is not None}


def remember(scenario: Scenario) -> Scenario:
    """Keep a scenario that a link brought. Under another name where this session has another one of its name."""
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
    """Give a scenario another name, in its place; one that is empty or taken leaves it as it is."""
    name = named(name)
    held = scenarios()
    if not name or name in held:
        return
    renamed = replace(scenario, name=name)
    kept = {name if old == scenario.name else old: renamed if old == scenario.name else s for old, s in held.items()}
    _held().clear()
    _held().update({of: codes_of(s) for of, s in kept.items()})
    show(renamed)


def forget(scenario: Scenario) -> None:
    """Take a scenario out of the session."""
    end()
    _held().pop(scenario.name, None)


def join_hidden(by_code: Callable[[Iterable[str]], Iterable[str]]) -> None:
    """What was made while names were hidden joins the others, under another name where its own is taken."""
    for codes in WHATIF_HIDDEN.pop({}).values():
        scenario = scenario_of(by_code(codes))
        # The one that is shown joins when its page is opened, as one of a link does.
        if scenario is not None and tuple(st.session_state.get(FIELD, ())) != codes:
            _keep(replace(scenario, name=_free(scenario.name)) if scenario.name in scenarios() else scenario)


def named_anew(scenario: Scenario, words: Words) -> Scenario:
    """A scenario without a name, under one that is free."""
    return replace(scenario, name=first_name(words))


def first_name(words: Words) -> str:
    """A name that no scenario of this session has."""
    return _numbered(lambda number: words("whatif.first_name", number=number))


def _free(name: str) -> str:
    # Short enough for the number to stand behind it.
    return _numbered(lambda number: f"{named(name)[:34].strip()} {number + 1}")


def _numbered(called: Callable[[int], str]) -> str:
    number = 1
    while called(number) in scenarios():
        number += 1
    return called(number)
