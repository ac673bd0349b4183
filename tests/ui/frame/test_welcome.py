"""Is a first visitor offered the shortest tour once, never where it would be in the way? Does "?" cost nothing?"""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import version
from dashboard.ui.frame import first_visit
from dashboard.ui.glossary import terms
from tests.conftest import rest_thorough
from tests.ui.conftest import OpenPage, nothing_failed, tells

words = read_words()


def is_offered(app: AppTest) -> bool:
    nothing_failed(app)
    found = {button.key for button in app.button} & {"remember_welcome_tour", "remember_welcome_later"}
    assert len(found) in (0, 2)
    assert bool(found) == tells(app, "welcome.sentences")
    return bool(found)


def test_a_first_visitor_is_offered_the_shortest_tour_and_comes_back_to_what_was_chosen(page: OpenPage) -> None:
    app = page("overview", {"country": "GHA"})
    assert is_offered(app)
    app.button(key="remember_welcome_tour").click().run()
    nothing_failed(app)
    assert app.query_params["tour"] == "two-minutes"
    assert not is_offered(app)
    app.button(key="tour_leave").click().run()
    assert app.session_state["country"] == ["GHA"]
    assert not is_offered(app)


def test_who_turns_it_down_is_not_asked_again(page: OpenPage) -> None:
    app = page("overview")
    app.button(key="remember_welcome_later").click().run()
    assert not is_offered(app)
    assert not is_offered(app.run())


def test_who_has_chosen_in_a_visit_before_is_not_asked(page: OpenPage, cookies: dict[str, str]) -> None:
    cookies["dashboard_welcome"] = "later"
    assert not is_offered(page("overview"))
    cookies.clear()
    assert is_offered(page("overview"))


@pytest.mark.parametrize(
    ("place", "query"),
    rest_thorough(
        [
            ("overview", {"tour": "ten-minutes", "tour_step": "1"}),
            ("overview", {"safe": "yes"}),
            ("heatmap", {}),
            ("overview", {"large": "yes"}),
            ("overview", {"imagined": "called~A,in~2025,GHA~CRBP-05~implemented"}),
        ],
        now=2,
    ),
)
def test_it_is_never_in_the_way(place: str, query: dict[str, str], page: OpenPage) -> None:
    assert not is_offered(page(place, query))


def test_nobody_who_leads_a_room_is_asked(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_visit, "is_guarded", lambda: True)
    assert not is_offered(page("overview"))


def test_without_a_tour_the_sentences_stand_alone(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_visit, "_shortest", lambda view: None)
    app = page("overview")
    nothing_failed(app)
    assert tells(app, "welcome.sentences")
    assert "remember_welcome_tour" not in {button.key for button in app.button}


def test_the_question_mark_explains_every_term_once_it_is_open(page: OpenPage) -> None:
    app = page("heatmap")
    assert not app.get("dialog")
    assert not any(str(button.key).startswith(("remember_", "welcome_")) for button in app.button)
    app.button(key="help").click().run()
    nothing_failed(app)
    said = app.markdown[-1].value
    assert all(f"**{term.title}**  \n{term.text}" in said for term in terms(words))


def test_the_question_mark_tells_the_version_of_the_program(page: OpenPage) -> None:
    app = page("heatmap")
    app.button(key="help").click().run()
    nothing_failed(app)
    assert words("help.version", version=version()) in {caption.value for caption in app.caption}


def test_the_tour_is_there_again_behind_the_question_mark(page: OpenPage) -> None:
    app = page("heatmap", {"country": "GHA"})
    app.button(key="help").click().run()
    app.button(key="welcome_again").click().run()
    nothing_failed(app)
    assert app.query_params["tour"] == "two-minutes"
    assert not app.get("dialog"), "it does not lie over the tour"


def test_a_look_that_was_chosen_is_the_one_that_is_marked(page: OpenPage) -> None:
    app = page("heatmap")
    for look in ("dark", "light"):
        app.button(key="help").click().run()
        app.button(key=f"remember_look_{look}").click().run()
        nothing_failed(app)
    app.button(key="help").click().run()
    marked = [button.key for button in app.button if button.proto.type == "primary"]
    assert marked == ["remember_look_light"]
