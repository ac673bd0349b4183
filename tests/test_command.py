"""What does the command line answer, and with which exit code?"""

from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main

GOOD = "round,operation,criterion,status,evidence\nR2,b-op,T1.a,yes,seen\n"
BAD = "round,operation,criterion,status\nR2,b-op,T1.a,yess\n"


def call(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD)
    return path


def test_check_of_sound_files_ends_well_and_changes_nothing(store: Path, good: Path) -> None:
    result = call("check", good, "--store", store)
    assert (result.exit_code, result.stdout) == (0, f"No problems found in {good}.\n")
    assert call("history", "--store", store).stdout.count("\n") == 1


def test_check_of_a_bad_row_names_it_and_fails(store: Path, bad: Path) -> None:
    result = call("check", bad, "--store", store)
    assert result.exit_code == 1
    assert result.stderr.startswith("bad.csv, row 2, status: “yess” is not on the scale.")
    assert result.stderr.endswith("1 problem found, 1 serious.\n")


def test_check_of_a_mere_note_ends_well(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.csv"
    path.write_text("round,operation,criterion,status,colour\nR2,b-op,T1.a,yes,red\n")
    result = call("check", path, "--store", store)
    assert result.exit_code == 0
    assert "colour: the column is not one of ours" in result.stderr


def test_check_of_a_framework_that_changed_under_its_version_prints_the_difference(
    store: Path, tiny: Path, tmp_path: Path
) -> None:
    path = Path(copytree(tiny / "frameworks", tmp_path / "frameworks")) / "toy" / "framework.yaml"
    text = path.read_text("utf-8").replace("Toys are lent.", "Toys are given.").replace("weight: 3", "weight: 4")
    path.write_text(text, "utf-8")
    for deed, end in (("check", "2 problems found, 2 serious."), ("publish", "Nothing was published.")):
        result = call(deed, tmp_path / "frameworks", "--store", store)
        assert result.exit_code == 1
        assert result.stderr.splitlines()[:2] == [
            "frameworks/toy/framework.yaml, row 33, T1.a weight: this has changed under an unchanged version "
            "(“3 → 4”). Expected: a version above 1.0.",
            "frameworks/toy/framework.yaml, row 47, T1.b text: this has changed under an unchanged version "
            "(“Toys are lent. → Toys are given.”). Expected: a version above 1.0.",
        ]
        assert result.stderr.splitlines()[-1] == end
    assert call("history", "--store", store).stdout.count("\n") == 1
    path.write_text(text.replace('version: "1.0"', 'version: "1.1"'), "utf-8")
    result = call("check", tmp_path / "frameworks", "--store", store)
    assert (result.exit_code, result.stderr.count("\n")) == (0, 2)
    assert "T1.b text: the text has changed, but `since` does not say" in result.stderr


def test_check_needs_no_store(tmp_path: Path, tiny: Path) -> None:
    assert call("check", tiny, "--store", tmp_path / "none").exit_code == 0
    assert not (tmp_path / "none").exists()


def test_publish_history_and_revert(store: Path, good: Path) -> None:
    published = call("publish", good, "--store", store, "--role", "country lead", "--why", "round closed")
    assert published.exit_code == 0
    assert published.stdout.startswith("Published as step 2 (000002-")
    assert published.stdout.endswith("): 1 rows from 1 files.\n")
    reverted = call("revert", "1", "--store", store)
    assert reverted.exit_code == 0
    assert reverted.stdout.startswith("Step 3 puts 000001-")
    lines = call("history", "--store", store).stdout.splitlines()
    assert [line[:3] for line in lines] == ["* 3", "  2", "  1"]
    assert lines[1].endswith("by country lead: round closed")


def test_publish_with_a_bad_row_publishes_the_rest_and_tells(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text(GOOD.replace(",evidence", "").replace(",seen", "") + "R2,b-op,T1.b,yess\n")
    result = call("publish", path, "--store", store)
    assert result.exit_code == 0
    assert "mixed.csv, row 3, status" in result.stderr


def test_publish_of_a_bad_file_fails_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "noise.xlsx"
    path.write_bytes(b"no book")
    result = call("publish", path, "--store", store)
    assert result.exit_code == 1
    assert result.stderr.endswith("Nothing was published.\n")
    assert call("history", "--store", store).stdout.count("\n") == 1


@pytest.mark.parametrize("number", ["0", "9"])
def test_revert_to_a_step_that_never_was_fails(store: Path, number: str) -> None:
    result = call("revert", number, "--store", store)
    assert result.exit_code == 1
    assert f"{number} is not a step of the history." in result.stderr


def test_history_of_nothing_says_so(tmp_path: Path) -> None:
    result = call("history", "--store", tmp_path / "none")
    assert (result.exit_code, result.stdout[:25]) == (0, "Nothing is published yet.")


def test_a_damaged_pointer_is_told_by_every_command(store: Path, good: Path) -> None:
    (store / "CURRENT").write_text("two")
    for arguments in (["history"], ["check", good], ["publish", good], ["revert", "1"]):
        result = call(*arguments, "--store", store)
        assert result.exit_code == 1
        assert "is damaged (“two”)" in result.stderr


def test_a_path_that_does_not_exist_is_a_wrong_call(store: Path, tmp_path: Path) -> None:
    assert call("publish", tmp_path / "nowhere.csv", "--store", store).exit_code == 2


def test_a_missing_role_is_told(store: Path, good: Path) -> None:
    result = call("publish", good, "--store", store, "--role", " ")
    assert result.exit_code == 1
    assert "say in which role you publish." in result.stderr
