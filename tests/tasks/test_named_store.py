"""Is a mistyped store named and never created by reading, and does a waiting writer say for whom it waits?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

import dashboard
from dashboard.commands import output
from dashboard.model.permissions import Deed
from dashboard.store.disk import HOLDER
from dashboard.store.history import StoreError
from dashboard.store.locking import Holder, Outcome, Writer, tell_when_waiting, with_write_lock
from tests.conftest import TINY
from tests.tasks.test_command import call
from tests.waiting import happens

READING = [
    ("history",), ("history", "--verify"), ("repair",), ("prune", "--keep", "1"), ("revert", "1"), ("close", "R1"),
    ("reopen", "R1"), ("figures", "heatmap"), ("owed",), ("token", "list"), ("people", "forget", "somebody"),
    ("template", "--operation", "a-op", "--round", "R2"), ("pack", "--audience", "board", "-o", "x.html"),
    ("upgrade", "--into", "new"),
]  # fmt: skip


def _with_table(folder: Path) -> None:
    folder.mkdir()
    (folder / "answers.csv").write_text("round\n")


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "This folder does not exist, so nothing is published in it."),
    "empty": (Path.mkdir, "Nothing is published here yet."),
    "file": (lambda path: path.write_text("1"), "This is a file, and a store is a folder."),
    "tables": (
        _with_table,
        "This folder holds other files, such as “answers.csv”, and no publications.",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_every_command_that_reads_names_the_folder_and_creates_nothing(
    tmp_path: Path, wrong: str, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, (make, said) = tmp_path / "stoer", WRONG[wrong]
    make(store)
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    before = sorted(tmp_path.rglob("*"))
    for command in READING:
        with subtests.test(command=" ".join(command)):
            result = call(*command)
            assert result.exit_code == 1
            assert f"{store}: {said}" in result.stderr
            assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(StoreError):
        dashboard.open(store).figures("heatmap")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_first_publication_makes_its_folder_but_not_over_a_file(tmp_path: Path) -> None:
    assert call("publish", TINY, "--store", tmp_path / "new" / "store").exit_code == 0
    file = tmp_path / "file"
    file.write_text("1")
    result = call("publish", TINY, "--store", file)
    assert (result.exit_code, file.read_text()) == (1, "1")
    assert f"{file}: This is a file, and a store is a folder." in result.stderr


def test_a_waiting_writer_says_at_once_for_whom_it_waits(store: Path) -> None:
    told, held, go = list[Holder | None](), list[None](), list[None]()

    def slowly() -> Outcome:
        held.append(None)
        happens(lambda: bool(go))
        return Outcome(None, ())

    def told_then_go(_store: Path, holder: Holder | None) -> None:
        told.append(holder)
        go.append(None)

    first = Thread(target=with_write_lock, args=(store, Writer("night load", "many files"), Deed.LOAD, slowly))
    tell_when_waiting(told_then_go)
    try:
        first.start()
        happens(lambda: bool(held))
        with_write_lock(store, Writer("data steward", "one more"), Deed.LOAD, lambda: Outcome(None, ()))
    finally:
        go.append(None)
        first.join()
        tell_when_waiting(output._waits)
    assert [holder.role for holder in told if holder is not None] == ["night load"]
    assert date.fromisoformat(told[0].since[:10]) if told[0] else False
    assert not (store / HOLDER).exists()


def test_the_sentence_names_role_process_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    output._waits(Path("here"), Holder("night load", 7, "2026-11-30T22:00:00+00:00"))
    output._waits(Path("here"), None)
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("to here (role: night load; process 7; since 2026-11-30T22:00:00+00:00).")
    assert second.endswith("another program is writing to here.")
