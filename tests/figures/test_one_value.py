"""Do pages, questions and sentences that use one name show one value? In the sample, and in drawn worlds."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.figures.gaps import GAPS
from dashboard.figures.risks import Gaps, gaps_in
from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.ui.compare.changes import outside_the_mean
from dashboard.ui.risks_page import of_list as risks_said
from dashboard.ui.versions.figure_changes import figures_in, gaps, gaps_said, gaps_where
from dashboard.ui.view import View
from tests.conftest import TODAY, WRITER, MakeView, most, rest_thorough
from tests.figures.toy_two import ASKED, RISKS, WORDS, drawn, with_two_standards

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
    _severe_gaps(view, risks)
    _severe_ratings(view)
    _order_of_risks(view, risks)
    for kind in ("respect", "support"):
        _level(of(view, kind=kind))
        _change(of(view, kind=kind))
        _gap(of(view, kind=kind))


def _severe_gaps(view: View, risks: list[Any]) -> None:
    """*Risks*, *What if*, *Overview*, *Country*, *How reliable* and *By right*, in rows and in words."""
    counted = gaps_in(risks)
    (whatif,) = told(view, "whatif_gaps")
    assert Gaps(**whatif) == counted
    decided = told(view, "decisions", today=TODAY)
    assert sum(row["n_gaps"] for row in decided) == counted.n
    with_gap = [row["impact"] for row in risks if row["n_severe_gaps"]]
    assert {impact for row in decided for impact in row["impacts"]} == set(with_gap)
    assert [row["impact"] for row in risks][: len(with_gap)] == with_gap, "they come first"
    ways = {row["way"]: row["n_severe_gaps"] for row in told(view, "gap_ways")}
    for counting in ("answers", "seen"):
        assert ways[counting] == gaps_in(told(of(view, counting=counting), "risk_list")).n
    if not view.state.country:
        each = [_of_operation(view, row["subject"]) for row in told(view, "subjects") if _is_current(view, row)]
        assert sum(each) == counted.n
    for framework in view.known.frameworks():
        in_view = told(of(view, framework=framework), "risk_list")
        if of(view, framework=framework).state.round == view.state.round:
            assert sorted(row["impact"] for row in in_view if row["n_severe_gaps"]) == sorted(with_gap)
    for right in told(view, "risk_rights"):
        own = gaps_in(told(of(view, right=(right["theme"],)), "risk_list"))
        assert (right["n_severe_gaps"], right["n_gap_risks"]) == (own.n, own.n_risks)
    if risks:
        assert all(one in risks_said(view, risks) for one in gaps_said(counted))
    moved = gaps(view.words, figures_in(view.published, view.parameters()))
    assert moved == view.words("whatif.n_gaps", n=counted.n, where=gaps_where(counted))


def _is_current(view: View, subject: Row) -> bool:
    return subject["subject_kind"] == "operation" and "@" not in subject["subject"]


def _of_operation(view: View, operation: str) -> int:
    """The severe gaps that *Country* shows of an operation."""
    own = told(of(view, country=(), operation=operation), "operation_risks", operation=operation)
    return sum(row["severity"] == 4 and row["judged"] in GAPS for row in own)


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

ANSWERS = st.lists(st.sampled_from(WORDS), min_size=2 * len(ASKED), max_size=2 * len(ASKED))
GRADES = st.lists(st.integers(1, 4), min_size=4, max_size=4)
RATINGS = st.lists(st.none() | GRADES, min_size=2 * len(RISKS), max_size=2 * len(RISKS))


@pytest.fixture(scope="module")
def two_standards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_two_standards(tmp_path_factory.mktemp("two") / "group")


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
