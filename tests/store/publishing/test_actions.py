"""Are saved actions imported like a file, never over another's work, and all of them or none?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import duckdb
import pytest
from filelock import FileLock

from dashboard.model.plan import Action, next_id
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.store.history import current_number, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import Saved, save_rows, stored_rows
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert

NEW = Action(operation="a-op", text="Blunt it", owner_role="Maker", due_on="2026-05-01", criterion="T1.a", round="R2")


def stored(store: Path) -> dict[str, Action]:
    """The actions of the publication in force."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return {key[0]: row for key, row in stored_rows(connection, Action).items()}


def saved(store: Path, *changes: Draft[Action], writer: Writer, today: date) -> Saved:
    outcome = save_rows(store, changes, writer, today)
    assert outcome.revision is not None, outcome.problems
    return outcome


@pytest.fixture
def first(store: Path, writer: Writer, today: date) -> Action:
    """A stored action, as a form would open it."""
    saved(store, Draft(None, NEW), writer=writer, today=today)
    return stored(store)["A-001"]


def kinds(problems: tuple[Problem, ...]) -> list[tuple[str, str, str | None]]:
    return [(problem.kind, problem.file, problem.column) for problem in problems]


def test_a_new_action_gets_the_next_number_and_makes_one_step(store: Path, writer: Writer, today: date) -> None:
    outcome = saved(
        store, Draft(None, NEW), Draft(None, replace(NEW, text="File it", criterion="", impact="TOY-I1")),
        writer=writer, today=today,
    )  # fmt: skip
    assert outcome.codes == ("A-001", "A-002")
    found = stored(store)
    assert found["A-001"] == replace(NEW, action="A-001", expected_status="yes"), "the best that a criterion can become"
    assert found["A-002"].expected_status == ""
    move = read_revision(store, current_number(store))
    assert (move.number, move.role, move.why) == (2, writer.role, writer.why)
    assert [(name, rows) for name, _, rows in move.files] == [("actions.csv", 2)]


def test_the_next_number_is_above_the_greatest_and_other_ids_do_not_count() -> None:
    assert next_id([]) == "A-001"
    assert next_id(["A-007", "A-002", "B-900", "A-x", "a-op-9"]) == "A-008"
    assert next_id(["A-999"]) == "A-1000"


@pytest.mark.thorough
def test_an_action_is_rewritten_and_keeps_what_it_is_on(
    store: Path, first: Action, writer: Writer, today: date
) -> None:
    wanted = replace(first, text="Blunt every toy", status="in_progress", priority="high", due_on="2026-06-30")
    assert saved(store, Draft(first, wanted), writer=writer, today=today).codes == ("A-001",)
    assert stored(store) == {"A-001": wanted}


@pytest.mark.thorough
def test_what_another_has_written_since_is_reported_and_nothing_is_lost(
    store: Path, first: Action, writer: Writer, today: date, words: Words
) -> None:
    theirs = replace(first, owner_role="Shop manager", due_on="2026-07-01")
    saved(store, Draft(first, theirs), writer=writer, today=today)
    before = current_number(store)
    mine = replace(first, text="Mine")
    outcome = save_rows(store, [Draft(first, mine), Draft(None, NEW)], writer, today)
    assert outcome.revision is None
    assert outcome.codes == ()
    assert kinds(outcome.problems) == [
        ("changed_meanwhile", "A-001", "owner_role"),
        ("changed_meanwhile", "A-001", "due_on"),
    ]
    assert all(problem.weight is Weight.FILE for problem in outcome.problems)
    assert "“Shop manager”" in sentence(outcome.problems[0], words)
    assert stored(store) == {"A-001": theirs}
    assert current_number(store) == before
    # Compared with theirs, mine is saved over it.
    saved(store, Draft(theirs, mine), writer=writer, today=today)
    assert stored(store) == {"A-001": mine}


def test_an_action_that_is_gone_by_then_is_reported(store: Path, first: Action, writer: Writer, today: date) -> None:
    revert(store, 1, writer)
    outcome = save_rows(store, [Draft(first, replace(first, text="Mine"))], writer, today)
    assert kinds(outcome.problems) == [("gone_meanwhile", "A-001", None)]
    assert stored(store) == {}


def both(store: Path, one: Draft[Action], other: Draft[Action], writer: Writer, today: date) -> list[Saved]:
    """Two changes saved by two threads that start together."""
    outcomes: list[Saved] = []
    ready = Barrier(2)

    def work(change: Draft[Action]) -> None:
        ready.wait()
        outcomes.append(save_rows(store, [change], writer, today))

    threads = [Thread(target=work, args=(change,)) for change in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_who_save_the_same_action_at_once_one_is_saved_and_one_is_told(
    store: Path, first: Action, writer: Writer, today: date
) -> None:
    one, other = (replace(first, text=text) for text in ("One", "Other"))
    outcomes = both(store, Draft(first, one), Draft(first, other), writer, today)
    assert sorted(outcome.revision is None for outcome in outcomes) == [False, True]
    won, lost = sorted(outcomes, key=lambda outcome: outcome.revision is None)
    assert won.problems == ()
    assert kinds(lost.problems) == [("changed_meanwhile", "A-001", "text")]
    assert stored(store)["A-001"].text == lost.problems[0].value


def test_two_new_actions_at_once_take_two_numbers(store: Path, writer: Writer, today: date) -> None:
    one, other = (replace(NEW, text=text) for text in ("One", "Other"))
    outcomes = both(store, Draft(None, one), Draft(None, other), writer, today)
    assert sorted(outcome.codes for outcome in outcomes) == [("A-001",), ("A-002",)]
    assert {action.text for action in stored(store).values()} == {"One", "Other"}


@pytest.mark.thorough
def test_a_number_that_somebody_took_since_is_not_taken_again(
    store: Path, first: Action, writer: Writer, today: date
) -> None:
    outcome = saved(store, Draft(None, replace(NEW, action="A-001", text="Second")), writer=writer, today=today)
    assert outcome.codes == ("A-002",)
    assert stored(store)["A-001"] == first


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("wrong", "kind", "column"),
    [
        ({"due_on": "soon"}, "bad_date", "due_on"),
        ({"due_on": ""}, "bad_date", "due_on"),
        ({"text": "  "}, "says_nothing", "text"),
        ({"status": "dropped"}, "reason_missing", "reason"),
        ({"status": "begun"}, "off_scale", "status"),
        ({"expected_status": "na"}, "off_scale", "expected_status"),
        ({"operation": "c-op"}, "unknown_operation", "operation"),
    ],
)
def test_one_value_that_is_not_sound_stops_the_whole_save(
    wrong: dict[str, str], kind: str, column: str, store: Path, first: Action, writer: Writer, today: date
) -> None:
    """It follows a text of two paragraphs, but the row is identified all the same."""
    sound = Draft(first, replace(first, text="Blunt it.\n\nAll of it."))
    outcome = save_rows(store, [sound, Draft(None, replace(NEW, **wrong))], writer, today)
    assert outcome.revision is None
    assert kinds(outcome.problems) == [(kind, "A-002", column)]
    assert stored(store) == {"A-001": first}


def test_who_may_not_publish_saves_nothing(store: Path, today: date) -> None:
    for writer, kind in ((Writer("guest", "", "0.0.0.0"), "may_not_publish"), (Writer(" ", ""), "role_missing")):  # noqa: S104
        outcome = save_rows(store, [Draft(None, NEW)], writer, today)
        assert (outcome.revision, [problem.kind for problem in outcome.problems]) == (None, [kind])
    assert stored(store) == {}


def test_a_store_that_somebody_else_writes_to_is_busy(
    store: Path, writer: Writer, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.locking.LOCK_SECONDS", 0)
    with FileLock(store / "LOCK"):
        outcome = save_rows(store, [Draft(None, NEW)], writer, today)
    assert [problem.kind for problem in outcome.problems] == ["busy"]


def test_a_full_disk_is_a_sentence(store: Path, writer: Writer, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    outcome = save_rows(store, [Draft(None, NEW)], writer, today)
    assert [(problem.kind, problem.value) for problem in outcome.problems] == [
        ("not_written", "No space left on device")
    ]


def test_nothing_can_be_saved_where_nothing_is_published(tmp_path: Path, writer: Writer, today: date) -> None:
    outcome = save_rows(tmp_path / "store", [Draft(None, NEW)], writer, today)
    assert outcome.revision is None
    assert {problem.kind for problem in outcome.problems} == {"frameworks_first"}


def everything_in(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.name != "LOCK")


def test_a_guard_that_stops_a_load_leaves_nothing_behind(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    answers = tmp_path / "new.csv"
    answers.write_text("round,operation,criterion,status\nR2,b-op,T1.a,yes\n")
    before = everything_in(store)
    seen: list[int] = []

    def guard(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
        seen.append(connection.execute("SELECT count(*) FROM answer").fetchall()[0][0])
        return [Problem("changed_meanwhile", "A-001", weight=Weight.FILE)]

    outcome = publish(Load(store, [answers], writer, today, guard=guard))
    assert (outcome.revision, [problem.kind for problem in outcome.problems]) == (None, ["changed_meanwhile"])
    assert seen[0] > 0, "it looks at what is published"
    assert everything_in(store) == before


def test_a_guard_with_nothing_against_it_lets_the_load_through(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    answers = tmp_path / "new.csv"

    def guard(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
        answers.write_text("round,operation,criterion,status\nR2,b-op,T1.a,yes\n")
        return [Problem("renamed", "answers", weight=Weight.NOTE)]

    outcome = publish(Load(store, [answers], writer, today, guard=guard, all_or_nothing=True))
    assert outcome.revision is not None
    assert [problem.kind for problem in outcome.problems] == ["renamed"], "what is only noticed is told"


@pytest.mark.parametrize(("whole", "published"), [(True, False), (False, True)])
def test_only_a_load_that_must_be_whole_is_stopped_by_one_row(
    whole: bool, published: bool, store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    answers = tmp_path / "new.csv"
    answers.write_text("round,operation,criterion,status\nR2,b-op,T1.a,yes\nR2,b-op,T9.z,yes\n")
    before = current_number(store)
    outcome = publish(Load(store, [answers], writer, today, all_or_nothing=whole))
    assert (outcome.revision is not None) == published
    assert current_number(store) == before + published
    assert [problem.kind for problem in outcome.problems] == ["unknown_criterion"]
