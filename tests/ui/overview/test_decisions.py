"""Does the Overview name what needs a decision with its owner and date, and lead to the action in one step?"""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import said
from tests.ui.conftest import OpenPage, finding, tells


def told(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*app.main.markdown, *app.main.caption))


def test_the_overview_names_the_first_of_each_kind_and_lists_all_with_their_action(page: OpenPage) -> None:
    app = page("overview")
    captions = [str(element.value) for element in app.main.caption]
    assert sum(text.startswith("◆") for text in captions) == 1
    assert sum(text.startswith("▼") for text in captions) == 1
    assert sum(text.startswith(":material/schedule:") for text in captions) == 1
    text = told(app)
    assert re.search(r"\[Plan an action\]\(plan\?framework=crbp&round=2025&criterion=CRBP-\d\d\.\w&part=write\)", text)
    assert re.search(r"\[Plan an action\]\(plan\?framework=crbp&round=2025&part=write&impact=IMP-[\w-]+\)", text)
    assert re.search(
        r"overdue since \d{4}-\d\d-\d\d\. .*\[Open\]\(plan\?framework=crbp&round=2025&part=write&action=A-", text
    )
    assert tells(app, "overview.no_action"), "the sample plants a severe risk that nobody answers for"


def test_where_nothing_waits_the_overview_says_so(page: OpenPage) -> None:
    app = page("overview", {"country": "GROUP", "principle": "CRBP-07", "risk_area": "RA05"})
    assert tells(app, "overview.no_decisions")


@pytest.mark.parametrize(
    ("chosen", "says", "stand"),
    [
        ({"country": "GHA"}, "overview.in_short_one", "overview.stand_one"),
        ({"country": "COD"}, "overview.in_short_one", "overview.too_few"),
        ({"country": "GHA,COL"}, "overview.in_short", "overview.stand"),
    ],
)
def test_a_figure_of_one_country_is_called_no_mean(
    chosen: dict[str, str], says: str, stand: str, page: OpenPage
) -> None:
    app = page("overview", {"framework": "crbp", "round": "2025", **chosen})
    assert said(stand).match(finding(app))
    cards = [caption.value.split("  \n")[0] for caption in app.caption if "% answered" in caption.value]
    assert len(cards) == 2
    assert all(said(says).fullmatch(card) for card in cards), cards
