"""Asks Streamlit's inside what its public functions do not tell: three names that an upgrade may move.

Each function says what would be lost without it; `tests/ui/test_runtime.py` says what to do when one breaks. What
sign-in needs besides stands in `ui/server/signin/`.
"""

import gc
from collections.abc import Mapping
from typing import Any, Protocol

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx


class Uploaded(Protocol):
    """One file in memory."""

    @property
    def data(self) -> bytes:
        """Its content."""


Files = Mapping[str, Mapping[str, Uploaded]]
"""The uploads held, by session and file."""


def uploads_held() -> Files:
    """Return the files that visitors have uploaded. Without it, nothing but memory would limit uploads."""
    files: Files = get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return files


def holds_session(session: str) -> bool:
    """Return whether this process holds a session. Without it, an upload that a proxy sends elsewhere is lost."""
    return get_instance().is_active_session(session)


def is_offered(file: str) -> bool:
    """Return whether this process still has a file that a page offers. Without it, whose they are is kept for ever."""
    return get_instance().media_file_mgr.read_file(file) is not None


def request_in(sent: bytes) -> BackMsg | None:
    """Return what a browser sent over its connection; None if it is none of Streamlit's messages.

    Without it, whoever knows the id of a button could ask for a file in the name of another session.
    """
    try:
        found: BackMsg = BackMsg.FromString(sent)
    except DecodeError:
        return None
    return found


def session_of(button: str) -> str | None:
    """Return the session to which a file was offered that is made on request; None if there is none with this id.

    Without it, others who know the id could have it made.
    """
    offered = vars(get_instance().media_file_mgr)["_deferred_callables"].get(button)
    return offered["session_id"] if offered else None


def forget_ended_sessions() -> int:
    """Forget sessions to which nobody may return any more; returns how many they were.

    Streamlit keeps a session for two minutes after its connection closed, with its uploads, and forgets it only when
    yet another one ends: without this, uploads would stay in the memory of a quiet server.
    """
    n_ended = len(get_instance()._session_mgr._session_storage._cache.expire())  # type: ignore[attr-defined]
    if n_ended:
        # A session and its page refer to each other, and the collector alone would come late.
        gc.collect()
    return n_ended


def user_of_session() -> Mapping[str, Any]:
    """Return what the server told Streamlit of who is asking; empty outside a run.

    `st.user` tells the same, and looks for a file of secrets each time.
    """
    context = get_script_run_ctx()
    return context.user_info if context else {}


def came_by_history() -> bool:
    """Return whether Back or Forward led here. Without it, Back in a tour goes twice through the same step."""
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))
