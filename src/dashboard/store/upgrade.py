"""Converts a whole store to the tables of this version: into a new folder, compared before it gets its name.

The old store is only read, under its lock. The new one is made beside its final place until every row has been
compared. See docs/decisions/0012-publications.md.
"""

import ctypes
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
from filelock import FileLock

from dashboard.model.problem import Problem, Progress, Weight
from dashboard.store.disk import BESIDE, sync_folder, write_atomically
from dashboard.store.history import (
    Revision,
    StoreError,
    following,
    has_history,
    history,
    is_linked,
    pointer_text,
    publication_path,
    revision_path,
    revision_text,
    sha256_of,
)
from dashboard.store.locking import LOCK_SECONDS, Outcome, locked, machine_failed
from dashboard.store.migrate import Version, carry, compare, steps_from, versions_in
from dashboard.store.publishing.commit import require_space
from dashboard.store.publishing.load import silent
from dashboard.store.reader import SHAPE, open_publication, shape_of
from dashboard.store.verify import verify

MARKER = "UPGRADE"
"""Marks an unfinished store and names the store it is made from, so that the next upgrade knows what it may remove."""
HERE, EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of `renameat2` in Linux."""


@contextmanager
def in_the_making(store: Path, new: Path) -> Iterator[Path]:
    """A folder beside the place of the new store; removed at the end, and also if a killed upgrade left it behind."""
    folder = new.with_name(f"making-{new.name}")
    marker = folder / MARKER
    if marker.exists() and marker.read_text("utf-8") == str(store):
        shutil.rmtree(folder)
    elif folder.exists() and any(path.name != f".{MARKER}.draft" for path in folder.iterdir()):
        raise StoreError(Problem("upgrade_not_empty", str(folder), weight=Weight.FILE))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        write_atomically(marker, str(store))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy_beside(old: Path, new: Path) -> None:
    """Copy what a store holds besides its history, and wait until it is on disk."""
    for path in sorted(path for name in BESIDE for path in (old / name).rglob("*")):
        unfinished = path.name == "LOCK" or path.name.startswith(".") or "making-" in str(path.relative_to(old))
        if path.is_file() and not unfinished:
            copied = new / path.relative_to(old)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
            sync_file(copied)
            sync_folder(copied.parent)


def sync_file(path: Path) -> None:
    """Wait until a file is on disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def give_name(folder: Path, new: Path) -> None:
    """Finish the new store: without the marker, it counts as complete."""
    (folder / MARKER).unlink()
    if new.exists():
        new.rmdir()
    folder.rename(new)
    sync_folder(new.parent)


def put_in_place(new: Path, store: Path) -> Path:
    """Give the new store the name of the old one; returns where the old one is now. Nothing is deleted.

    Raises OSError if the names could not be changed, for example across two disks.
    """
    aside = _free_name(store)
    if _exchanged(new, store):
        new.rename(aside)
    else:
        store.rename(aside)
        try:
            new.rename(store)
        except OSError:
            aside.rename(store)
            raise
    for folder in {store.parent, new.parent}:
        sync_folder(folder)
    return aside


def finish(new: Path, store: Path) -> None:
    """Finish what an upgrade began that was killed between two changes of names: the old store is aside already."""
    if not store.exists() and _aside(store, 1).exists() and has_history(new):
        new.rename(store)
        for folder in {store.parent, new.parent}:
            sync_folder(folder)


def _aside(store: Path, n: int) -> Path:
    return store.with_name(f"{store.name}.before-upgrade-{n}")


def _free_name(store: Path) -> Path:
    n = 1
    while (free := _aside(store, n)).exists():
        n += 1
    return free


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have swapped names in one step, so that neither name is ever free for anything else."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(HERE, bytes(one), HERE, bytes(other), EXCHANGE) == 0


@dataclass(frozen=True)
class Upgraded(Outcome):
    """The result of an upgrade. `move` is the one in force in the new store, `rows` counts the equal rows by table.

    `shape` is that of the tables that were in force before. `old_store` is where the old store is, if the new one has
    taken its place.
    """

    revisions: int = 0
    publications: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    old_store: Path | None = None
    shape: int = SHAPE


@dataclass(frozen=True)
class OldPublication:
    """An intact publication: the move that first named it, its shape, and the versions of its frameworks."""

    revision: Revision
    shape: int
    versions: list[tuple[str, str]]

    def as_published(self, framework: str, version: str) -> Version:
        """A version as the step that first published it."""
        day = date.fromisoformat(self.revision.at[:10])
        return {"framework": framework, "version": version, "step": self.revision.number, "day": day}


Agreed = Callable[[Path, int], bool]
"""Asked of a converted store and the shape it had before: whether it may take the place of the old one."""


def upgrade(
    store: Path, new: Path, switch: bool = False, progress: Progress = silent, agreed: Agreed = lambda *_: True
) -> Outcome:
    """Convert a store with its whole history to the current tables, in a new folder.

    With `switch`, it takes the place of the old one if `agreed`, which must not wait: others wait for the store.

    Returns an Upgraded when done. A missing or damaged publication stays missing, with a note. If a single row differs,
    nothing of the new store is kept.
    """
    store, new = store.resolve(), new.resolve()
    try:
        if switch:
            finish(new, store)
        refused = _refusal(store, new)
    except OSError as error:
        refused = machine_failed(str(new), error)
    if refused is not None:
        return Outcome(None, (refused,))
    return locked(store, lambda: _upgraded(store, new, progress, agreed if switch else lambda *_: False))


def _refusal(store: Path, new: Path) -> Problem | None:
    if not has_history(store):
        return Problem("nothing_to_upgrade", str(store), weight=Weight.FILE)
    if store in (new, *new.parents):
        return Problem("upgrade_inside", str(new), weight=Weight.FILE)
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
        return Problem("upgrade_not_empty", str(new), weight=Weight.FILE)
    return None


def _upgraded(store: Path, new: Path, progress: Progress, agreed: Agreed) -> Outcome:
    revisions = [*history(store)][::-1]
    with in_the_making(store, new) as folder:
        old, problems = _read_publications(store, revisions, progress)
        rows, unlike = _carry(store, folder, old, progress)
        if unlike:
            return Outcome(None, tuple(unlike))
        shape = next(one.shape for one in old if one.revision.publication == revisions[-1].publication)
        revision = _carry_moves(store, folder, revisions)
        # A vote counted while its log is being copied would stay in the old store.
        with FileLock(store / "room" / "LOCK", timeout=LOCK_SECONDS) if (store / "room").exists() else nullcontext():
            copy_beside(store, folder)
            give_name(folder, new)
            old_store = _switched(new, store, problems) if agreed(new, shape) else None
    return Upgraded(revision, tuple(problems), len(revisions), len(old), rows, old_store, shape)


def _switched(new: Path, store: Path, problems: list[Problem]) -> Path | None:
    try:
        return put_in_place(new, store)
    except OSError as error:
        problems.append(Problem("not_switched", str(new), value=error.strerror, weight=Weight.NOTE))
        return None


def _read_publications(
    store: Path, revisions: list[Revision], progress: Progress
) -> tuple[list[OldPublication], list[Problem]]:
    """Read every publication that a move names before any is converted; a note for each that is not intact.

    Raises StoreError if the one in force is not intact, or one was made by a newer version of the program.
    """
    first = {revision.publication: revision for revision in reversed(revisions)}
    removed = {publication for revision in revisions for publication in revision.removed}
    publications: list[OldPublication] = []
    problems: list[Problem] = []
    for n, revision in enumerate(sorted(first.values(), key=lambda revision: revision.number)):
        progress(0.2 * n / len(first), "read")
        try:
            publications.append(_read_publication(store, revision))
        except StoreError as error:
            if error.problem.kind != "publication_damaged" or revision.publication == revisions[-1].publication:
                raise
            if revision.publication not in removed:
                problems.append(
                    replace(error.problem, kind="left_missing", value=str(revision.number), weight=Weight.NOTE)
                )
    return publications, problems


def _read_publication(store: Path, revision: Revision) -> OldPublication:
    path = publication_path(store, revision.publication)
    try:
        with open_publication(path, revision.size) as connection:
            shape, versions = shape_of(connection), versions_in(connection)
    except duckdb.Error as error:
        raise StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE)) from error
    if shape > SHAPE:
        raise StoreError(Problem("made_by_newer", str(store), weight=Weight.FILE))
    verify(path, revision.size, sha256=revision.sha256)
    return OldPublication(revision, shape, versions)


def _carry(
    store: Path, folder: Path, publications: list[OldPublication], progress: Progress
) -> tuple[Counter[str], list[Problem]]:
    """Convert, read back and compare every publication: how many rows of each table are equal, and what differs."""
    sizes = [one.revision.size for one in publications]
    # While a publication is converted, its copy, its result and DuckDB's temporary data are all on disk.
    require_space(folder, sum(sizes) + 3 * max(sizes))
    (folder / "publications").mkdir()
    published: dict[tuple[str, str], Version] = {}
    rows: Counter[str] = Counter()
    problems: list[Problem] = []
    for n, one in enumerate(publications):
        progress(0.2 + 0.8 * n / len(publications), "save")
        for framework, version in one.versions:
            published.setdefault((framework, version), one.as_published(framework, version))
        old, new = (publication_path(place, one.revision.publication) for place in (store, folder))
        carry(old, new, one.shape, published.values())
        verify(new, new.stat().st_size)
        sync_file(new)
        alike, unlike = compare(old, new, steps_from(one.shape), new.with_suffix(".spill"))
        rows.update(alike)
        problems += unlike
    progress(1.0, "done")
    return rows, problems


def _carry_moves(store: Path, folder: Path, revisions: list[Revision]) -> Revision:
    """Rewrite the whole history, each move chained to the one before, and the pointer last."""
    after = 0
    for revision in revisions:
        altered = revision.is_chained and not is_linked(store, revision)
        path = publication_path(folder, revision.publication)
        if path.exists():
            revision = replace(revision, size=path.stat().st_size, sha256=sha256_of(path))
        # A broken chain stays broken: the new one must not claim that nothing was changed.
        revision = replace(revision, after=after) if altered else following(folder, revision, after)
        write_atomically(revision_path(folder, revision.number), revision_text(revision))
        after = revision.number
    sync_folder(folder / "publications")
    write_atomically(folder / "CURRENT", pointer_text(folder, after))
    return revision
