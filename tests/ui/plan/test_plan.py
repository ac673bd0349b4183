"""Is the plan shown, opened from a gap, edited by two people without loss, and read-only where it should be?"""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

import dashboard.store.publishing.publish as publishing
from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import OPENED_AS, SHOWN_AS
from dashboard.model.pages import PAGES
from dashboard.model.plan import STATUSES, Action
from dashboard.model.records import Draft
from dashboard.queries.ask import rows
from dashboard.queries.plan_actions import PLAN, PLAN_GUIDANCE, PLAN_LACKING, PLAN_UNPLANNED, PlanRow
from dashboard.store.history import current_number
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.save_rows import save_rows, stored_rows
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from dashboard.ui.editing.edit_grid import typed_in
from dashboard.ui.frame import address
from dashboard.ui.plan.action_lists import finding as found_in
from dashboard.ui.plan.action_lists import grid_finding
from dashboard.ui.plan.actions import EDITOR, FORM, GRID
from dashboard.ui.plan.plan_page import PARTS, PICTURES
from tests.conftest import ROOT, TODAY, WRITER, MakeView, copy_of, said
from tests.ui.conftest import (
    ENOUGH,
    OpenPage,
    cells,
    choices,
    choose,
    drafts_of,
    finding,
    nothing_failed,
    set_drafts,
    shown,
    tells,
    texts,
    told,
)

OPEN = {"part": "actions", "action": "A-005"}
NEW = {"show_as": "form"}
MANY = {"show_as": "grid"}


def stored(store: Path) -> dict[str, Action]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {key[0]: row for key, row in stored_rows(connection, Action).items()}


def another_saves(store: Path, action: str, **changes: str) -> Action:
    """Save the action as somebody else would in the meantime; return it as it is then."""
    was = stored(store)[action]
    outcome = save_rows(store, [Draft(was, replace(was, **changes))], WRITER, date.today())
    assert outcome.revision is not None, outcome.problems
    return stored(store)[action]


def widget(app: AppTest, name: str) -> str:
    """Return the key of a field of the open form."""
    (key,) = [str(key) for key in app.session_state if str(key).startswith(f"plan_{name} ")]
    return key


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [button for button in app.button if said(key).fullmatch(button.label)]
    return button.click().run()


def offered(app: AppTest, key: str) -> bool:
    return any(said(key).fullmatch(button.label) for button in app.button)


NEXT = f"A-{len((ROOT / 'data/actions.csv').read_text('utf-8').splitlines()):03}"
"""The id of the next new action: the sample numbers its own without gaps, below one header line."""


def as_somebody(app: AppTest) -> AppTest:
    return app.text_input(key="writer_role").input("facilitator").run()


@pytest.mark.thorough
def test_the_list_opens_with_how_much_is_to_be_done(page: OpenPage, view_of: MakeView) -> None:
    app = page("plan")
    view = view_of()
    found = rows(view.published, PLAN, view.parameters(operation="", today=date.today()))
    assert said(
        "plan.finding.other",
        n=len(found),
        live=sum(row["live"] for row in found),
        overdue=sum(row["overdue"] for row in found),
        unowned=sum(row["unowned"] for row in found),
    ).search(finding(app))


@pytest.mark.parametrize(("operation", "more"), [("", 5), ("col-op", 0)])
def test_the_plan_says_which_standard_it_lists_and_what_is_overdue_on_others(
    operation: str, more: int, page: OpenPage
) -> None:
    shown = texts(page("plan", {"framework": "crbp"} | ({"operation": operation} if operation else {})))
    (said_,) = (text for text in shown if "Listed here: actions on CRBP" in text)
    assert (f"{more} more actions are overdue on other standards." in said_) == bool(more)


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_view_has_a_title_of_its_own(theme: str, page: OpenPage) -> None:
    assert list(PARTS) == list(PAGES["plan"].parts)
    ways = [*({"part": part} for part in PARTS), NEW, MANY]
    titles = set()
    for query in ways:
        app = page("plan", query, theme)
        nothing_failed(app)
        assert shown(app, "part") == query.get("part", "actions")
        titles.add(finding(app))
    assert len(titles) == len(ways)


def test_the_pictures_are_those_that_the_view_knows() -> None:
    assert tuple(PICTURES) == SHOWN_AS["plan"]
    assert OPENED_AS["plan"] == (GRID, FORM)


@pytest.mark.parametrize("way", PICTURES)
def test_one_switch_chooses_the_picture_and_another_pages_choice_is_the_first(way: str, page: OpenPage) -> None:
    app = page("plan", {"show_as": way, "country": "TCD"})
    nothing_failed(app)
    assert shown(app, "show_as") == way
    assert list(choices(app, "show_as")) == list(PICTURES)
    assert bool(app.get("vega_lite_chart")) == (way == "timeline")


def action(day: str, status: str, **more: object) -> PlanRow:
    """Return an action of one operation as the views receive it, on the first day of 2026."""
    live = status in ("open", "in_progress", "blocked")
    plain: dict[str, object] = dict.fromkeys(PlanRow.__annotations__)
    due = date.fromisoformat(day)
    said_ = {"status": status, "due_on": due, "live": live, "overdue": live and due < TODAY, "unowned": False}
    return cast(PlanRow, plain | said_ | {"operation_title": "Toys"} | more)


@pytest.mark.parametrize(
    ("actions", "title"),
    [
        ([], "No actions match these filters."),
        (
            [action("2025-12-31", "open"), action("2026-03-01", "blocked"), action("2026-01-01", "open")],
            "3 actions, 3 still to do: 1 overdue, 0 without an owner. Next due: 1 Jan 2026, Toys.",
        ),
        (
            [action("2025-12-31", "open"), action("2026-01-01", "done")],
            "2 actions, 1 still to do: 1 overdue, 0 without an owner.",
        ),
    ],
)
def test_the_title_says_what_is_to_be_done(actions: list[PlanRow], title: str, view_of: MakeView) -> None:
    assert view_of().words.say(*found_in(actions, [])) == title


def test_the_title_of_the_grid_says_what_is_missing(view_of: MakeView) -> None:
    actions = [
        action("2026-02-01", "open", unowned=True, cause="No one asks", effort="low", cost="low"),
        action("2026-02-01", "open", effort="low"),
        action("2026-02-01", "done"),
    ]
    title = "3 actions to edit, 2 still to do: 1 without an owner, 1 without a cause, 1 without effort or cost."
    assert view_of().words.say(grid_finding(actions)) == title


@pytest.mark.thorough
def test_the_operation_that_is_chosen_stays_in_sight_and_is_kept_by_every_view(page: OpenPage) -> None:
    app = page("plan", {"operation": "gha-op"})
    ways = [*({"part": part} for part in PARTS), *({"part": "actions", "show_as": way} for way in (*PICTURES, GRID))]
    for query in ways:
        choose(app, **query)
        assert shown(app, "operation") == "gha-op", query
        assert choices(app, "operation")["gha-op"] == "Ghana", "the name of the country, where it has one operation"
        assert not any("Chad" in text or "Senegal" in text for text in (*cells(app), *told(app))), query


def test_the_part_of_another_page_is_the_first_here(page: OpenPage) -> None:
    assert shown(page("plan", {"part": "gaps"}), "part") == "actions"


@pytest.mark.parametrize("way", [*PICTURES, GRID])
def test_a_choice_without_actions_says_so(way: str, page: OpenPage) -> None:
    app = page("plan", {"show_as": way, "country": "GROUP", "framework": "crbp", "right": "CRC-38"})
    nothing_failed(app)
    assert said("plan.none_here").match(finding(app))


@pytest.mark.thorough
def test_the_lists_keep_to_the_filters_and_to_one_operation(page: OpenPage, own: Path) -> None:
    another_saves(own, "A-007", owner_role="")
    app = page("plan", {"operation": "tcd-op"})
    assert tells(app, "plan.list_overdue.other", n=2)
    assert tells(app, "plan.list_unowned.one")
    assert tells(app, "plan.due_late", due=date(2025, 9, 30))
    assert any("Fence and lock the thirty sites" in text and "Chad" in text for text in texts(app))
    assert not any("Senegal" in text for text in told(app))
    # An action on an impact belongs to every framework, one on a criterion to its own.
    other = page("plan", {"operation": "tcd-op", "framework": "cop-2014"})
    assert tells(other, "plan.list_overdue.other", n=0)
    assert tells(other, "plan.list_unowned.one")


@pytest.mark.thorough
def test_a_severe_risk_without_an_action_is_listed_until_somebody_acts(
    page: OpenPage, own: Path, view_of: MakeView
) -> None:
    view = view_of(country=("SEN",))
    first, *rest = rows(view.published, PLAN_UNPLANNED, view.parameters(operation=""))
    app = page("plan", {"country": "SEN"})
    assert tells(app, "plan.list_severe.other", n=len(rest) + 1)
    assert any(first["text"] in text for text in texts(app))
    act = Action(operation="sen-op", text="Act", due_on="2030-01-01", impact=first["impact"])
    assert save_rows(own, [Draft(None, act)], WRITER, date.today()).revision is not None
    app.run()
    assert tells(app, "plan.list_severe.other", n=len(rest))


def test_the_board_has_a_column_for_each_status(page: OpenPage) -> None:
    app = page("plan", {"show_as": "board", "country": "GTM"})
    titles = [re.findall("<h2>(.*?) · (.*?)</h2>", body) for body in told(app)]
    counted = {status: int(n) for ((status, n),) in filter(None, titles)}
    assert list(counted) == [read_words()(f"action_status.{status}") for status in STATUSES]
    assert sum(counted.values()) == sum(body.count("<li>") for body in told(app)) > 0


def test_the_timeline_has_its_table(page: OpenPage) -> None:
    app = page("plan", {"show_as": "timeline", "country": "TCD"})
    app.toggle(key="plan_years_chart_table").set_value(True).run()
    nothing_failed(app)
    (table,) = [frame.value for frame in app.dataframe]
    assert {"in progress", "Chad"} <= set(table.to_numpy().ravel())


def lines(app: AppTest) -> list[str]:
    """Return what each line of a list or of a column says."""
    return [unescape(text) for body in told(app) for text in re.findall("<li>(.*?)</li>", body)]


def links(app: AppTest) -> dict[str, str]:
    """Return the addresses that the texts of actions lead to, by what each says."""
    found = (re.findall('<a href="(plan[^"]*)">(.*?)</a>', body) for body in told(app))
    return {unescape(text): unescape(address) for some in found for address, text in some}


@pytest.mark.parametrize("way", ["list", "board"])
def test_the_text_of_an_action_opens_it_and_the_way_back_keeps_the_choice(way: str, page: OpenPage) -> None:
    app = page("plan", {"country": "TCD", "show_as": way})
    (there,) = [dict(parse_qsl(urlsplit(to).query)) for text, to in links(app).items() if "age clause" in text]
    assert (there["part"], there["action"], there["country"]) == ("actions", "A-005", "TCD")
    assert not any(text.startswith("A-") for text in links(app)), "a code never stands for an action"
    app = page("plan", there)
    assert str(app.text_area[0].value).startswith("Put the age clause")
    leads = dict(parse_qsl(urlsplit(links(app)[read_words()("plan.back")]).query))
    assert (leads["country"], leads.get("show_as", "list"), leads.get("action")) == ("TCD", way, None)


def test_the_way_back_works_at_once(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "LATE_SECONDS", ENOUGH)
    app = page("plan", {"framework": "crbp", "round": "2025", "show_as": "board"})
    choose(app, part="actions", action="A-005")
    assert app.text_area
    choose(app, action="")
    assert not app.text_area
    assert shown(app, "show_as") == "board"


def test_the_form_and_the_grid_open_above_the_list(page: OpenPage) -> None:
    app = page("plan", {"country": "TCD", "criterion": "CRBP-05.e"})
    ways = {text: dict(parse_qsl(urlsplit(to).query)) for text, to in links(app).items()}
    new, many = (ways[read_words()(key)] for key in ("plan.begin", "plan.many"))
    assert (new["show_as"], new.get("criterion")) == ("form", None), "what is shown elsewhere is not what it is on"
    app = page("plan", many)
    nothing_failed(app)
    assert app.dataframe
    assert read_words()("plan.back") in links(app)


def test_a_gap_opens_the_form_with_the_first_step_of_the_guidance(page: OpenPage, view_of: MakeView) -> None:
    view = view_of(criterion="CRBP-05.e", operation="sen-op")
    best, *_ = rows(view.published, PLAN_GUIDANCE, view.parameters())
    app = page("plan", NEW | {"criterion": "CRBP-05.e", "operation": "sen-op"})
    nothing_failed(app)
    assert app.text_area[0].value == best["first_step"]
    assert app.text_input(key=widget(app, "owner_role")).value == best["leads"]
    assert app.date_input[0].value == date.today() + timedelta(days=90)
    chosen = {name: app.selectbox(key=widget(app, name)).value for name in ("status", "priority", "expected_status")}
    assert chosen == {"status": "open", "priority": "high", "expected_status": "implemented"}
    assert any(f"guidance={best['guidance']}" in text and best["title"] in text for text in texts(app))


ON_AGES = NEW | {"criterion": "CRBP-02.a"}


def test_a_second_action_on_the_same_is_asked_for_before_its_form_opens(page: OpenPage) -> None:
    app = page("plan", ON_AGES | {"operation": "tcd-op"})
    nothing_failed(app)
    assert said("plan.there_already.one", operation="Chad").fullmatch(finding(app))
    (there,) = (text for text in texts(app) if "A-005" in text)
    assert "Head of distribution · overdue since 30 Sep 2025" in there
    assert "action=A-005" in there
    assert not app.text_area
    app = app.checkbox[0].check().run()
    assert app.text_area[0].value
    app.text_area[0].input("Visit the markets again").run()
    app = app.checkbox[0].uncheck().run() if app.checkbox else app
    assert app.text_area[0].value == "Visit the markets again", "what was typed stays in sight"


def test_a_closed_action_on_the_same_is_named_and_asks_nothing(page: OpenPage) -> None:
    app = page("plan", ON_AGES | {"operation": "rwa-op"})
    assert any(read_words().count("plan.there_closed", 1, operation="Rwanda") in text for text in texts(app))
    assert app.text_area[0].value
    app = page("plan", {"part": "actions", "action": "A-016"})
    assert tells(app, "plan.is_closed", status="done")


MET = {
    "number": {"principle": "CRBP-02"},
    "guidance_item": {"guidance": "G-vendors-child-found-selling"},
    "frameworks": {"criterion": "CRBP-02.a"},
    "case": {"case_study": "C01"},
}


@pytest.mark.parametrize("name", MET)
def test_an_action_that_is_there_stands_before_a_new_one(name: str, page: OpenPage) -> None:
    app = page(name, {"country": "TCD"} | MET[name])
    nothing_failed(app)
    first, *_ = (text for text in (*cells(app), *texts(app)) if "action=A-005" in text)
    assert "overdue since 30 Sep 2025" in first
    assert first.index("action=A-005") < first.index("show_as=form")
    assert "A-016" not in "".join((*cells(app), *texts(app))), "that of another country"


FITTING = {
    "IMP-hosting-RA01-r3": "G-wellbeing-exposed-staff",
    "IMP-content-RA02-r3": "G-sextortion-first-reply",
    "IMP-money-RA01-r2": "G-wallet-extortion-signs",
    "IMP-depots-RA06-r2": "G-trainees-young-worker-rules",
    "IMP-depots-RA08-r2": "G-ewaste-traced-to-recycler",
    "IMP-retail-RA10-r1": "G-open-pages-free",
}


@pytest.mark.parametrize("impact", FITTING)
def test_the_guidance_in_the_words_of_a_risk_comes_first(impact: str, view_of: MakeView) -> None:
    view = view_of(impact=impact)
    best, *_ = rows(view.published, PLAN_GUIDANCE, view.parameters())
    assert best["guidance"] == FITTING[impact]


def test_a_reason_is_asked_only_for_an_action_that_is_blocked_or_dropped(page: OpenPage) -> None:
    def asked(action: str) -> bool:
        app = page("plan", {"part": "actions", "action": action})
        return any(str(key).startswith("plan_reason ") for key in app.session_state)

    assert [asked(action) for action in ("A-003", "A-006", "A-025")] == [False, True, True]


def test_the_form_of_a_blocked_action_asks_why_it_is_blocked_and_why_the_gap_exists_and_no_other_why(
    page: OpenPage,
) -> None:
    app = page("plan", {"part": "actions", "action": "A-006"})
    asked = [box.label for box in (*app.text_area, *app.text_input) if box.label.startswith("Why")]
    assert sorted(asked) == ["Why it is blocked", "Why the gap exists"]


def test_guidance_with_the_criterion_first_precedes_guidance_with_less_effort(
    tiny_store: Path, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two items in the toy group, T2.a is the first criterion of the one that takes more effort."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tiny_store))
    app = page("plan", NEW | {"criterion": "T2.a", "operation": "b-op"})
    assert app.text_area[0].value == "Count who borrows."
    app = page("plan", NEW | {"criterion": "T2.b", "operation": "b-op"})
    assert app.text_area[0].value == "File every edge that a thumb can feel."
    assert app.text_input(key=widget(app, "owner_role")).value == "Toy makers"
    assert app.selectbox(key=widget(app, "priority")).value == "medium"
    # Choosing other guidance replaces the text of the former, but not what somebody typed.
    app.text_input(key=widget(app, "owner_role")).input("Shop manager").run()
    app.selectbox(key=widget(app, "guidance")).set_value("G-lend-fairly").run()
    assert app.text_area[0].value == "Count who borrows."
    assert app.text_input(key=widget(app, "owner_role")).value == "Shop manager"
    # Without guidance, the function responsible for the criterion leads; a critical criterion is urgent.
    app = page("plan", NEW | {"criterion": "T1.a", "operation": "b-op"})
    assert tells(app, "plan.no_guidance")
    assert app.text_area[0].value == ""
    assert app.text_input(key=widget(app, "owner_role")).value == "Toy makers"
    assert app.selectbox(key=widget(app, "priority")).value == "high"


def test_a_severe_risk_is_urgent_where_it_is_severe(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    severe = rows(view.published, PLAN_UNPLANNED, view.parameters(operation=""))[0]
    app = page("plan", NEW | {"impact": severe["impact"], "operation": severe["operation"]})
    assert app.selectbox(key=widget(app, "priority")).value == "high"
    assert not [key for key in app.session_state if str(key).startswith("plan_expected_status ")]
    assert tells(app, "plan.severe")


def test_without_a_gap_the_form_begins_with_the_most_severe_one_or_empty(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    gravest = rows(view.published, PLAN_UNPLANNED, view.parameters(operation=""))[0]
    app = page("plan", NEW)
    nothing_failed(app)
    title = said("plan.write_suggested_impact", operation=gravest["operation_title"], text=gravest["text"])
    assert title.match(finding(app))
    assert app.text_area[0].value
    assert "impact" not in app.query_params, "it is only a suggestion"
    app.button(key="plan_start_empty").click().run()
    assert not app.text_area
    assert tells(app, "plan.how_to_begin")
    assert "CRBP-02.a" in choices(app, "criterion")
    choose(app, criterion="CRBP-02.a")
    assert said("plan.there_already.one", operation="Chad").fullmatch(finding(app)), "the first operation has one"


@pytest.mark.thorough
def test_a_suggestion_can_be_saved_and_the_next_gap_comes_next(page: OpenPage, own: Path, view_of: MakeView) -> None:
    view = view_of(country=("SEN",))
    first, second, *_ = rows(view.published, PLAN_UNPLANNED, view.parameters(operation=""))
    app = press(as_somebody(page("plan", NEW | {"country": "SEN"})), "edit.save")
    nothing_failed(app)
    assert (stored(own)[NEXT].operation, stored(own)[NEXT].impact) == ("sen-op", first["impact"])
    choose(app, action="")
    assert said("plan.write_suggested_impact", operation="Senegal", text=second["text"]).match(finding(app))


def test_where_every_severe_rating_has_an_action_a_criterion_is_suggested(page: OpenPage, view_of: MakeView) -> None:
    chosen = {"country": ("GHA",), "right": ("CRC-28",)}
    view = view_of(**chosen)
    assert not rows(view.published, PLAN_UNPLANNED, view.parameters(operation=""))
    found = rows(view.published, PLAN_LACKING, view.parameters(operation=""))
    app = page("plan", NEW | {"country": "GHA", "right": "CRC-28"})
    assert said("plan.write_suggested_criterion", operation="Ghana").match(finding(app))
    assert tells(app, "plan.suggestion")
    assert any(found[0]["criterion"] in text for text in texts(app))


def test_a_new_action_is_saved_as_a_step_and_then_open(page: OpenPage, own: Path) -> None:
    app = page("plan", NEW | {"criterion": "CRBP-05.e", "operation": "sen-op"})
    text = app.text_area[0].value
    press(as_somebody(app), "edit.save")
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=2)
    assert app.query_params["action"] == NEXT
    action = stored(own)[NEXT]
    assert (action.operation, action.criterion, action.text) == ("sen-op", "CRBP-05.e", text)
    assert (action.round, action.status, action.expected_status) == ("2025", "open", "implemented")
    move = Reader(own).current()
    assert move is not None
    assert (move.revision.role, move.revision.why) == ("facilitator", "Action plan: 1 change")
    # The second save does not ask for anything again.
    app.text_area[0].input("Freeze payments within a day").run()
    press(app, "edit.save")
    assert tells(app, "edit.saved.one", number=3)
    assert stored(own)[NEXT].text == "Freeze payments within a day"
    assert app.text_input(key="writer_role").value == "facilitator"


@pytest.mark.thorough
def test_a_save_that_changes_nothing_makes_no_step(page: OpenPage, own: Path) -> None:
    app = press(as_somebody(page("plan", OPEN)), "edit.save")
    assert tells(app, "edit.nothing_changed")
    assert current_number(own) == 1


def typed_form(page: OpenPage) -> AppTest:
    """Return a form in which somebody has typed."""
    app = page("plan", OPEN)
    app.text_area[0].input('Ask "who sells": now, or =never').run()
    app.selectbox(key=widget(app, "priority")).set_value("low").run()
    return app


def keeps_what_is_typed(app: AppTest) -> bool:
    return (app.text_area[0].value, app.selectbox(key=widget(app, "priority")).value) == (
        'Ask "who sells": now, or =never',
        "low",
    )


def test_a_save_without_a_role_keeps_what_is_typed_and_says_why(page: OpenPage, own: Path) -> None:
    app = press(typed_form(page), "edit.save")
    nothing_failed(app)
    assert tells(app, "problem.role_missing")
    assert tells(app, "edit.not_saved")
    assert keeps_what_is_typed(app)
    assert current_number(own) == 1


@pytest.mark.thorough
def test_a_save_of_what_is_not_sound_keeps_what_is_typed_and_says_why(page: OpenPage, own: Path) -> None:
    app = as_somebody(typed_form(page))
    app.date_input[0].set_value(None).run()
    app.selectbox(key=widget(app, "status")).set_value("dropped").run()
    press(app, "edit.save")
    nothing_failed(app)
    (error,) = [error.value for error in app.error]
    assert said("problem.bad_date", value="").search(error)
    assert said("problem.reason_missing", value="dropped").search(error)
    assert "A-005" in error
    assert keeps_what_is_typed(app)
    assert app.date_input[0].value is None
    app.date_input[0].set_value(date(2027, 1, 31))
    app.text_area(key=widget(app, "reason")).input("The channel was closed").run()
    press(app, "edit.save")
    assert tells(app, "edit.saved.one")
    action = stored(own)["A-005"]
    assert (action.due_on, action.status, action.reason) == ("2027-01-31", "dropped", "The channel was closed")


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["busy", "not_written"])
def test_a_machine_that_cannot_write_keeps_what_is_typed_and_says_why(
    kind: str, page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = as_somebody(typed_form(page))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if kind == "not_written":
        monkeypatch.setattr(publishing, "build", full)
        press(app, "edit.save")
    else:
        monkeypatch.setattr("dashboard.store.locking.LOCK_SECONDS", 0)
        with FileLock(own / "LOCK"):
            press(app, "edit.save")
    nothing_failed(app)
    assert tells(app, f"problem.{kind}")
    assert keeps_what_is_typed(app)


@pytest.mark.thorough
def test_what_is_typed_is_there_after_another_page_and_after_another_step(page: OpenPage, own: Path) -> None:
    app = typed_form(page)
    app.switch_page("pages/heatmap.py").run()
    another_saves(own, "A-006", owner_role="Somebody")
    app.switch_page("pages/plan.py").run()
    assert keeps_what_is_typed(app)
    choose(app, action="A-006")
    assert app.text_input(key=widget(app, "owner_role")).value == "Somebody"
    assert tells(app, "plan.waiting")
    choose(app, action="A-005")
    assert keeps_what_is_typed(app)
    press(app, "edit.discard")
    assert str(app.text_area[0].value).startswith("Put the age clause")


def in_conflict(page: OpenPage, store: Path) -> AppTest:
    """Open the page when two have edited the same action, and the second wants to save."""
    app = as_somebody(typed_form(page))
    another_saves(store, "A-005", text="Theirs", owner_role="Somebody else")
    return press(app, "edit.save")


@pytest.mark.thorough
def test_the_second_of_two_sees_both_versions_and_loses_nothing(page: OpenPage, own: Path) -> None:
    app = in_conflict(page, own)
    nothing_failed(app)
    assert tells(app, "edit.conflict")
    assert keeps_what_is_typed(app)
    assert not offered(app, "edit.save")
    shown = cells(app)
    for text in ("Theirs", "Somebody else", "Head of distribution", "low", "high"):
        assert text in shown
    assert any("who sells" in text for text in shown)
    assert any("Put the age clause" in text for text in shown)
    assert stored(own)["A-005"].text == "Theirs"


@pytest.mark.thorough
def test_no_name_of_a_choice_changes_with_a_save(page: OpenPage, own: Path) -> None:
    """A browser sends names: one that it still holds from an earlier publication must mean the same afterwards."""
    app = page("plan", OPEN)
    before = {box.key: box.options for box in app.selectbox}
    another_saves(own, "A-005", text="Theirs", owner_role="Somebody else", status="blocked", due_on="2031-01-01")
    app.run()
    for box in app.selectbox:
        assert set(box.options) == set(before[box.key])


@pytest.mark.thorough
def test_the_second_of_two_may_keep_hers(page: OpenPage, own: Path) -> None:
    app = press(in_conflict(page, own), "edit.keep_mine")
    nothing_failed(app)
    assert tells(app, "edit.saved.one", number=3)
    assert stored(own)["A-005"].text == 'Ask "who sells": now, or =never'
    assert not tells(app, "edit.conflict")


@pytest.mark.thorough
def test_the_second_of_two_may_take_the_other_version(page: OpenPage, own: Path) -> None:
    app = press(in_conflict(page, own), "edit.take_theirs")
    nothing_failed(app)
    assert app.text_area[0].value == "Theirs"
    assert not tells(app, "edit.conflict")
    assert offered(app, "edit.save")
    assert current_number(own) == 2


@pytest.mark.thorough
def test_a_conflict_in_the_last_moment_is_still_reported(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other publication arrives after the page was drawn and before the lock is taken."""
    import dashboard.ui.editing.editor as saving

    app = as_somebody(typed_form(page))

    def late(*given: object) -> object:
        monkeypatch.setattr(saving, "save_rows", save_rows)
        another_saves(own, "A-005", text="Theirs")
        return save_rows(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "save_rows", late)
    press(app, "edit.save")
    nothing_failed(app)
    assert tells(app, "edit.conflict")
    assert keeps_what_is_typed(app)
    assert stored(own)["A-005"].text == "Theirs"


@pytest.mark.thorough
def test_what_was_typed_into_an_action_that_is_gone_becomes_a_new_one(page: OpenPage, own: Path) -> None:
    act = Action(operation="sen-op", text="Act", due_on="2030-01-01", criterion="CRBP-02.a")
    assert save_rows(own, [Draft(None, act)], WRITER, date.today()).codes == (NEXT,)
    app = page("plan", {"action": NEXT})
    app.text_area[0].input("Act soon").run()
    revert(own, 1, WRITER)
    app.run()
    nothing_failed(app)
    assert tells(app, "plan.waiting")
    (draft,) = drafts_of(app, EDITOR).values()
    assert (draft.was, draft.typed.text, draft.typed.criterion) == (None, "Act soon", "CRBP-02.a")


def test_an_action_on_what_was_taken_out_since_can_still_be_opened_and_ended(
    page: OpenPage, tiny: Path, tiny_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(tiny_store, tmp_path / "toys")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    act = Action(operation="a-op", text="Swap", due_on="2026-05-01", impact="TOY-I2")
    assert save_rows(store, [Draft(None, act)], WRITER, date.today()).revision is not None
    folder = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    impacts = folder / "shared" / "impacts.yaml"
    impacts.write_text(impacts.read_text("utf-8").split("  - impact: TOY-I2")[0], "utf-8")
    assert publishing.publish(Load(store, [folder], WRITER, date.today())).revision is not None
    app = page("plan")
    nothing_failed(app)
    app = page("plan", {"action": "A-001"})
    nothing_failed(app)
    assert app.text_area[0].value == "Swap"


def test_where_nothing_may_change_the_plan_is_shown_and_says_why(page: OpenPage, open_to_all: None) -> None:
    for query in (OPEN, NEW | {"criterion": "CRBP-05.e", "operation": "sen-op"}, MANY):
        app = page("plan", query)
        nothing_failed(app)
        assert tells(app, "problem.may_not_publish")
        assert not offered(app, "edit.save")
        assert not app.text_area
    assert any("Put the age clause" in text for text in cells(page("plan", OPEN)))


def test_a_cell_becomes_a_value_and_an_emptied_one_says_nothing() -> None:
    given = Action(action="A-1", text="x", owner_role="y", due_on="2026-01-01")
    typed = typed_in(
        EDITOR, given, {"owner_role": None, "due_on": "2026-02-03T00:00:00.000", "text": " z", "action": "A-2"}
    )
    assert typed == replace(given, owner_role="", due_on="2026-02-03", text=" z")


def test_effort_cost_and_cause_are_shown_where_they_are_given(page: OpenPage) -> None:
    for way in ("list", "board"):
        app = page("plan", {"show_as": way, "country": "TCD"})
        given = [text for text in lines(app) if "age clause" in text]
        for line in ("effort: medium · cost: low", "Distributors signed before"):
            assert any(line in text for text in given), (way, line)
        silent = [text for text in lines(app) if "civil registry" in text]
        assert silent
        assert not any("effort" in text for text in silent)


@pytest.mark.thorough
def test_the_form_saves_classes_and_cause(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("plan", OPEN))
    app.selectbox(key=widget(app, "effort")).set_value("high").run()
    app.selectbox(key=widget(app, "cost")).set_value("").run()
    app.text_area(key=widget(app, "cause")).input("Nobody asks for the age").run()
    press(app, "edit.save")
    nothing_failed(app)
    found = stored(own)["A-005"]
    assert (found.effort, found.cost, found.cause) == ("high", "", "Nobody asks for the age")


def test_the_grid_saves_every_changed_row_as_one_step(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("plan", MANY | {"country": "TCD"}))
    was = stored(own)
    owned = {id_: replace(was[id_], owner_role=f"Owner of {id_}") for id_ in ("A-005", "A-006")}
    set_drafts(app, EDITOR, {id_: Draft(was[id_], typed) for id_, typed in owned.items()})
    app.run()
    press(app, "edit.save_all.other")
    nothing_failed(app)
    assert tells(app, "edit.saved.other", number=2)
    assert {id_: stored(own)[id_].owner_role for id_ in ("A-005", "A-006", "A-007")} == {
        "A-005": "Owner of A-005",
        "A-006": "Owner of A-006",
        "A-007": "Head of network operations",
    }


@pytest.mark.thorough
def test_what_many_rows_said_before_is_restored_at_once(page: OpenPage, own: Path) -> None:
    app = as_somebody(page("plan", MANY | {"country": "TCD"}))
    was = stored(own)
    owned = {id_: replace(was[id_], owner_role="Mine") for id_ in ("A-005", "A-006")}
    set_drafts(app, EDITOR, {id_: Draft(was[id_], typed) for id_, typed in owned.items()})
    press(app.run(), "edit.save_all.other")
    assert {stored(own)[id_].owner_role for id_ in owned} == {"Mine"}
    press(app, "edit.undo")
    nothing_failed(app)
    assert tells(app, "edit.undone.other", n=2, number=3)
    assert stored(own) == was
    app = page("plan", NEW | {"criterion": "CRBP-05.e", "operation": "sen-op"})
    press(as_somebody(app), "edit.save")
    assert tells(app, "edit.saved.one", number=4)
    assert not offered(app, "edit.undo"), "a new action is not deleted but dropped, with a reason"


@pytest.mark.thorough
def test_the_grid_leaves_blank_what_nobody_said(page: OpenPage, own: Path) -> None:
    another_saves(own, "A-007", owner_role="")
    (grid,) = page("plan", MANY).dataframe
    assert grid.value.set_index("action")["owner_role"].isna()["A-007"]
    assert (grid.proto.HasField("placeholder"), grid.proto.placeholder) == (True, "")


@pytest.mark.thorough
def test_the_grid_tells_each_row_that_somebody_else_has_changed(page: OpenPage, own: Path) -> None:
    was = stored(own)
    app = as_somebody(page("plan", MANY | {"country": "TCD"}))
    drafts = {id_: Draft(was[id_], replace(was[id_], owner_role="Mine")) for id_ in ("A-005", "A-006", "A-007")}
    set_drafts(app, EDITOR, drafts)
    for id_ in ("A-005", "A-006"):
        another_saves(own, id_, text="Theirs")
    app.run()
    assert tells(app, "edit.conflict_of", row="A-005")
    assert tells(app, "edit.conflict_of", row="A-006")
    assert not tells(app, "edit.conflict_of", row="A-007")
    press(app, "edit.save_all.one")
    assert current_number(own) == 4
    assert (stored(own)["A-005"].text, stored(own)["A-006"].text) == ("Theirs", "Theirs"), "nothing goes over them"
    assert drafts_of(app, EDITOR) == {id_: drafts[id_] for id_ in ("A-005", "A-006")}
    app.button(key="plan_mine A-005").click().run()
    app.button(key="plan_theirs A-006").click().run()
    (grid,) = [frame.value for frame in app.dataframe]
    laid = {row["action"]: (row["text"], row["owner_role"]) for _, row in grid.iterrows()}
    assert laid["A-006"] == ("Theirs", was["A-006"].owner_role)
    assert laid["A-005"] == (was["A-005"].text, "Mine")
    press(app, "edit.save_all.one")
    nothing_failed(app)
    found = stored(own)
    assert (found["A-005"].text, found["A-005"].owner_role) == (was["A-005"].text, "Mine")
    assert (found["A-006"].text, found["A-006"].owner_role) == ("Theirs", was["A-006"].owner_role)
    assert found["A-007"].owner_role == "Mine"


@pytest.mark.thorough
def test_the_grid_shows_what_is_typed_elsewhere_and_not_saved(page: OpenPage, own: Path) -> None:
    app = typed_form(page)
    choose(app, action="", show_as=GRID)
    (table,) = [frame.value for frame in app.dataframe]
    assert 'Ask "who sells": now, or =never' in set(table.to_numpy().ravel())


def test_the_file_that_is_offered_holds_the_chosen_actions(page: OpenPage, view_of: MakeView) -> None:
    app = page("plan", {"country": "TCD"})
    (button,) = app.get("download_button")
    view = view_of(country=("TCD",))
    found = [Action.of(row) for row in rows(view.published, PLAN, view.parameters(operation=""))]
    assert said("plan.export.other", n=len(found)).fullmatch(button.proto.label)
    assert tells(app, "plan.export_help")
    assert [link for link in app.get("page_link") if said("plan.import").fullmatch(link.proto.label)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "query", "on"),
    [
        ("risks", {}, ("impact",)),
        ("risks/settings", {"setting": "retail_agents"}, ("impact", "criterion")),
        ("country/own_risks", {"operation": "gha-op"}, ("impact",)),
        ("country/answers", {"operation": "gha-op"}, ("criterion",)),
    ],
)
def test_a_gap_on_another_page_is_one_step_from_an_action(
    name: str, query: dict[str, str], on: tuple[str, ...], page: OpenPage
) -> None:
    app = page(name, query)
    nothing_failed(app)
    links = [text for text in (*cells(app), *texts(app)) if "](plan?" in text and "show_as=form" in text]
    assert all(any(f"{what}=" in text for text in links) for what in on)
    assert not name.startswith("country") or all("operation=gha-op" in text for text in links)
