"""Is the history whole? Every move against the chain, and every publication against the SHA-256 its move gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.problem import Problem, Weight
from dashboard.store.history import (
    Move,
    StoreError,
    current_number,
    history,
    is_linked,
    move_numbers,
    move_path,
    publication_path,
    read_move,
    sha256_of,
)
from dashboard.store.publishing.publish import verify


@dataclass(frozen=True)
class Verified:
    """What was found: every move of the history that could be read, the latest first, and what stands against it.

    A problem of weight FILE is damage; a NOTE is something that cannot be explained, and harms nothing in force.
    `removed` are publications that are gone on purpose.
    """

    moves: tuple[Move, ...]
    problems: tuple[Problem, ...]
    removed: tuple[str, ...] = ()

    @property
    def not_chained(self) -> int:
        """How many moves an earlier version of the program made, which nothing proves unchanged."""
        return sum(not move.is_chained for move in self.moves)


def verify_history(store: Path) -> Verified:
    """Read the whole store; nothing is changed. Raises OSError where the machine cannot read."""
    moves, problems = _readable(store)
    for move in moves:
        # A move that is missing is told as such, or as lost by the repair that came after it.
        before = move_path(store, move.after)
        if move.is_chained and (before.exists() or not move.after) and not is_linked(store, move):
            problems.append(_damage("move_altered", before, move.after))
    removed = {publication for move in moves for publication in move.removed}
    gone = []
    for publication, move in _of_publications(moves).items():
        path = publication_path(store, publication)
        if path.exists():
            problems += _publication(path, move)
        elif publication in removed:
            gone.append(publication)
        else:
            problems.append(_damage("publication_gone", path, move.number))
    return Verified(tuple(moves), (*problems, *unexplained(store, moves)), tuple(gone))


def _readable(store: Path) -> tuple[list[Move], list[Problem]]:
    """The history as far as it can be read: past a gap it goes on with the next lower move."""
    try:
        return list(history(store)), []
    except StoreError as error:
        problems = [error.problem]
    try:
        number = current_number(store)
    except StoreError:
        number = max(move_numbers(store), default=0)
    moves, lost = [], set[int]()
    while number > 0:
        try:
            move = read_move(store, number)
            moves.append(move)
            lost.update(move.lost)
            number = move.after
        except StoreError:
            if number not in lost and problems[0].file != str(move_path(store, number)):
                problems.append(_damage("move_missing", move_path(store, number), number))
            number -= 1
    return moves, problems


def _of_publications(moves: Iterable[Move]) -> dict[str, Move]:
    """The move that first named each publication."""
    return {move.publication: move for move in moves}


def _publication(path: Path, move: Move) -> list[Problem]:
    """Whether a publication is what its move says. Without a SHA-256, every value is read back instead."""
    if move.is_chained:
        same = path.stat().st_size == move.size and sha256_of(path) == move.sha256
        return [] if same else [_damage("publication_altered", path, move.number)]
    try:
        verify(path, move.size)
    except StoreError:
        return [_damage("publication_altered", path, move.number)]
    return []


def unexplained(store: Path, moves: Iterable[Move]) -> list[Problem]:
    """Moves that are not part of the history, and publications that no move names."""
    numbers = {move.number for move in moves}
    named = {move.publication for move in moves}
    problems = []
    for number in move_numbers(store):
        if number not in numbers:
            problems.append(_note("move_aside", move_path(store, number), number))
            try:
                named.add(read_move(store, number).publication)
            except StoreError:
                continue
    publications = sorted((store / "publications").glob("*.duckdb"))
    problems += [_note("publication_unexplained", path) for path in publications if path.stem not in named]
    return problems


def _damage(kind: str, path: Path, number: int) -> Problem:
    return Problem(kind, str(path), value=str(number), weight=Weight.FILE)


def _note(kind: str, path: Path, number: int | None = None) -> Problem:
    return Problem(kind, str(path), value=str(number or ""), weight=Weight.NOTE)
