"""Is a copy of a store whole at any moment, the same in the end, and changed by nothing but its original?"""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.people.person import Grant, Role
from dashboard.model.people.token import Wanted
from dashboard.model.present.tour import Step
from dashboard.model.view.aliases import Aliases
from dashboard.store import ended
from dashboard.store.history import Revision, publication_path, read_revision
from dashboard.store.keeping import replicate as module
from dashboard.store.keeping.copied import copy_checked
from dashboard.store.keeping.prune import Keep, prune
from dashboard.store.keeping.repair import repair
from dashboard.store.keeping.replicate import Replicated, replicate
from dashboard.store.keeping.revert import revert
from dashboard.store.keeping.upgrade import upgrade
from dashboard.store.keeping.verify import verify_history
from dashboard.store.location import REPLICA
from dashboard.store.masking.shared_aliases import FILE as ALIASES
from dashboard.store.masking.shared_aliases import shared_aliases
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.rounds import close_round
from dashboard.store.reading.mappings import save_mapping
from dashboard.store.reading.reader import Reader
from dashboard.store.reading.views import remove_view, save_view, stored_views
from dashboard.store.shown_names import change_name, shown_names
from dashboard.store.tokens import make, revoke, tokens
from dashboard.store.votes.counting import vote
from dashboard.store.votes.room import RoomError, ask, close, records, reveal
from tests.conftest import TODAY, WRITER
from tests.store.disk import states_after_a_cut
from tests.store.keeping.stopped_copies import history_of, shown
from tests.store.keeping.test_keeping import failing_at, kinds, publish_one, status
from tests.store.publishing.test_publish import command, contents
from tests.voting import FIRST as WHAT_FIRST
from tests.voting import SEVERITY, votes

VIEW = Step.of_view("heatmap", {"country": "GHA"}, "One of us", "It is open.")
MAPPING = SheetMapping(name="theirs", form="answers")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where the copy will be."""
    return tmp_path / "elsewhere" / "copy"


@pytest.fixture
def step(store: Path, tmp_path: Path) -> Callable[[str], Revision]:
    """Publishes one answer with a status, and returns its move."""
    return lambda status: publish_one(store, tmp_path, status, WRITER, TODAY)


def done(store: Path, copy: Path) -> Replicated:
    """Copy the store, without any problem."""
    outcome = replicate(store, copy)
    assert isinstance(outcome, Replicated), outcome.problems
    assert outcome.problems == ()
    assert history_of(copy) == history_of(store)
    assert not [*copy.glob("making-*")]
    return outcome


def live(store: Path) -> None:
    """Let a store gather what stands beside its history."""
    assert save_view(store, VIEW, WRITER) is None
    assert save_mapping(store, MAPPING) is None
    assert change_name(store, "id|1", "Somebody") == ()
    _, problems = make(store, Wanted("report", (Grant(Role.VIEWER),), 90), None, {}, 1e9)
    assert problems == ()
    ended.end(store, "a" * 64, 100)
    ask(store, SEVERITY)
    for given in votes("1123"):
        vote(store, 1, given)
    reveal(store, 1)
    close(store, 1, "2")
    ask(store, WHAT_FIRST)


def test_a_copy_is_the_same_and_only_what_is_new_is_copied_later(
    store: Path, copy: Path, step: Callable[[str], Revision]
) -> None:
    assert (done(store, copy).copied, status(copy)) == (1, "dont_know")
    was = {path: path.stat().st_ino for path in copy.rglob("*.*")}
    assert done(store, copy) == Replicated(read_revision(store, 1), ())
    step("yes")
    second = done(store, copy)
    assert (second.copied, second.size, second.is_news) == (1, read_revision(store, 2).size, True)
    assert {path: path.stat().st_ino for path in was} == was, "what was there is not written again"
    assert status(copy) == "yes"
    assert verify_history(copy).problems == ()


def test_what_stands_beside_the_history_comes_along_and_goes_again(store: Path, copy: Path) -> None:
    live(store)
    done(store, copy)
    assert stored_views(copy) == stored_views(store) == ({VIEW.title: VIEW}, ())
    assert shown_names(copy) == {"id|1": "Somebody"}
    assert tokens(copy) == tokens(store)
    assert ended.has_ended(copy, "a" * 64, 100)
    assert records(copy) == records(store)
    beside = {path.relative_to(copy).parts[0] for path in copy.rglob("*")}
    assert beside == {
        "CURRENT", "LOCK", REPLICA, "ended", "mappings", "moves", "people", "publications", "room", "views",
    }  # fmt: skip
    assert [str(path.relative_to(copy)) for path in (copy / "room").rglob("*.*")] == ["room/000001/record.json"]
    # The time of the last copy is all that changes.
    before = contents(copy)
    done(store, copy)
    assert {**contents(copy), REPLICA: b""} == {**before, REPLICA: b""}

    assert remove_view(store, VIEW.title, WRITER) is None
    assert revoke(store, tokens(store)[0].id, None) == ()
    done(store, copy)
    assert stored_views(copy) == ({}, ())
    assert tokens(copy) == ()


def test_whoever_signed_out_at_the_copy_or_later_stays_signed_out(store: Path, copy: Path) -> None:
    ended.end(store, "a" * 64, 100)
    ended.end(store, "c" * 64, 300)
    done(store, copy)
    ended.end(copy, "a" * 64, 200)
    ended.end(copy, "b" * 64, 200)
    ended.end(store, "c" * 64, 400)
    done(store, copy)
    assert [ended.has_ended(copy, name * 64, began) for name, began in (("a", 200), ("b", 200), ("c", 400))] == [
        True, True, True,
    ]  # fmt: skip


def test_pruned_publications_go_from_the_copy_too_and_make_room_on_its_disk(
    store: Path, copy: Path, step: Callable[[str], Revision], monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in ("yes", "no"):
        step(given)
    done(store, copy)
    assert prune(store, Keep(last=1), WRITER).revision is not None
    step("mostly")
    held: list[int] = []

    def usage(_: Path) -> object:
        held.append(len([*copy.glob("publications/*")]))
        return usual

    usual = shutil.disk_usage(store)
    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert done(store, copy).removed == 2
    assert held == [1], "there is room before anything is copied"
    assert verify_history(copy).problems == ()


def test_nothing_else_changes_a_copy(store: Path, copy: Path, tmp_path: Path, tiny: Path, today: date) -> None:
    live(store)
    publish_one(store, tmp_path, "yes", WRITER, TODAY)
    done(store, copy)
    before = contents(copy)
    by = Writer("admin", "for a test")
    told = [
        publish(Load(copy, [tiny], by, today)).problems,
        revert(copy, 1, by).problems,
        prune(copy, Keep(last=1), by).problems,
        repair(copy, by).problems,
        close_round(copy, "R1", by, today).problems,
        upgrade(copy, tmp_path / "upgraded").problems,
        change_name(copy, "id|1", "Else"),
        make(copy, Wanted("other", (Grant(Role.VIEWER),), 90), None, {}, 1e9)[1],
        revoke(copy, tokens(copy)[0].id, None),
        *((problem,) for problem in (save_view(copy, VIEW, by), remove_view(copy, VIEW.title, by)) if problem),
        *((problem,) for problem in (save_mapping(copy, MAPPING),) if problem),
    ]
    assert [kinds(problems) for problems in told] == [["replica"]] * 12
    with pytest.raises(RoomError, match=r"^not_kept$"):
        ask(copy, SEVERITY)
    assert contents(copy) == before


def test_a_copy_hides_names_behind_aliases_of_its_own(store: Path, copy: Path) -> None:
    done(store, copy)
    shared_aliases(copy, Aliases(), {"country": ["GHA", "TCD"]}, {})
    own = (copy / ALIASES).read_bytes()
    done(store, copy)
    assert (copy / ALIASES).read_bytes() == own
    assert not (store / ALIASES).exists()


def test_a_copy_without_its_mark_is_a_store_of_its_own_and_never_written_over(
    store: Path, copy: Path, step: Callable[[str], Revision], tmp_path: Path
) -> None:
    done(store, copy)
    (copy / REPLICA).unlink()
    publish_one(copy, tmp_path, "no", WRITER, TODAY)
    step("yes")
    before = contents(copy)
    assert kinds(replicate(store, copy).problems) == ["replica_not_empty"]
    assert contents(copy) == before
    assert status(copy) == "no"


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("a folder with a file", "replica_not_empty"),
        ("a file", "replica_not_empty"),
        ("the store itself", "replica_inside"),
        ("a folder in the store", "replica_inside"),
        ("the folder around the store", "replica_inside"),
        ("a copy of another store", "replica_of_other"),
        ("a copy of what the store has lost", "replica_of_other"),
    ],
)
def test_a_folder_that_holds_anything_else_is_left_alone(
    store: Path, copy: Path, step: Callable[[str], Revision], tmp_path: Path, tiny: Path, what: str, kind: str
) -> None:
    older = Path(shutil.copytree(store, tmp_path / "older"))
    step("yes")
    match what:
        case "a folder with a file":
            copy.mkdir(parents=True)
            (copy / "letter.txt").write_text("mine")
        case "a file":
            copy.parent.mkdir()
            copy.write_text("mine")
        case "the store itself":
            copy = store
        case "a folder in the store":
            copy = store / "copy"
        case "the folder around the store":
            copy = tmp_path
        case "a copy of another store":
            other = tmp_path / "other"
            assert publish(Load(other, [tiny], WRITER, TODAY)).revision is not None
            done(other, copy)
        case "a copy of what the store has lost":
            done(store, copy)
            store = older
    before = contents(tmp_path)
    outcome = replicate(store, copy)
    assert (outcome.revision, kinds(outcome.problems)) == (None, [kind])
    assert contents(tmp_path) == before


def test_a_store_with_nothing_in_it_is_not_copied(tmp_path: Path, copy: Path) -> None:
    assert kinds(replicate(tmp_path / "none", copy).problems) == ["nothing_to_replicate"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("how", ["altered", "gone"])
@pytest.mark.parametrize("which", [1, 2])
def test_what_the_store_has_lost_is_told_and_only_what_is_in_force_stops_the_copy(
    store: Path, copy: Path, step: Callable[[str], Revision], how: str, which: int
) -> None:
    step("yes")
    path = publication_path(store, read_revision(store, which).publication)
    if how == "gone":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    outcome = replicate(store, copy)
    assert kinds(outcome.problems) == [f"publication_{how}"]
    assert any(problem.serious for problem in outcome.problems)
    assert isinstance(outcome, Replicated) == (which == 1)
    assert shown(copy) == (2 if which == 1 else 0)
    assert not publication_path(copy, read_revision(store, which).publication).exists()


def test_a_first_copy_that_is_not_complete_shows_nothing_yet(
    store: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(module, "_copy_moves", broken)
        assert kinds(replicate(store, copy).problems) == ["replica_failed"]
    assert [*(copy / "publications").iterdir()]
    assert Reader(copy).current() is None
    assert done(store, copy).copied == 0


def test_a_pointer_that_was_damaged_is_replaced(store: Path, copy: Path, step: Callable[[str], Revision]) -> None:
    step("yes")
    done(store, copy)
    (copy / "CURRENT").write_text("9 broken\n")
    done(store, copy)


def test_a_store_that_is_pruned_and_published_to_meanwhile_is_copied_whole(
    store: Path, copy: Path, step: Callable[[str], Revision], monkeypatch: pytest.MonkeyPatch
) -> None:
    step("yes")
    step("no")
    copied, turns = copy_checked, list[Path]()

    def slowly(path: Path, draft: Path) -> str:
        turns.append(path)
        if len(turns) == 2:
            # All but one of those that are to be copied go, and one more comes.
            assert prune(store, Keep(last=1), WRITER).revision is not None
            step("mostly")
        return copied(path, draft)

    monkeypatch.setattr(module, "copy_checked", slowly)
    done(store, copy)
    assert status(copy) == "mostly"
    # The first was copied before it was pruned, and goes like any other.
    assert len([*copy.glob("publications/*")]) == 2


def test_too_little_space_is_told_before_anything_is_copied(
    store: Path, copy: Path, step: Callable[[str], Revision], monkeypatch: pytest.MonkeyPatch
) -> None:
    done(store, copy)
    step("yes")
    before = contents(copy)
    usage = shutil.disk_usage(store)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=read_revision(store, 2).size))
    assert kinds(replicate(store, copy).problems) == ["disk_full"]
    assert contents(copy) == before


@pytest.mark.thorough
def test_after_an_error_of_the_disk_the_copy_is_whole_and_can_be_completed(
    store: Path, copy: Path, step: Callable[[str], Revision], tmp_path: Path
) -> None:
    assert save_view(store, VIEW, WRITER) is None
    done(store, copy)
    step("yes")
    base = Path(shutil.copytree(copy, tmp_path / "base"))
    told = set()
    for number in range(1, 60):
        shutil.rmtree(copy)
        shutil.copytree(base, copy)
        with pytest.MonkeyPatch.context() as patched:
            failing_at(number, patched)
            outcome = replicate(store, copy)
        told.update(kinds(outcome.problems))
        assert shown(copy) in (1, 2)
        assert not [*copy.glob("making-*")]
        assert shown(copy) == 2 or not isinstance(outcome, Replicated)
        if not outcome.problems:
            break
        done(store, copy)
    assert told == {"replica_failed"}


def test_a_disk_that_holds_something_else_than_was_written_is_noticed(
    store: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def forgetful(descriptor: int) -> None:
        fsync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        if path.name == "copy" and path.is_file():
            content = bytearray(path.read_bytes())
            content[-1] ^= 1
            path.write_bytes(content)

    monkeypatch.setattr(os, "fsync", forgetful)
    assert kinds(replicate(store, copy).problems) == ["copy_differs"]
    assert shown(copy) == 0


@pytest.mark.thorough
def test_whenever_the_power_fails_the_copy_is_whole(
    store: Path, copy: Path, step: Callable[[str], Revision], tmp_path: Path
) -> None:
    done(store, copy)
    step("yes")
    outcome, states = states_after_a_cut(copy, lambda: replicate(store, copy))
    assert isinstance(outcome, Replicated)
    assert len(states) > 10
    found = set()
    for number, (returned, state) in enumerate(states):
        disk = tmp_path / f"disk-{number}"
        for name, content in state.items():
            (disk / name).parent.mkdir(parents=True, exist_ok=True)
            (disk / name).write_bytes(content)
        found.add(shown(disk))
        assert shown(disk) == 2 or not returned
        shutil.rmtree(disk)
    assert found == {1, 2}


@pytest.mark.outside
@pytest.mark.thorough
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process")
def test_a_copy_killed_before_any_sync_or_rename_is_whole_and_can_be_completed(
    store: Path, step: Callable[[str], Revision], tmp_path: Path
) -> None:
    assert save_view(store, VIEW, WRITER) is None
    step("yes")
    file = tmp_path / "more.csv"
    file.write_text("round,operation,criterion,status,evidence\nR2,a-op,T2.a,yes,seen\n")
    process = command("tests.store.keeping.stopped_copies", store, file)
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    found: dict[str, Any] = json.loads(out)
    assert found["wrong"] == []
    assert found["cramped"] == [["replica_failed"], 2, []], "where a disk is full, it shows what it showed"
    assert found["at_first"] >= 12
    assert found["later"] >= 8
