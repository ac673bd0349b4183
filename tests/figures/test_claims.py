"""Is what headlines and lists say of gaps and matters true? Each sentence is derived again from the files."""

import csv
import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.figures.gaps import GAPS
from dashboard.queries.ask import rows
from dashboard.ui.country import titles as country_titles
from dashboard.ui.elements.rated import gaps_of
from dashboard.ui.overview.decisions import FIRST, shown_of
from dashboard.ui.overview.figures import finding
from dashboard.ui.plan.lists import elsewhere
from dashboard.ui.plan.lists import finding as plan_finding
from dashboard.ui.risks.titles import of_list
from dashboard.ui.versions.figures_moved import figures_in
from dashboard.ui.versions.figures_moved import gaps as whatif_gaps
from dashboard.ui.view import View
from tests.conftest import ROOT, MakeView, most
from tests.figures.slow_gaps import Files

COUNTRIES = ("TCD", "COD", "GHA", "RWA", "SEN", "TZA", "BOL", "COL", "GTM", "PRY", "GROUP")
AREAS = ("RA01", "RA02", "RA04", "RA06", "RA09", "RA12")
Rating = tuple[str, str]
"""Operation and risk."""


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(ROOT / "data", ROOT / "frameworks")


class Slow:
    """What the files say of the ratings within the filters of a view."""

    def __init__(self, view: View, files: Files) -> None:
        self.files, self.round = files, view.state.round
        self.home = {code: row["country"] or "GROUP" for code, row in files.operations.items()}
        judged, self.severity = files.judged(self.round), files.severity(self.round)
        countries, areas = view.state.country or COUNTRIES, view.state.risk_area
        self.judged = {
            (who, what): word
            for (who, what), word in judged.items()
            if self.home[who] in countries and (not areas or files.impacts[what]["risk_area"] in areas)
        }
        self.severe = {pair for pair in self.judged if self.severity[pair] == 4}
        self.gaps = {pair for pair in self.severe if self.judged[pair] in GAPS}

    def places(self, pairs: set[Rating] | dict[Rating, str]) -> set[str]:
        """The countries of some ratings; the head office is none."""
        return {self.home[who] for who, _ in pairs} - {"GROUP"}

    def where(self) -> str:
        said = [f"in {len(self.places(self.gaps))} of {len(self.places(self.judged))} countries"]
        home = any(self.home[who] == "GROUP" for who, _ in self.gaps)
        return ", ".join([*(said if self.places(self.gaps) or not home else []), *(["at the head office"] * home)])

    def sentence(self) -> str:
        partly = sum(self.judged[pair] == "partly" for pair in self.severe)
        risks = len({what for _, what in self.gaps})
        many = f"{len(self.gaps)} severe gap{'' if len(self.gaps) == 1 else 's'}"
        said = f"{many} {self.where()} ({risks} risk{'' if risks == 1 else 's'})" if self.gaps else "No severe gap"
        return f"{said}{', ' if self.gaps else '; '}{partly} partly addressed." if partly else f"{said}."


@st.composite
def choices(draw: st.DrawFn) -> dict[str, object]:
    """A standard, a round, some countries and some risk areas."""
    kept = {
        name: tuple(draw(st.lists(st.sampled_from(codes), max_size=4, unique=True)))
        for name, codes in (("country", COUNTRIES), ("risk_area", AREAS))
    }
    framework = draw(st.sampled_from(("crbp", "cop-2014", "cop-2020")))
    return {"framework": framework, "round": draw(st.sampled_from(("2024", "2025"))), **kept}


@settings(max_examples=most(200), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chosen=choices())
def test_what_is_said_of_gaps_is_what_the_files_say(chosen: dict[str, object], view_of: MakeView, files: Files) -> None:
    view = view_of(**chosen)
    slow = Slow(view, files)
    risks = rows(view.published, "risk_list", view.parameters())
    if risks:
        assert view.words.say(*of_list(view, risks)).endswith(slow.sentence())
    moved = whatif_gaps(view.words, figures_in(view.published, view.parameters()))
    assert moved == f"{len(slow.gaps)} {slow.where()}"
    _lists(view, slow)
    _matters(view, slow)
    _plan(view, slow)
    if not (chosen["country"] or chosen["risk_area"]):
        for operation in files.operations:
            _country(view, slow, operation)


def _lists(view: View, slow: Slow) -> None:
    """Risks with a severe gap come first, and name exactly the operations that have it."""
    risks = rows(view.published, "risk_list", view.parameters())
    first = [row["impact"] for row in risks[: len({what for _, what in slow.gaps})]]
    assert set(first) == {what for _, what in slow.gaps}
    for row in risks:
        own = {who for who, what in slow.gaps if what == row["impact"]}
        said = gaps_of(view, row)
        rated = sum(what == row["impact"] for _, what in slow.judged)
        assert (f"Severe gap in {len(own)} of the {rated} that rated it" in said) == bool(own)
        assert row["n_severe_gaps"] == len(own)


def _matters(view: View, slow: Slow) -> None:
    """How many matters there are, how many are shown, and how many actions are overdue."""
    found = rows(view.published, "decisions", view.parameters())
    causes = {pair: slow.files.causes(slow.round, *pair) for pair in slow.gaps}
    areas = {slow.files.impacts[what]["risk_area"] for (_, what), behind in causes.items() if not behind}
    given = view.parameters()
    failed = {
        code
        for code, who in slow.files.failures(slow.round)
        if slow.home[who] in given["countries"] and code in given["criteria"]  # type: ignore[operator]
    } | {code for behind in causes.values() for code in behind}
    counts = Counter(row["kind"] for row in found)
    assert (counts["critical"], counts["area"]) == (len(failed), len(areas))
    assert sum(row["n_gaps"] for row in found) == len(slow.gaps)
    assert all(row["n"] and row["countries"] for row in found)
    if not found:
        return
    late = _late(view, slow)
    said = view.words.say(*shown_of(found))
    assert re.search(rf"\b{len(late)} actions? (is|are) overdue, all standards together\.", said)
    plan = {row["action"] for row in rows(view.published, "plan", view.parameters(operation="")) if row["overdue"]}
    assert plan <= late
    more = re.search(r"(\d+) more actions? (?:is|are) overdue on", elsewhere(view, ""))
    assert len(plan) + (int(more[1]) if more else 0) == len(late)
    if len(found) > 1:
        assert f"{min(FIRST, len(found))} of {len(found)} matters" in said
    headlines = {row["kind"]: row for row in rows(view.published, "headline", view.parameters())}
    if headlines[view.kinds[0]]["mean"] is not None and len(found) > 1:
        assert view.words.say(*finding(view, headlines, found)).endswith(f" {len(found)} matters need a decision.")


def _late(view: View, slow: Slow) -> set[str]:
    """The actions past their date that still wait, on any criterion or risk that the filters keep."""
    given = view.parameters()
    with (ROOT / "data" / "actions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["action"]
            for row in csv.DictReader(file)
            if row["status"] in ("open", "in_progress", "blocked")
            and row["due_on"]
            and date.fromisoformat(row["due_on"]) < view.today
            and slow.home[row["operation"]] in given["countries"]  # type: ignore[operator]
            and (row["criterion"] in given["criteria"] or row["impact"] in given["impacts"])  # type: ignore[operator]
        }


def _plan(view: View, slow: Slow) -> None:
    """How many severe ratings have no open action, and how many of these are gaps."""
    criteria = {what: slow.files.addressing_anywhere(what) for _, what in slow.severe}
    with (ROOT / "data" / "actions.csv").open(encoding="utf-8", newline="") as file:
        acted = [a for a in csv.DictReader(file) if a["status"] in ("open", "in_progress", "blocked")]
    without = {
        (who, what)
        for who, what in slow.severe
        if not any(a["operation"] == who and (a["impact"] == what or a["criterion"] in criteria[what]) for a in acted)
    }
    found = rows(view.published, "plan_unplanned", view.parameters(operation=""))
    assert {(row["operation"], row["impact"]) for row in found} == without
    if len(without) > 1:
        said = view.words.say(*plan_finding([], found))
        assert f"{len(without)} severe ratings have no open action" in said
        assert f"; severe gaps among them: {len(without & slow.gaps)}." in said


def _country(view: View, slow: Slow, operation: str) -> None:
    """What *Country* says of its own risks."""
    own = {pair for pair in slow.judged if pair[0] == operation}
    if len(own) < 2:
        return
    severe = own & slow.severe
    partly = sum(slow.judged[pair] == "partly" for pair in severe)
    said = view.words.say(*country_titles.OWN["own_risks"](view, view.parameters(operation=operation), "X"))
    gaps = len(own & slow.gaps)
    many = f"{gaps} severe gap{'' if gaps == 1 else 's'}"
    assert f" risks rated, {len(severe)} severe. {many}, {partly} partly addressed." in said


def test_the_sample_says_these_numbers(view_of: MakeView, files: Files) -> None:
    """So that the sentences are not all empty."""
    view = view_of(round="2025")
    assert Slow(view, files).sentence() == "65 severe gaps in 10 of 10 countries (33 risks), 37 partly addressed."
