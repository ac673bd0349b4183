"""How is a vote counted? Whoever comes first writes down all that wait by then, and the disk is synced once for them.
Ballots on paper are counted by hand, one number for each choice.

So a room of phones that vote at once waits for the disk a few times and not once a phone, and each of them hears that
its vote counts after the sync that covers it.
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
    """A vote on its way, and what became of it: nothing yet, COUNTED, or the word that says why it does not count."""

    store: Path
    number: int
    parameters: Vote
    became: str = ""


@dataclass
class _Waiting:
    """Votes that no thread has taken to write them down, in the order in which they came."""

    lock: Lock = field(default_factory=Lock)
    casts: list[_Cast] = field(default_factory=list)

    def add(self, cast: _Cast) -> None:
        with self.lock:
            self.casts.append(cast)

    def take(self, store: Path) -> list[_Cast]:
        """All that wait to be written into this store; from now on the caller answers for them."""
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
        # Unless another thread has written it along with its own, while this one waited for its turn.
        if not cast.became:
            _write_all(store)
    if cast.became != COUNTED:
        raise RoomError(cast.became)


def count_paper(store: Path, number: int, ballot: int, choice: str, n: int, was: int) -> None:
    """Enter how many ballots on paper took a choice, where whoever enters it has seen that there `was` another number.

    Raises RoomError `over` once the vote was shown or another one began, `meanwhile` where somebody else has entered
    another number by now, `no_choice` for what cannot be counted.
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
    """Write down every vote that waits by the time the lock is held. The caller holds `turn`."""
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
        # Those that came meanwhile would only wait as long again.
        group += _waiting.take(store)
    finally:
        for cast in group:
            cast.became = cast.became or "not_kept"


def _refusal(now: Standing | None, cast: _Cast) -> str:
    """Why a vote does not count; nothing when it does."""
    given = cast.parameters
    if now is None or (now.number, now.ballot) != (cast.number, given.ballot) or now.revealed:
        return "over"
    return "" if given.choice in now.question.choices else "no_choice"


def _line(given: Vote) -> dict[str, object]:
    return {"vote": [given.ballot, given.device, given.choice, given.group]}
