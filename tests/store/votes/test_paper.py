"""Are paper ballots counted together with the phones, shown separately, and entered once?"""

import json
from pathlib import Path

import pytest

from dashboard.model.vote import FIRST, MOST_ON_PAPER, SECOND, Counted
from dashboard.store.vote_log import append
from dashboard.store.votes import (
    RoomError,
    ask,
    close,
    count_paper,
    question_folder,
    records,
    reveal,
    standing,
    vote,
    vote_again,
)
from tests.voting import SEVERITY, votes


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A store with an open question that four phones of one group have voted on."""
    ask(tmp_path, SEVERITY)
    for given in votes("1112"):
        vote(tmp_path, 1, given)
    return tmp_path


def counted(store: Path, ballot: int = FIRST) -> Counted:
    now = standing(store)
    assert now is not None
    return now.counted(ballot)


def enter(store: Path, choice: str, n: int, was: int = 0, ballot: int = FIRST) -> None:
    count_paper(store, 1, ballot, choice, n, was)


def test_they_count_beside_the_phones_and_are_of_no_group(asked: Path) -> None:
    for choice, n in (("1", 0), ("2", 2), ("4", 1)):
        enter(asked, choice, n)
    found = counted(asked)
    assert (found.n, found.of(SEVERITY)) == (7, (3, 3, 0, 1))
    assert (dict(found.paper), found.n_on_paper) == ({"2": 2, "4": 1}, 3)
    assert found.groups == {"board": {"1": 3, "2": 1}}
    now = standing(asked)
    assert now is not None
    assert (now.n_voted(), now.n_on_paper(), now.n_devices()) == (7, 3, 4)


def test_counted_again_the_new_number_takes_the_place_of_the_old_and_of_no_other(asked: Path) -> None:
    enter(asked, "2", 5)
    enter(asked, "3", 1)
    enter(asked, "2", 0, was=5)
    assert counted(asked).of(SEVERITY) == (3, 1, 1, 0)


def test_a_number_that_somebody_else_has_entered_is_never_lost_unseen(asked: Path) -> None:
    enter(asked, "2", 5)
    with pytest.raises(RoomError, match=r"^meanwhile$"):
        enter(asked, "2", 3, was=0)
    assert dict(counted(asked).paper) == {"2": 5}
    enter(asked, "2", 5, was=0)
    enter(asked, "2", 8, was=5)
    assert dict(counted(asked).paper) == {"2": 8}


def test_a_log_in_the_older_form_for_all_choices_at_once_is_read(asked: Path) -> None:
    append(question_folder(asked, 1), [{"paper": [FIRST, {"1": 4, "2": 0, "3": 1}]}])
    enter(asked, "3", 2, was=1)
    assert dict(counted(asked).paper) == {"1": 4, "3": 2}


def test_each_vote_has_its_own_and_the_record_keeps_them(asked: Path) -> None:
    enter(asked, "2", 2)
    reveal(asked, 1)
    vote_again(asked, 1)
    assert counted(asked, SECOND) == Counted()
    enter(asked, "4", 1, ballot=SECOND)
    reveal(asked, 1)
    record = close(asked, 1, "2")
    assert records(asked) == (record,)
    assert [dict(ballot.paper) for ballot in record.ballots] == [{"2": 2}, {"4": 1}]
    assert record.n_changed == 0


def test_nothing_is_entered_after_the_vote_was_shown_or_into_another_one(asked: Path) -> None:
    with pytest.raises(RoomError, match=r"^over$"):
        enter(asked, "1", 1, ballot=SECOND)
    reveal(asked, 1)
    with pytest.raises(RoomError, match=r"^over$"):
        enter(asked, "1", 1)
    assert counted(asked).n == 4


@pytest.mark.parametrize(("choice", "n"), [("5", 1), ("1", -1), ("1", MOST_ON_PAPER + 1)])
def test_what_cannot_be_counted_is_refused(asked: Path, choice: str, n: int) -> None:
    with pytest.raises(RoomError, match=r"^no_choice$"):
        enter(asked, choice, n)
    assert counted(asked).n == 4


def test_a_record_from_before_there_were_any_is_read(asked: Path) -> None:
    reveal(asked, 1)
    record = close(asked, 1, "1")
    (file,) = asked.glob("room/*/record.json")
    text = json.loads(file.read_text("utf-8"))
    for ballot in text["ballots"]:
        del ballot["paper"]
    file.write_text(json.dumps(text), "utf-8")
    assert records(asked) == (record,)
