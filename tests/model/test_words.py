"""Which sentence is shown, in which language, and what stands in its places?"""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard.loading.files.words_file import languages, read_words
from dashboard.model.words import Words
from tests.conftest import ROOT

ENGLISH = {"greeting": "Good day, {name}.", "found.one": "{n} row", "found.many": "{n} rows", "plain": "50 % {sic}"}
WORDS = Words("fr", {"greeting": "Bonjour, {name}."}, ENGLISH)


def test_its_own_language_comes_first() -> None:
    assert WORDS("greeting", name="Ada") == "Bonjour, Ada."


def test_english_stands_in_for_what_is_missing_and_is_counted() -> None:
    assert WORDS.count("found", 2) == "2 rows"
    assert WORDS.missing() == ("found.many", "found.one", "plain")


def test_a_key_that_nobody_has_is_our_fault() -> None:
    with pytest.raises(KeyError):
        WORDS("nowhere")
    assert not WORDS.has("nowhere")
    assert WORDS.has("greeting")
    assert WORDS.has("plain")


def test_a_place_that_is_not_filled_is_our_fault() -> None:
    with pytest.raises(KeyError):
        WORDS("greeting", nickname="Ada")


def test_a_sentence_without_places_is_left_as_it_stands() -> None:
    assert WORDS("plain") == "50 % {sic}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (1234567, "1\u202f234\u202f567"),
        (-1000, "-1\u202f000"),
        (0.5, "0.5"),
        (True, "True"),
        ("1000", "1000"),
    ],
)
def test_whole_numbers_carry_thin_spaces(value: object, shown: str) -> None:
    assert WORDS.shown(value) == shown


@pytest.mark.parametrize(("n", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_one_is_one_and_the_rest_are_many(n: int, said: str) -> None:
    assert WORDS.count("found", n) == said


def test_every_problem_kind_in_the_code_has_its_sentence() -> None:
    source = ROOT / "src" / "dashboard"
    python = "".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    checks = "".join(path.read_text("utf-8") for path in (source / "store" / "checks").rglob("*.sql"))
    kinds = {*re.findall(r'Problem\(\s*"(\w+)"', python), *re.findall(r"SELECT '(\w+)', (?:'\w+'|form), ", checks)}
    assert {"off_scale", "torn_row", "unknown_round", "duplicate_row"} <= kinds
    assert [kind for kind in sorted(kinds) if not read_words().has(f"problem.{kind}")] == []


@pytest.mark.thorough
def test_a_further_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    (tmp_path / "xx.yaml").write_text('problem:\n  hint: "Hint: {hint}"\n', "utf-8")
    assert languages()[0] == "en"
    assert "xx" in languages()
    words = read_words("xx")
    assert words("problem.hint", hint="x") == "Hint: x"
    assert words("problem.empty_file") == read_words()("problem.empty_file")
    assert "problem.empty_file" in words.missing()


def test_a_broken_file_of_words_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    (tmp_path / "xx.yaml").write_text("a: 1\nb: [\n", "utf-8")
    with pytest.raises(ValueError, match=r"^xx\.yaml, line \d+:"):
        read_words("xx")


def test_a_day_and_a_moment_read_the_same_everywhere() -> None:
    words = read_words()
    assert words.shown(date(2025, 10, 5)) == "5 Oct 2025"
    assert words.shown(datetime(2025, 10, 5, 7, 30)) == "5 Oct 2025, 07:30"
