"""Is one click enough between two groups, is nothing of the one before in sight, and is none of its work lost?"""

import ast
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.plan.action import Action
from dashboard.model.view.view_state import FIELDS
from dashboard.ui.frame.agreed import Kept
from dashboard.ui.frame.exercise import AGREED
from dashboard.ui.frame.next_group import (
    ASIDE,
    BRING_BACK,
    OF_THE_PRESENTER,
    OF_THE_RUN,
    RESTART,
    RETURNED,
    TYPED,
    forgotten,
)
from dashboard.ui.plan.draft import DRAFTS, Draft
from dashboard.ui.versions.private_publication import handed_file
from dashboard.ui.versions.trial import FILES
from tests.conftest import ROOT
from tests.ui.conftest import OpenPage, nothing_failed, tells
from tests.ui.present.test_tour import TOURS, bar, press, running

UI = ROOT / "src" / "dashboard" / "ui"
GONE = {
    "case_clicked", "checking_asking", "checking_grid_sheet", "checking_save_note", "checking_save_asked",
    "answering_save_asked", "answering_save_note", "plan_save_note", "plan_save_asked", "collect_done",
    "collect_ended", "collect_rows", "collect_seen", "collect_since", "collect_too_large", "collect_turn",
    "collect_undone", "common_switch", "mapping_looked", "mapping_made", "mapping_not_kept", "moved_in",
    "number_open", "number_times", "picked_shown", "plan_agree_on", "plan_grid_sheet", "published", "read_next",
    "read_shown", "rounds_done", "outcome_alone", "room_lines", "room_told", "whatif_begun", "whatif_chosen",
    "whatif_country", "whatif_day", "whatif_name", "whatif_seen", "whatif_side", "whatif_switch", "whatif_way",
    "subject_shown", "subject_touched", "tour_note", "trial_switch", "writer_role", "writer_why", RETURNED,
}  # fmt: skip
"""What a group leaves behind and nobody misses: switches, notes of a run, what a widget shows."""
exercise = next(tour for tour in TOURS if tour.tour == "setting-exercise")
ten = next(tour for tour in TOURS if tour.tour == "ten-minutes")
TYPED_ONE = Draft(None, Action(text="Ask every shop", operation="gha-op", criterion="CRBP-01.a"))
MINE = Kept(Action(text="Ask every shop"), "CRBP-01.a", "A criterion", "Ghana")


def session_keys() -> set[str]:
    """Every key of a session that the code names; those made for one widget each are named where they are drawn."""
    found: set[str] = set()
    for path in UI.rglob("*.py"):
        module = import_module(f"dashboard.ui.{path.stem}")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found |= {key for named in _named(node) if (key := _text(named, module))}
    return found


def _named(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that name a key where a node reads or writes the session."""
    if isinstance(node, ast.Subscript) and _is_session(node.value):
        yield node.slice
    elif isinstance(node, ast.Compare) and _is_session(node.comparators[0]):
        yield node.left
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_session(node.func.value):
        first = node.args[:1]
        yield from (key for one in first for key in (one.keys if isinstance(one, ast.Dict) else [one]) if key)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "held":
        yield from node.args[:1]


def _is_session(node: ast.expr) -> bool:
    return ast.unparse(node) == "st.session_state"


def _text(node: ast.expr, module: ModuleType) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "shown":
        return f"{_text(node.args[0], module)}_shown" if isinstance(node.args[0], ast.Constant) else ""
    found = getattr(module, node.id, "") if isinstance(node, ast.Name) else ""
    return found if isinstance(found, str) else ""


def test_every_key_of_a_session_is_kept_put_aside_or_forgotten_on_purpose() -> None:
    keys = session_keys()
    assert keys >= {DRAFTS, AGREED, FILES, "written_query", "tour_note"}, "the code is read as it is written"
    kept = {key for key in keys if key.startswith(OF_THE_PRESENTER)} | set(FIELDS) | set(OF_THE_RUN)
    assert keys - kept - set(TYPED) == GONE & keys
    assert not set(TYPED) - keys
    assert set(forgotten(keys)) == keys - kept


def seen(app: AppTest) -> dict[str, object]:
    """What the session holds, but for what is put aside, the button that was pressed, and the address it took away."""
    held = {str(key): app.session_state[key] for key in app.session_state}
    of_the_click = (ASIDE, BRING_BACK, RESTART, "tour_jumps", "written_left")
    return {key: value for key, value in held.items() if key not in of_the_click}


def leave_things_behind(app: AppTest) -> AppTest:
    """A group has turned switches, typed, tried a file and agreed something."""
    app.session_state[DRAFTS] = {"new x": TYPED_ONE}
    app.session_state[AGREED] = {"new x": MINE}
    app.session_state["writer"] = ("sales manager", "our group")
    app.session_state["search_library"] = "their words"
    app.session_state[FILES] = (handed_file("tried.csv", b"round,operation,criterion,status\n"),)
    return app


@pytest.mark.parametrize("tour", [exercise, ten], ids=["exercise", "tour"])
def test_the_next_group_finds_the_session_that_the_first_one_found(tour: object, page: OpenPage) -> None:
    here = exercise if tour is exercise else ten
    app = page("workshop", {"country": "GHA"})
    press(app, f"tour_start_{here.tour}", here.steps[0].page)
    fresh, began = seen(app), dict(app.query_params)
    leave_things_behind(app)
    app.multiselect(key="risk_area").set_value(["RA01"]).run()
    press(app, "tour_next", here.steps[1].page)
    app.toggle(key="tour_note").set_value(True).run()
    nothing_failed(app)
    press(app, RESTART, here.steps[0].page)
    assert dict(app.query_params) == began
    left = {key: value for key, value in seen(app).items() if fresh.get(key) != value}
    assert left == {}
    assert not tells(app, "trial.waits")


def test_what_a_group_had_typed_is_brought_back_with_its_place(page: OpenPage) -> None:
    app = page("plan", {**running(exercise, 6), "setting": "office", "picked": "IMP-office-RA01-r1"})
    leave_things_behind(app)
    app.run()
    before = dict(app.query_params)
    press(app, RESTART, "setting")
    assert bar(app).startswith(":gray[1 of 7]")
    press(app, RESTART, "setting")  # Pressed twice, nothing is lost.
    press(app, "tour_bring_back", "plan")
    assert dict(app.query_params) == before
    assert app.session_state[DRAFTS] == {"new x": TYPED_ONE}
    assert app.session_state[AGREED] == {"new x": MINE}
    assert app.session_state["writer"] == ("sales manager", "our group")


def test_two_groups_can_change_places(page: OpenPage) -> None:
    app = page("setting", running(exercise, 1))
    app.session_state[DRAFTS] = {"new x": "the first"}
    press(app, RESTART, "setting")
    app.session_state[DRAFTS] = {"new x": "the second"}
    press(app, "tour_bring_back", "setting")
    assert app.session_state[DRAFTS] == {"new x": "the first"}
    press(app, "tour_bring_back", "setting")
    assert app.session_state[DRAFTS] == {"new x": "the second"}


def test_without_a_tour_the_page_of_tours_has_the_button(page: OpenPage) -> None:
    app = page("workshop", {"country": "GHA", "framework": "cop-2014"})
    app.session_state[DRAFTS] = {"new x": "typed by a group"}
    press(app, RESTART, "workshop")
    assert dict(app.query_params) == {"framework": "crbp", "round": "2025"}
    assert DRAFTS not in app.session_state
    press(app, "tour_bring_back", "workshop")
    assert dict(app.query_params)["country"] == "GHA"
    assert app.session_state[DRAFTS] == {"new x": "typed by a group"}
