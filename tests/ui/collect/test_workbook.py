"""Does the page offer the workbook of the selected operation and round, and say what it contains?"""

from collections.abc import Callable
from dataclasses import replace

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from dashboard.model.words import Words
from dashboard.model.workbook import OPERATION, WORKBOOK_SIGNATURE, AnswerForm
from dashboard.queries.collect_answering import form_of
from dashboard.store.reader import Published
from dashboard.ui.collect import collect_page
from dashboard.ui.collect import collect_page as assess_parts
from dashboard.ui.collect.collect_page import offer_book
from tests.books import cells_of
from tests.ui.conftest import OpenPage, choices, texts

Offered = list[tuple[str, Callable[[], bytes]]]


@pytest.fixture(autouse=True)
def only_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(assess_parts.PARTS, "collect", offer_book)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Collect the files offered, by name; each is made when it is requested."""
    files: Offered = []
    real = streamlit.download_button

    def noted(label: str, data: Callable[[], bytes], name: str, *rest: object, **more: object) -> bool:
        files.append((name, data))
        return real(label, data, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(streamlit, "download_button", noted)
    return files


def operations(app: AppTest) -> list[str]:
    return list(choices(app, "operation").values())


def test_the_first_operation_of_the_choice_is_offered_with_what_its_workbook_holds(
    page: OpenPage, offered: Offered, words: Words
) -> None:
    app = page("collect", {"country": "GHA", "round": "2025"})
    assert not app.exception
    assert not operations(app), "of one there is nothing to choose"
    (name, content), (form, _), _ = offered[-3:]
    assert (name, form) == ("gha-op-2025.xlsx", "gha-op-2025-form.xlsx")
    sheets = cells_of(content())
    assert sheets["lists"][0][0] == WORKBOOK_SIGNATURE
    (said,) = [text for text in texts(app) if "one for each business function" in text]
    assert said.startswith("134 questions from all its standards on 12 sheets")


def test_another_operation_can_be_chosen_and_the_head_office_stands_last(page: OpenPage, offered: Offered) -> None:
    app = page("collect", {"round": "2025", "operation": "HQ"})
    assert operations(app)[-1] == "Head office"
    assert offered[-3][0] == "HQ-2025.xlsx"


def test_one_form_for_the_whole_group_asks_which_operation_answers(
    page: OpenPage, offered: Offered, published: Published
) -> None:
    app = page("collect", {"country": "GHA", "round": "2025"})
    name, content = offered[-1]
    assert name == "all-operations-2025-form.xlsx"
    form = form_of(published, "", "2025", "en")
    assert form is not None
    sheet = cells_of(content())
    asked = [row[1] for row in sheet["choices"] if row[0] == OPERATION]
    assert len(asked) == len(form.about) > 1
    assert any(f"{len(form.questions)} questions still to answer in {len(asked)} operations" in t for t in texts(app))


def test_a_single_operation_is_offered_one_form_only(page: OpenPage, offered: Offered) -> None:
    def alone(published: Published, operation: str, round_: str, lang: str) -> AnswerForm | None:
        form = form_of(published, operation, round_, lang)
        return form and replace(form, about=form.about[:1])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(collect_page, "form_of", alone)
        page("collect", {"round": "2025"})
    assert [name for name, _ in offered if "all-operations" in name] == []
