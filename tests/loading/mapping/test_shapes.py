"""Are sheets read that name each operation only once, or hold ids within sentences?"""

from pathlib import Path

import pytest

from dashboard.loading.mapping.reasons import Sure
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
        # One of many was forgotten: its row is left out.
        [["Aland", "T1", "yes"], ["Aland", "T2", "no"], ["", "T3", "no"], ["Beland", "T1", "no"]],
        # There is nothing above the first.
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


# A column for each word, with a tick in one of them.

BOXES = ["Country", "Question", "Yes", "Partly", "No", "N/A", "Comment"]


def test_the_ticked_column_is_the_answer(tmp_path: Path) -> None:
    table = [BOXES, ["Aland", "T1", "x", "", "", "", "soon"], ["Aland", "T2", "", "X", "", "", ""]]
    table += [["Beland", "T1", "☐", "☐", "✓", "☐", ""], ["Beland", "T2", "", "", "", "x", ""]]
    path = write_csv(tmp_path / "x.csv", [*table, ["Beland", "T3", "x", "", "x", "", ""], ["Beland", "T4", *[""] * 5]])
    found = guessed(path, NAMES)
    assert found.columns["status"].why == "across_status"
    assert found.columns["na_reason"].why == "no_reason"
    assert found.columns["note"].sure is Sure.SURE
    rows = rows_of(path, found.mapping)
    assert [(row.values["operation"], row.values["criterion"], row.values["status"], row.across) for row in rows] == [
        ("a-op", "T1", "yes", "Yes"),
        ("a-op", "T2", "partly", "Partly"),
        ("b-op", "T1", "no", "No"),
        ("b-op", "T2", "na", "N/A"),
        # Two ticks are no answer: the row is left out.
        ("b-op", "T3", "Yes + No", "Yes"),
    ]


def test_boxes_are_known_without_any_other_heading(tmp_path: Path) -> None:
    table = [["Toys of Aland"], ["Punkt", "Ja", "Teilweise", "Nein", "Entfällt"], ["T1", "x"], ["T2", "", "x"]]
    mapping = guessed(write_csv(tmp_path / "x.csv", table), NAMES).mapping
    assert mapping.header_row == 2
    assert mapping.across is not None
    assert mapping.across.column == "status"


def test_columns_with_more_than_ticks_are_no_boxes(tmp_path: Path) -> None:
    table = [["Country", "Question", "Yes", "No"], ["Aland", "T1", "12", ""], ["Aland", "T2", "x", "7"]]
    assert guessed(write_csv(tmp_path / "x.csv", table), NAMES).mapping.across is None


# A group of columns for each operation, named in a line above their titles.

GROUPED = [["Question", "Aland", "", "Beland", ""], ["", "Answer", "Comment", "Answer", "Comment"]]


def test_each_group_of_columns_has_its_own_answers_and_comments(tmp_path: Path) -> None:
    table = [["T1", "yes", "fine", "no", ""], ["T2", "", "", "N/A", "none here"], ["T3", "no", "", "", "later"]]
    path = write_csv(tmp_path / "x.csv", [*GROUPED, *table])
    found = guessed(path, NAMES)
    assert (found.mapping.header_row, found.left) == (2, ())
    assert (found.columns["status"].why, found.columns["note"].why) == ("across_operation", "same_group")
    assert found.mapping.across is not None
    assert found.mapping.across.codes == {"Aland: Answer": "a-op", "Beland: Answer": "b-op"}
    rows = rows_of(path, found.mapping)
    assert [tuple(row.values.get(column, "") for column in ("operation", "status", "note")) for row in rows] == [
        ("a-op", "yes", "fine"), ("b-op", "no", ""), ("b-op", "na", "none here"), ("a-op", "no", ""),
        ("b-op", "", "later"),
    ]  # fmt: skip


def test_words_of_further_columns_are_read_and_a_reason_there_is_enough(tmp_path: Path) -> None:
    head = [["", "Aland", "", "Beland", ""], ["Question", "Status", "Evidence", "Status", "Reason"]]
    path = write_csv(tmp_path / "x.csv", [*head, ["T1", "yes", "Document seen", "N/A", "none here"]])
    found = guessed(path, NAMES)
    assert "na_reason" not in found.columns or found.columns["na_reason"].why != "no_reason"
    first, second = rows_of(path, found.mapping)
    assert (first.values["evidence"], second.values["na_reason"]) == ("seen", "none here")


def test_data_below_a_header_is_no_second_line(tmp_path: Path) -> None:
    rows = [["Question", "Aland", "", "Beland"], ["T1", "yes", "", "yes"], ["T2", "no", "", "no"]]
    found = guessed(write_csv(tmp_path / "x.csv", rows), NAMES)
    assert found.mapping.header_row == 1
