"""Are two columns read as one name, rows selected, and repeats that an unread column distinguishes reported?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.apply import apply
from dashboard.loading.mapping.guess import complete
from dashboard.loading.mapping.reasons import Sure
from dashboard.loading.mapping.recognise import headed_at
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import Names, SheetMapping
from dashboard.model.problem import Problem
from tests.loading.foreign import Rows, write_csv

NAMES = Names(
    {
        "operation": {"x-mobile": ("Telco Mobile",), "x-fixed": ("Telco Fixed",), "telco": ("Telco",)},
        "criterion": {"C1.a": ("The first",), "C1.b": ("The second",), "C1": ("Both",)},
        "round": {"R1": ("First round",)},
        "impact": {},
    },
    {"C1.a": "toy", "C1.b": "toy", "C1": "toy"},
    {"toy": {"yes": "full", "no": "nil"}},
    {"yes": ("Yes",), "no": ("No",)},
)
FACETS = [
    ["Question", "Facet", "Answer", "Source"],
    ["C1.a", "Standard", "yes", "p1"],
    ["C1.a", "Extra", "odd", "p2"],
    ["C1.b", "Standard", "no", "p3"],
    ["C1.b", "Extra", "yes", "p4"],
]
PLAIN = SheetMapping(
    form="answers", columns={"criterion": "Question", "status": "Answer"}, fixed={"round": "R1", "operation": "x-fixed"}
)


def rows_and_problems(folder: Path, rows: Rows, mapping: SheetMapping) -> tuple[list[list[str]], dict[str, Problem]]:
    """Return operation, criterion and status of each row that a sheet becomes, and the problems by kind."""
    grids = read_grids(write_csv(folder / "a.csv", rows), "a.csv")
    assert not isinstance(grids, Problem)
    completed = complete(mapping, [headed_at(grids[0], 0)], NAMES)
    mapped = apply(completed.mapping, grids, "a.csv")
    told = {problem.kind: problem for problem in mapped.problems if problem.kind != "column_left"}
    return [[row.values.get(c, "") for c in ("operation", "criterion", "status")] for row in mapped.rows], told


def test_two_columns_name_one_thing(tmp_path: Path) -> None:
    mapping = PLAIN.model_copy(
        update={
            "columns": {**PLAIN.columns, "operation": "Company"},
            "fixed": {"round": "R1"},
            "together": {"operation": "Unit", "criterion": "Part"},
        }
    )
    table = [
        ["Company", "Unit", "Question", "Part", "Answer"],
        ["Telco", "Mobile", "C1", "a", "yes"],
        ["telco", "FIXED", "C1", "b", "no"],
        ["Telco", "", "C1", "", "no"],
    ]
    rows, told = rows_and_problems(tmp_path, table, mapping)
    assert rows == [["x-mobile", "C1.a", "yes"], ["x-fixed", "C1.b", "no"], ["telco", "C1", "no"]]
    assert not told


def test_part_of_a_name_does_not_match_the_whole(tmp_path: Path) -> None:
    mapping = PLAIN.model_copy(update={"together": {"criterion": "Part"}})
    grids = read_grids(write_csv(tmp_path / "a.csv", [["Question", "Part", "Answer"], ["C1", "z", "yes"]]), "a.csv")
    assert not isinstance(grids, Problem)
    found = complete(mapping, [headed_at(grids[0], 0)], NAMES).values["criterion"]
    assert [(text, match.code, match.reason.sure) for text, match in found.items()] == [("C1 + z", None, Sure.DOUBTFUL)]


def test_only_rows_that_are_picked_are_read_and_the_others_are_counted(tmp_path: Path) -> None:
    mapping = PLAIN.model_copy(update={"only": {"Facet": ("Standard",)}})
    rows, told = rows_and_problems(tmp_path, FACETS, mapping)
    assert [row[1:] for row in rows] == [["C1.a", "yes"], ["C1.b", "no"]]
    assert (told["rows_not_picked"].value, told["rows_not_picked"].expected) == ("2", "Facet: Standard")
    assert set(told) == {"rows_not_picked"}, "nothing repeats any more"
    grids = read_grids(tmp_path / "a.csv", "a.csv")
    assert not isinstance(grids, Problem)
    known = complete(mapping, [headed_at(grids[0], 0)], NAMES)
    assert list(known.values["status"]) == ["yes", "no"], "nobody is asked about words of other rows"
    assert known.few["Facet"] == ("Standard", "Extra")


def test_an_unread_column_that_distinguishes_repeats_is_named(tmp_path: Path) -> None:
    rows, told = rows_and_problems(tmp_path, FACETS, PLAIN)
    assert len(rows) == 4
    assert (told["tells_apart"].column, told["tells_apart"].value, told["tells_apart"].row) == ("Facet", "4", 1)


@pytest.mark.parametrize(
    "table",
    [
        [FACETS[0], FACETS[1], FACETS[3]],
        [FACETS[0], *[["C1.a", "Standard", "yes", f"p{n}"] for n in range(6)], *[["C1.b", "Extra", "no", "p"]] * 2],
    ],
    ids=["nothing repeats", "repeated rows are alike, or numbered"],
)
def test_repeats_that_no_column_distinguishes_name_none(tmp_path: Path, table: Rows) -> None:
    assert "tells_apart" not in rows_and_problems(tmp_path, table, PLAIN)[1]


def test_while_something_is_missing_nothing_is_called_a_repeat(tmp_path: Path) -> None:
    mapping = PLAIN.model_copy(update={"columns": {"status": "Answer"}})
    assert "tells_apart" not in rows_and_problems(tmp_path, FACETS[:3], mapping)[1]
