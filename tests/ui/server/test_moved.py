"""Does a former address open what the page became, keep its filters, and show the same figures?"""

import json
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from dashboard.model.known_codes import Known
from dashboard.model.pages import (
    FORMER_PARTS,
    FORMER_TABLES,
    FRONT,
    MOVED,
    MOVED_TABLES,
    PAGES,
    PARTS,
    MovedPage,
    led_on,
    place_in,
    url_path,
)
from dashboard.model.tour import Step
from dashboard.model.view_state import from_query, to_query
from tests.ui.server.conftest import asks
from tests.ui.server.test_figures import got, server

BEFORE = {
    "setting?setting=retail_agents&country=GHA": "risks?setting=retail_agents&country=GHA&part=settings",
    "rights": "crosswalk?part=each_right",
    "overview": "",
    "overview?country=GHA,COL": "?country=GHA,COL",
    "editions?operation=col-op": "crosswalk?operation=col-op&part=areas",
    "crosswalk?part=editions&framework=cop-2014": "crosswalk?framework=cop-2014&part=areas",
    "risks?part=rights&country=GHA": "crosswalk?country=GHA&part=each_right",
    "outcome": "present?part=outcome",
    "room": "present?part=vote",
    "workshop": "present?part=tours",
    "assess?part=owed": "collect?part=owed",
    "assess": "collect",
    "setting?part=settings": "risks?part=settings",
    "rights?country=GHA,COL&country=BOL": "crosswalk?country=GHA,COL&country=BOL&part=each_right",
    "data?part=received&round=2024": "data?round=2024&part=publications",
    "crosswalk?part=twice&country=GHA": "crosswalk?country=GHA&part=areas",
    "rights?part=twice": "crosswalk?part=areas",
    "guidance?part=for_you&country=TCD": "guidance?country=TCD",
    "guidance?part=browse&function=hr": "guidance?function=hr",
    "country?part=own_plan&operation=gha-op": "plan?operation=gha-op&part=actions",
    "plan?part=todo&function=hr": "plan?function=hr&part=actions",
    "plan?part=board&country=GTM": "plan?country=GTM&part=actions&show_as=board",
    "plan?part=timeline": "plan?part=actions&show_as=timeline",
    "plan?part=grid": "plan?part=actions&show_as=grid",
    "plan?part=write&action=A-001": "plan?action=A-001&part=actions&show_as=form",
    "plan?part=write&criterion=CRBP-05.e": "plan?criterion=CRBP-05.e&part=actions&show_as=form",
    "plan?part=gains&round=2023": "plan?round=2023&part=effects",
    "plan?part=next_best&focus=CRBP-05": "plan?focus=CRBP-05&part=effects",
    "data?part=method": "data?part=sources",
    "crosswalk?part=beside&principle=CRBP-02": "frameworks?principle=CRBP-02",
    "risks?part=likelihood&operation=tcd-op": "country?operation=tcd-op&part=own_risks",
    "risks?part=by_setting&setting=office": "risks?setting=office&part=settings",
    "risks?part=map&country=GHA": "heatmap?country=GHA&show_as=map",
    "risks?part=map&shade=severity": "heatmap?shade=severity&show_as=map",
    "risks?part=context&indicator=electricity": "heatmap?indicator=electricity&show_as=map&shade=context",
    "risks?part=context&shade=severity": "heatmap?shade=severity&show_as=map",
}
"""A former address, and where it leads; a part that is named is kept if it still exists."""
TABLES = {"setting": ("risks", "settings"), "rights": ("crosswalk", "rights"), "assess": ("collect", "owed")}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("before", BEFORE)
def test_a_former_address_leads_to_its_new_page_with_its_filters(before: str, method: str) -> None:
    name, _, query = before.partition("?")
    answer = asks(server(), f"/{name}", query=query, method=method)
    assert answer.status == 307, "a browser keeps a way that holds for good"
    led, meant = (urlsplit(urljoin("http://group/", to)) for to in (answer.headers["location"], BEFORE[before]))
    assert led.path == meant.path
    assert parse_qsl(led.query) == parse_qsl(meant.query)


@pytest.mark.parametrize(
    ("name", "led"), [("nonsense", ".?no_page=nonsense"), ("rissks?country=GHA", ".?country=GHA&no_page=rissks")]
)
def test_an_address_that_no_page_has_leads_to_the_first_page_which_is_told_the_name(name: str, led: str) -> None:
    path, _, query = name.partition("?")
    answer = asks(server(), f"/{path}", query=query)
    assert (answer.status, answer.headers["location"]) == (307, led)


@pytest.mark.parametrize(
    "path", ["/risks", "/data", "/frameworks", "/_stcore/health", "/favicon.png", "/static/js/x.js", "/"]
)
def test_a_page_and_what_streamlit_serves_are_not_taken_for_an_address_that_no_page_has(path: str) -> None:
    assert "no_page" not in asks(server(), path).headers.get("location", "")


def test_behind_a_proxy_that_adds_a_path_it_stays_below_that_path() -> None:
    location = asks(server(), "/rights", query="round=2024").headers["location"]
    assert urljoin("https://group/children/rights?round=2024", location).startswith("https://group/children/crosswalk?")


def test_every_former_address_is_covered_and_leads_to_an_existing_page_and_part() -> None:
    assert {before.partition("?")[0] for before in BEFORE} >= {FRONT, *MOVED}
    assert {part for before in BEFORE for part in FORMER_PARTS if f"part={part}" in before} == {*FORMER_PARTS}
    assert not set(MOVED) & {url_path(name) for name in PAGES}
    assert not set(FORMER_PARTS) & set(PARTS)
    for moved in (*MOVED.values(), *FORMER_PARTS.values()):
        assert not moved.part or moved.part in PAGES[moved.page].parts
        assert not moved.table or moved.table in PAGES[moved.page].tables
        state, problems = from_query(moved.view, Known())
        assert moved.view.items() <= to_query(state).items()
        assert not problems


@pytest.mark.parametrize("before", TABLES)
def test_a_former_page_has_the_same_figures_as_the_new_one(before: str) -> None:
    page, table = TABLES[before]
    old, new = got(before, {"country": "GHA"}), got(page, {"country": "GHA", "table": table})
    assert old.status == new.status == 200, old.text
    assert json.loads(old.text)["rows"] == json.loads(new.text)["rows"] != []


def test_no_former_part_is_a_part_and_what_is_not_former_stays() -> None:
    assert not set(FORMER_PARTS) & set(PARTS)
    assert led_on("crosswalk", "each_right") == MovedPage("crosswalk", "each_right")
    assert led_on("heatmap") == MovedPage("heatmap")


@pytest.mark.parametrize("part", FORMER_PARTS)
def test_the_address_of_a_former_part_still_chooses_figures(part: str) -> None:
    answer = got(FORMER_PARTS[part].page, {"part": part, "country": "GHA"})
    assert (answer.status, json.loads(answer.text)["problems"]) == (200, [])


@pytest.mark.parametrize("path", ["/crosswalk?part=areas", "/crosswalk", "/crosswalk?country=twice"])
def test_a_page_that_names_no_former_part_is_served_as_it_is(path: str) -> None:
    name, _, query = path.partition("?")
    assert "location" not in asks(server(), name, query=query).headers


def test_a_table_that_has_moved_to_another_page_is_found_there() -> None:
    for (page, table), moved in MOVED_TABLES.items():
        before, now = (got(one, {"table": table, "principle": "CRBP-02"}) for one in (page, moved))
        assert before.status == 200
        assert json.loads(before.text)["rows"] == json.loads(now.text)["rows"] != []


@pytest.mark.parametrize("before", FORMER_TABLES)
def test_a_former_table_is_gone_and_the_answer_names_the_nearest(before: str) -> None:
    now = FORMER_TABLES[before]
    answer = got(now.page, {"table": before, "country": "GHA"})
    assert (answer.status, answer.text) == (
        410,
        f"{now.page}: The table “{before}” no longer exists. What is nearest is on the page “{now.page}”. "
        f"Did you mean {now.table}?",
    )
    assert got(f"{now.page}.csv", {"table": before}).status == 410
    assert now.table in PAGES[now.page].tables
    assert not any(before in page.tables for page in PAGES.values())


def test_a_place_in_a_tour_with_a_former_page_name_is_the_new_page_and_part() -> None:
    place = "setting;setting:retail_agents;country:GHA!BOL"
    query = {"part": "settings", "setting": "retail_agents", "country": "GHA,BOL"}
    assert place_in(place) == ("risks", query)
    assert place_in("assess;part:owed") == ("collect", {"part": "owed"})
    assert place_in("workshop") == ("present", {"part": "tours"})
    assert place_in("crosswalk;part:twice;country:GHA") == ("crosswalk", {"part": "areas", "country": "GHA"})
    assert place_in("plan;part:grid") == ("plan", {"part": "actions", "show_as": "grid"})
    assert place_in("data;part:received;round:2024") == ("data", {"part": "publications", "round": "2024"})
    assert place_in("risks;part:map;shade:severity") == ("heatmap", {"shade": "severity", "show_as": "map"})


def test_a_step_and_a_query_with_a_former_part_open_what_has_replaced_it() -> None:
    step = Step.of_view("data", {"part": "received"}, "Data", "What is published.")
    assert (step.page, step.query()) == ("data", {"part": "publications"})
    state, problems = from_query({"part": "received"}, Known())
    assert (state.part, problems) == ("publications", ())
    board = Step.of_view("plan", {"part": "board"}, "Board", "Who does what.")
    assert (board.page, board.query()) == ("plan", {"part": "actions", "show_as": "board"})
    state, problems = from_query({"part": "board"}, Known())
    assert (state.part, state.show_as, problems) == ("actions", "board", ())
