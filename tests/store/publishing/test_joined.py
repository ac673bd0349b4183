"""Do people who save at the same moment share a publication, each with a step and rows of their own?"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Semaphore

import pytest

from dashboard.model.answer import Answer, Key
from dashboard.model.permissions import Deed, Grant, Person, Role
from dashboard.model.records import Draft
from dashboard.store.history import current_number, history, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing import edits
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish_together
from dashboard.store.publishing.save_rows import (
    Check,
    save_answers,
    save_comment,
    save_reviews,
    stored_answers,
    stored_authors,
    stored_reviews,
)
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from dashboard.store.verify import verify_history
from tests.conftest import TODAY, WRITER, copy_of

HERE: Key = ("R2", "a-op", "T1.a")
THERE: Key = ("R2", "b-op", "T1.a")
OPEN: Key = ("R2", "a-op", "T2.a")
Saved = Callable[..., tuple[list[Outcome], list[int]]]


def person(name: str) -> Writer:
    return Writer(name, "", person=Person(f"id|{name}", name, (Grant(Role.STEWARD), Grant(Role.CONTRIBUTOR))))


def answer_at(store: Path, key: Key) -> Answer:
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        return stored_answers(cursor, [key])[key]


def change(store: Path, key: Key, note: str, **said: str) -> Draft[Answer]:
    was = answer_at(store, key)
    return Draft(was, replace(was, **{"status": "yes", "evidence": "seen", "note": note, **said}))


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> Saved:
    """Save at once: the first publishes when all others wait. Gives the outcomes, and how many were joined."""

    def saved(*saves: Callable[[], Outcome]) -> tuple[list[Outcome], list[int]]:
        arrived, made = Semaphore(0), list[int]()

        class Noted(edits._Waiting):
            def __init__(self, load: Load) -> None:
                super().__init__(load)
                arrived.release()

        def publish(loads: Sequence[Load]) -> list[Outcome]:
            for _ in saves if not made else ():
                assert arrived.acquire(timeout=60)
            made.append(len(loads))
            return publish_together(loads)

        for name, value in (("_Waiting", Noted), ("publish_together", publish), ("PAUSE", 0), ("TURN", 0)):
            monkeypatch.setattr(edits, name, value)
        with ThreadPoolExecutor(len(saves)) as pool:
            outcomes = [future.result() for future in [pool.submit(save) for save in saves]]
        return outcomes, made

    return saved


def whole(store: Path) -> None:
    assert verify_history(store).problems == ()


def test_who_waits_shares_a_publication_and_has_a_step_and_an_author_of_their_own(store: Path, saved: Saved) -> None:
    who = [person(name) for name in ("ama", "kofi", "esi", "yaw")]
    before = current_number(store)
    said = {HERE: "Ama's", THERE: "Kofi's", OPEN: "Esi's"}
    changes = [change(store, key, note) for key, note in said.items()]
    saves = [partial(save_answers, store, [one], by, TODAY) for one, by in zip(changes, who, strict=False)]
    saves.append(partial(save_comment, store, ("R2", "b-op", "T1.b"), "Why?", Deed.ANSWER, who[3], TODAY))
    outcomes, made = saved(*saves)
    assert made == [1, 3]
    numbers = [outcome.revision.number for outcome in outcomes if outcome.revision]
    assert sorted(numbers) == [before + n for n in (1, 2, 3, 4)]
    steps = {one.number: one for one in history(store)}
    assert [steps[number].subject for number in numbers] == [by.subject for by in who]
    assert [steps[number].files[0][0] for number in numbers] == ["answers.csv"] * 3 + ["comments.csv"]
    assert {steps[number].files[0][2] for number in numbers} == {1}
    assert len({steps[before + n].publication for n in (2, 3, 4)}) == 1
    assert all("typed-" not in name for one in steps.values() for name, _, _ in one.files)
    published = Reader(store).current()
    assert published is not None
    assert published.revision.number == before + 4
    with published.cursor() as cursor:
        answers = stored_answers(cursor, said)
        assert {key: answers[key].note for key in said} == said
        authors = stored_authors(cursor, store, said)
        ((step,),) = cursor.execute("SELECT step FROM answer_comment").fetchall()
        brought = cursor.execute(
            "SELECT operation, step FROM brought JOIN operation USING (operation_no) JOIN round USING (round_no) "
            "WHERE round = 'R2' AND operation IN ('a-op', 'b-op')"
        ).fetchall()
    assert {key: authors[key] for key in said} == dict(zip(said, (by.subject for by in who), strict=False))
    assert step == numbers[3]
    assert dict(brought) == {"a-op": max(numbers[0], numbers[2]), "b-op": numbers[1]}
    whole(store)


def test_a_joined_publication_is_put_back_as_a_whole(store: Path, saved: Saved) -> None:
    before = current_number(store)
    who = person("ama")
    outcomes, _ = saved(
        *(partial(save_answers, store, [change(store, key, "New")], who, TODAY) for key in (HERE, THERE, OPEN))
    )
    first, *_, last = sorted(outcome.revision.number for outcome in outcomes if outcome.revision)
    assert revert(store, last - 1, WRITER).revision is not None
    assert answer_at(store, OPEN).note == answer_at(store, HERE).note == "New"
    assert revert(store, before, WRITER).revision is not None
    assert {answer_at(store, key).note for key in (HERE, THERE, OPEN)} == {""}
    assert read_revision(store, first).publication != read_revision(store, last).publication
    whole(store)


def test_one_that_is_refused_does_not_hold_the_others_back(store: Path, saved: Saved) -> None:
    good = [partial(save_answers, store, [change(store, key, "New")], person("ama"), TODAY) for key in (HERE, THERE)]
    bad = partial(save_answers, store, [change(store, OPEN, "", status="perhaps")], person("kofi"), TODAY)
    late = replace(change(store, OPEN, ""), was=replace(answer_at(store, OPEN), note="Something else"))
    outcomes, _ = saved(*good, bad, partial(save_answers, store, [late], person("esi"), TODAY))
    assert [outcome.revision is not None for outcome in outcomes] == [True, True, False, False]
    assert [problem.kind for outcome in outcomes[2:] for problem in outcome.problems if problem.serious] == [
        "off_scale",
        "changed_meanwhile",
    ]
    # As the person knows it, not as a file.
    assert [problem.file for outcome in outcomes[2:] for problem in outcome.problems] == ["a-op, T2.a"] * 2
    assert {answer_at(store, key).note for key in (HERE, THERE)} == {"New"}
    whole(store)


def test_of_two_who_change_the_same_answer_the_second_is_shown_what_the_first_said(store: Path, saved: Saved) -> None:
    elsewhere = partial(save_answers, store, [change(store, THERE, "New")], person("yaw"), TODAY)
    both = [partial(save_answers, store, [change(store, HERE, n)], person(n), TODAY) for n in ("ama", "kofi")]
    outcomes, _ = saved(elsewhere, *both)
    (kept,) = [n for n, outcome in zip(("ama", "kofi"), outcomes[1:], strict=True) if outcome.revision]
    (told,) = [outcome for outcome in outcomes[1:] if outcome.revision is None]
    assert ("note", kept) in [(problem.column, problem.value) for problem in told.problems]
    assert answer_at(store, HERE).note == kept
    whole(store)


@pytest.mark.thorough
def test_a_review_and_an_answer_are_joined(store: Path, saved: Saved) -> None:
    check = Check(answer_at(store, HERE), None, "checked")
    reviewer = Writer("reviewer", "", person=Person("id|esi", "", (Grant(Role.REVIEWER),)))
    saves = [partial(save_answers, store, [change(store, key, "New")], person("ama"), TODAY) for key in (THERE, OPEN)]
    outcomes, made = saved(*saves, partial(save_reviews, store, [check], reviewer, TODAY))
    assert made == [1, 2]
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        assert stored_reviews(cursor, [HERE])[HERE].verdict == "checked"
        ((step,),) = cursor.execute("SELECT step FROM review").fetchall()
    assert outcomes[2].revision is not None
    assert step == outcomes[2].revision.number
    whole(store)


def test_what_is_joined_is_what_would_be_published_one_by_one(store: Path, tmp_path: Path, saved: Saved) -> None:
    other = tmp_path / "other"
    copy_of(store, other)
    changes = [change(store, key, "New") for key in (HERE, THERE, OPEN)]
    saved(*(partial(save_answers, store, [one], person("ama"), TODAY) for one in changes))
    for one in changes:
        assert save_answers(other, [one], person("ama"), TODAY).revision is not None
    assert rows(store) == rows(other)


def rows(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table, without the numbers of steps, in which the order of people counts."""
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        tables = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        # Only what the last load touched.
        tables.remove(("touched",))
        found = {}
        for (name,) in tables:
            columns = [column for column, *_ in cursor.execute(f'DESCRIBE "{name}"').fetchall() if column != "step"]
            chosen = ", ".join(f'"{column}"' for column in columns)
            found[name] = sorted(cursor.execute(f'SELECT {chosen} FROM "{name}"').fetchall(), key=repr)  # noqa: S608
        return found
