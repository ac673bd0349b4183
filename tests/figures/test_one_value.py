"""Do pages, questions and sentences that use one name show one value? In the sample, and in drawn worlds."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.figures.risks import Gaps
from dashboard.loading.files.words_file import read_words
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.queries.ask import ask
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Reader
from dashboard.ui.compare.changes import outside_the_mean
from dashboard.ui.elements.rated import gaps_said
from dashboard.ui.risks.titles import of_list as risks_said
from dashboard.ui.versions.figures_moved import figures_in, gaps
from dashboard.ui.view import View
from tests.conftest import TINY, TODAY, WRITER, MakeView, most, rest_thorough

Row = dict[str, Any]
GROUP = "group.countries"


def told(view: View, name: str, **more: object) -> list[Any]:
    found: list[Any] = ask(view.published, name, view.parameters(**more)).to_pylist()
    return found


def of(view: View, **chosen: object) -> View:
    return replace(view, state=normalised(replace(view.state, **chosen), view.known))  # type: ignore[arg-type]


def one_value(view: View) -> None:
    """Every name that several pages use has one value for this selection."""
    risks = told(view, "risk_list")
    _priority_gaps(view, risks)
    _severe_ratings(view)
    _order_of_risks(view, risks)
    for kind in ("respect", "support"):
        _level(of(view, kind=kind))
        _change(of(view, kind=kind))
        _gap(of(view, kind=kind))


def _priority_gaps(view: View, risks: list[Any]) -> None:
    """*Risks*, *What if*, *Overview* and *By right*, in rows and in words."""
    marked = [row["severity"] for row in risks if row["priority_gap"]]
    counted = Gaps(len(marked), marked.count(4))
    (whatif,) = told(view, "whatif_gaps")
    assert Gaps(whatif["n_gaps"], whatif["n_severe_gaps"]) == counted
    decided = [row["subject"] for row in told(view, "decisions", today=TODAY) if row["kind"] == "gap"]
    assert decided == [row["impact"] for row in risks if row["priority_gap"] and row["severity"] == 4]
    for framework in view.known.frameworks():
        in_view = [row["impact"] for row in told(of(view, framework=framework), "risk_list") if row["priority_gap"]]
        if of(view, framework=framework).state.round == view.state.round:
            assert sorted(in_view) == sorted(row["impact"] for row in risks if row["priority_gap"])
    for right in told(view, "risk_rights"):
        own = [row for row in told(of(view, right=(right["theme"],)), "risk_list") if row["priority_gap"]]
        assert (right["n_gaps"], right["n_severe_gaps"]) == (len(own), sum(row["severity"] == 4 for row in own))
    if risks:
        assert gaps_said(view, counted) in risks_said(view, risks)
    moved = gaps(view.words, figures_in(view.published, view.parameters()))
    assert moved == view.words("whatif.n_gaps", n=counted.n, severe=counted.n_severe)


def _severe_ratings(view: View) -> None:
    """Severe ratings without an action, on *Action plan* and among the doubts of *Risks*."""
    planned = {(row["operation"], row["impact"]) for row in told(view, "plan_unplanned", operation="")}
    doubted = {(r["operation"], r["impact"]) for r in told(view, "risk_checks") if r["doubt"] == "without_action"}
    assert planned == doubted


def _order_of_risks(view: View, risks: list[Row]) -> None:
    """*Risks*, *Overview* and *Business settings* list risks in one order."""
    place = {row["impact"]: row["risk_order"] for row in risks}
    assert list(place.values()) == list(range(1, len(risks) + 1))
    first: dict[str, Row] = {}
    for row in risks:
        first.setdefault(row["risk_area"], row)
    same = ("risk_area", "severity", "n_rated", "n_at_severity")
    exposures = told(view, "exposures")
    assert [[row[name] for name in same] for row in exposures] == [
        [row[name] for name in same] for row in list(first.values())[:5]
    ]
    found = 0
    for setting in view.known.of("setting", ""):
        listed = [row["impact"] for row in told(view, "setting_risks", of_setting=setting) if row["state"] == "rated"]
        assert listed == sorted(listed, key=place.__getitem__)
        found += len(listed)
    assert found == len(risks)


def _level(view: View) -> None:
    """The level of a kind: on *Overview*, in its explanation, on *Heat map* and on *Side by side*."""
    (level,) = (row for row in told(view, "headline") if row["kind"] == view.state.kind)
    explained = _explained(view)
    assert explained == ((level["mean"], level["n_shown"], level["n_countries"]) if level["n_countries"] else None)
    (heatmap,) = told(view, "heatmap_finding")
    assert heatmap["n_shown"] == (level["n_shown"] or 0)
    assert (heatmap["highest"], heatmap["lowest"]) == (level["highest"], level["lowest"])
    if not view.state.country:
        beside = told(view, "compare_figures", subject=(GROUP,), by="all")
        assert [row["percent"] for row in beside] == ([level["mean"]] if explained else [])
    for area in told(view, "areas"):
        own = of(view, principle=(area["area"],))
        assert _explained(own) == (area["mean"], area["n_shown"], area["n_countries"])
    for right in told(view, "rights"):
        if right["column_code"] == view.state.framework and right["round"] == view.state.round and right["n_units"]:
            own = of(view, right=(right["row_code"],))
            assert _explained(own) == (right["percent"], right["n_shown"], right["n_units"])


def _explained(view: View) -> tuple[float | None, int, int] | None:
    """What the explanation of a number says: the mean, over how many countries, out of how many."""
    rows = told(view, "number")
    return (rows[0]["mean_of_all"], sum(row["enters"] for row in rows), len(rows)) if rows else None


def _change(view: View) -> None:
    """How far a kind moved: on *Overview* and on *Changes*, and its list of what improved and slipped."""
    rounds = told(view, "rounds_before")
    if not rounds:
        return
    earlier = rounds[0]["round"]
    (level,) = (row for row in told(view, "headline") if row["kind"] == view.state.kind)
    countries = told(view, "changes", earlier=earlier)
    if not countries or not countries[0]["all_countries"]:
        assert level["change"] is None
        return
    row = countries[0]
    assert (level["change"], level["n_matched"]) == (row["all_change"], row["all_matched"])
    assert level["n_countries_matched"] == row["all_countries"]
    moves = {r["move"]: r["n_move"] for r in told(view, "changes_moves", earlier=earlier)}
    outside = outside_the_mean(countries, ())
    for move in ("better", "worse"):
        assert moves.get(move, 0) == row[f"all_{move}"] + outside.n[move]


def _gap(view: View) -> None:
    """The gap between two operations: above the chart of *Side by side* and below it."""
    operations = [row["subject"] for row in told(view, "subjects") if row["subject_kind"] == "operation"]
    pair = tuple(operations[:2])
    figures = {row["subject"]: row for row in told(view, "compare_figures", subject=pair, by="all")}
    parts = told(view, "compare_why", subject=pair)
    if parts:
        for side, code in zip(("first", "second"), pair, strict=True):
            assert parts[0][f"{side}_percent"] == figures[code]["percent"]
            assert parts[0][f"{side}_score"] == pytest.approx(figures[code]["score"])
        gap = 100 * (figures[pair[0]]["score"] - figures[pair[1]]["score"])
        assert sum(row["points"] for row in parts) == pytest.approx(gap, abs=1e-9)


CHOICES: dict[str, dict[str, object]] = {
    "everything": {},
    "another standard": {"framework": "cop-2020"},
    "an earlier round": {"framework": "cop-2014", "round": "2024"},
    "two countries": {"country": ("GHA", "TCD")},
    "a risk area": {"framework": "cop-2014", "risk_area": ("RA06",)},
}


@pytest.mark.parametrize("choice", rest_thorough(CHOICES, now=2))
def test_one_name_has_one_value_in_the_sample(choice: str, view_of: MakeView) -> None:
    one_value(view_of(**CHOICES[choice]))


# A toy group that answers two standards, with random answers and ratings.

OTHER = (("toy-hq", "U1.a"), ("a-op", "U1.a"), ("a2-op", "U1.a"), ("b-op", "U1.a"), ("a-op", "U2.a"), ("b-op", "U2.a"))
ASKED = (*((who, f"T{code[1:]}") for who, code in OTHER), ("a-op", "T1.b"), ("b-op", "T1.b"), *OTHER)
WORDS = ("yes", "mostly", "somewhat", "no", "na", "dont_know", "")
IMPACTS = """\
  - {impact: TOY-I3, risk_area: TOY-RA1, setting: toy_shop, polarity: risk, text: Three., criteria: [T1.a]}
  - {impact: TOY-I4, risk_area: TOY-RA2, setting: toy_shop, polarity: risk, text: Four., criteria: [T2.a, U1.a]}
  - {impact: TOY-I5, risk_area: TOY-RA2, setting: toy_shop, polarity: risk, text: Five., criteria: [U1.a, U2.a]}
"""
AREA = "  - {risk_area: TOY-RA2, title: Loud toys, text: Toys may be loud., citation: Toy standard}\n"
RISKS = ("TOY-I1", "TOY-I3", "TOY-I4", "TOY-I5")
ANSWERS = st.lists(st.sampled_from(WORDS), min_size=2 * len(ASKED), max_size=2 * len(ASKED))
GRADES = st.lists(st.integers(1, 4), min_size=4, max_size=4)
RATINGS = st.lists(st.none() | GRADES, min_size=2 * len(RISKS), max_size=2 * len(RISKS))


@pytest.fixture(scope="module")
def two_standards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy group with a second standard beside its own, and risks that one of them, both or neither asks about."""
    folder = tmp_path_factory.mktemp("two") / "group"
    shutil.copytree(TINY, folder)
    frameworks = folder / "frameworks"
    text = (frameworks / "toy" / "framework.yaml").read_text("utf-8")
    for old, new in (("framework: toy\n", "framework: other\n"), ("short_title: TOY", "short_title: OTHER")):
        assert old in text
        text = text.replace(old, new)
    (frameworks / "other").mkdir()
    (frameworks / "other" / "framework.yaml").write_text(re.sub(r"\bT([12])\b", r"U\1", text), "utf-8")
    for name, more in (("impacts", IMPACTS), ("risk_areas", AREA)):
        with (frameworks / "shared" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(more)
    for name in ("operations", "rounds"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace(",toy,", ",toy;other,").replace(",toy\n", ",toy;other\n"))
    return folder


def drawn(folder: Path, answers: list[str], ratings: list[list[int] | None]) -> None:
    """The answers and ratings of a world as the files of the group."""
    lines = ["round,operation,criterion,status,evidence,answered_on,na_reason"]
    asked = [(at, *one) for at in ("R1", "R2") for one in ASKED]
    for (at, who, criterion), word in zip(asked, answers, strict=True):
        if word and (who, at) != ("b-op", "R1"):
            lines.append(f"{at},{who},{criterion},{word},none,2025-02-01,{'No need.' if word == 'na' else ''}")
    laid(folder / "answers.csv", lines)
    lines = ["round,operation,impact,found,scale,scope,irremediability,likelihood,basis"]
    rated = [(who, impact) for who in ("a-op", "b-op") for impact in RISKS]
    for (who, impact), grades in zip(rated, ratings, strict=True):
        if grades:
            lines.append(f"R2,{who},{impact},yes,{','.join(map(str, grades))},Seen.")
    laid(folder / "risks.csv", lines)


def laid(path: Path, lines: list[str]) -> None:
    """Write the lines to a file, unless there is only a header: an empty table is a problem."""
    path.unlink(missing_ok=True)
    if lines[1:]:
        path.write_text("\n".join(lines) + "\n", "utf-8")


@given(ANSWERS, RATINGS)
@settings(
    max_examples=most(20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
def test_one_name_has_one_value_in_worlds_that_nobody_chose(
    two_standards: Path,
    tmp_path_factory: pytest.TempPathFactory,
    answers: list[str],
    ratings: list[list[int] | None],
) -> None:
    drawn(two_standards, answers, ratings)
    store = tmp_path_factory.mktemp("drawn") / "store"
    outcome = publish(Load(store, [two_standards], WRITER, TODAY))
    assert not [problem for problem in outcome.problems if problem.serious]
    published = Reader(store).current()
    assert published is not None
    known = known_codes(published)
    for framework in ("toy", "other"):
        state = normalised(replace(ViewState(), framework=framework), known)
        one_value(View("test", state, read_words(), published, known, TODAY))
    published.connection.close()
