"""Do votes that arrive together share a sync, hear only of one that covers them, and count fully or not at all?"""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from dashboard.model.vote import FIRST, Vote
from dashboard.store import votes as room_votes
from dashboard.store.votes import RoomError, ask, close, file_lock, records, reveal, standing, turn, vote
from tests.voting import SEVERITY, device, votes
from tests.waiting import happens


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A store with an open question."""
    ask(tmp_path, SEVERITY)
    return tmp_path


def n_voted(store: Path) -> int:
    now = standing(store)
    assert now is not None
    return now.n_voted()


def became(future: "Future[None]") -> str:
    """What a voter was told."""
    error = future.exception(30)
    assert error is None or isinstance(error, RoomError)
    return "counted" if error is None else str(error)


def test_votes_that_arrive_during_a_sync_share_the_next_and_none_is_told_earlier(
    asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest: list[Future[None]] = []
    told_at_sync: list[int] = []
    fsync = os.fsync

    def slow(descriptor: int) -> None:
        told_at_sync.append(sum(future.done() for future in rest))
        if len(told_at_sync) == 1:
            assert happens(lambda: len(room_votes._waiting.casts) == 9)
        fsync(descriptor)

    monkeypatch.setattr("dashboard.store.vote_log.os.fsync", slow)
    with ThreadPoolExecutor(10) as people:
        first, *others = votes("1" * 10)
        told = [people.submit(vote, asked, 1, first)]
        assert happens(lambda: len(told_at_sync) == 1)
        rest += [people.submit(vote, asked, 1, given) for given in others]
        told += rest
    assert [became(future) for future in told] == ["counted"] * 10
    assert told_at_sync == [0, 0], "two syncs for ten votes, and nobody of the second heard before it"
    assert n_voted(asked) == 10


def _together(store: Path, casts: list[tuple[int, Vote]]) -> list[str]:
    """What each of several votes, written in one go, was told."""
    with ThreadPoolExecutor(len(casts)) as people:
        with turn:
            told = [people.submit(vote, store, number, given) for number, given in casts]
            assert happens(lambda: len(room_votes._waiting.casts) == len(casts))
        return [became(future) for future in told]


def test_each_of_a_group_is_refused_for_its_own_reason(asked: Path) -> None:
    good, odd, late, other = votes("1913")
    late = Vote(2, late.device, "1", "board")
    told = _together(asked, [(7, other), (1, odd), (1, late), (1, good)])
    assert told == ["over", "no_choice", "over", "counted"]
    now = standing(asked)
    assert now is not None
    assert list(now.votes.values()) == [good]


def test_a_device_that_votes_twice_in_one_group_has_the_vote_that_came_last(asked: Path) -> None:
    said = [Vote(FIRST, device(1), choice, "board") for choice in "1243"]
    waited = room_votes._waiting
    with ThreadPoolExecutor(4) as people, turn:
        for n, given in enumerate(said, start=1):
            people.submit(vote, asked, 1, given)
            assert happens(lambda n=n: len(waited.casts) == n)  # type: ignore[misc]
    now = standing(asked)
    assert now is not None
    assert (now.n_voted(), now.votes[FIRST, device(1)].choice) == (1, "3")


@pytest.mark.parametrize("written", [0, 10, 100])
def test_on_a_full_disk_nobody_of_a_group_counts_not_even_for_a_reader_who_saw_it(
    written: int, asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote(asked, 1, votes("1", begin=50)[0])
    log = asked / "room" / "000001" / "log.jsonl"
    before = log.read_bytes()

    def full(stream: "os.PathLike[str]", text: bytes) -> None:
        stream.write(text[:written])  # type: ignore[attr-defined]
        assert n_voted(asked) >= 1
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.store.vote_log._write", full)
    assert _together(asked, [(1, given) for given in votes("1111")]) == ["not_kept"] * 4
    monkeypatch.undo()
    assert log.read_bytes() == before
    assert n_voted(asked) == 1
    assert _together(asked, [(1, given) for given in votes("22")]) == ["counted"] * 2
    now = standing(asked)
    assert now is not None
    assert now.counted(FIRST).of(SEVERITY) == (1, 2, 0, 0)


def test_where_the_lock_is_not_let_go_all_that_wait_are_told_at_once(
    asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.votes.LOCK_SECONDS", 0.01)
    with file_lock(asked):
        assert _together(asked, [(1, given) for given in votes("111")]) == ["not_kept"] * 3
    assert room_votes._waiting.casts == []
    assert _together(asked, [(1, given) for given in votes("111")]) == ["counted"] * 3


def test_where_the_log_cannot_be_read_nobody_waits_for_ever(asked: Path) -> None:
    (asked / "room" / "000001" / "log.jsonl").write_text("nonsense\n")
    with ThreadPoolExecutor(3) as people:
        with turn:
            told = [people.submit(vote, asked, 1, given) for given in votes("111")]
            assert happens(lambda: len(room_votes._waiting.casts) == 3)
        errors = [future.exception(30) for future in told]
    assert sum(isinstance(error, ValueError) for error in errors) == 1
    assert [str(error) for error in errors if isinstance(error, RoomError)] == ["not_kept"] * 2


@pytest.mark.parametrize("deed", [reveal, lambda store, number: close(store, number, "1")])
def test_of_votes_that_race_with_the_end_exactly_those_count_that_were_told_so(
    deed: Callable[[Path, int], object], asked: Path
) -> None:
    with ThreadPoolExecutor(16) as people:
        told = [people.submit(vote, asked, 1, given) for given in votes("1" * 120)]
        assert told[10] in wait([told[10]], 30).done
        deed(asked, 1)
        outcomes = [became(future) for future in told]
    assert set(outcomes) <= {"counted", "over"}
    now = standing(asked)
    n = records(asked)[0].last.n if now is None else now.n_voted()
    assert n == outcomes.count("counted") > 10


def _votes(store: Path, begin: int) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda given: vote(store, 1, given), votes("1234" * 10, begin=begin)))


@pytest.mark.outside
def test_several_processes_vote_at_once_and_every_vote_counts(asked: Path) -> None:
    children = [
        multiprocessing.get_context("spawn").Process(target=_votes, args=(asked, begin)) for begin in (100, 200)
    ]
    for child in children:
        child.start()
    _votes(asked, 300)
    for child in children:
        child.join(60)
        assert child.exitcode == 0
    now = standing(asked)
    assert now is not None
    assert now.counted(FIRST).of(SEVERITY) == (30, 30, 30, 30)
