"""Does the plan follow the filters, name what is overdue, and begin with the guidance that fits best?"""

from datetime import date

import pyarrow as pa
import pytest

from dashboard.queries.ask import ask, rows
from dashboard.queries.plan_actions import PLAN, PLAN_GUIDANCE, PLAN_OPERATIONS, PLAN_UNPLANNED
from dashboard.queries.risks_list import RISK_CHECKS
from dashboard.ui.view import View
from tests.conftest import MakeView

LIVE = ("open", "in_progress", "blocked")


def every_action(view: View) -> list[dict[str, object]]:
    """The actions as stored, with the columns that the filters use."""
    with view.published.cursor() as cursor:
        found: pa.Table = cursor.execute(
            "FROM todo JOIN operation USING (operation_no) "
            "LEFT JOIN (SELECT impact, list(DISTINCT area) AS addressed_in "
            "FROM (SELECT impact, unnest(criteria) AS criterion FROM impact) JOIN area_card USING (criterion) "
            "GROUP BY impact) USING (impact)"
        ).to_arrow_table()
    return list(found.to_pylist())


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"framework": "cop-2014"},
        {"country": ("TCD", "COL")},
        {"principle": ("CRBP-02",)},
        {"risk_area": ("RA08",)},
        {"right": ("privacy",)},
        {"operation": "cod-op"},
    ],
    ids=str,
)
def test_the_filters_keep_what_plain_python_keeps(chosen: dict[str, object], view_of: MakeView) -> None:
    view = view_of(**chosen)
    state = view.state
    kept = {
        row["action"]
        for row in every_action(view)
        if row["framework"] in (None, state.framework)
        and (not state.country or row["country"] in state.country)
        and (not state.principle or {row["area"], *(row["addressed_in"] or ())} & set(state.principle))  # type: ignore[misc]
        and (not state.risk_area or set(state.risk_area) & set(row["risk_areas"]))  # type: ignore[call-overload]
        and (not state.right or set(state.right) & set(row["rights"]))  # type: ignore[call-overload]
        and state.operation in ("", row["operation"])
    }
    assert kept
    for name in ("plan", "plan_years"):
        assert {row["action"] for row in ask(view.published, name, view.parameters()).to_pylist()} == kept


def test_late_is_what_is_still_to_be_done_after_its_day(view_of: MakeView) -> None:
    view = view_of()
    for row in rows(view.published, PLAN, view.parameters(today=date(2025, 7, 31))):
        assert row["overdue"] == (row["status"] in LIVE and row["due_on"] < date(2025, 7, 31))
        assert row["unowned"] == (row["status"] in LIVE and not row["owner_role"])


def test_severe_and_forgotten_are_the_doubts_of_the_page_of_risks(view_of: MakeView) -> None:
    for chosen in ({}, {"country": ("GHA",)}, {"round": "2024"}):
        view = view_of(**chosen)
        doubts = rows(view.published, RISK_CHECKS, view.parameters())
        severe = {(row["operation"], row["impact"]) for row in doubts if row["doubt"] == "without_action"}
        found = [(row["operation"], row["impact"]) for row in rows(view.published, PLAN_UNPLANNED, view.parameters())]
        assert (set(found), len(found)) == (severe, len(severe))


def test_guidance_that_has_the_criterion_first_comes_first_then_the_least_effort(view_of: MakeView) -> None:
    view = view_of()
    with view.published.cursor() as cursor:
        cards = cursor.execute("SELECT guidance, criteria, effort FROM guidance_card ORDER BY position").fetchall()
    told_apart = 0
    for criterion in view.known.of("criterion", "crbp"):
        own = [card for card in cards if criterion in card[1]]
        expected = [g for g, criteria, effort in sorted(own, key=lambda card: (card[1][0] != criterion, card[2]))]
        found = rows(view.published, PLAN_GUIDANCE, view.parameters(criterion=criterion))
        assert [row["guidance"] for row in found] == expected
        told_apart += expected != [g for g, _, _ in sorted(own, key=lambda card: card[2])]
    assert told_apart, "effort alone would not give the same order everywhere"


def test_a_new_action_is_for_the_operation_that_is_farthest_first(view_of: MakeView) -> None:
    view = view_of(impact="IMP-depots-RA06-r1")
    severity = {
        row["operation"]: row["severity"]
        for row in view.published.cursor()
        .execute("FROM exposure WHERE round = '2025' AND impact = 'IMP-depots-RA06-r1'")
        .to_arrow_table()
        .to_pylist()
    }
    found = rows(view.published, PLAN_OPERATIONS, view.parameters())
    assert [row["need"] for row in found] == [severity.get(row["operation"]) for row in found]
    needs = [row["need"] for row in found if row["need"] is not None]
    assert needs == sorted(needs, reverse=True)
    assert len(found) > len(needs) > 1


def test_marks_of_one_operation_lie_in_lanes_and_the_next_due_come_first(view_of: MakeView) -> None:
    view = view_of()
    found = ask(view.published, "plan_years", view.parameters()).to_pylist()
    next_due = [
        min(
            (row["due_on"] for row in found if row["position"] == position and row["action_status"] in LIVE),
            default=None,
        )
        for position in sorted({row["position"] for row in found})
    ]
    dated = [day for day in next_due if day is not None]
    assert dated == sorted(dated)
    places = [(row["position"], row["due_on"], row["lane"]) for row in found]
    assert len(set(places)) == len(places)
