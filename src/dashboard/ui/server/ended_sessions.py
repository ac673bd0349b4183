"""When does the memory of a session that is over come back? Once nobody may return to it, whether or not others come.

Streamlit keeps a session for two minutes after its connection closed, with its uploads. It forgets those of which the
time is over only when yet another one ends, so that on a quiet server they would stay.
"""

import asyncio
import gc
from typing import cast

from streamlit.runtime import get_instance
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

EVERY = 30.0
"""Seconds between two looks."""


def forget_ended(storage: MemorySessionStorage) -> int:
    """Forget the sessions to which nobody may return any more; returns how many they were."""
    n_ended = len(storage._cache.expire())  # type: ignore[attr-defined]
    if n_ended:
        # A session and its page refer to each other, and the collector alone would come late.
        gc.collect()
    return n_ended


async def forget_ended_again_and_again() -> None:
    """Do so as long as the server runs, among its connections, which is where sessions end too."""
    manager = cast(WebsocketSessionManager, get_instance()._session_mgr)
    storage = cast(MemorySessionStorage, manager._session_storage)
    while True:
        await asyncio.sleep(EVERY)
        forget_ended(storage)
