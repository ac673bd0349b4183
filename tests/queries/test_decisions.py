"""Does the Overview list what needs a decision, who is responsible and by when? Checked against the files."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dashboard.figures import risks
from dashboard.figures.gaps import GAPS
from dashboard.figures.selection import Asked
from dashboard.queries import ask as ask_module
from dashboard.queries.ask import rows
from dashboard.queries.overview_decisions import DECISIONS, DecisionsRow
from dashboard.queries.plan_actions import PLAN
from dashboard.queries.risks_list import RISK_LIST
from dashboard.store.cache import MOST_ANSWERS, Cache
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView
from tests.figures.slow_gaps import Files
from tests.queries.emptied import changed

Row = dict[str, str]
WAITING = {"open", "in_progress", "blocked"}
TODAY = date(2026, 11, 25)
CHOICES: tuple[dict[str, object], ...] = (
    {},
    {"country": ("GHA", "SEN")},
    {"country": ("TCD",), "principle": ("CRBP-02", "CRBP-08")},
    {"risk_area": ("RA06", "RA09")},
    {"right": ("privacy",)},
    {"framework": "cop-2020", "round": "2025"},
    {"round": "2024"},
)


def table(name: str) -> list[Row]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def home() -> dict[str, str]:
    return {row["operation"]: row["country"] or "GROUP" for row in table("operations.csv")}


def waiting(view: View) -> list[Row]:
    chosen, at = view.state.country, home()
    return [a for a in table("actions.csv") if a["status"] in WAITING and (not chosen or at[a["operation"]] in chosen)]


@pytest.fixture(params=range(len(CHOICES)))
def view(request: pytest.FixtureRequest, view_of: MakeView) -> View:
    return view_of(**CHOICES[request.param])


def table_of(view: View) -> list[DecisionsRow]:
    return list(rows(view.published, DECISIONS, view.parameters(today=TODAY)))


def overdue(view: View) -> set[str]:
    """The overdue actions of all matters, each of which stands in one."""
    found = [action for row in table_of(view) for action in row["overdue"]]
    assert len(found) == len(set(found))
    return set(found)


Pair = tuple[str, str]


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(ROOT / "data", ROOT / "frameworks")


def severe_gaps(view: View, files: Files) -> list[Pair]:
    """Operation and risk of every severe gap within the filters, read from the files."""
    round_, at = view.state.round, home()
    given = view.parameters()
    judged, severity = files.judged(round_), files.severity(round_)
    return [
        (who, what)
        for (who, what), word in judged.items()
        if severity[who, what] == 4 and word in GAPS and at[who] in given["countries"] and what in given["impacts"]  # type: ignore[operator]
    ]


def matters(view: View, files: Files) -> dict[Pair, tuple[set[Pair], set[str]]]:
    """By kind and subject: the severe gaps that stand in a matter, and the operations where its criterion failed."""
    round_, at, given = view.state.round, home(), view.parameters()
    gaps = severe_gaps(view, files)
    failed = files.failures(round_)
    behind = {gap: {code for code in files.addressing(round_, *gap) if (code, gap[0]) in failed} for gap in gaps}
    n = Counter(code for codes in behind.values() for code in codes)
    found: dict[Pair, tuple[set[Pair], set[str]]] = {}
    for code, who in failed:
        kept = at[who] in given["countries"] and code in given["criteria"]  # type: ignore[operator]
        if kept or any(code in codes for gap, codes in behind.items() if gap[0] == who):
            found.setdefault(("critical", code), (set(), set()))[1].add(who)
    for gap, codes in behind.items():
        first = min(codes, key=lambda code: (-n[code], code), default=None)
        area = files.impacts[gap[1]]["risk_area"]
        key = ("area", area) if first is None else ("critical", first)
        found.setdefault(key, (set(), set()))[0].add(gap)
    return found


@pytest.mark.thorough
def test_every_gap_and_every_failure_stands_in_exactly_one_matter(view: View, files: Files) -> None:
    expected = matters(view, files)
    found = {(row["kind"], row["subject"]): row for row in table_of(view) if row["kind"] != "overdue"}
    assert found.keys() == expected.keys()
    for key, (gaps, failed) in expected.items():
        row, where = found[key], failed if key[0] == "critical" else {who for who, _ in gaps}
        assert (row["n_gaps"], row["n"]) == (len(gaps), len(where))
        assert set(row["impacts"]) == {what for _, what in gaps}
        assert len(row["countries"]) == len({home()[who] for who in where})
    assert sum(row["n_gaps"] for row in found.values()) == len(severe_gaps(view, files))


def test_matters_stand_in_the_order_of_their_first_gap_then_failures_then_overdue_actions(view: View) -> None:
    order = {row["impact"]: row["risk_order"] for row in rows(view.published, RISK_LIST, view.parameters())}
    found = table_of(view)
    keys = [
        (0, order[row["impacts"][0]])
        if row["impacts"]
        else (1, -row["n"])
        if row["kind"] == "critical"
        else (2, str(row["due_on"]))
        for row in found
    ]
    assert keys == sorted(keys)
    assert all(
        [order[code] for code in row["impacts"]] == sorted(order[code] for code in row["impacts"]) for row in found
    )


def test_the_action_on_a_matter_is_the_one_due_first(view: View, files: Files) -> None:
    actions = waiting(view)
    on = impacts_criteria(view)
    for (kind, subject), (gaps, failed) in matters(view, files).items():
        (row,) = (one for one in table_of(view) if (one["kind"], one["subject"]) == (kind, subject))
        own = [a for a in actions if kind == "critical" and a["operation"] in failed and a["criterion"] == subject]
        own += [
            a
            for a in actions
            for who, what in gaps
            if a["operation"] == who and (a["impact"] == what or (kind == "area" and a["criterion"] in on[what]))
        ]
        first = min((a["due_on"] for a in own), default=None)
        assert row["due_on"] == (date.fromisoformat(first) if first else None)
        assert row["n_acted"] == len({a["operation"] for a in own})
        assert row["owner_role"] in ({a["owner_role"] or None for a in own if a["due_on"] == first} or {None})


def impacts_criteria(view: View) -> dict[str, set[str]]:
    found = view.published.cursor().sql("SELECT impact, criteria FROM impact_card").fetchall()
    return {impact: set(criteria) for impact, criteria in found}


def test_late_actions_are_those_past_their_date_that_still_wait(view: View) -> None:
    kept = overdue(view)
    late = {a["action"] for a in waiting(view) if date.fromisoformat(a["due_on"]) < TODAY}
    assert kept <= late
    narrowed = view.state.principle or view.state.risk_area or view.state.right
    if not narrowed:
        assert kept == late


def test_the_filters_keep_the_actions_that_the_plan_keeps_of_every_standard(view: View) -> None:
    given = view.parameters(today=TODAY)
    found = [row for one in view.known.frameworks() for row in rows(view.published, PLAN, {**given, "framework": one})]
    late = {row["action"] for row in found if row["status"] in WAITING and row["due_on"] < TODAY}
    beyond = overdue(view) - late
    assert overdue(view) >= late
    assert beyond <= {a["action"] for a in waiting(view) if date.fromisoformat(a["due_on"]) < TODAY}


@pytest.mark.parametrize(
    "chosen",
    [
        {"framework": "cop-2014", "function": ("csr_public_policy",)},
        {"framework": "cop-2014", "round": "2024", "principle": ("COP14-A2",), "function": ("customer_care",)},
        {"principle": ("CRBP-07", "CRBP-06", "CRBP-03")},
        {},
    ],
)
def test_whatever_is_named_as_overdue_is_counted_and_only_once(chosen: dict[str, Any], view_of: MakeView) -> None:
    view = view_of(**chosen)
    named = {row["action"] for row in table_of(view) if row["due_on"] and row["due_on"] < TODAY}
    assert named
    assert named <= overdue(view)


def test_a_matter_that_the_filters_leave_out_says_that_a_risk_brought_it(view_of: MakeView) -> None:
    chosen = view_of(framework="cop-2014", function=("csr_public_policy",))
    beyond = {row["subject"] for row in table_of(chosen) if row["beyond"]}
    kept = chosen.parameters()["criteria"]
    assert beyond == {row["subject"] for row in table_of(chosen) if row["kind"] == "critical"} - {*kept}  # type: ignore[misc]
    assert beyond
    assert not any(row["beyond"] for row in table_of(view_of()))


def test_an_action_on_what_is_gone_is_kept_where_nothing_is_chosen(view_of: MakeView, tmp_path: Path) -> None:
    view = view_of()
    first = min(overdue(view))
    change = f"UPDATE action SET criterion = NULL, impact = 'IMP-gone' WHERE action = '{first}'"  # noqa: S608
    gone = replace(view, published=changed(view.published, tmp_path / "gone.duckdb", change, ["tables/actions"]))
    for state, kept in ((gone.state, True), (replace(gone.state, risk_area=("RA06",)), False)):
        chosen = replace(gone, state=state)
        assert (first in overdue(chosen)) is kept
        found = rows(chosen.published, PLAN, chosen.parameters(today=TODAY))
        assert (first in {row["action"] for row in found}) is kept


@pytest.mark.parametrize("asked", [("exposures", "decisions"), ("risk_list",)])
def test_what_several_questions_build_on_is_calculated_once(
    asked: tuple[str, ...], view_of: MakeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, made = view_of(country=("TCD", "RWA", "SEN")), list[pa.Table]()
    real = risks._every_risk

    def counted(of: Asked) -> pa.Table:
        made.append(real(of))
        return made[-1]

    monkeypatch.setattr(risks, "_every_risk", counted)
    published = replace(view.published, answers=Cache(MOST_ANSWERS), caches={})
    for kept in (view, replace(view, state=replace(view.state, risk_area=("RA06",)))):
        ask_module.ask_ahead(published, asked, kept.parameters(today=TODAY))
    assert [table.num_rows > 0 for table in made] == [True]


def test_the_sample_has_matters_of_every_kind_and_one_that_nobody_answers_for(view_of: MakeView) -> None:
    found = table_of(view_of())
    assert {row["kind"] for row in found} == {"critical", "area", "overdue"}
    assert any(row["n_gaps"] and not row["n_acted"] for row in found)
    assert any(row["also"] for row in found), "a gap with two causes is named by the other"
    assert any(0 < row["n_before"] < row["n"] for row in found), "a failure that has fallen silent stays"
    assert sum(row["n_gaps"] for row in found) == 65


def test_while_names_are_hidden_one_or_two_answers_give_no_reason_of_their_own(view_of: MakeView) -> None:
    """Counted slowly: the answers to respect criteria that address the risk. Nothing else about a gap changes."""
    view = view_of(round="2025")
    hidden = replace(view, published=replace(view.published, masked=True, answers=Cache(MOST_ANSWERS), caches={}))
    with view.published.cursor() as cursor:
        n_answered = {
            (title, impact): n
            for title, impact, n in cursor.sql(
                "SELECT n.title, g.row_code, count(DISTINCT c.criterion_no) FROM cell AS g "
                "JOIN criterion_card AS k USING (criterion_no) JOIN counted AS c USING (criterion_no) "
                "JOIN round AS r USING (round_no) JOIN named_operation AS n USING (operation_no) "
                "WHERE g.grid = 'impact' AND k.kind = 'respect' AND r.round = '2025' AND c.counts_as = 'answered' "
                "GROUP BY ALL"
            ).fetchall()
        }
    seen = Counter[str]()
    both = (rows(one.published, RISK_LIST, view.parameters()) for one in (view, hidden))
    for row, masked in zip(*both, strict=True):
        told = dict(zip(row["gap_operations"], row["gap_reasons"], strict=True))
        expected = {
            who: "either" if why in ("not_answered", "nothing") and n_answered.get((who, row["impact"]), 0) < 3 else why
            for who, why in told.items()
        }
        assert dict(zip(masked["gap_operations"], masked["gap_reasons"], strict=True)) == expected
        assert (row["n_gaps"], row["n_severe_gaps"]) == (masked["n_gaps"], masked["n_severe_gaps"])
        seen.update(expected.values())
    assert seen["either"] > 5
    assert seen["failed"] > 5
    decided = rows(hidden.published, DECISIONS, view.parameters())
    areas = [row for row in decided if row["kind"] == "area"]
    assert sum(row["n_either"] for row in areas) > 0
    assert all(row["n_gaps"] == row["n_either"] + row["n_not_answered"] + row["n_nothing"] for row in areas)
    assert not any(row["n_either"] for row in rows(view.published, DECISIONS, view.parameters()))
