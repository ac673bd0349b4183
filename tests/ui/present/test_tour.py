"""Does a tour lead from page to page, keep what it began with, and lead back?"""

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import IN_TOURS, PAGES
from dashboard.model.plan import Action
from dashboard.model.records import Draft
from dashboard.model.tour import OF_THE_TOUR, Tour
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.ui import session
from dashboard.ui.plan.actions import EDITOR
from dashboard.ui.session_state import EDITED, TOUR_AGAIN, TOUR_RESTART
from tests.conftest import ROOT, TINY, TODAY, copy_of, rest_thorough, said
from tests.ui.conftest import OpenPage, choose, finding, go, nothing_failed, set_drafts, tells, texts
from tests.ui.present.test_own_step import given

TOURS = [
    Tour.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in (ROOT / "frameworks/tours").glob("*.yaml")
]
STEPS = [(tour, number) for tour in TOURS for number in range(1, len(tour.steps) + 1)]
NOTHING = ("nothing", "none", "no_", "not_named", "not_in_round", "absent", "nobody")
"""Parts of the keys of sentences that say there is nothing."""
AT_HOME = {"framework": "crbp", "round": "2024", "country": "GHA", "risk_area": "RA01"}


def empty_findings() -> list[str]:
    """Return every opening sentence of a page that has nothing to say."""
    keys = (key for key in read_words().texts if key.split(".")[0] in (*PAGES, "gains", "standard"))
    return [key for key in keys if any(f".{name}" in key for name in NOTHING) and key != "plan.nobody"]


def bar(app: AppTest) -> str:
    """Return the title in the tour bar; empty without one."""
    return next((text.removeprefix("### ") for text in (m.value for m in app.markdown) if text.startswith("### ")), "")


def at(app: AppTest, tour: Tour, number: int) -> None:
    """Assert that the tour bar is shown, at this step."""
    nothing_failed(app)
    assert bar(app) == f":gray[{number} of {len(tour.steps)}] {tour.steps[number - 1].title}"
    assert tour.steps[number - 1].text in " ".join(texts(app))
    assert app.query_params["tour_step"] == str(number)


def press(app: AppTest, key: str, page: str) -> AppTest:
    """Press a button that opens a page; AppTest forgets on which page such a run ended, so it is passed."""
    app.button(key=key).click().run()
    nothing_failed(app)
    return app.switch_page(f"pages/{page}.py").run()


def start_again(app: AppTest, page: str) -> AppTest:
    """Begin again for the next group, once it is said what is cleared."""
    app.session_state[TOUR_AGAIN.name] = True
    app.run()
    assert tells(app, "start_again.says")
    return press(app, TOUR_RESTART.name, page)


def running(tour: Tour, number: int = 1) -> dict[str, str]:
    """Return the address of a step while its tour is running."""
    return {**tour.steps[number - 1].query(), "tour": tour.tour, "tour_step": str(number)}


def shown(app: AppTest) -> dict[str, str]:
    """Return what the address says about the view, besides the tour."""
    return {name: held for name, held in dict(app.query_params).items() if name not in OF_THE_TOUR}


@pytest.fixture
def own_store(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a copy of the sample's store that the test may change."""
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


def publish_one(store: Path) -> None:
    """Publish an answer as somebody else."""
    file = store.parent / "late.csv"
    file.write_text("round,operation,criterion,status\n2025,cod-op,CRBP-01.b,partly\n")
    assert publish(Load(store, [file], Writer("steward", "late"), TODAY)).revision is not None


ten = next(tour for tour in TOURS if tour.tour == "ten-minutes")


def test_the_ten_minutes_are_those_of_eight_steps() -> None:
    assert len(ten.steps) == 8
    assert {tour.tour for tour in TOURS} == {
        "two-minutes",
        "ten-minutes",
        "executive",
        "program-lead",
        "setting-exercise",
    }
    assert set(PAGES) - set(IN_TOURS) == {"presenter", "whatif"}


BY_TURNS = sorted(STEPS, key=lambda step: STEPS.index(step) % 3)
"""Every third step first, so that some of each tour are opened at once."""


@pytest.mark.parametrize(
    ("tour", "number"),
    rest_thorough(BY_TURNS, now=len(STEPS) // 3),
    ids=[tour.step_id(number) for tour, number in BY_TURNS],
)
def test_every_step_that_ships_opens_with_its_bar_and_something_to_see(tour: Tour, number: int, page: OpenPage) -> None:
    step = tour.steps[number - 1]
    app = page(step.page, running(tour, number))
    at(app, tour, number)
    assert not app.warning
    assert not [button for button in app.button if button.key == "tour_to_step"], "nobody has wandered off"
    if step.page == "number":
        assert tells(app, "number.mean")
    else:
        found = finding(app)
        assert not [key for key in empty_findings() if said(key).fullmatch(found)]


def test_a_tour_is_started_walked_through_and_left_for_where_it_was_started(page: OpenPage) -> None:
    app = page("present", AT_HOME)
    press(app, "tour_start_ten-minutes", ten.steps[0].page)
    for number, step in enumerate(ten.steps, start=1):
        at(app, ten, number)
        assert "risk_area" in shown(app) or step.page != "risks", "the filters are those of the step"
        assert app.button(key="tour_previous").proto.disabled == (number == 1)
        if number < len(ten.steps):
            press(app, "tour_next", ten.steps[number].page)
    assert "tour_next" not in {button.key for button in app.button}
    assert app.button(key="tour_leave").label == read_words()("tour.done")
    press(app, "tour_previous", ten.steps[-2].page)
    at(app, ten, 7)
    press(app, "tour_leave", "present")
    assert dict(app.query_params) == AT_HOME
    assert not bar(app)
    assert said("workshop.finding.other").fullmatch(finding(app))


@pytest.mark.parametrize("back", ["", "heatmap", "nowhere"])
def test_a_tour_that_a_link_has_started_can_be_left(back: str, page: OpenPage) -> None:
    app = page("overview", {**running(ten, 2), "back": back})
    press(app, "tour_leave", "heatmap" if back == "heatmap" else "present")
    assert not bar(app)
    assert dict(app.query_params) == {"framework": "crbp", "round": "2025", "country": "BOL,GHA"}


def test_a_tour_that_is_started_while_another_runs_takes_its_place(page: OpenPage) -> None:
    app = page("present", {**AT_HOME, **running(ten, 2)} | {"country": "GHA"})
    at(app, ten, 2)
    press(app, "tour_start_executive", "overview")
    assert bar(app).startswith(":gray[1 of 6]")
    press(app, "tour_leave", "present")
    assert dict(app.query_params) == AT_HOME


def test_the_buttons_have_keys_that_remote_controls_send(page: OpenPage) -> None:
    app = page("overview", running(ten))
    keys = {button.key: button.proto.shortcut for button in app.button if button.proto.shortcut}
    assert keys == {"tour_previous": "pageup", "tour_next": "pagedown", "tour_leave": "shift+end"}


def test_who_wanders_off_keeps_the_bar_and_finds_back(page: OpenPage) -> None:
    app = page("overview", running(ten, 2))
    choose(app, country="GHA")
    at(app, ten, 2)
    assert app.button(key="tour_to_step").label
    app.switch_page("pages/cases.py").run()
    at(app, ten, 2)
    press(app, "tour_to_step", "overview")
    at(app, ten, 2)
    assert shown(app)["country"] == "BOL,GHA"
    assert not [button for button in app.button if button.key == "tour_to_step"]


def test_a_tour_is_reloaded_where_it_was(page: OpenPage) -> None:
    app = page("present", AT_HOME)
    press(app, "tour_start_ten-minutes", "overview")
    press(app, "tour_next", "overview")
    again = page("overview", dict(app.query_params))
    at(again, ten, 2)
    assert texts(again) == texts(app)
    press(again, "tour_leave", "present")
    assert dict(again.query_params) == AT_HOME


@pytest.mark.thorough
def test_the_room_sees_the_figures_that_the_tour_began_with_until_they_are_taken(
    page: OpenPage, own_store: Path
) -> None:
    app = page("present")
    press(app, "tour_start_executive", "overview")
    publish_one(own_store)
    go(app, "data/publications")
    assert said("data.finding", number=1).fullmatch(finding(app))
    assert tells(app, "tour.frozen", number=1, newer=2)
    reloaded = page("data/publications", dict(app.query_params))
    assert said("data.finding", number=1).fullmatch(finding(reloaded)), "also after a reload"
    elsewhere = page("data/publications")
    assert said("data.finding", number=2).fullmatch(finding(elsewhere)), "everybody else sees the new one"
    app.button(key="tour_take").click().run()
    nothing_failed(app)
    assert said("data.finding", number=2).fullmatch(finding(app))
    assert app.query_params["publication"] == "2"
    assert not tells(app, "tour.frozen")


@pytest.mark.thorough
def test_after_leaving_the_new_figures_are_there(page: OpenPage, own_store: Path) -> None:
    app = page("present")
    press(app, "tour_start_executive", "overview")
    publish_one(own_store)
    press(app, "tour_leave", "present")
    go(app, "data/publications")
    assert said("data.finding", number=2).fullmatch(finding(app))


@pytest.mark.thorough
def test_after_a_restart_of_the_server_the_new_figures_are_shown_and_that_is_told(
    page: OpenPage, cold_page: OpenPage, own_store: Path
) -> None:
    app = page("present")
    press(app, "tour_start_executive", "overview")
    publish_one(own_store)
    session._reader.cache_clear()
    again = cold_page("overview", dict(app.query_params))
    nothing_failed(again)
    assert [warning for warning in again.warning if said("problem.unknown_code", value=1).search(warning.value)]
    assert again.query_params["publication"] == "2"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ({"tour": "ten-minuets"}, "unknown_code"),
        ({"tour": "executive", "tour_step": "8"}, "no_such_step"),
        ({"tour": "executive", "tour_step": "99"}, "unknown_code"),
    ],
)
def test_an_unknown_tour_or_step_is_reported(query: dict[str, str], kind: str, cold_page: OpenPage) -> None:
    app = cold_page("overview", query)
    nothing_failed(app)
    wrong = list(query.values())[-1]
    assert any(said(f"problem.{kind}", value=wrong).search(warning.value) for warning in app.warning)
    assert bar(app).startswith(":gray[1 of 6]") == (query["tour"] == "executive")


def test_the_note_is_for_the_presenter_until_it_is_turned_on(page: OpenPage) -> None:
    app = page("overview", running(ten))
    note = ten.steps[0].note
    assert note
    assert not any(note in text for text in texts(app))
    app.toggle(key="tour_note").set_value(True).run()
    assert any(note in text for text in texts(app))


def test_the_window_of_the_presenter_says_the_note_and_what_comes_next(page: OpenPage) -> None:
    app = page("presenter", running(ten))
    nothing_failed(app)
    assert not bar(app), "the bar is for the room"
    assert str(ten.steps[0].note) in " ".join(texts(app))
    assert ten.steps[1].title in " ".join(texts(app))
    app.button(key="tour_next").click().run()
    nothing_failed(app)
    assert said("presenter.finding", number=2, of=8, title=ten.steps[1].title).fullmatch(finding(app))
    last = page("presenter", running(ten, 8))
    assert tells(last, "presenter.last")
    assert last.button(key="tour_next").proto.disabled


@pytest.mark.thorough
def test_the_next_group_begins_at_the_first_step_and_finds_nothing(page: OpenPage) -> None:
    app = page("overview", running(ten, 2))
    choose(app, country="GHA")
    app.toggle(key="tour_note").set_value(True).run()
    app.toggle(key="areas_chart_table").set_value(True).run()
    set_drafts(app, EDITOR, {"new x": Draft(None, Action(text="typed by a group"))})
    start_again(app, "overview")
    at(app, ten, 1)
    assert "country" not in shown(app)
    assert not app.toggle(key="tour_note").value
    assert not app.toggle(key="areas_chart_table").value
    assert EDITED.name not in app.session_state


@pytest.mark.thorough
def test_a_tour_that_no_longer_works_is_told_where_it_would_be_started(
    page: OpenPage, own_store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "frameworks" / "tours"
    folder.mkdir(parents=True)
    broken = {"schema_version": 1, "tour": "broken", "title": "Broken", "audience": "nobody", "minutes": 1}
    steps = [{"page": "risks", "view": {"round": "2023", "country": ["GHA"]}, "title": "Gone", "text": "Nothing."}]
    (folder / "broken.yaml").write_text(yaml.safe_dump({**broken, "steps": steps}))
    assert publish(Load(own_store, [tmp_path / "frameworks"], Writer("steward", "a tour"), TODAY)).revision is not None
    app = page("present")
    nothing_failed(app)
    assert [w.value for w in app.warning if said("problem.tour_empty", value="risks").search(w.value)]
    assert all("broken.yaml" in warning.value for warning in app.warning)


RECORDED = [
    ("heatmap", {"framework": "cop-2014", "round": "2024", "country": "BOL,GHA", "kind": "support"}),
    ("country", {"framework": "crbp", "round": "2025", "risk_area": "RA06", "part": "own_risks"}),
    ("compare", {"framework": "crbp", "round": "2025", "subject": "gha-op,bol-op@2024", "common": "yes"}),
    ("guidance", {"framework": "crbp", "round": "2025", "function": "hr,board", "step": "start"}),
    ("crosswalk", {"framework": "cop-2014", "round": "2025", "against": "cop-2020"}),
]


@pytest.mark.thorough
def test_recorded_views_pass_the_check_and_open_the_same_view(
    page: OpenPage, own_store: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """Each as a separate tour of one step."""
    folder, recorded = tmp_path / "frameworks" / "tours", {}
    folder.mkdir(parents=True)
    for name, query in RECORDED:
        app = page(name, query)
        step = given(page("present"), f"http://localhost/{name}?{urlencode(query)}").code[-1].value
        head = f"schema_version: 1\ntour: own-{name}\ntitle: Our own\naudience: us\nminutes: 5\nsteps:\n"
        (folder / f"own-{name}.yaml").write_text(head + step)
        recorded[name] = shown(app)
        assert recorded[name].items() >= {key: held for key, held in query.items() if "," not in held}.items()
    assert not check(own_store, [tmp_path / "frameworks"], TODAY)
    publish(Load(own_store, [tmp_path / "frameworks"], Writer("steward", "a tour"), TODAY))
    for name, _ in RECORDED:
        with subtests.test(page=name):
            again = press(page("present"), f"tour_start_own-{name}", name)
            nothing_failed(again)
            assert bar(again).startswith(":gray[1 of 1]")
            assert shown(again) == recorded[name]


@pytest.mark.thorough
def test_tours_of_the_sample_are_offered_only_where_they_fit(
    page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tours = shutil.copytree(ROOT / "frameworks" / "tours", tmp_path / "frameworks" / "tours")
    load = Load(tmp_path / "store", [TINY, tours.parent], Writer("steward", "all"), TODAY)
    assert publish(load).revision is not None
    monkeypatch.setenv("DASHBOARD_STORE", str(load.store))
    assert all("2 minutes" not in button.label for button in page("overview").button)
    app = page("present")
    nothing_failed(app)
    offered = {button.key for button in app.button if (button.key or "").startswith("tour_start_")}
    assert offered == {"tour_start_executive", "tour_start_setting-exercise"}
    assert not app.warning
    assert [c for c in app.caption if "two-minutes" in c.value]
