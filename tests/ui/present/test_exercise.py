"""Can a group work through one setting, and does it take home what it picked, read and agreed?"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.plan import Action
from dashboard.model.view_state import COLLECTED, MOST_COLLECTED, from_query
from dashboard.queries.ask import rows
from dashboard.queries.question import Question
from dashboard.queries.risks_settings import SETTING_ADVICE, SETTING_CRITERIA, SETTING_OPENINGS, SETTING_RISKS, SETTINGS
from dashboard.store.publishing.save_rows import stored_rows
from dashboard.store.reader import Reader
from dashboard.ui.session_state import PLAN_AGREED
from tests.conftest import MakeView, copy_of, said
from tests.ui.conftest import OpenPage, cells, choose, finding, nothing_failed, tells, texts
from tests.ui.present.test_tour import TOURS, bar, press, running

exercise = next(tour for tour in TOURS if tour.tour == "setting-exercise")
SETTING = "retail_agents"
AGREE, OUTCOME = 6, 7
TO = {"setting": SETTING, "country": "GHA"}


def at_step(page: OpenPage, number: int, **more: str) -> AppTest:
    """Open the exercise at one of its steps, as a link does."""
    app = page(exercise.steps[number - 1].page, {**running(exercise, number), **TO, **more})
    nothing_failed(app)
    return app


def go(app: AppTest, name: str, **query: str) -> AppTest:
    """Open another page with the same view and some changes, as a link on the page does."""
    app.query_params.update({**dict(app.query_params), **query})
    place, _, part = name.partition("/")
    if part:
        app.query_params["part"] = part
    app.switch_page(f"pages/{place}.py").run()
    nothing_failed(app)
    return app


def impacts(view_of: MakeView, question: Question[Any], setting: str = SETTING) -> Sequence[Mapping[str, object]]:
    view = view_of(country=("GHA",))
    return rows(view.published, question, view.of_setting(setting))


@pytest.fixture
def own_store(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


@pytest.mark.thorough
def test_a_group_chooses_its_setting_and_keeps_it_and_its_filters_to_the_end(page: OpenPage) -> None:
    app = page("present", {"country": "GHA", "risk_area": "RA01"})
    choose(app, setting="call_centre")
    press(app, "tour_start_setting-exercise", "risks")
    for number, step in enumerate(exercise.steps, start=1):
        assert bar(app) == f":gray[{number} of {len(exercise.steps)}] {step.title}"
        kept = {name: app.query_params[name] for name in ("setting", "country", "risk_area")}
        assert kept == {"setting": "call_centre", "country": "GHA", "risk_area": "RA01"}
        assert not [button for button in app.button if button.key == "tour_to_step"]
        if number < len(exercise.steps):
            press(app, "tour_next", exercise.steps[number].page)
    press(app, "tour_leave", "present")
    assert not {"tour", *COLLECTED} & set(dict(app.query_params))


def settings_of(view_of: MakeView) -> list[str]:
    view = view_of()
    return [row["setting"] for row in rows(view.published, SETTINGS, view.parameters())]


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(1, len(exercise.steps) + 1))
def test_every_step_opens_for_every_setting(number: int, page: OpenPage, view_of: MakeView) -> None:
    app = at_step(page, number, country="")
    for setting in settings_of(view_of):
        go(app, exercise.steps[number - 1].page, setting=setting)
        assert bar(app).startswith(f":gray[{number} of 7]")
        assert not app.warning


@pytest.mark.thorough
def test_what_weighs_most_is_picked_and_stands_in_the_summary(page: OpenPage, view_of: MakeView) -> None:
    risks, openings = impacts(view_of, SETTING_RISKS), impacts(view_of, SETTING_OPENINGS)
    chosen = [str(risks[-1]["impact"]), str(openings[-1]["impact"])]
    app = at_step(page, 1)
    app.multiselect(key="picked_shown").set_value(chosen).run()
    nothing_failed(app)
    assert app.query_params["picked"] == ",".join(chosen)
    assert tells(app, "exercise.picked", n=2)
    go(app, "present/outcome")
    shown = " ".join(texts(app))
    assert str(risks[-1]["text"])[:60] in shown
    assert str(openings[-1]["text"])[:60] in shown
    assert str(risks[0]["text"])[:60] not in shown
    again = page("present/outcome", dict(app.query_params))
    assert texts(again) == texts(app), "also after a reload, and for whoever opens the link"


def test_while_nothing_is_picked_the_three_rated_highest_stand_for_it(page: OpenPage, view_of: MakeView) -> None:
    app = at_step(page, OUTCOME)
    shown = " ".join(texts(app))
    rated = [row for row in impacts(view_of, SETTING_RISKS) if row["severity"] is not None]
    assert len(rated) > 3
    assert [str(row["text"])[:60] in shown for row in rated] == [True] * 3 + [False] * (len(rated) - 3)


def test_what_was_picked_in_another_setting_stays_with_that_one(page: OpenPage, view_of: MakeView) -> None:
    (here, there) = (str(impacts(view_of, SETTING_RISKS, name)[0]["impact"]) for name in (SETTING, "call_centre"))
    app = choose(at_step(page, 1, picked=here), setting="call_centre")
    assert app.multiselect(key="picked_shown").value == []
    app.multiselect(key="picked_shown").set_value([there]).run()
    assert app.query_params["picked"] == f"{here},{there}"
    choose(app, setting=SETTING)
    assert app.multiselect(key="picked_shown").value == [here]


def test_the_setting_that_the_page_shows_in_full_is_the_one_of_the_group(page: OpenPage) -> None:
    app = at_step(page, 1, setting="", of_setting="call_centre")
    assert any(text.startswith("**Call centre, customer care** · ") for text in texts(app))
    app = at_step(page, 1, of_setting="call_centre")
    assert any(text.startswith("**Shops, agents, street sales** · ") for text in texts(app))


@pytest.mark.thorough
def test_guidance_and_cases_that_were_opened_stand_in_the_summary(page: OpenPage, view_of: MakeView) -> None:
    view = view_of()
    found = rows(view.published, SETTING_ADVICE, view.of_setting(SETTING))
    guidance, case = (next(row for row in found if row["what"] == what) for what in ("guidance", "case"))
    app = at_step(page, 4)
    app.selectbox(key="read_shown").set_value(guidance["code"]).run()
    app.switch_page("pages/guidance_item.py").run()
    nothing_failed(app)
    assert app.query_params["guidance"] == guidance["code"]
    assert app.selectbox(key="read_shown").value == guidance["code"]
    go(app, "cases", guidance="")
    app.selectbox(key="read_shown").set_value(case["code"]).run()
    app.switch_page("pages/case.py").run()
    nothing_failed(app)
    assert app.query_params["looked"] == f"{guidance['code']},{case['code']}"
    go(app, "guidance_item", guidance=guidance["code"], case_study="")
    assert app.query_params["looked"] == f"{case['code']},{guidance['code']}", "each once, the last one last"
    go(app, "present/outcome")
    shown = " ".join(texts(app))
    assert guidance["title"][:60] in shown
    assert case["title"][:60] in shown


def test_nothing_is_gathered_outside_of_an_exercise(page: OpenPage) -> None:
    ten = next(tour for tour in TOURS if tour.tour == "ten-minutes")
    for query in ({}, running(ten, 5)):
        app = page(
            "guidance_item", {"guidance": "G-vendors-child-found-selling", "picked": "IMP-care-RA01-r1", **query}
        )
        nothing_failed(app)
        assert not set(COLLECTED) & set(dict(app.query_params))


def choose_gap(app: AppTest, view_of: MakeView) -> str:
    """Choose a gap of the setting to act on; return its criterion."""
    view = view_of(country=("GHA",))
    found = rows(view.published, SETTING_CRITERIA, view.of_setting(SETTING))
    gap = next(str(row["criterion"]) for row in found if row["n_nil"] + row["n_part"])
    app.selectbox(key="plan_agree_on").set_value(gap).run()
    nothing_failed(app)
    assert app.query_params["criterion"] == gap
    return gap


def form_key(criterion: str) -> str:
    return f"new {criterion} gha-op"


@pytest.mark.thorough
def test_an_action_is_agreed_saved_and_summed_up(page: OpenPage, own_store: Path, view_of: MakeView) -> None:
    app = at_step(page, AGREE)
    key = form_key(choose_gap(app, view_of))
    app.text_area(key=f"plan_text {key}").set_value("Ask every shop for its rules on age").run()
    app.text_input(key=f"plan_owner_role {key}").set_value("sales manager").run()
    app.text_input(key="writer_role").set_value("facilitator").run()
    app.button(key=f"plan_save {key}").click().run()
    nothing_failed(app)
    assert tells(app, "exercise.agreed", n=1, of=3)
    assert app.query_params["publication"] == "2", "the group sees the figures with its own action"
    (id_,) = app.query_params["agreed"].split(",")
    reader = Reader(own_store).current()
    assert reader is not None
    with reader.cursor() as cursor:
        assert {key[0]: row for key, row in stored_rows(cursor, Action).items()}[
            id_
        ].text == "Ask every shop for its rules on age"
    go(app, "present/outcome")
    assert said("outcome.title.one").fullmatch(finding(app))
    (row,) = [cell for cell in cells(app) if "Ask every shop" in cell]
    assert row.startswith(id_)
    assert "sales manager" in cells(app)
    again = page("present/outcome", dict(app.query_params))
    assert cells(again) == cells(app)


def test_where_nothing_is_saved_an_action_is_kept_in_the_session(
    page: OpenPage, own_store: Path, open_to_all: None, view_of: MakeView
) -> None:
    app = at_step(page, AGREE)
    key = form_key(choose_gap(app, view_of))
    assert tells(app, "exercise.kept_here")
    app.text_area(key=f"plan_text {key}").set_value("Ask every shop").run()
    app.text_input(key=f"plan_owner_role {key}").set_value(" ").run()
    app.button(key=f"plan_agree {key}").click().run()
    nothing_failed(app)
    assert said("exercise.wanting").search(app.error[0].value)
    assert not app.session_state[PLAN_AGREED.name], "and nothing typed is lost"
    assert app.text_area(key=f"plan_text {key}").value == "Ask every shop"
    app.text_input(key=f"plan_owner_role {key}").set_value("sales manager").run()
    app.button(key=f"plan_agree {key}").click().run()
    nothing_failed(app)
    assert tells(app, "exercise.agreed", n=1, of=3)
    assert Reader(own_store).current().revision.number == 1  # type: ignore[union-attr]
    go(app, "present/outcome")
    assert "Ask every shop" in cells(app)
    assert tells(app, "outcome.kept.one")
    go(app, "plan", show_as="form")
    app.button(key=f"plan_take_out {key}").click().run()
    nothing_failed(app)
    go(app, "present/outcome")
    assert "Ask every shop" not in cells(app)
    assert tells(app, "outcome.no_actions")


def test_the_plan_outside_of_an_exercise_is_as_it_was(page: OpenPage) -> None:
    app = page("plan", {"show_as": "form"})
    nothing_failed(app)
    assert not [box for box in app.selectbox if box.key == "plan_agree_on"]


def test_the_summary_without_an_exercise_says_where_one_begins(page: OpenPage) -> None:
    app = page("present/outcome")
    nothing_failed(app)
    assert finding(app) == said("outcome.no_exercise").pattern.replace("\\", "")
    assert tells(app, "outcome.example")
    assert any(said("outcome.to_tours").fullmatch(link.proto.label) for link in app.get("page_link"))
    shown = " ".join(texts(app))
    assert all(said(f"outcome.{part}").search(shown) for part in ("risks", "openings", "gaps"))
    app.button(key=f"tour_start_{exercise.tour}").click().run()
    nothing_failed(app)
    assert app.query_params["tour"] == exercise.tour


def test_so_many_things_of_a_kind_are_gathered_and_no_more(view_of: MakeView) -> None:
    known = view_of().known
    codes = known.anywhere("guidance")[: MOST_COLLECTED + 2]
    state, problems = from_query({"tour": exercise.tour, "looked": ",".join(codes)}, known)
    assert state.looked == codes[2:]
    assert problems == ()
    assert from_query({"looked": ",".join(codes)}, known)[0].looked == ()


def test_the_day_of_the_summary_is_said(page: OpenPage) -> None:
    assert finding(at_step(page, OUTCOME)).endswith(read_words().shown(date.today()))
