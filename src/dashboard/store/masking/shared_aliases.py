"""Which aliases do all processes of a store use? Drawn once and kept in a file, so that a room sees the same ones."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.model.view.aliases import Aliases
from dashboard.store.durable import write_atomically

FILE = Path("safe") / "aliases.json"
LOCK = Path("safe") / "LOCK"
"""Not that of the store: whoever hides names does not wait for whoever publishes."""
LOCK_SECONDS = 10


def shared_aliases(
    store: Path, own: Aliases, codes: Mapping[str, Iterable[str]], lies_in: Mapping[str, str]
) -> Aliases:
    """The aliases of the store, with those of new codes drawn and kept.

    `own` are those that this process has given out. They go on alone where the store cannot be written to.
    """
    try:
        (store / FILE).parent.mkdir(exist_ok=True)
        with FileLock(store / LOCK, timeout=LOCK_SECONDS):
            found = _read(store)
            grown = (found or own).grown(codes, lies_in)
            if grown != found:
                write_atomically(store / FILE, json.dumps(grown.numbers, indent=1) + "\n")
            return grown
    except (OSError, Timeout):
        return own.grown(codes, lies_in)


def _read(store: Path) -> Aliases | None:
    try:
        held = json.loads((store / FILE).read_text("utf-8"))
        return Aliases({str(kind): {str(code): int(n) for code, n in of.items()} for kind, of in held.items()})
    except (OSError, ValueError, AttributeError, TypeError):
        return None
