"""Brings a change into force: its publication is moved into place, then its move, then the pointer.

See docs/decisions/0012-publications.md. The names of the people who made publications are in a list beside the history,
which holds only their ids: a name can be changed or removed without touching the chain, and a removed one stays away.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.loading.process_limits import readable
from dashboard.model.deployment import happened
from dashboard.model.permissions import Deed, Person, allowed
from dashboard.model.problem import Problem, Weight
from dashboard.store import history
from dashboard.store.disk import making, sync_folder, write_atomically, write_synced
from dashboard.store.locking import DRAFT, Outcome, Writer, locked

RESERVE = 16_000_000
"""How many bytes must stay free: a completely full disk stops everything else on the machine too."""


@dataclass(frozen=True)
class Space:
    """Bytes used by the store and free on its disk, and the number of publications."""

    store: int
    free: int
    publications: int


def space_of(store: Path) -> Space:
    """The space that the store takes. Raises OSError if its disk cannot be queried."""
    files = [path for path in store.rglob("*") if path.is_file()]
    publications = sum(path.suffix == ".duckdb" and path.parent.name == "publications" for path in files)
    return Space(sum(path.stat().st_size for path in files), shutil.disk_usage(store).free, publications)


def require_space(folder: Path, needed: int) -> None:
    """Raise StoreError unless this many bytes can be written in an existing folder while a reserve stays free."""
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE:
        asked, left = readable(needed + RESERVE), readable(free)
        raise history.StoreError(Problem("disk_full", folder.name, value=left, expected=asked, weight=Weight.FILE))


FILE = Path("people") / "names.json"


def shown_names(store: Path) -> Mapping[str, str]:
    """The shown name of each subject; "" if it was removed. A list that cannot be read names nobody."""
    try:
        return listed_names(store)
    except history.StoreError:
        return {}


def listed_names(store: Path) -> Mapping[str, str]:
    """The same, for whoever manages the list. Raises StoreError if it cannot be read."""
    try:
        held = json.loads((store / FILE).read_text("utf-8"))
        return {str(subject): str(name) for subject, name in held.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise history.StoreError(Problem("names_unreadable", str(FILE), weight=Weight.FILE)) from error


def note_name(store: Path, subject: str, name: str) -> None:
    """Remember what somebody is called who has just changed something, unless their name was removed."""
    known = shown_names(store)
    if subject and known.get(subject, name) and known.get(subject) != name:
        set_name(store, subject, name)


def change_name(store: Path, subject: str, name: str, person: Person | None = None) -> tuple[Problem, ...]:
    """Change or remove a shown name while nobody publishes, or say why not.

    Whoever has signed in, `person`, must be one who may grant roles.
    """
    if not allowed(person, Deed.GRANT):
        return (Problem("not_your_role", "store", weight=Weight.FILE),)

    def changed() -> Outcome:
        listed_names(store)
        set_name(store, subject, name)
        return Outcome(None, ())

    return locked(store, changed).problems


def set_name(store: Path, subject: str, name: str) -> None:
    """Change the shown name of a subject; an empty one removes it for good. Raises OSError."""
    held = {**shown_names(store), subject: name}
    write_atomically(store / FILE, json.dumps(dict(sorted(held.items())), ensure_ascii=False, indent=1) + "\n")


_trouble: dict[Path, Problem] = {}
"""By store: what the disk reported when this process last made a change, until a change succeeds without trouble."""


def disk_trouble(store: Path) -> Problem | None:
    """What everybody should know about the disk of a store; None if the last change is safe on it."""
    return _trouble.get(store)


def commit(
    store: Path,
    revision: history.Revision,
    writer: Writer,
    target: Path | None = None,
    after: int | None = None,
    earlier: Sequence[tuple[history.Revision, Writer]] = (),
) -> Outcome:
    """Make a move the next one in the history, with the new, synced publication at `target` if it has one.

    Records who wants it and when, and that it follows the move in force, or the move `after` if the pointer cannot be
    read. `earlier` are moves with the same publication that come into force with it, in order. The caller holds the
    lock. Raises OSError or StoreError if nothing has changed; then nothing of it is left behind.
    """
    before = history.current_number(store) if after is None else after
    moves, at = list[history.Revision](), now()
    for move, its in (*earlier, (revision, writer)):
        made = replace(move, role=its.role, subject=its.subject, why=its.why, at=at)
        moves.append(history.following(store, made, moves[-1] if moves else before))
    revision = moves[-1]
    with making(store) as folder:
        try:
            write_synced(folder / DRAFT, history.revision_text(revision))
            if target is not None:
                _put_in_place(target, history.publication_path(store, revision.publication))
            for move in moves[:-1]:
                write_synced(history.revision_path(store, move.number), history.revision_text(move))
            problems = _record(store, revision, folder / DRAFT)
        except OSError:
            # Nobody else can have put anything under these numbers in the meantime.
            for move in moves:
                history.revision_path(store, move.number).unlink(missing_ok=True)
            if target is not None:
                history.publication_path(store, revision.publication).unlink(missing_ok=True)
            raise
    for move in moves:
        happened("changed", kind=move.kind)
    # The change stands, whether or not a name can be written.
    for one in (*(its for _, its in earlier), writer):
        if one.person is not None:
            with suppress(OSError):
                note_name(store, one.subject, one.person.name)
    return Outcome(revision, problems)


def _record(store: Path, revision: history.Revision, draft: Path) -> tuple[Problem, ...]:
    """Put the move, written and synced at `draft`, in its place, and bring it into force. The caller holds the lock.

    If this returns no problem, the move survives a power cut. If it returns one, the move is in force, but the machine
    could not guarantee that it will stay so. Raises OSError if nothing has changed, and StoreError if a move with this
    number already exists.
    """
    path = history.revision_path(store, revision.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise history.StoreError(Problem("published_since", str(store), value=str(revision.number), weight=Weight.FILE))
    draft.replace(path)
    sync_folder(path.parent)
    try:
        write_atomically(store / "CURRENT", history.pointer_text(store, revision.number))
    except OSError as error:
        if not history.points_at(store, revision.number):
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
