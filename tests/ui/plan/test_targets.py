"""Is a target shown beside its figure and nowhere else, set in its form, and read-only where it should be?"""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.look import TARGET_SIGNS
from dashboard.model.plan import Target
from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.plan_actions import TARGETS
from dashboard.store.publishing.save_rows import save_rows, stored_rows
from dashboard.store.reader import Reader
from dashboard.ui.elements.figure_notes import status_said
from dashboard.ui.plan.plan_page import EDITOR
from tests.conftest import WRITER, MakeView, said
from tests.ui.conftest import OpenPage, cells, drafts_of, finding, keys, nothing_failed, tells, texts

PAGE = {"part": "targets", "framework": "crbp", "round": "2025"}
SECURITY = ("crbp", "respect", "CRBP-08", "", "", "2026-05-31")
CODE = " ".join(SECURITY)
NEW = ("crbp", "support", "", "", "", "2027-05-31")


def stored(store: Path) -> dict[tuple[str, ...], Target]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_rows(connection, Target)


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [button for button in app.button if said(key).fullmatch(button.label)]
    return button.click().run()


def as_somebody(app: AppTest) -> AppTest:
    return app.text_input(key="writer_role").input("facilitator").run()


def chosen(app: AppTest, code: str) -> AppTest:
    return app.selectbox(key="plan_target_chosen").set_value(code).run()


def percent(app: AppTest, code: str, value: int) -> AppTest:
    return app.number_input(key=f"plan_target_percent {code}").set_value(value).run()


def test_every_target_is_listed_with_its_status(page: OpenPage) -> None:
    app = page("plan", PAGE)
    nothing_failed(app)
    assert finding(app) == (
        "7 targets, compared with what is expected at the end of Round 2025 (30 May 2025): "
        "2 reached, 2 on track, 2 off track, 1 without a figure yet."
    )
    found = cells(app)
    for status in ("✓ reached by", "○ on track on 30 May 2025", "! off track on 30 May 2025", "– no figure yet"):
        assert any(cell.startswith(status) for cell in found), status
    assert any(cell.startswith("Senegal · Respect · All principles") for cell in found)


def test_a_target_that_was_not_reached_in_time_says_so(view_of: MakeView) -> None:
    view = view_of()
    row = rows(view.published, TARGETS, view.parameters())[0] | {"due_on": view.today}
    passed = row | {"due_on": view.today - timedelta(days=1)}
    for status, late in (("off_track", True), ("no_figure", True), ("reached", False)):
        said_then = view.words(f"target.then.{status}", on=row["round_ends_on"])
        assert status_said(view, row | {"target_status": status}) == said_then
        told = status_said(view, passed | {"target_status": status})
        assert told == (view.words("target.passed", status=said_then) if late else said_then)
        running = row | {"target_status": status, "round_ends_on": view.today}
        assert status_said(view, running) == view.words(f"target.status.{status}"), "no day that is still to come"


def test_a_choice_without_targets_says_so_and_offers_the_form(page: OpenPage) -> None:
    app = page("plan", PAGE | {"framework": "cop-2014"})
    nothing_failed(app)
    assert said("target.none").fullmatch(finding(app))
    assert app.selectbox(key="plan_target_chosen").options == ["A new target"]


def test_a_new_target_is_saved_and_stands_beside_its_figure(page: OpenPage, own: Path) -> None:
    before = page("overview", {"framework": "crbp", "round": "2025"})
    assert sum("Target 70" in text for text in texts(before)) == 1, "of respect alone"
    assert not any("Target 65" in text for text in texts(before))
    app = as_somebody(page("plan", PAGE))
    app.selectbox(key="plan_target_kind ").set_value("support").run()
    app = percent(app, "", 65)
    app = app.date_input(key="plan_target_due_on ").set_value(date(2027, 5, 31)).run()
    app = press(app, "edit.save")
    nothing_failed(app)
    assert stored(own)[NEW] == Target("crbp", "support", percent="65", due_on="2027-05-31")
    assert drafts_of(app, EDITOR) == {}
    after = texts(page("overview", {"framework": "crbp", "round": "2025"}))
    assert any("○ Target 65: on track on 30 May 2025 (" in text for text in after)


@pytest.mark.thorough
def test_a_target_may_be_due_at_the_end_of_a_round(page: OpenPage, own: Path) -> None:
    app = percent(as_somebody(page("plan", PAGE)), "", 65)
    app = app.date_input(key="plan_target_due_on ").set_value(date(2027, 5, 31)).run()
    app = app.selectbox(key="plan_target_round ").set_value("2025").run()
    assert not [box for box in app.date_input if box.key == "plan_target_due_on "]
    app = press(app, "edit.save")
    nothing_failed(app)
    key = ("crbp", "respect", "", "", "2025", "")
    assert stored(own)[key] == Target("crbp", "respect", percent="65", round="2025")
    assert "Group · Respect · All principles · Round 2025" in app.selectbox(key="plan_target_chosen").options


def test_what_is_missing_is_told_before_anything_is_saved(page: OpenPage, own: Path) -> None:
    app = press(as_somebody(page("plan", PAGE)), "edit.save")
    assert tells(app, "edit.needs", fields="Target percentage, Due")
    app = percent(chosen(app, CODE), CODE, 60)
    app = press(app, "edit.save")
    assert any(said("edit.nothing_changed").fullmatch(text) for text in texts(app))
    assert len(stored(own)) == 7


@pytest.mark.thorough
def test_a_target_is_changed_and_taken_back(page: OpenPage, own: Path) -> None:
    app = percent(chosen(as_somebody(page("plan", PAGE)), CODE), CODE, 40)
    app = press(app, "edit.save")
    assert stored(own)[SECURITY].percent == "40"
    assert stored(own)[SECURITY].owner_role == "Group security manager"
    app = press(percent(chosen(app, CODE), CODE, 30), "edit.withdraw")
    nothing_failed(app)
    assert drafts_of(app, EDITOR) == {}, "what was typed of it goes with it"
    assert SECURITY not in stored(own)
    assert len(stored(own)) == 6
    assert finding(app).startswith("6 targets")


def test_of_two_people_who_change_a_target_neither_is_lost(page: OpenPage, own: Path) -> None:
    app = percent(chosen(as_somebody(page("plan", PAGE)), CODE), CODE, 40)
    was = stored(own)[SECURITY]
    theirs = replace(was, percent="45", note="Lowered.")
    assert save_rows(own, [Draft(was, theirs)], WRITER, date.today(), lambda _: "Security").revision is not None
    app = press(app, "edit.save")
    assert stored(own)[SECURITY] == theirs
    app = app.run()
    assert any(said("edit.conflict").fullmatch(text) for text in texts(app))
    assert {"45", "40", "Lowered."} <= set(cells(app))
    app = press(app, "edit.keep_mine")
    nothing_failed(app)
    assert stored(own)[SECURITY] == replace(was, percent="40")


def test_a_country_page_tells_the_targets_of_its_operation_alone(page: OpenPage) -> None:
    app = page("country", {"framework": "crbp", "round": "2025", "operation": "sen-op"})
    assert any(
        "off track at the end of the round, 30 May 2025, when 77 is expected; 80 is expected today." in one
        for one in texts(app)
    )
    app = page("country", {"framework": "crbp", "round": "2025", "operation": "gha-op"})
    assert any("target: on track for the round" in key for key in keys(app)), "the legend of the sign in the chart"
    app.toggle(key="standing_chart_table").set_value(True).run()
    (grid,) = app.dataframe
    told = {
        row["Band"]: (row["Target"], row["Target status"]) for row in grid.value.to_dict("records") if row["Target"] > 0
    }
    assert told == {"Developing": (60, "on track for the round")}
    app = page("country", {"framework": "crbp", "round": "2025", "operation": "col-op"})
    assert not any("Target" in text for text in (*texts(app), *cells(app)))


@pytest.mark.parametrize("name", ["overview", "heatmap"])
@pytest.mark.parametrize("more", [{"framework": "cop-2020"}, {"kind": "support", "country": "COL"}])
def test_where_there_is_no_target_nothing_is_said(name: str, more: dict[str, str], page: OpenPage) -> None:
    app = page(name, {"framework": "crbp", "round": "2025"} | more)
    nothing_failed(app)
    assert not any("arget" in text for text in texts(app))


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("overview", ["reached", "off track for the round"]),
        (
            "heatmap",
            ["reached", "on track for the round", "off track for the round", "no figure yet"],
        ),
    ],
)
def test_the_signs_of_a_chart_are_explained_and_no_others(
    name: str, signs: list[str], page: OpenPage, words: Words
) -> None:
    found = " ".join(keys(page(name, {"framework": "crbp", "round": "2025"})))
    said = "|".join(words(f"target.status.{status}") for status in TARGET_SIGNS)
    assert re.findall(f"target: ({said})", found) == signs


def test_where_names_are_hidden_targets_are_read_and_not_written(page: OpenPage) -> None:
    app = page("plan", PAGE | {"safe": "yes"})
    nothing_failed(app)
    assert finding(app).startswith("7 targets")
    assert not tells(app, "target.set")
    assert not any(
        word in cell for cell in cells(app) for word in ("Senegal", "Agreed by the board", "security manager")
    )
    assert not [box for box in app.selectbox if box.key == "plan_target_chosen"]


def test_where_nothing_may_change_the_targets_are_listed(page: OpenPage, open_to_all: None) -> None:
    app = page("plan", PAGE)
    nothing_failed(app)
    assert finding(app).startswith("7 targets")
    assert not [box for box in app.selectbox if box.key == "plan_target_chosen"]
