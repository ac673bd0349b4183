"""Does the next best step have the stated effect, by the SQL that scores every answer, and is it fully described?"""

from typing import Any

import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.next_best import CRITICAL
from dashboard.queries.ask import rows
from dashboard.queries.compare.subjects import COMPARE_FIGURES, CompareFiguresRow
from dashboard.queries.plan_gains import NEXT_BEST
from dashboard.store.overlays import imagined
from dashboard.ui.plan.next_best import best_step
from dashboard.ui.view import View
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, choices, nothing_failed, shown, tells, texts

EDGES = (0, 25, 51, 88)


def figure(view: View, operation: str, code: str, changes: list[tuple[str, str, str]]) -> CompareFiguresRow:
    """Return the score of one area of the operation with some answers assumed."""
    given = view.parameters(subject=(operation,))
    changed = imagined(view.published, view.state.round, tuple(changes))
    return next(row for row in rows(changed, COMPARE_FIGURES, given) if row["code"] == code)


def place(row: CompareFiguresRow) -> int:
    """Return the figure's place among the bands, which one or two answers have too, -1 if there is no figure."""
    return sum(row["percent"] >= edge for edge in EDGES) - 1 if row["percent"] is not None else -1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("operation", "chosen"),
    [
        ("gha-op", {}),
        ("cod-op", {"round": "2025"}),
        ("tcd-op", {"framework": "cop-2014", "by": "risk_area"}),
        ("gtm-op", {"round": "2023", "kind": "support"}),
        ("HQ", {"framework": "cop-2020", "round": "2024", "by": "right"}),
    ],
)
def test_the_set_lifts_each_area_to_its_next_band_and_nothing_of_it_can_be_spared(
    operation: str, chosen: dict[str, Any], view_of: MakeView
) -> None:
    view = view_of(operation=operation, **chosen)
    states = set()
    for area in rows(view.published, COMPARE_FIGURES, view.parameters(subject=(operation,))):
        found = rows(view.published, NEXT_BEST, view.parameters(operation=operation, focus=area["code"]))
        assert len(found) == area["n_applicable"]
        step = best_step(view, found)
        states.add(step.state)
        if step.state == "top":
            assert place(area) == len(EDGES) - 1
        if step.state == "nothing":
            assert area["reading"] == "not_applicable"
        if step.state != "lifts":
            continue
        best = {row["criterion"]: row["best_status"] for row in found}
        changes = [(operation, criterion, best[criterion]) for criterion in step.criteria]
        after = figure(view, operation, area["code"], changes)
        # Where answers were missing, any band is the next one.
        assert place(after) > place(area) if step.missing else place(after) >= place(area) + 1
        for spared in changes:
            fewer = [change for change in changes if change != spared]
            assert place(figure(view, operation, area["code"], fewer)) <= place(area)
    assert "lifts" in states


def test_gravity_is_the_most_severe_rated_risk_and_effort_the_easiest_guidance(view_of: MakeView) -> None:
    view = view_of(operation="gha-op")
    cursor = view.published.cursor()
    rated = cursor.sql(
        "SELECT e.severity, i.criteria FROM exposure AS e JOIN impact_card AS i USING (impact) "
        "WHERE operation = 'gha-op' AND round = '2025'"
    ).fetchall()
    held = cursor.sql("SELECT criteria, effort FROM guidance_card").fetchall()
    seen = set()
    for area in view.known.of("principle", "crbp"):
        for row in rows(view.published, NEXT_BEST, view.parameters(focus=area)):
            severe = max((severity for severity, criteria in rated if row["criterion"] in criteria), default=0)
            assert row["gravity"] == (CRITICAL if row["critical"] else severe)
            assert row["effort"] == min(
                (effort for criteria, effort in held if row["criterion"] in criteria), default=4
            )
            seen.add(row["gravity"])
    assert {CRITICAL, 4} <= seen


def test_the_page_says_where_it_leads_and_lists_the_criteria(page: OpenPage) -> None:
    app = page("plan", {"part": "effects", "operation": "gha-op", "focus": "CRBP-05"})
    nothing_failed(app)
    step = {"operation": "Ghana", "was": "40 (developing)", "becomes": "60 (established)"}
    assert tells(app, "next_best.lifts.one", **step)
    assert any(said("plan.critical").search(text) and text.endswith(" · CRBP-05.e") for text in texts(app))
    assert shown(app, "focus") == "CRBP-05"
    assert choices(app, "focus")["CRBP-05"].endswith(" · 40 (developing)")
    begun = [text for text in texts(app) if f":small[[{read_words()('plan.begin')}](plan?" in text]
    assert ["criterion=CRBP-05.e" in text and "operation=gha-op" in text for text in begun] == [True]
    assert "show_as=form" in begun[0]
    assert begun[0].index("A-066") < begun[0].index("show_as=form"), "what there is comes before a second"


def test_of_one_or_two_answers_it_says_how_many_are_in_place_and_names_no_band(page: OpenPage) -> None:
    app = page("plan", {"part": "effects", "operation": "gha-op", "focus": "CRBP-08"})
    nothing_failed(app)
    step = {"operation": "Ghana", "was": "0 of 1 in place, 1 partly", "becomes": "1 of 1 in place"}
    assert tells(app, "next_best.lifts.one", **step)
    assert choices(app, "focus")["CRBP-08"].endswith(" · 0 of 1 in place, 1 partly")


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({"operation": "col-op", "focus": "COP20-A2", "framework": "cop-2020"}, "next_best.top"),
        ({"operation": "col-op", "focus": "CRBP-01"}, "next_best.top_few"),
        ({"operation": "bol-op", "focus": "CRBP-07"}, "next_best.nothing"),
        ({"operation": "tza-op", "focus": "CRBP-09"}, "next_best.missing.one"),
        ({"operation": "gha-op", "round": "2023", "country": "GHA"}, "country.not_in_round"),
        ({"operation": ""}, "next_best.choose"),
    ],
)
def test_the_page_says_why_nothing_is_lifted(query: dict[str, str], key: str, page: OpenPage) -> None:
    app = page("plan", {"part": "effects", **query})
    nothing_failed(app)
    assert tells(app, key)


@pytest.mark.thorough
@pytest.mark.parametrize("by", ["principle", "risk_area", "right"])
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_the_page_opens_by_every_facet(by: str, framework: str, page: OpenPage) -> None:
    app = page("plan", {"part": "effects", "by": by, "framework": framework, "operation": "tcd-op"})
    nothing_failed(app)
    assert choices(app, "focus")


def test_the_page_says_how_many_criteria_it_did_not_weigh(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.model.next_best.MOST", 2)
    app = page("plan", {"part": "effects", "operation": "tcd-op", "focus": "CRBP-05"})
    nothing_failed(app)
    assert tells(app, "next_best.left_out.other")
