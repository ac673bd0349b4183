"""Does a scenario come back from a link unchanged, and is nothing else taken for a scenario?"""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.pages import place_in, place_of
from dashboard.model.plan import (
    LONGEST_SCENARIO_NAME,
    MOST_ASSUMPTIONS,
    Assumption,
    Scenario,
    codes_of,
    is_name,
    scenario_name,
    scenario_of,
)
from dashboard.model.problem import Problem
from dashboard.model.view_state import ViewState, from_query, normalised, to_query
from tests.model.test_view_state import KNOWN

NAMES = st.text(min_size=1, max_size=60).map(scenario_name).filter(bool)
ASSUMED = st.sampled_from(
    (
        Assumption("all", "crbp-p01", "implemented"),
        Assumption("GHA", "CRBP-01.a", "partly"),
        Assumption("gha-op", "CRBP-01.b", "implemented"),
        Assumption("all", "planned", "2026-06-30"),
    )
)
SCENARIOS = st.builds(
    Scenario, NAMES, st.sampled_from(("2024", "2025")), st.lists(ASSUMED, max_size=4, unique=True).map(tuple)
)


@given(SCENARIOS)
def test_a_scenario_comes_back_from_a_link_and_from_a_place(scenario: Scenario) -> None:
    state = normalised(ViewState(imagined=codes_of(scenario)), KNOWN)
    assert scenario_of(state.imagined) == scenario
    query = to_query(state)
    assert from_query(query, KNOWN) == (state, ())
    assert place_in(place_of("plan", query)) == ("plan", query)
    assert quote(query["imagined"], safe=",~") == query["imagined"], "nothing of it needs to be written otherwise"


@given(st.text(max_size=80))
def test_a_name_is_one_line_that_can_be_seen(text: str) -> None:
    name = scenario_name(text)
    assert len(name) <= LONGEST_SCENARIO_NAME
    assert name == name.strip()
    assert name.isprintable()
    assert scenario_name(name) == name
    assert is_name(codes_of(Scenario(name, "2025"))[0]) == bool(name)


def asked(*codes: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    state, problems = from_query({"imagined": ",".join(codes)}, KNOWN)
    return state.imagined, problems


@pytest.mark.parametrize(
    "wrong",
    [
        "nowhere~crbp-p01~implemented",
        "gha-op~CRBP-99.z~implemented",
        "gha-op~CRBP-01.a~yes",
        "tcd-op~CRBP-01.a~partly",
        "all~planned~soon",
        "all~planned~20260630",
        "all~planned~2026-02-30",
        "nowhere~planned~2026-06-30",
        "in~1999",
        "called~",
        "called~_0a",
        "called~%41",
        "crbp-p01",
        "a~b~c~d",
    ],
)
def test_what_is_wrong_in_a_link_is_reported_and_the_rest_is_kept(wrong: str) -> None:
    right = ("called~A", "in~2025", "GHA~CRBP-01.a~partly")
    found, problems = asked(*right[:2], wrong, right[2])
    assert found == right
    assert [(problem.kind, problem.column, problem.value) for problem in problems] == [
        ("unknown_code", "imagined", wrong)
    ]


def test_a_former_name_in_a_link_leads_to_the_present_one() -> None:
    assert asked("in~2025", "GHA~CRBP-1.a~partly", "all~P-1~implemented") == (
        ("in~2025", "GHA~CRBP-01.a~partly", "all~crbp-p01~implemented"),
        (),
    )


def test_of_too_many_assumptions_the_first_are_kept_and_the_others_told() -> None:
    days = [f"all~planned~20{year:02}-01-01" for year in range(MOST_ASSUMPTIONS + 2)]
    found, problems = asked("in~2025", *days)
    assert found == ("in~2025", *days[:MOST_ASSUMPTIONS])
    assert [(problem.kind, problem.value) for problem in problems] == [
        ("too_much_assumed", days[MOST_ASSUMPTIONS]),
        ("too_much_assumed", days[MOST_ASSUMPTIONS + 1]),
    ]


def test_without_a_round_there_is_no_scenario() -> None:
    assert scenario_of(("called~A", "GHA~CRBP-01.a~partly")) is None
    assert scenario_of(()) is None
    assert scenario_of(("in~2025",)) == Scenario("", "2025")
