"""Are the targets of an operation included in its workbook, and read back as they were meant?"""

from datetime import date
from pathlib import Path

import pytest

from dashboard.model.plan import Target
from dashboard.model.problem import sentence
from dashboard.model.words import Words
from dashboard.store.publishing.publish import check
from dashboard.store.publishing.save_rows import stored_rows
from dashboard.store.reader import Reader
from tests.books import HEAD, Sheets, published, write
from tests.conftest import TODAY, copy_of

HEADS = {
    "framework": "Standard",
    "kind": "Kind",
    "area": "Area (empty: the whole standard)",
    "percent": "Target percentage (0-100)",
    "round": "Due at the end of round",
    "due_on": "Or due on",
    "baseline": "Baseline round",
    "owner_role": "Owner (role)",
    "note": "Note on the target",
}
PLAY = "toy · respect · T1 · 2027-03-31"
WHOLE = "toy · respect · R2"
TARGETS = (
    "framework,kind,area,operation,percent,round,due_on,baseline,owner_role,note\n"
    "toy,respect,T1,a-op,80,,2027-03-31,R1,Toy maker,Agreed.\n"
    "toy,respect,,a-op,60,R2,,,,\n"
    "toy,respect,,b-op,50,,2027-03-31,,,\n"
    "toy,respect,,,70,,2027-03-31,,,\n"
)
OWN = [
    Target("toy", "respect", "", "a-op", "60", "R2"),
    Target("toy", "respect", "T1", "a-op", "80", "", "2027-03-31", "R1", "Toy maker", "Agreed."),
]


@pytest.fixture(scope="module")
def hands_out(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy group with targets of two operations and of the group. Read-only."""
    folder = tmp_path_factory.mktemp("targets")
    (folder / "targets.csv").write_text(TARGETS, "utf-8")
    store = copy_of(tiny_store, folder / "store")
    assert published(store, folder / "targets.csv") == ()
    return store


@pytest.fixture
def with_targets(hands_out: Path, tmp_path: Path) -> Path:
    """A copy of it, free to change."""
    return copy_of(hands_out, tmp_path / "store")


def own(store: Path, operation: str = "a-op") -> list[Target]:
    """The published targets of an operation."""
    now = Reader(store).current()
    assert now is not None
    with now.connection as connection:
        found = stored_rows(connection, Target)
    return sorted((one for one in found.values() if one.operation == operation), key=lambda one: one.key)


def put(sheets: Sheets, id_: str = "", **cells: object) -> int:
    """Type into the row of a target, or below the last one. Returns its number as a spreadsheet counts."""
    sheet = sheets["Targets"]
    if not id_:
        sheet.append([""] * len(sheet[HEAD]))
    row = next((number for number, line in enumerate(sheet) if number > HEAD and line[0] == id_ != ""), len(sheet) - 1)
    for name, cell in cells.items():
        sheet[row][sheet[HEAD].index(HEADS[name])] = cell
    return row + 1


def test_the_targets_of_the_operation_are_in_its_workbook(sheets: Sheets) -> None:
    sheet = sheets["Targets"]
    shown = [dict(zip(sheet[HEAD], row, strict=True)) for row in sheet[HEAD + 1 :] if row[0]]
    # In the order of the standard: the whole first, then area by area.
    assert [row["Id"] for row in shown] == [WHOLE, PLAY]
    assert [shown[1][HEADS[name]] for name in HEADS] == [
        "TOY", "Respect", "TOY 1 Play", "80", "", date(2027, 3, 31), "First round", "Toy maker", "Agreed.",
    ]  # fmt: skip
    assert shown[0][HEADS["round"]] == "Second round"
    assert sheet[1][0] == "Targets: 2, 2 of them pre-filled"


def test_returned_as_it_was_it_changes_nothing(with_targets: Path, sheets: Sheets, tmp_path: Path) -> None:
    assert own(with_targets) == OWN
    assert published(with_targets, write(tmp_path / "book.xlsx", sheets)) == ()
    assert own(with_targets) == OWN
    assert len(own(with_targets, "b-op")) == 1


def test_a_target_is_changed_and_a_new_one_set(with_targets: Path, sheets: Sheets, tmp_path: Path) -> None:
    put(sheets, PLAY, percent=85, note="Raised.")
    put(
        sheets,
        framework="TOY",
        kind="support",
        area="TOY 2 Shops",
        percent="40",
        round="Second round",
        owner_role="Seller",
    )
    put(sheets, framework="toy", kind="Respect", percent=90, due_on=date(2028, 3, 31), baseline="R1")
    assert published(with_targets, write(tmp_path / "book.xlsx", sheets)) == ()
    assert own(with_targets) == [
        Target("toy", "respect", "", "a-op", "90", "", "2028-03-31", "R1"),
        OWN[0],
        Target("toy", "respect", "T1", "a-op", "85", "", "2027-03-31", "R1", "Toy maker", "Raised."),
        Target("toy", "support", "T2", "a-op", "40", "R2", "", "", "Seller"),
    ]


RIGHT: dict[str, object] = {"framework": "TOY", "kind": "respect", "percent": 50, "round": "R2"}
MISTAKES: tuple[list[tuple[str, dict[str, object], str, str]], ...] = (
    [
        (PLAY, {"percent": "a lot"}, "bad_number", "percent"),
        ("", RIGHT | {"kind": "support", "percent": 120}, "bad_number", "percent"),
        ("", RIGHT | {"kind": "nice"}, "off_scale", "kind"),
        ("", RIGHT | {"area": "Plai"}, "off_scale", "area"),
        ("", RIGHT | {"round": ""}, "one_deadline", "due_on"),
        ("", RIGHT | {"round": "", "due_on": "01/02/2027"}, "two_days", "due_on"),
        ("", RIGHT | {"percent": ""}, "missing_value", "percent"),
    ],
    [
        (PLAY, {"due_on": date(2029, 3, 31)}, "target_moved", ""),
        (WHOLE, {"area": "TOY 2 Shops"}, "target_moved", ""),
    ],
)
"""Cells typed into two workbooks, each with the kind and the column of the problem."""


@pytest.mark.parametrize("mistakes", MISTAKES, ids=["wrong", "moved"])
def test_a_mistake_is_reported_by_sheet_row_and_column_and_stays_out(
    mistakes: list[tuple[str, dict[str, object], str, str]], with_targets: Path, sheets: Sheets, tmp_path: Path
) -> None:
    expected = [
        (kind, "book.xlsx[Targets]", put(sheets, id_, **cells), HEADS.get(column, "Id"), "row")
        for id_, cells, kind, column in mistakes
    ]
    found = published(with_targets, write(tmp_path / "book.xlsx", sheets))
    told = [(problem.kind, problem.file, problem.row, problem.column, problem.weight) for problem in found]
    assert sorted(told, key=str) == sorted(expected, key=str)
    assert own(with_targets) == OWN


def test_an_emptied_percentage_withdraws_nothing_and_is_reported(
    with_targets: Path, sheets: Sheets, tmp_path: Path
) -> None:
    put(sheets, PLAY, percent="")
    (problem,) = published(with_targets, write(tmp_path / "book.xlsx", sheets))
    assert (problem.kind, problem.file) == ("left_as_it_is", "book.xlsx[Targets]")
    assert own(with_targets) == OWN


def test_a_target_published_since_overrides_a_row_that_nobody_changed(
    with_targets: Path, sheets: Sheets, tmp_path: Path
) -> None:
    unchanged = write(tmp_path / "first.xlsx", sheets)
    put(sheets, WHOLE, percent=65)
    assert published(with_targets, write(tmp_path / "second.xlsx", sheets)) == ()
    (problem,) = published(with_targets, unchanged)
    assert problem.kind == "later_one_stands"
    assert own(with_targets)[0].percent == "65"


def test_a_row_that_nobody_changed_yields_to_a_table_of_the_same_load(
    with_targets: Path, sheets: Sheets, tmp_path: Path
) -> None:
    book = write(tmp_path / "book.xlsx", sheets)
    (tmp_path / "more.csv").write_text(f"{TARGETS.splitlines()[0]}\ntoy,respect,,a-op,90,R2,,,,\n", "utf-8")
    assert published(with_targets, book, tmp_path / "more.csv") == ()
    assert [one.percent for one in own(with_targets)] == ["90", "80"]


def test_a_moved_target_says_what_it_was(with_targets: Path, sheets: Sheets, tmp_path: Path, words: Words) -> None:
    row = put(sheets, WHOLE, round="R1")
    (problem,) = check(with_targets, [write(tmp_path / "book.xlsx", sheets)], TODAY)
    assert sentence(problem, words) == (
        f"book.xlsx[Targets], row {row}, Id: You cannot change here what a target is for or when it is due (“toy · "
        f"respect · R1”). Expected: {WHOLE}."
    )
