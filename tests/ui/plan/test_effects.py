"""Do expected and measured gains match slow plain Python, and does the page say what is not measured?"""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.view_state import ViewState, normalised
from dashboard.model.words import Words
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.ui.elements.sentences import signed
from dashboard.ui.plan.effects import MEAN, SIDES, Gains, drawn, finding, found_gains
from dashboard.ui.view import View
from tests.conftest import TODAY, WRITER, MakeView, said
from tests.queries.toys import toys
from tests.ui.conftest import OpenPage, cells, nothing_failed, tables, tells
from tests.ui.conftest import finding as opening

Row = dict[str, Any]
Answers = dict[tuple[str, str], tuple[str, Fraction | None]]
CHOICES: dict[str, dict[str, Any]] = {
    "2023": {"round": "2023"},
    "2024": {"round": "2024"},
    "2025": {"round": "2025"},
    "support": {"round": "2024", "kind": "support"},
    "another framework": {"framework": "cop-2014", "round": "2023"},
    "cop-2020": {"framework": "cop-2020", "round": "2024", "kind": "support"},
    "two countries": {"round": "2024", "country": ("RWA", "TZA")},
    "one country": {"round": "2024", "country": ("GTM",)},
    "two principles": {"round": "2024", "principle": ("CRBP-03", "CRBP-05")},
    "a risk area": {"round": "2023", "risk_area": ("RA06",)},
    "the head office": {"round": "2024", "framework": "cop-2014", "country": ("GROUP",)},
}
each_choice = pytest.mark.parametrize("choice", CHOICES)
COUNTS = ("open", "in_progress", "done")


def table(view: View, sql: str, *given: object) -> list[Row]:
    found: list[Row] = view.published.cursor().execute(sql, list(given)).to_arrow_table().to_pylist()
    return found


def answered(view: View, round_: str) -> Answers:
    """Return every operation's answers in a round: how each counts, and its value."""
    rows = table(
        view,
        "SELECT operation, criterion, counts_as, value FROM answer JOIN round USING (round_no) "
        "JOIN operation USING (operation_no) JOIN criterion USING (criterion_no) JOIN scale USING (status_no) "
        "WHERE round = ?",
        round_,
    )
    return {
        (r["operation"], r["criterion"]): (r["counts_as"], None if r["value"] is None else Fraction(str(r["value"])))
        for r in rows
    }


def kept_criteria(view: View) -> dict[str, Row]:
    """Return the criteria that the filters keep, by id."""
    s = view.state
    return {
        card["criterion"]: card
        for card in table(view, "SELECT * FROM criterion_card WHERE framework = ? AND kind = ?", s.framework, s.kind)
        if (not s.principle or card["area"] in s.principle)
        and (not s.risk_area or set(card["risk_areas"]) & set(s.risk_area))
    }


def later_round(view: View) -> str | None:
    return {"2023": "2024", "2024": "2025"}.get(view.state.round)


def round_of(action: Row) -> str:
    """The rounds of the sample start in February of their year."""
    due: date = action["due_on"]
    return action["round"] or str(min(max(due.year if due.month > 1 else due.year - 1, 2023), 2025))


def sides(view: View) -> dict[str, Answers]:
    """Return the round's answers three times: as given, as actions expect, and as measured in the next round."""
    scale = {
        r["status"]: Fraction(str(r["value"]))
        for r in table(view, "SELECT status, value FROM scale JOIN framework USING (framework_no) "
                             "WHERE framework = ? AND counts_as = 'answered'", view.state.framework)
    }  # fmt: skip
    now = answered(view, view.state.round)
    later = answered(view, later_round(view) or "")
    expected, realised = dict(now), dict(now)
    criteria = kept_criteria(view)
    for action in table(view, "SELECT a.*, operation FROM action AS a JOIN operation USING (operation_no)"):
        key = (action["operation"], action["criterion"])
        counts = action["status"] in COUNTS and action["criterion"] in criteria and key in now
        if not counts or round_of(action) != view.state.round:
            continue
        worth = scale[action["expected_status"]]
        if (expected[key][1] is None) or worth > (expected[key][1] or 0):
            expected[key] = ("answered", worth)
        if later.get(key, ("", None))[0] == "answered":
            realised[key] = later[key]
    return {"now": now, "expected": expected, "realised": realised}


def figures(view: View, answers: Answers) -> dict[tuple[str, str], tuple[str, Fraction | None]]:
    """Return reading and score by country and area, an empty area for all."""
    criteria = kept_criteria(view)
    country = {r["operation"]: r["country"] for r in table(view, "FROM operation JOIN country USING (country_no)")}
    groups: dict[tuple[str, str], list[tuple[Row, str, Fraction | None]]] = {}
    for (operation, criterion), (counts_as, value) in answers.items():
        where = country[operation]
        if criterion in criteria and (not view.state.country or where in view.state.country):
            for area in ("", criteria[criterion]["area"]):
                groups.setdefault((where, area), []).append((criteria[criterion], counts_as, value))
    return {key: read(rows) for key, rows in groups.items()}


def read(rows: list[tuple[Row, str, Fraction | None]]) -> tuple[str, Fraction | None]:
    applicable = [row for row in rows if row[1] != "not_applicable"]
    given_ = [(Fraction(str(card["weight"])), value) for card, how, value in applicable if how == "answered"]
    if not given_ or len(given_) / len(applicable) < rows[0][0]["coverage_limit"]:
        return "none", None
    score = sum((w * (v or 0) for w, v in given_), Fraction(0)) / sum((w for w, _ in given_), Fraction(0))
    return ("count" if len(given_) < rows[0][0]["count_below"] else "score"), score


def whole(share: Fraction | float) -> int:
    """Halves round away from zero, as in the store."""
    return floor(abs(100 * share) + Fraction(1, 2)) * (1 if share >= 0 else -1)


@pytest.mark.thorough
@each_choice
def test_each_figure_is_what_slow_plain_python_says(choice: str, view_of: MakeView) -> None:
    view = view_of(**CHOICES[choice])
    found = found_gains(view)
    answers = sides(view)
    was = figures(view, answers["now"])
    for side in SIDES:
        right = figures(view, answers[side])
        told = {key: row for key, row in found.figures[side].items() if key[0]}
        assert told.keys() == right.keys()
        for key, (reading, score) in right.items():
            row = told[key]
            assert (row["reading"] == reading) or (reading == "none" and row["percent"] is None), (side, key)
            assert row["percent"] == (None if score is None else whole(score)), (side, key)
            before = was[key]
            measured = reading == before[0] == "score"
            assert row["gain"] == (whole(score or 0) - whole(before[1] or 0) if measured else None), (side, key)
        for area in {key[1] for key in right}:
            pairs = [
                (was[key][1], score)
                for key, (_, score) in right.items()
                if key[1] == area and score is not None and was[key][1] is not None
                and (key[0] != "GROUP" or view.state.country == ("GROUP",))
            ]  # fmt: skip
            line = found.figures[side].get(("", area))
            several = len({key[0] for key in right}) > 1
            assert (line is not None) == (several and bool(pairs)), (side, area)
            if line is not None:
                was_mean = sum((before or 0 for before, _ in pairs), Fraction(0)) / len(pairs)
                mean = sum((score or 0 for _, score in pairs), Fraction(0)) / len(pairs)
                gain = whole(mean) - whole(was_mean)
                assert (line["percent"], line["gain"], line["n_countries"]) == (whole(mean), gain, len(pairs))


@each_choice
def test_each_action_is_told_with_what_became_of_it(choice: str, view_of: MakeView) -> None:
    view = view_of(**CHOICES[choice])
    now, later, criteria = (
        answered(view, view.state.round),
        answered(view, later_round(view) or ""),
        kept_criteria(view),
    )
    titles = {r["operation"]: r["country"] for r in table(view, "FROM operation JOIN country USING (country_no)")}
    worth = {r["status"]: r["value"] for r in table(view, "FROM scale WHERE framework_no = 1")}
    right = {}
    for action in table(view, "SELECT a.*, operation FROM action AS a JOIN operation USING (operation_no)"):
        key = (action["operation"], action["criterion"])
        here = not view.state.country or titles[action["operation"]] in view.state.country
        if here and action["criterion"] in criteria and round_of(action) == view.state.round:
            counts = action["status"] in COUNTS
            (how, value), before, goal = later.get(key, ("", None)), now[key][1] or 0, worth[action["expected_status"]]
            outcome = None
            if counts and how == "answered" and value is not None:
                outcome = "reached" if value >= goal else "partly" if value > before else "not"
            right[action["action"]] = (counts, outcome)
    assert {row["action"]: (row["counts"], row["outcome"]) for row in found_gains(view).actions} == right
    assert choice in ("a risk area", "cop-2020") or right


@pytest.mark.thorough
@pytest.mark.parametrize("round_", ["2023", "2024"])
def test_the_sample_holds_every_outcome_in_the_rounds_that_have_a_later_one(round_: str, view_of: MakeView) -> None:
    outcomes: Counter[str | None] = Counter()
    measures: Counter[str] = Counter()
    for framework in ("crbp", "cop-2014", "cop-2020"):
        for kind in ("respect", "support"):
            found = found_gains(view_of(framework=framework, round=round_, kind=kind))
            outcomes.update(row["outcome"] for row in found.counting)
            measures.update(row["measure"] for row in found.counting)
    assert min(outcomes["reached"], outcomes["partly"], outcomes["not"], outcomes[None]) >= 2 - (round_ == "2024")
    assert measures["not_answered"] >= 1


def test_an_action_without_a_round_belongs_to_the_last_one_that_had_begun(view_of: MakeView) -> None:
    loose = {
        round_: [row["action"] for row in found_gains(view_of(round=round_, kind="support")).actions]
        for round_ in ("2023", "2024", "2025")
    }
    ((action,),) = view_of().published.cursor().sql("SELECT action FROM action WHERE round IS NULL").fetchall()
    assert [round_ for round_, actions in loose.items() if action in actions] == ["2025"]


def test_what_no_round_has_measured_is_reported_and_never_zero(view_of: MakeView) -> None:
    view = view_of(round="2025")
    found = found_gains(view)
    assert found.counting
    assert found.known("realised", MEAN) is None
    assert said("gains.not_yet").search(view.words.say(*finding(view, found)))
    assert set(drawn(view, found)["side"].to_pylist()) == {0, 1}


def test_a_country_whose_actions_were_not_measured_has_no_measured_gain(view_of: MakeView) -> None:
    found = found_gains(view_of(round="2023"))
    assert {row["measure"] for row in found.counting if row["country"] == "COD"} == {"not_answered"}
    assert found.known("realised", ("COD", "")) is None
    assert found.known("realised", ("BOL", "")) is not None
    assert found.known("realised", MEAN) is not None


@pytest.mark.parametrize(("points", "text"), [(6.0, "+6"), (-3.0, "−3"), (0.0, "±0"), (-0.0, "±0"), (None, "")])
def test_points_carry_their_sign(points: float | None, text: str) -> None:
    assert signed(points) == text


TABLE = """
| who  | what | r1  | r2  |
| a-op | T3.1 | no  | yes |
| a-op | T3.2 | no  | yes |
| a-op | T3.3 | yes | yes |
| b-op | T3.1 |     | yes |
| b-op | T3.2 | no  | yes |
| b-op | T3.3 | yes | yes |
"""
ACTIONS = """action,round,operation,criterion,text,owner_role,due_on,status,expected_status,reason
one,R1,a-op,T3.1,Do it,Shop manager,2021-12-01,done,yes,
two,R1,a-op,T3.2,Do it,Shop manager,2021-12-01,done,mostly,
three,R1,a-op,T3.2,Do more,Shop manager,2021-12-01,open,yes,
four,R1,a-op,T3.3,Keep it,Shop manager,2021-12-01,open,somewhat,
five,,b-op,T3.1,Do it,Shop manager,2019-12-01,open,yes,
six,,b-op,T3.2,Do it,Shop manager,2030-12-01,open,yes,
seven,R1,b-op,T3.2,Do it,Shop manager,2021-12-01,dropped,yes,Sold
eight,R1,c-op,T3.2,Do it,Shop manager,2021-12-01,blocked,yes,
"""


def toy_view(folder: Path, words: Words, **chosen: object) -> View:
    """Return a view of the toy group, whose criterion T3.1 has asked something different since the second round."""
    store, before = toys(folder, TABLE, versions="toy=1.0", since="1.2")
    before.connection.close()
    actions = folder / "actions.csv"
    actions.write_text(ACTIONS, "utf-8")
    outcome = publish(Load(store, [actions], WRITER, TODAY))
    assert not outcome.problems, outcome.problems
    published: Published | None = Reader(store).current()
    assert published is not None
    known = known_codes(published)
    return View("test", normalised(replace(ViewState(), **chosen), known), words, published, known, TODAY)  # type: ignore[arg-type]


@pytest.mark.thorough
def test_other_words_are_not_measured_and_of_two_expectations_the_better_counts(tmp_path: Path, words: Words) -> None:
    view = toy_view(tmp_path, words, round="R1")
    told = {row["action"]: row for row in found_gains(view).actions}
    assert (told["one"]["measure"], told["one"]["measured"], told["one"]["outcome"]) == ("reworded", None, None)
    assert [told[name]["becomes"] for name in ("one", "two", "three", "four")] == ["yes", "yes", "yes", None]
    assert [told[name]["outcome"] for name in ("two", "three", "four")] == ["reached"] * 3
    # Due before any round started, so it belongs to the first. If there was no answer, the wording does not matter.
    assert (told["five"]["becomes"], told["five"]["measured"]) == ("yes", "yes")
    assert "six" not in told
    assert "six" in {row["action"] for row in found_gains(toy_view(tmp_path / "again", words, round="R2")).actions}
    assert not told["seven"]["counts"]
    assert not told["eight"]["counts"]


def test_the_page_says_what_the_actions_bring(page: OpenPage) -> None:
    app = page("plan", {"part": "effects", "round": "2023"})
    nothing_failed(app)
    assert said("gains.expects.other", n=12).search(opening(app))
    assert said("gains.realised", of=10).search(opening(app))
    assert tells(app, "gains.stopped.one")
    assert sum(said("gains.why_not_answered").fullmatch(text) is not None for text in cells(app)) == 2
    assert any(text.startswith("[") and "](plan?" in text and "action=A-" in text for text in cells(app))
    assert any(said("gains.outcome_reached").search(text) for text in cells(app))
    assert any("(+" in text for text in cells(app))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "query", [{}, {"framework": "cop-2014", "round": "2024"}, {"country": "GHA", "kind": "support"}]
)
def test_the_page_opens_for_every_framework_and_says_so_where_nothing_is_left(
    query: dict[str, str], page: OpenPage
) -> None:
    app = page("plan", {"part": "effects", **query})
    nothing_failed(app)
    assert opening(app)
    app = page("plan", {"part": "effects", **query, "country": "PRY", "kind": "support"})
    nothing_failed(app)
    assert said("gains.nothing").fullmatch(opening(app))
    assert not tables(app)


def test_one_country_is_called_by_its_name(view_of: MakeView) -> None:
    view = view_of(round="2023", country=("RWA",))
    found: Gains = found_gains(view)
    told = view.words.say(*finding(view, found))
    assert "reach it, Respect goes from 30 (developing) to 43 (developing), +13 points." in told
    assert told.startswith("Rwanda: if ")
    several = view_of(round="2023", country=("RWA", "TZA"))
    assert said("gains.chosen").search(several.words.say(*finding(several, found_gains(several))))


def test_kept_to_one_operation_the_gains_are_those_of_its_actions_alone(view_of: MakeView) -> None:
    view = view_of(round="2023")
    every = {row["operation"] for row in found_gains(view).actions}
    assert len(every) > 1
    assert {row["operation"] for row in found_gains(view, "bol-op").actions} == {"bol-op"}


def test_the_head_office_is_no_country_without_an_action(page: OpenPage, view_of: MakeView) -> None:
    """Chad and Rwanda have none in Round 2025; nor has the head office."""
    app = page("plan", {"part": "effects", "framework": "crbp", "round": "2025"})
    found = found_gains(view_of(framework="crbp", round="2025"))
    counting = {row["country"] for row in found.counting}
    shown = {country for country, _ in found.figures["now"] if country}
    assert "GROUP" in shown - counting
    assert tells(app, "gains.idle.other", n=len(shown - counting - {"GROUP"}))
