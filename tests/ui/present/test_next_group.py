"""Is one click enough between two groups, with nothing of the former in sight and none of its work lost?"""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.answers.handed_file import handed_file
from dashboard.model.draft import Draft
from dashboard.model.plan.action import Action
from dashboard.model.plan.agreed import AgreedAction
from dashboard.ui.session_keys import (
    PLAN_AGREED,
    PLAN_DRAFTS,
    TOUR_ASIDE,
    TOUR_BRING_BACK,
    TOUR_JUMPS,
    TOUR_RESTART,
    TRIAL_FILES,
    WRITER,
    WRITTEN_LEFT,
)
from tests.ui.conftest import OpenPage, choose, nothing_failed, tells
from tests.ui.present.test_tour import TOURS, bar, press, running

exercise = next(tour for tour in TOURS if tour.tour == "setting-exercise")
ten = next(tour for tour in TOURS if tour.tour == "ten-minutes")
TYPED_ONE = Draft(None, Action(text="Ask every shop", operation="gha-op", criterion="CRBP-01.a"))
MINE = AgreedAction(Action(text="Ask every shop"), "CRBP-01.a", "A criterion", "Ghana")


def seen(app: AppTest) -> dict[str, object]:
    """Return the session's contents, except what was set aside, the button pressed, and the address it removed."""
    held = {str(key): app.session_state[key] for key in app.session_state}
    of_the_click = (TOUR_ASIDE, TOUR_BRING_BACK, TOUR_RESTART, TOUR_JUMPS, WRITTEN_LEFT)
    return {name: value for name, value in held.items() if name not in [key.name for key in of_the_click]}


def leave_things_behind(app: AppTest) -> AppTest:
    """Act as a group that turned switches, typed, previewed a file and agreed something."""
    app.session_state[PLAN_DRAFTS.name] = {"new x": TYPED_ONE}
    app.session_state[PLAN_AGREED.name] = {"new x": MINE}
    app.session_state[WRITER.name] = ("sales manager", "our group")
    app.session_state["search_library"] = "their words"
    app.session_state[TRIAL_FILES.name] = (handed_file("tried.csv", b"round,operation,criterion,status\n"),)
    return app


@pytest.mark.parametrize("tour", [exercise, ten], ids=["exercise", "tour"])
def test_the_next_group_finds_the_session_that_the_first_one_found(tour: object, page: OpenPage) -> None:
    here = exercise if tour is exercise else ten
    app = page("present", {"country": "GHA"})
    press(app, f"tour_start_{here.tour}", here.steps[0].page)
    fresh, began = seen(app), dict(app.query_params)
    leave_things_behind(app)
    choose(app, risk_area="RA01")
    press(app, "tour_next", here.steps[1].page)
    app.toggle(key="tour_note").set_value(True).run()
    nothing_failed(app)
    press(app, TOUR_RESTART.name, here.steps[0].page)
    assert dict(app.query_params) == began
    left = {key: value for key, value in seen(app).items() if fresh.get(key) != value}
    assert left == {}
    assert not tells(app, "trial.waits")


def test_what_a_group_had_typed_is_brought_back_with_its_place(page: OpenPage) -> None:
    app = page("plan", {**running(exercise, 6), "setting": "office", "picked": "IMP-office-RA01-r1"})
    leave_things_behind(app)
    app.run()
    before = dict(app.query_params)
    press(app, TOUR_RESTART.name, "risks")
    assert bar(app).startswith(":gray[1 of 7]")
    press(app, TOUR_RESTART.name, "risks")  # Pressed twice, nothing is lost.
    press(app, TOUR_BRING_BACK.name, "plan")
    assert dict(app.query_params) == before
    assert app.session_state[PLAN_DRAFTS.name] == {"new x": TYPED_ONE}
    assert app.session_state[PLAN_AGREED.name] == {"new x": MINE}
    assert app.session_state[WRITER.name] == ("sales manager", "our group")


def test_two_groups_can_change_places(page: OpenPage) -> None:
    app = page("risks/by_setting", running(exercise, 1))
    app.session_state[PLAN_DRAFTS.name] = {"new x": "the first"}
    press(app, TOUR_RESTART.name, "risks")
    app.session_state[PLAN_DRAFTS.name] = {"new x": "the second"}
    press(app, TOUR_BRING_BACK.name, "risks")
    assert app.session_state[PLAN_DRAFTS.name] == {"new x": "the first"}
    press(app, TOUR_BRING_BACK.name, "risks")
    assert app.session_state[PLAN_DRAFTS.name] == {"new x": "the second"}


def test_without_a_tour_the_page_of_tours_has_the_button(page: OpenPage) -> None:
    app = page("present", {"country": "GHA", "framework": "cop-2014"})
    app.session_state[PLAN_DRAFTS.name] = {"new x": "typed by a group"}
    press(app, TOUR_RESTART.name, "present")
    assert dict(app.query_params) == {"framework": "crbp", "round": "2025"}
    assert PLAN_DRAFTS.name not in app.session_state
    press(app, TOUR_BRING_BACK.name, "present")
    assert dict(app.query_params)["country"] == "GHA"
    assert app.session_state[PLAN_DRAFTS.name] == {"new x": "typed by a group"}
