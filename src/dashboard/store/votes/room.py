"""Where are the votes of a room stored? In a folder beside the publications, so that nothing acknowledged is lost.

A question is a folder with a log. When closed, it becomes one record; the log, which knows what each device said, is
deleted.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import choice, token_hex
from threading import Lock

from filelock import FileLock

from dashboard.model.present.vote import CODE, FIRST, LETTERS, SECOND, Question, Record, Standing
from dashboard.store.durable import sync_folder, write_atomically
from dashboard.store.location import is_replica
from dashboard.store.votes.room_log import LOG, append, forget, read
from dashboard.store.votes.room_text import now_text, question_text, record_in, record_text

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


def standing(store: Path) -> Standing | None:
    """The open question, with everything that was said; None if there is none."""
    if not is_asking(store):
        forget()
        return None
    return read(_folders(store)[-1])


def records(store: Path) -> tuple[Record, ...]:
    """Every closed question, latest first."""
    files = [folder / RECORD for folder in reversed(_folders(store))]
    return tuple(record_in(int(path.parent.name), path.read_text("utf-8")) for path in files if path.exists())


def last_record(store: Path) -> Record | None:
    """The question that was closed last, unless another one has been asked since."""
    folders = _folders(store)
    if not folders or not (folders[-1] / RECORD).exists():
        return None
    return record_in(int(folders[-1].name), (folders[-1] / RECORD).read_text("utf-8"))


def ask(store: Path, question: Question, instead_of: int = 0, decided: str = "") -> Standing:
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
    return Standing(number, question)


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


def close(store: Path, number: int, decided: str) -> Record:
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


def _end(store: Path, now: Standing, decided: str) -> None:
    if now.has_votes():
        _record(store, now, decided)
    else:
        _remove(store, now.number)


def _record(store: Path, now: Standing, decided: str) -> Record:
    ballots = tuple(now.counted(ballot) for ballot in range(FIRST, now.ballot + 1))
    record = Record(now.number, now.question, ballots, now.n_changed(), decided, now_text())
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


def at(store: Path, number: int) -> Standing:
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
