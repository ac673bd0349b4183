"""Is a session that was ended over for every process, and the list of them small?"""

import os
import time
from pathlib import Path

from dashboard.store.tokens import ENDED, KEPT_SECONDS, digest_of_session, end_session, session_has_ended
from dashboard.store.upgrade import copy_beside

NOW = 1_800_000_000.0


def test_what_began_until_then_is_over_and_what_began_later_is_not(tmp_path: Path) -> None:
    assert not session_has_ended(tmp_path, digest_of_session("a"), NOW)
    end_session(tmp_path, digest_of_session("a"), NOW)
    assert session_has_ended(tmp_path, digest_of_session("a"), NOW)
    assert session_has_ended(tmp_path, digest_of_session("a"), NOW - 100)
    assert not session_has_ended(tmp_path, digest_of_session("a"), NOW + 1)
    end_session(tmp_path, digest_of_session("a"), NOW + 0.9)
    assert not session_has_ended(tmp_path, digest_of_session("a"), NOW + 1), (
        "a session that begins in the next second is a new one"
    )
    assert not session_has_ended(tmp_path, digest_of_session("b"), NOW)


def test_the_list_forgets_what_no_session_can_outlast(tmp_path: Path) -> None:
    end_session(tmp_path, digest_of_session("old"), NOW)
    old = tmp_path / ENDED / digest_of_session("old")
    at = time.time() - KEPT_SECONDS - 5
    os.utime(old, (at, at))
    end_session(tmp_path, digest_of_session("new"), NOW)
    assert [file.name for file in (tmp_path / ENDED).iterdir()] == [digest_of_session("new")]


def test_a_list_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / ENDED).mkdir()
    (tmp_path / ENDED / digest_of_session("a")).write_text("damaged", "utf-8")
    assert session_has_ended(tmp_path, digest_of_session("a"), NOW)
    (tmp_path / ENDED / digest_of_session("b")).mkdir()
    assert session_has_ended(tmp_path, digest_of_session("b"), NOW)


def test_a_session_that_was_ended_stays_so_in_an_upgraded_store(tmp_path: Path) -> None:
    end_session(tmp_path / "old", digest_of_session("a"), NOW)
    copy_beside(tmp_path / "old", tmp_path / "new")
    assert session_has_ended(tmp_path / "new", digest_of_session("a"), NOW)
