"""How does a whole store come into the tables of this version? Into a new folder, and compared before it has a name.

The old store is only read, under its lock. The new one is in the making beside its place until every row was compared.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
from filelock import FileLock

from dashboard.model.problem import Problem, Weight
from dashboard.store.carried import Version, carry, steps_from, versions_in
from dashboard.store.fill import Progress, silent
from dashboard.store.history import (
    Move,
    StoreError,
    following,
    has_history,
    history,
    move_path,
    move_text,
    publication_path,
    sha256_of,
    sync_folder,
    write_whole,
)
from dashboard.store.new_store import copy_beside, give_name, in_the_making, put_in_place, sync_file
from dashboard.store.open import SHAPE, open_whole, shape_of
from dashboard.store.publish import verify
from dashboard.store.same_rows import compare
from dashboard.store.space import require_space
from dashboard.store.turn import LOCK_SECONDS, Outcome, alone


@dataclass(frozen=True)
class Upgraded(Outcome):
    """What an upgrade came to. `move` is the one in force in the new store, `rows` were compared and alike, by table.

    `kept` is where the old store lies, if the new one has taken its place.
    """

    moves: int = 0
    publications: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    kept: Path | None = None


def upgrade(store: Path, new: Path, switch: bool = False, progress: Progress = silent) -> Outcome:
    """Carry a store with its whole history into a new folder, in the present tables. With `switch`, it takes its place.

    Gives an Upgraded when it is done. A publication that is missing or damaged stays missing, and is told. Where a
    single row differs, nothing is kept of the new store.
    """
    store, new = store.resolve(), new.resolve()
    refused = _refusal(store, new)
    if refused is not None:
        return Outcome(None, (refused,))
    return alone(store, lambda: _upgraded(store, new, switch, progress))


def _refusal(store: Path, new: Path) -> Problem | None:
    if not has_history(store):
        return Problem("nothing_to_upgrade", str(store), weight=Weight.FILE)
    if store in (new, *new.parents):
        return Problem("upgrade_inside", str(new), weight=Weight.FILE)
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
        return Problem("upgrade_not_empty", str(new), weight=Weight.FILE)
    return None


def _upgraded(store: Path, new: Path, switch: bool, progress: Progress) -> Outcome:
    moves = [*history(store)][::-1]
    with in_the_making(store, new) as folder:
        problems, rows = _carry_publications(store, folder, moves, progress)
        if any(problem.weight is Weight.FILE for problem in problems):
            return Outcome(None, tuple(problems))
        move = _carry_moves(folder, moves)
        n = len([*(folder / "publications").iterdir()])
        # A vote that is counted while its log is copied would stay in the old store.
        with FileLock(store / "room" / "LOCK", timeout=LOCK_SECONDS) if (store / "room").exists() else nullcontext():
            copy_beside(store, folder)
            give_name(folder, new)
            kept = _switched(new, store, problems) if switch else None
    return Upgraded(move, tuple(problems), len(moves), n, rows, kept)


def _switched(new: Path, store: Path, problems: list[Problem]) -> Path | None:
    try:
        return put_in_place(new, store)
    except OSError as error:
        problems.append(Problem("not_switched", str(new), value=error.strerror, weight=Weight.NOTE))
        return None


def _carry_publications(
    store: Path, folder: Path, moves: list[Move], progress: Progress
) -> tuple[list[Problem], Counter[str]]:
    """Carry every publication that a move names, and compare it; a note for each that is not whole."""
    first: dict[str, Move] = {}
    for move in moves:
        first.setdefault(move.publication, move)
    sizes = [move.size for move in first.values()]
    # Each lies there as it is carried, as it becomes, and in what DuckDB writes beside it.
    require_space(folder, sum(sizes) + 3 * max(sizes))
    published: dict[tuple[str, str], Version] = {}
    problems: list[Problem] = []
    rows: Counter[str] = Counter()
    for n, move in enumerate(first.values()):
        progress(n / len(first), move.publication)
        try:
            shape = _shape(store, move, published)
        except StoreError as error:
            damaged = error.problem.kind == "publication_damaged"
            if not damaged or move.publication == moves[-1].publication:
                raise
            removed = any(move.publication in later.removed for later in moves)
            if not removed:
                problems.append(replace(error.problem, kind="left_missing", value=str(move.number), weight=Weight.NOTE))
            continue
        found, unlike = _carry_one(store, folder, move.publication, shape, [*published.values()])
        rows.update(found)
        problems += unlike
    progress(1.0, "done")
    return problems, rows


def _shape(store: Path, move: Move, published: dict[tuple[str, str], Version]) -> int:
    """The shape of a publication that is whole; its versions are entered where no step before has published them.

    Raises StoreError where it is not whole, or made by a newer version of the program.
    """
    path = publication_path(store, move.publication)
    try:
        with open_whole(path, move.size) as connection:
            shape, versions = shape_of(connection), versions_in(connection)
    except duckdb.Error as error:
        raise StoreError(Problem("publication_damaged", str(path), weight=Weight.FILE)) from error
    if shape > SHAPE:
        raise StoreError(Problem("made_by_newer", str(store), weight=Weight.FILE))
    verify(path, move.size, sha256=move.sha256)
    for framework, version in versions:
        day = date.fromisoformat(move.at[:10])
        said: Version = {"framework": framework, "version": version, "step": move.number, "day": day}
        published.setdefault((framework, version), said)
    return shape


def _carry_one(
    store: Path, folder: Path, publication: str, shape: int, published: list[Version]
) -> tuple[dict[str, int], list[Problem]]:
    """Carry one publication, read it back and compare it."""
    old, new = publication_path(store, publication), publication_path(folder, publication)
    new.parent.mkdir(exist_ok=True)
    carry(old, new, shape, published)
    verify(new, new.stat().st_size)
    sync_file(new)
    return compare(old, new, steps_from(shape), new.with_suffix(".spill"))


def _carry_moves(folder: Path, moves: list[Move]) -> Move:
    """Write the whole history anew, each move chained to the one before, and the pointer last."""
    after = 0
    for move in moves:
        path = publication_path(folder, move.publication)
        if path.exists():
            move = replace(move, size=path.stat().st_size, sha256=sha256_of(path))
        move = following(folder, move, after)
        write_whole(move_path(folder, move.number), move_text(move))
        after = move.number
    sync_folder(folder / "publications")
    write_whole(folder / "CURRENT", f"{after}\n")
    return move
