"""Is anything good ever deleted? Lost notes, damaged pointers, restores, repairs, and deliberate removals."""

import itertools
import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.problem import Problem
from dashboard.store import upkeep as repairing
from dashboard.store.history import (
    Revision,
    StoreError,
    current_number,
    history,
    pointer_text,
    publication_path,
    read_revision,
    revision_path,
)
from dashboard.store.locking import Writer
from dashboard.store.publishing.edits import close_round, reopen_round
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.store.upkeep import Keep, prunable, prune, repair, revert, undo
from dashboard.store.verify import verify_history
from tests.conftest import copy_of
from tests.store.publishing.test_publish import contents

Publish = Callable[[str], Revision]


def publish_one(store: Path, folder: Path, status: str, writer: Writer, today: date) -> Revision:
    """Publish one answer with a status as a step of its own."""
    file = folder / f"{status}.csv"
    file.write_text(f"round,operation,criterion,status,evidence\nR2,b-op,T1.a,{status},seen\n")
    move = publish(Load(store, [file], writer, today)).revision
    assert move is not None
    return move


@pytest.fixture
def step(store: Path, tmp_path: Path, writer: Writer, today: date) -> Publish:
    """Publishes one answer with a status as a step of its own, and returns its move."""
    return lambda status: publish_one(store, tmp_path, status, writer, today)


@pytest.fixture(scope="module")
def stepped(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory, writer: Writer, today: date) -> Path:
    """A store with two more steps, the answer `yes` and then `no`. Read-only."""
    folder = tmp_path_factory.mktemp("stepped")
    store = copy_of(tiny_store, folder / "store")
    for status in ("yes", "no"):
        publish_one(store, folder, status, writer, today)
    return store


@pytest.fixture
def three_steps(stepped: Path, tmp_path: Path) -> Path:
    """A copy of that store, free to change."""
    return copy_of(stepped, tmp_path / "three")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """One more answer, to be published."""
    path = tmp_path / "more.csv"
    path.write_text("round,operation,criterion,status,evidence\nR2,a-op,T2.a,yes,seen\n")
    return path


def status(store: Path) -> str:
    """What the answer that `step` changes says in the publication in force."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        question = """
            SELECT status FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
                JOIN criterion USING (criterion_no) JOIN scale USING (status_no)
            WHERE round = 'R2' AND operation = 'b-op' AND criterion = 'T1.a'
        """
        return str(connection.execute(question).fetchall()[0][0])


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.kind for problem in problems]


def still_there(before: dict[str, bytes], store: Path) -> bool:
    """Whether every earlier file is there, with the same bytes; the pointer may have moved."""
    after = contents(store)
    return all(after.get(name) == content for name, content in before.items() if name != "CURRENT")


def break_store(store: Path, how: str) -> None:
    """Reproduce an observed failure: a note lost, and with it every publication."""
    match how:
        case "a move in the middle":
            revision_path(store, 2).unlink()
        case "the move in force":
            revision_path(store, 3).unlink()
        case "all moves":
            shutil.rmtree(store / "moves")
        case "the pointer":
            (store / "CURRENT").unlink()
        case "pointer and moves":
            (store / "CURRENT").unlink()
            shutil.rmtree(store / "moves")
        case "the publication in force":
            publication_path(store, read_revision(store, 3).publication).unlink()
        case "a digit of the pointer":
            (store / "CURRENT").write_text("2" + (store / "CURRENT").read_text()[1:])
        case "a pointer too high":
            (store / "CURRENT").write_text("900000000\n")


HOW = (
    *("a move in the middle", "the move in force", "all moves", "the pointer", "pointer and moves"),
    *("the publication in force", "a digit of the pointer", "a pointer too high"),
)


@pytest.mark.thorough
@pytest.mark.parametrize("how", HOW)
def test_whatever_note_goes_missing_nothing_is_deleted_and_a_repair_finds_the_newest_whole(
    three_steps: Path, file: Path, writer: Writer, today: date, how: str
) -> None:
    store = three_steps
    break_store(store, how)
    before = contents(store)
    # Opening a page, a request to publish, and a request to revert.
    if how != "a move in the middle":
        with pytest.raises(StoreError):
            Reader(store).current()
        assert publish(Load(store, [file], writer, today)).revision is None
        assert contents(store) == before
    if how != "the publication in force":
        # With a gap in the history, what is reverted to could not be read back.
        assert revert(store, 1, writer).revision is None
    assert contents(store) == before

    found = repair(store, writer)

    assert found.revision is not None, found.problems
    assert (found.revision.kind, found.revision.role) == ("repair", writer.role)
    assert status(store) == ("yes" if how == "the publication in force" else "no")
    assert still_there(before, store)
    numbers = [move.number for move in history(store)]
    assert numbers[0] == found.revision.number == 4
    assert kinds(repair(store, writer).problems) == ["nothing_to_repair"]
    # Everything continues from there.
    assert publish(Load(store, [file], writer, today)).revision is not None
    if 1 in numbers:
        assert revert(store, 1, writer).revision is not None
        assert status(store) == "dont_know"
    assert still_there(before, store)


def test_a_store_of_one_step_without_its_pointer_is_damaged_and_not_empty(
    store: Path, tiny: Path, writer: Writer, today: date
) -> None:
    (store / "CURRENT").unlink()
    before = contents(store)
    with pytest.raises(StoreError):
        Reader(store).current()
    assert kinds(publish(Load(store, [tiny], writer, today)).problems) == ["pointer_damaged"]
    assert contents(store) == before
    assert repair(store, writer).revision is not None
    assert status(store) == "dont_know"


def test_an_older_store_is_not_chained_and_goes_on_as_a_chain(store: Path, step: Publish) -> None:
    record = json.loads(revision_path(store, 1).read_text())
    for key in ("after", "sha256", "previous", "lost", "removed", "subject"):
        del record[key]
    revision_path(store, 1).write_text(json.dumps(record))
    (store / "CURRENT").write_text("1\n")
    assert not read_revision(store, 1).is_chained
    second = step("yes")
    assert second.is_chained
    found = verify_history(store)
    assert found.problems == ()
    assert found.not_chained == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        ("a byte of a publication", "publication_altered"),
        ("a publication", "publication_gone"),
        ("a word of a move", "move_altered"),
        ("a move", "pointer_damaged"),
    ],
)
def test_what_was_changed_or_lost_since_is_found(three_steps: Path, broken: str, kind: str) -> None:
    store = three_steps
    first = read_revision(store, 1)
    assert verify_history(store).problems == ()
    path = publication_path(store, first.publication)
    match broken:
        case "a byte of a publication":
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)
        case "a publication":
            path.unlink()
        case "a word of a move":
            note = revision_path(store, 1)
            note.write_text(note.read_text().replace(first.why, "another reason"))
        case "a move":
            revision_path(store, 1).unlink()
    problems = verify_history(store).problems
    assert kind in kinds(problems)
    assert any(problem.serious for problem in problems)


@pytest.mark.thorough
def test_what_cannot_be_explained_is_reported_and_left(
    store: Path, step: Publish, file: Path, writer: Writer, today: date
) -> None:
    second = step("yes")
    # An older state is restored over a newer one: the pointer says 1 again.
    (store / "CURRENT").write_text("1\n")
    stranger = publication_path(store, "000001-0badf00d")
    shutil.copyfile(publication_path(store, second.publication), stranger)
    before = contents(store)
    third = publish(Load(store, [file], writer, today)).revision
    assert third is not None
    assert (third.number, third.after) == (3, 1)
    assert still_there(before, store)
    found = verify_history(store)
    assert [move.number for move in found.revisions] == [3, 1]
    assert kinds(found.problems) == ["move_aside", "publication_unexplained"]
    assert not any(problem.serious for problem in found.problems)


@pytest.mark.thorough
@pytest.mark.parametrize("order", list(itertools.permutations(("CURRENT", "moves", "publications"))))
@pytest.mark.parametrize("over", ["an empty folder", "a newer state"])
def test_a_restore_in_any_order_loses_nothing_with_pages_open_and_somebody_saving(
    store: Path, step: Publish, tmp_path: Path, file: Path, writer: Writer, today: date,
    order: tuple[str, ...], over: str,
) -> None:  # fmt: skip
    step("yes")
    backup = copy_of(store, tmp_path / "backup")
    kept = contents(backup)
    if over == "a newer state":
        step("no")
    else:
        shutil.rmtree(store)
        store.mkdir()
    reader = Reader(store)
    newer = contents(store)

    def looked_at() -> None:
        """A page is opened, and somebody wants to save."""
        try:
            reader.current()
        except StoreError:
            assert publish(Load(store, [file], writer, today)).revision is None

    for part in order:
        source = backup / part
        for path in [source] if source.is_file() else sorted(source.iterdir()):
            looked_at()
            (store / path.relative_to(backup)).parent.mkdir(exist_ok=True)
            shutil.copyfile(path, store / path.relative_to(backup))
    assert still_there(kept, store)
    assert still_there({name: content for name, content in newer.items() if name not in kept}, store)
    assert status(store) == "yes"
    assert publish(Load(store, [file], writer, today)).revision is not None
    assert still_there({**newer, **kept}, store)


def failing_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, the nth sync or rename reports a disk failure; a rename is done all the same."""
    calls = itertools.count(1)
    fsync, replace = os.fsync, os.replace

    def failing(call: Callable[..., None], done: bool) -> Callable[..., None]:
        def called(*arguments: object, **named: object) -> None:
            if next(calls) == number:
                if done:
                    call(*arguments, **named)
                raise OSError(5, "Input/output error")
            call(*arguments, **named)

        return called

    monkeypatch.setattr(os, "fsync", failing(fsync, False))
    monkeypatch.setattr(os, "replace", failing(replace, True))


@pytest.mark.thorough
def test_after_an_error_of_the_disk_the_sentence_is_true_wherever_it_came(
    store: Path, file: Path, writer: Writer, today: date
) -> None:
    told = set()
    for number in range(1, 30):
        before, in_force = contents(store), current_number(store)
        with pytest.MonkeyPatch.context() as patched:
            failing_at(number, patched)
            outcome = publish(Load(store, [file], writer, today))
        if kinds(outcome.problems) == ["not_written"]:
            assert current_number(store) == in_force
            assert contents(store) == before, "nothing was changed, and nothing is left"
        else:
            assert outcome.revision is not None
            assert current_number(store) == outcome.revision.number
        told.update(kinds(outcome.problems))
        assert verify_history(store).problems == ()
        if not outcome.problems:
            break
    assert told == {"not_written", "not_durable"}


@pytest.mark.parametrize("kept", ["CURRENT", "moves", "publications"])
def test_what_may_not_be_read_is_not_taken_for_damaged(
    kept: str, store: Path, step: Publish, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = step("yes").number
    newest = max((store / kept).iterdir()) if kept != "CURRENT" else store / kept
    before, usual = contents(store), Path.open

    def refusing(path: Path, *given: Any, **named: Any) -> Any:
        if path == newest:
            raise PermissionError(13, "Permission denied")
        return usual(path, *given, **named)

    monkeypatch.setattr(Path, "open", refusing)
    assert [(p.kind, p.value) for p in repair(store, writer).problems] == [("not_written", "Permission denied")]
    monkeypatch.undo()
    assert (contents(store), current_number(store)) == (before, number)


def test_if_the_disk_fails_after_a_repair_it_is_in_force_and_that_is_said(
    store: Path, step: Publish, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    step("yes")
    (store / "CURRENT").write_text("seven")

    def failing(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(repairing, "verify_history", failing)
    outcome = repair(store, writer)
    assert outcome.revision is not None
    assert current_number(store) == outcome.revision.number
    assert [(problem.kind, problem.value) for problem in outcome.problems] == [("not_durable", "Input/output error")]


def test_undo_goes_back_over_numbers_that_were_left_out(store: Path, step: Publish, writer: Writer) -> None:
    step("yes")
    revision_path(store, 3).write_text("{ half a ste")
    last = step("no")
    assert (last.number, last.after) == (4, 2)
    assert kinds(undo(store, 2, writer).problems) == ["published_since"]
    assert undo(store, 4, writer).revision is not None
    assert status(store) == "yes"


def test_publications_are_removed_on_purpose_and_the_history_says_so(
    store: Path, step: Publish, writer: Writer, today: date
) -> None:
    closed = close_round(store, "R1", writer, today, accept=True).revision
    assert closed is not None
    for given in ("yes", "no", "mostly"):
        step(given)
    found = prunable(store, Keep(last=1))
    # The one that closed R1 stays, and so does the one in force.
    assert set(found.publications) == {
        read_revision(store, 1).publication,
        read_revision(store, 3).publication,
        read_revision(store, 4).publication,
    }
    assert found.size == sum(publication_path(store, name).stat().st_size for name in found.publications)

    made = prune(store, Keep(last=1), writer).revision

    assert made is not None
    assert (made.kind, made.removed) == ("prune", found.publications)
    assert status(store) == "mostly"
    assert not any(publication_path(store, name).exists() for name in found.publications)
    assert publication_path(store, closed.publication).exists()
    seen = verify_history(store)
    assert seen.problems == ()
    assert set(seen.removed) == set(found.publications)
    assert [move.number for move in history(store)] == [6, 5, 4, 3, 2, 1]
    before = contents(store)
    assert kinds(revert(store, 3, writer).problems) == ["publication_removed"]
    assert contents(store) == before
    assert kinds(prune(store, Keep(last=1), writer).problems) == ["nothing_to_prune"]
    # One that goes missing is still distinguished from those that were removed.
    publication_path(store, closed.publication).unlink()
    assert kinds(verify_history(store).problems) == ["publication_gone"]


def test_a_round_that_is_open_again_keeps_nothing_back(store: Path, writer: Writer, today: date) -> None:
    closed = close_round(store, "R1", writer, today, accept=True).revision
    reopened = reopen_round(store, "R1", writer, today).revision
    assert closed is not None
    assert reopened is not None
    assert closed.publication in prunable(store, Keep(last=1)).publications


def test_what_was_in_force_lately_stays(store: Path, step: Publish) -> None:
    step("yes")
    note = revision_path(store, 1)
    note.write_text(note.read_text().replace(read_revision(store, 1).at, "2020-01-01T00:00:00+00:00"))
    # The first was in force until the second replaced it just now.
    assert prunable(store, Keep(days=30)).publications == ()
    second = revision_path(store, 2)
    second.write_text(second.read_text().replace(read_revision(store, 2).at, "2020-02-01T00:00:00+00:00"))
    (store / "CURRENT").write_text(pointer_text(store, 2))
    assert prunable(store, Keep(days=30)).publications == (read_revision(store, 1).publication,)


def test_a_save_that_would_fill_the_disk_is_refused_before_it_begins(
    store: Path, file: Path, writer: Writer, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(store)
    size = read_revision(store, 1).size
    usage = shutil.disk_usage(store)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=size))
    made: list[Path] = []
    monkeypatch.setattr(Path, "mkdir", lambda path, *a, **k: made.append(path))
    outcome = publish(Load(store, [file], writer, today))
    assert kinds(outcome.problems) == ["disk_full"]
    assert not any("making" in path.name for path in made), "nothing was begun"
    assert contents(store) == before
