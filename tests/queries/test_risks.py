"""Are risks and opportunities listed, mapped and doubted as their ratings say? Compared with slow plain Python."""

from fractions import Fraction
from typing import Any

import pytest

from dashboard.charts.risk_map import placed
from dashboard.figures.gaps import GAPS
from dashboard.queries.ask import ask
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView
from tests.figures.slow_gaps import Files

Row = dict[str, Any]
CHOICES: dict[str, dict[str, Any]] = {
    "everything": {},
    "one country": {"country": ("BOL",)},
    "two countries and a right": {"country": ("GHA", "COL"), "right": ("privacy",)},
    "a risk area and settings": {"risk_area": ("RA06",), "setting": ("retail_agents", "field_network")},
    "another framework": {"framework": "cop-2020", "round": "2024"},
}
each_choice = pytest.mark.parametrize("choice", CHOICES)
EDGES = (0, 25, 51, 88)
"""Where the bands of each standard begin."""


def table(view: View, name: str) -> list[Row]:
    """Every row of a table of the publication."""
    found: list[Row] = view.published.cursor().sql(f'FROM "{name}"').to_arrow_table().to_pylist()
    return found


def kept_countries(view: View) -> list[str]:
    kept = view.parameters()["countries"]
    assert isinstance(kept, tuple)
    return list(kept)


def told(view: View, name: str, **more: object) -> list[Row]:
    found: list[Row] = ask(view.published, name, view.parameters(**more)).to_pylist()
    return found


def chosen(view: View, name: str) -> list[Row]:
    """The rows of `exposure` or `opening` that the filters keep."""
    state = view.state
    return [
        row
        for row in table(view, name)
        if row["round"] == state.round
        and (not state.country or row["country"] in state.country)
        and (not state.risk_area or row["risk_area"] in state.risk_area)
        and (not state.right or set(row["rights"]) & set(state.right))
        and (not state.setting or row["setting"] in state.setting)
    ]


def gravity(row: Row) -> tuple[float, float, float]:
    severity = max(row["scale"], row["scope"], row["irremediability"])
    return severity, row["irremediability"], row["likelihood"]


@pytest.mark.thorough
@each_choice
def test_each_risk_has_the_grades_of_its_most_severe_rating_and_the_cover_of_its_criteria(
    choice: str, view_of: MakeView
) -> None:
    view = view_of(**CHOICES[choice])
    by_impact: dict[str, list[Row]] = {}
    for row in chosen(view, "exposure"):
        by_impact.setdefault(row["impact"], []).append(row)
    criteria = {row["impact"]: row["criteria"] for row in table(view, "impact_card")}
    listed = told(view, "risk_list")
    assert {row["impact"] for row in listed} == by_impact.keys()
    for row in listed:
        ratings = by_impact[row["impact"]]
        most_severe = max(gravity(rating) for rating in ratings)
        assert (row["severity"], row["likelihood"]) == (most_severe[0], most_severe[2])
        assert row["irremediability"] == max(r["irremediability"] for r in ratings if r["severity"] == row["severity"])
        assert (row["n_rated"], row["n_at_severity"]) == (
            len(ratings),
            sum(gravity(rating)[0] == most_severe[0] for rating in ratings),
        )
        own = view_of(**{**CHOICES[choice], "risk_area": (), "right": (), "setting": ()})
        cover = told(own, "number", within=tuple(criteria[row["impact"]]))
        assert row["percent"] == (cover[0]["mean_of_all"] if cover else None)
        assert (row["reading"] == "not_covered") == (not cover)


@each_choice
def test_risks_stand_in_their_order_and_no_grade_is_multiplied(choice: str, view_of: MakeView) -> None:
    view = view_of(**CHOICES[choice])
    listed, files = told(view, "risk_list"), Files(ROOT / "data", ROOT / "frameworks")
    judged, severity = files.judged(view.state.round), files.severity(view.state.round)
    home = {code: row["country"] or "GROUP" for code, row in files.operations.items()}
    worst: dict[str, int] = {}
    for row in files.ratings:
        pair = (row["operation"], row["impact"])
        if row["round"] != view.state.round or severity.get(pair) != 4 or judged[pair] not in GAPS:
            continue
        if home[row["operation"]] in kept_countries(view):
            worst[row["impact"]] = max(worst.get(row["impact"], 0), int(row["irremediability"]))
    keys = [
        (
            0,
            -worst[row["impact"]],
            -Fraction(row["n_severe_gaps"], row["n_rated"]),
            -row["n_severe_gaps"],
            0,
            row["impact"],
        )
        if row["n_severe_gaps"]
        else (
            1,
            -row["severity"],
            -row["irremediability"],
            -Fraction(row["n_at_severity"], row["n_rated"]),
            -1 if row["percent"] is None else sum(row["percent"] >= edge for edge in EDGES),
            -row["likelihood"],
            row["impact"],
        )
        for row in listed
    ]
    assert keys == sorted(keys)
    assert [row["risk_order"] for row in listed] == list(range(1, len(listed) + 1))


@each_choice
def test_gaps_are_those_of_the_operations_that_rated_the_risk(choice: str, view_of: MakeView) -> None:
    view = view_of(**CHOICES[choice])
    files = Files(ROOT / "data", ROOT / "frameworks")
    judged, severity = files.judged(view.state.round), files.severity(view.state.round)
    countries = kept_countries(view)
    home = {code: row["country"] or "GROUP" for code, row in files.operations.items()}
    for row in told(view, "risk_list"):
        own = [(who, what) for who, what in judged if what == row["impact"] and home[who] in countries]
        gaps = [pair for pair in own if severity[pair] >= 3 and judged[pair] in GAPS]
        severe = [pair for pair in gaps if severity[pair] == 4]
        assert (row["n_gaps"], row["n_severe_gaps"]) == (len(gaps), len(severe))
        assert set(row["gap_countries"]) == {home[who] for who, _ in severe}
        assert set(row["rated_countries"]) == {home[who] for who, _ in own}
        assert sorted(row["gap_reasons"]) == sorted(judged[pair] for pair in gaps)
        assert len(row["gap_operations"]) == len(gaps)
        assert row["n_partly"] == sum(severity[pair] == 4 and judged[pair] == "partly" for pair in own)


def test_a_rare_catastrophe_ranks_above_a_frequent_nuisance(view_of: MakeView) -> None:
    view = view_of()
    rated = chosen(view, "exposure")
    rare = next(row for row in rated if gravity(row)[0] == 4 and row["likelihood"] == 1)
    mild = next(row for row in rated if gravity(row)[0] == 1 and row["likelihood"] == 4)
    assert gravity(rare)[0] * rare["likelihood"] == gravity(mild)[0] * mild["likelihood"]
    order = [row["impact"] for row in told(view_of(country=(rare["country"],)), "risk_list")]
    other = told(view_of(country=(mild["country"],)), "risk_list")
    assert order.index(rare["impact"]) < len(order) / 2
    assert other[-1]["severity"] == 1


@each_choice
def test_each_cell_of_the_map_holds_the_most_severe_and_says_what_its_emptiness_means(
    choice: str, view_of: MakeView
) -> None:
    view = view_of(**{**CHOICES[choice], "setting": ()})
    state = view.state
    grades: dict[tuple[str, str, str], int] = {}
    for polarity, name, key in (("risk", "exposure", "severity"), ("opportunity", "opening", "need")):
        for row in chosen(view, name):
            cell = (row["setting"], row["risk_area"], polarity)
            grades[cell] = max(grades.get(cell, 0), row[key])
    states: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for row in table(view, "impact_state"):
        if (
            row["round"] == state.round
            and (not state.country or row["country"] in state.country)
            and (not state.right or set(row["rights"]) & set(state.right))
        ):
            cell = (row["setting"], row["risk_area"], row["polarity"])
            states.setdefault(cell, {}).setdefault(row["impact"], set()).add(row["state"])
    cells = told(view, "risk_map")
    assert cells
    for row in cells:
        cell = (row["setting"], row["risk_area"], row["polarity"])
        assert row["grade"] == grades.get(cell)
        own = states.get(cell, {})
        assert row["n_rated"] == sum("rated" in said for said in own.values())
        if row["grade"] is not None:
            assert row["state"] == "rated"
        elif not own:
            assert row["state"] == "absent"
        else:
            nowhere = len(own) == row["n_impacts"] and all("none_found" in said for said in own.values())
            assert row["state"] == ("none_found" if nowhere else "not_rated")


def test_the_map_of_the_sample_has_every_kind_of_cell(view_of: MakeView) -> None:
    found = {row["state"] for row in told(view_of(country=("BOL",)), "risk_map")}
    assert found == {"rated", "none_found", "not_rated", "absent"}


@pytest.mark.parametrize("operation", ["tcd-op", "gtm-op", "col-op"])
@pytest.mark.parametrize("picture", ["inherent", "left"])
def test_every_point_of_the_picture_stands_in_the_cell_of_its_grades(
    operation: str, picture: str, view_of: MakeView
) -> None:
    view = view_of(operation=operation)
    rated = {row["impact"]: row for row in chosen(view, "exposure") if row["operation"] == operation}
    table = ask(view.published, "risk_picture", view.parameters(picture=picture))
    points = placed(table, "at_likelihood", "at_severity").to_pylist()
    assert {row["impact"] for row in points} == rated.keys()
    for row in points:
        source = rated[row["impact"]]
        severity, likelihood = gravity(source)[0], source["likelihood"]
        if picture == "left" and source["residual_severity"] is not None:
            severity, likelihood = source["residual_severity"], source["residual_likelihood"]
        assert (round(row["x"]), round(row["y"])) == (likelihood, severity)
    assert len({(row["x"], row["y"]) for row in points}) == len(points)


def test_a_lowered_risk_is_explained_by_the_answers_that_are_in_place(view_of: MakeView) -> None:
    view = view_of(operation="tcd-op")
    rated = {row["impact"]: row for row in chosen(view, "exposure") if row["operation"] == "tcd-op"}
    criteria = {row["impact"]: row["criteria"] for row in table(view, "impact_card")}
    lowered = {
        code
        for code, row in rated.items()
        if row["residual_severity"] is not None
        and (row["residual_severity"] < gravity(row)[0] or row["residual_likelihood"] < row["likelihood"])
    }
    found = told(view, "risk_lowered")
    assert {row["impact"] for row in found} <= lowered
    assert lowered
    for row in found:
        assert row["criterion"] in criteria[row["impact"]]
    doubtful = {
        row["impact"] for row in told(view_of(country=("TCD",)), "risk_checks") if row["doubt"] == "lowered_by_nothing"
    }
    assert doubtful == {
        code for code in lowered if not any((row["value"] or 0) > 0 for row in found if row["impact"] == code)
    }
    assert doubtful, "the sample holds one on purpose"


def test_each_doubt_is_one(view_of: MakeView) -> None:
    view = view_of()
    found = told(view, "risk_checks")
    by_doubt: dict[str, set[tuple[str, str]]] = {}
    for row in found:
        by_doubt.setdefault(row["doubt"], set()).add((row["operation"], row["impact"]))
    rated = {(row["operation"], row["impact"]): row for row in chosen(view, "exposure")}
    above = {
        key
        for key, row in rated.items()
        if row["residual_severity"] is not None
        and (row["residual_severity"] > gravity(row)[0] or row["residual_likelihood"] > row["likelihood"])
    }
    assert by_doubt["residual_above"] == above
    assert above
    assert "without_basis" not in by_doubt
    cards = {row["impact"]: row for row in table(view, "impact_card")}
    operations = {row["operation_no"]: row["operation"] for row in table(view, "operation")}
    acted = {
        (operations[row["operation_no"]], code)
        for row in table(view, "action")
        if row["status"] in ("open", "in_progress", "blocked")
        for code, card in cards.items()
        if row["impact"] == code or row["criterion"] in card["criteria"]
    }
    assert by_doubt["without_action"] == {key for key, row in rated.items() if gravity(row)[0] == 4} - acted


@each_choice
def test_opportunities_are_ordered_by_need_then_reach_then_feasibility_of_one_rating(
    choice: str, view_of: MakeView
) -> None:
    view = view_of(**CHOICES[choice])
    best: dict[str, tuple[int, int, int]] = {}
    for row in chosen(view, "opening"):
        key = (row["need"], row["reach"], row["feasibility"])
        best[row["impact"]] = max(best.get(row["impact"], (0, 0, 0)), key)
    listed = told(view, "opportunity_list")
    assert {row["impact"]: (row["need"], row["reach"], row["feasibility"]) for row in listed} == best
    keys = [(row["need"], row["reach"], row["feasibility"]) for row in listed]
    assert keys == sorted(keys, reverse=True)


def test_each_right_counts_the_risks_and_opportunities_that_touch_it(view_of: MakeView) -> None:
    view = view_of(country=("GHA", "TZA"))
    risks, openings = told(view, "risk_list"), told(view, "opportunity_list")
    touched = {row["impact"]: set(row["rights"]) for row in table(view, "impact_card")}
    for row in told(view, "risk_rights"):
        own = [risk for risk in risks if row["theme"] in touched[risk["impact"]]]
        assert (row["n_risks"], row["n_severe"]) == (len(own), sum(risk["severity"] == 4 for risk in own))
        assert row["severity"] == max((risk["severity"] for risk in own), default=None)
        gaps = [risk["n_severe_gaps"] for risk in own if risk["n_severe_gaps"]]
        assert (row["n_gap_risks"], row["n_severe_gaps"]) == (len(gaps), sum(gaps))
        assert row["n_openings"] == sum(row["theme"] in touched[opening["impact"]] for opening in openings)


def test_protecting_and_over_blocking_are_reported_where_both_appear(view_of: MakeView) -> None:
    found = told(view_of(), "risk_tensions")
    blocking = [row for row in found if "CRBP-05.c" in row["criteria"]]
    assert blocking
    assert told(view_of(country=("GROUP",)), "risk_tensions") == []


def test_an_operation_has_the_risks_it_rated_whatever_countries_the_bar_keeps(view_of: MakeView) -> None:
    everywhere, elsewhere = view_of(operation="gha-op"), view_of(operation="gha-op", country=("BOL",))
    rated = {row["impact"] for row in chosen(everywhere, "exposure") if row["operation"] == "gha-op"}
    found = told(elsewhere, "operation_risks")
    assert rated
    assert {row["impact"] for row in found} == rated
    assert found == told(everywhere, "operation_risks")
