"""Does the next group begin anew, once somebody has confirmed that the work of the former is cleared?"""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.plan import Action, AgreedAction
from dashboard.model.problem import handed_file
from dashboard.model.records import Draft
from dashboard.ui.plan.actions import EDITOR
from dashboard.ui.session_state import (
    EDITED,
    PLAN_AGREED,
    TOUR_JUMPS,
    TOUR_RESTART,
    TRIAL_FILES,
    WRITER,
    WRITTEN_LEFT,
)
from tests.conftest import rest_thorough
from tests.ui.conftest import OpenPage, choose, nothing_failed, set_drafts, tells
from tests.ui.present.test_tour import TOURS, press, start_again

exercise = next(tour for tour in TOURS if tour.tour == "setting-exercise")
ten = next(tour for tour in TOURS if tour.tour == "ten-minutes")
TYPED_ONE = Draft(None, Action(text="Ask every shop", operation="gha-op", criterion="CRBP-01.a"))
MINE = AgreedAction(Action(text="Ask every shop"), "CRBP-01.a", "A criterion", "Ghana")


def seen(app: AppTest) -> dict[str, object]:
    """Return the session's contents, except the button pressed, and the address it removed."""
    held = {str(key): app.session_state[key] for key in app.session_state}
    of_the_click = (TOUR_RESTART, TOUR_JUMPS, WRITTEN_LEFT)
    return {name: value for name, value in held.items() if name not in [key.name for key in of_the_click]}


def leave_things_behind(app: AppTest) -> AppTest:
    """Act as a group that turned switches, typed, previewed a file and agreed something."""
    set_drafts(app, EDITOR, {"new x": TYPED_ONE})
    app.session_state[PLAN_AGREED.name] = {"new x": MINE}
    app.session_state[WRITER.name] = ("sales manager", "our group")
    app.session_state["search_library"] = "their words"
    app.session_state[TRIAL_FILES.name] = (handed_file("tried.csv", b"round,operation,criterion,status\n"),)
    return app


@pytest.mark.parametrize("tour", rest_thorough([exercise, ten]), ids=["exercise", "tour"])
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
    start_again(app, here.steps[0].page)
    assert dict(app.query_params) == began
    left = {key: value for key, value in seen(app).items() if fresh.get(key) != value}
    assert left == {}
    assert not tells(app, "trial.waits")


def test_without_a_tour_the_page_of_tours_has_the_button(page: OpenPage) -> None:
    app = page("present", {"country": "GHA", "framework": "cop-2014"})
    set_drafts(app, EDITOR, {"new x": TYPED_ONE})
    start_again(app, "present")
    assert dict(app.query_params) == {"framework": "crbp", "round": "2025"}
    assert EDITED.name not in app.session_state
