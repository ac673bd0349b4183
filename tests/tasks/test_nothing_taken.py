"""Is nothing published of which nothing was taken, and is no empty round closed unasked?"""

from pathlib import Path

import pytest

from dashboard.store.history import current_number
from dashboard.store.publishing.edits import close_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import TINY, TODAY, WRITER
from tests.tasks.test_command import call


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("operations.csv", "operation,country,title,kind,services\nz-op,ZZZ,Nowhere,operation,\n", "“ZZZ”"),
        ("answers.csv", "round,operation,criterion,status\nR9,a-op,T1.a,yes\n", "“R9”"),
        ("answers.csv", "round,operation,criterion,status\n,,,\n", "No row of this can be published"),
    ],
)
def test_a_publication_of_which_nothing_was_taken_is_not_made(
    store: Path, tmp_path: Path, name: str, rows: str, said: str
) -> None:
    file = tmp_path / name
    file.write_text(rows)
    result = call("publish", file, "--accept", "--store", store)
    assert (result.exit_code, current_number(store)) == (1, 1)
    assert said in result.stderr
    assert result.stderr.endswith("Nothing was published.\n")
    assert "rows imported" not in result.stdout


def test_what_was_taken_of_one_file_is_published(store: Path, tmp_path: Path) -> None:
    for name, row in (("a.csv", "R9,a-op,T1.a,yes"), ("b.csv", "R2,a-op,T2.a,yes")):
        (tmp_path / name).write_text(f"round,operation,criterion,status\n{row}\n")
    result = call("publish", tmp_path / "a.csv", tmp_path / "b.csv", "--accept", "--store", store)
    assert (result.exit_code, current_number(store)) == (0, 2)


def test_frameworks_alone_are_published(store: Path) -> None:
    assert call("publish", TINY / "frameworks", "--store", store).exit_code == 0


@pytest.fixture
def empty_round(store: Path, tmp_path: Path) -> Path:
    """The store with one more round, in which nothing is answered yet."""
    head = (TINY / "rounds.csv").read_text().splitlines()
    last = head[-1].split(",")
    (tmp_path / "rounds.csv").write_text("\n".join([head[0], ",".join(["R3", "Third round", *last[2:]])]) + "\n")
    assert publish(Load(store, [tmp_path / "rounds.csv"], WRITER, TODAY)).revision is not None
    return store


def test_a_round_without_answers_is_closed_only_if_that_is_accepted(empty_round: Path) -> None:
    result = call("close", "R3", "--store", empty_round)
    assert (result.exit_code, current_number(empty_round)) == (1, 2)
    assert "Nothing is answered in round “R3”. All " in result.stderr
    assert "run the same command with --accept" in result.stderr
    assert [p.kind for p in close_round(empty_round, "R3", WRITER, TODAY).problems] == ["round_unanswered"]
    result = call("close", "R3", "--accept", "--store", empty_round)
    assert (result.exit_code, current_number(empty_round)) == (0, 3)
    assert call("reopen", "R3", "--store", empty_round).exit_code == 0


def test_a_round_of_which_nothing_is_approved_is_closed_only_if_that_is_accepted(store: Path) -> None:
    result = call("close", "R2", "--store", store)
    assert (result.exit_code, current_number(store)) == (1, 1)
    assert "Not everything in round “R2” is approved. Missing: " in result.stderr
    assert "run the same command with --accept" in result.stderr
    assert call("close", "R2", "--accept", "--store", store).exit_code == 0
