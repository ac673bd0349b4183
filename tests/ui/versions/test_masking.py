"""Is a session that is safe to show free of names on every page, until the switch is turned off?"""

import re
import tempfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import PAGES
from dashboard.model.plan import Action, AgreedAction
from dashboard.model.words import Words
from dashboard.store.history import current_number
from dashboard.store.pool import IDLE_SECONDS
from dashboard.ui import listener
from dashboard.ui.html import as_html
from dashboard.ui.session_state import PLAN_AGREED, SAFE_SWITCH
from dashboard.ui.versions import masking as safe
from tests.canary import CODES, MARK, leaks, publish_canary
from tests.conftest import MakeOnce, copy_of, some_of
from tests.handles import handles_on, when_none
from tests.ui.collect.test_hand_in import hand_in, press
from tests.ui.conftest import SESSION, OpenPage, Taken, nothing_failed, open_share, tables, tells, texts, told
from tests.ui.frame.test_search import sought
from tests.ui.present.test_opening import phone_sees

Turned = Callable[..., AppTest]
each_page = pytest.mark.parametrize("name", [*PAGES, "data/publications"])
WRITING: dict[str, tuple[dict[str, str], ...]] = {
    "plan": ({"show_as": "form"}, {"show_as": "grid"}),
    "collect": ({"part": "collect"}, {"part": "answer"}, {"part": "check"}),
    "data": ({"part": "publications"},),
}
"""The pages on which something can be changed, and where on them."""
SAFE = {"safe": "yes"}
HERE = {"country": CODES[2], "operation": "qxv-op-3"}
"""Ghana under its alias."""


@pytest.fixture(scope="module")
def canary_store(make_once: MakeOnce) -> Path:
    folder = make_once("canary", publish_canary)
    return folder / "store"


@pytest.fixture(autouse=True)
def canary(canary_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_store))
    return canary_store


def drawn(app: AppTest) -> str:
    """Return everything a run sends to the browser: the elements and the address."""
    sent = [str(getattr(element, "proto", "")) for element in app.main] + [
        str(element.proto) for element in app.sidebar
    ]
    return "\n".join([*sent, str(dict(app.query_params))])


def turn(app: AppTest, on: bool) -> AppTest:
    open_share(app).toggle(key=SAFE_SWITCH.name).set_value(on).run()
    nothing_failed(app)
    return app


@pytest.mark.thorough
@each_page
def test_a_page_that_is_safe_to_show_names_nobody_cold_and_warm(name: str, cold_page: OpenPage, page: OpenPage) -> None:
    for opened in (cold_page, page):
        app = opened(name, SAFE)
        nothing_failed(app)
        assert not leaks(drawn(app))
        assert app.query_params["safe"] == "yes"
        assert tells(app, "shell.illustrative")


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in PAGES if "country" in PAGES[name].filters("")])
def test_a_page_names_somebody_without_the_switch(name: str, page: OpenPage) -> None:
    assert leaks(drawn(page(name)))


@pytest.mark.thorough
@each_page
def test_an_old_link_is_told_and_shown_by_alias(name: str, page: OpenPage) -> None:
    app = page(name, {**SAFE, **HERE, "round": "2025", "subject": "qxv-op-3@2024,qxv-op-4"})
    nothing_failed(app)
    assert not leaks(drawn(app))
    assert app.query_params["country"].startswith("safe-country-")
    assert app.query_params["operation"].startswith("safe-operation-")
    assert not app.warning, "nothing of the link is lost"


@pytest.mark.parametrize(("more", "cover"), [({}, "0 of 1 in place, 1 partly"), (SAFE, "1–2 answers")])
def test_of_one_answer_the_overview_shows_the_answer_itself_unless_names_are_hidden(
    more: dict[str, str], cover: str, page: OpenPage, words: Words
) -> None:
    # One criterion of the standard is on this area.
    app = page("overview", {"country": CODES[0], "risk_area": "RA10", **more})
    (shown,) = (one for one in told(app) if '<table class="cover">' in one)
    assert re.findall(r"number\?[^>]*>([^<]*)<", shown)[0] == cover
    area = unescape(re.findall(r"risks\?[^>]*>([^<]*)<", shown)[0])
    line = words("exposures.line.count", risk_area=area, severity=4, answers=cover)
    assert as_html(line) in shown


def test_the_switch_keeps_the_view_both_ways(page: OpenPage) -> None:
    app = page("country/answers", {**HERE, "round": "2024"})
    turn(app, True)
    assert not leaks(drawn(app))
    assert app.query_params["country"].startswith("safe-country-")
    assert str(app.query_params["operation"]).startswith("safe-operation-")
    assert app.query_params["round"] == "2024"
    turn(app, False)
    assert {name: app.query_params[name] for name in HERE} == HERE
    assert "safe" not in app.query_params


def test_a_link_from_outside_does_not_turn_it_off(page: OpenPage) -> None:
    app = turn(page("heatmap"), True)
    app.query_params.clear()
    app.query_params.update({"framework": "crbp", "round": "2024", "country": CODES[2]})
    app.run()
    nothing_failed(app)
    assert not leaks(drawn(app))
    assert tells(app, "safe.link")
    assert app.query_params["safe"] == "yes"


def test_aliases_are_the_same_on_every_page_and_after_a_reload(page: OpenPage) -> None:
    seen = {str(page(name, {**SAFE, **HERE}).query_params["operation"]) for name in ("country", "compare", "heatmap")}
    assert len(seen) == 1


@pytest.mark.thorough
@pytest.mark.outside
@each_page
def test_no_picture_that_share_gives_names_anybody(name: str, page: OpenPage, taken: Taken) -> None:
    app = open_share(page(name, {**SAFE, **HERE}))
    assert not leaks(drawn(app))
    assert all(not leaks(draw().decode()) for file, draw in taken.items() if file.endswith(".svg"))


@pytest.mark.outside
def test_a_picture_names_somebody_without_the_switch_and_nobody_once_it_is_on(page: OpenPage, taken: Taken) -> None:
    app = open_share(page("heatmap"))
    assert leaks(taken["heatmap_chart.svg"]().decode())
    taken.clear()
    open_share(turn(app, True))
    said = taken["heatmap_chart.svg"]().decode()
    assert not leaks(said)
    assert read_words()("safe.label") in said


@pytest.mark.thorough
@each_page
def test_nothing_can_be_written_while_it_is_on(name: str, page: OpenPage, canary: Path) -> None:
    for query in WRITING.get(name, ({},)):
        app = page(name, {**SAFE, **query})
        nothing_failed(app)
        assert not app.get("file_uploader")
        assert not app.text_area
        if name in WRITING:
            assert tells(app, "safe.refused"), query
    assert current_number(canary) == 1


def test_no_copy_no_page(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(safe, "mask", full)
    safe._keeper.cache_clear()
    app = page("heatmap", SAFE)
    nothing_failed(app)
    assert [error.value for error in app.error]
    assert not leaks(drawn(app))


@pytest.fixture
def copied(page: OpenPage, canary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the masked copy of one session, which was just opened and will soon close."""
    places = tmp_path / "private"
    places.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places))
    monkeypatch.setenv("DASHBOARD_STORE", str(copy_of(canary, tmp_path / "store")))
    page("heatmap", SAFE)
    monkeypatch.setenv(IDLE_SECONDS, "0.02")
    (folder,) = places.iterdir()
    return folder


@pytest.mark.thorough
def test_a_copy_goes_with_the_last_session_that_shows_it(copied: Path) -> None:
    assert (copied / "masked.duckdb").exists()
    clear_session_resource_cache(SESSION)
    assert when_none(lambda: handles_on(copied))
    assert when_none(lambda: list(copied.parent.iterdir()))


@pytest.mark.thorough
def test_a_copy_that_nobody_asks_is_closed_and_is_there_for_the_next_click(copied: Path, page: OpenPage) -> None:
    file = copied / "masked.duckdb"
    assert when_none(lambda: handles_on(file))
    before = file.stat()
    nothing_failed(page("overview", SAFE))
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert [path for path in copied.parent.iterdir() if path != copied] == []


@pytest.mark.thorough
def test_what_one_or_two_answers_say_is_not_explained_either(page: OpenPage) -> None:
    query = {"country": CODES[2], "principle": "CRBP-08", "kind": "support"}
    plain, hidden = page("number", query), page("number", {**query, **SAFE})
    assert tells(hidden, "safe.too_few")
    assert not tells(plain, "safe.too_few")
    assert len(tables(hidden)) == len(tables(plain)) - 1


@pytest.mark.thorough
def test_a_file_on_trial_has_no_name_either(page: OpenPage) -> None:
    row = f"round,operation,criterion,status\n2025,{HERE['operation']},CRBP-02.a,not_implemented\n".encode()
    app = press(hand_in(page("collect"), ("qxv.csv", row, "text/csv")), "collect_try")
    assert leaks(drawn(app))
    turn(app, True)
    for name in ("overview", "country", "data"):
        app.switch_page(f"pages/{name}.py").run()
        nothing_failed(app)
        assert tells(app, "trial.on")
        assert not leaks(drawn(app))


def test_the_search_finds_nothing_that_is_hidden(page: OpenPage) -> None:
    shown, safe_to_show = page("heatmap"), page("heatmap", SAFE)

    def found(query: dict[str, str], text: str) -> str:
        app = sought(safe_to_show if query else shown, text)
        return "\n".join(str(element.proto) for element in app.get("dialog")[0] if element.type != "text_input")

    names = ("qxvland 2", "qxvtel 3", "qxv-op-3", CODES[2], f"{MARK}-A-013", f"{MARK} text 5", f"{MARK} owner_role 5")
    for name in names:
        assert leaks(found({}, name)), "while names are shown it finds them"
        hidden = found(SAFE, name)
        assert not leaks(hidden), name
        assert "page_link" not in hidden, name
    assert "safe-action-" not in found(SAFE, "action"), "no action is opened while names are hidden"
    assert "safe-country-" in found(SAFE, "country")
    assert "safe-operation-" in found(SAFE, "operation")


ONE, TWO = CODES[2], f"{CODES[3]},{CODES[7]}"


@pytest.mark.share
@each_page
def test_a_page_of_small_figures_alone_stands(name: str, page: OpenPage) -> None:
    for kind, country in some_of([("respect", ONE), ("respect", TWO), ("support", TWO), ("support", ONE)], least=1):
        app = page(name, {**SAFE, "country": country, "principle": "CRBP-08,CRBP-02", "kind": kind, "by": "right"})
        nothing_failed(app)
        assert not leaks(drawn(app))


ASSUMED = f"in~2025,{CODES[2]}~CRBP-05~implemented,qxv-op-3~CRBP-01.b~partly"


def marked(app: AppTest) -> list[str]:
    """Return what a scenario changes, as the banner above the page says it."""
    return [text for text in texts(app) if "→" in text and text.startswith(("Respect", "Support"))]


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["overview", "heatmap", "whatif"])
def test_a_scenario_is_imagined_without_names_and_says_the_same(name: str, page: OpenPage) -> None:
    named = page(name, {"imagined": f"called~Qxvland,{ASSUMED}"})
    app = page(name, {**SAFE, "imagined": f"called~Qxvland,{ASSUMED}"})
    nothing_failed(app)
    assert not leaks(drawn(app))
    assert marked(app) == marked(named) != []
    assert "in~2025,safe-country-" in app.query_params["imagined"]


def test_scenarios_wait_while_names_are_hidden_and_are_there_again(page: OpenPage) -> None:
    app = page("whatif", {"imagined": f"called~Qxvland,{ASSUMED}"})
    assert leaks(drawn(app))
    turn(app, True)
    assert not leaks(drawn(app))
    assert marked(app)
    turn(app, False)
    assert app.query_params["imagined"].endswith(ASSUMED.removeprefix("in~2025,"))
    assert {"Qxvland", "Scenario 1"} == set(app.session_state["whatif_scenarios"])


def test_scenarios_of_before_are_not_looked_at_while_names_are_hidden(page: OpenPage) -> None:
    app = page("whatif", SAFE)
    app.session_state["whatif_scenarios"] = {"Qxvland": tuple(f"called~Qxvland,{ASSUMED}".split(","))}
    assert not leaks(drawn(app.run()))
    assert leaks(drawn(turn(app, False)))


def test_a_scenario_made_while_names_are_hidden_takes_no_name_of_another(page: OpenPage) -> None:
    app = page("whatif")
    app.session_state["whatif_scenarios"] = {"Scenario 1": ("called~Scenario_201", "in~2025")}
    turn(app, True)
    for _ in range(2):
        app.button(key="whatif_new").click().run()
    turn(app, False)
    held = app.session_state["whatif_scenarios"]
    assert held["Scenario 1"] == ("called~Scenario_201", "in~2025")
    assert len(held) == 3


def test_no_draft_is_begun_on_an_alias(page: OpenPage) -> None:
    assert any(button.key == "whatif_draft" for button in page("whatif", {"imagined": ASSUMED}).button)
    app = page("whatif", {**SAFE, "imagined": ASSUMED})
    assert tells(app, "safe.refused")
    assert not any(button.key == "whatif_draft" for button in app.button)


def test_what_a_group_agreed_and_did_not_save_is_not_shown(page: OpenPage) -> None:
    query = {"tour": "setting-exercise", "tour_step": "7", "setting": "retail_agents"}
    action = Action(text="qxv words", owner_role="qxv role", due_on="2027-01-01")
    kept = {"new x": AgreedAction(action, "x", "x", "Qxvtel 3")}
    app = page("present/outcome", query)
    app.session_state[PLAN_AGREED.name] = kept
    assert leaks(drawn(app.run()))
    turn(app, True)
    assert not leaks(drawn(app))
    assert leaks(drawn(turn(app, False)))


def test_a_room_is_closed_and_not_shown(
    page: OpenPage, canary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(canary, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    monkeypatch.setenv("DASHBOARD_ROOM_HOST", "127.0.0.1")
    page("present/vote").button(key="room_open").click().run()
    assert leaks(phone_sees(store))
    app = page("present/vote", SAFE)
    assert listener.opened() is None
    assert tells(app, "room.not_safe")
    assert not leaks(drawn(app))
    assert not [button.key for button in app.button if str(button.key).startswith("room")]
