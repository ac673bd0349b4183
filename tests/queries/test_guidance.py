"""Does guidance appear by its rule and for the reason it gives? Compared with slow plain Python."""

from collections import defaultdict
from random import Random
from typing import Any

import pytest

from dashboard.model.view_state import to_query
from dashboard.queries.ask import rows
from dashboard.queries.guidance_library import GUIDANCE_CRITERIA, GUIDANCE_FOR_YOU, GUIDANCE_LIST, GUIDANCE_STAND
from dashboard.queries.standards_document import STANDARD
from dashboard.ui.elements.gap_links import CRITERION_LIBRARY
from dashboard.ui.guidance_items import GUIDANCE_CASES
from dashboard.ui.view import View
from tests.conftest import MakeView

Row = dict[str, Any]
EFFORT = {"start": 1, "build": 2, "lead": 3}


def _table(view: View, sql: str) -> list[Row]:
    found: list[Row] = view.published.cursor().sql(sql).to_arrow_table().to_pylist()
    return found


def _answers(view: View) -> dict[str, list[float]]:
    """The values of every answer within the filters, by criterion."""
    state = view.state
    links = defaultdict(set)
    for link in _table(view, "SELECT criterion, target FROM criterion_link JOIN criterion USING (criterion_no)"):
        links[link["criterion"]].add(link["target"])
    found: dict[str, list[float]] = defaultdict(list)
    for row in _table(
        view,
        "SELECT round, country, framework, area, criterion, value FROM answer JOIN scale USING (status_no) "
        "JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN country USING (country_no) "
        "JOIN criterion USING (criterion_no) JOIN area USING (area_no) "
        "JOIN framework ON framework.framework_no = criterion.framework_no WHERE counts_as = 'answered'",
    ):
        if (
            (row["framework"], row["round"]) == (state.framework, state.round)
            and (not state.country or row["country"] in state.country)
            and (not state.principle or row["area"] in state.principle)
            and (not state.risk_area or links[row["criterion"]] & set(state.risk_area))
            and (not state.right or links[row["criterion"]] & set(state.right))
        ):
            found[row["criterion"]].append(row["value"])
    return found


def _silent(view: View) -> dict[str, int]:
    """How often each critical criterion within the filters failed when last answered and has no answer now."""
    order = [row["round"] for row in _table(view, "SELECT round FROM round ORDER BY starts_on")]
    told: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in _table(
        view,
        "SELECT round, operation, country, criterion, counts_as, value FROM answer JOIN scale USING (status_no) "
        "JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN country USING (country_no) "
        "JOIN criterion USING (criterion_no) WHERE critical",
    ):
        if not view.state.country or row["country"] in view.state.country:
            told[row["criterion"], row["operation"]][row["round"]] = row
    found: dict[str, int] = defaultdict(int)
    kept = view.parameters()["criteria"]
    for (criterion, _), rounds in told.items():
        past = [rounds[one] for one in order[: order.index(view.state.round) + 1] if one in rounds]
        answered = [row for row in past if row["counts_as"] == "answered"]
        if view.state.round in rounds and answered and rounds[view.state.round] is not answered[-1]:
            found[criterion] += answered[-1]["value"] == 0 and criterion in kept  # type: ignore[operator]
    cards = _table(view, "SELECT framework, criterion FROM criterion_card")
    own = {row["criterion"] for row in cards if row["framework"] == view.state.framework}
    return {code: n for code, n in found.items() if n and code in own}


def _most_severe(view: View) -> dict[str, tuple[int, set[str]]]:
    """The highest severity of each risk rated within the filters, and the countries that gave it."""
    state = view.state
    found: dict[str, tuple[int, set[str]]] = {}
    for row in _table(
        view,
        "SELECT round, country, country.title AS where_, impact, i.risk_area, rights, "
        "greatest(scale, scope, irremediability) AS severity "
        "FROM risk_rating JOIN round USING (round_no) JOIN operation USING (operation_no) "
        "JOIN country USING (country_no) JOIN impact_card AS i USING (impact) WHERE found",
    ):
        if (
            row["round"] == state.round
            and (not state.country or row["country"] in state.country)
            and (not state.risk_area or row["risk_area"] in state.risk_area)
            and (not state.right or set(row["rights"]) & set(state.right))
        ):
            severity, places = found.get(row["impact"], (0, set()))
            if row["severity"] >= severity:
                kept = places if row["severity"] == severity else set()
                found[row["impact"]] = (row["severity"], kept | {row["where_"]})
    return found


def _ranked(view: View) -> list[tuple[str, str, bool, int, float]]:
    """Each item, its reason, and what ranks it, best first."""
    answers, most_severe, silent = _answers(view), _most_severe(view), _silent(view)
    critical = {row["criterion"] for row in _table(view, "SELECT criterion FROM criterion WHERE critical")}
    bears = defaultdict(list)
    for row in _table(view, "SELECT impact, unnest(criteria) AS criterion FROM impact"):
        bears[row["criterion"]].append(row["impact"])
    ranked = []
    for item in _table(view, "SELECT guidance, step, criteria, position FROM guidance"):
        reasons = []
        for place, criterion in enumerate(item["criteria"]):
            values = answers.get(criterion, [])
            missing = sum(1 if value == 0 else 0.5 if value < 1 else 0 for value in values)
            if missing or criterion in silent:
                failed = criterion in critical and (0 in values or criterion in silent)
                severity = max(
                    (most_severe[impact][0] for impact in bears[criterion] if impact in most_severe), default=0
                )
                reasons.append((not failed, -severity, -missing, place, criterion))
        if reasons:
            kept, worst, least, place, criterion = min(reasons)
            key = (kept, worst, least, EFFORT[item["step"]], place, item["position"])
            ranked.append((key, (item["guidance"], criterion, not kept, -worst, -least)))
    return [found for _, found in sorted(ranked)]


def test_the_order_and_the_reasons_are_those_of_the_rule(view_of: MakeView) -> None:
    draw, known, seen = Random(11), view_of().known, 0
    for _ in range(25):
        framework = draw.choice(known.frameworks())
        view = view_of(
            framework=framework,
            round=draw.choice(known.of("round", framework)),
            country=tuple(draw.sample(known.of("country", framework), draw.choice((0, 1, 3)))),
            principle=tuple(draw.sample(known.of("principle", framework), draw.choice((0, 0, 2)))),
            risk_area=tuple(draw.sample(known.of("risk_area", framework), draw.choice((0, 0, 2)))),
            right=tuple(draw.sample(known.of("right", framework), draw.choice((0, 0, 3)))),
        )
        seen += _holds(view)
    assert seen > 200


def test_what_failed_and_fell_silent_is_a_reason_even_where_nothing_else_is_answered(view_of: MakeView) -> None:
    view = view_of(country=("COD",), principle=("CRBP-08",))
    assert _silent(view).keys() == {"CRBP-08.a"}
    assert "CRBP-08.a" not in _answers(view)
    assert _holds(view) > 0


def _holds(view: View) -> int:
    found = rows(view.published, GUIDANCE_FOR_YOU, view.parameters())
    told = [
        (row["guidance"], row["criterion"], row["critical_failed"], row["severity"], row["missing"]) for row in found
    ]
    assert told == _ranked(view), to_query(view.state)
    return len(found)


@pytest.mark.parametrize("country", [(), ("TCD",), ("GROUP",)])
def test_what_a_reason_tells_is_what_was_answered_and_rated(country: tuple[str, ...], view_of: MakeView) -> None:
    view = view_of(country=country)
    answers, most_severe, silent = _answers(view), _most_severe(view), _silent(view)
    bears = {row["impact"]: row["criteria"] for row in _table(view, "SELECT impact, criteria FROM impact")}
    found = rows(view.published, GUIDANCE_FOR_YOU, view.parameters())
    assert found
    for row in found:
        values = answers[row["criterion"]]
        assert row["n_answered"] == len(values)
        assert row["n_nil"] == values.count(0)
        assert row["n_part"] == sum(0 < value < 1 for value in values)
        assert row["n_failed_before"] == silent.get(row["criterion"], 0)
        if row["impact"] and row["countries"]:
            assert row["criterion"] in bears[row["impact"]]
            assert (row["severity"], set(row["countries"])) == most_severe[row["impact"]]
        else:
            assert row["severity"] == 0
            assert not any(row["criterion"] in bears[impact] for impact in most_severe)


def test_the_cards_can_take_one_item_a_criterion(view_of: MakeView) -> None:
    view = view_of()
    found = rows(view.published, GUIDANCE_FOR_YOU, view.parameters())
    first = [row["criterion"] for row in found if row["turn"] == 1]
    assert len(first) == len(set(first)) == len({row["criterion"] for row in found})


def test_the_headline_counts_criteria_by_their_answers(view_of: MakeView) -> None:
    for chosen in ({}, {"country": ("GHA",)}, {"country": ("COD",)}, {"framework": "cop-2020", "kind": "support"}):
        view = view_of(**chosen)
        answers = _answers(view)
        (stand,) = rows(view.published, GUIDANCE_STAND, view.parameters())
        assert stand["n_criteria"] == len(answers)
        weak = {code for code, values in answers.items() if min(values) < 1}
        assert (stand["n_weak"], stand["n_only_before"]) == (len(weak), len(_silent(view).keys() - weak))


@pytest.mark.parametrize(
    "chosen",
    [
        {"function": ("procurement", "security")},
        {"setting": ("retail_agents",)},
        {"step": ("lead",)},
        {"principle": ("CRBP-02",)},
        {"risk_area": ("RA10",)},
        {"right": ("privacy",)},
        {
            "function": ("procurement", "security"),
            "step": ("start",),
            "principle": ("CRBP-02",),
            "risk_area": ("RA06",),
        },
    ],
)
def test_browsing_keeps_what_the_filters_keep(chosen: dict[str, tuple[str, ...]], view_of: MakeView) -> None:
    view = view_of(**chosen)
    links = defaultdict(set)
    for link in _table(
        view,
        "SELECT criterion, target FROM criterion_link JOIN criterion USING (criterion_no) "
        "UNION ALL SELECT criterion, area FROM criterion JOIN area USING (area_no)",
    ):
        links[link["criterion"]].add(link["target"])
    expected = []
    for item in _table(view, "FROM guidance ORDER BY position"):
        criteria = set().union(*(links[criterion] for criterion in item["criteria"]))
        held = {
            "function": set(item["functions"]),
            "setting": set(item["settings"]),
            "step": {item["step"]},
            "risk_area": set(item["risk_areas"]),
            "principle": criteria,
            "right": criteria,
        }
        if all(held[name] & set(codes) for name, codes in chosen.items()):
            expected.append(item["guidance"])
    found = [row["guidance"] for row in rows(view.published, GUIDANCE_LIST, view.parameters())]
    assert found == expected
    assert found


def test_the_answers_beside_a_criterion_are_those_of_the_standard(view_of: MakeView) -> None:
    view = view_of(framework="cop-2020", country=("COL", "GHA"), guidance="G-abuse-clause-resellers")
    for row in rows(view.published, GUIDANCE_CRITERIA, view.parameters()):
        there = view_of(framework=row["framework"], country=("COL", "GHA"))
        if row["other_round"]:
            continue
        (same,) = [
            one for one in rows(there.published, STANDARD, there.parameters()) if one["criterion"] == row["criterion"]
        ]
        for name in ("n_asked", "n_full", "n_part", "n_nil", "n_unanswered"):
            assert row[name] == (same[name] or 0)


def test_cases_that_share_criteria_come_before_those_that_share_a_risk_area(view_of: MakeView) -> None:
    for guidance in view_of().known.of("guidance", ""):
        view = view_of(guidance=guidance)
        shared = [len(row["shared"]) for row in rows(view.published, GUIDANCE_CASES, view.parameters())]
        assert shared == sorted(shared, reverse=True)


def test_a_criterion_names_its_guidance_and_cases_the_fittest_first(view_of: MakeView) -> None:
    view = view_of(criterion="CRBP-02.a")
    found = rows(view.published, CRITERION_LIBRARY, view.parameters())
    expected = {
        "guidance": {row["guidance"] for row in _table(view, "FROM guidance") if "CRBP-02.a" in row["criteria"]},
        "case": {row["case_study"] for row in _table(view, "FROM case_study") if "CRBP-02.a" in row["criteria"]},
    }
    for what, ids in expected.items():
        own = [row for row in found if row["what"] == what]
        assert {row["id"] for row in own} == ids
        assert [row["place"] for row in own] == sorted(row["place"] for row in own)
