"""Does the page offer the workbook of the operation and round in view, and say what it holds?"""

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from dashboard.model.answer_book import MARK
from dashboard.model.words import Words
from dashboard.ui import assess_parts
from dashboard.ui.book import offer_book
from tests.books import cells_of
from tests.ui.conftest import OpenPage, texts


@pytest.fixture(autouse=True)
def only_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(assess_parts.PARTS, "collect", offer_book)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """The files that were offered, by name."""
    files: list[tuple[str, bytes]] = []
    real = streamlit.download_button

    def noted(label: str, data: bytes, name: str, *rest: object, **more: object) -> bool:
        files.append((name, data))
        return real(label, data, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(streamlit, "download_button", noted)
    return files


def operations(app: AppTest) -> list[str]:
    (box,) = [box for box in app.selectbox if box.key == "operation_shown"]
    return list(box.options)


def test_the_first_operation_of_the_choice_is_offered_with_what_its_workbook_holds(
    page: OpenPage, offered: list[tuple[str, bytes]], words: Words
) -> None:
    app = page("assess", {"country": "GHA", "round": "2025"})
    assert not app.exception
    assert operations(app) == ["Savandina Ghana"]
    ((name, content),) = offered[-1:]
    assert name == "gha-op-2025.xlsx"
    sheets = cells_of(content)
    assert sheets["lists"][0][0] == MARK
    (said,) = [text for text in texts(app) if "one for each business function" in text]
    assert said.startswith("143 questions of all its standards on 12 sheets")


def test_another_operation_can_be_chosen_and_the_head_office_stands_last(
    page: OpenPage, offered: list[tuple[str, bytes]]
) -> None:
    app = page("assess", {"round": "2025", "operation": "HQ"})
    assert operations(app)[-1] == "Head office"
    assert offered[-1][0] == "HQ-2025.xlsx"


def test_the_file_is_made_once_for_a_publication(page: OpenPage, offered: list[tuple[str, bytes]]) -> None:
    app = page("assess", {"country": "GHA"})
    app.run()
    assert len(offered) >= 2
    assert offered[-1][1] is offered[-2][1]
