"""Where do the votes of a room lie? In a folder beside the publications, so that nothing acknowledged is ever lost.

A question is a folder with a log. Closed, it becomes one record; the log, which knows what each device said, is gone.
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
from dashboard.store.votes.room_log import LOG, append, forget, read
from dashboard.store.votes.room_text import now_text, question_text, record_in, record_text

LOCK_SECONDS = 10
LOOKS_AGAIN = 0.005
"""Seconds after which the lock of another process is looked at again."""
RECORD, LAST = "record.json", "LAST"
turn = Lock()
"""Held by the one thread of this process that may write: its threads need not look for the file of the lock."""


class RoomError(Exception):
    """What was wished cannot be done any more; the word says why."""


def code_of(store: Path) -> str:
    """The six letters by which people join; made when there are none yet."""
    try:
        code = _code_file(store).read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        code = ""
    return code if CODE.fullmatch(code) else renew_code(store)


def renew_code(store: Path) -> str:
    """Another code, for the next group: who has joined by the former one is asked to join again."""
    code = "".join(choice(LETTERS) for _ in range(6))
    write_atomically(_code_file(store), f"{code}\n")
    return code


def is_asking(store: Path) -> bool:
    """Whether there is a question that is not closed."""
    folders = _folders(store)
    return bool(folders) and not (folders[-1] / RECORD).exists()


def standing(store: Path) -> Standing | None:
    """The question that is not closed, with all that was said; None when there is none."""
    if not is_asking(store):
        forget()
        return None
    return read(_folders(store)[-1])


def records(store: Path) -> tuple[Record, ...]:
    """Every question that is closed, the latest first."""
    files = [folder / RECORD for folder in reversed(_folders(store))]
    return tuple(record_in(int(path.parent.name), path.read_text("utf-8")) for path in files if path.exists())


def last_record(store: Path) -> Record | None:
    """The question that was closed last, unless another one is asked by now."""
    folders = _folders(store)
    if not folders or not (folders[-1] / RECORD).exists():
        return None
    return record_in(int(folders[-1].name), (folders[-1] / RECORD).read_text("utf-8"))


def ask(store: Path, question: Question, instead_of: int = 0, decided: str = "") -> Standing:
    """Open a question. Raises RoomError `asked` while another one stands, but for the one it is asked `instead_of`.

    That one is closed with what was `decided`, or taken back where nobody has voted.
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
        # In one piece: nobody ever finds a question without its words.
        draft.rename(_room(store) / f"{number:06}")
        sync_folder(_room(store))
    return Standing(number, question)


def reveal(store: Path, number: int) -> None:
    """Show what was said. It ends the vote: nobody votes after having seen what the others said."""
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
    """Make the record, for good, and forget what each device said. Raises RoomError `over` when it is closed."""
    with locked(store):
        return _record(store, at(store, number), decided)


def withdraw(store: Path, number: int) -> None:
    """Take back a question that was asked by mistake. Raises RoomError `over` once something of it was shown."""
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
    """Nobody else writes meanwhile, in this process or another. Raises RoomError `not_kept` when it cannot be done."""
    with turn, file_lock(store):
        yield


@contextmanager
def file_lock(store: Path) -> Iterator[None]:
    """No other process writes meanwhile; whoever asks for this holds `turn`. Raises RoomError `not_kept`."""
    try:
        _room(store).mkdir(parents=True, exist_ok=True)
        with FileLock(_room(store) / "LOCK", timeout=LOCK_SECONDS, poll_interval=LOOKS_AGAIN):
            yield
    except OSError as error:
        # A full disk, or another process that does not let go: nothing was acknowledged.
        raise RoomError("not_kept") from error


def at(store: Path, number: int) -> Standing:
    """A question that stands. Raises RoomError `over` when it does not any more."""
    now = standing(store)
    if now is None or now.number != number:
        raise RoomError("over")
    return now


def _next_number(store: Path) -> int:
    """A number that no question has had, not even one that was taken back: a phone may still show that one."""
    folders, last = _folders(store), _room(store) / LAST
    given = int(last.read_text("ascii")) if last.exists() else 0
    number = max(given, int(folders[-1].name) if folders else 0) + 1
    write_atomically(last, f"{number}\n")
    return number


def _sweep(store: Path, folders: list[Path]) -> None:
    """Remove what was left behind where a process was killed: a question in the making, and what devices said."""
    for left in _room(store).glob("making-*"):
        shutil.rmtree(left, ignore_errors=True)
    for folder in folders[-1:]:
        (folder / LOG).unlink(missing_ok=True)


def question_folder(store: Path, number: int) -> Path:
    """Where a question lies."""
    return _room(store) / f"{number:06}"


def _folders(store: Path) -> list[Path]:
    return sorted(_room(store).glob("[0-9]*"))


def _room(store: Path) -> Path:
    return store / "room"


def _code_file(store: Path) -> Path:
    return _room(store) / "CODE"
