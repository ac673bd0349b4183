"""Does a country's page open with its principles against the group's range, its risks, its plan and its facts?"""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest

from dashboard.queries.ask import ask, rows
from dashboard.queries.country_operation import OPERATION_AREAS, OPERATION_RISKS
from dashboard.queries.every_page import OPERATIONS
from dashboard.queries.overview_headline import AREAS
from dashboard.queries.plan_actions import PLAN, TARGETS
from dashboard.queries.risks_settings import CONTEXT
from dashboard.ui.country.country_page import own_rows, standing_rows
from dashboard.ui.country.operation import ANSWERS
from tests.conftest import MakeView, said
from tests.ui.conftest import OpenPage, finding, nothing_failed, tables, tells, texts


def figures(view_of: MakeView, operation: str, **chosen: object) -> dict[str, Any]:
    return {row["code"]: row for row in standing_rows(view_of(**chosen), operation, {}).to_pylist()}


def test_each_principle_stands_with_its_own_figure_between_the_ends_of_the_group(view_of: MakeView) -> None:
    view = view_of()
    found = figures(view_of, "gha-op")
    own = rows(view.published, OPERATION_AREAS, view.parameters(operation="gha-op"))
    areas = {row["area"]: row for row in rows(view.published, AREAS, view.parameters())}
    respect = [row for row in own if row["kind"] == "respect"]
    assert list(found) == [row["area"] for row in respect]
    for row in respect:
        told = found[row["area"]]
        group = areas[row["area"]]
        assert (told["reading"], told["percent"], told["band"]) == (row["reading"], row["percent"], row["band"])
        assert (told["group_mean"], told["lowest"], told["highest"]) == (
            group["mean"],
            group["lowest"],
            group["highest"],
        )
        if told["percent"] is not None:
            assert told["lowest"] <= told["percent"] <= told["highest"]


def test_the_group_does_not_shrink_to_the_country_that_the_filter_keeps(view_of: MakeView) -> None:
    alone = figures(view_of, "gha-op", country=("GHA",))
    assert alone == figures(view_of, "gha-op")
    assert all(row["n_countries"] > 1 for row in alone.values())
    assert any(row["lowest"] < row["highest"] for row in alone.values())


def test_a_target_of_the_operation_stands_beside_its_figure(view_of: MakeView) -> None:
    view = view_of()
    every = rows(view.published, TARGETS, view.parameters())
    target = next(row for row in every if row["operation"] and row["area"] and row["beside"])
    view = view_of(kind=target["kind"])
    operation = str(target["operation"])
    found = standing_rows(view, operation, {(target["kind"], target["area"]): target}).to_pylist()
    with_target = [row for row in found if row["target"] is not None]
    assert [(row["code"], row["target"], row["target_status"]) for row in with_target] == [
        (target["area"], target["target"], target["target_status"])
    ]


def test_every_rated_risk_is_a_square_with_its_grades_in_words(view_of: MakeView) -> None:
    view = view_of()
    given = view.parameters(operation="tcd-op")
    found = own_rows(view, given).to_pylist()
    assert [row["impact"] for row in found] == ask(view.published, "operation_risks", given)["impact"].to_pylist()
    assert all(row["severity_title"] == view.words(f"grade.severity_{row['severity']}") for row in found)


def test_the_plan_is_told_in_short_with_the_way_to_it(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    plans: dict[str, list[Any]] = {}
    for row in rows(view.published, PLAN, view.parameters(operation="")):
        plans.setdefault(row["operation"], []).append(row)
    operation, actions = next(
        (code, own)
        for code, own in plans.items()
        if {row["live"] for row in own} == {True, False} and any(row["overdue"] for row in own)
    )
    live = [row for row in actions if row["live"]]
    overdue = sum(row["overdue"] for row in live)
    due = min(row["due_on"] for row in live if not row["overdue"])
    app = page("country", {"operation": operation})
    nothing_failed(app)
    (told,) = [text for text in texts(app) if view.words.count("country.under_way", len(live)) in text]
    assert view.words.count("country.overdue", overdue) in told
    assert view.words("country.next_due", due=due) in told
    links = [link.proto.query_string for link in app.main.get("page_link") if link.proto.page == "plan"]
    (query,) = [link for link in links if f"operation={operation}" in link]
    plan = page("plan", dict(parse_qsl(query)))
    nothing_failed(plan)
    assert said("plan.finding.other", live=len(live), overdue=overdue).search(finding(plan))


def test_without_an_action_it_is_said(page: OpenPage, view_of: MakeView) -> None:
    chosen = {"principle": "CRBP-07", "setting": "office"}
    view = view_of(**{name: (code,) for name, code in chosen.items()})
    operations = [row["operation"] for row in rows(view.published, OPERATIONS, view.parameters())]
    without = [
        operation
        for operation in operations
        if not any(row["live"] for row in rows(view.published, PLAN, view.parameters(operation=operation)))
    ]
    assert without
    assert tells(page("country", {**chosen, "operation": without[0]}), "country.none_under_way")


def test_one_country_never_reads_from_its_own_figure_to_its_own_figure(page: OpenPage) -> None:
    app = page("country", {"country": "GHA"})
    assert not [text for text in texts(app) if re.search(r"\bfrom \**(\d+)\** to \**\1\b", text)]


def test_facts_are_cards_and_what_is_not_recorded_a_line(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    found = rows(view.published, CONTEXT, view.parameters(operation="tcd-op"))
    recorded = [row for row in found if row["state"] != "not_recorded"]
    app = page("country/facts", {"operation": "tcd-op"})
    nothing_failed(app)
    assert len(tables(app)) == 1, "only the law is a table"
    (block,) = [html.proto.body for html in app.get("html") if 'class="facts"' in html.proto.body]
    assert block.count("<small>") == len(recorded) > 10
    for row in recorded:
        assert f"<span>{row['title']}</span>" in unescape(block)
        assert f"{row['publisher']}, {row['year']}" in unescape(block)
    assert tells(app, "country.not_recorded", titles=", ".join(r["title"] for r in found if r not in recorded))


@pytest.mark.parametrize("part", ["facts", "summary"])
def test_while_names_are_hidden_the_page_opens_and_tells_no_fact(part: str, page: OpenPage) -> None:
    app = page(f"country/{part}", {"safe": "yes"})
    nothing_failed(app)
    assert not [html for html in app.get("html") if 'class="facts"' in html.proto.body]


def test_each_view_opens_with_what_it_finds(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(operation="tcd-op")
    given = view.parameters(operation="tcd-op")
    rated = rows(view.published, OPERATION_RISKS, given)
    severe = [row for row in rated if row["severity"] == 4]
    answers = [row for row in rows(view.published, ANSWERS, given) if row["kind"] == "respect"]
    full = sum(row["counts_as"] == "answered" and row["value"] == 1 for row in answers)
    rest = sum(row["counts_as"] != "answered" for row in answers)
    found = {
        part: finding(page(f"country/{part}", {"operation": "tcd-op"}))
        for part in ("summary", "answers", "own_risks", "facts")
    }
    assert all(text.startswith("Chad: ") for text in found.values())
    assert said("country.risks_title.other", n=len(rated), severe=len(severe)).search(found["own_risks"])
    again = [row for row in rated if row["residual_severity"] is not None or row["residual_likelihood"] is not None]
    lower = [
        row
        for row in again
        if (row["residual_severity"] or 4) < row["severity"] or (row["residual_likelihood"] or 4) < row["likelihood"]
    ]
    assert (len(rated), len(again), len(lower)) == (51, 34, 13)
    assert (
        "34 of 51 were rated again with measures in place: 13 lower. "
        "For 1 of the lower ones, no answer shows a measure in place." in found["own_risks"]
    )
    still = [row for row in again if row["severity"] == 4 and (row["residual_severity"] or 4) == 4]
    assert (len(still), len(severe) - len([row for row in again if row["severity"] == 4])) == (17, 8)
    app = page("country/own_risks", {"operation": "tcd-op"})
    assert tells(app, "risks.still_severe.other", n=17, of=17)
    assert tells(app, "risks.not_again.other", n=8)
    told = said("country.answers_title.other", n=len(answers), kind="respect", full=full, rest=rest)
    assert told.search(found["answers"])
    assert found["summary"] not in (found["answers"], found["own_risks"], found["facts"])


def test_the_facts_open_with_how_many_are_recorded_and_how_many_are_old(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    told: dict[str, tuple[str, int, int]] = {}
    for row in rows(view.published, OPERATIONS, view.parameters()):
        operation = row["operation"]
        facts = rows(view.published, CONTEXT, view.parameters(operation=operation))
        states = [fact["state"] for fact in facts if fact["state"] != "not_recorded"]
        told.setdefault("old" if "old" in states else "title", (operation, len(states), states.count("old")))
    assert told.keys() == {"old", "title"}
    for name, (operation, n, old) in told.items():
        places = {"n": n, "old": old} if old else {"n": n}
        text = finding(page("country/facts", {"operation": operation}))
        assert said(f"country.facts_{name}.other", **places).search(text)


def test_a_note_on_a_round_that_names_another_country_stands_below_the_line_of_that_country_alone(
    page: OpenPage,
) -> None:
    note = "Ghana answers for the first time"
    below = {code: any(note in text for text in texts(page("country", {"country": code}))) for code in ("TCD", "GHA")}
    assert below == {"TCD": False, "GHA": True}


def test_what_the_head_office_adds_is_counted_for_the_same_criteria_as_the_title(page: OpenPage) -> None:
    """Only where the operation's own answers are enough for a figure."""
    chosen = {"counting": "inherited", "framework": "crbp", "round": "2025"}
    app = page("country/answers", {"operation": "pry-op", **chosen})
    counted = re.search(r"(\d+) of (\d+) respect criteria in place, (\d+) partly, (\d+) not; (\d+) ", finding(app))
    assert counted
    full, asked, part, nil, rest = map(int, counted.groups())
    own, inherited = full + part + nil, 1
    not_applicable = 3
    assert rest == asked - own
    missing = rest - inherited - not_applicable
    assert tells(app, "country.counted_from", kind="Respect", own=own, inherited=inherited, missing=missing)
    app = page("country/answers", {"operation": "cod-op", **chosen})
    assert tells(app, "country.counted_from", kind="Respect", own=10, inherited=0, missing=8)
