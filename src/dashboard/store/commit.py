"""How does a change come into force? Its publication goes to its place, then its move, and then the pointer moves."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from dashboard.store.history import (
    Move,
    current_number,
    following,
    move_path,
    move_text,
    publication_path,
    record,
    sync_folder,
    write_synced,
)
from dashboard.store.permission import Writer
from dashboard.store.turn import DRAFT, Outcome


def commit(store: Path, move: Move, writer: Writer, target: Path | None = None) -> Outcome:
    """Make a move count as the next of the history, with the new and synced publication at `target` if it has one.

    Who wants it, when, and what it comes after are entered here. The caller holds the lock. Raises OSError or
    StoreError where nothing has changed; then nothing of it is left.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    move = following(store, replace(move, role=writer.role, why=writer.why, at=at), current_number(store))
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    try:
        write_synced(folder / DRAFT, move_text(move))
        if target is not None:
            _put_in_place(target, publication_path(store, move.publication))
        return Outcome(move, record(store, move, folder / DRAFT))
    except OSError:
        # Nobody else can have put anything under this number meanwhile.
        move_path(store, move.number).unlink(missing_ok=True)
        if target is not None:
            publication_path(store, move.publication).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(draft: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(final)
    sync_folder(final.parent)
