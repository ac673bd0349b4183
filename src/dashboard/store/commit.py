"""How does a change come into force? Its publication is moved into place, then its move, then the pointer.

See docs/decisions/0007-publications.md.
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from dashboard.model.happened import happened
from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import sync_folder, write_atomically, write_synced
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    following,
    pointer_text,
    points_at,
    publication_path,
    revision_path,
    revision_text,
)
from dashboard.store.locking import DRAFT, Outcome
from dashboard.store.permission import Writer
from dashboard.store.shown_names import note_name

_trouble: dict[Path, Problem] = {}
"""By store: what the disk reported when this process last made a change, until a change succeeds without trouble."""


def disk_trouble(store: Path) -> Problem | None:
    """What everybody should know about the disk of a store; None if the last change is safe on it."""
    return _trouble.get(store)


def commit(
    store: Path,
    revision: Revision,
    writer: Writer,
    target: Path | None = None,
    after: int | None = None,
    earlier: Sequence[tuple[Revision, Writer]] = (),
) -> Outcome:
    """Make a move the next one in the history, with the new, synced publication at `target` if it has one.

    Records who wants it and when, and that it follows the move in force, or the move `after` if the pointer cannot be
    read. `earlier` are moves with the same publication that come into force with it, in order. The caller holds the
    lock. Raises OSError or StoreError if nothing has changed; then nothing of it is left behind.
    """
    before = current_number(store) if after is None else after
    moves, at = list[Revision](), now()
    for move, its in (*earlier, (revision, writer)):
        made = replace(move, role=its.role, subject=its.subject, why=its.why, at=at)
        moves.append(following(store, made, moves[-1] if moves else before))
    revision = moves[-1]
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    try:
        write_synced(folder / DRAFT, revision_text(revision))
        if target is not None:
            _put_in_place(target, publication_path(store, revision.publication))
        for move in moves[:-1]:
            write_synced(revision_path(store, move.number), revision_text(move))
        problems = _record(store, revision, folder / DRAFT)
    except OSError:
        # Nobody else can have put anything under these numbers in the meantime.
        for move in moves:
            revision_path(store, move.number).unlink(missing_ok=True)
        if target is not None:
            publication_path(store, revision.publication).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for move in moves:
        happened("changed", kind=move.kind)
    # The change stands, whether or not a name can be written.
    for one in (*(its for _, its in earlier), writer):
        if one.person is not None:
            with suppress(OSError):
                note_name(store, one.subject, one.person.name)
    return Outcome(revision, problems)


def _record(store: Path, revision: Revision, draft: Path) -> tuple[Problem, ...]:
    """Put the move, written and synced at `draft`, in its place, and bring it into force. The caller holds the lock.

    If this returns no problem, the move survives a power cut. If it returns one, the move is in force, but the machine
    could not guarantee that it will stay so. Raises OSError if nothing has changed, and StoreError if a move with this
    number already exists.
    """
    path = revision_path(store, revision.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise StoreError(Problem("published_since", str(store), value=str(revision.number), weight=Weight.FILE))
    draft.replace(path)
    sync_folder(path.parent)
    try:
        write_atomically(store / "CURRENT", pointer_text(store, revision.number))
    except OSError as error:
        if not points_at(store, revision.number):
            raise
        reason = error.strerror or type(error).__name__
        _trouble[store] = Problem("not_durable", str(store), value=reason, weight=Weight.NOTE)
        return (_trouble[store],)
    _trouble.pop(store, None)
    return ()


def now() -> str:
    """The time of a change, in UTC and ISO format."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _put_in_place(draft: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(final)
    sync_folder(final.parent)
