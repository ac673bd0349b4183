"""Keeps what has happened to a question: one line each at the end of its log, on disk before anybody is told.

A process remembers the state of the question and how far it has read, so that next time it reads only what was added. A
truncated line was never acknowledged, and is skipped.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from dashboard.model.vote import OpenQuestion, Vote, VoteQuestion, VoteRecord

_QUESTION, _RECORD = TypeAdapter(VoteQuestion), TypeAdapter(VoteRecord)


def question_text(question: VoteQuestion) -> str:
    """One line, whatever it contains."""
    return json.dumps(asdict(question), ensure_ascii=True)


def question_in(text: str) -> VoteQuestion:
    return _QUESTION.validate_json(text)


def record_text(record: VoteRecord) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, indent=1)


def record_in(number: int, text: str) -> VoteRecord:
    return replace(_RECORD.validate_json(text), number=number)


def now_text() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


LOG = "log.jsonl"
MOST_COMPARED = 256
"""How many bytes before the reader's position are compared: more than the line of a vote, which names its device."""


@dataclass(frozen=True)
class _Read:
    """How far a log was read: which file, up to which byte, the bytes before that, and the state of the question."""

    path: Path
    file: int
    end: int
    before: bytes
    standing: OpenQuestion


@dataclass
class _LastRead:
    """The log that this process read last: only one question is open at a time."""

    lock: Lock
    read: _Read | None = None


_last = _LastRead(Lock())


def append(folder: Path, lines: Sequence[dict[str, Any]]) -> None:
    """Append lines, all of them or none. When this returns, they survive a power cut. The caller holds the lock."""
    # Unbuffered: a buffer would be written on closing the file even though writing had failed.
    with (folder / LOG).open("r+b", buffering=0) as log:
        log.seek(-1, os.SEEK_END)
        # A truncated line must not swallow the first of these.
        gap = b"" if log.read(1) == b"\n" else b"\n"
        end = log.tell()
        try:
            _write(log, gap + b"".join(json.dumps(line).encode("ascii") + b"\n" for line in lines))
            os.fsync(log.fileno())
        except OSError:
            # The sender is told that they were not stored, so none of them may count.
            with suppress(OSError):
                log.truncate(end)
            raise


def read(folder: Path) -> OpenQuestion | None:
    """The state of the question; None if it was closed or withdrawn while reading."""
    with _last.lock:
        try:
            with (folder / LOG).open("rb") as log:
                _last.read = _read_on(_last.read, folder / LOG, log)
        except FileNotFoundError:
            _last.read = None
            return None
        return _last.read.standing


def forget() -> None:
    """Forget what devices said: no question is open."""
    with _last.lock:
        _last.read = None


def _read_on(known: _Read | None, path: Path, log: BinaryIO) -> _Read:
    """What is known about this log plus what was added since; from its beginning if it is not the log we knew."""
    file = os.fstat(log.fileno()).st_ino
    if known is not None and (known.path, known.file) == (path, file):
        log.seek(known.end - len(known.before))
        text = log.read()
        # If the bytes differ, the log was truncated after a failed write, or is another one under the same number.
        if text.startswith(known.before):
            return _with(known, text[len(known.before) :])
        log.seek(0)
    text = log.read()
    first, _, rest = text.partition(b"\n")
    begun = OpenQuestion(int(path.parent.name), question_in(first.decode("ascii", "replace")))
    return _with(_Read(path, file, len(first) + 1, (first + b"\n")[-MOST_COMPARED:], begun), rest)


def _with(known: _Read, text: bytes) -> _Read:
    """Adds the complete lines; the rest, without a line break, is read again later."""
    lines, ended, _ = text.rpartition(b"\n")
    if not ended:
        return known
    now = known.standing
    votes = dict(now.votes)
    for line in lines.decode("ascii", "replace").split("\n"):
        match _entry(line):
            case {"vote": [int() as ballot, str() as device, str() as choice, str() as group]}:
                votes[ballot, device] = Vote(ballot, device, choice, group)
            case {"paper": [int() as ballot, dict() as counts]}:
                now = replace(now, paper={**now.paper, ballot: {**now.paper.get(ballot, {}), **counts}})
            case {"ballot": int() as ballot}:
                now = replace(now, ballot=ballot, revealed=False)
            case {"revealed": True}:
                now = replace(now, revealed=True)
    before = (known.before + lines + b"\n")[-MOST_COMPARED:]
    return replace(known, end=known.end + len(lines) + 1, before=before, standing=replace(now, votes=votes))


def _entry(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _write(log: Any, text: bytes) -> None:
    rest = memoryview(text)
    while rest:
        rest = rest[log.write(rest) :]
