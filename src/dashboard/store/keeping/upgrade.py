"""How does a whole store get the tables of this version? Into a new folder, compared before it gets its name.

The old store is only read, under its lock. The new one is made beside its final place until every row has been
compared. See docs/decisions/0025-upgrades.md.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
from filelock import FileLock

from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import sync_folder, write_atomically
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
from dashboard.store.intact import verify
from dashboard.store.keeping.carried import Version, carry, steps_from, versions_in
from dashboard.store.keeping.new_store import copy_beside, finish, give_name, in_the_making, put_in_place, sync_file
from dashboard.store.keeping.same_rows import compare
from dashboard.store.keeping.space import require_space
from dashboard.store.locking import LOCK_SECONDS, Outcome, locked, machine_failed
from dashboard.store.publishing.load import silent
from dashboard.store.reading.reader import SHAPE, open_publication, shape_of


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


def upgrade(store: Path, new: Path, switch: bool = False, progress: Progress = silent) -> Outcome:
    """Convert a store with its whole history to the current tables, in a new folder. With `switch`, it takes its place.

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
    return locked(store, lambda: _upgraded(store, new, switch, progress))


def _refusal(store: Path, new: Path) -> Problem | None:
    if not has_history(store):
        return Problem("nothing_to_upgrade", str(store), weight=Weight.FILE)
    if store in (new, *new.parents):
        return Problem("upgrade_inside", str(new), weight=Weight.FILE)
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
        return Problem("upgrade_not_empty", str(new), weight=Weight.FILE)
    return None


def _upgraded(store: Path, new: Path, switch: bool, progress: Progress) -> Outcome:
    revisions = [*history(store)][::-1]
    with in_the_making(store, new) as folder:
        old, problems = _read_publications(store, revisions, progress)
        rows, unlike = _carry(store, folder, old, progress)
        if unlike:
            return Outcome(None, tuple(unlike))
        revision = _carry_moves(store, folder, revisions)
        # A vote counted while its log is being copied would stay in the old store.
        with FileLock(store / "room" / "LOCK", timeout=LOCK_SECONDS) if (store / "room").exists() else nullcontext():
            copy_beside(store, folder)
            give_name(folder, new)
            old_store = _switched(new, store, problems) if switch else None
    shape = next(one.shape for one in old if one.revision.publication == revisions[-1].publication)
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
