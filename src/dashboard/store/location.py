"""Where is the store? In the folder `.dashboard` of the project, or where DASHBOARD_STORE says."""

import os
from pathlib import Path

DEFAULT = Path(".dashboard")
OWN_WORK = ("LOCK", "making-*")
"""What a writer leaves in a store before anything is published."""


def store_folder() -> Path:
    """The folder of publications; it need not exist yet."""
    return Path(os.environ.get("DASHBOARD_STORE", DEFAULT))


def is_named() -> bool:
    """Whether the location of the store was configured."""
    return "DASHBOARD_STORE" in os.environ


def may_be_filled(store: Path) -> bool:
    """Whether the sample may be published into this store: its location is the default one, and it is empty.

    A store whose location was configured belongs to somebody: what is missing may be on its way back from a backup.
    """
    if is_named():
        return False
    try:
        return all(any(path.match(own) for own in OWN_WORK) for path in store.iterdir())
    except FileNotFoundError:
        return True
