"""Does what only some may see leave the disk, also where its process was killed, and only then?"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.ui.private_folder import PREFIX, PrivateFolder, sweep

PROCESS = """
from dashboard.ui.private_folder import PrivateFolder
folder = PrivateFolder()
(folder.path / "proof.duckdb").write_bytes(b"x")
print(folder.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def process(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process with a folder of its own."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as found:
        assert found.stdout is not None
        yield found, Path(found.stdout.readline().strip())
        found.kill()


def test_a_folder_goes_when_it_is_left_and_when_nobody_holds_it(temporary: Path) -> None:
    left, held = PrivateFolder(), PrivateFolder()
    left.leave()
    assert list(temporary.iterdir()) == [held.path]
    del held
    assert not list(temporary.iterdir())


def test_a_folder_goes_with_a_process_that_ends(temporary: Path) -> None:
    with process(temporary) as (other, folder):
        assert (folder / "proof.duckdb").exists()
        other.communicate("\n")
        assert not folder.exists()


def test_the_folder_of_a_killed_process_goes_with_the_next_look_and_that_of_a_living_one_stays(temporary: Path) -> None:
    with process(temporary) as (killed, left), process(temporary) as (_, held):
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert left.exists()
        sweep()
        assert not left.exists()
        assert (held / "proof.duckdb").exists()
        sweep()
        assert (held / "proof.duckdb").exists()


def test_a_later_process_removes_what_a_killed_one_left(temporary: Path) -> None:
    with process(temporary) as (killed, left):
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    with process(temporary) as (_, held):
        assert [path for path in temporary.iterdir() if path.name.startswith(PREFIX)] == [held]
        assert left != held


def test_a_folder_that_is_just_being_made_stays(temporary: Path) -> None:
    begun = temporary / f"{PREFIX}new"
    begun.mkdir()
    sweep()
    assert begun.exists()
