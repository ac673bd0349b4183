"""How do tests wait: for a coroutine, and for what no event announces, such as what the kernel has open?"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")

LONGEST = 60.0
"""Seconds after which waiting has failed, also on a slow and busy machine."""
BETWEEN = 0.001
"""Seconds between two looks."""


def happens(look: Callable[[], object], longest: float = LONGEST) -> bool:
    """Look again and again until something is true, and return whether that happened within so many seconds.

    Where there is an event, a future or a process to wait for, wait for that instead.
    """
    until = time.monotonic() + longest
    while not look():
        if time.monotonic() > until:
            return False
        time.sleep(BETWEEN)
    return True


def ended(work: Awaitable[Found]) -> Found:
    """Await something to its end in a separate thread: browser tests leave an event loop running in theirs."""

    async def whole() -> Found:
        return await work

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, whole()).result()
