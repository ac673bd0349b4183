"""Stores and counts the votes of a room, in a folder beside the publications, so that nothing acknowledged is lost.

A question is a folder with a log. When closed, it becomes one record; the log, which knows what each device said, is
deleted.

The first thread writes all votes that are waiting by then, and syncs the disk once for them. Paper ballots are counted
by hand, one number per choice. A room of phones that vote at once waits for the disk a few times and not once per
phone, and each phone is told that its vote counts after the sync that covers it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import choice, token_hex
from threading import Lock

from filelock import FileLock

from dashboard.model.vote import (
    CODE,
    FIRST,
    LETTERS,
    MOST_ON_PAPER,
    SECOND,
    OpenQuestion,
    Vote,
    VoteQuestion,
    VoteRecord,
)
from dashboard.store.disk import is_replica, sync_folder, write_atomically
from dashboard.store.vote_log import LOG, append, forget, now_text, question_text, read, record_in, record_text

LOCK_SECONDS = 10
LOOKS_AGAIN = 0.005
"""Seconds between attempts to get the lock from another process."""
RECORD, LAST = "record.json", "LAST"
turn = Lock()
"""Held by the one thread of this process that may write, so that its threads need not compete for the lock file."""


class RoomError(Exception):
    """A request that is no longer possible; the word says why."""


def code_of(store: Path) -> str:
    """The six letters with which people join; made if there are none yet."""
    try:
        code = _code_file(store).read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        code = ""
    return code if CODE.fullmatch(code) else renew_code(store)


def renew_code(store: Path) -> str:
    """A new code for the next group: those who joined with the former one are asked to join again."""
    code = "".join(choice(LETTERS) for _ in range(6))
    write_atomically(_code_file(store), f"{code}\n")
    return code


def is_asking(store: Path) -> bool:
    """Whether a question is open."""
    folders = _folders(store)
    return bool(folders) and not (folders[-1] / RECORD).exists()


def standing(store: Path) -> OpenQuestion | None:
    """The open question, with everything that was said; None if there is none."""
    if not is_asking(store):
        forget()
        return None
    return read(_folders(store)[-1])


def records(store: Path) -> tuple[VoteRecord, ...]:
    """Every closed question, latest first."""
    files = [folder / RECORD for folder in reversed(_folders(store))]
    return tuple(record_in(int(path.parent.name), path.read_text("utf-8")) for path in files if path.exists())


def last_record(store: Path) -> VoteRecord | None:
    """The question that was closed last, unless another one has been asked since."""
    folders = _folders(store)
    if not folders or not (folders[-1] / RECORD).exists():
        return None
    return record_in(int(folders[-1].name), (folders[-1] / RECORD).read_text("utf-8"))


def ask(store: Path, question: VoteQuestion, instead_of: int = 0, decided: str = "") -> OpenQuestion:
    """Open a question. Raises RoomError `asked` while another is open, unless it is asked `instead_of` that one.

    That one is closed with what was `decided`, or withdrawn if nobody has voted.
    """
    with locked(store):
        now = standing(store)
        if now is not None:
            if now.number != instead_of:
                raise RoomError("asked")
            _end(store, now, decided)
        _sweep(store, _folders(store))
        number = _next_number(store)
        draft = _room(store) / f"making-{token_hex(4)}"
        draft.mkdir()
        write_atomically(draft / LOG, f"{question_text(question)}\n")
        # In one step, so that nobody ever finds a question without its text.
        draft.rename(_room(store) / f"{number:06}")
        sync_folder(_room(store))
    return OpenQuestion(number, question)


def reveal(store: Path, number: int) -> None:
    """Show what was said. This ends the vote: nobody votes after having seen what the others said."""
    with locked(store):
        if not at(store, number).revealed:
            append(question_folder(store, number), [{"revealed": True}])


def vote_again(store: Path, number: int) -> None:
    """Begin the second vote. Raises RoomError `over` unless the first one is shown."""
    with locked(store):
        now = at(store, number)
        if now.ballot != FIRST or not now.revealed:
            raise RoomError("over")
        append(question_folder(store, number), [{"ballot": SECOND}])


def close(store: Path, number: int, decided: str) -> VoteRecord:
    """Make the final record, and delete what each device said. Raises RoomError `over` if it is already closed."""
    with locked(store):
        return _record(store, at(store, number), decided)


def withdraw(store: Path, number: int) -> None:
    """Withdraw a question that was asked by mistake. Raises RoomError `over` once something of it was shown."""
    with locked(store):
        now = at(store, number)
        if now.revealed or now.ballot != FIRST:
            raise RoomError("over")
        _remove(store, number)


def _end(store: Path, now: OpenQuestion, decided: str) -> None:
    if now.has_votes():
        _record(store, now, decided)
    else:
        _remove(store, now.number)


def _record(store: Path, now: OpenQuestion, decided: str) -> VoteRecord:
    ballots = tuple(now.counted(ballot) for ballot in range(FIRST, now.ballot + 1))
    record = VoteRecord(now.number, now.question, ballots, now.n_changed(), decided, now_text())
    write_atomically(question_folder(store, now.number) / RECORD, record_text(record))
    (question_folder(store, now.number) / LOG).unlink(missing_ok=True)
    return record


def _remove(store: Path, number: int) -> None:
    removed = question_folder(store, number).rename(_room(store) / f"making-{token_hex(4)}")
    shutil.rmtree(removed, ignore_errors=True)


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Keep this process and others from writing in the meantime. Raises RoomError `not_kept` if that is impossible."""
    with turn, file_lock(store):
        yield


@contextmanager
def file_lock(store: Path) -> Iterator[None]:
    """Keep other processes from writing in the meantime; the caller holds `turn`. Raises RoomError `not_kept`."""
    if is_replica(store):
        raise RoomError("not_kept")
    try:
        _room(store).mkdir(parents=True, exist_ok=True)
        with FileLock(_room(store) / "LOCK", timeout=LOCK_SECONDS, poll_interval=LOOKS_AGAIN):
            yield
    except OSError as error:
        # A full disk, or another process that does not release the lock: nothing was acknowledged.
        raise RoomError("not_kept") from error


def at(store: Path, number: int) -> OpenQuestion:
    """An open question. Raises RoomError `over` if it is no longer open."""
    now = standing(store)
    if now is None or now.number != number:
        raise RoomError("over")
    return now


def _next_number(store: Path) -> int:
    """A number that no question has had, not even a withdrawn one, which a phone may still show."""
    folders, last = _folders(store), _room(store) / LAST
    given = int(last.read_text("ascii")) if last.exists() else 0
    number = max(given, int(folders[-1].name) if folders else 0) + 1
    write_atomically(last, f"{number}\n")
    return number


def _sweep(store: Path, folders: list[Path]) -> None:
    """Remove what a killed process left behind: unfinished questions, and what devices said."""
    for left in _room(store).glob("making-*"):
        shutil.rmtree(left, ignore_errors=True)
    for folder in folders[-1:]:
        (folder / LOG).unlink(missing_ok=True)


def question_folder(store: Path, number: int) -> Path:
    """The folder of a question."""
    return _room(store) / f"{number:06}"


def _folders(store: Path) -> list[Path]:
    return sorted(_room(store).glob("[0-9]*"))


def _room(store: Path) -> Path:
    return store / "room"


def _code_file(store: Path) -> Path:
    return _room(store) / "CODE"


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


def _refusal(now: OpenQuestion | None, cast: _Cast) -> str:
    """Why a vote does not count; empty if it does."""
    given = cast.parameters
    if now is None or (now.number, now.ballot) != (cast.number, given.ballot) or now.revealed:
        return "over"
    return "" if given.choice in now.question.choices else "no_choice"


def _line(given: Vote) -> dict[str, object]:
    return {"vote": [given.ballot, given.device, given.choice, given.group]}
