"""Is a log read on from where it was left, whatever was written, truncated or replaced in the meantime?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.vote import FIRST, Vote
from dashboard.store import vote_log
from dashboard.store.votes import LAST, ask, close, standing, vote, withdraw
from tests.voting import NEEDS, SEVERITY, device, votes


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of an open question."""
    ask(tmp_path, SEVERITY)
    return tmp_path / "room" / "000001" / "log.jsonl"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that is read from now on."""
    found: list[str] = []
    entry = vote_log._entry

    def noted(line: str) -> object:
        found.append(line)
        return entry(line)

    monkeypatch.setattr(vote_log, "_entry", noted)
    return found


def counts(log: Path) -> tuple[int, ...]:
    now = standing(log.parents[2])
    assert now is not None
    return now.counted(FIRST).of(SEVERITY)


def line(number: int, choice: str) -> bytes:
    return json.dumps({"vote": [FIRST, device(number), choice, "board"]}).encode() + b"\n"


def add(log: Path, text: bytes) -> None:
    """Write as another process does."""
    with log.open("ab") as stream:
        stream.write(text)


def test_only_what_was_written_since_is_read(log: Path, parsed: list[str]) -> None:
    add(log, b"".join(line(number, "1") for number in range(50)))
    assert counts(log) == (50, 0, 0, 0)
    parsed.clear()
    assert counts(log) == (50, 0, 0, 0)
    assert parsed == []
    add(log, line(7, "2"))
    assert counts(log) == (49, 1, 0, 0)
    assert [json.loads(text)["vote"][1] for text in parsed] == [device(7)]


def test_what_was_given_before_is_not_changed_by_what_is_read_after(log: Path) -> None:
    before = standing(log.parents[2])
    add(log, line(1, "1"))
    assert counts(log) == (1, 0, 0, 0)
    assert before is not None
    assert before.n_voted() == 0


def test_a_line_that_is_still_being_written_is_read_once_it_is_whole(log: Path) -> None:
    whole = line(1, "1") + line(2, "2")
    for end in range(1, len(whole) + 1):
        add(log, whole[end - 1 : end])
        assert sum(counts(log)) == whole[:end].count(b"\n")
    assert counts(log) == (1, 1, 0, 0)


@pytest.mark.parametrize("after", [b"", line(3, "3"), line(3, "3") + line(4, "4") + line(5, "4")])
def test_a_log_that_was_cut_back_is_read_again(after: bytes, log: Path) -> None:
    add(log, line(1, "1"))
    size = log.stat().st_size
    add(log, line(2, "2") + line(6, "2"))
    assert counts(log) == (1, 2, 0, 0)
    with log.open("r+b") as stream:
        stream.truncate(size)
    add(log, after)
    assert counts(log) == (1, 0, after.count(b'"3"'), after.count(b'"4"'))


def test_another_question_under_the_same_number_begins_with_nothing(log: Path) -> None:
    store = log.parents[2]
    for given in votes("112"):
        vote(store, 1, given)
    assert counts(log) == (2, 1, 0, 0)
    withdraw(store, 1)
    (store / "room" / LAST).unlink()
    ask(store, SEVERITY)
    assert counts(log) == (0, 0, 0, 0)
    for given in votes("3334", begin=20):
        vote(store, 1, given)
    assert counts(log) == (0, 0, 3, 1)


@pytest.mark.parametrize(
    "broken",
    [b"\n", b"{\n", b"7\n", b"null\n", b"[]\n", b"{}\n", b"\xff\xfe\x00\n", b'{"vose": [1, "a", "1", "b"]}\n',
     b'{"vote": [1, "a", "1"]}\n', b'{"vote": 1}\n', b'{"ballot": "2"}\n', b'{"revealed": 1}\n'],
)  # fmt: skip
def test_a_line_that_nobody_wrote_so_is_passed_over(broken: bytes, log: Path) -> None:
    add(log, line(1, "1") + broken + line(2, "2"))
    now = standing(log.parents[2])
    assert now is not None
    assert (now.ballot, now.revealed, now.votes) == (
        FIRST,
        False,
        {(FIRST, device(n)): Vote(FIRST, device(n), str(n), "board") for n in (1, 2)},
    )


def test_nothing_that_a_device_said_stays_in_memory_once_no_question_is_open(log: Path) -> None:
    store = log.parents[2]
    vote(store, 1, votes("1")[0])
    assert counts(log) == (1, 0, 0, 0)
    close(store, 1, "1")
    assert standing(store) is None
    assert vote_log._last.read is None


def test_a_question_from_before_choices_had_needs_is_read() -> None:
    """Also one that has them."""
    said = SEVERITY.said["en"]
    with_needs = replace(SEVERITY, said={"en": replace(said, needs=NEEDS)})
    assert vote_log.question_in(vote_log.question_text(with_needs)) == with_needs
    before = json.loads(vote_log.question_text(SEVERITY))
    del before["said"]["en"]["needs"]
    assert vote_log.question_in(json.dumps(before)) == SEVERITY
