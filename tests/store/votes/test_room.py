"""Is an acknowledged vote kept, whatever happens to the process, and is closing final?"""

import json
import multiprocessing
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.vote import CODE, FIRST, SECOND, Counted, Vote
from dashboard.store.votes import (
    RoomError,
    ask,
    close,
    code_of,
    count_paper,
    last_record,
    records,
    renew_code,
    reveal,
    standing,
    vote,
    vote_again,
    withdraw,
)
from tests.voting import FIRST as WHAT_FIRST
from tests.voting import SEVERITY, device, votes


def refused(word: str) -> pytest.RaisesExc[RoomError]:
    return pytest.raises(RoomError, match=f"^{word}$")


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A store with an open question."""
    ask(tmp_path, SEVERITY)
    return tmp_path


def test_a_question_is_asked_voted_on_shown_asked_again_and_closed(asked: Path) -> None:
    for given in votes("1123"):
        vote(asked, 1, given)
    reveal(asked, 1)
    vote_again(asked, 1)
    for given in votes("2223", ballot=SECOND):
        vote(asked, 1, given)
    reveal(asked, 1)
    now = standing(asked)
    assert now is not None
    assert (now.number, now.question, now.ballot, now.revealed, now.n_voted()) == (1, SEVERITY, SECOND, True, 4)
    record = close(asked, 1, "2")
    assert standing(asked) is None
    assert records(asked) == (record,)
    assert last_record(asked) == record
    assert (record.decided, record.n_changed, record.question) == ("2", 2, SEVERITY)
    assert record.ballots == (
        Counted(4, {"1": 2, "2": 1, "3": 1}, {"board": {"1": 2, "2": 1, "3": 1}}),
        Counted(4, {"2": 3, "3": 1}, {"board": {"2": 3, "3": 1}}),
    )


def test_nothing_of_a_device_is_left_once_it_is_closed(asked: Path) -> None:
    vote(asked, 1, votes("1")[0])
    close(asked, 1, "1")
    left = "".join(path.read_text("utf-8") for path in asked.rglob("*") if path.is_file())
    assert device(1) not in left


def test_a_device_has_one_vote_and_may_change_it_until_it_is_shown(asked: Path) -> None:
    for choice in "134":
        vote(asked, 1, Vote(FIRST, device(1), choice, "board"))
    now = standing(asked)
    assert now is not None
    assert now.counted(FIRST).choices == {"4": 1}
    reveal(asked, 1)
    with refused("over"):
        vote(asked, 1, Vote(FIRST, device(1), "1", "board"))
    with refused("over"):
        vote(asked, 1, Vote(FIRST, device(2), "1", "board"))


def test_closing_is_final(asked: Path) -> None:
    close(asked, 1, "")
    before = {path: path.read_bytes() for path in asked.rglob("*.json")}
    for deed in (
        lambda: vote(asked, 1, votes("1")[0]),
        lambda: reveal(asked, 1),
        lambda: vote_again(asked, 1),
        lambda: close(asked, 1, "1"),
        lambda: withdraw(asked, 1),
    ):
        with refused("over"):
            deed()
    assert {path: path.read_bytes() for path in asked.rglob("*.json")} == before


def test_one_question_is_open_at_a_time_and_numbers_are_never_reused(asked: Path) -> None:
    with refused("asked"):
        ask(asked, WHAT_FIRST)
    close(asked, 1, "1")
    assert ask(asked, WHAT_FIRST).number == 2
    assert last_record(asked) is None
    assert [record.number for record in records(asked)] == [1]


def test_a_question_that_replaces_the_open_one_keeps_its_votes(asked: Path) -> None:
    vote(asked, 1, votes("3")[0])
    count_paper(asked, 1, FIRST, "1", 2, was=0)
    assert ask(asked, WHAT_FIRST, instead_of=1).number == 2
    (record,) = records(asked)
    assert (record.number, record.decided, dict(record.last.choices)) == (1, "", {"3": 1, "1": 2})
    reveal(asked, 2)
    vote_again(asked, 2)
    ask(asked, SEVERITY, instead_of=2, decided="1")
    assert len(records(asked)) == 1, "nobody had voted"


def test_what_the_room_decided_goes_along(asked: Path) -> None:
    count_paper(asked, 1, FIRST, "1", 2, was=0)
    reveal(asked, 1)
    ask(asked, WHAT_FIRST, instead_of=1, decided="2")
    assert [record.decided for record in records(asked)] == ["2"]


def test_no_other_question_is_ended_than_the_one_that_was_seen(asked: Path) -> None:
    ask(asked, WHAT_FIRST, instead_of=1)
    with refused("asked"):
        ask(asked, SEVERITY, instead_of=1)
    now = standing(asked)
    assert now is not None
    assert (now.number, now.question) == (2, WHAT_FIRST)
    withdraw(asked, 2)
    assert ask(asked, SEVERITY, instead_of=2).number == 3


def test_a_phone_that_shows_a_withdrawn_question_votes_on_no_other(asked: Path) -> None:
    withdraw(asked, 1)
    ask(asked, WHAT_FIRST)
    with refused("over"):
        vote(asked, 1, votes("1")[0])
    now = standing(asked)
    assert now is not None
    assert (now.number, now.n_voted()) == (2, 0)


def test_a_question_asked_by_mistake_is_withdrawn_as_long_as_nothing_was_shown(asked: Path) -> None:
    withdraw(asked, 1)
    assert standing(asked) is None
    assert not records(asked)
    assert ask(asked, SEVERITY).number == 2
    reveal(asked, 2)
    with refused("over"):
        withdraw(asked, 2)


def test_a_second_vote_follows_a_first_that_was_shown_and_there_is_no_third(asked: Path) -> None:
    with refused("over"):
        vote_again(asked, 1)
    reveal(asked, 1)
    vote_again(asked, 1)
    reveal(asked, 1)
    with refused("over"):
        vote_again(asked, 1)


def test_what_cannot_be_chosen_is_refused(asked: Path) -> None:
    with refused("no_choice"):
        vote(asked, 1, Vote(FIRST, device(1), "5", "board"))
    with refused("over"):
        vote(asked, 2, votes("1")[0])


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_that_was_cut_off_costs_no_other(asked: Path, cut: int) -> None:
    first, second, third = votes("123")
    vote(asked, 1, first)
    vote(asked, 1, second)
    log = asked / "room" / "000001" / "log.jsonl"
    log.write_bytes(log.read_bytes()[:-cut])
    vote(asked, 1, third)
    now = standing(asked)
    assert now is not None
    assert {given.choice for given in now.votes.values()} >= {"1", "3"}
    assert now.n_voted() == (3 if cut == 1 else 2), "whole but for its end, it reads as it was meant"


def _votes_and_dies(store: Path, number: int) -> None:
    vote(store, 1, Vote(FIRST, device(number), "1", "board"))
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.outside
def test_a_vote_is_kept_when_the_process_is_killed_right_after(asked: Path) -> None:
    for number in range(2):
        child = multiprocessing.get_context("spawn").Process(target=_votes_and_dies, args=(asked, number))
        child.start()
        child.join(60)
        assert child.exitcode == -signal.SIGKILL
    now = standing(asked)
    assert now is not None
    assert now.n_voted() == 2
    vote(asked, 1, Vote(FIRST, device(9), "2", "board"))


def test_killed_between_record_and_log_the_record_counts_and_the_log_goes(asked: Path) -> None:
    log = asked / "room" / "000001" / "log.jsonl"
    vote(asked, 1, votes("1")[0])
    kept = log.read_bytes()
    close(asked, 1, "1")
    log.write_bytes(kept)
    (asked / "room" / "making-1").mkdir()
    assert standing(asked) is None
    assert ask(asked, SEVERITY).number == 2
    assert not log.exists()
    assert not (asked / "room" / "making-1").exists()


def test_a_hundred_votes_at_once_all_count(asked: Path) -> None:
    with ThreadPoolExecutor(20) as people:
        list(people.map(lambda given: vote(asked, 1, given), votes("1234" * 25)))
    now = standing(asked)
    assert now is not None
    assert now.counted(FIRST).of(SEVERITY) == (25, 25, 25, 25)


def test_a_vote_that_cannot_be_written_is_not_acknowledged(asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.store.vote_log.os.fsync", full)
    with refused("not_kept"):
        vote(asked, 1, votes("1")[0])
    monkeypatch.undo()
    vote(asked, 1, votes("2")[0])
    now = standing(asked)
    assert now is not None
    assert now.counted(FIRST).choices == {"2": 1}


def test_six_letters_are_made_once_and_again_on_request(tmp_path: Path) -> None:
    code = code_of(tmp_path)
    assert CODE.fullmatch(code)
    assert code_of(tmp_path) == code
    assert renew_code(tmp_path) != code
    (tmp_path / "room" / "CODE").write_text("nonsense")
    assert CODE.fullmatch(code_of(tmp_path))


def test_a_question_is_read_back_whatever_is_written_in_it(tmp_path: Path) -> None:
    odd = replace(WHAT_FIRST.said["en"], about='two\nlines, "quotes", \u2028 and é')
    question = replace(WHAT_FIRST, said={"en": odd, "fr": odd})
    ask(tmp_path, question)
    now = standing(tmp_path)
    assert now is not None
    assert now.question == question
    assert close(tmp_path, 1, "3") == records(tmp_path)[0]
    assert json.loads((tmp_path / "room" / "000001" / "record.json").read_text("utf-8"))["decided"] == "3"
