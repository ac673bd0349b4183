"""Are the choices of a page drawn as the browser marks them, and with nothing in them that is not text?"""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import FIELDS
from dashboard.ui.elements.choices import PageChoice, Shape, draw, switch
from dashboard.ui.frame.address import ON_PAGES
from dashboard.ui.frame.filter_bar import IN_BAR
from dashboard.ui.glossary import meaning
from dashboard.ui.html import as_html
from tests.ui.conftest import OpenPage, choices, shown

SIDES = {"a": "A <b>", "b": '"B" & more'}


@pytest.mark.parametrize("shape", [Shape.SEGMENTS, Shape.LIST])
def test_a_choice_shows_its_titles_as_text_and_marks_its_default(shape: Shape) -> None:
    html = PageChoice("kind", "L & R", SIDES, "b", shape).html()
    assert "A &lt;b&gt;" in html
    assert "&#34;B&#34; &amp; more" in html
    assert "L &amp; R" in html
    marked = "selected" if shape is Shape.LIST else "checked"
    assert html.count(marked) == 1
    assert f'value="b" {marked}>' in html


def test_a_list_of_codes_of_several_kinds_writes_their_kind_along() -> None:
    listed = PageChoice("focus", "Right", SIDES, "a", Shape.LIST, along="by=right").html()
    assert ' data-field="focus" data-along="by=right" ' in listed
    assert "data-along" not in PageChoice("focus", "Right", SIDES, "a", Shape.LIST).html()


def test_an_option_names_the_further_codes_that_it_is_shown_for() -> None:
    listed = PageChoice("operation", "Country", SIDES, "a", Shape.LIST, holds={"a": [], "b": ["b2", "b3"]}).html()
    assert '<option value="a" selected>' in listed
    assert '<option value="b" data-holds="b2 b3">' in listed


def test_the_label_of_a_list_is_seen_where_its_options_do_not_explain_it() -> None:
    plain, seen = (PageChoice("focus", "L & R", SIDES, "a", Shape.LIST, labelled=one).html() for one in (False, True))
    assert "<label>" not in plain
    assert seen.startswith("<label>L &amp; R<select ")


@pytest.mark.parametrize("on", [True, False])
def test_a_switch_is_on_by_default_or_not(on: bool) -> None:
    html = switch("common", "Only <these>", on).html()
    assert "Only &lt;these&gt;" in html
    assert ("checked" in html) is on


def test_choices_stand_in_one_element_with_one_explanation_and_none_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(st, "html", lambda body, **_: drawn.append(body))
    words = read_words()
    draw(words, None, None)
    assert not drawn
    draw(
        words,
        None,
        switch("common", "One"),
        switch("common", "Two", False, "respect", "common_set"),
        switch("common", "Three"),
    )
    (html,) = drawn
    assert html.count("<summary") == 1
    for code in ("respect", "common_set"):
        assert f"<p><b>{words(f'term.{code}.title')}:</b> {as_html(meaning(words, code))}</p>" in html
    draw(words, switch("common", "One"))
    assert "<summary" not in drawn[-1]


def fields(app: AppTest) -> set[str]:
    """Return the fields of all choices that a page shows."""
    return {field for field in FIELDS if choices(app, field)}


def test_what_a_page_writes_to_the_address_is_known_to_the_shell(page: OpenPage) -> None:
    """Or else a choice made there would undo one that is still on its way."""
    places = (
        "heatmap",
        "compare",
        "country",
        "heatmap/map",
        "risks/settings",
        "changes",
        "review",
        "collect/check",
        "whatif",
        "overview",
        "plan",
        "crosswalk",
        "crosswalk/each_right",
    )
    found = set().union(
        *(
            fields(page(place, {"shade": shade, "framework": "cop-2020", "subject": "gha-op,bol-op,col-op"}))
            for place in places
            for shade in ("score", "context")
        )
    )
    assert found - IN_BAR == set(ON_PAGES) - {"since"}, "earlier publications are offered where there are some"


def test_a_choice_shows_what_the_address_holds_and_what_is_unknown_there_is_the_default(page: OpenPage) -> None:
    assert shown(page("heatmap", {"sort": "name"}), "sort") == "name"
    assert shown(page("heatmap", {"sort": "neither"}), "sort") == "region"
    assert shown(page("heatmap", {"common": "yes"}), "common") == "yes"
