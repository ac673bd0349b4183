"""Does the address of a view become a step that opens it, where tours are, and only there?"""

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from dashboard.model.present.tour import Step
from tests.ui.conftest import OpenPage, nothing_failed, tells

FROM = "http://localhost:8501/heatmap?framework=crbp&round=2024&country=GHA,COL&kind=support&safe=&large=yes"


def given(app: AppTest, address: str) -> AppTest:
    """The page of tours once the address is pasted."""
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


@pytest.mark.parametrize(
    "address", ["http://localhost:8501/present", "http://localhost:8501/presenter?x=1", "nonsense"]
)
def test_what_no_tour_can_open_is_told(address: str, page: OpenPage) -> None:
    app = given(page("present"), address)
    assert tells(app, "workshop.no_step")
    assert not app.code[1:]


def test_no_step_is_made_while_names_are_hidden(page: OpenPage) -> None:
    app = page("present", {"safe": "yes"})
    assert not [one for one in app.expander if one.label == "Add your own step"]
