"""Are targets imported like a file: replaced, withdrawn, and never over another's work?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.csv_files import records_csv
from dashboard.model.plan import Target
from dashboard.model.problem import Problem
from dashboard.model.records import Draft
from dashboard.store.history import current_number, read_revision
from dashboard.store.locking import Outcome, Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.save_rows import save_rows, stored_rows
from dashboard.store.reader import Reader

NEW = Target("toy", "respect", "T1", "a-op", "60", due_on="2027-03-31", owner_role="Maker", note="Agreed.")
WHOLE = replace(NEW, area="", note="")
GROUP = Target("toy", "support", percent="50", round="R2", baseline="R1")


def stored(store: Path) -> dict[tuple[str, ...], Target]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_rows(connection, Target)


@pytest.fixture
def today() -> date:
    return date(2026, 1, 1)


def saved(store: Path, was: Target | None, wanted: Target, writer: Writer, today: date) -> Outcome:
    return save_rows(store, [Draft(was, wanted)], writer, today, lambda _: "Safety")


def kinds(problems: tuple[Problem, ...]) -> list[tuple[str, str, str | None]]:
    return [(problem.kind, problem.file, problem.column) for problem in problems]


def test_a_target_is_set_rewritten_and_withdrawn(store: Path, writer: Writer, today: date) -> None:
    for target in (WHOLE, NEW, GROUP):
        assert saved(store, None, target, writer, today).revision is not None
    assert set(stored(store).values()) == {WHOLE, NEW, GROUP}
    higher = replace(NEW, percent="70", note="")
    saved(store, NEW, higher, writer, today)
    assert set(stored(store).values()) == {WHOLE, higher, GROUP}
    saved(store, GROUP, replace(GROUP, percent=""), writer, today)
    assert set(stored(store).values()) == {WHOLE, higher}
    move = read_revision(store, current_number(store))
    assert (move.number, [(name, rows) for name, _, rows in move.files]) == (6, [("targets.csv", 1)])


def test_nothing_is_written_over_what_somebody_else_has_set(store: Path, writer: Writer, today: date) -> None:
    saved(store, None, NEW, writer, today)
    there = saved(store, None, replace(NEW, percent="90"), writer, today)
    assert (there.revision, kinds(there.problems)) == (None, [("there_already", "Safety", None)])
    theirs = replace(NEW, percent="65", note="Lowered.")
    saved(store, NEW, theirs, writer, today)
    mine = saved(store, NEW, replace(NEW, percent="80"), writer, today)
    assert kinds(mine.problems) == [("changed_meanwhile", "Safety", "percent"), ("changed_meanwhile", "Safety", "note")]
    assert set(stored(store).values()) == {theirs}
    saved(store, theirs, replace(theirs, percent=""), writer, today)
    assert kinds(saved(store, theirs, NEW, writer, today).problems) == [("gone_meanwhile", "Safety", None)]
    assert stored(store) == {}


def test_a_value_that_is_not_sound_is_reported_under_the_name_of_the_target(
    store: Path, writer: Writer, today: date
) -> None:
    outcome = saved(store, None, replace(NEW, percent="120"), writer, today)
    assert (outcome.revision, kinds(outcome.problems)) == (None, [("bad_number", "Safety", "percent")])


def test_the_file_of_targets_imported_again_changes_nothing(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    for target in (NEW, GROUP):
        saved(store, None, target, writer, today)
    before = stored(store)
    (tmp_path / "targets.csv").write_bytes(records_csv("targets", before.values()))
    assert publish(Load(store, [tmp_path / "targets.csv"], writer, today)).problems == ()
    assert stored(store) == before
