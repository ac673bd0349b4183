"""What has happened to a question so far? One line each at the end of its log, on disk before anybody hears of it.

A line that was cut off was never acknowledged, and is passed over.
"""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.model.vote import Standing, Vote
from dashboard.store.room_text import question_in

LOG = "log.jsonl"


def append(folder: Path, line: dict[str, Any]) -> None:
    """Add a line. When this returns, it survives a power cut. The caller holds the lock."""
    with (folder / LOG).open("r+b") as log:
        log.seek(-1, os.SEEK_END)
        # A line that was cut off must not swallow this one.
        gap = b"" if log.read(1) == b"\n" else b"\n"
        log.write(gap + json.dumps(line).encode("ascii") + b"\n")
        log.flush()
        os.fsync(log.fileno())


def read(folder: Path) -> Standing | None:
    """How the question stands; None when it was closed or withdrawn while this looked."""
    try:
        first, *rest = (folder / LOG).read_text("ascii", errors="replace").split("\n")
    except FileNotFoundError:
        return None
    now = Standing(int(folder.name), question_in(first))
    votes: dict[tuple[int, str], Vote] = {}
    for line in rest:
        try:
            said = json.loads(line)
        except json.JSONDecodeError:
            continue
        if "vote" in said:
            given = Vote(*said["vote"])
            votes[given.ballot, given.device] = given
        elif "ballot" in said:
            now = replace(now, ballot=said["ballot"], revealed=False)
        else:
            now = replace(now, revealed=True)
    return replace(now, votes=votes)
