"""What do pages hand over to a pack: severe gaps first, grades in words, what comes next, targets on one clock?"""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard.exports.packs.chart_images import pictures_of
from dashboard.exports.packs.content import Leaf, Listed, Pack
from dashboard.exports.packs.slides import slides
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.plan_actions import PLAN
from dashboard.queries.risks_list import RISK_LIST
from dashboard.tasks.pack_views import PackView
from tests.conftest import MakeView
from tests.tasks.packs.artefacts import nothing, read

VIEWS = (
    PackView("overview"),
    PackView("risks", {"part": "gaps"}),
    PackView("plan", {"part": "actions"}),
    PackView("plan", {"part": "targets"}),
    PackView("risks", {"part": "opportunities"}),
    PackView("country", {"part": "own_risks", "country": "GHA"}),
    PackView("guidance"),
    PackView("plan", {"part": "actions", "show_as": "timeline"}),
    PackView("plan", {"part": "actions", "country": "GROUP", "principle": "CRBP-07", "risk_area": "RA05"}),
)


@pytest.fixture(scope="module")
def leaves(sample_store: Path) -> tuple[Leaf, ...]:
    return read(sample_store, VIEWS)


def table(leaf: Leaf, key: str) -> Listed:
    (found,) = (one for one in leaf.tables if one.key == key)
    return found


def column(found: Listed, words: Words, name: str) -> list[object]:
    place = found.heads.index(words(f"column.{name}"))
    return [row[place] for row in found.rows]


def test_the_severe_gaps_come_before_the_list_of_risks(
    leaves: tuple[Leaf, ...], view_of: MakeView, words: Words
) -> None:
    view = view_of()
    should = [row for row in rows(view.published, RISK_LIST, view.parameters()) if row["n_severe_gaps"]]
    found = leaves[1].tables[0]
    assert found.key == "severe_gaps"
    assert column(found, words, "risk") == [row["text"] for row in should]
    assert found.finding.startswith(f"{sum(row['n_severe_gaps'] for row in should)} severe gaps in ")
    for row, where, why in zip(should, column(found, words, "where"), column(found, words, "because"), strict=True):
        assert str(where).startswith(row["gap_operations"][0])
        assert str(why).startswith(words(f"judged.{row['gap_reasons'][0]}"))
    worst = leaves[0].charts[0].points
    assert [said.partition(" Not shown")[0] for said in worst] == [row["text"] for row in should[:3]]


def test_grades_are_words_wherever_a_table_is_read(leaves: tuple[Leaf, ...], words: Words) -> None:
    graded = {"severity": "severity", "likelihood": "likelihood", "need": "need", "reach": "reach"}
    seen = set()
    for found in (found for leaf in leaves for found in leaf.listed):
        for name in graded:
            if words(f"column.{name}") in found.heads:
                seen.add(name)
                known = {words(f"grade.{name}_{grade}") for grade in range(1, 5)}
                assert set(column(found, words, name)) <= {*known, None}
    assert seen == set(graded)


def test_what_comes_next_is_due_from_today_on_the_soonest_first(
    leaves: tuple[Leaf, ...], view_of: MakeView, words: Words
) -> None:
    view = view_of()
    live = [row for row in rows(view.published, PLAN, view.parameters()) if row["live"]]
    ahead = sorted(row["due_on"] for row in live if row["due_on"] >= date.today())
    found = table(leaves[2], "next")
    assert column(found, words, "due_on") == ahead[:8]
    if ahead:
        assert found.finding.startswith(f"Next: {words.shown(ahead[0])}, {column(found, words, 'where')[0]}: ")
    assert words.count("plan.overdue", len(live) - len(ahead)) in found.finding
    nothing = table(leaves[8], "next")
    assert nothing.rows == ()
    assert nothing.finding.startswith(words("plan.coming_none"))


def test_targets_have_one_clock_and_are_in_the_order_of_their_dates(leaves: tuple[Leaf, ...], words: Words) -> None:
    (found,) = leaves[3].tables
    due = [one for one in column(found, words, "due_on") if isinstance(one, date)]
    assert due == sorted(due)
    assert len(due) == len(found.rows) > 1
    assert words("column.target_today") not in found.heads
    assert words("column.target_expected") in found.heads


@pytest.mark.outside
@pytest.mark.parametrize("place", [2, 7])
def test_a_long_finding_of_a_page_is_a_short_title_with_the_rest_beside_it(
    leaves: tuple[Leaf, ...], place: int, words: Words
) -> None:
    leaf = replace(leaves[place], tables=leaves[place].tables[-1:])
    assert len(leaf.finding) > 150
    pack = Pack("A pack", "Publication 1", (), (leaf,), date(2026, 1, 1))
    slide = Presentation(BytesIO(slides(pack, pictures_of(pack.leaves, nothing), words))).slides[1]
    title = slide.shapes.title.text.partition(" (1 of ")[0]
    assert len(title) <= 150
    (beside,) = [one.text for one in slide.shapes if one.has_text_frame and one.text.startswith("• ")]
    assert f"{title} {beside.removeprefix('• ')}" == leaf.finding
