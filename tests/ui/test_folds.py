"""Does a phone show few rows at once, say how many others there are, and have them all behind that line?"""

import re

import pytest

from dashboard.model.words import Words
from dashboard.ui.elements.folds import FOLD, ON_A_PHONE
from tests.ui.conftest import OpenPage, nothing_failed, tables, unfold

LISTS = ("risks", "country/answers", "country/own_risks", "data/robustness")
"""Views whose tables are longer than a phone shows at once."""


@pytest.mark.parametrize("view", LISTS)
def test_a_phone_shows_few_rows_at_once_and_counts_the_others_truly(
    view: str, page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = [len(table) for table in tables(unfold(page(view)))]
    monkeypatch.setattr("dashboard.ui.elements.folds.is_phone", lambda: True)
    phone = page(view)
    nothing_failed(phone)
    at_once = [len(table) for table in tables(phone)]
    assert max(at_once) <= ON_A_PHONE + FOLD
    left = sum(wide) - sum(at_once)
    assert left > 0
    more = [re.fullmatch(r"(\d+) more", expander.label) for expander in phone.expander]
    assert sum(int(found[1]) for found in more if found) == left
    assert sum(len(table) for table in tables(unfold(phone))) == sum(wide)


def test_on_a_phone_a_part_of_a_page_opens_with_what_explains_its_title(
    page: OpenPage, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = page("collect/check")
    monkeypatch.setattr("dashboard.ui.elements.folds.is_phone", lambda: True)
    phone = page("collect/check")
    title, help = words("agreement.title"), words("agreement.help")
    assert title in [expander.label for expander in phone.expander]
    assert f"**{title}**" in [markdown.value for markdown in wide.markdown]
    assert help not in [caption.value for caption in phone.caption]
    assert help in [caption.value for caption in unfold(phone).caption]
