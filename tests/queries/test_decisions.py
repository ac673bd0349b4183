"""Does the Overview list what needs a decision, who is responsible and by when? Checked against the files."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard.figures import risks
from dashboard.figures.asked import Asked
from dashboard.queries import ask as ask_module
from dashboard.queries.ask import ask, rows
from dashboard.queries.overview.rows import DecisionsRow
from dashboard.store.reading.cache import MOST_ANSWERS, Cache
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView
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


def answers_for(actions: list[Row], subjects: set[str], places: set[str]) -> tuple[int, date | None, set[str | None]]:
    """In how many of `places` an open action concerns `subjects`, when the first is due, and who may be responsible."""
    at = home()
    own = [a for a in actions if {a["criterion"], a["impact"]} & subjects and at[a["operation"]] in places]
    first = min((a["due_on"] for a in own), default=None)
    owners = {a["owner_role"] or None for a in own if a["due_on"] == first}
    return len({at[a["operation"]] for a in own}), date.fromisoformat(first) if first else None, owners


@pytest.fixture(params=range(len(CHOICES)))
def view(request: pytest.FixtureRequest, view_of: MakeView) -> View:
    return view_of(**CHOICES[request.param])


def decisions(view: View, kind: str) -> list[DecisionsRow]:
    return [row for row in rows(view.published, "decisions", view.parameters(today=TODAY)) if row["kind"] == kind]


FAILED = """SELECT criterion, country
FROM score WHERE framework = $framework AND round = $round AND list_contains($countries, country)
    AND list_contains($criteria, criterion) AND kept($within, criterion) AND n_critical_failed > 0"""


def failed(view: View) -> list[tuple[str, str]]:
    """The critical criteria that have failed within the filters, each with its country."""
    given = {name: held for name, held in view.parameters().items() if f"${name}" in FAILED}
    found: list[tuple[str, str]] = view.published.cursor().execute(FAILED, given).fetchall()
    return found


def impacts_criteria(view: View) -> dict[str, set[str]]:
    found = view.published.cursor().sql("SELECT impact, criteria FROM impact_card").fetchall()
    return {impact: set(criteria) for impact, criteria in found}


@pytest.mark.thorough
def test_severe_priority_gaps_are_those_that_the_page_of_risks_marks(view: View) -> None:
    listed = rows(view.published, "risk_list", view.parameters())
    expected = [row["impact"] for row in listed if row["severity"] == 4 and row["priority_gap"]]
    found = decisions(view, "gap")
    assert [row["subject"] for row in found] == expected
    on, actions, at = impacts_criteria(view), waiting(view), home()
    ratings = table("ratings/risks.csv")
    for row in found:
        subject = str(row["subject"])
        places = {
            at[r["operation"]]
            for r in ratings
            if (r["round"], r["impact"]) == (view.state.round, subject)
            and "4" in (r["scale"], r["scope"], r["irremediability"])
        }
        places = {code for code in places if not view.state.country or code in view.state.country}
        assert row["n"] == len(places)
        n, due, owners = answers_for(actions, {subject, *on[subject]}, places)
        assert (row["n_acted"], row["due_on"]) == (n, due)
        assert row["owner_role"] in (owners or {None})


def test_failed_critical_criteria_come_with_the_first_action_on_them(view: View) -> None:
    found, actions = decisions(view, "critical"), waiting(view)
    places: dict[str, set[str]] = {}
    for criterion, country in failed(view):
        places.setdefault(criterion, set()).add(country)
    assert {str(row["subject"]): row["n"] for row in found} == {code: len(held) for code, held in places.items()}
    assert [row["n"] for row in found] == sorted(map(len, places.values()), reverse=True)
    for row in found:
        subject = str(row["subject"])
        n, due, owners = answers_for(actions, {subject}, places[subject])
        assert (row["n_acted"], row["due_on"]) == (n, due)
        assert row["owner_role"] in (owners or {None})


def test_late_actions_are_those_past_their_date_that_still_wait(view: View) -> None:
    in_view = {row["criterion"] for row in rows(view.published, "standard", view.parameters())}
    kept = {str(row["subject"]) for row in decisions(view, "overdue")}
    late = {a["action"] for a in waiting(view) if date.fromisoformat(a["due_on"]) < TODAY}
    assert kept <= late
    narrowed = view.state.principle or view.state.risk_area or view.state.right
    if not narrowed:
        assert kept == {a["action"] for a in table("actions.csv") if a["action"] in late and not a["criterion"]} | {
            a["action"] for a in table("actions.csv") if a["action"] in late and a["criterion"] in in_view
        }


def test_the_filters_keep_the_actions_that_the_plan_keeps(view: View) -> None:
    found = rows(view.published, "plan", view.parameters(today=TODAY))
    late = {row["action"] for row in found if row["status"] in WAITING and row["due_on"] < TODAY}
    assert {row["subject"] for row in decisions(view, "overdue")} == late


def test_an_action_on_what_is_gone_is_kept_where_nothing_is_chosen(view_of: MakeView, tmp_path: Path) -> None:
    view = view_of()
    first = decisions(view, "overdue")[0]["subject"]
    change = f"UPDATE action SET criterion = NULL, impact = 'IMP-gone' WHERE action = '{first}'"  # noqa: S608
    gone = replace(view, published=changed(view.published, tmp_path / "gone.duckdb", change, ["tables/actions"]))
    for state, kept in ((gone.state, True), (replace(gone.state, risk_area=("RA06",)), False)):
        chosen = replace(gone, state=state)
        for name in ("decisions", "plan"):
            found = rows(chosen.published, name, chosen.parameters(today=TODAY))
            assert (first in {row.get("subject", row.get("action")) for row in found}) is kept, name


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


def test_the_sample_has_all_three_kinds_and_a_severe_risk_that_nobody_answers_for(view_of: MakeView) -> None:
    table_ = ask(view_of().published, "decisions", view_of().parameters(today=TODAY))
    kinds = table_.column("kind").to_pylist()
    assert set(kinds) == {"gap", "critical", "overdue"}
    assert kinds == sorted(kinds, key=("gap", "critical", "overdue").index)
    nobody = [row for row in table_.to_pylist() if row["kind"] == "gap" and row["n_acted"] == 0]
    assert nobody, "so that the page shows what it says then"
