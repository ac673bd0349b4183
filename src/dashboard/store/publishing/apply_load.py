"""Makes staged rows the content of a publication: checked, merged with the former rows, summed into tallies.

Only what depends on a change of the load is made again, see docs/decisions/0013-loads-and-previews.md.
"""

import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.library import Library
from dashboard.loading.mapping.apply import as_theirs
from dashboard.loading.staging import Staged
from dashboard.model.answer import ApprovalLevel, Signed
from dashboard.model.problem import Problem, Progress, Weight
from dashboard.model.publish_preview import ClosedChange
from dashboard.model.records import RECORDS
from dashboard.store.published_codes import admins
from dashboard.store.publishing import load_checks
from dashboard.store.publishing.engine import Engine, fold
from dashboard.store.publishing.library_tables import write_library
from dashboard.store.publishing.load import InputFiles, hard_to_answer, moved_on, other_answers, tables_in
from dashboard.store.publishing.short_start import keep_short_starts
from dashboard.store.record_columns import LISTED, blank_rows, column_checks, sound_rows, written
from dashboard.store.sql import ASKED, CROSSED, NAMED, checks, run, sql

LISTS = {
    "country": "*",
    "operation": "* EXCLUDE (profile_no)",
    "round": "* EXCLUDE (closed)",
    "indicator": "*",
    "wording": "*",
}
"""The tables of the lists, and the columns that say what is asked and what it is called."""
TABLES = {
    record.form: record.table
    for record in RECORDS.values()
    if record.form != "answers" and (record.form not in LISTED or record.form == "rounds")
}
"""By form, the table that its rows go into. Of the other lists, what has changed is compared; answers are folded."""
ANSWERED = ("answer", "answer_log", "brought", "tally", "matched")
"""The tables that answers go into or are folded into."""
_CREATES = re.compile(r"CREATE (?:OR REPLACE )?(?P<kind>TABLE|VIEW|MACRO) (?:IF NOT EXISTS )?(?P<name>\w+)")
_READ = re.compile(r"\b(?:staged|sound)_(\w+)")
_FROZEN = re.compile(r"\b(?:was_closed|frozen)\b")


@dataclass
class LoadChanges:
    """The names of tables that have changed, growing as others are derived from them; or `everything`."""

    everything: bool = False
    names: set[str] = field(default_factory=set)

    def must_rerun(self, text: str) -> bool:
        """Whether to execute a statement, because it reads something changed; its results then count as changed too."""
        created = _CREATES.search(text)
        read = set(re.findall(r"\w+", text)) - ({created["name"]} if created else set())
        reached = not self.names.isdisjoint(read)
        if reached and created:
            self.names.add(created["name"])
        # Temporary tables last for one load; views and macros stay correct over other rows.
        return self.everything or " TEMP " in text or (reached and not (created and created["kind"] != "TABLE"))

    def written(self) -> frozenset[str] | None:
        """The tables that a load has written to; None if any may have been."""
        return None if self.everything else frozenset({*self.names, "problem", "touched"})


def of_forms(staged: Iterable[Staged], frozen: bool) -> Callable[[str], bool]:
    """Whether a statement has anything to read: it names a form with rows in this load, or no form.

    `frozen` says whether any round was closed, or anything in one approved.
    """
    forms = {table.kind for table in staged}

    def filled(text: str) -> bool:
        read = set(_READ.findall(text))
        return (not read or not read.isdisjoint(forms)) and (frozen or not _FROZEN.search(text))

    return filled


def lists_now(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The content of the lists, as one number each."""
    return {
        table: connection.execute(
            f"SELECT count(*), bit_xor(hash(l)), sum(hash(l)) FROM (SELECT {columns} FROM {table}) AS l"  # noqa: S608
        ).fetchall()
        for table, columns in LISTS.items()
    }


ASKING = ("answers", "countries", "operations", "rounds")
"""The forms that say who is asked what, and when, and what they answered."""


@dataclass(frozen=True)
class BuildResult:
    """The result of one load. `files` are name, SHA-256 and rows; with a problem of weight FILE nothing counts.

    `written` are the tables that were written to, None if any may have been.
    """

    problems: tuple[Problem, ...]
    files: tuple[tuple[str, str, int], ...]
    written: frozenset[str] | None = None
    grants: bool = False
    """Whether roles are among them."""
    ends_admins: bool = False
    """Whether there were administrators in the list of roles, and none is left."""
    closed: tuple[ClosedChange, ...] = ()
    """What it changes in closed rounds, the largest first."""
    versions: tuple[tuple[str, str, str], ...] = ()
    """Of every standard that it brings in another version: its code, the version before, empty if none, and after."""
    signed: tuple[Signed, ...] = ()
    """What it says about operations, countries and the group: ready, approved or opened again."""
    took: bool = True
    """Whether any row or framework of what was handed in is in it."""

    @property
    def refused(self) -> bool:
        return any(problem.weight is Weight.FILE for problem in self.problems)


def apply_load(
    connection: duckdb.DuckDBPyConnection,
    paths: list[Path],
    staged: list[Staged],
    problems: list[Problem],
    beside: InputFiles,
    step: int,
    today: date,
    progress: Progress,
    engine: Engine,
) -> BuildResult:
    """Write the staged rows, in the transaction of the caller. With a Problem of weight FILE, nothing is written.

    The answers are folded in `engine`; raises StoreError if it cannot. `problems` are those found while staging.
    """
    run(connection, "load/lists/former")
    run(connection, "load/lists/version_of")
    granted = admins(connection)
    were = _versions(connection) if beside.roots else {}
    changed = LoadChanges(everything=connection.execute("FROM library").fetchone() is None)
    problems = [*problems, *_fill_library(connection, beside, changed)]
    if not staged and not beside.roots and not problems:
        problems.append(Problem("nothing_found", ", ".join(str(path) for path in paths), weight=Weight.FILE))
    if connection.execute("FROM library").fetchone() is None and not any(p.weight is Weight.FILE for p in problems):
        # Otherwise a file published into a store whose backup is still being restored would start a history of its own.
        problems.append(Problem("frameworks_first", ", ".join(path.name for path in paths), weight=Weight.FILE))
    if any(problem.weight is Weight.FILE for problem in problems):
        return BuildResult(tuple(as_theirs(problems, [file for file, _ in tables_in(paths)])), ())
    problems += _check(connection, staged, changed, step, today, progress)
    progress(0.6, "lay")
    _merge_rows(connection, staged, changed, step)
    progress(0.8, "fold")
    fold(connection, changed.must_rerun, engine)
    for script in (*NAMED, *CROSSED):
        run(connection, script, changed.must_rerun)
    if changed.everything:
        for script in ASKED:
            run(connection, script)
        # Answers and actions arrive daily: steps of tours that they break are only reported on the page of tours.
        problems += load_checks.unsound_steps(connection, beside.joined())
        problems += load_checks.unused_translations(connection, beside.joined())
    refused = any(problem.weight is Weight.FILE for problem in problems)
    if not refused and (beside.roots or any(_holds(staged, form) for form in ASKING)):
        problems += hard_to_answer(connection, today)
    problems = as_theirs(problems, [file for file, _ in tables_in(paths)])
    load_checks.keep_problems(connection, problems)
    files, ended = _files(connection, staged, beside), granted > 0 and admins(connection) == 0
    took = bool(beside.roots) or any(n for _, _, n in files)
    versions = tuple(
        (code, were.get(code, ""), version)
        for code, version in (_versions(connection) if beside.roots else {}).items()
        if were.get(code) != version
    )
    return BuildResult(
        tuple(problems), files, changed.written(), _holds(staged, "people"), ended, took=took, versions=versions,
        signed=_signed(connection) if _holds(staged, "approvals") else (),
    )  # fmt: skip


def _versions(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The version of every standard."""
    return dict(connection.execute("SELECT framework, version FROM framework ORDER BY framework_no").fetchall())


def _check(
    connection: duckdb.DuckDBPyConnection,
    staged: list[Staged],
    changed: LoadChanges,
    step: int,
    today: date,
    progress: Progress,
) -> list[Problem]:
    """Find the rows that stay out, lists first: answers are checked against the lists as they will be."""
    for table in ("found", "noticed"):
        connection.execute(
            f"CREATE TEMP TABLE {table} "
            "(kind VARCHAR, form VARCHAR, row_id BIGINT, col VARCHAR, value VARCHAR, expected VARCHAR)"
        )
    forms = {table.kind for table in staged}
    for statement in (*sound_rows(), *blank_rows(forms)):
        connection.execute(statement)
    run(connection, "load/lists/told")
    progress(0.35, "check")
    filled = of_forms(staged, _any_frozen(connection))
    for check in checks("masters"):
        run(connection, check, filled, today=today)
    _check_columns(connection, forms, today, lists=True)
    listed = any(table.kind in LISTED for table in staged)
    problems = load_checks.notes_on_lists(connection, staged) if listed else []
    problems += _fill_lists(connection, changed, listed, _holds(staged, "risk_ratings"), step, today)
    run(connection, "load/asked/asked_version")
    run(connection, "load/lists/frozen")
    progress(0.4, "check")
    _check_columns(connection, forms, today, lists=False)
    for check in (*checks("facts"), *checks("plan"), *checks("participation"), *checks("evidence")):
        run(connection, check, filled, today=today)
    if _holds(staged, "reviews"):
        # What is reviewed is known only after all rejected answers are.
        run(connection, "load/lists/under_review")
        for check in checks("reviews"):
            run(connection, check)
    if _holds(staged, "approvals"):
        # What is approved, and by whom it was answered, too.
        run(connection, "load/lists/under_approval")
        for check in checks("approvals"):
            run(connection, check)
    return [*problems, *load_checks.collect_problems(connection, staged), *moved_on(connection, staged)]


def _check_columns(connection: duckdb.DuckDBPyConnection, forms: Set[str], today: date, lists: bool) -> None:
    """Find what can be seen by a column alone: of the lists, or of all other tables."""
    for statement in column_checks(forms, lists):
        connection.execute(statement, {"today": today} if "$today" in statement else None)


def _merge_rows(connection: duckdb.DuckDBPyConnection, staged: list[Staged], changed: LoadChanges, step: int) -> None:
    """Replace former rows by the valid staged ones; in a round with new answers, all answers are merged again."""
    run(connection, "load/answers/facts", of_forms(staged, _any_frozen(connection)), step=step)
    for record in RECORDS.values():
        if record.replaces and _holds(staged, record.form):
            for statement in written(record):
                connection.execute(statement)
    for kind in ("participation", "people", "evidence", "comments"):
        if _holds(staged, kind):
            run(connection, f"load/answers/{kind}", step=step)
    changed.names.update(TABLES[table.kind] for table in staged if table.kind in TABLES)
    run(connection, "load/answers/answers", whole=changed.everything)
    for (round_no,) in connection.execute("SELECT DISTINCT round_no FROM renewed ORDER BY round_no").fetchall():
        run(connection, "load/answers/merge_answers", round_no=round_no, step=step)
        changed.names.update(ANSWERED)
    if _holds(staged, "reviews"):
        run(connection, "load/answers/reviews", step=step)
        changed.names.add("answer_log")
    if _holds(staged, "approvals"):
        run(connection, "load/answers/approvals", step=step)
        changed.names.add("approval_log")
    run(connection, "load/lists/brought", step=step)
    run(connection, "load/answers/touched", whole=changed.everything)


def _any_frozen(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a round was closed, or anything approved, before this load: rows are compared with what is stored."""
    found = connection.execute("SELECT EXISTS (FROM was_closed) OR EXISTS (FROM was_approved)").fetchall()
    return bool(found[0][0])


def _signed(connection: duckdb.DuckDBPyConnection) -> tuple[Signed, ...]:
    """What this load newly says of each level, before it is written."""
    rows = connection.execute(sql("load/answers/signed")).fetchall()
    return tuple(Signed(ApprovalLevel(*level), state, within, tuple(steps)) for *level, state, within, steps in rows)


def _holds(staged: list[Staged], kind: str) -> bool:
    return any(table.kind == kind for table in staged)


def _files(
    connection: duckdb.DuckDBPyConnection, staged: list[Staged], beside: InputFiles
) -> tuple[tuple[str, str, int], ...]:
    """Name, SHA-256 and rows of everything that was read.

    A table counts as one file, and so do a workbook and a folder of standards, which has no rows.
    """
    rows: dict[tuple[str, str], int] = {}
    for table in staged:
        name, sha, n = _file(connection, table, beside)
        name = name if table.book is None else name.rpartition("[")[0]
        rows[name, sha] = rows.get((name, sha), 0) + n
    standards = ((root.name, beside.checksums[root].result(), 0) for root in beside.roots)
    return (*((name, sha, n) for (name, sha), n in rows.items()), *standards)


def _file(connection: duckdb.DuckDBPyConnection, table: Staged, beside: InputFiles) -> tuple[str, str, int]:
    """Name, SHA-256 and rows of one table, without rows that are blank or stayed out."""
    ((out,),) = connection.execute(
        "SELECT count(DISTINCT row_id) FROM found WHERE form = $kind AND row_id >= $first AND row_id < $last",
        {"kind": table.kind, "first": table.first, "last": table.first + table.rows},
    ).fetchall()
    return table.file, beside.checksums[table.path].result(), table.rows - out


def _fill_lists(
    connection: duckdb.DuckDBPyConnection, changed: LoadChanges, listed: bool, rated: bool, step: int, today: date
) -> list[Problem]:
    """Merge the lists into the former ones. If they or the frameworks differ, recalculate who is asked what."""
    before = lists_now(connection)
    # What the group rates severe decides what a short start asks.
    short = connection.execute("FROM operation WHERE short_until IS NOT NULL").fetchone()
    changed.everything |= rated and short is not None
    if changed.everything or listed:
        run(connection, "load/lists/masters")
        run(connection, "load/lists/wording")
        run(connection, "load/lists/versions", step=step, today=today)
        run(connection, "load/lists/old_words")
    after = lists_now(connection)
    changed.names.update(table for table in LISTS if before[table] != after[table])
    changed.everything |= not changed.names.isdisjoint(("country", "operation", "round"))
    if not changed.everything:
        return []
    run(connection, "readings")
    run(connection, "load/asked/asked")
    keep_short_starts(connection)
    return load_checks.removed_criteria(connection)


def _fill_library(connection: duckdb.DuckDBPyConnection, beside: InputFiles, changed: LoadChanges) -> list[Problem]:
    roots = beside.roots
    if not roots:
        return []
    library, problems = beside.library.result()
    if not problems and library == Library():
        problems.append(Problem("nothing_found", ", ".join(str(root) for root in roots), weight=Weight.FILE))
    joined = beside.joined()
    if joined != beside.before() and not any(problem.weight is Weight.FILE for problem in problems):
        write_library(connection, joined)
        run(connection, "load/lists/renamed_actions")
        problems = [*problems, *other_answers(connection)]
        run(connection, "load/lists/rescaled")
        changed.everything = True
    return problems
