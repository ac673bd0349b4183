"""How do tests wait for what no event announces: the state of a library's thread, or what the kernel has open?"""

import time
from collections.abc import Callable

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
