"""Checks that the history is intact: every move against the chain, every publication against its move's SHA-256.

Publications newer than the one in force are left behind by the next writer. There are some if an older pointer was put
in place, or if a writer was stopped between its move and the pointer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from dashboard.model.problem import Problem, Weight
from dashboard.store import history
from dashboard.store.disk import is_replica
from dashboard.store.reader import open_publication


@dataclass(frozen=True)
class LeftBehind:
    """The numbers above that of the move in force, ascending, and the moves from which a way leads back to it.

    The newest of these comes first.
    """

    numbers: tuple[int, ...]
    leading: tuple[history.Revision, ...]

    def problem(self, store: Path) -> Problem:
        """What a person is told before anything is written over them."""
        back = str(self.leading[0].number) if self.leading else None
        return Problem("out_of_force", str(store), value=self.listed, expected=back, weight=Weight.FILE)

    @property
    def listed(self) -> str:
        return ", ".join(map(str, self.numbers))


def left_behind(store: Path) -> LeftBehind | None:
    """What is newer than the publication in force; None if nothing is, or if no pointer says what is in force.

    The caller holds the lock: the move of a writer at work is newer than the pointer until its last moment.
    """
    try:
        number = history.current_number(store)
    except history.StoreError:
        return None
    numbers = tuple(one for one in history.revision_numbers(store) if one > number) if number else ()
    if not numbers or is_replica(store):
        return None
    found = (_leading(store, one, number) for one in reversed(numbers))
    return LeftBehind(numbers, tuple(move for move in found if move is not None))


def seen_left_behind(store: Path) -> LeftBehind | None:
    """The same for whoever only reads: nothing while a writer is at work."""
    if left_behind(store) is None:
        return None
    try:
        with FileLock(store / "LOCK", timeout=0, is_singleton=False):
            return left_behind(store)
    except Timeout:
        return None
    except OSError:
        # Nobody writes where nothing can be written.
        return left_behind(store)


def _leading(store: Path, number: int, to: int) -> history.Revision | None:
    """The move with a number, if its publication is there and an unbroken way leads back from it to the move `to`."""
    lost, back = set[int](), number
    try:
        first = history.read_revision(store, number)
        if history.publication_path(store, first.publication).stat().st_size != first.size:
            return None
        while back > to:
            step = history.read_revision(store, back)
            if step.is_chained and not history.is_linked(store, step):
                return None
            lost.update(step.lost)
            back = step.after
            while back in lost:
                back -= 1
    except (history.StoreError, OSError):
        return None
    return first if back == to else None


def verify(path: Path, size: int, sha256: str = "", written: frozenset[str] | None = None) -> None:
    """Read every value of a publication of `size` bytes back from disk. Raises StoreError if it is not intact.

    With `sha256`, its bytes must be those that were published. With `written`, only these tables are read: the others
    are a copy of what was read back when it was written.
    """
    damaged = history.StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE))
    try:
        with open_publication(path, size) as connection:
            for (table,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall():
                if written is not None and table not in written:
                    continue
                connection.execute(f'SELECT count(*), bit_xor(hash(t)) FROM "{table}" AS t').fetchone()  # noqa: S608
            asked, answered = connection.execute(
                "SELECT (SELECT count(*) FROM asked JOIN operation USING (profile_no)), (SELECT count(*) FROM answer)"
            ).fetchall()[0]
            # Stores of earlier versions have no short starts.
            counts = connection.execute("SELECT sum(COLUMNS('^n_(asked|started)$')) FROM score").fetchall()[0]
            folded = sum(count or 0 for count in counts)
    except duckdb.Error as error:
        raise damaged from error
    if not asked == answered == folded or (sha256 and history.sha256_of(path) != sha256):
        raise damaged


@dataclass(frozen=True)
class Verified:
    """What was found: every readable move of the history, latest first, and all problems.

    A problem of weight FILE is damage; a NOTE is something that cannot be explained, and harms nothing in force.
    `removed` are publications that were pruned.
    """

    revisions: tuple[history.Revision, ...]
    problems: tuple[Problem, ...]
    removed: tuple[str, ...] = ()

    @property
    def not_chained(self) -> int:
        """How many moves an earlier version of the program made, which nothing proves unchanged."""
        return sum(not revision.is_chained for revision in self.revisions)


def verify_history(store: Path) -> Verified:
    """Read the whole store without changing anything. Raises OSError if the machine cannot read."""
    revisions, problems = _readable(store)
    for revision in revisions:
        # A missing move is reported as such, or as lost by the repair that came after it.
        before = history.revision_path(store, revision.after)
        if revision.is_chained and (before.exists() or not revision.after) and not history.is_linked(store, revision):
            problems.append(_damage("move_altered", before, revision.after))
    removed = {publication for revision in revisions for publication in revision.removed}
    pruned = []
    for publication, revision in _of_publications(revisions).items():
        path = history.publication_path(store, publication)
        if path.exists():
            problems += _publication(path, revision)
        elif publication in removed:
            pruned.append(publication)
        else:
            problems.append(_damage("publication_gone", path, revision.number))
    behind = seen_left_behind(store)
    if behind is not None:
        problems.append(behind.problem(store))
    told = {number for revision in revisions for number in revision.lost}
    told.update(behind.numbers if behind is not None else ())
    return Verified(tuple(revisions), (*problems, *unexplained(store, revisions, told)), tuple(pruned))


def _readable(store: Path) -> tuple[list[history.Revision], list[Problem]]:
    """The history as far as it can be read: past a gap, it continues with the next lower move."""
    try:
        return list(history.history(store)), []
    except history.StoreError as error:
        problems = [error.problem]
    try:
        number = history.current_number(store)
    except history.StoreError:
        number = max(history.revision_numbers(store), default=0)
    revisions, lost = [], set[int]()
    while number > 0:
        try:
            revision = history.read_revision(store, number)
            revisions.append(revision)
            lost.update(revision.lost)
            number = revision.after
        except history.StoreError:
            if number not in lost and problems[0].file != str(history.revision_path(store, number)):
                problems.append(_damage("move_missing", history.revision_path(store, number), number))
            number -= 1
    return revisions, problems


def _of_publications(revisions: Iterable[history.Revision]) -> dict[str, history.Revision]:
    """The move that first named each publication."""
    return {revision.publication: revision for revision in revisions}


def _publication(path: Path, revision: history.Revision) -> list[Problem]:
    """Whether a publication is what its move says. Without a SHA-256, every value is read instead."""
    if revision.is_chained:
        same = path.stat().st_size == revision.size and history.sha256_of(path) == revision.sha256
        return [] if same else [_damage("publication_altered", path, revision.number)]
    try:
        verify(path, revision.size)
    except history.StoreError:
        return [_damage("publication_altered", path, revision.number)]
    return []


def unexplained(store: Path, revisions: Iterable[history.Revision], told: Collection[int] = ()) -> list[Problem]:
    """Moves that are not part of the history and not told of elsewhere, and publications that no move names."""
    numbers = {revision.number for revision in revisions}
    named = {revision.publication for revision in revisions}
    problems = []
    for number in history.revision_numbers(store):
        if number not in numbers:
            if number not in told:
                problems.append(_note("move_aside", history.revision_path(store, number), number))
            try:
                named.add(history.read_revision(store, number).publication)
            except history.StoreError:
                continue
    publications = sorted((store / "publications").glob("*.duckdb"))
    problems += [_note("publication_unexplained", path) for path in publications if path.stem not in named]
    return problems


def _damage(kind: str, path: Path, number: int) -> Problem:
    return Problem(kind, str(path), value=str(number), weight=Weight.FILE)


def _note(kind: str, path: Path, number: int | None = None) -> Problem:
    return Problem(kind, str(path), value=str(number or ""), weight=Weight.NOTE)
