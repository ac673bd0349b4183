"""Which slides does a pack have? None is empty, few stand before the appendix, and every title says something else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from dashboard.exports.packs.content import Leaf, Listed, Pack
from dashboard.exports.packs.deck import Deck
from dashboard.exports.packs.planned import MOST_IN_FRONT, MOST_SLIDES
from dashboard.exports.packs.slides import slides
from dashboard.model.words import Words
from dashboard.store.reader import Published
from dashboard.tasks.pack import pack_of
from dashboard.tasks.pack_views import for_audience
from tests.tasks.packs.artefacts import read

pytestmark = pytest.mark.outside
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SENTENCE = "Whoever recruits guards checks that they are trained, and that complaints about them are followed up. "
CLAUSES = "guards are trained, complaints are followed up at once, " * 5 + "and all is well."


def listed(title: str, n: int, text: str = "A gap") -> Listed:
    """A table of so many rows."""
    rows = tuple((f"{text} {number}", text, "a role", date(2026, 1, 1)) for number in range(n))
    return Listed(title, ("Matter", "Where", "Owner", "Due"), rows, finding=f"{title} has {n} rows.")


def pack_with(*tables: Listed, appendix: Sequence[Listed] = (), choice: str = "All") -> Pack:
    """A pack with a view for each table, those of the appendix last."""
    leaves = [
        Leaf(
            "risks", (), f"View {place}", f"Finding {place}.", choice, "", ("A source.",), ("Mark.",), (), (table,), (),
            None, False, appendix=place >= len(tables),
        )
        for place, table in enumerate((*tables, *appendix))
    ]  # fmt: skip
    return Pack("A pack", "Publication 1", ("How numbers are made.",), tuple(leaves), date(2026, 1, 1))


def deck_of(pack: Pack, words: Words) -> list[Any]:
    return list(Presentation(BytesIO(slides(pack, {}, words))).slides)


def titles_of(deck: Sequence[Any]) -> list[str]:
    return [one.shapes.title.text for one in deck]


def in_front(titles: Sequence[str], words: Words) -> list[str]:
    """The titles before the appendix and the sources."""
    behind = [*(place for place, one in enumerate(titles) if one.startswith("Appendix: ")), len(titles) - 1]
    assert titles[-1] == words("pack.head_sources")
    return list(titles[: behind[0]])


@pytest.mark.parametrize("n_empty", [1, 3])
def test_what_has_no_rows_is_a_sentence_and_no_slide(n_empty: int, words: Words) -> None:
    pack = pack_with(*(listed(f"Table {place}", 0) for place in range(n_empty)), listed("Gaps", 2))
    deck = deck_of(pack, words)
    assert titles_of(deck)[1:] == ["Gaps has 2 rows.", words("pack.in_a_sentence"), words("pack.head_sources")]
    told = "\n".join(shape.text_frame.text for shape in deck[2].shapes if shape.has_text_frame)
    assert [f"Table {place} has 0 rows." in told for place in range(n_empty)] == [True] * n_empty
    assert "Gaps has 2 rows." not in told


def test_a_pack_of_nothing_is_sentences_with_their_filters_and_what_they_left_out(words: Words) -> None:
    one, other = pack_with(listed("Table", 0)).leaves[0], pack_with(listed("Table", 0), choice="Ghana").leaves[0]
    left = "“XYZ” is not here."
    pack = replace(pack_with(), leaves=(one, one, replace(other, left_out=(left,))))
    _, said, _ = deck_of(pack, words)
    lines = [line for shape in said.shapes if shape.has_text_frame for line in shape.text_frame.text.split("\n")]
    assert lines.count("All: Table has 0 rows.") == 1
    assert f"Ghana: Table has 0 rows. {left}" in lines


@pytest.mark.parametrize("behind", [True, False])
def test_what_takes_more_than_ten_slides_goes_on_in_the_appendix_if_there_is_one(behind: bool, words: Words) -> None:
    long = [listed(f"Table {place}", 40, SENTENCE) for place in range(4)]
    titles = titles_of(deck_of(pack_with(*long, appendix=[listed("All gaps", 2)] if behind else []), words))
    front = in_front(titles, words)
    assert (len(front) <= MOST_IN_FRONT) == behind
    assert len(set(titles)) == len(titles)
    assert sum("(2 of " in title for title in titles) == len(long)
    assert any(title.startswith("Appendix: Table 3 (2 of ") for title in titles) == behind


def test_a_long_table_of_an_appendix_ends_and_says_how_many_rows_are_elsewhere(words: Words) -> None:
    n = 900
    deck = deck_of(pack_with(listed("Gaps", 1), appendix=[listed("All gaps", n, SENTENCE)]), words)
    parts = [one for one in deck if one.shapes.title.text.startswith("Appendix: All gaps")]
    assert len(parts) == MOST_SLIDES
    n_shown = sum(len(shape.table.rows) - 1 for one in parts for shape in one.shapes if shape.has_table)
    told = [any(words.count("pack.more_rows", n - n_shown) in s.text_frame.text for s in one.shapes if s.has_text_frame)
            for one in parts]  # fmt: skip
    assert told == [False] * (MOST_SLIDES - 1) + [True]


def test_few_rows_with_long_cells_are_on_one_slide(words: Words) -> None:
    titles = titles_of(deck_of(pack_with(listed("Decisions", 7, SENTENCE * 2)), words))
    assert titles[1:-1] == ["Decisions has 7 rows."]


def test_a_very_long_word_takes_no_column_away(words: Words) -> None:
    deck = deck_of(pack_with(listed("Decisions", 8, WORD)), words)
    (table,) = [shape.table for shape in deck[1].shapes if shape.has_table]
    assert [cell.text for cell in table.rows[0].cells] == ["Matter", "Where", "Owner", "Due"]


@pytest.mark.parametrize(
    ("finding", "title", "rest"),
    [
        ("Two gaps. One is old.", "Two gaps. One is old.", ""),
        (f"Two gaps. Highest: {CLAUSES}", "Two gaps.", f"Highest: {CLAUSES}"),
        (f"Seven targets at the end of the round: {SENTENCE * 2}", "Seven targets at the end of the round",
         (SENTENCE * 2).strip()),
    ],
)  # fmt: skip
def test_a_title_ends_with_a_sentence_or_a_clause_and_never_with_a_colon(finding: str, title: str, rest: str) -> None:
    assert Deck(None).titled(finding) == (title, rest)


def test_of_the_first_words_of_a_sentence_alone_no_title_is_made() -> None:
    finding = f"Next: 11 Dec 2026, Paraguay and {WORD} {WORD}: {CLAUSES}"
    title, rest = Deck(None).titled(finding)
    assert (title.endswith("…"), title.startswith("Next: 11 Dec 2026, Paraguay"), rest) == (True, True, finding)


def test_who_approved_is_said_with_the_filters_where_it_differs() -> None:
    one = pack_with(listed("Gaps", 1)).leaves[0]
    same = replace(pack_with(), leaves=(replace(one, approved="Not approved"),) * 2)
    assert same.approved == ("Not approved",)
    both = replace(same, leaves=(*same.leaves, replace(one, choice="Ghana", approved="Approved")))
    assert both.approved == ("All: Not approved", "Ghana: Approved")


@pytest.mark.thorough
def test_the_board_has_ten_slides_at_most_and_the_first_decisions_on_the_second(
    sample_store: Path, published: Published, words: Words, today: date
) -> None:
    chosen = for_audience(published, "board", {}, today)
    leaves = read(sample_store, chosen.views, apart=True)
    pack = pack_of(leaves, chosen, published.revision, words)
    deck = deck_of(pack, words)
    titles = titles_of(deck)
    assert len(in_front(titles, words)) <= MOST_IN_FRONT
    assert len(set(titles)) == len(titles)
    (table,) = [shape.table for shape in deck[1].shapes if shape.has_table]
    matters = [row.cells[0].text for row in list(table.rows)[1:]]
    (every,) = [one for leaf in leaves if leaf.appendix for one in leaf.tables if one.key == "decisions_all"]
    assert 0 < len(matters) <= 8
    assert matters == [row[0] for row in every.rows[: len(matters)]]
