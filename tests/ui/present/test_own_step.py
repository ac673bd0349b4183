"""Does the address of a view become a step that opens it, on the page of tours and only there?"""

import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.tour import Step
from tests.ui.conftest import OpenPage, nothing_failed

FROM = "http://localhost:8501/heatmap?framework=crbp&round=2024&country=GHA,COL&kind=support&safe=&large=yes"


def given(app: AppTest, address: str) -> AppTest:
    """Return the page of tours once the address is pasted."""
    app.session_state["more_own_step"] = True
    app.run()
    app.text_input(key="tour_address").set_value(address).run()
    nothing_failed(app)
    return app


def test_an_address_becomes_a_step_that_opens_the_same_view(page: OpenPage) -> None:
    app = given(page("present"), FROM)
    (step,) = yaml.safe_load(app.code[-1].value)
    assert Step.model_validate(step).page == "heatmap"
    assert step["view"] == {"framework": "crbp", "round": "2024", "country": ["COL", "GHA"], "kind": "support"}


def test_the_front_page_is_a_step_too(page: OpenPage) -> None:
    (step,) = yaml.safe_load(given(page("present"), "http://localhost:8501/?country=GHA").code[-1].value)
    assert step["page"] == "overview"


def warned(app: AppTest) -> str:
    (told,) = [warning.value for warning in app.warning]
    return str(told)


@pytest.mark.parametrize(
    ("address", "opens"),
    [("https://x.example/deep/base/", "overview"), ("https://x.example/deep/base/heatmap?country=GHA", "heatmap")],
)
def test_an_address_below_a_path_is_read_alike(
    address: str, opens: str, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "url", property(lambda _: "https://x.example/deep/base/present"))
    (step,) = yaml.safe_load(given(page("present"), address).code[-1].value)
    assert step["page"] == opens


@pytest.mark.parametrize(
    ("address", "unknown"),
    [
        ("http://localhost:8501/present", "*Present*"),
        ("http://localhost:8501/presenter?x=1", "*Presenter"),
        ("nonsense", "“nonsense”"),
    ],
)
def test_an_address_of_no_page_of_tours_becomes_no_step(address: str, unknown: str, page: OpenPage) -> None:
    app = given(page("present"), address)
    assert read_words()("workshop.no_step") in warned(app)
    assert unknown in warned(app)
    assert not app.code[1:]


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("contry=GHA&kind=support", "“contry”, which is not a filter. Did you mean country?"),
        ("country=GHX&kind=support", "“GHX”"),
        ("round=2019&kind=support", "“2019”"),
        ("framework=cop-2020&criterion=CRBP-01.a&kind=support", "“CRBP-01.a”"),
    ],
)
def test_what_of_an_address_is_unknown_is_said_and_left_out(query: str, unknown: str, page: OpenPage) -> None:
    app = given(page("present"), f"http://localhost:8501/heatmap?{query}")
    assert read_words()("workshop.left_out") in warned(app)
    assert unknown in warned(app)
    (step,) = yaml.safe_load(app.code[-1].value)
    assert step["view"].pop("kind") == "support"
    assert not {"country", "criterion"} & set(step["view"])
    assert step["view"]["round"] == "2025"


def test_no_step_is_made_while_names_are_hidden(page: OpenPage) -> None:
    app = page("present", {"safe": "yes"})
    assert not [one for one in app.expander if one.label == "Add your own step"]
