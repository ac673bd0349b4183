"""Is a store of any earlier version upgraded completely: every step, every row, every figure?"""

import json
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from filelock import FileLock

import dashboard.store.migrate as carrying
import dashboard.store.sql as static
import dashboard.store.upgrade as placing
import dashboard.store.upgrade as upgrading
from dashboard.__main__ import main
from dashboard.model.masking import Aliases
from dashboard.model.problem import Weight, sentence
from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.store import votes
from dashboard.store.disk import HOLDER
from dashboard.store.history import (
    StoreError,
    current_number,
    history,
    is_linked,
    pointer_text,
    publication_path,
    read_revision,
    revision_path,
    revision_text,
    sha256_of,
)
from dashboard.store.locking import Outcome, Writer
from dashboard.store.mask import FILE as ALIASES
from dashboard.store.mask import shared_aliases
from dashboard.store.migrate import STEPS, Migration, carry, columns_of, compare, steps_from
from dashboard.store.named_files import stored_mappings
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.publishing.save_rows import save_answers, stored_answers
from dashboard.store.reader import SHAPE, Reader, shape_of
from dashboard.store.sql import sql
from dashboard.store.upgrade import Upgraded, upgrade
from dashboard.store.upkeep import repair, revert
from dashboard.store.verify import verify_history
from tests.conftest import ROOT, TODAY, MakeOnce, rest_thorough
from tests.stores.held import held

STORES = Path(__file__).parents[2] / "stores"
LATEST, LAST, FIRST, BETWEEN = "f813807", "3ba1d19", "df7a283", "4fa53f4"
"""Commits whose stores are upgraded here.

One with shape 22; one with shape 10, whose tables are those of shape 11; one with the first tables, which had no
number; and one with a shape 4 whose answers recorded their version.
"""
FORMER_COLUMNS = frozenset(("status_by_quarter",))
"""Columns of tables that are handed in, which are gone."""
Upgrades = Callable[[str], Path]
each_commit = pytest.mark.parametrize(
    "commit", [FIRST, *(pytest.param(commit, marks=pytest.mark.thorough) for commit in (LATEST, LAST, BETWEEN))]
)


def unpacked(commit: str, folder: Path) -> Path:
    """The store made by the program of a commit, in a folder of its own."""
    with tarfile.open(STORES / f"{commit}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder / "store"


def said_of(commit: str) -> Any:
    """What that program itself has read from its store."""
    return json.loads((STORES / f"{commit}.json").read_text("utf-8"))


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a store but its lock, and who holds or held it."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("LOCK", HOLDER))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def kinds(outcome: Outcome) -> list[str]:
    return [problem.kind for problem in outcome.problems]


@pytest.fixture(scope="session")
def upgraded(make_once: MakeOnce) -> Upgrades:
    """The store of a commit, upgraded once, with the old one beside it. Read-only."""

    def of(commit: str) -> Path:
        def fill(folder: Path) -> None:
            old = unpacked(commit, folder)
            before = content(old)
            outcome = upgrade(old, folder / "new")
            assert isinstance(outcome, Upgraded), outcome.problems
            assert outcome.problems == ()
            assert content(old) == before, "the old store is only read"
            assert {path.name for path in folder.iterdir()} == {"store", "new"}

        return make_once(f"upgraded-{commit}", fill) / "new"

    return of


@pytest.fixture
def new(upgraded: Upgrades, tmp_path: Path) -> Path:
    """A copy of the upgraded store that had shape 10, free to change."""
    return Path(shutil.copytree(upgraded(LAST), tmp_path / "upgraded"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The small store with the first tables: two publications and four steps."""
    return unpacked(FIRST, tmp_path)


@pytest.fixture
def one(old: Path) -> Path:
    """The same, as it was after its first step."""
    (old / "CURRENT").write_text("1\n")
    return old


@pytest.mark.thorough
@each_commit
def test_every_step_comes_along_and_is_chained(commit: str, upgraded: Upgrades) -> None:
    new, said = upgraded(commit), said_of(commit)["moves"]
    assert current_number(new) == len(said)
    for was in said:
        move = read_revision(new, was["number"])
        is_now = json.loads(revision_text(move))
        # Those are of the bytes of the publication, which are made anew, and of the record before.
        anew = {"size", "sha256", "previous"}
        assert {key: is_now[key] for key in was if key not in anew} == {k: v for k, v in was.items() if k not in anew}
        path = publication_path(new, move.publication)
        assert (move.after, move.size) == (move.number - 1, path.stat().st_size)
        assert move.sha256 == sha256_of(path)
        assert is_linked(new, move)


@each_commit
def test_every_row_and_every_figure_of_every_step_is_what_it_was(commit: str, upgraded: Upgrades) -> None:
    was, now = said_of(commit)["publications"], json.loads(json.dumps(held(upgraded(commit)), default=str))
    assert len(was) == len({move["publication"] for move in said_of(commit)["moves"]})
    for publication, said in was.items():
        found = now["publications"][publication]
        assert found["heat maps"] == said["heat maps"]
        for table, rows in said["rows"].items():
            assert ordered(found["rows"][table], rows) == ordered(rows, rows), (publication, table)
    assert any(row["note"] for row in was[publication]["rows"]["answer"])


def ordered(rows: list[dict[str, Any]], like: list[dict[str, Any]]) -> list[str]:
    """The rows as text in a fixed order, with the columns of the first row of `like`."""
    kept = [name for name in like[0] if name not in FORMER_COLUMNS] if like else []
    return sorted(json.dumps({name: row[name] for name in kept}) for row in rows) if like else [*map(str, rows)]


def asked(store: Path, question: str, number: int = 0) -> list[tuple[Any, ...]]:
    """What the publication of a step says, by default the last one."""
    move = read_revision(store, number or current_number(store))
    with duckdb.connect(str(publication_path(store, move.publication)), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_what_the_first_tables_did_not_say_is_what_they_meant(upgraded: Upgrades) -> None:
    new = upgraded(FIRST)
    assert asked(new, "SELECT DISTINCT found FROM risk_rating UNION ALL SELECT found FROM opportunity_rating") == [
        (True,),
        (True,),
    ]
    assert asked(new, "SELECT action, expected_status FROM action ORDER BY action") == [("A-1", "yes"), ("A-2", None)]
    assert asked(new, "SELECT DISTINCT versions, closed FROM round") == [([], False)]
    assert asked(new, "SELECT count(*) FROM review") == [(0,)]
    assert asked(new, "SELECT position FROM setting") == [(1,)]
    version = "SELECT version, step, published_on = (SELECT max(published_on) FROM framework_version)"
    # The second publication knows that the first one published it.
    assert asked(new, f"{version} FROM framework_version") == [("1.0", 1, True)]
    assert asked(new, "SELECT count(*) FROM former_text JOIN framework_version USING (version_no)") == [(4,)]
    answered = "SELECT DISTINCT counts_as <> 'unanswered', version FROM answer JOIN scale USING (status_no) "
    assert asked(new, f"{answered} LEFT JOIN framework_version USING (version_no) ORDER BY ALL") == [
        (False, None),
        (True, "1.0"),
    ]


def test_a_table_that_there_was_not_is_empty_and_takes_rows(upgraded: Upgrades, tmp_path: Path, writer: Writer) -> None:
    """There used to be another table of that name: who takes part in which round."""
    new = Path(shutil.copytree(upgraded(FIRST), tmp_path / "new"))
    assert asked(new, "SELECT count(*) FROM child_participation") == [(0,)]
    file = tmp_path / "participation.csv"
    file.write_text("record,operation,round,activity,held_on,children\nP-1,a-op,R2,survey,2025-02-10,40\n")
    assert publish(Load(new, [file], writer, TODAY)).problems == ()
    assert asked(new, "SELECT record, children FROM child_participation") == [("P-1", 40)]


def test_records_of_participation_are_compared_row_by_row_and_hidden_names_are_called_as_before(
    store: Path, tmp_path: Path, writer: Writer
) -> None:
    file = tmp_path / "participation.csv"
    file.write_text("record,operation,round,activity,held_on,children\nP-1,a-op,R2,survey,2025-02-10,40\n")
    publication = publish(Load(store, [file], writer, TODAY)).revision
    assert publication is not None
    shared_aliases(store, Aliases(), {"country": ["AAA", "BBB"]}, {})
    outcome = upgrade(store, tmp_path / "new")
    assert isinstance(outcome, Upgraded), outcome.problems
    assert outcome.rows["child_participation"] == 1
    assert (tmp_path / "new" / ALIASES).read_bytes() == (store / ALIASES).read_bytes()
    assert asked(tmp_path / "new", "SELECT record, children FROM child_participation") == [("P-1", 40)]


@pytest.mark.thorough
def test_a_version_that_an_answer_knew_is_kept(upgraded: Upgrades) -> None:
    versions = (
        "SELECT version, count(*) FROM answer JOIN framework_version USING (version_no) GROUP BY version ORDER BY 1"
    )
    rows = said_of(BETWEEN)["publications"][read_revision(upgraded(BETWEEN), 4).publication]["rows"]["answer"]
    said = [row["version"] for row in rows]
    assert asked(upgraded(BETWEEN), versions, 4) == [("1.0", said.count("1.0")), ("1.1", said.count("1.1"))]
    assert said.count("1.1") == 1


@pytest.mark.thorough
def test_the_new_store_goes_on_where_the_old_one_was(new: Path, tiny: Path, tmp_path: Path, writer: Writer) -> None:
    last = current_number(new)
    again = tmp_path / "again.csv"
    again.write_text("round,operation,criterion,status\nR2,b-op,T1.a,yes\n")
    # The framework's former name is known, and the closed round is still closed.
    outcome = publish(Load(new, [again], writer, TODAY))
    assert outcome.revision is not None
    assert kinds(outcome) == ["former_id"]
    again.write_text("round,operation,criterion,status\nR1,a-op,T1.first,yes\n")
    assert kinds(publish(Load(new, [again], writer, TODAY))) == ["round_closed"]
    key = ("R2", "a-op", "T1.first")
    published = Reader(new).current()
    assert published is not None
    with published.cursor() as cursor:
        was = stored_answers(cursor, [key])[key]
    assert (was.status, was.note) == ("yes", 'The drawer is empty; seen twice, "really".')
    assert save_answers(new, [Draft(was, replace(was, status="no"))], writer, TODAY).revision is not None
    assert revert(new, 2, writer).revision is not None
    assert all(is_linked(new, move) for move in history(new))
    assert len([*history(new)]) == last + 3, "nothing was taken for the closed round"


def test_frameworks_that_say_the_same_change_nothing(upgraded: Upgrades, tiny: Path, tmp_path: Path) -> None:
    """What it said then, before anybody asked for a gap."""
    file = shutil.copytree(tiny / "frameworks", tmp_path / "frameworks") / "toy" / "framework.yaml"
    file.write_text(file.read_text("utf-8").replace("        gap: toys without sharp edges\n", ""), "utf-8")
    assert [p.kind for p in check(upgraded(FIRST), [tmp_path / "frameworks"], TODAY)] == ["gap_missing"]


GONE = ("frame", "stop_word", "search_item", "search_word", "vocabulary")
"""Derived tables that nobody reads any more."""
GONE_COLUMNS = {"speaks": {"from_framework", "steps", "via"}, "action": FORMER_COLUMNS, "todo": FORMER_COLUMNS}
"""By table, the columns that nobody reads any more."""
KEPT = {
    # What lists call their entries was no part of the wording.
    "wording": "NOT contains(id, '/')",
    # Links and cells over two steps are gone.
    "speaks": "steps = 1",
    "cell": "NOT starts_with(grid, 'read:')",
}
"""By table, which of the rows of that time there still are."""
CALLED = {"exposure": "operation_title", "opening": "operation_title", "subject": "title"}
"""By table, what operations are called, which was always their own title: now their country's where they are alone."""


@pytest.mark.thorough
@pytest.mark.parametrize("commit", [LATEST, LAST])
def test_of_tables_that_were_like_the_present_ones_every_one_is_what_it_was(commit: str, upgraded: Upgrades) -> None:
    new = upgraded(commit)
    name = read_revision(new, max(revision.number for revision in history(new))).publication
    with duckdb.connect() as both:
        for side, store in (("old", new.with_name("store")), ("new", new)):
            both.execute(f"ATTACH $path AS {side} (READ_ONLY)", {"path": str(publication_path(store, name))})
        had, has = columns_of(both, "old"), columns_of(both, "new")
        assert {"score", "matched", "old_words", "cell", "wording"} <= set(had)
        # A tally may have more columns than before.
        for table in had:
            if table == "library":
                ((old_text,),), ((new_text,),) = (
                    both.execute(f"FROM {side}.library").fetchall() for side in ("old", "new")
                )
                assert says_all_of(json.loads(new_text), json.loads(old_text))
            elif table not in ("touched", "shape", *GONE):
                anew = CALLED.get(table)
                still = [column for column in had[table] if column in has[table] and column != anew]
                assert set(had[table]) - {*still, anew} <= GONE_COLUMNS.get(table, set()), table
                columns = ", ".join(f'"{column}"' for column in still)
                kept = f"WHERE {KEPT[table]}" if table in KEPT else ""
                old_rows = f'SELECT {columns} FROM old."{table}" {kept}'  # noqa: S608
                new_rows = f'SELECT {columns} FROM new."{table}" {kept if table == "wording" else ""}'  # noqa: S608
                unlike = f"({old_rows} EXCEPT ALL {new_rows}) UNION ALL ({new_rows} EXCEPT ALL {old_rows})"
                assert both.execute(unlike).fetchall() == [], table
        for table, title in CALLED.items():
            code = "subject" if table == "subject" else "operation"
            called = f"SELECT t.{code} FROM new.{table} AS t JOIN new.named_operation AS o ON o.operation = t.{code}"  # noqa: S608
            assert both.execute(called).fetchall(), table
            assert both.execute(f"{called} WHERE t.{title} <> o.title").fetchall() == [], table
        views = "SELECT count(*) FROM {side}.reviewed WHERE mark = 'checked'"
        assert both.execute(views.format(side="new")).fetchall() == both.execute(views.format(side="old")).fetchall()


def says_all_of(new: Any, old: Any) -> bool:
    """Whether one document says what the other said, at every place; it may say more."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(key in new and says_all_of(new[key], old[key]) for key in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(new) == len(old) and all(map(says_all_of, new, old))
    return bool(new == old)


@pytest.mark.thorough
@pytest.mark.parametrize("lock", ["LOCK", "room/LOCK"])
def test_nobody_else_writes_meanwhile(lock: str, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (one / "room").mkdir()
    for module in ("locking", "upgrade"):
        monkeypatch.setattr(f"dashboard.store.{module}.LOCK_SECONDS", 0)
    with FileLock(one / lock):
        assert kinds(upgrade(one, tmp_path / "new")) == ["busy"]
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


@pytest.mark.parametrize("commit", [FIRST, pytest.param(LAST, marks=pytest.mark.thorough)])
def test_the_new_history_is_verified(commit: str, upgraded: Upgrades) -> None:
    found = verify_history(upgraded(commit))
    assert (found.problems, found.not_chained) == ((), 0)


@pytest.mark.thorough
def test_a_chain_that_was_broken_stays_broken(new: Path, tmp_path: Path) -> None:
    (new / "CURRENT").write_text("3\n")
    path = revision_path(new, 2)
    path.write_text(path.read_text("utf-8").replace("what came late", "what came in time"))
    for number in range(4, 14):
        revision_path(new, number).unlink()
    assert isinstance(upgrade(new, tmp_path / "again"), Upgraded)
    damage = [(p.kind, p.value) for p in verify_history(tmp_path / "again").problems if p.weight is Weight.FILE]
    assert damage == [("move_altered", "2")]


@pytest.mark.thorough
def test_an_earlier_store_can_be_repaired_and_then_upgraded(old: Path, tmp_path: Path, writer: Writer) -> None:
    publication_path(old, read_revision(old, current_number(old)).publication).unlink()
    outcome = repair(old, writer)
    assert outcome.revision is not None
    assert outcome.revision.publication == read_revision(old, 1).publication
    assert kinds(upgrade(old, tmp_path / "new")) == ["left_missing"]
    assert Reader(tmp_path / "new").current() is not None


@pytest.mark.thorough
def test_mappings_and_rooms_come_along(upgraded: Upgrades) -> None:
    new = upgraded(LAST)
    mappings, problems = stored_mappings(new)
    assert (list(mappings), problems) == (["Sheet of the shops"], ())
    (record,) = votes.records(new)
    assert (record.decided, record.ballots[0].n) == ("3", 3)
    standing = votes.standing(new)
    assert standing is not None
    assert (standing.number, standing.n_voted()) == (2, 3)


def altered(store: Path, number: int, statement: str) -> None:
    """Change the publication of a step in place, and update its size in every step that names it."""
    publication, current = read_revision(store, number).publication, current_number(store)
    path = publication_path(store, publication)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
        connection.execute("CHECKPOINT")
    for move in list(history(store)):
        if move.publication == publication:
            revision_path(store, move.number).write_text(revision_text(replace(move, size=path.stat().st_size)))
    (store / "CURRENT").write_text(pointer_text(store, current))


@pytest.mark.thorough
def test_a_store_of_a_newer_version_is_refused_with_a_sentence(
    new: Path, tiny: Path, tmp_path: Path, writer: Writer, words: Words
) -> None:
    altered(new, 13, "UPDATE shape SET shape = shape + 1")
    before = content(new)
    outcome = upgrade(new, tmp_path / "newer")
    assert kinds(outcome) == ["made_by_newer"]
    assert "made by a newer version of the dashboard" in sentence(outcome.problems[0], words)
    assert not (tmp_path / "newer").exists()
    assert kinds(publish(Load(new, [tiny], writer, TODAY))) == ["made_by_newer"]
    with pytest.raises(StoreError) as caught:
        Reader(new).current()
    assert caught.value.problem.kind == "made_by_newer"
    assert content(new) == before


def test_an_earlier_store_is_told_how_to_upgrade(old: Path, words: Words) -> None:
    with pytest.raises(StoreError) as caught:
        Reader(old).current()
    assert "`dashboard upgrade --into FOLDER`" in sentence(caught.value.problem, words)


@pytest.mark.thorough
def test_a_publication_that_is_not_whole_stays_missing_and_is_reported(old: Path, tmp_path: Path, words: Words) -> None:
    # Step 3 put the second publication back in force; the first one is truncated.
    revert_to = read_revision(old, 2)
    path = publication_path(old, read_revision(old, 1).publication)
    path.write_bytes(path.read_bytes()[:-1000])
    outcome = upgrade(old, tmp_path / "new")
    assert isinstance(outcome, Upgraded)
    assert kinds(outcome) == ["left_missing"]
    assert "The file of publication 1 is missing or damaged" in sentence(outcome.problems[0], words)
    assert [move.number for move in history(tmp_path / "new")] == [move.number for move in history(old)]
    assert not publication_path(tmp_path / "new", path.stem).exists()
    assert publication_path(tmp_path / "new", revert_to.publication).exists()


@pytest.mark.thorough
def test_one_that_was_removed_on_purpose_is_no_problem(old: Path, tmp_path: Path) -> None:
    gone = read_revision(old, 1).publication
    publication_path(old, gone).unlink()
    last = read_revision(old, current_number(old))
    revision_path(old, last.number).write_text(revision_text(replace(last, removed=(gone,))))
    outcome = upgrade(old, tmp_path / "new")
    assert isinstance(outcome, Upgraded)
    assert (outcome.problems, outcome.publications) == ((), 1)


def test_wrong_bytes_in_the_one_in_force_stop_it(old: Path, tmp_path: Path) -> None:
    path = publication_path(old, read_revision(old, current_number(old)).publication)
    content_ = path.read_bytes()
    middle = len(content_) // 2
    path.write_bytes(content_[: middle // 2] + bytes(middle) + content_[middle // 2 + middle :])
    assert kinds(upgrade(old, tmp_path / "new")) == ["publication_damaged"]
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


def test_nothing_that_is_there_is_written_over(old: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    (tmp_path / "making-other").mkdir()
    (tmp_path / "making-other" / "mine.txt").write_text("mine")
    assert kinds(upgrade(old, tmp_path / "new")) == ["upgrade_not_empty"]
    assert kinds(upgrade(old, tmp_path / "other")) == ["upgrade_not_empty"]
    assert kinds(upgrade(old, old)) == kinds(upgrade(old, old / "new")) == ["upgrade_inside"]
    assert kinds(upgrade(tmp_path / "nowhere", tmp_path / "new")) == ["nothing_to_upgrade"]
    assert not (tmp_path / "nowhere").exists()
    mine = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("mine.txt")}
    assert mine == {"new/mine.txt", "making-other/mine.txt"}


CHANGES = {
    "a note": ("answer", "UPDATE answer SET note = note || '.' WHERE note IS NOT NULL"),
    "a status": ("answer", "UPDATE answer SET status_no = 2 WHERE status_no = 1"),
    "a version": ("answer", "UPDATE answer SET version_no = 2 WHERE version_no = 1"),
    "an answer that is gone": ("answer", "DELETE FROM answer WHERE note IS NOT NULL"),
    "an answer twice": ("answer", "INSERT INTO answer FROM answer LIMIT 1"),
    "one answer for another": (
        "answer",
        "UPDATE answer SET operation_no = 9 - operation_no WHERE operation_no BETWEEN 4 AND 5",
    ),
    "a verdict": ("review", "UPDATE review SET verdict = 'checked'"),
    "what a review keeps": (
        "review",
        "UPDATE review SET said = {'status_no': 2, 'evidence': said.evidence, 'note': said.note, "
        "'na_reason': said.na_reason}",
    ),
    "an owner": ("action", "UPDATE action SET owner_role = NULL"),
    "a grade": ("risk_rating", "UPDATE risk_rating SET scope = 3"),
    "an operation": ("opportunity_rating", "UPDATE opportunity_rating SET operation_no = operation_no + 1"),
    "a step": ("brought", "UPDATE brought SET step = step + 1"),
    "a round that is open": ("round", "UPDATE round SET closed = false"),
    "a figure": ("context", "UPDATE context SET value = '8' WHERE value = '7.5'"),
    "a weight": ("criterion", "UPDATE criterion SET weight = 2"),
    "a text of before": ("former_text", "UPDATE former_text SET text = '' WHERE version_no = 1"),
    "two numbers changed": (
        "operation",
        "UPDATE operation SET title = CASE operation_no WHEN 2 THEN 'b' ELSE title END",
    ),
}


def groups() -> list[dict[str, str]]:
    """All changes in groups with at most one per table: the statement by table."""
    found: list[dict[str, str]] = []
    for table, statement in CHANGES.values():
        group = next((one for one in found if table not in one), None)
        if group is None:
            group = {}
            found.append(group)
        group[table] = statement
    return found


@pytest.fixture
def last(upgraded: Upgrades) -> Path:
    """The publication in force of the upgraded store that had shape 10. Read-only."""
    return publication_path(upgraded(LAST), read_revision(upgraded(LAST), 13).publication)


def changed(path: Path, folder: Path, statements: Iterable[str]) -> Path:
    """A copy of a publication with some rows changed."""
    other = Path(shutil.copyfile(path, folder / "other.duckdb"))
    with duckdb.connect(str(other)) as connection:
        for statement in statements:
            connection.execute(statement)
    return other


@pytest.mark.thorough
@pytest.mark.parametrize("group", groups(), ids=lambda group: "-".join(group))
def test_one_value_that_differs_is_found(group: dict[str, str], last: Path, tmp_path: Path) -> None:
    other = changed(last, tmp_path, group.values())
    for old_path, new_path in ((last, other), (other, last)):
        _, problems = compare(old_path, new_path, (), tmp_path)
        assert sorted((p.kind, str(p.column)) for p in problems) == sorted(("upgrade_differs", name) for name in group)


@pytest.mark.thorough
def test_numbers_may_change_as_long_as_codes_do_not(last: Path, tmp_path: Path) -> None:
    tables = ("round", "answer", "review", "brought", "asked", "risk_rating", "opportunity_rating")
    other = changed(last, tmp_path, (f"UPDATE {table} SET round_no = round_no + 10" for table in tables))  # noqa: S608
    rows, problems = compare(last, other, (), tmp_path)
    assert problems == []
    assert rows["answer"] == 17


@pytest.mark.thorough
def test_where_a_row_differs_there_is_no_new_store(
    one: Path, tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(old_path: Path, new_path: Path, *given: Any) -> None:
        carry(old_path, new_path, *given)
        with duckdb.connect(str(new_path)) as connection:
            connection.execute("UPDATE answer SET answered_by_role = 'Nobody'")

    monkeypatch.setattr(upgrading, "carry", careless)
    before = content(one)
    outcome = upgrade(one, tmp_path / "new", switch=True)
    assert outcome.revision is None
    assert set(kinds(outcome)) == {"upgrade_differs"}
    assert "answer: The upgraded publication differs from the old one" in sentence(outcome.problems[0], words)
    assert {path.name for path in tmp_path.iterdir()} == {"store"}
    assert content(one) == before


@pytest.mark.thorough
def test_what_a_step_has_dropped_is_gone_and_everything_else_is_the_same(new: Path, tmp_path: Path) -> None:
    now = publication_path(new, read_revision(new, current_number(new)).publication)
    before, after = tmp_path / "before.duckdb", tmp_path / "after.duckdb"
    shutil.copyfile(now, before)
    with duckdb.connect(str(before)) as connection:
        connection.execute("ALTER TABLE action ADD COLUMN status_by_quarter VARCHAR")
        connection.execute("UPDATE action SET status_by_quarter = '2026-Q1 open'")
    carry(before, after, 22, [])
    rows, problems = compare(before, after, steps_from(22), tmp_path / "spill")
    assert (rows["action"] > 0, problems) == (True, [])
    with duckdb.connect(str(after), read_only=True) as connection:
        assert "status_by_quarter" not in columns_of(connection)["action"]
    _, problems = compare(before, after, (), tmp_path / "spill")
    assert [problem.value for problem in problems] == ["without status_by_quarter"]


TOMORROW = """
ALTER TABLE answer RENAME note TO remark;
ALTER TABLE action ADD COLUMN done_on DATE;
UPDATE action SET done_on = due_on WHERE priority = 'high';
"""


def drawn_step(step: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the program in which answers have a remark in place of a note, and actions a day later."""

    def text(name: str) -> str:
        changed = sql(name)
        if name == "schema":
            changed = changed.replace(f"VALUES ({SHAPE})", f"VALUES ({SHAPE + 1})").replace(
                "cause VARCHAR,", "cause VARCHAR, done_on DATE,"
            )
        if name in ("schema", "questions/answered"):
            changed = changed.replace("note VARCHAR USING", "remark VARCHAR USING").replace("a.note", "a.remark")
        return changed

    monkeypatch.setattr(static, "sql", text)
    monkeypatch.setattr(carrying, "STEPS", (*STEPS, step))
    for module in ("reader", "upgrade"):
        monkeypatch.setattr(f"dashboard.store.{module}.SHAPE", SHAPE + 1)


@pytest.mark.thorough
def test_a_step_to_tables_of_tomorrow_is_taken(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_step(Migration(SHAPE + 1, TOMORROW, {"answer": {"note": "remark"}}), monkeypatch)
    new = tmp_path / "new"
    outcome = upgrade(old, new)
    assert isinstance(outcome, Upgraded), outcome.problems
    publication = read_revision(new, current_number(new)).publication
    with duckdb.connect(str(publication_path(new, publication)), read_only=True) as connection:
        assert shape_of(connection) == SHAPE + 1
        assert [column[0] for column in connection.execute("FROM answer").description][6] == "remark"
    said = said_of(FIRST)["publications"][publication]["rows"]["answer"]
    remarks = asked(new, "SELECT remark FROM answer WHERE remark IS NOT NULL ORDER BY ALL")
    assert remarks == sorted((row["note"],) for row in said if row["note"])
    done = asked(new, "SELECT action, CAST(done_on AS VARCHAR) FROM action ORDER BY ALL")
    assert done == [("A-1", "2025-06-30"), ("A-2", None)]


@pytest.mark.thorough
def test_a_step_that_forgets_a_column_is_found(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It does not say that a remark is what a note was.
    drawn_step(
        Migration(SHAPE + 1, TOMORROW.replace("RENAME note TO", "ADD COLUMN").replace("remark;", "remark VARCHAR;")),
        monkeypatch,
    )
    outcome = upgrade(old, tmp_path / "new")
    assert {(p.kind, p.column, p.value) for p in outcome.problems} == {("upgrade_differs", "answer", "without note")}


@pytest.mark.thorough
def test_the_new_store_takes_the_place_of_the_old_one(one: Path, tmp_path: Path) -> None:
    before = content(one)
    (tmp_path / "store.before-upgrade-1").mkdir()
    outcome = upgrade(one, tmp_path / "new", switch=True)
    assert isinstance(outcome, Upgraded)
    assert outcome.old_store == tmp_path / "store.before-upgrade-2"
    assert content(outcome.old_store) == before
    assert Reader(one).current() is not None
    assert not (tmp_path / "new").exists()


def test_where_names_cannot_be_exchanged_they_are_changed_one_after_the_other(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_exchanged", lambda one, other: False)
    new, before = Path(shutil.copytree(old, tmp_path / "new")), content(old)
    (new / "NEW").touch()
    assert placing.put_in_place(new, old) == tmp_path / "store.before-upgrade-1"
    assert content(tmp_path / "store.before-upgrade-1") == before
    assert (old / "NEW").exists()


def test_if_the_place_cannot_be_taken_both_are_intact_and_it_is_reported(
    one: Path, tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(18, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(placing, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", refusing)
    before = content(one)
    outcome = upgrade(one, tmp_path / "new", switch=True)
    assert isinstance(outcome, Upgraded)
    assert outcome.old_store is None
    assert "could not replace the old one (Invalid cross-device link)" in sentence(outcome.problems[0], words)
    assert content(one) == before
    assert Reader(tmp_path / "new").current() is not None


def test_a_folder_that_cannot_be_read_is_reported(one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(upgrading, "has_history", failing)
    before = content(one)
    outcome = upgrade(one, tmp_path / "new", switch=True)
    assert [(problem.kind, problem.value) for problem in outcome.problems] == [("not_written", "Permission denied")]
    assert content(one) == before


KILLED = """
import os, signal, sys
from pathlib import Path
import dashboard.store.upgrade as module
call, calls = module.{name}, [0]
def dying(*given, **named):
    calls[0] += 1
    if calls[0] == {times}:
        {first}
        os.kill(os.getpid(), signal.SIGKILL)
    return call(*given, **named)
module.{name} = dying
from dashboard.store.upgrade import upgrade
upgrade(Path(sys.argv[1]), Path(sys.argv[2]), {switch})
"""


def killed(store: Path, new: Path, name: str, times: int, switch: bool = False, first: str = "") -> None:
    """Upgrade in a process that dies on this call of a function, after running `first`."""
    text = KILLED.format(name=name, times=times, switch=switch, first=first or "pass")
    ended = subprocess.run([sys.executable, "-c", text, store, new], check=False)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.outside
@pytest.mark.parametrize(("name", "times"), rest_thorough([("compare", 2), ("give_name", 1)]))
def test_killed_in_the_middle_it_leaves_the_old_store_and_half_a_new_one_by_another_name(
    name: str, times: int, old: Path, tmp_path: Path
) -> None:
    before = content(old)
    killed(old, tmp_path / "new", name, times)
    assert content(old) == before
    assert {path.name for path in tmp_path.iterdir()} == {"store", "making-new"}
    if name == "compare":
        assert isinstance(upgrade(old, tmp_path / "new"), Upgraded)
        assert {path.name for path in tmp_path.iterdir()} == {"store", "new"}


@pytest.mark.outside
def test_killed_while_names_are_exchanged_it_leaves_a_whole_store_in_place(one: Path, tmp_path: Path) -> None:
    before = content(one)
    killed(one, tmp_path / "new", "_exchanged", 1, switch=True, first="call(*given)")
    assert Reader(one).current() is not None
    assert content(tmp_path / "new") == before


@pytest.mark.outside
def test_killed_at_any_call_while_the_new_store_takes_its_place_nothing_is_lost_and_it_can_be_finished(
    old: Path, tmp_path: Path
) -> None:
    (old / "views").mkdir()
    (old / "views" / "one.yaml").write_text("page: heatmap\n", "utf-8")
    assert isinstance(upgrade(old, tmp_path / "made"), Upgraded)
    (tmp_path / "places").mkdir()
    command = [
        sys.executable,
        "-m",
        "tests.store.keeping.switching",
        *map(str, (old, tmp_path / "made", tmp_path / "places")),
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    results = json.loads(ran.stdout)
    assert len(results) > 25
    assert sum(not one["killed"] for one in results) == 4
    for one in results:
        left = one["left"]
        if one["exchanges"]:
            assert left["store"] in ("old", "new"), one
        assert "old" in left.values(), one
        assert one["other"] == [], one
        assert one["then"]["store"] == "new", one
        assert "old" in one["then"].values(), one


@pytest.mark.thorough
def test_the_command_says_what_was_compared_and_how_to_go_on(
    old: Path, tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CliRunner()
    ran = run.invoke(main, ["upgrade", "--store", str(old), "--into", str(tmp_path / "new")])
    assert ran.exit_code == 0, ran.output
    lines = ran.stdout.splitlines()
    assert lines[0].startswith(f"Upgraded 4 publications in 2 files to {tmp_path / 'new'}.")
    publications = said_of(FIRST)["publications"].values()
    counts = {
        table: sum(len(one["rows"][table]) for one in publications) for table in ("answer", "risk_rating", "action")
    }
    assert {f"  {table}: {n}" for table, n in counts.items()} <= set(lines)
    assert f"set DASHBOARD_STORE to {tmp_path / 'new'}" in lines[-1]
    ran = run.invoke(main, ["upgrade", "--store", str(old), "--into", str(tmp_path / "new")])
    assert ran.exit_code == 1
    assert "The folder is not empty" in ran.stderr
    by_proxy = words("wrong_way_in.by_proxy", value="DASHBOARD_PROXY_USER_HEADER")
    assert by_proxy not in ran.stderr
    monkeypatch.setenv("DASHBOARD_PROXY_USER_HEADER", "X-User")
    ran = run.invoke(main, ["upgrade", "--store", str(old), "--into", str(tmp_path / "next"), "--switch", "--accept"])
    assert ran.exit_code == 0, ran.output
    assert by_proxy in ran.stderr
    kept = old.with_name("store.before-upgrade-1")
    assert (
        ran.stdout.splitlines()[-1]
        == f"{old} is now the new store. The old one is kept as {kept}. Restart the dashboard."
    )


@pytest.mark.thorough
def test_operations_without_a_column_for_groups_stand_alone_and_count_as_before(
    tiny_store: Path, tmp_path: Path
) -> None:
    """Shape 21 had no groups of operations."""
    now, before, after = tmp_path / "now.duckdb", tmp_path / "before.duckdb", tmp_path / "after.duckdb"
    name = read_revision(tiny_store, current_number(tiny_store)).publication
    shutil.copy(publication_path(tiny_store, name), now)
    shutil.copy(now, before)
    with duckdb.connect(str(before)) as connection:
        connection.execute(
            "DROP VIEW counted_with; ALTER TABLE operation DROP COLUMN of_group; UPDATE shape SET shape = 21"
        )
    carry(before, after, 21, [])

    def read(path: Path, query: str) -> list[Any]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    assert read(after, "FROM shape") == [(SHAPE,)]
    assert read(after, "SELECT DISTINCT of_group FROM operation") == [(None,)]
    assert read(after, "SELECT count(*) FROM counted_with WHERE first_no <> operation_no") == [(0,)]
    for table in ("operation", "tally", "matched"):
        assert sorted(map(repr, read(after, f"FROM {table}"))) == sorted(map(repr, read(now, f"FROM {table}")))
