"""Does the search find what is there, by its words, by beginnings and with slips, and else name what is near?"""

import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from dashboard.queries.ask import rows
from dashboard.queries.elements.rows import SearchRow
from dashboard.store.reading.reader import Published
from dashboard.ui.elements.search_box import folded
from dashboard.ui.view import View
from tests.conftest import MakeView, most, some_of

DRAWN = most(25)
"""So many words are drawn, each with every slip in one letter."""


def found(view: View, text: str) -> list[SearchRow]:
    return rows(view.published, "search", view.parameters(search=folded(text)))


def words_of(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()
    return re.findall(r"[^\W_]+", plain)


@pytest.fixture(scope="module")
def titles(published: Published) -> dict[str, str]:
    """What each item is called by; a criterion by its text."""
    cursor = published.cursor()
    return dict(
        cursor.sql(
            "SELECT guidance, title FROM guidance UNION ALL SELECT case_study, title FROM case_study "
            "UNION ALL SELECT criterion, text FROM criterion"
        ).fetchall()
    )


@pytest.fixture(scope="module")
def held(published: Published) -> dict[str, dict[str, float]]:
    """The words of each item with their weight, read off the tables that people wrote."""
    cursor = published.cursor()
    texts = {
        "guidance": ("title", "situation", "this_month", "this_year", "sign_that_it_works", "watch_out"),
        "case_study": (
            "title",
            "lesson",
            "who",
            "where",
            "what_was_done",
            "what_resulted",
            "what_to_copy",
            "what_to_avoid",
        ),
        "criterion": ("text", "evidence_hint"),
    }
    found: dict[str, dict[str, float]] = defaultdict(dict)

    def add(id_: str, text: object, weight: float) -> None:
        for word in words_of(" ".join(text) if isinstance(text, list) else str(text)):
            found[id_][word] = max(weight, found[id_].get(word, 0))

    for table, (first, *others) in texts.items():
        for row in cursor.sql(f'FROM "{table}"').to_arrow_table().to_pylist():
            add(row[table], row[first], 4)
            for other in others:
                add(row[table], row[other], 1)
            found[row[table]][row[table].lower()] = 4
    pointed = (
        "SELECT criterion, w.title FROM criterion_link JOIN criterion USING (criterion_no) "
        "JOIN wording AS w ON w.id = target "
        "UNION ALL SELECT criterion, area.title FROM criterion JOIN area USING (area_no)"
    )
    for criterion, title in cursor.sql(pointed).fetchall():
        add(criterion, title, 1)
    (stops,) = zip(*cursor.sql("SELECT word FROM stop_word").fetchall(), strict=True)
    return {
        id_: {word: weight for word, weight in own.items() if len(word) >= 3 and word not in stops}
        for id_, own in found.items()
    }


def test_every_word_of_every_item_can_be_found_and_no_other(
    held: dict[str, dict[str, float]], published: Published
) -> None:
    stored: dict[str, dict[str, float]] = defaultdict(dict)
    for id_, word, weight in published.cursor().sql("FROM search_word").fetchall():
        stored[id_][word] = weight
    assert dict(stored) == held


@pytest.mark.thorough
@pytest.mark.share
def test_every_title_finds_its_item_among_the_first_three(titles: dict[str, str], view_of: MakeView) -> None:
    view, first = view_of(), 0
    tried = some_of(titles.items())
    for id_, title in tried:
        ids = [row["id"] for row in found(view, title)[:3]]
        assert id_ in ids, title
        first += ids[0] == id_
    assert first >= 0.97 * len(tried)


def slips(word: str, draw: Random) -> Iterator[str]:
    """Every word that is one letter left out, one swap or one replacement away; a letter is replaced by a drawn one."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + draw.choice(string.ascii_lowercase.replace(word[at], "")) + word[at + 1 :]
    for at, (left, right) in enumerate(pairwise(word)):
        if left != right:
            yield word[:at] + right + left + word[at + 2 :]


@pytest.mark.thorough
@pytest.mark.share
def test_every_single_slip_in_a_word_of_a_title_still_finds_its_item(
    titles: dict[str, str], held: dict[str, dict[str, float]], view_of: MakeView
) -> None:
    draw, view = Random(5), view_of()
    drawn = [
        (id_, word)
        for id_, title in sorted(titles.items())
        for word in sorted(set(words_of(title)) & set(held[id_]))
        if len(word) >= 5 and not re.search(r"\d", word)
    ]
    for id_, word in draw.sample(drawn, DRAWN):
        for slipped in slips(word, draw):
            assert id_ in [row["id"] for row in found(view, slipped)], (word, slipped)


def test_a_word_finds_what_begins_with_it_and_an_accent_or_capital_changes_nothing(view_of: MakeView) -> None:
    view = view_of()
    assert found(view, "privac") == found(view, "PRIVÁC") != []
    assert {row["id"] for row in found(view, "privacy")} <= {row["id"] for row in found(view, "privac")}
    assert all("privacy" in row["words"] for row in found(view, "privacy") if not row["n_slipped"])


def test_what_holds_the_words_as_typed_comes_before_what_holds_them_with_slips(view_of: MakeView) -> None:
    for text in ("report", "case agents", "sales care"):
        slipped = [row["n_slipped"] for row in found(view_of(), text)]
        assert slipped == sorted(slipped)
        assert slipped[0] == 0


def test_what_holds_all_words_is_found_and_nothing_else(held: dict[str, dict[str, float]], view_of: MakeView) -> None:
    """For words as they are typed: drawn pairs against a plain look at every item."""
    draw, view = Random(3), view_of()
    vocabulary = sorted({word for own in held.values() for word in own if len(word) >= 5 and "-" not in word})
    for _ in range(40):
        id_ = draw.choice(sorted(held))
        own = sorted(word for word in held[id_] if len(word) >= 5 and "-" not in word)
        pair = draw.sample(own, 2)
        typed = {row["id"] for row in found(view, " ".join(pair)) if not row["n_slipped"]}
        begin = {word: {one for one in vocabulary if one.startswith(word)} for word in pair}
        assert typed == {one for one, words in held.items() if all(begin[word] & set(words) for word in pair)}


def test_where_nothing_holds_all_words_what_holds_most_is_found(view_of: MakeView) -> None:
    view = view_of()
    told = found(view, "birth registration xylophone")
    assert told
    assert {(row["n_matched"], row["n_sought"]) for row in told} == {(2, 3)}
    assert [row["id"] for row in told] == [row["id"] for row in found(view, "birth registration")]


def test_an_id_finds_its_item_alone_and_its_beginning_its_kin(view_of: MakeView) -> None:
    view = view_of()
    assert [row["id"] for row in found(view, "CRBP-02.a")] == ["CRBP-02.a"]
    assert {row["id"] for row in found(view, "crbp-02")} == {"CRBP-02.a", "CRBP-02.b", "CRBP-02.c"}
    assert [row["id"] for row in found(view, "C03")] == ["C03"]


def test_words_that_stand_everywhere_and_short_ones_are_passed_over(view_of: MakeView) -> None:
    view = view_of()
    assert found(view, "the of to a") == []
    assert found(view, "keep the SIM-cards, of them!") == found(view, "keep sim cards")


@pytest.mark.parametrize(
    ("text", "near"), [("regsitartoin", "registration"), ("privvaaccy", "privacy"), ("hlpelnie", "helpline")]
)
def test_where_nothing_is_found_the_words_that_look_like_it_are_named(text: str, near: str, view_of: MakeView) -> None:
    view = view_of()
    assert found(view, text) == []
    named = [row["word"] for row in rows(view.published, "nearest_words", view.parameters(search=folded(text)))]
    assert near in named
    assert len(named) <= 5
    assert found(view, near)


def test_an_empty_search_finds_nothing(view_of: MakeView) -> None:
    assert found(view_of(), "") == []
