"""What does a pack take from Overview: the matters with what is asked of the board, and the worst severe gaps?"""

from datetime import timedelta

import pytest

from dashboard.exports.packs.content import Listed
from dashboard.exports.packs.fitting import APART, BETWEEN_ROWS, POINTS, grid_of
from dashboard.loading.yaml_file import read_words
from dashboard.queries.ask import rows
from dashboard.queries.overview_decisions import DECISIONS, DecisionsRow
from dashboard.queries.risks_list import RISK_LIST
from dashboard.ui import page_content
from dashboard.ui.escape import escaped_rows
from dashboard.ui.overview_board import WORST, asked_of, hand_over, severe_gaps, worst_gaps
from dashboard.ui.overview_decisions import FIRST, said_of
from dashboard.ui.page_content import Carried, ListedTable, plain
from dashboard.ui.view import View
from tests.conftest import MakeView

SLIDE, LETTERS, MOST_LINES = 12.3, 12, 5
"""Inches of a slide's table, points of its letters, and the lines of its highest cell."""
LONG = "measures that nobody has yet described in fewer words than these, however often they were asked to do so, by us"
each_choice = pytest.mark.parametrize(
    "chosen",
    [{}, {"country": ("SEN",)}, {"country": ("GROUP",)}, {"framework": "cop-2020"}, {"principle": ("CRBP-07",)}],
    ids=str,
)


def matters(view: View) -> list[DecisionsRow]:
    return escaped_rows(view.published, DECISIONS, view.parameters())


def handed(view: View, decisions: list[DecisionsRow]) -> dict[str, ListedTable]:
    """Return the tables that are handed over, by key."""
    found: list[Carried] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page_content, "_takers", [lambda _, drawn: found.append(drawn)])
        page_content.begin(view)
        hand_over(view, decisions)
        page_content.end()
    return {one.key: one for one in found[0].tables}


@each_choice
def test_the_first_eight_are_handed_over_in_short_and_all_of_them_whole(
    view_of: MakeView, chosen: dict[str, object]
) -> None:
    view = view_of(**chosen)
    decisions = matters(view)
    tables = handed(view, decisions)
    shown, whole = (tables[key].rows().to_pylist() for key in ("decisions", "decisions_all"))
    assert len(shown) == min(FIRST, len(decisions))
    assert len(whole) == len(decisions) > 0
    assert sum(row["n_severe_gaps"] or 0 for row in whole) == sum(row["n_gaps"] for row in decisions)
    for row, short, said in zip(decisions, shown, whole, strict=False):
        assert all(title in said["where"] for title in map(plain, row["countries"]))
        assert short["matter"].startswith(plain(view.words.say(said_of(view, row)))[:60])
        assert short["asked"] == plain(view.words.say(*asked_of(view, row)))
        assert (short["first_due"] is None) is (row["n_acted"] == 0)
    late = len({action for row in decisions for action in row["overdue"]})
    assert tables["decisions"].finding.startswith(f"{len(decisions)} matter")
    assert (str(late) in tables["decisions"].finding.split(".")[1]) is (late > 0)
    assert len(tables["decisions"].finding) <= 150
    assert tables["decisions"].finding != tables["decisions_all"].finding


def test_where_nothing_waits_a_sentence_is_handed_over(view_of: MakeView) -> None:
    view = view_of(country=("GROUP",), principle=("CRBP-07",), risk_area=("RA05",))
    assert matters(view) == []
    (table,) = handed(view, []).values()
    assert table.rows().num_rows == 0
    assert table.finding == view.words("overview.no_decisions")


def test_what_is_asked_follows_from_the_actions(view_of: MakeView) -> None:
    view = view_of()
    row = next(row for row in matters(view) if row["kind"] == "critical")
    row.update({"n": 3, "n_acted": 3, "n_overdue": 0, "owner_role": "Legal lead"})
    later, past = view.today + timedelta(days=30), view.today - timedelta(days=30)

    def asked(**changes: object) -> list[tuple[str, int | None]]:
        return [(one.key, one.n) for one in asked_of(view, {**row, **changes})]  # type: ignore[typeddict-item]

    assert asked(n_acted=0, due_on=None, owner_role=None) == [("asked.name", None)]
    assert asked(due_on=past, n_overdue=1) == [("asked.late", 1)]
    assert asked(due_on=past, n_overdue=2) == [("asked.late", 2)]
    assert asked(due_on=past, n_overdue=1, owner_role=None) == [("asked.late_unowned", 1)]
    assert asked(due_on=later, n_acted=1) == [("asked.name_where", 2)]
    assert asked(due_on=past, n_overdue=1, n_acted=2) == [("asked.late", 1), ("asked.name_where", 1)]
    assert asked(due_on=later, owner_role=None) == [("asked.unowned", None)]
    assert asked(due_on=later) == [("asked.support", 3)]
    assert asked(due_on=view.today) == [("asked.support", 3)], "it is overdue from tomorrow"
    (where,) = asked_of(view, {**row, "due_on": later, "n_acted": 1})
    assert view.words.say(where) == "Name owners in 2 of 3 operations."
    (until,) = asked_of(view, {**row, "due_on": later, "n": 1, "n_acted": 1})
    assert view.words.shown(later) in view.words.say(until)


def test_no_cell_on_a_slide_needs_six_lines(view_of: MakeView) -> None:
    """However long its texts are, and however many countries there are."""
    view = view_of()
    row = next(row for row in matters(view) if row["kind"] == "critical")
    countries = [f"Country of the long name {n}" for n in range(80)]
    longest: DecisionsRow = {
        **row,
        "gap": f"{LONG}, {LONG}",
        "countries": countries,
        "n": 80,
        "n_acted": 40,
        "n_overdue": 20,
        "due_on": view.today - timedelta(days=1),
        "owner_role": f"Head of {LONG}",
    }
    rows = handed(view, [longest, *matters(view)])["decisions"].rows()
    assert "77 more" in rows["where"][0].as_py()
    cells = tuple(tuple(one.values()) for one in rows.to_pylist())
    table = Listed("", tuple(view.words(f"column.{name}") for name in rows.column_names), cells)
    grid = grid_of(table, read_words(), LETTERS, SLIDE)
    assert grid.n_left == 0
    _, *heights = grid.heights()
    lines = [(height - BETWEEN_ROWS) * POINTS / (LETTERS * APART) for height in heights]
    assert round(max(lines)) <= MOST_LINES
    assert grid.rows == tuple(tuple(text or "" for text in row) for row in cells), "a slide need not shorten anything"


@each_choice
def test_the_three_worst_are_the_first_severe_gaps(view_of: MakeView, chosen: dict[str, object]) -> None:
    view = view_of(**chosen)
    decisions = matters(view)
    gaps = [row for row in rows(view.published, RISK_LIST, view.parameters()) if row["n_severe_gaps"]]
    worst = worst_gaps(view, decisions)
    assert len(worst) == min(WORST, len(gaps))
    for said, row in zip(map(plain, worst), gaps, strict=False):
        assert said.startswith(f"{row['text']} Not shown to be addressed: ")
        few = row["gap_operations"][: row["n_severe_gaps"]]
        assert all(title in said for title in few) or "among them" in said
    assert severe_gaps(decisions) == sum(row["n_severe_gaps"] for row in gaps)
