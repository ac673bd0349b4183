"""Does the bar have what narrows a page, do settings and functions narrow it, and do former links mean the same?"""

import json
import re
from collections.abc import Mapping

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.filters import ALL_FILTERS
from dashboard.model.known_codes import SHOWN_AS
from dashboard.model.pages import BOTH, MORE, OWN_PART, PAGES
from dashboard.queries import ask
from dashboard.queries.ask import parameter_names, rows
from dashboard.queries.every_page import OPTIONS
from dashboard.queries.guidance_library import GUIDANCE_FOR_YOU
from dashboard.queries.overview_headline import HEADLINE
from dashboard.queries.question import folded
from dashboard.store.reader import Published
from dashboard.ui.session_state import LARGE_SWITCH
from tests.conftest import MakeView, said
from tests.ui.conftest import (
    OpenPage,
    bar,
    cells,
    choose,
    finding,
    nothing_failed,
    offered,
    reset,
    tells,
    texts,
    unfold,
)

CHOSEN = {"function": ["hr"], "setting": ["office"]}


def figures(app: AppTest) -> list[str]:
    """Return the sentence of a page and the cards of its figures."""
    return [finding(app), *(text for text in texts(app) if text.startswith("##### "))]


def test_a_function_and_a_setting_change_the_figures_and_stand_in_the_choice_and_in_the_address(
    page: OpenPage, view_of: MakeView
) -> None:
    app = page("overview")
    plain = figures(app)
    for name, codes in CHOSEN.items():
        choose(app, **{name: ",".join(codes)})
        assert app.query_params[name] == ",".join(codes)
        assert app.session_state[name] == codes
    assert figures(app) != plain
    view = view_of(**{name: tuple(codes) for name, codes in CHOSEN.items()})
    titles = {(row["filter"], row["code"]): row["title"] for row in rows(view.published, OPTIONS, view.parameters())}
    respect, _ = rows(view.published, HEADLINE, view.parameters())
    assert any(f"{respect['mean']:.0f}" in figure for figure in figures(app))
    narrowed = " · ".join(titles[name, codes[0]] for name, codes in (("setting", ["office"]), ("function", ["hr"])))
    assert any(narrowed in text for text in texts(app))
    app.switch_page("pages/heatmap.py").run()
    nothing_failed(app)
    assert any(narrowed in text for text in texts(app))
    assert {name: app.query_params[name] for name in CHOSEN} == {name: codes[0] for name, codes in CHOSEN.items()}
    of_choice = finding(app)
    choose(app, **dict.fromkeys(CHOSEN, ""))
    assert finding(app) != of_choice


def test_a_criterion_that_a_link_opens_is_told_in_full_whatever_the_bar_keeps(page: OpenPage) -> None:
    plain, narrowed = (page("frameworks", {"criterion": "CRBP-01.b", **bar}) for bar in ({}, {"function": "security"}))
    for app in (plain, narrowed):
        nothing_failed(app)
        assert any(said("standard.close").fullmatch(button.label) for button in app.main.button)
    of_narrowed, of_plain = (
        sum(criteria(expander.label) for expander in app.expander if "answered" in expander.label)
        for app in (narrowed, plain)
    )
    assert 0 < of_narrowed < of_plain


def criteria(area: str) -> int:
    """Return how many criteria the heading of an area counts."""
    return int(re.findall(r"(\d+) criteri", area)[0])


def test_the_explanation_of_a_number_gives_the_criteria_that_are_kept_in_one_line(
    page: OpenPage, view_of: MakeView
) -> None:
    app = page("number", {"kind": "respect", "function": "hr"})
    nothing_failed(app)
    (told,) = [code.value for code in app.code if code.language == "json"]
    asked = json.loads(told)
    with view_of().published.cursor() as cursor:
        own = cursor.execute(
            "SELECT criterion FROM criterion_card WHERE framework = 'crbp' AND functions[1] = 'hr' ORDER BY ALL"
        ).fetchall()
    assert asked["criteria"] == [code for (code,) in own]
    assert len(told.splitlines()) == len(asked) + 2


def test_the_bar_gives_every_code_the_place_that_it_has_in_an_address(page: OpenPage, view_of: MakeView) -> None:
    html, known = bar(page("overview")), view_of().known
    for one in ALL_FILTERS:
        if one.in_bar:
            found = re.findall(rf'name="filter_{one.name}" value="([^"]+)"\s+data-place="(\d+)"', html)
            places = {code: int(place) for code, place in found}
            codes = [code for code in known.may_filter(one, "crbp") if code in places]
            assert codes
            assert sorted(places, key=places.__getitem__) == codes


def test_reset_clears_them(page: OpenPage) -> None:
    app = page("overview", {name: codes[0] for name, codes in CHOSEN.items()})
    reset(app)
    assert [app.session_state[name] for name in CHOSEN] == [[], []]
    assert not CHOSEN.keys() & dict(app.query_params).keys()


def test_a_link_of_before_to_guidance_of_one_function_means_the_same(page: OpenPage, view_of: MakeView) -> None:
    app = page("guidance", {"function": "hr", "part": "browse"})  # A former part.
    nothing_failed(app)
    assert app.session_state["function"] == ["hr"]
    with view_of().published.cursor() as cursor:
        own = cursor.execute("SELECT guidance FROM guidance_card WHERE list_contains(functions, 'hr')").fetchall()
    listed = {match[1] for cell in cells(unfold(app)) if (match := re.search(r"&guidance=([\w-]+)", cell))}
    view = view_of(function=("hr",))
    helps = {row["guidance"] for row in rows(view.published, GUIDANCE_FOR_YOU, view.parameters())}
    assert listed - helps <= {code for (code,) in own} <= listed
    assert len(own) > 1


@pytest.mark.parametrize(
    ("name", "question", "field"), [("cases", "cases", "case_study"), ("risks", "risk_list", "impact")]
)
def test_a_link_of_before_to_one_setting_means_the_same(
    name: str, question: str, field: str, page: OpenPage, view_of: MakeView
) -> None:
    app = page(name, {"setting": "office"})
    nothing_failed(app)
    assert app.session_state["setting"] == ["office"]
    view = view_of(setting=("office",))
    kept = {row[field] for row in ask.ask(view.published, question, view.parameters()).to_pylist()}
    with view.published.cursor() as cursor:
        own = {
            "cases": "SELECT case_study FROM case_card WHERE list_contains(settings, 'office')",
            "risks": "SELECT DISTINCT impact FROM exposure WHERE setting = 'office' AND round = $round",
        }[name]
        given = {"round": view.state.round} if "$round" in own else {}
        assert kept == {code for (code,) in cursor.execute(own, given).fetchall()}
    everywhere = page(name)
    assert len(kept) > 0
    assert finding(app) != finding(everywhere)


def test_for_a_projector_neither_menus_nor_filters_are_drawn_and_the_choice_stays(page: OpenPage) -> None:
    app = page("heatmap", {"large": "yes", "country": "GHA"})
    nothing_failed(app)
    assert not bar(app)
    assert app.query_params["country"] == "GHA"
    assert any("Ghana" in text for text in texts(app)), "the choice is said in words"
    pages = {name for html in app.main.get("html") for name in re.findall(r'href="./(\w+)"', html.proto.body)}
    assert {"changes", "plan"} <= pages, "one button in the corner holds all pages"
    app.toggle(key=LARGE_SWITCH.name).set_value(False).run()
    nothing_failed(app)
    assert "large" not in app.query_params
    assert app.session_state["country"] == ["GHA"]


def test_a_country_that_a_round_did_not_ask_stays_chosen_by_its_name_and_it_is_said_that_it_has_no_figures(
    page: OpenPage,
) -> None:
    app = page("heatmap", {"country": "GHA"})
    of_ghana = finding(app)
    not_asked = {"titles": "Ghana", "round": "Round 2023"}
    assert not tells(app, "filter.lacks_operations_all", **not_asked)
    choose(app, round="2023")
    assert app.query_params["country"] == "GHA"
    assert app.session_state["country"] == ["GHA"]
    assert offered(app, "country")["GHA"].startswith("Ghana · 0")
    assert tells(app, "filter.lacks_operations_all", **not_asked)
    assert finding(app) == finding(page("heatmap", {"country": "GHA", "round": "2023"}))
    assert finding(app) != finding(page("heatmap", {"round": "2023"})), "the figures are not those of all countries"
    choose(app, round="2025")
    assert finding(app) == of_ghana
    assert not tells(app, "filter.lacks_operations_all", **not_asked)


def test_beside_a_country_that_was_asked_the_figures_are_said_to_be_of_that_alone(page: OpenPage) -> None:
    app = page("heatmap", {"country": "GHA,TCD", "round": "2023"})
    nothing_failed(app)
    assert app.session_state["country"] == ["GHA", "TCD"]
    assert tells(app, "filter.lacks_operations_some", titles="Ghana", round="Round 2023")
    assert "Chad" in finding(app)


def test_of_another_framework_a_principle_is_left_out_by_its_title_and_what_belongs_to_all_stays(
    page: OpenPage,
) -> None:
    app = page("heatmap", {"principle": "CRBP-05", "country": "GHA", "right": "privacy"})
    choose(app, framework="cop-2020")
    assert (app.session_state["country"], app.session_state["right"]) == (["GHA"], ["privacy"])
    (warning,) = app.warning
    assert said("problem.other_framework", value="5 Safe products and services").search(warning.value)
    assert "CRBP-05" not in warning.value
    assert "principle" not in app.query_params
    choose(app, framework="crbp")
    assert not app.warning


def test_a_choice_on_which_the_framework_has_no_criteria_says_so_by_its_title(
    page: OpenPage, view_of: MakeView
) -> None:
    view = view_of(framework="cop-2014")
    options = rows(view.published, OPTIONS, view.parameters())
    none, *_ = [row for row in options if row["of"] == "criteria" and not row["n"]]
    some = next(row for row in options if row["filter"] == none["filter"] and row["n"])
    chosen = {"framework": "cop-2014", none["filter"]: none["code"]}
    alone = page("heatmap", chosen)
    nothing_failed(alone)
    assert tells(alone, "filter.lacks_criteria_all", titles=none["title"], framework="COP 2014")
    beside = page("heatmap", chosen | {none["filter"]: f"{none['code']},{some['code']}"})
    assert tells(beside, "filter.lacks_criteria_some", titles=none["title"])
    assert not tells(page("heatmap", chosen | {none["filter"]: some["code"]}), "filter.lacks_criteria_all")


def test_a_page_that_is_not_there_is_said_in_a_sentence_once(page: OpenPage) -> None:
    app = page("overview", {"no_page": "rissks"})
    nothing_failed(app)
    (warning,) = app.warning
    assert warning.value.startswith("This link: There is no page “rissks”")
    assert "no_page" not in app.query_params
    choose(app, country="GHA")
    assert not app.warning


@pytest.mark.thorough
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_where_no_chosen_country_was_asked(name: str, page: OpenPage) -> None:
    app = page(name, {"country": "GHA", "round": "2023"})
    nothing_failed(app)
    assert app.query_params["country"] == "GHA"
    assert tells(app, "filter.lacks_operations_all", titles="Ghana", round="Round 2023")


VIEWS = [
    (name, view)
    for name, one in PAGES.items()
    for view in (*(one.parts or ("",)), *SHOWN_AS.get(name, ())[1:])
    if view != OWN_PART
]
KEEPS = {"criterion": "criteria", "country": "countries", "impact": "impacts", "guidance": "library", "case": "library"}
"""The parameter of questions that holds what the filters keep of a kind."""
OF_ALL = {"illustrative", "area_word"}
"""Questions that every page asks of what surrounds it."""
BESIDE: Mapping[str, set[str]] = {
    # What may be chosen for an exercise, whatever the filters keep.
    "present/tours": {"settings"},
    "data/publications": {"contents"},
}
"""Questions on pages without filters that name their parameters, though nothing of them narrows what is shown."""
NARROWED = {
    "overview", "country", "heatmap", "compare", "changes", "review", "risks", "guidance", "cases", "plan", "whatif",
}  # fmt: skip
"""The pages whose every view follows the countries, the principles and the risk areas."""


def _parameters(name: str) -> set[str]:
    """Return what a question depends on, with the questions that it asks itself."""
    if name not in folded():
        return set(parameter_names(name))
    own = folded()[name]
    return set(own.parameters).union(*(_parameters(beside) for beside in own.beside))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[object]]:
    """Collect the names of the questions that a page asks, each with the kinds that it is asked for."""
    found: dict[str, set[object]] = {}
    real = ask._answer

    def noted(published: Published, name: str, given: Mapping[str, ask.Value]) -> pa.Table:
        found.setdefault(name, set()).add(given.get("kind"))
        return real(published, name, given)

    monkeypatch.setattr(ask, "_answer", noted)
    return found


@pytest.mark.parametrize(("name", "part"), VIEWS)
def test_the_bar_has_the_filters_that_narrow_the_page_and_no_others(
    name: str, part: str, page: OpenPage, asked: dict[str, set[object]]
) -> None:
    query = {"operation": "gha-op", "earlier": "2024", "criterion": "CRBP-01.b", "subject": "gha-op,sen-op"}
    query["kind"] = "support"
    app = page(f"{name}/{part}" if part else name, query)
    nothing_failed(app)
    shown = re.findall(r'<div class="filter(?: many)?( folded)?"><details class="filter_(\w+)"', bar(app))
    obeyed = PAGES[name].filters(part)
    folded = [one for one in MORE if one not in PAGES[name].about]
    at_once = [one for one in obeyed if one not in folded]
    languages = ("", "lang")
    assert shown == [*(("", one) for one in at_once), languages, *((" folded", one) for one in obeyed if one in folded)]
    depends = set().union(*(_parameters(one) for one in asked.keys() - OF_ALL - BESIDE.get(f"{name}/{part}", set())))
    narrowing = {one.name for one in ALL_FILTERS if one.in_bar and any(KEEPS[of] in depends for of in one.keeps)}
    if not obeyed:
        assert not narrowing & {one.name for one in ALL_FILTERS}
        assert not [text for text in texts(app) if said("filter.country_all").search(text)]
    elif name in NARROWED:
        assert {"country", "principle", "risk_area"} <= narrowing
        assert set(obeyed) >= set(BOTH)
    of_kind = {one for one, kinds in asked.items() if "support" in kinds and "kind" in _parameters(one)}
    assert ("kind" in obeyed) == bool(of_kind), of_kind


def test_the_caption_of_a_country_names_the_one_that_is_shown(page: OpenPage) -> None:
    of_each = ({"operation": "tcd-op"}, "Chad"), ({"country": "GHA,SEN"}, "Ghana"), ({"operation": "HQ"}, "Head office")
    for query, shown in of_each:
        app = page("country", query)
        (caption,) = [text for text in texts(app) if "Round 2025 ·" in text]
        assert f"· {shown} ·" in caption
        assert not said("filter.country_all").search(caption)


def test_a_link_to_what_is_there_for_one_person_alone_has_the_bar_and_the_caption_of_what_opens(page: OpenPage) -> None:
    app = page("collect", {"part": OWN_PART})
    assert 'class="filter_country"' in bar(app)
    assert any("Round 2025 · " in text for text in texts(app))
