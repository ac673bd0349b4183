"""Does a session go, with what it holds, once nobody may return to it, although no other one ends?"""

from types import SimpleNamespace
from typing import cast
from weakref import ref

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo

from dashboard.ui import runtime


class Session:
    """A session that refers to its page, which refers to it."""

    id = "one"

    def __init__(self) -> None:
        self.page = SimpleNamespace(session=self)


def held_in(storage: MemorySessionStorage) -> "ref[Session]":
    session = Session()
    storage.save(cast(SessionInfo, SimpleNamespace(session=session)))
    return ref(session)


def test_a_session_to_which_nobody_may_return_goes_and_another_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    over, open_ = MemorySessionStorage(ttl_seconds=0), MemorySessionStorage(ttl_seconds=3600)
    gone, stays = held_in(over), held_in(open_)
    assert over.get("one") is None
    assert gone() is not None, "Streamlit alone keeps it until another one ends"
    forgotten = []
    for storage in (over, open_):
        manager = SimpleNamespace(_session_mgr=SimpleNamespace(_session_storage=storage))
        monkeypatch.setattr(runtime, "get_instance", lambda manager=manager: manager)
        forgotten.append(runtime.forget_ended_sessions())
    assert forgotten == [1, 0]
    assert gone() is None
    assert stays() is not None
