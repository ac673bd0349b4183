"""What stands over every page that does not read what is published: what it reads, which figures move, and the way out.

The same banner for a file on trial and for a scenario. What waits, because something else goes before it, is a line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.model.words import Words
from dashboard.queries.ask import Value
from dashboard.store.reading.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import TRIAL_SWITCH, WHATIF_SWITCH, Key
from dashboard.ui.versions import masking, scenario, trial
from dashboard.ui.versions.figures_moved import difference, figures_in
from dashboard.ui.versions.scenario import imagines
from dashboard.ui.versions.scenario_publication import ShownScenario
from dashboard.ui.versions.shown import Shown
from dashboard.ui.view import Source, View


@dataclass(frozen=True)
class _Banner:
    """What one banner says and offers. `group` is its part of the words, `switch` holds which side is chosen."""

    group: str
    switch: Key[str]
    icon: str
    title: str
    small: str
    moved: str
    sides: Sequence[str]
    side: str
    show_side: Callable[[str], None]
    end: Callable[[], None]


def draw_banner(view: View, shown: Shown) -> None:
    """The banner of what is on trial or imagined, and a line for what waits."""
    given = view.parameters()
    if shown.trial is not None:
        _draw(view.words, _of_trial(view.words, shown.trial, shown.in_force, given))
    elif shown.scenario is not None:
        _draw(view.words, _of_scenario(view.words, shown.scenario, shown.in_force, given))
    if shown.source is Source.TOUR and trial.tried():
        _waits(view.words, "trial", ":material/experiment:", names=_names(view.words))
    if shown.scenario is None and view.state.imagined and (shown.trial is not None or shown.source is Source.TOUR):
        _waits(view.words, "whatif", ":material/cloud:")


def _of_trial(words: Words, tried: Published, in_force: Published, given: Mapping[str, Value]) -> _Banner:
    names, number = _names(words), tried.revision.number
    return _Banner(
        "trial",
        TRIAL_SWITCH,
        ":material/experiment:",
        words("trial.on"),
        f"{words('trial.file', names=names)} {words('trial.step', number=number)}",
        _moved(words, "trial", in_force, tried, given),
        trial.SIDES,
        trial.SIDES[0] if trial.shows_trial() else trial.SIDES[1],
        trial.show_side,
        trial.end,
    )


def _of_scenario(words: Words, imagined: ShownScenario, in_force: Published, given: Mapping[str, Value]) -> _Banner:
    name = escape(imagined.scenario.name) or words("whatif.unnamed")
    nothing = imagined.published is in_force
    return _Banner(
        "whatif",
        WHATIF_SWITCH,
        ":material/cloud:",
        words("whatif.on" if imagines() else "whatif.on_real", name=name),
        words.count("whatif.assumes", len(imagined.changed), round=escape(imagined.scenario.round)),
        words("whatif.changes_nothing") if nothing else _moved(words, "whatif", in_force, imagined.published, given),
        scenario.SIDES,
        scenario.SIDES[0] if imagines() else scenario.SIDES[1],
        scenario.show_side,
        scenario.end,
    )


def _moved(words: Words, group: str, was: Published, now: Published, given: Mapping[str, Value]) -> str:
    """The figures of the present choice that are others in another publication."""
    return difference(words, figures_in(was, given), figures_in(now, given)) or words(f"{group}.same")


def _draw(words: Words, banner: _Banner) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{banner.icon} **{banner.title}** :small[{banner.small}]", width="stretch")
            banner.switch.set(banner.side)
            st.radio(
                words(f"{banner.group}.switch"),
                banner.sides,
                key=banner.switch.name,
                horizontal=True,
                label_visibility="collapsed",
                format_func=lambda side: words(f"{banner.group}.side_{side}"),
                on_change=lambda: banner.show_side(banner.switch.now()),
                width="content",
            )
            st.button(
                words(f"{banner.group}.end"), key=f"{banner.group}_end", icon=":material/close:", on_click=banner.end
            )
        st.markdown(banner.moved)


def _waits(words: Words, group: str, icon: str, **places: str) -> None:
    st.caption(f"{icon} {words(f'{group}.waits', **places)}")


def _names(words: Words) -> str:
    """What the files on trial are called, unless names are hidden."""
    return words("safe.a_file") if masking.is_on() else ", ".join(escape(file.name) for file in trial.tried())
