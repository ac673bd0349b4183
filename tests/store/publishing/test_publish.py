"""Does every change become a whole publication, or nothing at all?"""

import json
import os
import resource
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest
import xlsxwriter
from filelock import FileLock

from dashboard.figures.imagined import cube_of
from dashboard.figures.scores import scores
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.history import StoreError, current_number, history, publication_path, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from dashboard.store.verify import verify
from tests.conftest import ROOT, TINY, most, rest_thorough, some_of

NEW = "round,operation,criterion,status,evidence,answered_on\nR2,b-op,T1.a,yes,seen,2025-03-01\n"
EVERY_ANSWER = """
    SELECT round, operation, criterion, status, evidence, note, answered_by_role, answered_on, na_reason
    FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN criterion USING (criterion_no)
        JOIN scale USING (status_no)
    ORDER BY ALL
"""


def asked(store: Path, question: str) -> list[tuple[Any, ...]]:
    """What the publication in force says."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return connection.execute(question).fetchall()


def contents(store: Path) -> dict[str, bytes]:
    """Every file of a store but the lock."""
    files = (path for path in store.rglob("*") if path.is_file() and path.name != "LOCK")
    return {str(path.relative_to(store)): path.read_bytes() for path in files}


def said(problems: tuple[Problem, ...], words: Words) -> str:
    return "\n".join(sentence(problem, words) for problem in problems)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A file with one new answer."""
    path = tmp_path / "new.csv"
    path.write_text(NEW)
    return path


@pytest.fixture
def framework(tmp_path: Path, tiny: Path) -> Path:
    """A copy of the toy standard, free to change; `frameworks` is in the returned folder."""
    shutil.copytree(tiny / "frameworks", tmp_path / "changed" / "frameworks")
    return tmp_path / "changed" / "frameworks" / "toy" / "framework.yaml"


def rewritten(path: Path, old: str, new: str) -> Path:
    """The folder of a framework file with something rewritten, in a higher version."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new).replace('version: "1.0"', 'version: "1.1"'))
    return path.parents[1]


def test_the_first_publication_is_step_one(tmp_path: Path, tiny: Path, writer: Writer, today: date) -> None:
    steps: list[tuple[float, str]] = []
    outcome = publish(Load(tmp_path / "store", [tiny], writer, today, lambda share, step: steps.append((share, step))))
    assert outcome.problems == ()
    assert outcome.revision is not None
    assert (outcome.revision.number, outcome.revision.kind, outcome.revision.role) == (1, "publish", writer.role)
    assert [(name, rows) for name, _, rows in outcome.revision.files] == [
        ("tiny/answers.csv", 9),
        ("tiny/countries.csv", 2),
        ("tiny/operations.csv", 4),
        ("tiny/rounds.csv", 2),
        ("frameworks", 0),
    ]
    assert current_number(tmp_path / "store") == 1
    shares = [share for share, _ in steps]
    assert shares == sorted(shares)
    assert steps[-1] == (1.0, "done")


def test_before_the_first_publication_there_is_none(tmp_path: Path) -> None:
    assert Reader(tmp_path / "store").current() is None
    assert list(history(tmp_path / "store")) == []


def test_one_row_for_everything_that_is_asked_unanswered_ones_too(tiny_store: Path) -> None:
    found = asked(
        tiny_store,
        """
        SELECT round, operation, criterion, status
        FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
            JOIN criterion USING (criterion_no) JOIN scale USING (status_no)
        ORDER BY ALL
        """,
    )
    assert found == [
        ("R1", "a-op", "T1.a", "no"),
        ("R1", "a-op", "T1.b", "mostly"),
        ("R1", "a-op", "T2.a", "yes"),
        # No shop: T2.a is not asked. The head office is asked group criteria, whatever it sells.
        ("R1", "a2-op", "T1.a", "unanswered"),
        ("R1", "a2-op", "T1.b", "unanswered"),
        ("R1", "toy-hq", "T1.a", "yes"),
        ("R1", "toy-hq", "T2.b", "unanswered"),
        ("R2", "a-op", "T1.a", "mostly"),
        ("R2", "a-op", "T1.b", "na"),
        ("R2", "a-op", "T2.a", "unanswered"),
        ("R2", "a2-op", "T1.a", "unanswered"),
        ("R2", "a2-op", "T1.b", "unanswered"),
        # Joined in the second round.
        ("R2", "b-op", "T1.a", "dont_know"),
        ("R2", "b-op", "T1.b", "unanswered"),
        ("R2", "b-op", "T2.a", "unanswered"),
        ("R2", "toy-hq", "T1.a", "yes"),
        ("R2", "toy-hq", "T2.b", "somewhat"),
    ]


def test_the_toy_group_reads_by_its_own_scale_and_limits(tiny_store: Path) -> None:
    found = asked(
        tiny_store,
        """
        SELECT round, country, kind, sum(n_asked), sum(n_answered), sum(points) / nullif(sum(weight_answered), 0)
        FROM tally JOIN round USING (round_no) JOIN country USING (country_no) JOIN criterion USING (criterion_no)
        WHERE kind = 'respect'
        GROUP BY round, country, kind ORDER BY ALL
        """,
    )
    published = Reader(tiny_store).current()
    assert published is not None
    read = {
        (row["round"], row["country"]): (row["percent"], row["reading"], row["n_critical_failed"])
        for row in scores(cube_of(published)).to_pylist()
        if row["kind"] == "respect" and not row["area"]
    }
    assert [(*row, *read[row[:2]]) for row in found] == [
        # a-op: T1.a no (weight 3), T2.a yes (weight 1); a2-op: T1.a unanswered.
        ("R1", "AAA", "respect", 3, 2, 0.25, 25, "score", 1),
        ("R1", "GROUP", "respect", 2, 1, 1.0, 100, "count", 0),
        ("R2", "AAA", "respect", 3, 1, 0.75, None, "too_few", 0),
        ("R2", "BBB", "respect", 2, 0, None, None, "unanswered", 0),
        # T1.a yes (3), T2.b somewhat (1): 3.25 of 4.
        ("R2", "GROUP", "respect", 2, 2, 0.8125, 81, "score", 0),
    ]


def test_an_answers_file_changes_its_own_rows_only(store: Path, new: Path, writer: Writer, today: date) -> None:
    before = asked(store, EVERY_ANSWER)
    outcome = publish(Load(store, [new], writer, today))
    assert outcome.problems == ()
    after = asked(store, EVERY_ANSWER)
    assert set(after) - set(before) == {("R2", "b-op", "T1.a", "yes", 2, None, None, date(2025, 3, 1), None)}
    assert len(set(before) - set(after)) == 1
    whole = """
        SELECT round, country, sum(n_asked), sum(n_answered)
        FROM tally JOIN round USING (round_no) JOIN country USING (country_no)
        GROUP BY round, country ORDER BY ALL
    """
    assert asked(store, whole) == [
        ("R1", "AAA", 5, 3), ("R1", "GROUP", 2, 1), ("R2", "AAA", 5, 1), ("R2", "BBB", 3, 1), ("R2", "GROUP", 2, 2),
    ]  # fmt: skip


def test_a_file_with_one_answer_keeps_the_others_of_the_same_operation(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("round,operation,criterion,status,evidence\nR2,a-op,T2.a,no,none\n")
    before = asked(store, EVERY_ANSWER)
    assert publish(Load(store, [path], writer, today)).problems == ()
    after = asked(store, EVERY_ANSWER)
    assert set(after) - set(before) == {("R2", "a-op", "T2.a", "no", 0, None, None, None, None)}
    assert set(before) - set(after) == {("R2", "a-op", "T2.a", "unanswered", 0, None, None, None, None)}


@pytest.mark.thorough
def test_step_by_step_comes_to_the_same_as_at_once(tmp_path: Path, tiny: Path, writer: Writer, today: date) -> None:
    lines = (tiny / "answers.csv").read_text().splitlines()
    lists = [tiny / f"{name}.csv" for name in ("countries", "operations", "rounds")]
    store = tmp_path / "store"
    assert publish(Load(store, [tiny / "frameworks"], writer, today)).problems == ()
    assert publish(Load(store, lists, writer, today)).problems == ()
    # The later round first: its change is recalculated when the earlier one is added.
    for position, chosen in enumerate(("R2", "R1")):
        part = tmp_path / f"{position}.csv"
        part.write_text("\n".join([lines[0], *(line for line in lines[1:] if line.startswith(chosen))]) + "\n")
        assert publish(Load(store, [part], writer, today)).problems == ()
    at_once = tmp_path / "at_once"
    publish(Load(at_once, [tiny], writer, today))
    change = """
        SELECT round, country, criterion, m.* EXCLUDE (round_no, earlier_no, country_no, criterion_no)
        FROM matched AS m JOIN round USING (round_no) JOIN country USING (country_no)
            JOIN criterion USING (criterion_no)
        ORDER BY ALL
    """
    for question in (EVERY_ANSWER, change):
        assert asked(store, question) == asked(at_once, question)
    assert len(asked(store, change)) == 2
    for table in ("score", "score_change", "participation", "subject", "todo", "impact_tally"):
        assert asked(store, f"FROM {table} ORDER BY ALL") == asked(at_once, f"FROM {table} ORDER BY ALL")


@pytest.mark.thorough
@pytest.mark.parametrize("mixed", [False, True])
def test_each_round_is_stored_by_operation_whatever_the_order_of_the_file(
    tmp_path: Path, tiny: Path, writer: Writer, today: date, mixed: bool
) -> None:
    group = Path(shutil.copytree(tiny, tmp_path / "group"))
    names = [f"c{number:03}-op" for number in range(300)]
    with (group / "operations.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"{name},AAA,Toys {name},operation,shop,toy,,true\n" for name in names)
    rows = [f"{round},{name},T1.{item},yes,seen\n" for round in ("R1", "R2") for name in names for item in "ab"]
    if mixed:
        rows = [*rows[1::2], *rows[::2]]
    (group / "answers.csv").write_text("".join(["round,operation,criterion,status,evidence\n", *rows]), "utf-8")
    assert publish(Load(tmp_path / "store", [group], writer, today)).revision is not None
    stored = asked(tmp_path / "store", "SELECT round_no, step IS NULL, operation_no FROM answer ORDER BY rowid")
    assert sum(not unanswered for _, unanswered, _ in stored) == len(rows)
    if mixed:
        assert stored == sorted(stored, key=lambda row: (row[0], row[2]))
    else:
        # Nothing had to be sorted: what nobody has answered follows what somebody has.
        assert stored == sorted(stored)


def test_publishing_the_same_again_changes_no_figure(store: Path, tiny: Path, writer: Writer, today: date) -> None:
    tables = ("tally", "matched", "wording", "crosswalk", "library")
    questions = [EVERY_ANSWER, *(f"SELECT * FROM {table} ORDER BY ALL" for table in tables)]  # noqa: S608
    before = [asked(store, question) for question in questions]
    assert publish(Load(store, [tiny], writer, today)).problems == ()
    assert [asked(store, question) for question in questions] == before


def test_revert_puts_an_earlier_step_in_force_and_deletes_nothing(
    store: Path, new: Path, writer: Writer, today: date
) -> None:
    before = asked(store, EVERY_ANSWER)
    publish(Load(store, [new], writer, today))
    outcome = revert(store, 1, Writer("auditor", "a mistake"))
    assert outcome.revision is not None
    assert outcome.problems == ()
    assert asked(store, EVERY_ANSWER) == before
    moves = list(history(store))
    assert [(move.number, move.kind, move.role, move.why) for move in moves] == [
        (3, "revert", "auditor", "a mistake"),
        (2, "publish", "data steward", "for a test"),
        (1, "publish", "data steward", "for a test"),
    ]
    assert moves[0].publication == moves[2].publication
    assert revert(store, 2, writer).revision is not None
    assert asked(store, EVERY_ANSWER) != before


def test_revert_works_while_pages_are_open(store: Path, new: Path, writer: Writer, today: date) -> None:
    reader = Reader(store)
    first = reader.current()
    assert first is not None
    publish(Load(store, [new], writer, today))
    second = reader.current()
    assert second is not None
    outcome = revert(store, 1, writer)
    assert outcome.problems == ()
    third = reader.current()
    assert third is not None
    assert third.cursor().execute(EVERY_ANSWER).fetchall() == first.cursor().execute(EVERY_ANSWER).fetchall()


@pytest.mark.parametrize("number", [0, 2, -1])
def test_revert_to_a_step_that_never_was(store: Path, number: int, writer: Writer, words: Words) -> None:
    outcome = revert(store, number, writer)
    assert outcome.revision is None
    assert said(outcome.problems, words).endswith(f": There is no publication {number} in the history. Expected: 1.")


def test_a_reader_notices_a_new_publication_and_the_old_cursor_goes_on(
    store: Path, new: Path, writer: Writer, today: date
) -> None:
    reader = Reader(store)
    old = reader.current()
    assert old is not None
    assert reader.current() is old
    cursor = old.cursor()
    yes = "SELECT count(*) FROM answer JOIN scale USING (status_no) WHERE status = 'yes'"
    assert cursor.execute(yes).fetchall() == [(3,)]
    publish(Load(store, [new], writer, today))
    fresh = reader.current()
    assert fresh is not None
    assert fresh.revision.number == 2
    assert fresh.cursor().execute(yes).fetchall() == [(4,)]
    assert cursor.execute(yes).fetchall() == [(3,)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "COPY (SELECT 1) TO '{file}.out'",
        "ATTACH '{file}.duckdb'",
        "CREATE TABLE mine (a INTEGER)",
        "UPDATE answer SET evidence = 3",
        "DELETE FROM tally",
        "SET memory_limit = '100GB'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "INSTALL httpfs",
        "LOAD httpfs",
    ],
)
def test_a_reader_can_read_the_publication_and_nothing_else(store: Path, new: Path, statement: str) -> None:
    published = Reader(store).current()
    assert published is not None
    with pytest.raises(duckdb.Error):
        published.cursor().execute(statement.format(file=new))


@pytest.mark.parametrize("role", ["", "  "])
def test_a_role_is_required(store: Path, new: Path, role: str, today: date, words: Words) -> None:
    for outcome in (publish(Load(store, [new], Writer(role, "why"), today)), revert(store, 1, Writer(role, "why"))):
        assert outcome.revision is None
        assert said(outcome.problems, words) == "Enter the role in which you do this."


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.4", "", "::", "example.org"])  # noqa: S104
def test_a_server_that_others_can_reach_changes_nothing(
    store: Path, new: Path, address: str, today: date, words: Words
) -> None:
    writer = Writer("data steward", "why", listens_on=address)
    for outcome in (publish(Load(store, [new], writer, today)), revert(store, 1, writer)):
        assert outcome.revision is None
        assert "This server can be reached from other machines" in said(outcome.problems, words)
    assert current_number(store) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1", "127.1.2.3", None])
def test_a_server_that_only_this_machine_reaches_may_publish(
    store: Path, new: Path, address: str | None, today: date
) -> None:
    assert publish(Load(store, [new], Writer("data steward", "why", address), today)).revision is not None


def test_a_busy_store_is_reported_and_nothing_changes(
    store: Path, new: Path, writer: Writer, today: date, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.store.locking.LOCK_SECONDS", 0.01)
    lock = FileLock(store / "LOCK", is_singleton=False)
    outcomes: list[Outcome] = []
    with lock:
        # Another thread, like another page of the same server.
        def both() -> None:
            outcomes.extend([publish(Load(store, [new], writer, today)), revert(store, 1, writer)])

        thread = Thread(target=both)
        thread.start()
        thread.join()
    assert len(outcomes) == 2
    for outcome in outcomes:
        assert outcome.revision is None
        assert "Somebody else is publishing." in said(outcome.problems, words)
    assert current_number(store) == 1


def command(*arguments: object, cwd: Path = ROOT) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", *(str(argument) for argument in arguments)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd)


def test_a_publication_with_fewer_answers_than_were_asked_is_damaged_even_if_its_scores_agree(store: Path) -> None:
    path = publication_path(store, read_revision(store, 1).publication)
    verify(path, path.stat().st_size)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM answer; DELETE FROM score")
    with pytest.raises(StoreError):
        verify(path, path.stat().st_size)


@pytest.mark.outside
def test_two_processes_at_once_both_end_well(store: Path, new: Path) -> None:
    both = [command("dashboard", "publish", new, "--accept", "--store", store) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    lines = [line for out, _ in ended for line in out.splitlines() if line.startswith("Published")]
    assert sorted(line.split(" (")[0] for line in lines) == ["Published as publication 2", "Published as publication 3"]
    assert [move.number for move in history(store)] == [3, 2, 1]
    for move in history(store):
        verify(publication_path(store, move.publication), move.size)


@pytest.mark.thorough
def test_threads_of_one_server_at_once_all_end_well(store: Path, new: Path, writer: Writer, today: date) -> None:
    outcomes: list[Outcome] = []
    threads = [Thread(target=lambda: outcomes.append(publish(Load(store, [new], writer, today)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.revision.number for outcome in outcomes if outcome.revision) == [2, 3, 4]


def children(deed: str, store: Path, *arguments: object) -> dict[str, Any]:
    process = command("tests.store.children", deed, store, *arguments)
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.outside
@pytest.mark.share
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process")
@pytest.mark.parametrize("kills", [4, pytest.param(most(100), marks=pytest.mark.thorough)])
def test_a_killed_writer_loses_nothing(store: Path, new: Path, tmp_path: Path, kills: int) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet("Answers")
        for number, line in enumerate(NEW.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    found = children("killed", store, new, tmp_path / "book.xlsx", kills)
    assert found["broken"] == []
    assert found["lost"] == 0
    assert found["unswept"] == []
    assert found["whole"]
    assert found["rising"]
    assert found["kills"] == kills


@pytest.mark.outside
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process")
@pytest.mark.parametrize("deed", rest_thorough(["stopped", "stopped_joined"]))
def test_a_writer_killed_at_any_step_of_making_things_last_loses_nothing(store: Path, new: Path, deed: str) -> None:
    found = children(deed, store, new)
    assert found["broken"] == []
    assert found["lost"] == 0
    assert found["unswept"] == []
    assert found["stops"] >= 6


@pytest.mark.outside
@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits forks of one process")
def test_a_full_disk_is_reported_and_changes_nothing(store: Path, new: Path) -> None:
    found = children("cramped", store, new)
    for outcome in found["found"]:
        assert outcome["number"] is None
        assert len(outcome["said"]) == 1
        assert "The machine could not read or write (" in outcome["said"][0]
        assert outcome["said"][0].endswith("Nothing was changed.")
    assert found["state"]["last"] == 1
    assert found["state"]["unknown"] == []


def mounted(deed: str, store: Path, new: Path, *commands: str) -> dict[str, Any]:
    """Run an action in a separate mount namespace; skipped if the system does not allow one."""
    may = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True)
    if may.returncode:
        pytest.skip("nothing can be mounted here")
    line = " && ".join([*commands, f"exec {sys.executable} -m tests.store.children {deed} {store} {new}"])
    done = subprocess.run(["unshare", "-rm", "sh", "-c", line], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


needs_mounts = pytest.mark.skipif(shutil.which("unshare") is None, reason="mounts a disk of its own")


@pytest.mark.outside
@pytest.mark.thorough
@needs_mounts
def test_a_disk_that_is_really_full_is_reported_and_changes_nothing(store: Path, new: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=64m none {disk}"
    found = mounted("full", disk / "store", new, mount, f"cp -r {store} {disk}/store")
    for outcome in found["found"]:
        assert outcome["number"] is None
        assert len(outcome["said"]) == 1
        # Seen before anything is begun: what another process has taken meanwhile is told by the machine.
        assert "Not enough disk space is free (" in outcome["said"][0]
        assert "Nothing was changed." in outcome["said"][0]
    assert found["state"] == {"last": 2, "unknown": [], "leftovers": []}
    assert found["after"] == {"number": 2, "said": []}


@pytest.mark.outside
@needs_mounts
def test_a_store_that_is_read_only_is_reported_and_can_still_be_read(store: Path, new: Path) -> None:
    found = mounted("frozen", store, new, f"mount --bind {store} {store}", f"mount -o remount,bind,ro {store}")
    for refused, *told in found["said"].values():
        assert refused
        assert len(told) == 1
        assert "The machine could not read or write (Read-only file system)" in told[0]
    assert (found["checked"], found["read"], found["last"]) == ([], True, 0)


def unwritable(tmp_path: Path) -> list[Path]:
    """Places where no store can be made, not even by an administrator."""
    file = tmp_path / "file"
    file.write_text("not a folder")
    kernel = [Path("/proc/dashboard")] if sys.platform == "linux" else []
    return [file, file / "store", *kernel]


def test_a_store_that_cannot_be_written_is_reported(
    tmp_path: Path, tiny: Path, writer: Writer, today: date, words: Words
) -> None:
    for place in unwritable(tmp_path):
        outcome = publish(Load(place, [tiny], writer, today))
        assert outcome.revision is None
        told = said(outcome.problems, words)
        assert "The machine could not read or write (" in told or "This is a file, and a store is a folder." in told


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_without_permission_is_reported(
    store: Path, new: Path, writer: Writer, today: date, words: Words
) -> None:
    store.chmod(0o500)
    try:
        outcome = publish(Load(store, [new], writer, today))
    finally:
        store.chmod(0o700)
    assert "The machine could not read or write (Permission denied)" in said(outcome.problems, words)
    assert current_number(store) == 1


@pytest.mark.parametrize("share", rest_thorough([0.99, 0, 0.001, 0.5]))
def test_a_publication_that_was_cut_off_is_reported_with_the_way_back(
    store: Path, new: Path, share: float, writer: Writer, today: date, words: Words
) -> None:
    second = publish(Load(store, [new], writer, today)).revision
    assert second is not None
    path = publication_path(store, second.publication)
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))
    with pytest.raises(StoreError) as caught:
        Reader(store).current()
    told = sentence(caught.value.problem, words)
    assert "The publication is missing, damaged or incomplete." in told
    assert "`dashboard repair`" in told
    for refused in (publish(Load(store, [new], writer, today)), revert(store, 2, writer)):
        assert refused.revision is None
        assert "The publication is missing, damaged or incomplete." in said(refused.problems, words)
    assert "damaged or incomplete" in said(check(store, [new], today), words)
    assert revert(store, 1, writer).revision is not None
    assert Reader(store).current() is not None


def test_a_publication_that_is_gone_is_told(store: Path, words: Words) -> None:
    path = publication_path(store, read_revision(store, 1).publication)
    path.unlink()
    with pytest.raises(StoreError) as caught:
        Reader(store).current()
    assert sentence(caught.value.problem, words).startswith(
        f"{path}: The publication is missing, damaged or incomplete."
    )


@pytest.mark.thorough
def test_a_step_whose_publication_is_gone_is_told_and_another_can_be_put_back(
    store: Path, new: Path, writer: Writer, today: date, words: Words
) -> None:
    second = publish(Load(store, [new], writer, today)).revision
    assert second is not None
    publication_path(store, second.publication).unlink()
    for refused in (publish(Load(store, [new], writer, today)), revert(store, 2, writer)):
        assert refused.revision is None
        assert [problem.kind for problem in refused.problems] == ["publication_damaged"]
    assert "damaged or incomplete" in said(check(store, [new], today), words)
    assert current_number(store) == 2
    assert revert(store, 1, writer).revision is not None
    assert publish(Load(store, [new], writer, today)).revision is not None


@pytest.mark.share
@pytest.mark.thorough
def test_a_publication_with_wrong_bytes_is_never_put_in_force(
    store: Path, new: Path, writer: Writer, today: date
) -> None:
    before = asked(store, EVERY_ANSWER)
    publish(Load(store, [new], writer, today))
    path = publication_path(store, read_revision(store, 1).publication)
    content = path.read_bytes()
    for part in some_of(range(40), least=10):
        at = len(content) * part // 40
        path.write_bytes(content[:at] + bytes(255 - byte for byte in content[at : at + 4096]) + content[at + 4096 :])
        outcome = revert(store, 1, writer)
        assert outcome.revision is None
        assert [problem.kind for problem in outcome.problems] == ["publication_damaged"]
    path.write_bytes(content)
    assert revert(store, 1, writer).revision is not None
    assert asked(store, EVERY_ANSWER) == before


@pytest.mark.parametrize("pointer", ["", "one", "0", "-1", "7", "01", "1.0", "1\n1\n", "9" * 5000, "\u0661", "\udcff"])
def test_a_damaged_pointer_is_reported(
    store: Path, new: Path, pointer: str, writer: Writer, today: date, words: Words
) -> None:
    (store / "CURRENT").write_bytes(pointer.encode("utf-8", "surrogateescape"))
    before = contents(store)
    with pytest.raises(StoreError) as caught:
        Reader(store).current()
    assert "The record of which publication is in force is missing or damaged" in sentence(caught.value.problem, words)
    for refused in (publish(Load(store, [new], writer, today)), revert(store, 1, writer)):
        assert refused.revision is None
        assert "is missing or damaged" in said(refused.problems, words)
    assert "is missing or damaged" in said(check(store, [new], today), words)
    assert contents(store) == before


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 3}'])
def test_a_damaged_step_is_reported(store: Path, text: str, words: Words) -> None:
    (store / "moves" / "000001.json").write_text(text)
    with pytest.raises(StoreError) as caught:
        list(history(store))
    assert "is missing or damaged" in sentence(caught.value.problem, words)


def test_a_step_beyond_the_pointer_never_happened(store: Path, new: Path, writer: Writer, today: date) -> None:
    (store / "moves" / "000002.json").write_text("{ half a ste")
    assert [move.number for move in history(store)] == [1]
    assert publish(Load(store, [new], writer, today)).revision is not None
    # What is there is left alone: nobody knows whose it was.
    assert [move.number for move in history(store)] == [3, 1]
    assert (store / "moves" / "000002.json").read_text() == "{ half a ste"


def test_an_answered_criterion_cannot_be_dropped(
    store: Path, framework: Path, writer: Writer, today: date, words: Words
) -> None:
    changed = rewritten(framework, "criterion: T1.b", "criterion: T1.c")
    outcome = publish(Load(store, [changed], writer, today))
    assert outcome.revision is None
    assert said(outcome.problems, words) == (
        "frameworks, criterion: “T1.b” has answers but is no longer asked. Nothing was changed. Keep it, with "
        "`until` and the last version that asks it, or declare it as `formerly` of the criterion that replaces it."
    )
    assert current_number(store) == 1


def test_a_word_that_was_used_cannot_be_dropped(store: Path, framework: Path, writer: Writer, today: date) -> None:
    changed = rewritten(framework, "status: mostly", "status: almost")
    outcome = publish(Load(store, [changed], writer, today))
    assert outcome.revision is None
    assert {problem.kind for problem in outcome.problems} == {"answered_but_gone"}


def test_a_changed_weight_is_folded_into_every_round(store: Path, framework: Path, writer: Writer, today: date) -> None:
    changed = rewritten(framework, "weight: 3", "weight: 5")
    outcome = publish(Load(store, [changed], writer, today))
    assert outcome.problems == ()
    weight = "SELECT sum(weight_answered) FROM tally JOIN criterion USING (criterion_no) WHERE criterion = 'T1.a'"
    assert asked(store, weight) == [(20.0,)]


def test_a_framework_cannot_take_the_ids_of_another(
    store: Path, framework: Path, writer: Writer, today: date, words: Words
) -> None:
    shutil.rmtree(framework.parents[1] / "shared")
    changed = rewritten(framework, "framework: toy", "framework: toy-2")
    outcome = publish(Load(store, [changed], writer, today))
    assert outcome.revision is None
    told = said(outcome.problems, words).splitlines()
    assert told[0] == (
        "frameworks/toy/framework.yaml, row 25, area: “T1” is already the id of something else. "
        "Expected: a unique id; see toy."
    )
    assert len(told) == 6


@pytest.mark.thorough
def test_the_first_load_must_bring_the_frameworks(
    tmp_path: Path, new: Path, writer: Writer, today: date, words: Words
) -> None:
    outcome = publish(Load(tmp_path / "store", [new], writer, today))
    assert outcome.revision is None
    assert "the first load must include the frameworks." in said(outcome.problems, words)
    assert current_number(tmp_path / "store") == 0
    assert publish(Load(tmp_path / "store", [TINY], writer, today)).revision is not None


def test_nothing_to_publish_is_reported(tmp_path: Path, writer: Writer, today: date, words: Words) -> None:
    for name in ("frameworks", "data"):
        (tmp_path / name).mkdir()
        outcome = publish(Load(tmp_path / "store", [tmp_path / name], writer, today))
        assert outcome.revision is None
        assert said(outcome.problems, words) == f"{tmp_path / name}: No table and no framework was found here."


def test_check_changes_nothing(store: Path, new: Path, today: date) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in store.rglob("*"))
    assert check(store, [new], today) == ()
    assert sorted((path, path.stat().st_mtime_ns) for path in store.rglob("*")) == before


@pytest.mark.outside
@pytest.mark.thorough
def test_a_big_file_is_checked_in_little_memory(store: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    line = b"R2,b-op,T1.a,yes,seen," + b"x" * 477 + b"\n"
    with big.open("wb") as file:
        file.write(b"round,operation,criterion,status,evidence,note\n")
        for _ in range(400):
            file.write(line * 1000)
    assert big.stat().st_size > 190_000_000
    process = command("dashboard", "check", big, "--store", store)
    _, error = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in error
    assert "More rows with the same problem: 399994." in error
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes < 2_000_000
