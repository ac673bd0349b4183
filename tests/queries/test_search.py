"""Does the search find what is there, by its words, by beginnings and with one typing error, and nothing else?"""

import re
import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.queries.ask import ask
from dashboard.queries.elements import search as search_index
from dashboard.queries.elements.search import (  # fmt: skip
    MOST_LETTERS,
    MOST_WORDS,
    PASSED_OVER,
    Index,
    Item,
    SearchResult,
    folded,
    is_one_slip,
)
from dashboard.store.reader import Published
from dashboard.ui.elements.search_results import KINDS, LIBRARY, find
from dashboard.ui.view import View
from tests.conftest import MakeView, most, some_of

DRAWN = most(25)
"""How many words are drawn, each with every error in one letter."""


def found(view: View, text: str) -> tuple[Item, ...]:
    return find(view, text, LIBRARY).items


def everywhere(view: View, text: str) -> SearchResult:
    return find(view, text)


def ids(found: SearchResult, kind: str) -> list[str]:
    return [item.id for item in found.items if item.what == kind]


def words_of(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()
    return re.findall(r"[^\W_]+", plain)


@pytest.fixture(scope="module")
def titles(published: Published) -> dict[str, str]:
    """The name of each item; for a criterion, its text."""
    cursor = published.cursor()
    return dict(
        cursor.sql(
            "SELECT guidance, title FROM guidance UNION ALL SELECT case_study, title FROM case_study "
            "UNION ALL SELECT criterion, text FROM criterion"
        ).fetchall()
    )


ABOUT = """
    SELECT thing, w.title FROM (
        SELECT case_study AS thing, unnest(settings || risk_areas) AS id FROM case_study
        UNION ALL SELECT case_study, 'country/' || unnest(countries) FROM case_study
        UNION ALL SELECT guidance, unnest(settings || risk_areas) FROM guidance
        UNION ALL SELECT thing, area FROM (
            SELECT case_study AS thing, unnest(criteria) AS criterion FROM case_study
            UNION ALL SELECT guidance, unnest(criteria) FROM guidance
        ) JOIN area_card USING (criterion)
    ) JOIN wording AS w USING (id) WHERE w.language = 'en'
"""
"""The titles of the settings, areas and countries that cases and guidance are about."""


@pytest.fixture(scope="module")
def held(published: Published) -> dict[str, dict[str, float]]:
    """The words of each item with their weight, read from the tables that people wrote."""
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
    for row in (
        cursor.sql("SELECT guidance, unnest(sources).source AS named FROM guidance").to_arrow_table().to_pylist()
    ):
        add(row["guidance"], row["named"], 1)
    pointed = (
        "SELECT criterion, w.title FROM criterion_link JOIN criterion USING (criterion_no) "
        "JOIN wording AS w ON w.id = target AND w.language = 'en' "
        "UNION ALL SELECT criterion, area.title FROM criterion JOIN area USING (area_no)"
    )
    for criterion, title in cursor.sql(pointed).fetchall():
        add(criterion, title, 1)
    for thing, title in cursor.sql(ABOUT).fetchall():
        add(thing, title, 1)
    return {
        id_: {word: weight for word, weight in own.items() if len(word) >= 3 and word not in PASSED_OVER}
        for id_, own in found.items()
    }


@pytest.mark.thorough
@pytest.mark.share
def test_every_word_finds_every_item_that_holds_it_and_no_other(
    held: dict[str, dict[str, float]], view_of: MakeView
) -> None:
    """For words as typed, compared with a plain search of the tables that people wrote."""
    view = view_of()
    for word in some_of(sorted({word for own in held.values() for word in own if len(word) > 3 and word.isalpha()})):
        holding = {id_ for id_, own in held.items() if any(one.startswith(word) for one in own)}
        assert {item.id for item in found(view, word)} == holding, word


@pytest.mark.parametrize(
    ("typed", "meant"), [("mobile money", "mobile_money"), ("chad", "TCD"), ("child labour", "CRBP-02")]
)
def test_a_case_is_found_by_its_setting_its_country_and_its_area_whatever_words_it_uses(
    typed: str, meant: str, published: Published, view_of: MakeView
) -> None:
    about = "SELECT case_study FROM case_card WHERE list_contains(settings || countries || areas, ?)"
    cases = {case for (case,) in published.cursor().execute(about, [meant]).fetchall()}
    assert cases
    assert cases <= set(ids(everywhere(view_of(), typed), "case"))


def test_no_word_of_grammar_is_suggested_but_it_is_found_if_typed() -> None:
    things = Index(
        [Item("case", "A", "These terms", (), ("These terms",)), Item("case", "B", "Theses", (), ("Theses",))]
    )
    assert things.find("thesse").near == {"thesse": ("theses",)}
    assert [item.id for item in things.find("these").items] == ["A", "B"]


@pytest.mark.thorough
@pytest.mark.share
def test_every_title_finds_its_item_among_the_first_three(titles: dict[str, str], view_of: MakeView) -> None:
    view, first = view_of(), 0
    tried = some_of(titles.items())
    for id_, title in tried:
        best = [item.id for item in found(view, title)[:3]]
        assert id_ in best, title
        first += best[0] == id_
    assert first >= 0.97 * len(tried)


def slips(word: str, draw: Random) -> Iterator[str]:
    """Every word one omission, one swap or one replacement away; letters are replaced by drawn ones."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + draw.choice(string.ascii_lowercase.replace(word[at], "")) + word[at + 1 :]
    for at, (left, right) in enumerate(pairwise(word)):
        if left != right:
            yield word[:at] + right + left + word[at + 2 :]


@pytest.mark.thorough
@pytest.mark.share
def test_every_slip_in_a_word_of_a_title_that_makes_no_other_word_still_finds_its_item(
    titles: dict[str, str], held: dict[str, dict[str, float]], view_of: MakeView
) -> None:
    draw, view = Random(5), view_of()
    there = search_index.index_of(view.published, "en").vocabulary
    drawn = [
        (id_, word)
        for id_, title in sorted(titles.items())
        for word in sorted(set(words_of(title)) & set(held[id_]))
        if len(word) >= 5 and not re.search(r"\d", word)
    ]
    for id_, word in draw.sample(drawn, DRAWN):
        for slipped in slips(word, draw):
            if not any(one.startswith(slipped) for one in there):
                assert id_ in [item.id for item in found(view, slipped)], (word, slipped)


def test_a_word_finds_what_begins_with_it_and_an_accent_or_capital_changes_nothing(view_of: MakeView) -> None:
    view = view_of()
    assert found(view, "privac") == found(view, "PRIVÁC") != ()
    assert set(found(view, "privacy")) <= set(found(view, "privac"))
    assert ids(everywhere(view, "sénégal"), "country") == ids(everywhere(view, "senegal"), "country") == ["SEN"]


def test_what_is_called_by_a_word_comes_before_what_it_is_said_of(view_of: MakeView) -> None:
    titled = [
        any(word.startswith("helpline") for word in words_of(item.title)) for item in found(view_of(), "helpline")
    ]
    assert titled[0]
    assert titled == sorted(titled, reverse=True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("regstration", "registration"), ("privcay", "privacy"), ("helplime", "helpline"), ("helppline", "helpline")],
)
def test_one_typing_error_is_forgiven_and_reported(typed: str, read: str, view_of: MakeView) -> None:
    view = view_of()
    assert everywhere(view, typed).near == {typed: (read,)}
    assert {item.id for item in found(view, typed)} <= {item.id for item in found(view, read)}
    assert found(view, typed)


@pytest.mark.parametrize(
    "nonsense", ["regsitartoin", "privvaaccy", "hlpelnie", "xyzzysex", "xsex", "sexx", "sxe", "qwrtz"]
)
def test_nothing_further_than_one_letter_away_is_offered(nonsense: str, view_of: MakeView) -> None:
    told = everywhere(view_of(), nonsense)
    assert told.items == ()
    assert not told.near


def test_no_word_is_read_as_another_while_something_holds_it_as_typed(view_of: MakeView) -> None:
    told = everywhere(view_of(), "care")
    assert told.items
    assert not told.near


def test_nothing_is_found_inside_other_words_or_in_half_of_one(view_of: MakeView) -> None:
    view = view_of()
    assert "C19" in ids(everywhere(view, "mobilkom"), "case")
    assert "C19" not in ids(everywhere(view, "mobile money"), "case")
    assert "C19" not in ids(everywhere(view, "mobil mony"), "case")
    assert ids(everywhere(view, "mobil mony"), "risk") != []
    assert set(found(view, "elpline")) <= set(found(view, "helpline")), "the first letter is a letter like any other"
    assert found(view, "lpline") == ()


def test_a_slip_is_one_letter_missing_added_replaced_or_swapped() -> None:
    assert all(is_one_slip("money", other) for other in ("mony", "monkey", "honey", "mnoey", "moneys"))
    assert not any(is_one_slip("money", other) for other in ("moyne", "mon", "hones", "moneyed", "omeny"))


def test_what_holds_all_words_is_found_and_nothing_else(held: dict[str, dict[str, float]], view_of: MakeView) -> None:
    """For words as typed: drawn pairs, compared with a plain search of every item."""
    draw, view = Random(3), view_of()
    for _ in range(40):
        id_ = draw.choice(sorted(held))
        pair = draw.sample(sorted(word for word in held[id_] if len(word) >= 5 and "-" not in word), 2)
        told = find(view, " ".join(pair), LIBRARY)
        assert {item.id for item in told.items} == {
            one for one, own in held.items() if all(any(has.startswith(word) for has in own) for word in pair)
        }


def test_where_nothing_holds_all_words_what_holds_most_is_found(view_of: MakeView) -> None:
    view = view_of()
    told = everywhere(view, "birth registration xylophone")
    assert (told.n_matched, told.n_sought) == (2, 3)
    assert told.items == everywhere(view, "birth registration").items != ()


def test_an_id_finds_its_item_alone_and_its_beginning_its_kin(view_of: MakeView) -> None:
    view = view_of()
    assert [item.id for item in everywhere(view, "CRBP-02.a").items] == ["CRBP-02.a"]
    assert {item.id for item in everywhere(view, "crbp-02").items} == {"CRBP-02.a", "CRBP-02.b", "CRBP-02.c"}
    assert ids(everywhere(view, "C03"), "case") == ["C03"]


def test_words_that_stand_everywhere_and_short_ones_are_passed_over(view_of: MakeView) -> None:
    view = view_of()
    assert everywhere(view, "the of to a").items == ()
    assert everywhere(view, "keep the SIM-cards, of them!") == everywhere(view, "keep sim cards")


def test_an_empty_search_finds_nothing(view_of: MakeView) -> None:
    assert everywhere(view_of(), "").items == ()


@pytest.mark.parametrize(
    ("kind", "text", "id_"),
    [
        ("page", "heat map", "heatmap"),
        ("page", "world map", "map"),
        ("country", "ghana", "GHA"),
        ("operation", "savandina chad", "tcd-op"),
        ("case", "birth registration phone", "C03"),
        ("guidance", "state birth registration", "G-birth-notice-by-phone"),
        ("criterion", "age hiring suppliers", "CRBP-02.a"),
        ("risk", "scams loans betting", "IMP-money-RA12-r1"),
        ("term", "severity", "severity"),
        ("setting", "schools communities", "community_programme"),
        ("function", "procurement", "procurement"),
        ("action", "maternity cover commission agents", "A-013"),
    ],
)
def test_each_kind_is_found(kind: str, text: str, id_: str, view_of: MakeView) -> None:
    view = view_of()
    assert ids(everywhere(view, text), kind)[0] == id_
    assert find(view, text, (kind,)).items == tuple(i for i in everywhere(view, text).items if i.what == kind)


def test_everything_there_is_of_each_kind_is_found_by_its_id(published: Published, view_of: MakeView) -> None:
    view = view_of()
    known = {
        "country": set(view.known.anywhere("country")) - {HEAD_OFFICE},
        "operation": set(view.known.anywhere("operation")),
        "case": set(view.known.anywhere("case_study")),
        "guidance": set(view.known.anywhere("guidance")),
        "criterion": set(view.known.anywhere("criterion")),
        "risk": set(view.known.anywhere("impact")),
        "setting": set(view.known.anywhere("setting")),
        "function": set(view.known.anywhere("function")),
        "action": set(view.known.anywhere("action")),
        "law": {row["law"] for row in ask(published, "law", view.parameters(operation="")).to_pylist() if row["asks"]},
    }
    assert set(known) | {"page", "term"} == set(KINDS)
    for kind, codes in known.items():
        missed = [code for code in codes if len(code) > 2 and code not in ids(find(view, code, (kind,)), kind)]
        assert not missed, kind


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "\u0301" * 100_000, "child " * 50_000, " ".join(map(str, range(50_000)))]
)
def test_however_long_a_text_is_only_so_much_of_it_is_looked_at(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(one: str) -> str:
        read.append(one)
        return folded(one)

    monkeypatch.setattr(search_index, "folded", counted)
    index = Index([Item("term", "child", "Child", (), ("Child",))])
    read.clear()
    found = index.find(text)
    assert sum(map(len, read)) <= MOST_LETTERS
    assert found.n_sought <= MOST_WORDS
    assert found.is_cut
    assert not index.find("child labour").is_cut
