"""The bar of a running tour: the step, its text for the room, and the ways on, back, out and to a fresh start.

See docs/decisions/0016-view-and-address.md.
"""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.model.pages import TOURS, place_in, place_of
from dashboard.model.tour import LEFT_TO_THE_ROOM, OF_THE_GROUP, OF_THE_TOUR
from dashboard.model.view_state import COLLECTED, FIELDS, from_query, to_query
from dashboard.queries import ask
from dashboard.queries.every_page import TOUR_STEPS
from dashboard.ui.escape import escape
from dashboard.ui.frame import exercise
from dashboard.ui.runtime import came_by_history
from dashboard.ui.session_state import OUTCOME_ALONE, TOUR_AGAIN, TOUR_JUMPS, TOUR_NOTE, TOUR_RESTART, Fate, with_fate
from dashboard.ui.versions import restricted_copy
from dashboard.ui.view import View

KEPT = (*FIELDS, *(key.name for key in with_fate(Fate.OF_THE_RUN, Fate.OF_THE_PRESENTER)))
"""Keys that the next group keeps; the fields of the view have new values by then."""


def asked_to_start_again(view: View) -> bool:
    """Draw the button for the next group, which first says what is lost; once confirmed, it has cleared all of it."""
    words = view.words
    label, icon = words("start_again.label"), ":material/restart_alt:"
    with st.popover(label, icon=icon, type="tertiary", key=TOUR_AGAIN.name, on_change="rerun") as place:
        if not place.open:
            return False
        st.markdown(words("start_again.says"))
        confirmed = st.button(words("start_again.do"), key=TOUR_RESTART.name, type="primary")
    if confirmed:
        _clear()
    return confirmed


def _clear() -> None:
    # A scenario carries over between steps, but not to the next group.
    st.session_state["imagined"] = []
    for key in [key for key in map(str, st.session_state) if key not in KEPT]:
        del st.session_state[key]


KEYS = {"previous": "PageUp", "next": "PageDown", "to_step": "Home", "leave": "Shift+End"}
"""Remote controls for slides send the first two keys."""


@dataclass(frozen=True)
class Stop:
    """One step of the running tour, in the room's language, with texts escaped for Markdown."""

    number: int
    title: str
    text: str
    note: str
    page: str
    query: dict[str, str]
    kept: tuple[str, ...] = LEFT_TO_THE_ROOM
    """Fields of the view that the step leaves unchanged."""


NOTHING_COLLECTED: dict[str, tuple[str, ...]] = dict.fromkeys(COLLECTED, ())
Held = str | tuple[str, ...]


def stops_of(view: View, tour: str) -> list[Stop]:
    """Return the steps of a tour in order; none if it is unknown."""
    # Unescaped: a place is not text to be read.
    found = ask.rows(view.published, TOUR_STEPS, view.parameters(tour=tour))
    kept = (*LEFT_TO_THE_ROOM, *OF_THE_GROUP) if exercise.is_one(view, tour) else LEFT_TO_THE_ROOM
    return [
        Stop(row["step"], escape(row["title"]), escape(row["text"]), escape(row["note"]), *place_in(row["place"]), kept)
        for row in found
    ]


def here(view: View, stops: list[Stop]) -> Stop:
    """Return the tour's current step."""
    return stops[int(view.state.tour_step) - 1]


def draw(view: View) -> None:
    """Draw the bar if a tour is running. The presenter's page has its own version."""
    if not view.state.tour or view.page == "presenter" or OUTCOME_ALONE.get():
        return
    words = view.words
    stops = stops_of(view, view.state.tour)
    stop = here(view, stops)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            counter = words("tour.counter", number=stop.number, of=len(stops))
            st.markdown(f"### :gray[{counter}] {stop.title}", anchors=False, width="stretch")
            _way(view, stops, stop)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"##### {stop.text}", anchors=False, width="stretch")
            if asked_to_start_again(view):
                start_over(view, stops[0])
        if TOUR_NOTE.get():
            st.caption(words("tour.note_says", note=stop.note or words("tour.no_note")))
        if exercise.runs(view) and (chosen := exercise.draw(view)) is not None:
            jump(view, *chosen)
        _frozen(view)


def _way(view: View, stops: list[Stop], stop: Stop) -> None:
    """Draw previous, next, back to the step and leave, and what only the presenter should see."""
    words = view.words
    if not on_step(view, stop) and _button(view, "to_step", icon=":material/undo:"):
        go(view, stop)
    if _button(view, "previous", disabled=stop.number == 1):
        go(view, stops[stop.number - 2])
    is_last = stop.number == len(stops)
    if not is_last and _button(view, "next"):
        go(view, stops[stop.number])
    with st.popover(words("tour.more"), key="tour_menu"):
        st.toggle(words("tour.note"), key=TOUR_NOTE.name)
        st.link_button(words("tour.window"), f"presenter?{_address(view)}", help=words("tour.window_help"))
    if _button(view, "leave", "done" if is_last else "leave"):
        leave(view)


def _button(view: View, name: str, says: str = "", **more: object) -> bool:
    pressed: bool = st.button(view.words(f"tour.{says or name}"), key=f"tour_{name}", shortcut=KEYS[name], **more)  # type: ignore[arg-type]
    return pressed


def _address(view: View) -> str:
    return "&".join(f"{name}={held}" for name, held in view.query().items())


def on_step(view: View, stop: Stop) -> bool:
    """Whether page and view are still those of the step."""
    state, _ = from_query(stop.query, view.known)
    own = replace(state, **{name: getattr(view.state, name) for name in stop.kept})
    return view.page == stop.page and own == view.state


def query_of(view: View, stop: Stop, **of_the_tour: Held) -> dict[str, str]:
    """Return the URL parameters of a step, in the running tour or in a named one."""
    state, wrong = from_query(stop.query, view.known)
    now = {name: getattr(view.state, name) for name in stop.kept}
    running = {**now, "tour_step": str(stop.number), **of_the_tour}
    if wrong:  # The page then reports what is wrong, as for any link.
        return {**stop.query, **{n: held for n, held in to_query(replace(state, **running)).items() if n in running}}
    return to_query(replace(state, **running))


def go(view: View, stop: Stop, **of_the_tour: Held) -> None:
    """Open a step. Ends the run."""
    jump(view, stop.page, query_of(view, stop, **of_the_tour))


def start(view: View, tour: str, **chosen: tuple[str, ...]) -> None:
    """Open the first step of a tour, with what is `chosen`; leaving it leads back to the page that called this."""
    back = place_of(view.page, to_query(replace(view.state, **chosen)), but=OF_THE_TOUR)  # type: ignore[arg-type]
    begun = {"tour": tour, "publication": str(view.published.revision.number), "back": back}
    go(view, stops_of(view, tour)[0], **NOTHING_COLLECTED, **begun, **chosen)


def start_over(view: View, first: Stop) -> None:
    """Go back to the first step as the tour started: nothing collected, and the filters the group had then."""
    before, _ = from_query(place_in(view.state.back)[1], view.known)
    go(view, first, **NOTHING_COLLECTED, **{name: getattr(before, name) for name in OF_THE_GROUP if name in first.kept})


def leave(view: View) -> None:
    """Go back to where the tour was started, or to all tours if it was started by a link. Ends the run."""
    page, query = place_in(view.state.back or TOURS)
    # An address without filters would change nothing, and the tour would continue.
    query = query or {name: held for name, held in view.query().items() if name not in OF_THE_TOUR}
    jump(view, page, {**query, "lang": view.state.lang} if view.state.lang else query)


def jump(view: View, page: str, query: dict[str, str]) -> None:
    """Open a page with other filters. Streamlit first writes the new filters into the address of the old page.

    The browser therefore records one extra entry between the two; what preceded it is kept for `led_from`.
    """
    if page != view.page:
        TOUR_JUMPS.setdefault({})[view.page, frozenset(query.items())] = view.query()
    st.switch_page(f"pages/{page}.py", query_params=query)


def led_from(page: str, query: dict[str, str]) -> dict[str, str]:
    """Return the query of an address. If Back or Forward reached the extra entry, return that of the one before it."""
    if not came_by_history():
        return query
    return TOUR_JUMPS.get({}).get((page, frozenset(query.items())), query)


def _frozen(view: View) -> None:
    """Say if something was published since the tour began: the room still sees the earlier publication."""
    newer = restricted_copy.newer(view.published)
    if newer is not None:
        words = view.words
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words("tour.frozen", number=view.published.revision.number, newer=newer))
            st.button(words("tour.take", number=newer), key="tour_take", on_click=_take, type="tertiary")


def _take() -> None:
    st.session_state["publication"] = ""
