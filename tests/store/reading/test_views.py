"""Are views saved as files of a store, in the form of tour steps, by those who may write and nobody else?"""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from dashboard.model.tour import Step
from dashboard.store.locking import Writer
from dashboard.store.named_files import remove_view, save_view, stored_views
from dashboard.store.upgrade import copy_beside

HERE = Writer("visitor", "")
ELSEWHERE = Writer("visitor", "", "0.0.0.0")  # noqa: S104
VIEW = Step.of_view("heatmap", {"country": "GHA,BOL", "round": "2025", "safe": "yes"}, "Two of us", "Both are open.")


def test_a_view_is_read_back_as_it_was_saved_and_is_a_step_of_a_tour(tmp_path: Path) -> None:
    assert save_view(tmp_path, VIEW, HERE) is None
    assert stored_views(tmp_path) == ({"Two of us": VIEW}, ())
    (file,) = (tmp_path / "views").iterdir()
    assert yaml.safe_load(file.read_text("utf-8")) == {
        "page": "heatmap",
        "view": {"round": "2025", "country": ["GHA", "BOL"]},
        "title": "Two of us",
        "text": "Both are open.",
    }


def test_one_is_taken_away_and_again_without_harm(tmp_path: Path) -> None:
    assert remove_view(tmp_path, "Two of us", HERE) is None
    save_view(tmp_path, VIEW, HERE)
    assert remove_view(tmp_path, "Two of us", HERE) is remove_view(tmp_path, "Two of us", HERE) is None
    assert stored_views(tmp_path) == ({}, ())


def test_a_server_that_others_reach_neither_saves_nor_removes(tmp_path: Path) -> None:
    save_view(tmp_path, VIEW, HERE)
    refused = (save_view(tmp_path, VIEW, ELSEWHERE), remove_view(tmp_path, "Two of us", ELSEWHERE))
    assert [problem and problem.kind for problem in refused] == ["may_not_publish"] * 2
    assert stored_views(tmp_path)[0] == {"Two of us": VIEW}


@pytest.mark.parametrize("name", ["../CURRENT", "a/b", "", ".hidden"])
def test_no_other_file_is_ever_written_or_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / "CURRENT.yaml").write_text("1")
    problem = remove_view(tmp_path, name, HERE)
    assert problem is not None
    assert problem.kind == "file_name"
    if name:
        saved = save_view(tmp_path, VIEW.model_copy(update={"title": name}), HERE)
        assert saved is not None
        assert saved.kind == "file_name"
    assert [path.name for path in tmp_path.rglob("*")] == ["CURRENT.yaml"]


def test_a_machine_that_cannot_write_is_reported(tmp_path: Path) -> None:
    (tmp_path / "views").write_text("in the way")
    problems = (save_view(tmp_path, VIEW, HERE), remove_view(tmp_path, "Two of us", HERE))
    assert [problem and problem.kind for problem in problems] == ["not_written"] * 2


def test_views_go_along_to_a_new_store(tmp_path: Path) -> None:
    save_view(tmp_path / "old", VIEW, HERE)
    copy_beside(tmp_path / "old", tmp_path / "new")
    assert stored_views(tmp_path / "new") == ({"Two of us": VIEW}, ())


def test_a_page_that_no_step_opens_is_no_view() -> None:
    with pytest.raises(ValidationError):
        Step.of_view("whatif", {}, "A", "B.")
