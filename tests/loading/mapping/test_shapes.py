"""Are sheets read that name each operation only once, or hold ids within sentences?"""

from pathlib import Path

import pytest

from dashboard.model.answers.mapping_guess import Sure
from tests.loading.foreign import guessed, write_csv
from tests.loading.mapping.test_statuses import NAMES, rows_of

HEAD = ["Country", "Question", "Answer"]


def test_an_empty_cell_means_the_value_above_where_most_are_empty(tmp_path: Path) -> None:
    table = [HEAD, ["Aland", "T1", "yes"], ["", "T2", "no"], ["", "", ""], ["", "T3", "no"], ["Beland", "T1", "no"]]
    path = write_csv(tmp_path / "x.csv", [*table, ["", "T2", "yes"]])
    found = guessed(path, NAMES)
    assert found.mapping.filled == ("operation",)
    assert (found.columns["operation"].sure, found.columns["operation"].why) == (Sure.DOUBTFUL, "blanks")
    assert dict(found.columns["operation"].places) == {"n": "3"}
    assert [row.values["operation"] for row in rows_of(path, found.mapping)] == ["a-op"] * 3 + ["b-op"] * 2
    unfilled = found.mapping.model_copy(update={"filled": ()})
    assert [row.values["operation"] for row in rows_of(path, unfilled)] == ["a-op", "", "", "b-op", ""]


@pytest.mark.parametrize(
    "rows",
    [
        # One of many was forgotten: its row stays out.
        [["Aland", "T1", "yes"], ["Aland", "T2", "no"], ["", "T3", "no"], ["Beland", "T1", "no"]],
        # Nothing stands above the first.
        [["", "T1", "yes"], ["Aland", "T2", "no"], ["", "T3", "no"]],
    ],
)
def test_a_forgotten_cell_is_not_filled(tmp_path: Path, rows: list[list[str]]) -> None:
    found = guessed(write_csv(tmp_path / "x.csv", [HEAD, *rows]), NAMES)
    assert found.mapping.filled == ()
    assert found.columns["operation"].why != "blanks"


def test_a_row_that_says_nothing_does_not_count_as_empty(tmp_path: Path) -> None:
    rows = [["Aland", "T1", "yes"], ["", "T4", ""], ["", "T5", ""], ["Aland", "T2", "no"]]
    assert guessed(write_csv(tmp_path / "x.csv", [HEAD, *rows]), NAMES).mapping.filled == ()


def test_an_id_within_a_sentence_is_found(tmp_path: Path) -> None:
    table = [HEAD, ["Aland", "Result T1", "yes"], ["Aland", "Result (T2).", "no"], ["Aland", "T1 and then T3", "no"]]
    table += [["Aland", "Result T1 or T2", "no"], ["Aland", "Results", "no"]]
    found = guessed(write_csv(tmp_path / "x.csv", table), NAMES).values["criterion"]
    assert [(one.taken, one.reason.why) for one in found.values()] == [
        ("T1", "inside"), ("T2", "part"), ("T1", "begins"), (None, "unknown"), (None, "unknown"),
    ]  # fmt: skip
