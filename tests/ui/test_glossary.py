"""Is every term explained once, briefly, and in every language?"""

import re
from pathlib import Path

import pytest

from dashboard.loading.files.words_file import read_words
from dashboard.ui.glossary import Term, meaning, terms
from tests.ui.conftest import OpenPage


def test_every_term_has_a_title_of_its_own_and_at_most_two_sentences() -> None:
    found = terms(read_words())
    assert {"respect", "coverage", "priority_gap"} < {term.code for term in found}
    assert len({term.title for term in found}) == len(found) == len({term.text for term in found})
    long = [term for term in found if len(re.findall(r"[.!?](?= [A-Z]|$)", term.text)) not in (1, 2)]
    assert not long


def test_terms_stand_by_title_and_what_a_language_lacks_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    (tmp_path / "yy.yaml").write_text("language: {name: Yy}\nterm: {tour: {title: Aaa, text: Bbb.}}\n", "utf-8")
    english, other = terms(read_words()), terms(read_words("yy"))
    assert other[0] == Term("tour", "Aaa", "Bbb.")
    assert [term for term in english if term.code != "tour"] == list(other[1:])
    titles = [term.title.casefold() for term in english]
    assert titles == sorted(titles)


def test_a_help_of_a_choice_says_what_the_glossary_says(page: OpenPage) -> None:
    words = read_words()
    app = page("heatmap")
    assert app.radio(key="kind").help == meaning(words, "respect", "support")
    assert meaning(words, "common_set") in {toggle.help for toggle in app.toggle}


def test_a_term_that_there_is_not_is_a_fault() -> None:
    with pytest.raises(KeyError):
        meaning(read_words(), "nothing of the kind")
