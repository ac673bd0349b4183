"""Does a principle keep the risks and opportunities that its criteria address, on every page, and never their cover?

What a principle should keep is read from the library's files and from the areas of each standard, one risk at a time.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.queries.ask import ask, rows
from dashboard.queries.country_operation import OPERATION_RISKS
from dashboard.ui.view import View, chosen_in_words
from tests.conftest import MakeView, most

STANDARDS = ("crbp", "cop-2014", "cop-2020")
COVER = (
    "reading", "percent", "low", "high", "band_title", "n_severe_gaps", "n_gaps", "n_partly", "gap_operations",
    "gap_reasons",
)  # fmt: skip
OF_AREA = ("reading", "percent", "coverage", "n_answered", "n_applicable", "band_title")


@pytest.fixture(scope="module")
def principles_of(view_of: MakeView) -> dict[str, set[str]]:
    """By risk or opportunity: the areas, of whatever standard, in which a criterion that addresses it counts."""
    cursor = view_of().published.cursor()
    areas: dict[str, set[str]] = {}
    for criterion, area in cursor.sql(
        "SELECT k.criterion, a.area FROM criterion_area JOIN criterion AS k USING (criterion_no) "
        "JOIN area AS a ON a.area_no = criterion_area.area_no"
    ).fetchall():
        areas.setdefault(criterion, set()).add(area)
    found = cursor.sql("SELECT impact, criteria FROM impact").fetchall()
    return {impact: set().union(*(areas.get(code, set()) for code in criteria)) for impact, criteria in found}


def without(view: View, of: str = "risk_list") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(view.published, of, view.parameters(principle=(), whole=True)).to_pylist()
    return found


def kept(view: View, of: str = "risk_list") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(view.published, of, view.parameters(whole=True)).to_pylist()
    return found


@st.composite
def choices(draw: st.DrawFn) -> dict[str, object]:
    """A standard, some of its principles, and other filters; codes that do not fit are dropped by the view."""
    few = {
        "country": ("GHA", "SEN", "TCD", "COL", "BOL"),
        "risk_area": ("RA01", "RA04", "RA06", "RA09"),
        "setting": ("retail_agents", "hosting", "depots"),
    }
    others = {
        name: tuple(draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))) for name, codes in few.items()
    }
    framework = draw(st.sampled_from(STANDARDS))
    return {"framework": framework, "round": draw(st.sampled_from(("2024", "2025"))), **others}


@settings(max_examples=most(100), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_principle_keeps_what_its_criteria_address_and_leaves_cover_as_it_is(
    data: st.DataObject, view_of: MakeView, principles_of: dict[str, set[str]]
) -> None:
    chosen = data.draw(choices())
    codes = view_of(**chosen).known.of("principle", str(chosen["framework"]))
    chosen["principle"] = tuple(data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)))
    view = view_of(**chosen)
    wanted = set(view.state.principle)
    assert wanted

    before = without(view)
    should = [row for row in before if principles_of[row["impact"]] & wanted]
    after = kept(view)
    assert [row["impact"] for row in after] == [row["impact"] for row in should]
    assert [[row[name] for name in COVER] for row in after] == [[row[name] for name in COVER] for row in should]
    openings = [row["impact"] for row in without(view, "opportunity_list") if principles_of[row["impact"]] & wanted]
    assert [row["impact"] for row in kept(view, "opportunity_list")] == openings

    gaps = [row for row in should if row["n_severe_gaps"]]
    (counted,) = kept(view, "whatif_gaps")
    assert (counted["n"], counted["n_risks"]) == (sum(row["n_severe_gaps"] for row in gaps), len(gaps))
    of_area = {row["risk_area"]: [row[name] for name in OF_AREA] for row in without(view, "exposures")}
    shown = {row["risk_area"]: [row[name] for name in OF_AREA] for row in kept(view, "exposures")}
    assert shown == {area: of_area[area] for area in shown}
    assert set(shown) == {row["risk_area"] for row in should}


@pytest.mark.parametrize("framework", STANDARDS)
def test_a_country_keeps_the_same_risks(framework: str, view_of: MakeView, principles_of: dict[str, set[str]]) -> None:
    n = 0
    for principle in view_of(framework=framework).known.of("principle", framework):
        view = view_of(framework=framework, principle=(principle,), operation="gha-op")
        every = rows(view.published, OPERATION_RISKS, view.parameters(principle=(), operation="gha-op"))
        some = rows(view.published, OPERATION_RISKS, view.parameters(operation="gha-op"))
        assert some == [row for row in every if principle in principles_of[row["impact"]]]
        n += len(some)
    assert n


def test_the_choice_says_how_many_risks_no_principle_can_keep(
    view_of: MakeView, principles_of: dict[str, set[str]]
) -> None:
    n = 0
    for framework in STANDARDS:
        codes = view_of().known.of("principle", framework)
        view = view_of(framework=framework, principle=codes[:1])
        outside = sum(not principles_of[row["impact"]] & set(codes) for row in without(view))
        named = view.option_title("framework", framework, "")
        said = view.area_word().none_of(view.words, outside, named)
        assert (said in chosen_in_words(replace(view, page="risks"))) == (outside > 0)
        heatmap = replace(view, page="heatmap")
        assert said not in chosen_in_words(heatmap)
        as_map = replace(heatmap, state=replace(view.state, show_as="map"))
        assert (said in chosen_in_words(as_map)) == (outside > 0)
        n += outside
    assert n
