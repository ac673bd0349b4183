"""When was a token last used? One small file for each, beside the list, written once a day and never published."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from dashboard.store.durable import write_atomically

FOLDER = Path("people") / "used"


def note_use(store: Path, id_: str, now: float) -> None:
    """Remember the day. A store that cannot be written to stops nobody from reading."""
    today = date.fromtimestamp(now)
    if last_used(store, id_) != today:
        with suppress(OSError):
            write_atomically(store / FOLDER / id_, f"{today}\n")


def last_used(store: Path, id_: str) -> date | None:
    """The day on which a token was last used; None if it never was, or if that cannot be read."""
    try:
        return date.fromisoformat((store / FOLDER / id_).read_text("utf-8").strip())
    except (OSError, ValueError):
        return None


def forget_others(store: Path, ids: Iterable[str]) -> None:
    """Remove the days of all tokens but these."""
    kept = set(ids)
    for file in (store / FOLDER).glob("*"):
        if file.name not in kept:
            with suppress(OSError):
                file.unlink()
