"""What does one row of a sheet in another format become, and what may a mapping say?"""

import pytest
from pydantic import ValidationError

from dashboard.model.mapping import Across, LongRow, SheetMapping, bare, long_rows
from dashboard.model.sheet_cells import column_letters, joined_titles, labels_of

LONG = SheetMapping(
    form="answers",
    columns={"criterion": "Question", "status": "Answer", "note": "Comment", "answered_on": "Date"},
    fixed={"round": "R2", "operation": "b-op"},
    values={"status": {"Sí": "yes"}},
)
WIDE = SheetMapping(
    form="answers",
    columns={"criterion": "Question"},
    fixed={"round": "R2"},
    values={"status": {"Sí": "yes"}},
    across=Across(column="operation", codes={"Ghana": "a-op", "Chad": "b-op"}),
)


def rows(mapping: SheetMapping, row: int = 5, **cells: str) -> list[LongRow]:
    return list(long_rows(mapping, cells, row, {"abril": 4}))


def test_columns_are_renamed_values_translated_and_what_is_missing_is_fixed() -> None:
    (row,) = rows(LONG, Question=" T1.a ", Answer="Sí", Comment="", Date="3 abril 2025", Other="x")
    assert row.values == {
        "round": "R2", "operation": "b-op", "criterion": "T1.a", "status": "yes", "note": "",
        "answered_on": "2025-04-03",
    }  # fmt: skip
    assert row.across is None


def test_a_word_or_day_that_is_not_known_stays_as_it_stands() -> None:
    (row,) = rows(LONG, Question="T1.a", Answer="maybe", Date="some day")
    assert (row.values["status"], row.values["answered_on"]) == ("maybe", "some day")


def test_a_row_that_says_nothing_makes_none() -> None:
    assert rows(LONG, Question="Principle 1", Answer=" ", Comment="") == []


def test_a_note_without_an_answer_is_a_row_all_the_same() -> None:
    assert len(rows(LONG, Question="T1.a", Comment="see mail")) == 1


def test_a_fixed_value_says_nothing_of_a_row() -> None:
    fixed = LONG.model_copy(update={"fixed": {**LONG.fixed, "evidence": "seen"}})
    assert rows(fixed, Question="T1.a") == []


def test_columns_that_stand_for_operations_make_a_row_each_where_they_say_something() -> None:
    both = rows(WIDE, Question="T1.a", Ghana="Sí", Chad="no")
    assert [(row.values["operation"], row.values["status"], row.across) for row in both] == [
        ("a-op", "yes", "Ghana"),
        ("b-op", "no", "Chad"),
    ]
    assert [row.across for row in rows(WIDE, Question="T1.a", Ghana="", Chad="no")] == ["Chad"]


def test_rows_without_a_code_are_numbered() -> None:
    mapping = SheetMapping(form="actions", columns={"text": "What"}, fixed={"action": "plan-{row}"})
    assert rows(mapping, row=7, What="Do it")[0].values["action"] == "plan-7"


def test_what_nothing_says_is_missing() -> None:
    assert LONG.missing == ()
    assert WIDE.missing == ()
    assert SheetMapping(form="answers", columns={"status": "Answer"}).missing == ("round", "operation", "criterion")


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "targets"},
        {"columns": {"colour": "A"}},
        {"fixed": {"colour": "red"}},
        {"values": {"colour": {"a": "b"}}},
        {"columns": {"round": "A"}, "fixed": {"round": "R2"}},
        {"across": {"column": "operation", "codes": {"A": "a"}, "beside": {"A": {"colour": "B"}}}},
        {"header_row": 0},
        {"days": "ymd"},
        {"colour": "red"},
    ],
)
def test_a_mapping_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SheetMapping.model_validate({"form": "answers", **wrong})


def test_a_saved_mapping_loses_a_column_that_is_no_longer_read() -> None:
    saved = {"form": "actions", "columns": {"text": "What", "status_by_quarter": "Quarters"}}
    assert SheetMapping.model_validate(saved).columns == {"text": "What"}
    with pytest.raises(ValidationError, match="colour"):
        SheetMapping.model_validate({"form": "actions", "columns": {"colour": "Colour"}})


def test_columns_that_represent_nothing_yet_leave_their_values_missing() -> None:
    mapping = SheetMapping.model_validate({"form": "answers", "across": {"column": "operation", "codes": {}}})
    assert mapping.missing == ("round", "operation", "criterion", "status")


def test_columns_are_told_apart() -> None:
    row = ["Status", " Status ", "", "Status (2)", "", "A  b"]
    assert labels_of(row, [True, True, True, True, False, True]) == (
        "Status", "Status (2)", "C", "Status (2) (2)", "", "A b",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("above", "row", "titles"),
    [
        (["", "Ghana", "", "Chad"], ["Q", "A", "B", "A"], ["Q", "Ghana: A", "B", "Chad: A"]),
        (["Q", "Ghana", "", "Chad", ""], ["", "A", "B", "A", "B"], ["Q", "Ghana: A", "Ghana: B", "Chad: A", "Chad: B"]),
        (["A title", "", ""], ["Q", "A", "A"], ["Q", "A", "A"]),
        (["Q", "A", ""], ["Q", "A", "A"], ["Q", "A", "A"]),
        ([], ["Q", "A", "A"], ["Q", "A", "A"]),
    ],
)
def test_titles_in_two_lines_are_joined_where_they_repeat(above: list[str], row: list[str], titles: list[str]) -> None:
    assert joined_titles(above, row) == tuple(titles)


def test_letters_of_columns() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_names_are_compared_without_accents_capitals_and_signs() -> None:
    assert bare("  Sí, TOTALMENTE! ") == "si totalmente"
    assert bare("N/A") == "n a"
    assert bare(" ? ") == "?"
