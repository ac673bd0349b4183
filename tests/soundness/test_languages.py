"""Does every language that ships say what the English says: the same places, numbers and terms, and nothing refused?"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest
import yaml

from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.tour import MOST_CHARACTERS
from dashboard.tasks.translations import INSIDE, Texts, texts_in
from tests.conftest import ROOT

LANGUAGES = [language for language in languages() if language != "en"]
TERMS = yaml.safe_load((ROOT / "frameworks" / "terms.yaml").read_text("utf-8"))
NUMBER = re.compile(r"\d+(?:[\u00a0 .,’]\d+)*")
TITLES = {"OPSC|title", "OPSC|instrument"}
"""Titles of treaties keep their words."""
NAMES = re.compile(r"\S+\.\S+|Child Protection Laws")
"""Addresses, and the name of an Act, keep theirs."""
WORD = re.compile(r"[\w’'-]{4,}")


@cache
def library() -> Library:
    return read_library([ROOT / "frameworks"])[0]


@cache
def texts(language: str) -> Texts:
    return texts_in(language, read_words(language), library())


@cache
def laws(language: str) -> dict[str, str]:
    """What a language says for the sentences of `law.csv`, by their English."""
    given = read_library([ROOT / "data" / "frameworks"])[0].translations
    (texts,) = (one.texts for one in given if one.language == language)
    return {code.removeprefix("law/"): own["title"] for code, own in texts.items() if code.startswith("law/")}


def pairs(language: str) -> Iterator[tuple[str, str, str]]:
    """Key, English and translation of every text."""
    yield from ((f"{english}{INSIDE}law", english, own) for english, own in laws(language).items())
    known = texts(language)
    for key, english in known.english.items():
        if key in known.said:
            yield key, english, known.said[key].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_from_the_english_of_today(language: str) -> None:
    states = texts(language).states()
    assert states.keys() <= {"draft", "read", "approved"}, states
    assert states.total() > 7500
    assert not read_words(language).missing()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_law_is_translated_and_nothing_else_is(language: str) -> None:
    with (ROOT / "data" / "law.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = {row[name] for row in rows for name in ("on_whom", "asks", "note")} - {""}
    assert len(said) > 400
    # A law that has a name in the language keeps it.
    assert said <= laws(language).keys() <= said | {row["instrument"] for row in rows}


def places(text: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_places_of_the_english(language: str) -> None:
    wrong = {}
    for key, english, own in pairs(language):
        if INSIDE in key:
            continue
        more = {"n:"} if key.endswith(".one") else set()
        if not places(english) <= places(own) <= places(english) | more:
            wrong[key] = own
    assert wrong == {}


def digits(text: str) -> list[str]:
    """Every number in a text, however it is grouped, without those of one digit, which are often words."""
    found = (re.sub(r"\D", "", number).lstrip("0") for number in NUMBER.findall(re.sub(r"\{[^}]*\}", "", text)))
    return sorted(number for number in found if len(number) > 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_years_are_those_of_the_english(language: str) -> None:
    other = {
        key: (digits(english), digits(own))
        for key, english, own in pairs(language)
        if INSIDE in key and not _fewer(digits(english), digits(own))
    }
    assert other == {}


def _fewer(english: list[str], own: list[str]) -> bool:
    """Whether no number is lost. A translation may say 18 where the English says minors."""
    left = list(own)
    for number in english:
        if number not in left:
            return False
        left.remove(number)
    return set(left) <= {"18", "116", "19", "10"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_aloud_is_short_enough(language: str) -> None:
    steps = {tour.step_id(number) for tour in library().tours for number in range(1, len(tour.steps) + 1)}
    long = {key: len(own) for key, _, own in pairs(language) if key.partition(INSIDE)[0] in steps and "|text" in key}
    assert {key: n for key, n in long.items() if n > MOST_CHARACTERS} == {}


def stems(text: str) -> list[str]:
    return [word[: max(4, len(word) - 3)] for word in WORD.findall(text.lower().replace("'", "’"))]


def says(word: str, text: str) -> bool:
    text = text.lower().replace("'", "’").replace("\u00a0", " ")
    return all(stem in text for stem in stems(word))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_of_the_field_has_its_word(language: str) -> None:
    missed = []
    for term in TERMS["terms"]:
        if not term["checked"] or not term.get(language):
            continue
        name = re.split(r", | / ", re.sub(r"\s*\(.*?\)", "", term["term"]))[0].strip().lower()
        pattern = re.compile(rf"\b{re.escape(name)}(?:s|es)?\b")
        missed += [
            (name, key, own)
            for key, english, own in pairs(language)
            if pattern.search(NAMES.sub("", english).lower()) and not any(says(word, own) for word in term[language])
        ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_says_a_word_that_the_field_refuses(language: str) -> None:
    refused = [word for word in TERMS["refused"][language] if word not in TERMS["right_elsewhere"].get(language, ())]
    assert len(refused) > 8
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, refused)) + ")", re.IGNORECASE)
    found = {key: own for key, _, own in pairs(language) if key not in TITLES and pattern.search(own)}
    assert found == {}
