"""Does the page of risks and opportunities open every part, keep its filters, and say what is empty and why?"""

import pytest

from dashboard.loading.files.words_file import read_words
from dashboard.model.pages import PAGES
from dashboard.ui.risks.parts import PARTS
from tests.conftest import said
from tests.ui.conftest import OpenPage, cells, finding, nothing_failed, tells, texts

each_part = pytest.mark.parametrize("part", PAGES["risks"].parts)


def test_every_part_can_be_drawn() -> None:
    assert list(PARTS) == list(PAGES["risks"].parts)


@pytest.mark.thorough
@each_part
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_every_part_opens_in_every_framework(part: str, framework: str, page: OpenPage) -> None:
    app = page("risks", {"part": part, "framework": framework, "operation": "col-op"})
    nothing_failed(app)
    assert app.segmented_control(key="part_shown").value == part
    assert finding(app)


UNRATED = {
    **dict.fromkeys(("gaps", "settings", "likelihood", "rights"), "risks.nothing"),
    "opportunities": "risks.no_openings",
}


@pytest.mark.parametrize("part", UNRATED)
def test_every_part_says_so_where_nothing_was_rated(part: str, page: OpenPage) -> None:
    app = page("risks", {"part": part, "country": "GROUP", "operation": "HQ"})
    nothing_failed(app)
    assert read_words()(UNRATED[part]) in finding(app)


def test_the_list_says_severity_cover_and_why_nothing_is_multiplied(page: OpenPage) -> None:
    app = page("risks", {"country": "TCD"})
    told = cells(app)
    assert told[0].startswith("![Severity: severe](data:image/svg+xml,")
    assert any(said("risks.covered_said").search(text) for text in told)
    helps = [text.proto.help for text in app.markdown]
    assert any("14 and 24" in text for text in helps)


def test_a_setting_keeps_every_part_to_it(page: OpenPage) -> None:
    app = page("risks", {"setting": "mobile_money"})
    nothing_failed(app)
    assert app.multiselect(key="setting").value == ["mobile_money"]
    listed = [text for text in cells(app) if " · " in text and text.startswith("![")]
    assert listed
    assert all("Mobile money" in text for text in listed)


def test_doubts_stand_where_the_ratings_are_read(page: OpenPage) -> None:
    app = page("risks", {"country": "GTM"})
    labels = [expander.label for expander in app.expander]
    assert any(said("risks.doubt_residual_above.one").fullmatch(label) for label in labels)
    app = page("risks", {"part": "likelihood", "operation": "gtm-op"})
    labels = [expander.label for expander in app.expander]
    assert any(said("risks.doubt_residual_above.one").fullmatch(label) for label in labels)
    assert tells(app, "risks.never_multiplied")


def test_protecting_against_over_blocking_is_said_by_right(page: OpenPage) -> None:
    app = page("risks", {"part": "rights"})
    assert any("CRBP-05.c" in text for text in texts(app))


def test_the_map_has_a_list_beside_it_with_every_country(page: OpenPage) -> None:
    app = page("risks", {"part": "map", "shade": "context", "indicator": "birth_registration"})
    nothing_failed(app)
    told = cells(app)
    for country in ("Rwanda", "Guatemala", "Chad"):
        assert any(text.startswith(f"**{country}**") for text in told)
