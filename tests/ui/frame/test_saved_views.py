"""Are saved views listed, opened, marked when they show nothing, and hidden with the names?"""

from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model import tour
from dashboard.model.tour import Step, cookie_of_views
from dashboard.store.locking import Writer
from dashboard.store.named_files import save_view, stored_views
from dashboard.ui.frame import saved_views
from dashboard.ui.frame.saved_views import BROWSER, STORE
from dashboard.ui.session import COOKIE
from tests.canary import MARK, leaks
from tests.conftest import rest_thorough
from tests.ui.conftest import OpenPage, go, nothing_failed, open_share, texts

words = read_words()
HERE = Writer("visitor", "")


def keep(store: Path, page: str, title: str, text: str = "It shows something.", **query: str) -> None:
    assert save_view(store, Step.of_view(page, query, title, text), HERE) is None


def listed(app: AppTest) -> list[str]:
    nothing_failed(app)
    head = f"**{words('views.title')}**"
    return [text.value for text in app.markdown if text.value.startswith(head)]


def do_save(app: AppTest, title: str, text: str, whose: str = "") -> AppTest:
    """Fill in and submit the form of *Share*."""
    app.text_input(key="views_name").set_value(title)
    app.text_input(key="views_sentence").set_value(text)
    if whose:
        app.radio(key="views_who").set_value(whose)
    next(button for button in app.button if button.label == words("views.do_save")).click().run()
    nothing_failed(app)
    return app


def test_where_nothing_is_saved_nothing_stands(page: OpenPage, own: Path) -> None:
    assert not listed(page("overview"))
    app = open_share(page("heatmap"))
    assert not listed(app)
    assert "views_old" not in {box.key for box in app.selectbox}


def test_a_view_is_saved_from_the_bar_listed_and_removed(page: OpenPage, own: Path) -> None:
    app = open_share(page("heatmap", {"country": "GHA", "kind": "support"}))
    do_save(app, "Ghana [now]", "*All* of it.", STORE)
    assert any("cannot be a file name" in text for text in texts(app)), "brackets cannot stand in one"
    do_save(app, "Ghana & now", "*All* of it.", STORE)
    assert stored_views(own)[0]["Ghana & now"].query() == {
        "framework": "crbp",
        "round": "2025",
        "country": "GHA",
        "kind": "support",
    }
    (said,) = listed(page("overview"))
    assert "(./heatmap?framework=crbp&round=2025&country=GHA&kind=support)" in said
    assert r"\*All\* of it" in said
    app = open_share(page("plan"))
    app.selectbox(key="views_old").select_index(0).run()
    app.button(key="views_remove").click().run()
    nothing_failed(app)
    assert not stored_views(own)[0]
    assert not listed(page("overview"))


@pytest.mark.thorough
def test_a_view_without_a_name_is_not_saved(page: OpenPage, own: Path) -> None:
    app = open_share(page("heatmap"))
    do_save(app, "", "A sentence.", STORE)
    assert words("views.not_whole") in texts(app)
    assert not stored_views(own)[0]


def test_what_is_gone_or_leaves_nothing_is_told_in_one_sentence(page: OpenPage, own: Path) -> None:
    keep(own, "heatmap", "a whole one", country="GHA")
    keep(own, "country", "b sold", country="GHA,XXX", round="1999")
    keep(own, "risks", "c nothing", round="2023", country="GHA")
    (own / "views" / "d.yaml").write_text("page: weather\ntitle: D\ntext: Rain.\nmood: low\n", "utf-8")
    (said,) = listed(page("overview"))
    _, _, whole, sold, gone, nothing, empty, broken = said.split("\n")
    assert whole == "- [a whole one](./heatmap?country=GHA): It shows something."
    assert sold.startswith("- [b sold](./country?round=1999&country=GHA%2CXXX)")
    assert gone == words.count("views.unknown", 2, codes="1999, XXX")
    assert nothing.startswith("- [c nothing](./risks?")
    assert empty == words("views.empty")
    assert broken == f"- {words('views.unreadable', file='views/d.yaml', value='weather')}"


@pytest.mark.thorough
def test_a_language_goes_along(page: OpenPage, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_WORDS", str(tmp_path))
    (tmp_path / "yy.yaml").write_text("language: {name: Yy}\n", "utf-8")
    keep(own, "overview", "all")
    (said,) = listed(page("overview", {"lang": "yy"}))
    assert "[all](./?lang=yy)" in said


def test_a_server_that_others_reach_saves_views_for_one_browser_alone(
    page: OpenPage, own: Path, open_to_all: None
) -> None:
    keep(own, "heatmap", "of us all")
    app = open_share(page("heatmap"))
    assert len(listed(app)) == 1
    assert not {"views_who", "views_old"} & {widget.key for widget in (*app.radio, *app.selectbox)}
    assert words("views.browser_alone") in texts(app)
    do_save(app, "mine", "Nobody else sees it.")
    (said,) = listed(app)
    assert said.endswith(f": Nobody else sees it. *{words('views.of_browser')}*")
    assert list(stored_views(own)[0]) == ["of us all"]
    assert app.selectbox(key="views_old").options == [f"mine {words('views.of_browser')}"], "those of the store stay"


def test_a_view_of_this_browser_is_listed_beside_those_of_the_store_and_removed_alone(
    page: OpenPage, own: Path
) -> None:
    keep(own, "heatmap", "same name")
    app = do_save(open_share(page("heatmap", {"country": "GHA"})), "same name", "Mine.", BROWSER)
    (said,) = listed(app)
    assert said.count("[same name]") == 2
    assert list(stored_views(own)[0]) == ["same name"]
    (said,) = listed(go(app, "overview"))
    assert said.endswith(f"country=GHA): Mine. *{words('views.of_browser')}*")
    open_share(go(app, "plan")).selectbox(key="views_old").select(f"{BROWSER}/same name").run()
    app.button(key="views_remove").click().run()
    (said,) = listed(app)
    assert words("views.of_browser") not in said
    assert list(stored_views(own)[0]) == ["same name"]


def test_views_of_a_visit_before_come_with_the_cookie_and_what_is_forged_is_told(
    page: OpenPage, own: Path, cookies: dict[str, str]
) -> None:
    cookies[COOKIE] = cookie_of_views((Step.of_view("country", {"country": "XXX"}, "[x](y)", "<b>Old</b>"),)) or ""
    (said,) = listed(page("overview"))
    assert r"\[x\]\(y)" in said or r"\[x\](y)" in said
    assert words.count("views.unknown", 1, codes="XXX") in said
    cookies[COOKIE] = "forged"
    (said,) = listed(page("overview"))
    assert said.endswith(f"- {words.count('views.lost', 1)}")


def test_a_browser_that_has_no_room_keeps_what_it_has_and_says_so(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 2
    for module in (tour, saved_views):
        monkeypatch.setattr(module, "MOST_SAVED_VIEWS", most)
    app = open_share(page("heatmap"))
    for number in range(most):
        do_save(app, f"view {number}", "It shows something.", BROWSER)
    assert words("views.full", most=most) not in texts(app)
    do_save(app, "one more", "It shows something.", BROWSER)
    assert words("views.full", most=most) in texts(app)
    (said,) = listed(app)
    assert said.count(words("views.of_browser")) == most
    assert "one more" not in said


@pytest.mark.thorough
def test_all_views_are_taken_along_as_steps_of_a_tour(
    page: OpenPage, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, bytes] = {}
    monkeypatch.setattr(saved_views, "give", lambda _label, content, name, *_more: given.update({name: content()}))
    assert not open_share(page("heatmap")).exception
    assert not given
    keep(own, "heatmap", "of us all", country="GHA")
    do_save(open_share(page("risks")), "mine", "It shows something.", BROWSER)
    steps = yaml.safe_load(given["saved-views.yaml"])["steps"]
    assert [Step.model_validate(step).title for step in steps] == ["of us all", "mine"]


@pytest.mark.parametrize(
    "query", rest_thorough([{"imagined": "called~A,in~2025"}, {"tour": "ten-minutes", "tour_step": "3"}])
)
def test_what_no_step_could_open_is_not_offered(query: dict[str, str], page: OpenPage, own: Path) -> None:
    app = open_share(page("heatmap", query))
    assert "views_name" not in {widget.key for widget in app.text_input}


def test_while_names_are_hidden_nothing_that_people_wrote_is_shown(
    page: OpenPage, own: Path, cookies: dict[str, str]
) -> None:
    keep(own, "heatmap", f"{MARK}land", f"What {MARK}tel did.")
    (own / "views" / f"{MARK}.yaml").write_text(f"page: {MARK}\n", "utf-8")
    mine = (Step.of_view("heatmap", {}, f"{MARK}land for me", f"What {MARK}tel did."),)
    cookies[COOKIE] = cookie_of_views(mine) or ""
    shown = "\n".join(texts(open_share(page("overview"))))
    assert f"{MARK}land for me" in shown
    for name in ("overview", "heatmap"):
        app = open_share(page(name, {"safe": "yes"}))
        assert words("safe.left_out_here") in "\n".join(texts(app))
        assert not leaks("\n".join(texts(app)))
        assert not leaks(str(app.main))
        assert "views_name" not in {widget.key for widget in app.text_input}
