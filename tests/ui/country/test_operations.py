"""Is one of many operations chosen by its country first, and by nothing else where there are few?"""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.elements import choices as page_choices
from tests.ui.conftest import OpenPage, choices, finding, nothing_failed
from tests.ui.data.test_average_of import TOYS, several


@pytest.fixture(scope="module")
def store_of_several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with three operations in one country and one in another. Read-only."""
    return several(tmp_path_factory.mktemp("several"), "operations")


@pytest.fixture
def many(store_of_several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let four operations be many."""
    monkeypatch.setenv("DASHBOARD_STORE", str(store_of_several))
    monkeypatch.setattr(page_choices, "FEW", 3)


def lists(app: AppTest) -> list[str]:
    """Return the lists of the page that choose an operation."""
    drawn = "".join(html.proto.body for html in app.get("html"))
    return re.findall(r'<select data-field="operation".*?</select>', drawn)


@pytest.mark.usefixtures("many")
def test_of_many_the_country_is_chosen_first_and_then_one_of_its_operations(page: OpenPage) -> None:
    app = page("country", {**TOYS, "operation": "a3-op"})
    nothing_failed(app)
    countries, within = lists(app)
    assert re.findall('value="([^"]*)"', countries) == ["a-op", "b-op"]
    assert 'value="a-op" selected data-holds="a3-op a2-op"' in countries, "its country stays marked for any of them"
    assert re.findall('value="([^"]*)"', within) == ["a-op", "a3-op", "a2-op"]
    assert "Toys A3" in finding(app)


@pytest.mark.usefixtures("many")
def test_a_country_with_one_operation_has_one_list(page: OpenPage) -> None:
    app = page("country", {**TOYS, "operation": "b-op"})
    nothing_failed(app)
    (countries,) = lists(app)
    assert re.findall('value="([^"]*)"', countries) == ["a-op", "b-op"]
    (within,) = lists(page("country", {**TOYS, "country": "AAA", "operation": "a2-op"}))
    assert re.findall('value="([^"]*)"', within) == ["a-op", "a3-op", "a2-op"], "three are few"


@pytest.mark.usefixtures("many")
def test_the_first_operation_of_another_country_is_no_default_that_would_leave_the_address(page: OpenPage) -> None:
    app = page("country", {**TOYS, "operation": "a2-op"})
    assert [drawn.count(" selected") for drawn in lists(app)] == [1, 1]
    reviewed = page("collect", {**TOYS, "part": "check", "operation": "a2-op"})
    nothing_failed(reviewed)
    countries, within = lists(reviewed)
    assert countries.count('value="" selected') == 1
    assert " selected" not in within, "all operations are the default there, so each of them stands in the address"


def test_few_are_one_list(page: OpenPage, store_of_several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(store_of_several))
    app = page("country", TOYS)
    assert list(choices(app, "operation")) == ["a-op", "a3-op", "a2-op", "b-op"]
    assert len(lists(app)) == 1
