"""How does another folder get a copy of a store that can be read there? Whole files, compared, and the pointer last.

The store is only read, and not locked: what it publishes never changes, and its files get their names when they are
whole. The copy is marked, so that nothing else is ever written there. See docs/decisions/0053-replicas.md.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.store.commit import now
from dashboard.store.durable import sync_folder, write_atomically
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    history,
    pointer_text,
    publication_path,
    revision_path,
)
from dashboard.store.keeping.copied import copy_checked, put
from dashboard.store.keeping.replicate_beside import copy_beside
from dashboard.store.keeping.space import require_space
from dashboard.store.location import OWN_WORK, REPLICA, is_replica
from dashboard.store.locking import Outcome, alone
from dashboard.store.publishing.load import silent


@dataclass(frozen=True)
class Replicated(Outcome):
    """A copy whose pointer stands where that of its store stood. Counts publications; `size` is of those copied.

    A serious problem means that something is missing in it: a publication that the store itself has lost.
    """

    copied: int = 0
    size: int = 0
    removed: int = 0
    is_news: bool = False
    """Whether another publication is in force than before."""


class _PrunedError(Exception):
    """A publication has been pruned since the history of its store was read."""


def replicate(store: Path, target: Path, progress: Progress = silent) -> Outcome:
    """Bring the copy of a store in the folder `target` up to date. Returns a Replicated when it is.

    Only what is missing is copied; publications that were pruned are removed. Killed at any moment, the copy shows
    what it showed before, and the next call goes on from there.
    """
    store, target = store.resolve(), target.resolve()
    refused = _refusal(store, target)
    if refused is not None:
        return Outcome(None, (refused,))
    return alone(target, lambda: _replicated(store, target, progress), making=True)


def _refusal(store: Path, target: Path) -> Problem | None:
    if store in (target, *target.parents) or target in store.parents:
        return Problem("replica_inside", str(target), weight=Weight.FILE)
    if is_replica(target) or not target.exists():
        return None
    left = (*OWN_WORK, f".{REPLICA}.draft")
    if not target.is_dir() or not all(any(path.match(one) for one in left) for path in target.iterdir()):
        return Problem("replica_not_empty", str(target), weight=Weight.FILE)
    return None


def _replicated(store: Path, target: Path, progress: Progress) -> Outcome:
    revisions = [*history(store)]
    if not revisions:
        return Outcome(None, (Problem("nothing_to_replicate", str(store), weight=Weight.FILE),))
    if not _is_of(store, revisions, target):
        return Outcome(None, (Problem("replica_of_other", str(target), weight=Weight.FILE),))
    folder = target / f"making-{token_hex(4)}"
    try:
        if not is_replica(target):
            write_atomically(target / REPLICA, "")
        folder.mkdir()
        return _brought_up_to_date(store, target, revisions, folder / "copy", progress)
    except _PrunedError:
        return _replicated(store, target, progress)
    except OSError as error:
        said = error.strerror or type(error).__name__
        return Outcome(None, (Problem("replica_failed", str(target), value=said, weight=Weight.FILE),))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_of(store: Path, revisions: Sequence[Revision], target: Path) -> bool:
    """Whether everything in the copy comes from the history of this store."""
    for revision in revisions:
        held = revision_path(target, revision.number)
        if held.exists() and held.read_bytes() != revision_path(store, revision.number).read_bytes():
            return False
    shown = _shown(target)
    return not shown or shown in {revision.number for revision in revisions}


def _shown(target: Path) -> int:
    """The number of the move in force in a copy; 0 if there is none, or its pointer is damaged and will be replaced."""
    try:
        return current_number(target)
    except StoreError:
        return 0


def _brought_up_to_date(
    store: Path, target: Path, revisions: Sequence[Revision], draft: Path, progress: Progress
) -> Outcome:
    before, in_force = _shown(target), revisions[0]
    removed = {name for revision in revisions for name in revision.removed}
    shown = next((revision.publication for revision in revisions if revision.number == before), "")
    # Before anything is copied, so that pruning a store makes room for its next publication on the copy's disk too.
    n_removed = _remove(target, removed - {shown})
    wanted = {one.publication: one for one in reversed(revisions) if one.publication not in removed}
    missing = {name: one for name, one in wanted.items() if not _is_held(target, one)}
    require_space(target, sum(one.size for one in missing.values()))
    copy_beside(store, target, draft)
    problems, copied = list[Problem](), list[Revision]()
    for n, (name, revision) in enumerate(missing.items()):
        progress(n / len(missing), "save")
        damaged = _copy(store, target, revision, draft)
        if damaged is None:
            copied.append(revision)
        elif name == in_force.publication:
            return Outcome(None, (damaged,))
        else:
            problems.append(damaged)
    _copy_moves(store, target, revisions, draft)
    if before != in_force.number:
        write_atomically(target / "CURRENT", pointer_text(target, in_force.number))
    n_removed += _remove(target, removed)
    write_atomically(target / REPLICA, f"{now()}\n")
    progress(1.0, "done")
    size = sum(one.size for one in copied)
    return Replicated(in_force, tuple(problems), len(copied), size, n_removed, before != in_force.number)


def _is_held(target: Path, revision: Revision) -> bool:
    """Whether the copy has a publication: what is under its name was compared before it got the name."""
    path = publication_path(target, revision.publication)
    return path.exists() and path.stat().st_size == revision.size


def _copy(store: Path, target: Path, revision: Revision, draft: Path) -> Problem | None:
    """Copy a publication. Returns a Problem if the store itself has it no longer as it was published."""
    path, final = (publication_path(place, revision.publication) for place in (store, target))
    number = str(revision.number)
    try:
        found = copy_checked(path, draft)
    except FileNotFoundError:
        if path.exists():
            raise
        if any(revision.publication in one.removed for one in history(store)):
            raise _PrunedError from None
        return Problem("publication_gone", str(path), value=number, weight=Weight.FILE)
    if draft.stat().st_size != revision.size or found != (revision.sha256 or found):
        return Problem("publication_altered", str(path), value=number, weight=Weight.FILE)
    final.parent.mkdir(exist_ok=True)
    draft.replace(final)
    sync_folder(final.parent)
    return None


def _copy_moves(store: Path, target: Path, revisions: Sequence[Revision], draft: Path) -> None:
    for revision in reversed(revisions):
        final = revision_path(target, revision.number)
        if not final.exists():
            put(revision_path(store, revision.number), final, draft)


def _remove(target: Path, publications: set[str]) -> int:
    """Remove publications that the store has pruned, and return how many there were."""
    paths = [path for name in sorted(publications) if (path := publication_path(target, name)).exists()]
    for path in paths:
        path.unlink()
    return len(paths)
