"""The switch that hides names: while it is on, every page reads a copy without them."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import RLock, Timer
from weakref import WeakKeyDictionary, WeakValueDictionary

import duckdb
import streamlit as st

from dashboard.loading.sandbox import PrivateFolder
from dashboard.model.masking import FIELDS, IMAGINED, Aliases, unnamed
from dashboard.model.view_state import FIELDS as OF_THE_VIEW
from dashboard.model.view_state import MANY
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.mask import Replacements, codes_to_hide, countries_of, mask, shared_aliases
from dashboard.store.pool import idle_seconds
from dashboard.store.reader import Published
from dashboard.ui.escape import escape
from dashboard.ui.listener import close_listener
from dashboard.ui.session_state import KEYS, SAFE_BEGUN, SAFE_SWITCH, STAYING_WIDGETS, WRITTEN_QUERY
from dashboard.ui.versions.session_scenarios import join_hidden

ON = "safe"
"""The field of the view; once on, only the switch turns it off, whatever a link says."""
STAYS = {key.name: key.stays for key in KEYS}


@dataclass(frozen=True, eq=False)
class MaskedCopy:
    """A masked copy, and its folder."""

    folder: PrivateFolder
    published: Published


class _Keeper:
    """What a process keeps for one store: the aliases that it has given out, and the copies.

    A copy is removed when the last session that shows it has ended.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.aliases = Aliases()
        self.copies: WeakKeyDictionary[Published, WeakValueDictionary[Replacements, MaskedCopy]] = WeakKeyDictionary()


@cache
def _keeper(store: Path) -> _Keeper:
    return _Keeper()


def is_on() -> bool:
    """Whether names are hidden in this session."""
    return st.session_state.get(ON) == "yes"


def shown(published: Published, words: Words, query: dict[str, str]) -> Published:
    """Return the publication pages may read: the original or its masked copy. Without a copy, nothing is shown."""
    from_outside = query != WRITTEN_QUERY.get()
    if not is_on() and not (from_outside and query.get(ON) == "yes"):
        SAFE_BEGUN.pop()
        return published
    _begin()
    try:
        copy = _copy(published, Replacements.in_words(words), words)
    except (OSError, duckdb.Error) as error:
        st.error(words("safe.not_made", value=escape(getattr(error, "strerror", None) or type(error).__name__)))
        st.stop()
    _hold(_keeper(store_folder()).aliases, "hiding")
    return copy


def told_by_alias(query: dict[str, str], words: Words) -> dict[str, str]:
    """Return a link's query with aliases for codes and the switch still on, saying so if it named anybody."""
    if not is_on() or not query or query == WRITTEN_QUERY.get():
        return query
    hidden = _keeper(store_folder()).aliases.hiding(unnamed(query))
    if hidden != query:
        st.info(words("safe.link"))
    return {**hidden, ON: "yes"}


def switch(words: Words) -> None:
    """Draw the switch in the bar of every page."""
    SAFE_SWITCH.set(is_on())
    st.toggle(words("safe.switch"), key=SAFE_SWITCH.name, on_change=_switched, help=words("safe.switch_help"))


def _switched() -> None:
    st.session_state[ON] = "yes" if SAFE_SWITCH.now() else ""
    if not is_on():
        join_hidden(by_code)
        _forget()
        _hold(_keeper(store_folder()).aliases, "telling")


def _begin() -> None:
    """From the first run on, make widgets forget names."""
    st.session_state[ON] = "yes"
    # A question to a room names an operation, and phones have no switch.
    close_listener()
    if not SAFE_BEGUN.is_set():
        if held := st.session_state.get(IMAGINED):
            st.session_state[IMAGINED] = unnamed({IMAGINED: ",".join(held)})[IMAGINED].split(",")
        _forget()
        SAFE_BEGUN.set(True)


def _forget() -> None:
    """Clear widgets that hold codes. Unsaved drafts are kept, and are not shown while names are hidden."""
    for name in forgotten(st.session_state):
        del st.session_state[name]


def forgotten(names: Iterable[object]) -> list[str]:
    """Return the session keys that may hold a name, and are cleared when names are hidden or shown again."""
    return [
        name
        for name in map(str, names)
        if name not in OF_THE_VIEW and not STAYS.get(name, name.startswith(STAYING_WIDGETS))
    ]


def _hold(aliases: Aliases, way: str) -> None:
    """Convert the session's filters to aliases, or back to codes."""
    for name in (*FIELDS, IMAGINED, "back"):
        held = st.session_state.get(name)
        if held:
            text = ",".join(held) if name in MANY else held
            other = getattr(aliases, way)({name: text})[name]
            if other != text:
                st.session_state[name] = other.split(",") if name in MANY else other


def by_code(imagined: Iterable[str]) -> tuple[str, ...]:
    """Return a scenario with aliases replaced by the codes they stand for."""
    return tuple(_keeper(store_folder()).aliases.telling({IMAGINED: ",".join(imagined)})[IMAGINED].split(","))


def take_aliases(aliases: Aliases) -> None:
    """Use aliases that another process has given out, so that a room sees the same ones everywhere."""
    _keeper(store_folder()).aliases = aliases


def aliases_here() -> Aliases:
    """Return the aliases that this process has given out."""
    return _keeper(store_folder()).aliases


def lent(published: Published, query: dict[str, str], words: Words) -> tuple[MaskedCopy, dict[str, str]]:
    """Return the masked copy for a request without a session, and the query with aliases for codes.

    The copy exists as long as the caller holds it. Raises duckdb.Error or OSError if it cannot be made.
    """
    copy = _made(published, Replacements.in_words(words), nullcontext(), _linger)
    return copy, {**_keeper(store_folder()).aliases.hiding(unnamed(query)), ON: "yes"}


def _copy(published: Published, named: Replacements, words: Words) -> Published:
    copy = _made(published, named, st.spinner(words("safe.making")), lambda _: None)
    return _shown_here(str(copy.folder.path), copy).published


def _made(
    published: Published, named: Replacements, waiting: AbstractContextManager[None], hold: Callable[[MaskedCopy], None]
) -> MaskedCopy:
    """Return the copy; if there is none, make it within the context `waiting` and pass it to `hold`."""
    keeper = _keeper(store_folder())
    with keeper.lock:
        copies = keeper.copies.setdefault(published, WeakValueDictionary())
        copy = copies.get(named)
        if copy is None:
            with waiting:
                codes, lies_in = codes_to_hide(published), countries_of(published)
                keeper.aliases = shared_aliases(store_folder(), keeper.aliases, codes, lies_in)
                folder = PrivateFolder()
                copy = MaskedCopy(folder, mask(published, keeper.aliases, named, folder.path / "masked.duckdb"))
                copies[named] = copy
            hold(copy)
        return copy


def _linger(copy: MaskedCopy) -> None:
    """Keep a copy a little longer, because after reloading the browser a new session asks for it."""
    timer = Timer(idle_seconds(), lambda _: None, [copy])
    timer.daemon = True
    timer.start()


# Two entries: the current publication or scenario, and the preview.
@st.cache_resource(scope="session", max_entries=2, on_release=_linger, show_spinner=False)
def _shown_here(folder: str, _copy: MaskedCopy) -> MaskedCopy:
    """Return the copy, kept as long as this session lasts."""
    return _copy
