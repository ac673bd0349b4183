"""Is a session that was ended over for every process, and the list of them small?"""

import os
import time
from pathlib import Path

from dashboard.store.ended import FOLDER, KEPT_SECONDS, digest, end, has_ended
from dashboard.store.keeping.new_store import copy_beside

NOW = 1_800_000_000.0


def test_what_began_until_then_is_over_and_what_began_later_is_not(tmp_path: Path) -> None:
    assert not has_ended(tmp_path, digest("a"), NOW)
    end(tmp_path, digest("a"), NOW)
    assert has_ended(tmp_path, digest("a"), NOW)
    assert has_ended(tmp_path, digest("a"), NOW - 100)
    assert not has_ended(tmp_path, digest("a"), NOW + 1)
    end(tmp_path, digest("a"), NOW + 0.9)
    assert not has_ended(tmp_path, digest("a"), NOW + 1), "a session that begins in the next second is a new one"
    assert not has_ended(tmp_path, digest("b"), NOW)


def test_the_list_forgets_what_no_session_can_outlast(tmp_path: Path) -> None:
    end(tmp_path, digest("old"), NOW)
    old = tmp_path / FOLDER / digest("old")
    at = time.time() - KEPT_SECONDS - 5
    os.utime(old, (at, at))
    end(tmp_path, digest("new"), NOW)
    assert [file.name for file in (tmp_path / FOLDER).iterdir()] == [digest("new")]


def test_a_list_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / digest("a")).write_text("damaged", "utf-8")
    assert has_ended(tmp_path, digest("a"), NOW)
    (tmp_path / FOLDER / digest("b")).mkdir()
    assert has_ended(tmp_path, digest("b"), NOW)


def test_a_session_that_was_ended_stays_so_in_an_upgraded_store(tmp_path: Path) -> None:
    end(tmp_path / "old", digest("a"), NOW)
    copy_beside(tmp_path / "old", tmp_path / "new")
    assert has_ended(tmp_path / "new", digest("a"), NOW)
