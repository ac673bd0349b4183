"""Which sentence is shown, in which language, and what fills its placeholders?"""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.problem import Problem, sentence
from dashboard.model.records import RECORDS
from dashboard.model.words import Words
from dashboard.store.record_columns import checks_of
from tests.conftest import ROOT

ENGLISH = {"greeting": "Good day, {name}.", "found.one": "{n} row", "found.other": "{n} rows", "plain": "50 % {sic}"}
WORDS = Words("fr", {"greeting": "Bonjour, {name}."}, ENGLISH)


def test_its_own_language_comes_first() -> None:
    assert WORDS("greeting", name="Ada") == "Bonjour, Ada."


def test_english_stands_in_for_what_is_missing_and_is_counted() -> None:
    assert WORDS.count("found", 2) == "2 rows"
    assert WORDS.missing() == ("found.one", "found.other", "plain")


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
        (2.0, "2"),
        (0.5, "0,5"),
        (True, "True"),
        ("1000", "1000"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value: object, shown: str) -> None:
    assert WORDS.shown(value) == shown
    assert read_words().shown(1234567.5) == "1,234,567.5"


def of_rows(locale: str, **forms: str) -> Words:
    """Words of a language in which only rows are counted."""
    return Words("xx", {"language.locale": locale, **{f"found.{form}": text for form, text in forms.items()}}, ENGLISH)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (of_rows("en", one="{n} row", other="{n} rows"), ["0 rows", "1 row", "2 rows", "5 rows"]),
        (of_rows("fr", one="{n} ligne", other="{n} lignes"), ["0 ligne", "1 ligne", "2 lignes", "5 lignes"]),
        (of_rows("pl", one="{n} wiersz", few="{n} wiersze", other="{n} wierszy"),
         ["0 wierszy", "1 wiersz", "2 wiersze", "5 wierszy"]),
        (of_rows("pl", other="wierszy: {n}"), ["wierszy: 0", "wierszy: 1", "wierszy: 2", "wierszy: 5"]),
        (of_rows("nowhere"), ["0 rows", "1 row", "2 rows", "5 rows"]),
    ],
    ids=["English", "French", "Polish", "one form", "a locale nobody knows"],
)  # fmt: skip
def test_a_count_follows_the_plural_rules_of_its_language(words: Words, said: list[str]) -> None:
    assert [words.count("found", n) for n in (0, 1, 2, 5)] == said


def test_a_plural_that_a_language_does_not_have_is_not_missing() -> None:
    assert of_rows("id", other="{n} baris").missing() == ("greeting", "plain")


def test_parts_are_listed_as_the_language_separates_them() -> None:
    assert read_words().listed(["Chad", "Ghana", "Peru"]) == "Chad, Ghana, Peru"
    assert Words("es", {}).listed(["Chad", "Ghana", "Perú"]) == "Chad, Ghana, Perú"
    assert read_words().listed(["Chad", "Ghana", "Peru"], "or") == "Chad, Ghana, or Peru"
    assert read_words().listed([]) == ""


def test_of_many_names_their_number_and_the_first_are_said() -> None:
    names = ["Benin", "Chad", "Ghana", "Kenya", "Peru", "Togo"]
    assert read_words().some("countries", names[:5]) == "Benin, Chad, Ghana, Kenya, Peru"
    assert read_words().some("countries", names) == "6 countries, among them Benin, Chad, Ghana"


def test_every_problem_kind_in_the_code_has_its_sentence() -> None:
    source = ROOT / "src" / "dashboard"
    python = "".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    checks = "".join(path.read_text("utf-8") for path in (source / "store" / "checks").rglob("*.sql"))
    checks += "".join(statement for record in RECORDS.values() for statement in checks_of(record))
    kinds = {
        *re.findall(r'Problem\(\s*"(\w+)"', python),
        *re.findall(r"SELECT (?:DISTINCT )?'(\w+)', (?:'\w+'|form), ", checks),
    }
    assert {"off_scale", "torn_row", "unknown_round", "duplicate_row"} <= kinds
    assert [kind for kind in sorted(kinds) if not read_words().has(f"problem.{kind}")] == []


@pytest.mark.parametrize("language", languages())
def test_every_sentence_of_a_problem_is_filled_by_what_a_problem_gives(language: str) -> None:
    words = read_words(language)
    kinds = {key.removeprefix("problem.") for key in words.english if key.startswith("problem.")}
    assert {"off_scale", "too_many", "too_much_assumed"} <= kinds
    for kind in kinds - {"expected", "hint"}:
        for problem in (Problem(kind, "a.csv"), Problem(kind, "a.csv", 1, "column", "value", "expected", "hint")):
            assert sentence(problem, words)


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


def test_a_broken_file_of_words_is_reported_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    (tmp_path / "xx.yaml").write_text("a: 1\nb: [\n", "utf-8")
    with pytest.raises(ValueError, match=r"^xx\.yaml, line \d+:"):
        read_words("xx")


def test_a_day_and_a_moment_are_written_as_the_language_writes_them() -> None:
    french = Words("fr", {"language.date": "d MMMM y", "language.moment": "{date} à {time}"})
    assert french.shown(datetime(2025, 10, 5, 7, 30)) == "5 octobre 2025 à 07:30"

    words = read_words()
    assert words.shown(date(2025, 10, 5)) == "5 Oct 2025"
    assert words.shown(datetime(2025, 10, 5, 7, 30)) == "5 Oct 2025, 07:30"


def test_a_published_number_keeps_its_digits_and_what_is_no_number_stays() -> None:
    figures = {"9343": ("9,343", "9 343"), "13.20": ("13.20", "13,20"), "-0.5": ("-0.5", "-0,5"), "yes": ("yes", "yes")}
    english, polish = (Words("xx", {"language.locale": locale}) for locale in ("en", "pl"))
    for text, said in figures.items():
        assert (english.figure(text), polish.figure(text).replace("\xa0", " ")) == said
    assert english.figure("1.2.3") == "1.2.3"
    assert english.figure("12-24") == "12-24"


@pytest.mark.parametrize(
    ("language", "month", "day"), [("en", "Apr 2024", "12 Mar 2022"), ("fr", "avr. 2024", "12 mars 2022")]
)
def test_a_month_or_day_that_is_a_text_is_written_as_the_language_writes_it(
    language: str, month: str, day: str
) -> None:
    words = read_words(language)
    assert [words.when(text) for text in ("2024-04", "2022-03-12")] == [month, day]
    assert [words.when(text) for text in ("2024", "2022-19", "since 1999", "")] == ["2024", "2022-19", "since 1999", ""]
