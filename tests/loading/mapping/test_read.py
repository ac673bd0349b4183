"""Does a mapping carry everything over, report what it leaves out, and recognise its sheet again?"""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.loading.mapping.apply import BESIDE, Mapped, apply, as_theirs, fits, read_origin, write_mapped
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import SHEET, Across, SheetMapping
from dashboard.model.problem import Problem, Weight
from dashboard.model.sheet_cells import SheetGrid
from tests.loading.foreign import Rows, write_book, write_csv

MAPPING = SheetMapping(
    form="answers",
    sheets=("Toys",),
    header_row=2,
    header=("Question", "Answer", "Remark"),
    columns={"criterion": "Question", "status": "Answer"},
    fixed={"round": "R2", "operation": "b-op"},
    values={"status": {"Oui": "yes"}},
)
WIDE = MAPPING.model_copy(
    update={
        "columns": {"criterion": "Question"},
        "fixed": {"round": "R2"},
        "across": Across(column="operation", codes={"Aland": "a-op", "Bland": "b-op"}),
    }
)
SHEET_OF_TOYS: Rows = [
    ["Toys we lend"],
    ["Question", "Answer", "Remark"],
    ["T1.a", "Oui", "well"],
    ["Principle 2", "", ""],
    ["T1.b", "nope", ""],
]


def grids_of(path: Path) -> tuple[SheetGrid, ...]:
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    return grids


def mapped(path: Path, mapping: SheetMapping = MAPPING) -> Mapped:
    return apply(mapping, grids_of(path), path.name)


def kinds(found: Mapped) -> list[tuple[str, str, int | None, str | None, str | None]]:
    return [(p.kind, p.file, p.row, p.column, p.value) for p in found.problems]


def test_rows_come_over_and_what_does_not_is_reported(tmp_path: Path) -> None:
    found = mapped(write_book(tmp_path / "a.xlsx", {"Notes": [["Read", "me"], ["x", "y"]], "Toys": SHEET_OF_TOYS}))
    assert [(row.values["criterion"], row.values["status"]) for row in found.rows] == [
        ("T1.a", "yes"),
        ("T1.b", "nope"),
    ]
    assert found.origin.rows == (("a.xlsx[Toys]", 3, None), ("a.xlsx[Toys]", 5, None))
    assert kinds(found) == [
        ("sheet_left", "a.xlsx[Notes]", None, None, None),
        ("column_left", "a.xlsx[Toys]", 2, "Remark", None),
        ("rows_silent", "a.xlsx[Toys]", None, None, "1"),
    ]
    assert found.problems[-1].expected == "4"
    assert all(problem.weight is Weight.NOTE for problem in found.problems)


def test_a_sheet_that_has_moved_down_and_is_called_otherwise_is_found(tmp_path: Path) -> None:
    moved = [["A new title"], *SHEET_OF_TOYS]
    found = mapped(write_book(tmp_path / "a.xlsx", {"Notes": [["x"]], "Toys 2026": moved}))
    assert [row for _, row, _ in found.origin.rows] == [4, 6]


def test_only_the_sheets_that_are_named_are_read_while_they_are_there(tmp_path: Path) -> None:
    found = mapped(write_book(tmp_path / "a.xlsx", {"Toys": SHEET_OF_TOYS, "Draft": SHEET_OF_TOYS}))
    assert {place for place, _, _ in found.origin.rows} == {"a.xlsx[Toys]"}
    assert ("sheet_left", "a.xlsx[Draft]", None, None, None) in kinds(found)


def test_the_title_of_a_sheet_can_be_a_value(tmp_path: Path) -> None:
    by_sheet = MAPPING.model_copy(
        update={
            "sheets": ("A", "B"),
            "columns": {**MAPPING.columns, "operation": SHEET},
            "fixed": {"round": "R2"},
            "values": {"operation": {"A": "a-op", "B": "b-op"}},
        }
    )
    found = mapped(write_book(tmp_path / "a.xlsx", {"A": SHEET_OF_TOYS, "B": SHEET_OF_TOYS}), by_sheet)
    assert [row.values["operation"] for row in found.rows] == ["a-op", "a-op", "b-op", "b-op"]


def test_a_sheet_without_the_columns_is_reported_with_the_nearest(tmp_path: Path) -> None:
    other = [["Toys we lend", ""], ["Question", "Answers"], ["T1.a", "Oui"]]
    found = mapped(write_csv(tmp_path / "a.csv", other))
    assert found.rows == ()
    (problem,) = found.problems
    assert (problem.kind, problem.column, problem.hint, problem.weight) == (
        "missing_column", "Answer", "Answers", Weight.FILE,
    )  # fmt: skip


def test_a_sheet_that_says_nothing_is_an_empty_file(tmp_path: Path) -> None:
    found = mapped(write_csv(tmp_path / "a.csv", [["Question", "Answer"], ["T1.a", ""]]))
    assert [(problem.kind, problem.weight) for problem in found.problems] == [
        ("rows_silent", Weight.NOTE),
        ("empty_file", Weight.FILE),
    ]


def test_a_mapping_is_offered_for_the_very_same_header(tmp_path: Path) -> None:
    assert fits(MAPPING, grids_of(write_csv(tmp_path / "a.csv", [["x", "", ""], *SHEET_OF_TOYS])))
    for header in (["Question", "Answer"], ["Question", "Answer", "Remark", "More"]):
        assert not fits(MAPPING, grids_of(write_csv(tmp_path / "b.csv", [header, ["x"] * len(header)])))


# Problems refer to the file that was imported.


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A file in long form converted from a sheet in another format."""
    path = write_book(tmp_path / "theirs.xlsx", {"Toys": SHEET_OF_TOYS})
    return write_mapped(mapped(path), tmp_path / "made" / "theirs.csv")


def test_a_problem_is_reported_as_of_their_sheet_row_and_column(made: Path) -> None:
    problem = Problem("off_scale", "theirs.csv", 3, "status", "nope", "yes, no", "no")
    assert as_theirs([problem], [made]) == [replace(problem, file="theirs.xlsx[Toys]", row=5, column="Answer")]


def test_a_column_of_ours_that_they_do_not_have_keeps_its_name(made: Path) -> None:
    (told,) = as_theirs([Problem("unknown_round", "theirs.csv", 2, "round", "R9")], [made])
    assert (told.file, told.row, told.column) == ("theirs.xlsx[Toys]", 3, "round")


def test_a_problem_without_a_row_is_reported_of_the_file(made: Path) -> None:
    (told,) = as_theirs([Problem("and_more", "theirs.csv", column="status", value="7")], [made])
    assert (told.file, told.row, told.column) == ("theirs.xlsx", None, "Answer")


def test_a_problem_of_another_file_stays(made: Path) -> None:
    problem = Problem("off_scale", "other.csv", 3, "status")
    assert as_theirs([problem], [made, made.with_name("none.csv")]) == [problem]


def test_a_problem_of_a_spread_row_is_reported_at_its_cell(tmp_path: Path) -> None:
    sheet = [["Question", "Aland", "Bland"], ["T1.a", "Oui", "nope"], ["T9", "Oui", ""]]
    made = write_mapped(mapped(write_csv(tmp_path / "theirs.csv", sheet), WIDE), tmp_path / "made" / "theirs.csv")
    told = as_theirs(
        [
            Problem("off_scale", "theirs.csv", 3, "status", "nope"),
            Problem("reason_missing", "theirs.csv", 3, "na_reason"),
            Problem("unknown_criterion", "theirs.csv", 4, "criterion", "T9"),
        ],
        [made],
    )
    assert [(problem.row, problem.column) for problem in told] == [(2, "Bland"), (2, "Bland"), (3, "Question")]


def test_of_a_file_that_was_changed_since_nothing_is_said(made: Path) -> None:
    assert read_origin(made) is not None
    made.write_text(made.read_text("utf-8") + "R2,b-op,T1.a,yes\n", "utf-8")
    assert read_origin(made) is None
    problem = Problem("off_scale", "theirs.csv", 3, "status")
    assert as_theirs([problem], [made]) == [problem]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"checksum": 1}', "\0"])
def test_a_broken_note_beside_a_file_is_passed_over(made: Path, text: str) -> None:
    made.with_name(made.name + BESIDE).write_text(text)
    assert read_origin(made) is None
