"""Do settings, exposures and an operation's risks say what was rated? Compared with a slow reading of the ratings."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from dashboard.loading.criterion_weights import asked_once
from dashboard.loading.frameworks import read_library
from dashboard.model.shared_lists import Impact
from dashboard.queries.ask import ask
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView

Row = dict[str, Any]
ROUND = "2025"
ALIKE = (
    "severity", "likelihood", "reading", "percent", "low", "high", "band_title", "n_answered", "n_applicable", "n_full",
    "n_part", "n_nil", "n_actions",
)  # fmt: skip
"""What both the list of risks and an operation's own page say about it."""
COUNTRIES = ((), ("GHA",), ("SEN", "COL"), ("GROUP",))


def read(name: str) -> list[Row]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def impacts() -> dict[str, Impact]:
    library = asked_once(read_library([ROOT / "frameworks"])[0])
    return {impact.impact: impact for impact in library.impacts.impacts}


@pytest.fixture(scope="module")
def services() -> dict[str, set[str]]:
    library = asked_once(read_library([ROOT / "frameworks"])[0])
    return {item.setting: set(item.services) for item in library.settings.settings}


def chosen(country: Iterable[str]) -> dict[str, Row]:
    """The selected operations that took part in the round, with the head office; one alone is called by its country."""
    kept = tuple(country)
    every, countries = read("operations"), {row["country"]: row["title"] for row in read("countries")}
    n_in = Counter(row["country"] for row in every)
    alone = {country: title for country, title in countries.items() if n_in[country] == 1}
    found = {
        row["operation"]: {**row, "title": alone.get(row["country"], row["title"])}
        for row in every
        if row["first_round"] <= ROUND
    }
    return {code: row for code, row in found.items() if not kept or (row["country"] or "GROUP") in kept}


def gravity(row: Row) -> tuple[int, int, int]:
    three = [int(row[name]) for name in ("scale", "scope", "irremediability")]
    return max(three), three[2], int(row["likelihood"])


def rated(name: str, country: Iterable[str]) -> dict[str, dict[str, Row]]:
    """By impact and operation, the selected ratings, including those that found nothing."""
    found: dict[str, dict[str, Row]] = {}
    for row in read(f"ratings/{name}"):
        if row["round"] == ROUND and row["operation"] in chosen(country):
            found.setdefault(row["impact"], {})[row["operation"]] = row
    return found


def told(view: View, name: str, **more: object) -> list[Row]:
    found: list[Row] = ask(view.published, name, view.parameters(**more)).to_pylist()
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("country", COUNTRIES)
def test_a_setting_is_present_where_one_of_its_services_is_offered(
    country: tuple[str, ...], view_of: MakeView, services: dict[str, set[str]]
) -> None:
    own = [row for row in chosen(country).values() if row["kind"] == "operation"]
    found = told(view_of(country=country, round=ROUND), "settings")
    assert [row["setting"] for row in found] == list(services)
    for row in found:
        asked = services[row["setting"]]
        titles = sorted(o["title"] for o in own if not asked or asked & set(o["services"].split(";")))
        assert (row["n_operations"], row["n_chosen"], row["operations"] or []) == (len(titles), len(own), titles)
        assert row["functions"]


@pytest.mark.thorough
@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("setting", ["retail_agents", "mobile_money", "content_vas"])
def test_the_risks_of_a_setting_are_those_rated_and_those_not(
    setting: str, country: tuple[str, ...], view_of: MakeView, impacts: dict[str, Impact], services: dict[str, set[str]]
) -> None:
    found = told(view_of(country=country, round=ROUND), "setting_risks", of_setting=setting)
    assert {row["impact"] for row in found} == {
        code for code, i in impacts.items() if i.setting == setting and i.polarity == "risk"
    }
    own = [row for row in chosen(country).values() if row["kind"] == "operation"]
    having = [o for o in own if not services[setting] or services[setting] & set(o["services"].split(";"))]
    given = rated("risks", country)
    for row in found:
        said = given.get(row["impact"], {})
        graded = {code: gravity(rating) for code, rating in said.items() if rating["found"] == "yes"}
        n_none = len(said) - len(graded)
        assert (row["n_rated"], row["n_none_found"], row["n_operations"]) == (len(graded), n_none, len(having))
        assert row["n_not_rated"] == len(having) - len(said)
        expected = "rated" if graded else "none_found" if said else "not_rated" if having else "absent"
        assert row["state"] == expected
        top = max(graded.values(), default=None)
        assert (row["severity"], row["likelihood"]) == ((top[0], top[2]) if top else (None, None))
        titles = {chosen(country)[code]["title"] for code, three in graded.items() if top and three[0] == top[0]}
        assert set(row["at_severity_in"] or []) == titles
        left = [
            (int(said[code]["residual_severity"]), int(said[code]["residual_likelihood"] or 0))
            for code in graded
            if said[code]["residual_severity"]
        ]
        assert (row["n_residual"] or 0, row["residual_severity"]) == (len(left), max(left)[0] if left else None)
    order = {row["impact"]: row["risk_order"] for row in told(view_of(country=country, round=ROUND), "risk_list")}
    places = [order.get(row["impact"], len(order) + 1) for row in found]
    assert places == sorted(places), "what nobody rated stands last"


@pytest.mark.thorough
@pytest.mark.parametrize("country", COUNTRIES)
def test_the_opportunities_of_a_setting_stand_by_need_and_name_the_risks_they_lessen(
    country: tuple[str, ...], view_of: MakeView, impacts: dict[str, Impact]
) -> None:
    view = view_of(country=country, round=ROUND)
    given = rated("opportunities", country)
    for setting in view.known.of("setting", ""):
        found = told(view, "setting_openings", of_setting=setting)
        assert {row["impact"] for row in found} == {
            code for code, i in impacts.items() if i.setting == setting and i.polarity == "opportunity"
        }
        order = []
        for row in found:
            yes = {
                code: tuple(int(r[name]) for name in ("need", "reach", "feasibility"))
                for code, r in given.get(row["impact"], {}).items()
                if r["found"] == "yes"
            }
            top = max(yes.values(), default=None)
            assert (row["need"], row["reach"], row["feasibility"]) == (top or (None, None, None))
            titles = {chosen(country)[code]["title"] for code, three in yes.items() if top and three[0] == top[0]}
            assert set(row["most_needed_in"] or []) == titles
            order.append(top or (0, 0, 0))
            touched = [impacts[code] for code in impacts[row["impact"]].touches]
            assert len(row["touches"] or []) == len(touched)
            for other in touched:
                (text,) = [text for text in row["touches"] if text.startswith(other.text.rstrip("."))]
                assert (text == other.text.rstrip(".")) == (other.setting == setting)
        assert order == sorted(order, reverse=True)


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014"])
@pytest.mark.parametrize("kind", ["respect", "support"])
def test_the_criteria_of_a_setting_apply_there_or_address_its_impacts(
    framework: str, kind: str, view_of: MakeView, impacts: dict[str, Impact]
) -> None:
    library = asked_once(read_library([ROOT / "frameworks"])[0])
    (standard,) = [f for f in library.frameworks if f.framework == framework]
    criteria = {c.criterion: c for area in standard.areas for c in area.criteria if c.kind == kind}
    view = view_of(framework=framework, kind=kind)
    parts = {row["criterion"]: row for row in told(view, "review_criteria")}
    assert set(criteria) <= set(parts)
    for setting in view.known.of("setting", ""):
        found = told(view, "setting_criteria", of_setting=setting)
        here = [i for i in impacts.values() if i.setting == setting]
        assert {row["criterion"] for row in found} == {
            code for code, c in criteria.items() if setting in c.settings or any(code in i.criteria for i in here)
        }
        for row in found:
            code = row["criterion"]
            assert row["applies"] == (setting in criteria[code].settings)
            for name, polarity in (("n_risks", "risk"), ("n_openings", "opportunity")):
                assert row[name] == sum(code in i.criteria for i in here if i.polarity == polarity)
        assert [row["critical"] for row in found] == sorted((row["critical"] for row in found), reverse=True)
        for critical in (True, False):
            share = [
                (row["n_full"] + row["n_part"] / 2) / n
                for row in found
                if row["critical"] == critical and (n := row["n_full"] + row["n_part"] + row["n_nil"])
            ]
            assert share == sorted(share), "least in place first"


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_area_stands_on_the_overview_where_its_first_risk_stands(
    country: tuple[str, ...], view_of: MakeView, impacts: dict[str, Impact]
) -> None:
    given = rated("risks", country)
    found = told(view_of(country=country, round=ROUND), "exposures")
    first: dict[str, Row] = {}
    for row in told(view_of(country=country, round=ROUND), "risk_list"):
        first.setdefault(row["risk_area"], row)
    assert [row["risk_area"] for row in found] == list(first)[:5]
    for row in found:
        impact = first[row["risk_area"]]["impact"]
        severities = [gravity(r)[0] for r in given[impact].values() if r["found"] == "yes"]
        assert row["severity"] == max(severities)
        assert row["most_severe"] == impacts[impact].text
        assert (row["n_rated"], row["n_at_severity"]) == (len(severities), severities.count(row["severity"]))


@pytest.mark.parametrize("more", [{"common": "yes"}, {"function": ("customer_care",)}, {"principle": ("COP14-A2",)}])
def test_cover_is_of_the_whole_standard_on_the_overview_and_in_the_list_of_risks(
    more: dict[str, object], view_of: MakeView
) -> None:
    chosen = {"framework": "cop-2014", "round": "2024", "country": ("TCD", "GHA", "COL")}
    whole, narrowed = view_of(**chosen), view_of(**chosen, **more)
    for name, key in (("exposures", "risk_area"), ("risk_list", "impact")):
        by_key = {row[key]: (row["percent"], row["n_answered"]) for row in told(whole, name, whole=True)}
        found = told(narrowed, name, whole=True)
        assert found
        assert all(by_key[row[key]] == (row["percent"], row["n_answered"]) for row in found), name


def of_operation(view: View, operation: Row) -> list[Row]:
    state = replace(view.state, country=(operation["country"],))
    return told(replace(view, state=state), "operation_risks", operation=operation["operation"])


@pytest.mark.thorough
@pytest.mark.parametrize("framework", ["crbp", "cop-2014", "cop-2020"])
def test_the_overview_and_the_country_page_agree(framework: str, view_of: MakeView) -> None:
    """If one operation is the whole selection: the same areas in the same order, as severe, as covered."""
    view = view_of(framework=framework, round=ROUND)
    for operation in told(view, "operations"):
        if operation["operation_kind"] != "operation":
            continue
        own = of_operation(view, operation)
        assert own
        best: dict[str, Row] = {}
        for row in own:
            best.setdefault(row["risk_area"], row)
        alone = replace(view, state=replace(view.state, country=(operation["country"],)))
        overview = told(alone, "exposures")
        assert [row["risk_area"] for row in overview] == list(best)[:5]
        assert all(row["severity"] == best[row["risk_area"]]["severity"] for row in overview)
        listed = {row["impact"]: row for row in told(alone, "risk_list", setting=())}
        assert set(listed) == {row["impact"] for row in own}
        for row in own:
            same = listed[row["impact"]]
            assert {name: row[name] for name in ALIKE} == {name: same[name] for name in ALIKE}, row["impact"]


def test_a_setting_in_the_bar_narrows_the_overview_and_the_country_page_as_it_narrows_the_list_of_risks(
    view_of: MakeView, impacts: dict[str, Impact]
) -> None:
    plain, narrowed = view_of(operation="gha-op"), view_of(operation="gha-op", setting=("office",))
    of_office = {code for code, impact in impacts.items() if impact.setting == "office"}
    for name in ("operation_risks", "risk_list"):
        everywhere, there = ({row["impact"] for row in told(view, name)} for view in (plain, narrowed))
        assert there == everywhere & of_office
        assert there < everywhere
    all_n, office_n = (sum(row["n_impacts"] for row in told(view, "operation_impacts")) for view in (plain, narrowed))
    assert office_n == len(of_office) < all_n
    areas = {impacts[row["impact"]].risk_area for row in told(narrowed, "risk_list")}
    assert {row["risk_area"] for row in told(narrowed, "exposures")} == areas


def test_the_page_of_a_setting_says_the_same_whatever_settings_the_bar_keeps(view_of: MakeView) -> None:
    for name in ("setting_risks", "setting_openings", "setting_criteria", "setting_advice"):
        plain, narrowed = (
            ask(view.published, name, view.of_setting("retail_agents")).to_pylist()
            for view in (view_of(), view_of(setting=("office",), step=("lead",), case_kind=("event",)))
        )
        assert plain == narrowed
        assert plain


@pytest.mark.thorough
def test_the_impacts_of_an_operation_are_counted_by_what_was_said(
    view_of: MakeView, impacts: dict[str, Impact]
) -> None:
    for operation in chosen(()):
        risks, chances = (rated(name, ()) for name in ("risks", "opportunities"))
        for row in told(view_of(round=ROUND, operation=operation), "operation_impacts"):
            given = risks if row["polarity"] == "risk" else chances
            said = [by[operation]["found"] for by in given.values() if operation in by]
            assert (row["n_rated"], row["n_none_found"]) == (said.count("yes"), said.count("none"))
            assert row["n_not_rated"] == row["n_impacts"] - len(said)
