"""How does a problem read, and what does it suggest was meant?"""

import pytest

from dashboard.model.problem import Problem, Weight, nearest, sentence, shortened
from dashboard.model.words import Words

SAID = Words(
    "en",
    {
        "problem_place.file": "{file}: {said}",
        "problem_place.row": "{file}, row {row}: {said}",
        "problem_place.column": "{file}, {column}: {said}",
        "problem_place.cell": "{file}, row {row}, {column}: {said}",
        "problem.expected": "Expected: {expected}.",
        "problem.hint": "Did you mean {hint}?",
        "problem.off_scale": "“{value}” is not on the scale.",
    },
)


def test_says_where_what_what_was_expected_and_the_nearest_right_thing() -> None:
    problem = Problem("off_scale", "2025.csv", 14, "status", "yess", "yes, no", "yes")
    assert sentence(problem, SAID) == (
        "2025.csv, row 14, status: “yess” is not on the scale. Expected: yes, no. Did you mean yes?"
    )


def test_what_was_expected_is_put_into_the_words_of_its_kind() -> None:
    words = Words("en", {**SAID.texts, "problem_expected.off_scale": "Expected: one of {expected}."})
    problem = Problem("off_scale", "a.csv", value="x", expected="1, 2")
    assert sentence(problem, words) == "a.csv: “x” is not on the scale. Expected: one of 1, 2."


def test_a_problem_of_whoever_writes_names_no_place() -> None:
    words = Words("en", {**SAID.texts, "problem.role_missing": "Enter the role."})
    assert sentence(Problem("role_missing", "store"), words) == "Enter the role."


def test_two_texts_side_by_side_are_given_more_room() -> None:
    words = Words("en", {**SAID.texts, "problem.changed_unversioned": "{value}", "problem.off_scale": "{value}"})
    assert len(sentence(Problem("changed_unversioned", "a", value="x" * 300), words)) == len("a: ") + 200
    assert len(sentence(Problem("off_scale", "a", value="x" * 300), words)) == len("a: ") + 80


def test_leaves_out_what_it_does_not_know() -> None:
    assert sentence(Problem("off_scale", "2025.csv", value="x"), SAID) == "2025.csv: “x” is not on the scale."


def test_a_problem_without_a_value_says_so_with_an_empty_one() -> None:
    assert sentence(Problem("off_scale", "2025.csv"), SAID) == "2025.csv: “” is not on the scale."


def test_a_column_without_a_row_is_named_too() -> None:
    assert sentence(Problem("off_scale", "a.yaml", column="scale", value="x"), SAID).startswith("a.yaml, scale: ")


def test_a_row_is_named_as_programs_name_it_without_spaces_in_the_number() -> None:
    assert sentence(Problem("off_scale", "a.csv", 12345, value="x"), SAID).startswith("a.csv, row 12345: ")


def test_a_value_with_braces_is_quoted_as_it_stands() -> None:
    assert sentence(Problem("off_scale", "a.csv", value="{row}"), SAID) == "a.csv: “{row}” is not on the scale."


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a\n b\t c", "a b c"), ("x" * 80, "x" * 80), ("x" * 81, "x" * 79 + "…"), (None, "")],
)
def test_a_quoted_value_is_one_line_of_at_most_80_characters(value: str | None, shown: str) -> None:
    assert shortened(value) == shown


@pytest.mark.parametrize(("weight", "serious"), [(Weight.FILE, True), (Weight.ROW, True), (Weight.NOTE, False)])
def test_serious_is_what_keeps_something_out(weight: Weight, serious: bool) -> None:
    assert Problem("off_scale", "a.csv", weight=weight).serious is serious


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("implementd", "implemented"),
        ("IMPLEMENTED", "implemented"),
        (" partly ", "partly"),
        ("crbp-01.A", "CRBP-01.a"),
        ("zzz", None),
        ("", None),
        (None, None),
    ],
)
def test_nearest_minds_neither_case_nor_spaces_and_gives_nothing_far_off(value: str | None, found: str | None) -> None:
    assert nearest(value, ["implemented", "partly", "CRBP-01.a"]) == found


def test_nearest_of_nothing_is_nothing() -> None:
    assert nearest("x", []) is None
