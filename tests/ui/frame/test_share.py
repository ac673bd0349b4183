"""Does *Share* say truthfully who can open an address, and does it share exactly what the page shows?"""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.pages import HIDDEN, PAGES
from dashboard.ui.elements.legend import filled
from dashboard.ui.frame.navigation import who_opens
from dashboard.ui.html import as_address
from dashboard.ui.page_content import pieces
from dashboard.ui.server.figures import answer
from tests.conftest import rest_thorough, said
from tests.ui.conftest import OpenPage, Taken, finding, open_share, tells, texts
from tests.ui.server.conftest import asks

LINK = re.compile(r"\(\.(/api/[^)]+)\)")


def links(app: AppTest) -> list[str]:
    """Return the addresses of the figures that *Share* offers."""
    return [address for text in texts(app) for address in LINK.findall(text)]


def test_share_that_is_closed_lists_nothing(page: OpenPage, taken: Taken) -> None:
    app = page("overview")
    assert not taken
    assert not links(app)
    assert not tells(app, "export.charts")


def test_share_lists_the_charts_that_the_page_drew_and_no_others(page: OpenPage, taken: Taken) -> None:
    open_share(page("overview"))
    assert set(taken) == {f"{chart}_chart.{end}" for chart in ("areas", "exposures") for end in ("png", "svg")}
    taken.clear()
    open_share(page("heatmap"))
    assert set(taken) == {"heatmap_chart.png", "heatmap_chart.svg"}


def test_a_page_that_ends_early_gives_what_it_has(page: OpenPage, taken: Taken) -> None:
    app = open_share(page("changes", {"round": "2023"}))
    assert tells(app, "changes.no_earlier")
    assert "print_view" in {button.key for button in app.button}
    app = open_share(page("guidance"))
    app.text_input(key="search_library").set_value("birth").run()
    assert [link for link in links(app) if "table=guidance_list" in link]


@pytest.mark.outside
def test_a_picture_says_what_the_page_says_round_its_chart(page: OpenPage, taken: Taken) -> None:
    app = open_share(page("heatmap", {"country": "GHA", "round": "2024"}))
    drawn = taken["heatmap_chart.svg"]().decode()
    said_in_it = (
        "CRBP · Round 2024 · Respect · Ghana",
        "Illustrative answers",
        "Early 0–24",
        "version 1.7",
        "publication 1, ",
    )
    for words in (finding(app), *said_in_it):
        assert words in drawn
    assert ">Ghana</text>" in drawn
    assert "Chad" not in drawn
    assert "imagined" not in drawn.lower()


def test_a_legend_becomes_texts_and_marks_and_a_dot_before_a_mark_goes() -> None:
    square = f"![severe]({as_address(filled('#AABBCC'))})"
    failed, said, swatch, severe = pieces(
        ("**▼** a critical criterion · ", f"{square} severe · · not rated"), "#123456"
    )
    assert (said, severe) == ("a critical criterion", "severe · · not rated")
    assert "#123456" in failed
    assert "#AABBCC" in swatch


@pytest.mark.outside
def test_a_picture_of_what_is_imagined_says_so(page: OpenPage, taken: Taken) -> None:
    app = open_share(page("heatmap", {"imagined": "in~2025,GHA~CRBP-05~implemented"}))
    assert said("picture.imagined").search(taken["heatmap_chart.svg"]().decode())
    assert tells(app, "export.figures_published")
    assert not any("imagined" in address for address in links(app))


@pytest.mark.parametrize("name", rest_thorough([name for name, page in PAGES.items() if page.tables], now=3))
def test_every_link_to_figures_opens_the_rows_of_the_choice(name: str, page: OpenPage, taken: Taken) -> None:
    found = links(open_share(page(name, {"country": "GHA", "round": "2024", "large": "no"})))
    assert {urlsplit(address).path for address in found} == {f"/api/{name}.xlsx", f"/api/{name}.csv"} or not found
    tables = [dict(parse_qsl(urlsplit(address).query))["table"] for address in found[::2]]
    assert tables == [table for table, needs in PAGES[name].tables.items() if not needs]
    for address in found[::2]:
        query = dict(parse_qsl(urlsplit(address).query))
        rows = json.loads(asks(answer(name, query)).text)
        assert rows["problems"] == []
        assert (rows["choice"]["country"], rows["choice"]["round"]) == (["GHA"], "2024")


WITH_TABLES = [name for name, page in PAGES.items() if page.tables]
CHOSEN = {
    "operation": "gha-op", "subject": "gha-op,col-op", "earlier": "2024", "criterion": "CRBP-01.b",
    "indicator": "internet_gender_gap", "against": "cop-2014", "focus": "CRBP-01",
}  # fmt: skip
VIEWS: dict[str, dict[str, str]] = {
    "everything chosen": CHOSEN,
    "filters": {**CHOSEN, "country": "GHA,COL", "common": "yes", "counting": "seen", "sort": "name", "large": "yes"},
    "names hidden": {"safe": "yes", "operation": "gha-op", "earlier": "2024", "criterion": "CRBP-01.b"},
    "what does not fit": {"round": "2031", "country": "GHB,GHA", "operation": "nowhere", "contry": "x"},
    "a tour": {"tour": "executive", "imagined": "in~2025,GHA~CRBP-05~implemented"},
}
"""What a visitor may ask for, right or not: what *Share* writes fits."""
SELDOM = {"answer_comments"}
"""What has no rows where nobody has commented."""


NOW = [*((name, "everything chosen") for name in WITH_TABLES[1::3]), *((WITH_TABLES[0], view) for view in VIEWS)]
REST = [(name, view) for name in WITH_TABLES for view in VIEWS if (name, view) not in NOW]


@pytest.mark.parametrize(("name", "view"), rest_thorough([*NOW, *REST], now=len(NOW)))
def test_every_address_that_share_writes_is_answered_with_rows(
    name: str, view: str, page: OpenPage, taken: Taken
) -> None:
    found = links(open_share(page(name, VIEWS[view])))
    offered = {dict(parse_qsl(urlsplit(address).query))["table"] for address in found}
    if view == "everything chosen":
        assert offered == set(PAGES[name].tables)
    for address in found:
        at = urlsplit(address)
        got = asks(answer(at.path.removeprefix("/api/"), dict(parse_qsl(at.query))))
        table = dict(parse_qsl(at.query))["table"]
        assert got.status == 200, (address, got.text)
        if at.path.endswith(".csv") and table not in SELDOM:
            assert got.text.count("\n") > 1, address


def test_what_needs_a_choice_is_offered_once_it_is_made_and_outside_facts_not_while_names_are_hidden(
    page: OpenPage, taken: Taken
) -> None:
    assert any(
        "table=operation_risks" in address for address in links(open_share(page("country", {"operation": "gha-op"})))
    )
    named, hidden = (links(open_share(page("heatmap", query))) for query in ({}, {"safe": "yes"}))
    for table in HIDDEN & set(PAGES["heatmap"].tables):
        assert any(f"table={table}" in address for address in named)
        assert not any(f"table={table}" in address for address in hidden)
    assert all("safe=yes" in address for address in hidden)


@pytest.mark.parametrize(
    ("url", "guarded", "key"),
    [
        ("http://localhost:8501/heatmap?country=GHA", False, "share.link_here"),
        ("http://127.0.0.1:8501", True, "share.link_here"),
        ("https://[::1]:8501/", False, "share.link_here"),
        ("http://192.168.1.20:8501/heatmap", False, "share.link_help"),
        ("http://192.168.1.20:8501/heatmap", True, "share.link_room"),
        ("https://rights.example.org/?next=http://localhost/", False, "share.link_help"),
        ("", False, "share.link_help"),
    ],
)
def test_an_address_of_this_machine_of_a_room_and_of_a_server_are_told_apart(url: str, guarded: bool, key: str) -> None:
    assert who_opens(url, guarded) == key
