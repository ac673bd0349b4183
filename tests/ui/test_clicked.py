"""Does a click on a mark of each chart open the same menu, and do the menu's actions work?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.queries.ask import ask
from tests.conftest import MakeView, rest_thorough, said
from tests.ui.clicking import choose_row, click_mark
from tests.ui.conftest import OpenPage, cells, nothing_failed

Query = dict[str, str]


@dataclass(frozen=True)
class Case:
    """A mark of a chart; the explanation, filter and comparison in its menu, empty if there is none."""

    page: str
    chart: str
    mark: Mapping[str, object]
    tells: str
    """Part of its explanation."""
    to: str = ""
    filtered: Query = field(default_factory=dict)
    compares: str = ""
    compared: Query = field(default_factory=dict)
    query: Query = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.chart}-{'-'.join(map(str, self.mark.values()))}"


GHANA = {"operation": "gha-op"}
PRINCIPLE, RISK = "5 Safe products and services", "Sexual abuse material and exploitation"
CASES = [
    Case(
        "country/summary",
        "standing_chart",
        {"code": "CRBP-05"},
        "**40** = 100",
        f"Ghana · {PRINCIPLE}",
        {"country": "GHA", "principle": "CRBP-05"},
        "Compare Ghana",
        {"subject": "gha-op", "focus": "CRBP-05"},
        GHANA,
    ),
    Case(
        "country/summary",
        "trend_chart",
        {"round": "2024", "kind": "support"},
        "CRBP · Round 2024 · Support · Ghana",
        "Round 2024 · Support · Ghana",
        {"round": "2024", "kind": "support", "country": "GHA"},
        "Compare Ghana with Ghana · Round 2024",
        {"subject": "gha-op@2024,gha-op", "kind": "support"},
        GHANA,
    ),
    Case(
        "country/summary",
        "own_risks_chart",
        {"impact": "IMP-hosting-RA01-r3", "setting": "hosting_core", "risk_area": "RA01"},
        f"{RISK} · IMP-hosting-RA01-r3",
        f"Ghana · {RISK} · Hosting, core network, cloud",
        {"country": "GHA", "setting": "hosting_core", "risk_area": "RA01"},
        "Compare Ghana",
        {"subject": "gha-op", "by": "risk_area", "focus": "RA01"},
        GHANA,
    ),
    Case(
        "risks/settings",
        "risk_map_chart",
        {"setting": "mobile_money", "risk_area": "RA01"},
        "![Severity:",
        f"{RISK} · Mobile money",
        {"setting": "mobile_money", "risk_area": "RA01"},
        f"Compare countries: {RISK}",
        {"by": "risk_area", "focus": "RA01"},
    ),
    Case(
        "country/own_risks",
        "left_chart",
        {"impact": "IMP-retail-RA12-r2", "setting": "retail_agents", "risk_area": "RA12"},
        "IMP-retail-RA12-r2",
        "Ghana · SIM, mobile money and emergencies · Shops, agents, street sales",
        {"country": "GHA", "setting": "retail_agents", "risk_area": "RA12"},
        "Compare Ghana",
        {"subject": "gha-op", "by": "risk_area", "focus": "RA12"},
        GHANA,
    ),
    Case(
        "plan/effects",
        "gains_chart",
        {"country": "GHA", "side": 0},
        "**65** = 100",
        "Ghana",
        {"country": "GHA"},
        "Compare Ghana",
        {"subject": "gha-op"},
    ),
    Case(
        "plan/effects",
        "gains_chart",
        {"country": "GHA", "side": 1},
        "",
        "Ghana",
        {"country": "GHA"},
        "Compare Ghana",
        {"subject": "gha-op"},
    ),
    Case("plan/effects", "gains_chart", {"country": "", "side": 0}, "the simple mean of the figures"),
    Case(
        "crosswalk/areas",
        "crosswalk_chart",
        {"row_code": "RA01", "column_code": "CRBP-05"},
        ":gray[CRBP-05.",
        f"{PRINCIPLE} · {RISK}",
        {"principle": "CRBP-05", "risk_area": "RA01"},
        f"Compare countries: {PRINCIPLE}",
        {"focus": "CRBP-05"},
        {"against": "risk_area"},
    ),
    Case(
        "crosswalk/areas",
        "crosswalk_chart",
        {"row_code": "COP14-A1", "column_code": "CRBP-01"},
        ":gray[COP14-A1.",
        "1 Responsibility and commitment",
        {"principle": "CRBP-01"},
        "Compare countries: 1 Responsibility and commitment",
        {"focus": "CRBP-01"},
    ),
    Case(
        "crosswalk/each_right",
        "rights_chart",
        {"row_code": "protection", "column_code": "cop-2020"},
        "COP 2020 · Round 2025 · Respect · All countries · All key areas · Protection online",
        "COP 2020 · Protection online",
        {"framework": "cop-2020", "right": "protection"},
        "Compare countries: Protection online",
        {"framework": "cop-2020", "by": "right", "focus": "protection"},
    ),
    Case(
        "crosswalk/each_right",
        "rights_chart",
        {"row_code": "protection", "column_code": "risks"},
        "**Risks, most severe first**",
        "Protection online",
        {"right": "protection"},
        "Compare countries: Protection online",
        {"by": "right", "focus": "protection"},
    ),
    Case(
        "crosswalk/areas",
        "crosswalk_chart",
        {"row_code": "", "column_code": "CRBP-05"},
        "CRBP · Round 2025 · Respect · All countries · 5 Safe products and services",
        PRINCIPLE,
        {"principle": "CRBP-05"},
        f"Compare countries: {PRINCIPLE}",
        {"focus": "CRBP-05"},
    ),
    Case(
        "crosswalk/areas",
        "crosswalk_chart",
        {"row_code": "COP14-A1", "column_code": ""},
        "COP 2014 · Round 2024 · Respect · Chad · 1 Policies and management",
        "COP 2014 · 1 Policies and management",
        {"framework": "cop-2014", "principle": "COP14-A1"},
        "Compare countries: 1 Policies and management",
        {"framework": "cop-2014", "focus": "COP14-A1"},
        {"framework": "cop-2020", "country": "TCD", "round": "2024"},
    ),
    Case(
        "data/robustness",
        "robustness_chart",
        {"of": "area", "code": "CRBP-05", "way": "seen"},
        "**46**, *developing*",
        PRINCIPLE,
        {"principle": "CRBP-05"},
        f"Compare countries: {PRINCIPLE}",
        {"focus": "CRBP-05"},
    ),
    Case(
        "data/robustness",
        "robustness_chart",
        {"of": "country", "code": "GHA", "way": "equal"},
        "",
        "Ghana",
        {"country": "GHA"},
        "Compare Ghana",
        {"subject": "gha-op"},
    ),
    Case(
        "cases",
        "cases_chart",
        {"case_study": "C17", "case_kind": "event"},
        "An order to cut the internet",
        "Event",
        {"case_kind": "event"},
    ),
    Case(
        "plan",
        "plan_years_chart",
        {"action": "A-066"},
        "Find the gap in the report route and test it with the police unit",
        "Ghana",
        {"country": "GHA"},
        "Compare Ghana",
        {"subject": "gha-op"},
        {"show_as": "timeline"},
    ),
    Case(
        "compare",
        "subjects_chart_principle",
        {"code": "CRBP-05", "subject": "sen-op"},
        "**50** = 100",
        PRINCIPLE,
        {"principle": "CRBP-05"},
        query={"subject": "gha-op,sen-op", "common": "no"},
    ),
    Case(
        "compare",
        "gap_chart",
        {"code": "CRBP-05"},
        "CRBP-05.",
        PRINCIPLE,
        {"principle": "CRBP-05"},
        query={"subject": "gha-op,sen-op"},
    ),
]

TOLD = ("crosswalk_chart", "rights_chart")
"""Charts whose rows are shown as sentences."""
FIRST = ("gains_chart", "robustness_chart")
"""Charts whose second row is no figure of its own: it has no explanation and no filter."""


def by_turns(cases: list[Case], step: int) -> list[Case]:
    """Return every so many of the cases first, and then the rest."""
    return [*cases[::step], *(case for n, case in enumerate(cases) if n % step)]


def menus(app: AppTest) -> int:
    """Return how many menus are open."""
    return len(app.get("dialog"))


def filter_button(app: AppTest) -> str:
    """Return the label of the filter button; empty if there is none."""
    return next((button.label for button in app.button if button.key == "offer_filter"), "")


def comparison(app: AppTest) -> tuple[str, Query]:
    """Return the label of the link to Side by side and the view it opens; nothing if there is none."""
    keys = ("offer.compare", "offer.compare_with", "offer.compare_on")
    for one in (link.proto for menu in app.get("dialog") for link in menu.get("page_link")):
        if any(said(key).fullmatch(one.label) for key in keys):
            assert one.page == "compare"
            return one.label, {name: codes[0] for name, codes in parse_qs(one.query_string).items()}
    return "", {}


def told(app: AppTest) -> list[str]:
    """Return the text of the menu."""
    (menu,) = app.get("dialog")
    return [*(one.value for one in menu.markdown), *cells(menu)]


@pytest.mark.parametrize("case", rest_thorough(by_turns(CASES, 4), now=4), ids=str)
def test_a_click_on_a_mark_opens_its_menu_and_what_it_offers_happens(case: Case, page: OpenPage) -> None:
    app = page(case.page, case.query)
    assert menus(app) == 0, "nothing was clicked"
    click_mark(app, case.chart, case.mark)
    assert any(case.tells in text for text in told(app)) if case.tells else not told(app)
    assert filter_button(app) == (f"Filter to {case.to}" if case.to else "")
    label, query = comparison(app)
    assert label == case.compares
    assert query.items() >= case.compared.items()
    if case.to:
        app.button(key="offer_filter").click().run()
        nothing_failed(app)
        now = {name: codes if isinstance(codes, str) else ",".join(codes) for name, codes in app.query_params.items()}
        assert (now | {"framework": now.get("framework", "crbp")}).items() >= case.filtered.items()


def test_an_action_and_a_case_are_one_click_from_their_menu(page: OpenPage) -> None:
    app = click_mark(page("plan", {"show_as": "timeline"}), "plan_years_chart", {"action": "A-066"})
    (menu,) = app.get("dialog")
    assert any("part=actions&show_as=timeline&action=A-066" in one.value for one in menu.markdown)
    app = click_mark(page("cases"), "cases_chart", {"case_study": "C17", "case_kind": "event"})
    (menu,) = app.get("dialog")
    (link,) = [one.proto for one in menu.get("page_link")]
    assert (link.page, parse_qs(link.query_string)["case_study"]) == ("case", ["C17"])


@pytest.mark.parametrize(
    "case",
    rest_thorough(by_turns([*{case.chart: case for case in CASES if case.chart not in TOLD}.values()], 4), now=3),
    ids=str,
)
def test_a_row_of_the_table_does_what_a_click_on_its_mark_does(case: Case, page: OpenPage) -> None:
    place = 0 if case.chart in FIRST else 1
    app = choose_row(page(case.page, case.query), case.chart, place)
    assert menus(app) == 1
    by_click = click_mark(page(case.page, case.query), case.chart, mark_of(app, case, place))
    assert (filter_button(app), comparison(app), told(app)) == (
        filter_button(by_click),
        comparison(by_click),
        told(by_click),
    )


def mark_of(app: AppTest, case: Case, place: int) -> Mapping[str, object]:
    """Return the mark of one row of a chart, from the rows it was sent."""
    (sent,) = [one.proto for one in app.get("vega_lite_chart") if f"-{case.chart}_" in one.proto.id]
    row = pa.ipc.open_stream(sent.data.data).read_all().slice(place, 1).to_pylist()[0]
    return {name: row[name] for name in case.mark}


def test_a_click_beside_every_mark_opens_nothing(page: OpenPage) -> None:
    app = page("compare", {"subject": "gha-op,sen-op"})
    click_mark(app, "subjects_chart_principle", {"code": "CRBP-05", "subject": ""})
    assert menus(app) == 0
    assert app.query_params["focus"] in ("CRBP-05", ["CRBP-05"]), "the row is looked at closely"


def test_a_figure_on_what_all_have_answered_is_not_explained_by_another(page: OpenPage) -> None:
    query = {"subject": "gha-op,sen-op", "common": "yes"}
    app = click_mark(page("compare", query), "subjects_chart_principle", {"code": "CRBP-05", "subject": "sen-op"})
    assert filter_button(app) == f"Filter to {PRINCIPLE}"
    assert told(app) == []


@pytest.mark.thorough
def test_what_side_by_side_shows_is_what_its_menu_explains(page: OpenPage, view_of: MakeView) -> None:
    codes = ("gha-op", "sen-op@2024", "region.africa", "group.countries")
    view = view_of(subject=codes)
    found = ask(view.published, "compare_figures", view.parameters(subject=codes, by="risk_area")).to_pylist()
    scores = {row["subject"]: row for row in found if row["code"] == "RA06" and row["reading"] == "score"}
    assert set(scores) == set(codes)
    for code, row in scores.items():
        app = page("compare", {"subject": ",".join(codes), "common": "no", "by": "risk_area"})
        click_mark(app, "subjects_chart_risk_area", {"code": "RA06", "subject": code})
        assert any(text.startswith(f"**{row['percent']:.0f}**") for text in told(app)), code
