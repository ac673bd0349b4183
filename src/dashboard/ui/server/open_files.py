"""How many files and connections may this process have open? Enough for a whole room of phones, if its system allows.

Some systems give a program few unless it asks: macOS 256.
"""

import sys
from contextlib import suppress

WANTED = 4096


def allow_more_files() -> None:
    """Raise the limit of this process as far as needed and allowed."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= WANTED:
        return
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
