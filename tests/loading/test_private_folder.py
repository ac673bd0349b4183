"""Is what only some people may see removed from disk, even if its process was killed, and only then?"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.loading.sandbox import MAKING_SECONDS, PREFIX, PrivateFolder, sweep
from tests.conftest import rest_thorough

HELD = """
from dashboard.loading.sandbox import PrivateFolder
folder = PrivateFolder()
(folder.path / "proof.duckdb").write_bytes(b"x")
print(folder.path, flush=True)
input()
"""
TYPED = """
from pathlib import Path
from dashboard.model.permissions import Deed
from dashboard.store.publishing import edits
from tests.conftest import TODAY, WRITER
def halfway(loads):
    print(loads[0].paths[0].parent, flush=True)
    input()
edits.publish_together = halfway
row = {"round": "R1", "operation": "x", "criterion": "y", "status": "full"}
table = edits.EditedTable("answers", [row], ["y"])
edits.publish_edits(Path("store"), [table], WRITER, Deed.ANSWER, TODAY, lambda _: ((), ()))
"""
CHECK = """
from pathlib import Path
from dashboard.store.publishing import publish
from tests.conftest import TODAY
def halfway(target, *_, **__):
    target.write_bytes(b"x")
    print(target.parent, flush=True)
    input()
publish.build = halfway
publish.check(Path("store"), [], TODAY)
"""
STOPPED = """
import threading
from dashboard.loading.sandbox import PrivateFolder, leave_all
def copies(folder):
    number = 0
    while True:
        number += 1
        try:
            (folder / str(number)).write_bytes(b"x")
        except OSError:
            return
kept = []
def makes():
    for _ in range(300):
        try:
            kept.append(PrivateFolder())
        except InterruptedError:
            return
whole, beside, making = PrivateFolder(), [PrivateFolder() for _ in range(4)], threading.Thread(target=makes)
copying = [threading.Thread(target=copies, args=[one.path]) for one in beside]
for thread in (*copying, making):
    thread.start()
leave_all()
making.join()
print(whole.path, flush=True)
import os
os.kill(os.getpid(), 9)
"""
"""A process that ends as by a signal, while some of its threads fill folders and one goes on making them."""
AT_WORK = {"a folder": HELD, "a typed save": TYPED, "a check": CHECK}
"""Processes that write into a private folder, report it, and wait in the middle of their work."""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def process(temporary: Path, does: str = HELD) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process with a private folder."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", does], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as found:
        assert found.stdout is not None
        yield found, Path(found.stdout.readline().strip())
        found.kill()


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_folder_goes_when_it_is_left_and_when_nobody_holds_it(temporary: Path) -> None:
    left, held = PrivateFolder(), PrivateFolder()
    left.leave()
    assert list(temporary.iterdir()) == [held.path]
    del held
    assert not list(temporary.iterdir())


def test_a_folder_for_one_piece_of_work_goes_with_it(temporary: Path) -> None:
    def fails(folder: Path) -> None:
        (folder / "answers.csv").write_text("x")
        assert list(temporary.iterdir()) == [folder]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), PrivateFolder() as folder:
        fails(folder)
    assert not list(temporary.iterdir())


@pytest.mark.outside
def test_a_folder_goes_with_a_process_that_ends(temporary: Path) -> None:
    with process(temporary) as (other, folder):
        assert (folder / "proof.duckdb").exists()
        other.communicate("\n")
        assert not folder.exists()


@pytest.mark.outside
@pytest.mark.parametrize("does", rest_thorough(AT_WORK.values()), ids=AT_WORK)
def test_what_a_killed_process_left_goes_with_the_next_look_and_what_a_living_one_holds_stays(
    does: str, temporary: Path
) -> None:
    with process(temporary, does) as (killed, left), process(temporary, does) as (_, held):
        kill(killed)
        assert len(list(left.iterdir())) > 1
        sweep()
        assert not left.exists()
        assert len(list(held.iterdir())) > 1


@pytest.mark.outside
def test_a_later_process_removes_what_a_killed_one_left(temporary: Path) -> None:
    with process(temporary) as (killed, left):
        kill(killed)
    with process(temporary) as (_, held):
        assert [path for path in temporary.iterdir() if path.name.startswith(PREFIX)] == [held]
        assert left != held


@pytest.mark.outside
def test_what_belongs_to_another_user_stays(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with process(temporary) as (killed, left):
        kill(killed)
    link = temporary / f"{PREFIX}link"
    link.symlink_to(left)
    monkeypatch.setattr(os, "getuid", lambda: left.stat().st_uid + 1)
    sweep()
    assert left.exists()
    monkeypatch.undo()
    elsewhere = left.rename(temporary / "elsewhere")
    link.unlink()
    link.symlink_to(elsewhere)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    sweep()
    assert (elsewhere / "proof.duckdb").exists(), "a link leads to somebody else's folder"


def test_a_folder_that_is_just_being_made_stays_and_one_that_was_never_finished_goes(temporary: Path) -> None:
    begun, left = temporary / f"{PREFIX}new", temporary / f"{PREFIX}old"
    begun.mkdir()
    left.mkdir()
    long_ago = time.time() - MAKING_SECONDS - 1
    os.utime(left, (long_ago, long_ago))
    sweep()
    assert begun.exists()
    assert not left.exists()


@pytest.mark.outside
def test_a_process_that_is_about_to_end_leaves_nothing_not_even_what_is_being_written(temporary: Path) -> None:
    for _ in range(5):
        with process(temporary, STOPPED) as (other, _whole):
            other.wait()
        assert list(temporary.iterdir()) == []
