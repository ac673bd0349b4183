"""How is a vote counted? The first thread writes all that are waiting by then, and syncs the disk once for them.

Paper ballots are counted by hand, one number per choice. A room of phones that vote at once waits for the disk a few
times and not once per phone, and each phone is told that its vote counts after the sync that covers it.
"""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from dashboard.model.present.vote import MOST_ON_PAPER, Standing, Vote
from dashboard.store.votes.room import RoomError, at, file_lock, locked, question_folder, standing, turn
from dashboard.store.votes.room_log import append

COUNTED = "counted"


@dataclass(eq=False)
class _Cast:
    """A vote on its way, and its result: empty for none yet, COUNTED, or the word that says why it does not count."""

    store: Path
    number: int
    parameters: Vote
    became: str = ""


@dataclass
class _Waiting:
    """Votes that no thread has taken to write yet, in order of arrival."""

    lock: Lock = field(default_factory=Lock)
    casts: list[_Cast] = field(default_factory=list)

    def add(self, cast: _Cast) -> None:
        with self.lock:
            self.casts.append(cast)

    def take(self, store: Path) -> list[_Cast]:
        """All that are waiting to be written into this store; from now on the caller is responsible for them."""
        with self.lock:
            taken = [cast for cast in self.casts if cast.store == store]
            self.casts = [cast for cast in self.casts if cast.store != store]
        return taken


_waiting = _Waiting()


def vote(store: Path, number: int, given: Vote) -> None:
    """Count a vote. When this returns, it survives a power cut. Raises RoomError `over`, `no_choice` or `not_kept`."""
    cast = _Cast(store, number, given)
    _waiting.add(cast)
    with turn:
        # Another thread may have written it together with its own while this one waited for its turn.
        if not cast.became:
            _write_all(store)
    if cast.became != COUNTED:
        raise RoomError(cast.became)


def count_paper(store: Path, number: int, ballot: int, choice: str, n: int, was: int) -> None:
    """Enter how many paper ballots chose something; `was` is the number last seen by the person who enters it.

    Raises RoomError `over` once the vote was shown or another one began, `meanwhile` if somebody else has since entered
    another number, `no_choice` for what cannot be counted.
    """
    with locked(store):
        now = at(store, number)
        if now.revealed or now.ballot != ballot:
            raise RoomError("over")
        if choice not in now.question.choices or not 0 <= n <= MOST_ON_PAPER:
            raise RoomError("no_choice")
        held = now.on_paper(choice)
        if held not in (was, n):
            raise RoomError("meanwhile")
        if held != n:
            append(question_folder(store, number), [{"paper": [ballot, {choice: n}]}])


def _write_all(store: Path) -> None:
    """Write every vote that is waiting by the time the lock is held. The caller holds `turn`."""
    group: list[_Cast] = []
    try:
        with file_lock(store):
            group += _waiting.take(store)
            now = standing(store)
            refused = {cast: _refusal(now, cast) for cast in group}
            counted = [cast.parameters for cast in group if not refused[cast]]
            if now is not None and counted:
                append(question_folder(store, now.number), [_line(given) for given in counted])
            for cast in group:
                cast.became = refused[cast] or COUNTED
    except RoomError:
        # Votes that arrived in the meantime would otherwise wait just as long again.
        group += _waiting.take(store)
    finally:
        for cast in group:
            cast.became = cast.became or "not_kept"


def _refusal(now: Standing | None, cast: _Cast) -> str:
    """Why a vote does not count; empty if it does."""
    given = cast.parameters
    if now is None or (now.number, now.ballot) != (cast.number, given.ballot) or now.revealed:
        return "over"
    return "" if given.choice in now.question.choices else "no_choice"


def _line(given: Vote) -> dict[str, object]:
    return {"vote": [given.ballot, given.device, given.choice, given.group]}
