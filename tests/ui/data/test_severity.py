"""Does the method say what each grade of severity needs, and do its examples follow from its own words?"""

import re

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.words import Words
from dashboard.store.reader import Published
from tests.ui.conftest import OpenPage, nothing_failed, tables, texts

BANDS = {"1": range(10), "2": range(10, 1000), "3": range(1000, 100_000), "4": range(100_000, 10**9)}
"""How many children a year each grade of scope needs."""
NUMBERS = {"two": 2, "six": 6}


def test_the_method_shows_each_grade_with_its_three_parts_and_an_example(page: OpenPage) -> None:
    app, words = page("data", {"part": "sources"}), read_words()
    nothing_failed(app)
    parts = (*OF_SEVERITY, "example")
    grades = {grade: f"{grade} – {words(f'grade.severity_{grade}')}" for grade in reversed(GRADES)}
    lines = [[title, *(words(f"rating.{part}_{grade}") for part in parts)] for grade, title in grades.items()]
    assert lines in [table.to_numpy().tolist() for table in tables(app)]
    assert any(words("rating.rule") in text and words("rating.why") in text for text in texts(app))


def test_scope_has_no_gap_and_no_overlap(words: Words) -> None:
    said = {
        grade: [_number(text) for text in re.findall(r"[\d,]+", words(f"rating.scope_{grade}"))] for grade in GRADES
    }
    assert said == {"1": [10], "2": [10, 999], "3": [1000, 99_999], "4": [100_000]}
    assert [BANDS[grade].start for grade in "234"] == [BANDS[grade].stop for grade in "123"]


@pytest.mark.parametrize("grade", GRADES)
def test_an_example_is_of_a_setting_and_its_severity_is_the_highest_of_its_grades(
    grade: str, words: Words, published: Published
) -> None:
    setting, _, told = words(f"rating.example_{grade}").partition(": ")
    with published.cursor() as cursor:
        titles = {title for (title,) in cursor.execute("SELECT title FROM setting").fetchall()}
    assert setting in titles
    grades = dict(re.findall(r"(scale|scope|irremediability) ([1-4])", told.casefold()))
    assert tuple(grades) == OF_SEVERITY
    assert max(grades.values()) == grade
    n = next(NUMBERS.get(word) or _number(word) for word in told.split() if word in NUMBERS or word[0].isdigit())
    assert n in BANDS[grades["scope"]]


def _number(text: str) -> int:
    return int(text.strip(",").replace(",", ""))
