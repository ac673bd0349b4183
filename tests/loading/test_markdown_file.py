"""Do guidance and cases become values with the line of each, and is what does not fit reported with its line?"""

import shutil
from pathlib import Path

import pytest

from dashboard.loading.frameworks import read_library
from dashboard.model.problem import Problem
from tests.conftest import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests/tiny/frameworks", tmp_path / "frameworks")
    return tmp_path / "frameworks"


def problems_of(root: Path, name: str, old: str, new: str) -> list[Problem]:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return read_library([root])[1]


def test_the_sections_are_values_like_those_above_them(root: Path) -> None:
    library, problems = read_library([root])
    assert problems == []
    (fair,) = [item for item in library.guidance if item.guidance == "G-lend-fairly"]
    (edges,) = [item for item in library.guidance if item.guidance == "G-file-edges"]
    assert edges.situation == "Toys leave the bench with edges that cut."
    assert edges.this_month == (
        "File every edge that a thumb can feel.",
        "Put aside what cannot be filed, and say why.",
    )
    assert fair.sources[0].address is None
    (case,) = library.cases
    assert case.what_resulted == "- Between 200 and 300 toys were filed.\n- Nobody asked the children."
    assert {fact.differs for fact in case.facts} == {"toys-filed"}


def test_a_rule_of_dashes_within_a_value_belongs_to_it(root: Path) -> None:
    path = root / "cases/TC1.md"
    front, _, rest = path.read_text("utf-8").partition("where: ")
    path.write_text(f"{front}where: |-\n  here\n  ---\n  {rest}", "utf-8")
    library, problems = read_library([root])
    assert problems == []
    assert library.cases[0].where.startswith("here\n---\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("guidance/G-file-edges.md", "## This year", "## This yeer", ("unknown_key", 24, "this_yeer", "this_year")),
        ("guidance/G-file-edges.md", "## Watch out\n", "## This year\n", ("key_twice", 30, "this_year", None)),
        ("guidance/G-file-edges.md", "step: start", "step: stat", ("bad_value", 5, "step", "start")),
        ("guidance/G-file-edges.md", "[T2.b]", "[T2.bb]", ("unknown_id", 6, "criteria", "T2.b")),
        ("guidance/G-file-edges.md", "toy_shop", "toy_shap", ("unknown_id", 8, "settings", "toy_shop")),
        ("guidance/G-file-edges.md", "- Buy wood", "Buy wood", ("bad_value", 24, "this_year", None)),
        ("guidance/G-file-edges.md", "---\nschema", "schema", ("no_front_matter", 1, None, None)),
        ("guidance/G-file-edges.md", "## Situation\n", "", ("text_before_heading", 16, None, None)),
        ("guidance/G-lend-fairly.md", "G-lend-fairly", "G-file-edges", ("id_twice", 3, "guidance", None)),
        ("cases/TC1.md", "[GHA]", "[Ghana]", ("bad_value", 7, "countries", None)),
        ("cases/TC1.md", "tells: output", "tells: outputs", ("bad_value", 18, "facts.tells", "output")),
        ("cases/TC1.md", "## Lesson\nAsk the children.\n", "", ("missing_key", None, "lesson", None)),
    ],
)
def test_what_does_not_fit_is_reported_with_line_and_nearest(
    root: Path, name: str, old: str, new: str, told: tuple[str, int | None, str | None, str | None]
) -> None:
    found = problems_of(root, name, old, new)
    kind, row, column, hint = told
    first = next(p for p in found if p.kind == kind)
    assert first.file == f"frameworks/{name}"
    assert (first.column, first.hint) == (column, hint)
    assert row is None or first.row == row
    assert first.expected is None or "tuple" not in first.expected
    assert all(p.weight.value == "file" for p in found)


def test_a_file_without_an_end_to_its_front_matter_is_reported(root: Path) -> None:
    (root / "cases/TC2.md").write_text("---\nschema_version: 1\n", "utf-8")
    assert [(p.kind, p.file) for p in read_library([root])[1]] == [("no_front_matter", "frameworks/cases/TC2.md")]
