"""Does the menu of a mark offer to filter and compare, whichever chart it belongs to?"""

from collections.abc import Mapping
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.session_state import OpenMark
from tests.conftest import said
from tests.ui.conftest import OpenPage, nothing_failed

CELL = {"country": "GHA", "principle": "CRBP-05"}


def clicked(app: AppTest, figure: Mapping[str, str]) -> AppTest:
    """Open the menu as after a click on the mark of a figure."""
    app.session_state["menu_open"] = OpenMark(dict(figure))
    app.run()
    nothing_failed(app)
    return app


def filter_buttons(app: AppTest) -> list[str]:
    """Return the labels of the filter buttons."""
    return [button.label for button in app.button if button.key == "offer_filter"]


def comparison(app: AppTest) -> tuple[str, dict[str, list[str]]]:
    """Return the label of the link to Side by side, and the view it opens."""
    (link,) = [one.proto for one in app.get("page_link") if one.proto.page == "compare" and said_of(one.proto.label)]
    return link.label, parse_qs(link.query_string)


def said_of(label: str) -> bool:
    """Whether a label is that of a comparison."""
    keys = ("offer.compare", "offer.compare_with", "offer.compare_on")
    return any(said(key).fullmatch(label) for key in keys)


@pytest.mark.parametrize("name", ["heatmap", "overview", "heatmap/map"])
def test_a_click_on_the_button_filters_to_the_mark(name: str, page: OpenPage) -> None:
    app = clicked(page(name, {"country": "COL"}), CELL)
    assert filter_buttons(app) == ["Filter to Ghana · 5 Safe products and services"]
    app.button(key="offer_filter").click().run()
    nothing_failed(app)
    assert (app.query_params["country"], app.query_params["principle"]) in (("GHA", "CRBP-05"), (["GHA"], ["CRBP-05"]))


def test_what_is_filtered_already_is_not_offered_again(page: OpenPage) -> None:
    assert filter_buttons(clicked(page("heatmap", {"country": "GHA", "principle": "CRBP-05"}), CELL)) == []
    assert filter_buttons(clicked(page("heatmap", {"country": "GHA"}), CELL)) != []


def test_a_mark_of_a_country_is_compared_on_its_principle(page: OpenPage) -> None:
    label, query = comparison(clicked(page("heatmap"), CELL))
    assert label == "Compare Ghana"
    assert (query["subject"], query["focus"]) == (["gha-op"], ["CRBP-05"])


def test_the_second_country_stands_beside_the_first(page: OpenPage) -> None:
    label, query = comparison(clicked(page("heatmap", {"subject": "sen-op"}), CELL))
    assert label == "Compare Ghana with Senegal"
    assert query["subject"] == ["sen-op,gha-op"]


@pytest.mark.parametrize("before", ["gha-op", "sen-op,col-op"])
def test_a_full_comparison_or_one_with_the_same_country_starts_again(before: str, page: OpenPage) -> None:
    label, query = comparison(clicked(page("heatmap", {"subject": before}), CELL))
    assert (label, query["subject"]) == ("Compare Ghana", ["gha-op"])


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({"principle": "CRBP-05"}, {"focus": ["CRBP-05"]}),
        ({"risk_area": "RA01", "kind": "respect"}, {"by": ["risk_area"], "focus": ["RA01"]}),
    ],
)
def test_a_mark_without_a_country_compares_countries_on_it(
    figure: dict[str, str], expected: dict[str, list[str]], page: OpenPage
) -> None:
    label, query = comparison(clicked(page("overview", {"subject": "sen-op,col-op"}), figure))
    assert label.startswith("Compare countries: ")
    assert query.items() >= {"subject": ["sen-op,col-op"], **expected}.items()


def test_of_everything_there_is_nothing_to_filter_to_or_compare(page: OpenPage) -> None:
    app = clicked(page("overview"), {"kind": "respect"})
    assert filter_buttons(app) == []
    assert not [one for one in app.get("page_link") if said_of(one.proto.label)]


@pytest.mark.parametrize(
    ("waiting", "other"),
    [("region.africa", "Mean of Africa"), ("sen-op@2024", "Senegal · Round 2024")],
)
def test_a_mean_and_another_round_are_named_as_on_side_by_side(waiting: str, other: str, page: OpenPage) -> None:
    label, query = comparison(clicked(page("heatmap", {"subject": waiting}), CELL))
    assert label == f"Compare Ghana with {other}"
    chosen = page("compare", {name: codes[0] for name, codes in query.items()}).multiselect(key="subject_shown")
    assert chosen.value == [waiting, "gha-op"]
    assert other in [chosen.options[chosen.indices[0]]]


def test_a_mark_keeps_its_kind_wherever_it_leads(page: OpenPage) -> None:
    app = clicked(page("overview", {"kind": "support"}), {"risk_area": "RA01", "kind": "respect"})
    label, query = comparison(app)
    assert label.startswith("Compare countries: ")
    assert "kind" not in query, "respect goes without saying"
    (button,) = filter_buttons(app)
    assert button.startswith("Filter to Respect · ")
    app.button(key="offer_filter").click().run()
    nothing_failed(app)
    assert app.session_state["kind"] == "respect"
