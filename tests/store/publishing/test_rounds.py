"""Does a closed round stay unchanged, whoever imports what, and is closing it reported?"""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.history import current_number, history
from dashboard.store.locking import Writer
from dashboard.store.publishing.edits import close_round, history_of_rounds, reopen_round, stored_rounds
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from tests.conftest import copy_of
from tests.store.publishing.test_publish import EVERY_ANSWER, asked

CHIEF = Writer("programme lead", "the round is over")
RISKS = """round,operation,impact,scale,scope,irremediability,likelihood,confidence,basis,rated_by_role,rated_on
R1,a-op,TOY-I1,{scale},2,3,4,high,A visit,Shop manager,2024-03-01
"""
CHANCES = """round,operation,impact,reach,need,feasibility,basis
R1,a-op,TOY-I2,{reach},2,3,A visit
"""
ACTION = "action,operation,text,owner_role,due_on,round,criterion\nA-1,a-op,Blunt it,,2026-05-01,R1,T1.a\n"
EVERY_RATING = "SELECT * FROM risk_rating ORDER BY ALL"


def file(folder: Path, text: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def said(problems: tuple[Problem, ...], words: Words) -> str:
    return "\n".join(sentence(problem, words) for problem in problems)


@pytest.fixture(scope="module")
def closed_once(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory, today: date) -> Path:
    folder = tmp_path_factory.mktemp("closed")
    store = copy_of(tiny_store, folder / "store")
    ratings = [file(folder, RISKS.format(scale=1), "r.csv"), file(folder, CHANCES.format(reach=1), "o.csv")]
    assert publish(Load(store, ratings, CHIEF, today)).problems == ()
    outcome = close_round(store, "R1", CHIEF, today, accept=True)
    assert (outcome.revision is not None, outcome.problems) == (True, ())
    return store


@pytest.fixture(scope="module")
def reopened_once(closed_once: Path, tmp_path_factory: pytest.TempPathFactory, today: date) -> Path:
    store = copy_of(closed_once, tmp_path_factory.mktemp("reopened") / "store")
    assert reopen_round(store, "R1", CHIEF, today).revision is not None
    return store


@pytest.fixture
def closed(closed_once: Path, tmp_path: Path) -> Path:
    """The toy group's store with ratings of the first round, which is closed."""
    return copy_of(closed_once, tmp_path / "closed")


@pytest.fixture
def reopened(reopened_once: Path, tmp_path: Path) -> Path:
    """The same, with the round open again."""
    return copy_of(reopened_once, tmp_path / "reopened")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "row",
    [
        "R1,a-op,T1.a,yes,self_declared,,Shop manager,2024-02-01,",
        "R1,a-op,T1.a,no,seen,,Shop manager,2024-02-01,",
        "R1,a-op,T1.a,no,,,Shop manager,2024-02-01,",
        "R1,a-op,T1.a,no,self_declared,A note,Shop manager,2024-02-01,",
        "R1,a-op,T1.a,no,self_declared,,Somebody else,2024-02-01,",
        "R1,a-op,T1.a,no,self_declared,,Shop manager,2024-02-02,",
        "R1,a-op,T1.a,no,self_declared,,Shop manager,,",
        "R1,a-op,T1.a,na,self_declared,,Shop manager,2024-02-01,No shop.",
        "R1,a-op,T1.a,unanswered,,,,,",
        "R1,toy-hq,T2.b,yes,seen,,,,",
    ],
)
def test_an_answer_that_would_change_a_closed_round_stays_out(
    closed: Path, reopened: Path, tmp_path: Path, row: str, today: date, words: Words
) -> None:
    before = asked(closed, EVERY_ANSWER)
    head = "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,na_reason\n"
    outcome = publish(Load(closed, [file(tmp_path, head + row + "\n")], CHIEF, today))
    assert said(outcome.problems, words) == (
        "x.csv, row 2, round: Round “R1” is closed, and this would change what is stored; the row was left out. "
        "Reopen the round first."
    )
    assert outcome.problems[0].serious
    assert asked(closed, EVERY_ANSWER) == before
    assert asked(reopened, EVERY_ANSWER) == before
    assert publish(Load(reopened, [file(tmp_path, head + row + "\n")], CHIEF, today)).problems == ()
    assert asked(reopened, EVERY_ANSWER) != before


@pytest.mark.thorough
def test_publishing_everything_again_passes_in_silence_and_changes_nothing(
    closed: Path, tmp_path: Path, tiny: Path, today: date
) -> None:
    before = asked(closed, EVERY_ANSWER), asked(closed, EVERY_RATING)
    ratings = [file(tmp_path, RISKS.format(scale=1), "r.csv"), file(tmp_path, CHANCES.format(reach=1), "o.csv")]
    blank = "round,operation,criterion,status\nR1,toy-hq,T2.b,unanswered\n"
    outcome = publish(Load(closed, [tiny, *ratings, file(tmp_path, blank)], CHIEF, today))
    assert (outcome.revision is not None, outcome.problems) == (True, ())
    assert (asked(closed, EVERY_ANSWER), asked(closed, EVERY_RATING)) == before
    assert asked(closed, "SELECT round, closed FROM round ORDER BY round") == [("R1", True), ("R2", False)]


def test_ratings_of_a_closed_round_stay_and_actions_go_on(
    closed: Path, tmp_path: Path, today: date, words: Words
) -> None:
    changed = [
        file(tmp_path, RISKS.format(scale=2), "r.csv"),
        file(tmp_path, CHANCES.format(reach=2), "o.csv"),
        file(tmp_path, RISKS.format(scale=2).replace("a-op", "b-op").replace("R1", "R2"), "open.csv"),
        file(tmp_path, ACTION, "a.csv"),
    ]
    outcome = publish(Load(closed, changed, CHIEF, today))
    assert [(p.file, p.kind) for p in outcome.problems] == [("o.csv", "round_closed"), ("r.csv", "round_closed")]
    assert asked(closed, "SELECT round_no, scale FROM risk_rating ORDER BY ALL") == [(1, 1), (2, 2)]
    assert asked(closed, "SELECT reach FROM opportunity_rating") == [(1,)]
    assert asked(closed, "SELECT action FROM action") == [("A-1",)]


@pytest.mark.thorough
def test_a_new_version_leaves_the_answers_of_a_closed_round_as_they_are(
    closed: Path, tmp_path: Path, tiny: Path, today: date
) -> None:
    versions = "SELECT DISTINCT version FROM answer JOIN framework_version USING (version_no) WHERE round_no = 1"
    frameworks = Path(shutil.copytree(tiny / "frameworks", tmp_path / "frameworks"))
    path = frameworks / "toy" / "framework.yaml"
    text = path.read_text("utf-8").replace('version: "1.0"', 'version: "1.1"')
    path.write_text(text.replace("text: Toys are lent.", "text: Toys are given.\n        since: '1.1'"), "utf-8")
    outcome = publish(Load(closed, [frameworks, tiny / "answers.csv"], CHIEF, today))
    assert outcome.revision is not None
    assert [(p.kind, p.value) for p in outcome.problems] == [("moved_on", "R2: 1.0 → 1.1")]
    assert asked(closed, versions) == [("1.0",)]
    row = "round,operation,criterion,status,evidence,answered_by_role,answered_on,framework_version\n"
    row += "R1,a-op,T1.a,no,self_declared,Shop manager,2024-02-01,{}\n"
    assert publish(Load(closed, [file(tmp_path, row.format("1"))], CHIEF, today)).problems == ()
    told = publish(Load(closed, [file(tmp_path, row.format("1.1"))], CHIEF, today)).problems
    assert [problem.kind for problem in told] == ["round_closed"]


@pytest.mark.thorough
def test_a_round_may_be_closed_from_the_beginning_and_by_a_file(tmp_path: Path, tiny: Path, today: date) -> None:
    group = Path(shutil.copytree(tiny, tmp_path / "group"))
    (group / "rounds.csv").write_text(
        "round,title,starts_on,ends_on,frameworks,closed\n"
        "R1,First round,2024-01-01,2024-03-31,toy,true\nR2,Second round,2025-01-01,2025-03-31,toy,\n"
    )
    store = tmp_path / "store"
    assert publish(Load(store, [group], CHIEF, today)).problems == ()
    assert asked(
        store, "SELECT count(*) FROM answer JOIN scale USING (status_no) WHERE round_no = 1 AND status = 'no'"
    ) == [(1,)]
    head = "round,title,starts_on,ends_on,frameworks,closed\n"
    rows = "R1,First round,2024-01-01,2024-03-31,toy,False\nR2,Second round,2025-01-01,2025-03-31,toy,TRUE\n"
    answer = "round,operation,criterion,status\nR1,a-op,T1.a,yes\nR2,a-op,T1.a,yes\n"
    outcome = publish(Load(store, [file(tmp_path, head + rows), file(tmp_path, answer, "y.csv")], CHIEF, today))
    # What was closed or open when the load began stays so until it ends.
    assert [(p.kind, p.file, p.row, p.value) for p in outcome.problems] == [
        ("round_reopens", "x.csv", 2, "R1"),
        ("round_closes", "x.csv", 3, "R2"),
        ("round_closed", "y.csv", 2, "R1"),
    ]
    assert [problem.serious for problem in outcome.problems] == [False, False, True]
    assert asked(store, "SELECT round, closed FROM round ORDER BY round") == [("R1", False), ("R2", True)]
    wrong = publish(Load(store, [file(tmp_path, head + "R1,First,2024-01-01,2024-03-31,toy,perhaps\n")], CHIEF, today))
    assert [(p.kind, p.column, p.expected) for p in wrong.problems] == [("off_scale", "closed", "true, false")]


@pytest.mark.thorough
def test_closing_changes_nothing_else_of_a_round(store: Path, tmp_path: Path, today: date) -> None:
    rounds = "round,title,starts_on,ends_on,frameworks,versions\nR1,=First,2024-01-01,2024-03-31,toy,toy=1.0\n"
    assert publish(Load(store, [file(tmp_path, rounds)], CHIEF, today)).revision is not None
    everything = "SELECT round, title, starts_on, ends_on, frameworks, versions, position FROM round ORDER BY round"
    before = asked(store, everything), asked(store, EVERY_ANSWER)
    assert close_round(store, "R1", CHIEF, today, accept=True).revision is not None
    assert (asked(store, everything), asked(store, EVERY_ANSWER)) == before
    assert before[0][0][1] == "=First"


@pytest.mark.thorough
def test_the_history_says_who_closed_what_and_why(closed: Path, today: date) -> None:
    move = next(history(closed))
    assert (move.kind, move.about, move.role, move.why) == ("close", "R1", "programme lead", "the round is over")
    assert history_of_rounds(closed) == {"R1": move}
    reopened = reopen_round(closed, "R1", replace(CHIEF, why="late answers"), today).revision
    assert reopened is not None
    assert (reopened.kind, reopened.about) == ("reopen", "R1")
    assert history_of_rounds(closed) == {"R1": reopened}


@pytest.mark.thorough
def test_what_was_put_back_in_force_says_who_closed_it(closed: Path, today: date) -> None:
    closing = current_number(closed)
    reopen_round(closed, "R1", CHIEF, today)
    close_round(closed, "R2", CHIEF, today, accept=True)
    assert {code: move.kind for code, move in history_of_rounds(closed).items()} == {"R1": "reopen", "R2": "close"}
    back = revert(closed, closing, CHIEF).revision
    assert back is not None
    assert back.about == ""
    assert {code: move.number for code, move in history_of_rounds(closed).items()} == {"R1": closing}
    assert revert(closed, closing - 1, CHIEF).revision is not None
    assert history_of_rounds(closed) == {}
    published = Reader(closed).current()
    assert published is not None
    with published.cursor() as cursor:
        assert {row["closed"] for row in stored_rounds(cursor).values()} == {"false"}


@pytest.mark.thorough
def test_what_cannot_be_closed_or_reopened_is_reported(closed: Path, tmp_path: Path, today: date, words: Words) -> None:
    number = current_number(closed)
    for turn, round_, told in (
        (close_round, "R1", "R1: Round “R1” is already closed. Nothing was changed."),
        (reopen_round, "R2", "R2: Round “R2” is already open. Nothing was changed."),
        (close_round, "r2", "r2: “r2” is not a round. Did you mean R2?"),
    ):
        outcome = turn(closed, round_, CHIEF, today)
        assert (outcome.revision, said(outcome.problems, words)) == (None, told)
    assert close_round(closed, "R2", replace(CHIEF, role=" "), today).problems[0].kind == "role_missing"
    assert close_round(closed, "R2", replace(CHIEF, listens_on="0.0.0.0"), today).revision is None  # noqa: S104
    assert current_number(closed) == number
    empty = close_round(tmp_path / "empty", "R1", CHIEF, today, accept=True)
    assert (empty.revision, said(empty.problems, words)) == (None, "R1: “R1” is not a round.")
    (closed / "CURRENT").write_text("one")
    assert "is missing or damaged" in said(close_round(closed, "R2", CHIEF, today, accept=True).problems, words)


def test_a_note_is_kept_when_its_round_is_closed_and_falls_with_a_row_that_has_none(
    tiny_store: Path, tmp_path: Path, today: date
) -> None:
    store = copy_of(tiny_store, tmp_path / "store")
    noted = "SELECT round_note FROM round WHERE round = 'R1'"
    row = "round,title,starts_on,ends_on,note\nR1,First,2024-01-01,2024-03-31,{note}\n"
    assert publish(Load(store, [file(tmp_path, row.format(note="New edition."))], CHIEF, today)).problems == ()
    assert close_round(store, "R1", CHIEF, today, accept=True).revision is not None
    assert asked(store, noted) == [("New edition.",)]
    publish(Load(store, [file(tmp_path, row.format(note=""))], CHIEF, today))
    assert asked(store, noted) == [(None,)]
