"""Is only one group of columns read where several are named after the same operations, and asked which if two fit?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.apply import apply
from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.mapping.reasons import Guess
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.problem import Problem
from tests.loading.foreign import Rows, guessed, write_csv
from tests.loading.mapping.test_unnamed import NAMES, doubt

A, B = "Toys of Aland", "Toys of Beland"
RESULT: Rows = [["T1", "full", "none"], ["T2", "partly", "none"], ["T3", "none", "full"]]
SAME: Rows = [["yes", "no"], ["yes", "yes"], ["no", "yes"]]
LAST: Rows = [["none", "none"], ["none", "full"], ["none", "none"]]
MEANT = [
    ("a-op", "T1", "full"), ("b-op", "T1", "none"), ("a-op", "T2", "partly"), ("b-op", "T2", "none"),
    ("a-op", "T3", "none"), ("b-op", "T3", "full"),
]  # fmt: skip
"""What the results say."""


def beside(first: Rows, second: Rows) -> Rows:
    return [[*one, *other] for one, other in zip(first, second, strict=True)]


def under(result: str, other: str, body: Rows = SAME) -> Rows:
    return [["Element", result, "", other, ""], ["", A, B, A, B], *beside(RESULT, body)]


READ: dict[str, Rows] = {
    "the results first": under("2025 result", "Same as last year?"),
    "the results last": [
        ["Element", "Same as last year?", "", "2025 result", ""], ["", A, B, A, B],
        *[[code, *same, *said] for (code, *said), same in zip(RESULT, SAME, strict=True)],
    ],
    "below a title": [["Results"], *under("This year", "Same as last year?")],
    "in one line": [["Element", A, B, A, B], *beside(RESULT, SAME)],
    "a group of each operation": [
        ["Element", A, "", B, ""], ["", "Result", "Same as last year?", "Result", "Same as last year?"],
        *[[code, a, same_a, b, same_b] for (code, a, b), (same_a, same_b) in zip(RESULT, SAME, strict=True)],
    ],
    "fewer operations in the other": [
        ["Element", A, B, A], *[[*row, same[0]] for row, same in zip(RESULT, SAME, strict=True)],
    ],
}  # fmt: skip


def read(folder: Path, rows: Rows, group: str = "") -> tuple[Guess, list[tuple[str, ...]]]:
    """Return the guess, and what is read: operation, criterion and status."""
    width = max(map(len, rows))
    path = write_csv(folder / "x.csv", [[*row, *[""] * (width - len(row))] for row in rows])
    found = guessed(path, NAMES, KnownWords(otherwise={"round": "R3"}, group=group))
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    columns = ("operation", "criterion", "status")
    return found, [tuple(row.values[ours] for ours in columns) for row in apply(found.mapping, grids, "x.csv").rows]


@pytest.mark.parametrize("case", READ)
def test_the_group_with_most_operations_and_words_of_the_scale_is_read(tmp_path: Path, case: str) -> None:
    found, rows = read(tmp_path, READ[case])
    assert (rows, doubt(found)) == (MEANT, None)
    assert len(found.left) == len(READ[case][-1]) - 3
    assert len(found.groups) == 2


@pytest.mark.parametrize("other", ["2024", "Result of 2024"])
def test_two_that_fit_are_asked_about(tmp_path: Path, other: str) -> None:
    for body in (LAST, [row[1:] for row in RESULT]):
        found, rows = read(tmp_path, under("2025", other, body))
        assert rows == MEANT, "the first from the left is shown"
        assert doubt(found) == doubt(found, "operation") == ("groups", "2025", other)
        assert (found.group, found.groups) == ("2025", ("2025", other))
        assert {"status", "operation"} <= {*found.undecided}


def test_a_scale_of_plain_words_is_asked_about(tmp_path: Path) -> None:
    rows = [row if number < 2 else [row[0], *SAME[number - 2], *row[3:]] for number, row in enumerate(under("x", "y"))]
    assert doubt(read(tmp_path, rows)[0]) == ("groups", "x", "y")


def test_the_group_that_is_chosen_is_read_and_its_title_says_the_round(tmp_path: Path) -> None:
    rows = under("2025", "2024", LAST)
    found, said = read(tmp_path, rows, "2024")
    assert said[:3] == [("a-op", "T1", "none"), ("b-op", "T1", "none"), ("a-op", "T2", "none")]
    assert (doubt(found), found.columns["status"].why) == (None, "settled")
    assert (found.mapping.fixed["round"], read(tmp_path, rows)[0].mapping.fixed["round"]) == ("2024", "2025")
    # The round of a heading that is not read says nothing of the others.
    assert read(tmp_path, under("2025", "2031", LAST), "2031")[0].mapping.fixed["round"] == "R3"


def test_columns_beside_an_answer_are_no_group(tmp_path: Path) -> None:
    head = [["Element", A, "", B, ""], ["", "Answer", "Comment", "Answer", "Comment"]]
    found, rows = read(tmp_path, [*head, *[[code, a, "x", b, "y"] for code, a, b in RESULT]])
    assert (rows, found.groups, found.left) == (MEANT, (), ())
