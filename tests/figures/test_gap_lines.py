"""Which line of the rule for gaps holds? One small world for each, and drawn worlds against a slow reading."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.figures.gaps import judgements
from dashboard.figures.risks import Gaps, gaps_in
from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import rows
from dashboard.queries.risks_list import RISK_LIST
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.ui.versions.figure_changes import gaps_said
from dashboard.ui.view import View
from tests.conftest import TODAY, WRITER, most
from tests.figures.slow_gaps import Files
from tests.figures.test_gaps import asked_of, words_of
from tests.figures.toy_two import RISKS, WORDS, laid, with_two_standards

Answers = Mapping[tuple[str, str, str], str]
"""By round, operation and criterion: the word."""
Ratings = Mapping[tuple[str, str], tuple[int, int]]
"""By operation and risk: severity and irremediability."""
PLACES = ("toy-hq", "a-op", "a2-op", "b-op")
CRITERIA = ("T1.a", "T2.a", "U1.a", "U2.a")


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two standards, and a shop everywhere, so that everybody can rate."""
    folder = with_two_standards(tmp_path_factory.mktemp("lines") / "group")
    path = folder / "operations.csv"
    path.write_text(
        path.read_text("utf-8").replace(",group,,", ",group,shop,").replace(",operation,,", ",operation,shop,")
    )
    return folder


def world(
    group: Path, folder: Path, answers: Answers, ratings: Ratings, edits: Mapping[str, str] | None = None
) -> View:
    """The view of a group with these answers and ratings; `edits` are replaced in its standards."""
    data = folder / "group"
    shutil.copytree(group, data)
    for path in sorted((data / "frameworks").glob("*/framework.yaml")):
        text = path.read_text("utf-8")
        for old, new in (edits or {}).items():
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    lines = ["round,operation,criterion,status,evidence,answered_on,na_reason"]
    for key, word in answers.items():
        lines.append(f"{','.join(key)},{word},none,2025-02-01,{'No need.' if word == 'na' else ''}")
    laid(data / "answers.csv", lines)
    lines = ["round,operation,impact,found,scale,scope,irremediability,likelihood,basis"]
    lines += [f"R2,{who},{what},yes,{s},{s},{i},2,Seen." for (who, what), (s, i) in ratings.items()]
    laid(data / "risks.csv", lines)
    outcome = publish(Load(folder / "store", [data], WRITER, TODAY))
    assert not [problem for problem in outcome.problems if problem.serious], outcome.problems
    published = Reader(folder / "store").current()
    assert published is not None
    known = known_codes(published)
    return View("test", normalised(replace(ViewState(), round="R2"), known), read_words(), published, known, TODAY)


def judged(view: View) -> dict[tuple[str, str], str]:
    asked = asked_of(view)
    return words_of(asked, judgements(asked))


R, A = "R2", "a-op"
FOUR = "TOY-I4"
"""The risk that T2.a, which is not critical, and U1.a, which is, address."""
LINES: dict[str, tuple[dict[tuple[str, str, str], str], str]] = {
    "all does not apply": ({(R, A, "T2.a"): "na", (R, A, "U1.a"): "na"}, "not_asked"),
    "critical at 0": ({(R, A, "T2.a"): "yes", (R, A, "U1.a"): "no"}, "failed"),
    "critical at 0 before, unanswered now": ({("R1", A, "U1.a"): "no", (R, A, "T2.a"): "yes"}, "failed_before"),
    "critical at 0 before, does not apply now": (
        {("R1", A, "U1.a"): "no", (R, A, "U1.a"): "na", (R, A, "T2.a"): "yes"},
        "failed_before",
    ),
    "critical at 0 before, partly now": ({("R1", A, "U1.a"): "no", (R, A, "U1.a"): "somewhat"}, "partly"),
    "nothing is answered": ({(R, A, "T1.b"): "yes"}, "not_answered"),
    "not known": ({(R, A, "T2.a"): "dont_know", (R, A, "U1.a"): "dont_know"}, "not_answered"),
    "nothing is in place": ({(R, A, "T2.a"): "no"}, "nothing"),
    "one standard has something": ({(R, A, "T2.a"): "no", (R, A, "U1.a"): "somewhat"}, "partly"),
    "one standard is full": ({(R, A, "T2.a"): "no", (R, A, "U1.a"): "yes"}, "addressed"),
    "one standard alone answers": ({(R, A, "T2.a"): "yes"}, "addressed"),
    "less than full": ({(R, A, "T2.a"): "mostly", (R, A, "U1.a"): "mostly"}, "partly"),
}


@pytest.mark.parametrize("line", LINES)
def test_the_first_line_that_holds_is_the_word(line: str, group: Path, tmp_path: Path) -> None:
    answers, word = LINES[line]
    view = world(group, tmp_path, answers, {(A, FOUR): (4, 3)})
    assert judged(view) == {(A, FOUR): word}
    (risk,) = rows(view.published, RISK_LIST, view.parameters())
    is_gap = word not in ("partly", "addressed", "not_asked")
    assert (risk["n_severe_gaps"], risk["n_gaps"], risk["n_partly"]) == (is_gap, is_gap, word == "partly")
    assert risk["gap_reasons"] == ([word] if is_gap else [])


def test_where_no_criterion_is_critical_nothing_failed(group: Path, tmp_path: Path) -> None:
    answers = {(R, A, "T2.a"): "no", (R, A, "U1.a"): "no"}
    view = world(group, tmp_path, answers, {(A, FOUR): (4, 3)}, {"        critical: true\n": ""})
    assert judged(view) == {(A, FOUR): "nothing"}


def test_a_scale_without_0_has_neither_failures_nor_nothing_in_place(group: Path, tmp_path: Path) -> None:
    answers = {(R, A, "T2.a"): "no", (R, A, "U1.a"): "no"}
    view = world(group, tmp_path, answers, {(A, FOUR): (4, 3)}, {'title: "No", value: 0}': 'title: "No", value: 0.1}'})
    assert judged(view) == {(A, FOUR): "partly"}


def test_operations_of_a_country_and_the_head_office_are_counted_each_for_itself(group: Path, tmp_path: Path) -> None:
    said = {"a-op": "no", "a2-op": "no", "b-op": "yes", "toy-hq": "no"}
    answers = {(R, who, "T1.a"): word for who, word in said.items()}
    view = world(group, tmp_path, answers, {(who, "TOY-I3"): (4, 2) for who in PLACES})
    (risk,) = risks = rows(view.published, RISK_LIST, view.parameters())
    assert risk["n_severe_gaps"] == 3
    assert gaps_in(risks) == Gaps(3, 1, 2, True, 1, 0, 0)
    told = view.words.say(*gaps_said(gaps_in(risks)))
    assert told == "3 severe gaps in 1 of 2 countries, at the head office (1 risk)."
    assert sorted(risk["gap_operations"]) == ["More toys of Aland", "Toy head office", "Toys of Aland"]


@given(data=st.data())
@settings(
    max_examples=most(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
def test_drawn_worlds_are_judged_as_a_slow_reading_judges_them(
    data: st.DataObject, group: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    keys = [(at, who, code) for at in ("R1", "R2") for who in PLACES for code in CRITERIA if _asks(at, who, code)]
    drawn = data.draw(st.lists(st.sampled_from(WORDS), min_size=len(keys), max_size=len(keys)))
    answers = {key: word for key, word in zip(keys, drawn, strict=True) if word}
    pairs = st.tuples(st.sampled_from(PLACES), st.sampled_from(RISKS))
    ratings = data.draw(st.dictionaries(pairs, st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1))
    folder = tmp_path_factory.mktemp("drawn")
    view = world(group, folder, answers or {(R, A, "T1.a"): "yes"}, ratings)
    files = Files(folder / "group", folder / "group" / "frameworks")
    assert judged(view) == files.judged("R2")
    severe = {pair for pair, (severity, worst) in ratings.items() if max(severity, worst) == 4}
    gaps = {pair for pair, word in files.judged("R2").items() if word not in ("partly", "addressed", "not_asked")}
    assert gaps_in(rows(view.published, RISK_LIST, view.parameters())).n == len(gaps & severe)
    view.published.connection.close()


def _asks(round_: str, who: str, code: str) -> bool:
    if code.endswith("2.a") and who == "toy-hq":
        return False
    return (round_, who) != ("R1", "b-op")
