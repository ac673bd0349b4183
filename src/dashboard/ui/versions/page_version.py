"""Decides which publication a page reads instead of the published data, and shows the banner that says so.

1. A tour reads the publication it began with, so that the room sees the same as its presenter's other window.
2. A previewed file, unless this session is switched to the published data.
3. A scenario, unless this session is switched to the published data.
4. The current publication.

While names are hidden, the masked copy of any of these is read. A scenario waits for a preview, and both wait for a
tour. Previews and scenarios share the banner. One that waits because another takes precedence is a single line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import streamlit as st

from dashboard.model.known_codes import Known
from dashboard.model.plan import Scenario
from dashboard.model.words import Words
from dashboard.queries import ask
from dashboard.queries.ask import Value
from dashboard.store.overlays import in_language, laid_over
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Level, Published
from dashboard.ui import session
from dashboard.ui.escape import escape
from dashboard.ui.session import shown_next
from dashboard.ui.session_state import TRIAL_SWITCH, WHATIF_SWITCH, Key
from dashboard.ui.versions import imported_files, masking, restricted_copy, session_scenarios
from dashboard.ui.versions.figure_changes import difference, figures_in
from dashboard.ui.versions.session_scenarios import arriving, imagines
from dashboard.ui.view import View, ViewSource


@dataclass(frozen=True)
class ShownScenario:
    """This session's scenario, how many answers it changes, and the publication with these changes."""

    scenario: Scenario
    n_changed: int
    published: Published


def scenario_now(words: Words, in_force: Published, known: Known, query: dict[str, str]) -> ShownScenario | None:
    """Return the scenario that pages can show instead of the published data; None if it assumes nothing.

    `in_force` is what pages may read: the published data, or its masked copy.
    """
    scenario = arriving(query, known)
    if scenario is None or not scenario.assumptions:
        return None
    n_changed = len(changed_answers(in_force, scenario))
    return ShownScenario(scenario, n_changed, with_scenario(in_force, scenario, words))


def with_scenario(published: Published, scenario: Scenario, words: Words) -> Published:
    """Return the publication with a scenario's answers; the same publication if it changes none."""
    level = Level(scenario.round, scenario.assumptions, changed_answers(published, scenario))
    return laid_over(published, level, words("whatif.reason"))


def assumed(scenario: Scenario) -> dict[str, Value]:
    """Return the assumptions as parameters of a question."""
    return {
        "of_round": scenario.round,
        "wheres": tuple(assumption.where for assumption in scenario.assumptions),
        "whats": tuple(assumption.what for assumption in scenario.assumptions),
        "becomes": tuple(assumption.becomes for assumption in scenario.assumptions),
    }


def changed_answers(published: Published, scenario: Scenario) -> pa.Table:
    """Return the answers that a scenario changes, as rows of `whatif_answers`; there may be very many."""
    # These answers are the same whatever the counting rule.
    return ask.ask(published, "whatif_answers", {**assumed(scenario), "counting": ""})


def real(view: View) -> Published:
    """Return the published data, whatever pages show: the basis of scenarios, and what they are compared with."""
    # During a tour, the publication it began with.
    published = None if view.state.tour else restricted_copy.current(session.person())
    if published is None:
        return view.published
    return in_language(masking.shown(published, view.words, view.query()), view.words.language)


@dataclass(frozen=True)
class ShownVersion:
    """What a page reads, which of the four that is, and what waits."""

    published: Published
    source: ViewSource
    in_force: Published
    """The baseline for the others: the published data, or its masked copy."""
    trial: Published | None = None
    """The previewed publication, present even while the session shows the published data."""
    scenario: ShownScenario | None = None
    """The session's scenario, present even while the session shows the published data."""

    @property
    def known(self) -> Known:
        """The codes that a view of it may hold."""
        return known_codes(self.published)


def leads(query: dict[str, str], known: Known) -> bool:
    """Whether a page with this query will be a step of an existing tour."""
    return shown_next("tour", query) in known.of("tour", "")


def what_is_shown(real: Published, query: dict[str, str], words: Words) -> tuple[ShownVersion, dict[str, str]]:
    """Return what the page about to be drawn reads, and its query with aliases while names are hidden.

    `real` is the current publication, or the one the running tour began with.
    """
    in_force = masking.shown(real, words, query)
    query = masking.told_by_alias(query, words)
    return _first_of(in_force, query, words), query


def _first_of(in_force: Published, query: dict[str, str], words: Words) -> ShownVersion:
    if leads(query, known_codes(in_force)):
        return ShownVersion(in_force, ViewSource.TOUR, in_force)
    tried = imported_files.on_trial(words, date.today())
    if tried is not None:
        tried = masking.shown(tried, words, query)
        if imported_files.shows_trial():
            return ShownVersion(tried, ViewSource.TRIAL, in_force, trial=tried)
        return ShownVersion(in_force, ViewSource.PUBLISHED, in_force, trial=tried)
    scenario = scenario_now(words, in_force, known_codes(in_force), query)
    if scenario is not None and imagines():
        return ShownVersion(scenario.published, ViewSource.SCENARIO, in_force, scenario=scenario)
    return ShownVersion(in_force, ViewSource.PUBLISHED, in_force, scenario=scenario)


@dataclass(frozen=True)
class _Banner:
    """The content of one banner. `key` is the prefix of its button's key; `sides` are what pages can show."""

    key: str
    icon: str
    title: str
    small: str
    moved: str
    switch: Key[str]
    label: str
    sides: Mapping[str, str]
    side: str
    show_side: Callable[[str], None]
    end_label: str
    end: Callable[[], None]


def draw_banner(view: View, shown: ShownVersion) -> None:
    """Draw the banner of a preview or a scenario, and a line for what waits."""
    given, words = view.parameters(), view.words
    if shown.trial is not None:
        _draw(_of_trial(view, shown.trial, shown.in_force, given))
    elif shown.scenario is not None:
        _draw(_of_scenario(view, shown.scenario, shown.in_force, given))
    if shown.source is ViewSource.TOUR and imported_files.tried():
        st.caption(f":material/experiment: {words('trial.waits', names=_names(words))}")
    if shown.scenario is None and view.state.imagined and (shown.trial is not None or shown.source is ViewSource.TOUR):
        st.caption(f":material/cloud: {words('whatif.waits')}")


def _of_trial(view: View, tried: Published, in_force: Published, given: Mapping[str, Value]) -> _Banner:
    words, names, number = view.words, _names(view.words), tried.revision.number
    return _Banner(
        "trial",
        ":material/experiment:",
        words("trial.on"),
        f"{words('trial.file', names=names)} {words('trial.step', number=number)}",
        _moved(view, in_force, tried, given) or words("trial.same"),
        TRIAL_SWITCH,
        words("trial.switch"),
        {side: words(f"trial.side_{side}") for side in imported_files.SIDES},
        imported_files.SIDES[0] if imported_files.shows_trial() else imported_files.SIDES[1],
        imported_files.show_side,
        words("trial.end"),
        imported_files.end,
    )


def _of_scenario(view: View, imagined: ShownScenario, in_force: Published, given: Mapping[str, Value]) -> _Banner:
    words = view.words
    name = escape(imagined.scenario.name) or words("whatif.unnamed")
    moved = _moved(view, in_force, imagined.published, given) or words("whatif.same")
    return _Banner(
        "whatif",
        ":material/cloud:",
        words("whatif.on" if imagines() else "whatif.on_real", name=name),
        words.count("whatif.assumes", imagined.n_changed, round=escape(imagined.scenario.round)),
        words("whatif.changes_nothing") if imagined.published is in_force else moved,
        WHATIF_SWITCH,
        words("whatif.switch"),
        {side: words(f"whatif.side_{side}") for side in session_scenarios.SIDES},
        session_scenarios.SIDES[0] if imagines() else session_scenarios.SIDES[1],
        session_scenarios.show_side,
        words("whatif.end"),
        session_scenarios.end,
    )


def _moved(view: View, was: Published, now: Published, given: Mapping[str, Value]) -> str:
    """Return the current figures that differ in another publication; empty if none do."""
    return "" if was is now else difference(view, figures_in(was, given), figures_in(now, given))


def _draw(banner: _Banner) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{banner.icon} **{banner.title}** :small[{banner.small}]", width="stretch")
            banner.switch.set(banner.side)
            st.radio(
                banner.label,
                list(banner.sides),
                key=banner.switch.name,
                horizontal=True,
                label_visibility="collapsed",
                format_func=lambda side: banner.sides.get(side, side),
                on_change=lambda: banner.show_side(banner.switch.now()),
                width="content",
            )
            st.button(banner.end_label, key=f"{banner.key}_end", icon=":material/close:", on_click=banner.end)
        st.markdown(banner.moved)


def _names(words: Words) -> str:
    """Return the names of the previewed files, unless names are hidden."""
    return (
        words("safe.a_file") if masking.is_on() else words.listed(escape(file.name) for file in imported_files.tried())
    )
