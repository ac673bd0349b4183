"""What appears above a page that does not show the published data? What it shows, which figures change, the way out.

Previews and scenarios share the banner. One that waits because another takes precedence is a single line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.model.words import Words
from dashboard.queries.ask import Value
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.session_key import Key
from dashboard.ui.session_keys import TRIAL_SWITCH, WHATIF_SWITCH
from dashboard.ui.versions import masking, scenario, trial
from dashboard.ui.versions.figures_moved import difference, figures_in
from dashboard.ui.versions.scenario import imagines
from dashboard.ui.versions.shown import Shown
from dashboard.ui.versions.shown_scenario import ShownScenario
from dashboard.ui.view import Source, View


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


def draw_banner(view: View, shown: Shown) -> None:
    """Draw the banner of a preview or a scenario, and a line for what waits."""
    given, words = view.parameters(), view.words
    if shown.trial is not None:
        _draw(_of_trial(view, shown.trial, shown.in_force, given))
    elif shown.scenario is not None:
        _draw(_of_scenario(view, shown.scenario, shown.in_force, given))
    if shown.source is Source.TOUR and trial.tried():
        st.caption(f":material/experiment: {words('trial.waits', names=_names(words))}")
    if shown.scenario is None and view.state.imagined and (shown.trial is not None or shown.source is Source.TOUR):
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
        {side: words(f"trial.side_{side}") for side in trial.SIDES},
        trial.SIDES[0] if trial.shows_trial() else trial.SIDES[1],
        trial.show_side,
        words("trial.end"),
        trial.end,
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
        {side: words(f"whatif.side_{side}") for side in scenario.SIDES},
        scenario.SIDES[0] if imagines() else scenario.SIDES[1],
        scenario.show_side,
        words("whatif.end"),
        scenario.end,
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
    return words("safe.a_file") if masking.is_on() else words.listed(escape(file.name) for file in trial.tried())
