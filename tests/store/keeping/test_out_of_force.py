"""Is it said before anything is written that newer publications are not in force, and do they come back?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from dashboard.__main__ import main
from dashboard.commands import confirm
from dashboard.store.disk import REPLICA
from dashboard.store.history import current_number, history, publication_path, read_revision, revision_path
from dashboard.store.locking import Writer
from dashboard.store.upkeep import repair
from dashboard.store.verify import seen_left_behind, verify_history
from tests.conftest import TODAY, WRITER, copy_of
from tests.store.keeping.test_keeping import kinds, publish_one, status, still_there
from tests.store.publishing.test_publish import contents
from tests.tasks.test_command import call, compared

BEHIND = "Publications made after the one in force are not in force: 2, 3."
BACK = "`dashboard repair` restores publication 3 and the history that leads to it."


@pytest.fixture(scope="module")
def steps(tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two more steps, the answer `yes` and then `no`, and the first pointer beside it. Read-only."""
    folder = tmp_path_factory.mktemp("steps")
    store = copy_of(tiny_store, folder / "store")
    (folder / "OLD").write_bytes((store / "CURRENT").read_bytes())
    for one in ("yes", "no"):
        publish_one(store, folder, one, WRITER, TODAY)
    return store


@pytest.fixture
def newer(steps: Path, tmp_path: Path) -> Path:
    """A copy of that store in which publication 3 is in force."""
    return copy_of(steps, tmp_path / "steps")


@pytest.fixture
def stale(newer: Path, steps: Path) -> Path:
    """The same, over which an older pointer was restored."""
    (newer / "CURRENT").write_bytes((steps.parent / "OLD").read_bytes())
    return newer


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """An answer where none is published, so that nothing else asks."""
    path = tmp_path / "more.csv"
    path.write_text("round,operation,criterion,status,evidence\nR2,a-op,T2.a,yes,seen\n")
    return path


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call a command at a terminal, where somebody answers a question with `typed`."""
    monkeypatch.setattr(confirm, "on_terminal", lambda: True)
    return lambda typed, *arguments: CliRunner().invoke(main, [str(one) for one in arguments], input=typed)


def test_publishing_says_what_it_would_leave_out_and_publishes_only_if_that_is_accepted(
    stale: Path, more: Path
) -> None:
    before = contents(stale)
    result = call("publish", more, "--store", stale)
    assert (result.exit_code, contents(stale)) == (1, before)
    assert BEHIND in result.stdout
    assert BACK in result.stdout
    assert "would change nothing" not in result.stdout
    result = call("publish", more, "--accept", "--store", stale)
    assert result.exit_code == 0
    assert BEHIND in result.stdout
    assert [move.number for move in history(stale)] == [4, 1]
    # Once that is decided, nothing asks again, and nothing is gone.
    assert seen_left_behind(stale) is None
    assert call("history", "--verify", "--store", stale).exit_code == 0
    assert still_there(before, stale)


def test_an_import_says_so_too(stale: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "aland.csv"
    sheet.write_text("Toys of Aland\nQuestion,Answer\nT2.a,Yes\n")
    asked = compared(stale, sheet, "--set", "round=R2")
    result = call(*asked)
    assert (result.exit_code, current_number(stale)) == (1, 1)
    assert BEHIND in result.stdout
    assert call(*asked, "--accept").exit_code == 0


@pytest.mark.parametrize(("typed", "code", "said"), [("y\n", 0, "no"), ("n\n", 1, None)])
def test_a_repair_brings_them_back_once_somebody_agrees(
    stale: Path, answering: Callable[..., Result], typed: str, code: int, said: str | None
) -> None:
    before = contents(stale)
    result = answering(typed, "repair", "--store", stale)
    assert result.exit_code == code
    assert result.output.index(BEHIND) < result.output.index("Restore it? [y/N]")
    assert still_there(before, stale)
    if said is None:
        assert contents(stale) == before
        return
    assert status(stale) == said
    assert [move.number for move in history(stale)] == [4, 3, 2, 1]
    assert verify_history(stale).problems == ()


def test_without_a_terminal_a_repair_changes_nothing_until_it_is_accepted(stale: Path) -> None:
    before = contents(stale)
    result = call("repair", "--store", stale)
    assert (result.exit_code, contents(stale)) == (1, before)
    assert BEHIND in result.stderr
    assert BACK in result.stderr
    assert call("repair", "--accept", "--store", stale).exit_code == 0
    assert status(stale) == "no"


def test_history_verify_ends_badly_while_they_are_not_in_force(stale: Path) -> None:
    result = call("history", "--verify", "--store", stale)
    assert result.exit_code == 1
    assert BEHIND in result.stderr
    assert kinds(verify_history(stale).problems) == ["out_of_force"]


def test_only_what_is_whole_and_leads_back_is_offered(stale: Path) -> None:
    publication_path(stale, read_revision(stale, 3).publication).unlink()
    found = seen_left_behind(stale)
    assert found is not None
    assert (found.numbers, [move.number for move in found.leading]) == ((2, 3), [2])
    revision_path(stale, 2).write_text("{}")
    found = seen_left_behind(stale)
    assert found is not None
    assert (found.numbers, found.leading) == ((2, 3), ())
    assert kinds(repair(stale, WRITER, accept=True).problems) == ["out_of_force"]


def test_nothing_is_said_while_a_writer_is_at_work_or_of_a_copy(stale: Path) -> None:
    with FileLock(stale / "LOCK"):
        assert seen_left_behind(stale) is None
    assert seen_left_behind(stale) is not None
    (stale / REPLICA).write_text("?\n")
    assert seen_left_behind(stale) is None


@pytest.mark.parametrize("content", ["", "garbage", "{}", '{"number": 3}', None])
def test_a_damaged_record_is_no_worse_than_a_missing_one(newer: Path, content: str | None, writer: Writer) -> None:
    if content is None:
        revision_path(newer, 3).unlink()
    else:
        revision_path(newer, 3).write_text(content)
    outcome = repair(newer, writer)
    assert outcome.revision is not None
    assert status(newer) == "no"
    assert kinds(outcome.problems) == []
    assert verify_history(newer).problems == ()
