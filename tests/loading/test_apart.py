"""Does reading in a separate process end in its value or in one sentence, whatever happens there?"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from dashboard.loading import sandbox as apart
from dashboard.loading import sandbox_process as apart_start
from dashboard.loading.sandbox import read_apart
from dashboard.loading.sandbox_process import COPIES, Started, prepare, resident
from dashboard.model.problem import MB, PAGE, Limits, Problem, sentence
from dashboard.model.words import Words
from tests.loading import tasks

LIMITS = Limits(memory=600 * MB, seconds=60)


@pytest.fixture(params=["copy", "anew"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Both ways of starting a process; neither may leave anything behind."""
    if request.param == "copy":
        if not COPIES:
            pytest.skip("this system cannot copy a process")
        prepare(("dashboard.tasks.preview",))
    else:
        monkeypatch.setattr(apart_start, "_template", [])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    yield
    assert list((tmp_path / "scratch").iterdir()) == []


def kind(found: object) -> str:
    assert isinstance(found, Problem)
    assert found.file == "x.csv"
    return found.kind


@pytest.mark.usefixtures("way")
def test_a_value_is_calculated_elsewhere_as_it_would_be_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CALLED", "here")
    monkeypatch.chdir(tmp_path)
    found = read_apart(LIMITS, tasks.doubled, 21, name="x.csv")
    assert not isinstance(found, Problem)
    assert found[:3] == (42, str(tmp_path), "here")
    assert found[3] != os.getpid()
    assert read_apart(LIMITS, tasks.a_problem, "y.csv", name="x.csv") == Problem("empty_file", "y.csv")


@pytest.mark.usefixtures("way")
def test_progress_is_reported_on_the_way() -> None:
    told: list[tuple[float, str]] = []
    assert read_apart(LIMITS, tasks.in_steps, 4, name="x.csv", progress=lambda *step: told.append(step)) == 4
    assert told == [(0.0, "read"), (0.25, "read"), (0.5, "read"), (0.75, "read")]


@pytest.mark.thorough
@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("task", "why"),
    [
        (tasks.takes_memory, "out_of_memory"),
        (tasks.takes_memory_in_tables, "out_of_memory"),
        (tasks.lists_a_folder_without_memory, "out_of_memory"),
        (tasks.takes_memory_unseen, "reading_ended"),
        (tasks.says_much, "too_much_to_tell"),
        (tasks.fails, "reading_ended"),
        (tasks.answers_noise, "reading_ended"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_whatever_happens_there_is_one_sentence_here(task: Callable[[], object], why: str, words: Words) -> None:
    found = read_apart(LIMITS, task, name="x.csv")
    assert kind(found) == why
    assert isinstance(found, Problem)
    assert "{" not in sentence(found, words)
    # The next one is read as if nothing had happened.
    assert isinstance(read_apart(LIMITS, tasks.doubled, 1, name="x.csv"), tuple)


@pytest.mark.thorough
@pytest.mark.usefixtures("way")
def test_a_process_past_its_time_is_ended_with_all_it_wrote(tmp_path: Path) -> None:
    note = tmp_path / "note"
    found = read_apart(replace(LIMITS, seconds=1.0), tasks.takes_its_time, note, name="x.csv")
    assert kind(found) == "out_of_time"
    if note.exists():
        pid, left = note.read_text("utf-8").split()
        assert resident(int(pid)) == 0
        assert not Path(left).exists()


def test_a_process_is_ended_by_who_watches_it_where_the_system_does_not_limit_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    monkeypatch.setattr(Started, "memory", lambda _: note.exists() * (LIMITS.memory or 0) * 2)
    assert kind(read_apart(LIMITS, tasks.takes_its_time, note, name="x.csv")) == "out_of_memory"


@pytest.mark.outside
def test_the_memory_of_a_process_is_known_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    here = resident(os.getpid())
    assert here > 10 * MB
    monkeypatch.setattr("sys.platform", "darwin")
    assert abs(resident(os.getpid()) - here) < here / 2
    assert resident(2**22 + 1) == 0


@pytest.mark.usefixtures("way")
def test_a_process_that_was_taken_over_can_do_nothing_here(tmp_path: Path) -> None:
    deed = tmp_path / "deed"
    assert kind(read_apart(LIMITS, tasks.answers_with_a_deed, str(deed), name="x.csv")) == "reading_ended"
    assert not deed.exists()


def test_a_request_while_all_places_are_taken_is_told_so_and_gets_one_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.0)
    for _ in range(apart.AT_ONCE):
        assert apart._places.acquire(blocking=False)
    try:
        assert kind(read_apart(LIMITS, tasks.doubled, 1, name="x.csv")) == "reading_busy"
    finally:
        apart._places.release(apart.AT_ONCE)
    assert isinstance(read_apart(LIMITS, tasks.doubled, 1, name="x.csv"), tuple)


@pytest.mark.usefixtures("way")
def test_many_threads_get_each_their_own_answer() -> None:
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        found[number] = read_apart(LIMITS, tasks.doubled, number, name="x.csv")

    threads = [Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: answer[0] for number, answer in found.items() if isinstance(answer, tuple)} == {
        number: 2 * number for number in range(6)
    }


@pytest.mark.skipif(not COPIES, reason="this system cannot copy a process")
def test_where_the_process_that_is_copied_is_gone_reading_goes_on() -> None:
    prepare(("dashboard.tasks.preview",))
    template = apart_start._template[0]
    template.process.kill()
    template.process.wait()
    assert isinstance(read_apart(LIMITS, tasks.doubled, 1, name="x.csv"), tuple)
    prepare(("dashboard.tasks.preview",))
    assert apart_start._template[0] is not template
    assert isinstance(read_apart(PAGE, tasks.doubled, 1, name="x.csv"), tuple)
