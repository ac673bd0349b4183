"""Is every term explained once, briefly, and in every language?"""

import re
from pathlib import Path

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.ui.glossary import UNCOMMON, Term, linked, meaning, terms, with_ways
from dashboard.ui.html import as_html
from tests.ui.conftest import TERM, OpenPage, bar


def test_every_term_has_a_title_of_its_own_and_at_most_two_sentences() -> None:
    found = terms(read_words())
    assert {"respect", "coverage", "severe_gap"} < {term.code for term in found}
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
    (told,) = [html.proto.body for html in app.main.get("html") if 'class="choices"' in html.proto.body]
    assert f" {as_html(meaning(words, 'common_set'))}</p>" in told
    for code in ("respect", "support"):
        assert as_html(meaning(words, code)) in bar(app)


def test_a_term_that_there_is_not_is_a_fault() -> None:
    with pytest.raises(KeyError):
        meaning(read_words(), "nothing of the kind")


def test_a_term_in_a_text_leads_to_its_meaning_where_it_is_first_named() -> None:
    words = read_words()
    assert {term.code for term in terms(words)} >= set(UNCOMMON)
    assert linked(words, "The severity, Severity and severities; none found.") == (
        "The [severity](#term-severity), Severity and severities; [none found](#term-none_found)."
    )
    assert linked(words, "A severe gap") == "A [severe gap](#term-severe_gap)"


@pytest.mark.parametrize(
    "text",
    ["[score](./heatmap)", "![severity 4](data:x)", ':color[band]{foreground="#123"}', "left to right", "uncovered"],
)
def test_within_a_mark_a_link_and_another_word_nothing_is_changed(text: str) -> None:
    assert linked(read_words(), text) == text


def test_the_words_under_a_chart_lead_to_the_glossary(page: OpenPage) -> None:
    app = page("heatmap/map", {"shade": "severity"})
    assert any('<a href="#term-severity">severity</a>' in html.proto.body for html in app.get("html"))


def test_every_help_leads_from_its_terms_and_says_the_same() -> None:
    words = read_words()
    led = with_ways(words)
    changed = {key for key in words.texts if led.texts[key] != words.texts[key]}
    assert len(changed) > 10
    assert all(key.endswith("help") and TERM.sub(r"\1", led.texts[key]) == words.texts[key] for key in changed)
    assert not [key for key in changed if key.startswith("book.")], "no workbook reads Markdown"
    assert with_ways(words) is led, "words are like themselves alone"


def test_a_help_on_a_page_has_the_way(page: OpenPage) -> None:
    explained = [body for body in (html.proto.body for html in page("overview").get("html")) if "explained" in body]
    assert any('<a href="#term-severity">severity</a>' in body for body in explained)
