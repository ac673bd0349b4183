"""Are saved answers imported like a file, never over another's work, and all of them or none?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from filelock import FileLock

from dashboard.model.answer import Answer, Key
from dashboard.model.problem import Problem
from dashboard.model.records import Draft
from dashboard.store.history import current_number, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.save_rows import save_answers, stored_answers
from dashboard.store.reader import Reader

ANSWERED: Key = ("R2", "a-op", "T1.a")
OPEN: Key = ("R2", "a-op", "T2.a")
HERS = Writer("Shop lead", "asked in the shop")


def stored(store: Path) -> dict[Key, Answer]:
    """The answers of one operation in the publication in force."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_answers(connection, [("R2", "a-op", code) for code in ("T1.a", "T1.b", "T2.a")])


def saved(store: Path, *changes: Draft[Answer], writer: Writer = HERS, today: date) -> Outcome:
    outcome = save_answers(store, changes, writer, today)
    assert outcome.revision is not None, outcome.problems
    return outcome


def told(outcome: Outcome) -> list[tuple[str, str, str | None]]:
    assert outcome.revision is None
    return [(problem.kind, problem.file, problem.column) for problem in outcome.problems]


def answering(was: Answer, **said: str) -> Draft[Answer]:
    return Draft(was, replace(was, **said))


def test_a_stored_answer_is_the_row_that_would_be_imported(store: Path) -> None:
    assert stored(store)[ANSWERED] == Answer(*ANSWERED, "mostly", "seen", "", "Shop manager", "2025-02-01", "", "1.0")
    assert stored(store)[OPEN] == Answer(*OPEN)


def test_answers_become_one_step_in_the_role_of_who_gives_them(store: Path, today: date) -> None:
    before = stored(store)
    changes = [
        answering(before[OPEN], status="yes", evidence="self_declared", note='Told "at the till", =always\nand twice'),
        answering(before[ANSWERED], status="na", na_reason="No toys."),
    ]
    outcome = saved(store, *changes, today=today)
    assert outcome.revision is not None
    assert (outcome.revision.number, outcome.revision.role, outcome.revision.why) == (
        2,
        "Shop lead",
        "asked in the shop",
    )
    assert [(name, rows) for name, _, rows in read_revision(store, 2).files] == [("answers.csv", 2)]
    given = {"answered_by_role": "Shop lead", "answered_on": "2026-01-01", "framework_version": "1.0"}
    assert stored(store) == before | {change.typed.key: replace(change.typed, **given) for change in changes}


def test_what_another_has_answered_since_is_reported_and_nothing_is_lost(store: Path, today: date) -> None:
    opened = stored(store)
    saved(store, answering(opened[OPEN], status="no", note="Theirs"), today=today)
    mine = answering(opened[OPEN], status="yes")
    assert told(save_answers(store, [answering(opened[ANSWERED], status="no"), mine], HERS, today)) == [
        ("changed_meanwhile", "a-op, T2.a", "status"),
        ("changed_meanwhile", "a-op, T2.a", "note"),
    ]
    assert current_number(store) == 2
    assert stored(store)[ANSWERED] == opened[ANSWERED]
    # Compared with theirs, mine is saved over it.
    saved(store, Draft(stored(store)[OPEN], mine.typed), today=today)
    assert (stored(store)[OPEN].status, stored(store)[OPEN].note) == ("yes", "")


@pytest.mark.thorough
def test_one_who_says_the_same_in_another_role_is_in_nobodys_way(store: Path, today: date) -> None:
    opened = stored(store)
    change = answering(opened[OPEN], status="yes")
    saved(store, change, writer=Writer("Somebody else", ""), today=today)
    again = Draft(replace(stored(store)[OPEN], answered_by_role="", answered_on=""), change.typed)
    saved(store, again, today=today)
    assert stored(store)[OPEN].answered_by_role == "Shop lead"


def test_of_two_who_answer_the_same_criterion_at_once_one_is_saved_and_one_is_told(store: Path, today: date) -> None:
    opened = stored(store)[OPEN]
    outcomes: list[Outcome] = []
    ready = Barrier(2)

    def work(note: str) -> None:
        ready.wait()
        outcomes.append(save_answers(store, [answering(opened, status="yes", note=note)], HERS, today))

    threads = [Thread(target=work, args=(note,)) for note in ("One", "Other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (lost,) = [outcome for outcome in outcomes if outcome.revision is None]
    assert {problem.kind for problem in lost.problems} == {"changed_meanwhile"}
    assert stored(store)[OPEN].note == next(p.value for p in lost.problems if p.column == "note")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("wrong", "kind", "column"),
    [
        ({"status": "na"}, "reason_missing", "na_reason"),
        ({"status": "perhaps"}, "off_scale", "status"),
        ({"evidence": "sean"}, "off_scale", "evidence"),
        ({"operation": "c-op"}, "unknown_operation", "operation"),
        ({"criterion": "T2.b"}, "not_asked", "criterion"),
    ],
)
def test_one_value_that_is_not_sound_stops_the_whole_save(
    wrong: dict[str, str], kind: str, column: str, store: Path, today: date
) -> None:
    before = stored(store)
    sound = answering(before[ANSWERED], note="Two\n\nparagraphs.")
    bad = replace(before[OPEN], **{"status": "yes", **wrong})
    outcome = save_answers(store, [sound, Draft(replace(bad, status="unanswered", evidence=""), bad)], HERS, today)
    assert told(outcome) == [(kind, f"{bad.operation}, {bad.criterion}", column)]
    assert stored(store) == before


def test_who_may_not_publish_saves_nothing(store: Path, today: date) -> None:
    change = answering(stored(store)[OPEN], status="yes")
    for writer, kind in ((Writer("guest", "", "0.0.0.0"), "may_not_publish"), (Writer(" ", ""), "role_missing")):  # noqa: S104
        outcome = save_answers(store, [change], writer, today)
        assert (outcome.revision, [problem.kind for problem in outcome.problems]) == (None, [kind])
    assert stored(store)[OPEN] == change.was


def test_a_busy_store_and_a_full_disk_are_sentences(store: Path, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    change = answering(stored(store)[OPEN], status="yes")
    monkeypatch.setattr("dashboard.store.locking.LOCK_SECONDS", 0)
    with FileLock(store / "LOCK"):
        assert kinds(save_answers(store, [change], HERS, today)) == ["busy"]

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    assert kinds(save_answers(store, [change], HERS, today)) == ["not_written"]


def kinds(outcome: Outcome) -> list[str]:
    def kind(problem: Problem) -> str:
        return problem.kind

    return [kind(problem) for problem in outcome.problems]
