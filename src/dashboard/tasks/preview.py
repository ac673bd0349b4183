"""Previews what publishing some files would change, in values and in words; the same on page and command line.

A private publication is made and compared with the one in force. See docs/decisions/0013-loads-and-previews.md.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.figures.read_cube import read_cube
from dashboard.figures.scores import scores
from dashboard.loading.process_limits import within_limits
from dashboard.loading.staging import Staged
from dashboard.model.problem import Problem, Progress, Weight, sentence
from dashboard.model.publish_preview import (
    COLUMNS,
    COMPARED,
    STATES,
    ChangedRow,
    Changes,
    Count,
    Difference,
    MovedScore,
    PreviewScore,
    Withdrawn,
    few_of,
)
from dashboard.model.records import RECORDS
from dashboard.model.words import Words
from dashboard.store.history import Revision, StoreError, publication_path
from dashboard.store.locking import MACHINE_FAILS, machine_failed
from dashboard.store.publishing.build import (
    WRITING,
    Proof,
    build,
    current_revision,
    keep_figures,
    summed_up,
    with_closed,
    withdrawn,
)
from dashboard.store.publishing.load import silent
from dashboard.store.publishing.publish import copy_current
from dashboard.store.sql import rows_of, run, sql, values
from dashboard.store.verify import seen_left_behind
from dashboard.tasks.approvals import figures_of_levels
from dashboard.tasks.closed_figures import closed_changes, closed_lines, closed_said

MOST_ROWS = 1000
"""How many changed rows are listed one by one; the rest are only counted."""

_UnreadRow = tuple[str, str, str, str, int]
"""Of a workbook: the form, the round, the operation, the sheet and the row."""
Books = tuple[tuple[Staged, frozenset[int]], ...]
"""The sheets of operations' workbooks, each with the rows that the checks reject."""


@dataclass(frozen=True)
class Preview:
    """What would happen to some files. Without a proof nothing could be published, and `problems` say why."""

    problems: tuple[Problem, ...]
    proof: Proof | None = None
    changes: Changes = field(default_factory=Changes)


def preview(store: Path, paths: Iterable[Path], today: date, folder: Path, progress: Progress = silent) -> Preview:
    """Load the files into a copy of what is published, in `folder`, and list the differences. The store stays as is.

    The proof stays in the folder, for the caller to publish as it is, to show or to remove.
    """
    try:
        return _previewed(store, list(paths), today, folder, current_revision(store), progress)
    except StoreError as error:
        return Preview((error.problem,))
    except (OSError, *MACHINE_FAILS) as error:
        return Preview((machine_failed(str(folder), error),))


def _previewed(
    store: Path, paths: list[Path], today: date, folder: Path, over: Revision | None, progress: Progress
) -> Preview:
    target = folder / "proof.duckdb"
    if over is not None:
        copy_current(store, over.number, target)
    handed: list[_Handed] = []

    def inspect(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> None:
        handed.append(_handed(connection, staged))

    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        step = over.number + 1 if over is not None else 1
        built = build(target, Path(scratch) / "scratch.duckdb", paths, step, today, progress, inspect)
    if built.refused:
        target.unlink(missing_ok=True)
        return Preview(built.problems)
    built = keep_figures(target, with_closed(store, target, built, closed_changes), figures_of_levels)
    published = publication_path(store, over.publication) if over else None
    proof = Proof(target, target.stat().st_size, over, built)
    changes = _changes(published, target, handed[0], folder)
    unread = unread_rows(built.problems, handed[0].books)
    left_out = Counter(dict(handed[0].left_out)) + Counter(unread.values())
    counts = (*changes.counts, *_counts(unread))
    behind = seen_left_behind(store)
    changes = replace(
        changes, counts=counts, left_out=tuple(left_out.most_common()), few=few_of(counts),
        behind=behind.problem(store) if behind is not None else None, closed=built.closed,
    )  # fmt: skip
    return Preview(built.problems, proof, changes)


@dataclass(frozen=True)
class _Handed:
    rows: pa.Table
    others: tuple[tuple[str, int], ...]
    n_torn: int
    left_out: tuple[tuple[str, int], ...]
    withdrawn: tuple[Withdrawn, ...]
    books: Books


def _handed(connection: duckdb.DuckDBPyConnection, staged: list[Staged]) -> _Handed:
    rows = connection.sql(sql("previewed/handed")).to_arrow_table()
    out = dict(connection.execute("SELECT form, count(DISTINCT row_id) FROM found GROUP BY form").fetchall())
    kinds = sorted({table.kind for table in staged} - set(COMPARED))
    others = [(kind, sum(t.rows for t in staged if t.kind == kind) - out.get(kind, 0)) for kind in kinds]
    torn = sum(len(table.torn) for table in staged)
    left_out = summed_up(connection, staged).left_out
    others = [(kind, n) for kind, n in others if n]
    return _Handed(rows, tuple(others), torn, left_out, tuple(withdrawn(connection)), books_of(connection, staged))


def books_of(connection: duckdb.DuckDBPyConnection, staged: Iterable[Staged]) -> Books:
    """Return the sheets of operations' workbooks. Called within a load."""
    return tuple((table, _checked_out(connection, table)) for table in staged if table.book is not None)


def _checked_out(connection: duckdb.DuckDBPyConnection, table: Staged) -> frozenset[int]:
    rows = connection.execute(
        "SELECT DISTINCT row_id FROM told "
        "WHERE weight = 'row' AND form = $kind AND row_id >= $first AND row_id < $last",
        {"kind": table.kind, "first": table.first, "last": table.first + table.rows},
    ).fetchall()
    return frozenset(table.row(row_id) for (row_id,) in rows)


def unread_rows(problems: Iterable[Problem], books: Books) -> dict[_UnreadRow, str]:
    """Return the workbook rows rejected before any check, each with the kind of its first problem."""
    why: dict[tuple[str, int], str] = {}
    for problem in problems:
        if problem.weight is Weight.ROW and problem.row is not None:
            why.setdefault((problem.file, problem.row), problem.kind)
    return {
        (table.kind, table.book.round, table.book.operation, file, row): kind
        for table, checked in books
        if table.book is not None
        for (file, row), kind in why.items()
        if file == table.file and row not in checked
    }


def _counts(unread: Iterable[_UnreadRow]) -> tuple[Count, ...]:
    n = Counter((form, round_, operation) for form, round_, operation, *_ in unread)
    return tuple(Count(*of, "rejected", many) for of, many in n.items())


def _changes(published: Path | None, private: Path, handed: _Handed, folder: Path) -> Changes:
    with duckdb.connect(config={**WRITING, **within_limits(), "temp_directory": str(folder / "spill")}) as connection:
        connection.register("handed_rows", handed.rows)
        run(connection, "previewed/tables")
        for side, path in (("was", published), ("now", private)):
            if path is None:
                continue
            connection.execute(f"ATTACH $path AS {side}_is (READ_ONLY)", {"path": str(path)})
            connection.execute(f"SET search_path = '{side}_is.main'")
            for form in COMPARED:
                connection.execute(values(RECORDS[form]), {"side": side})
            connection.register("scores", scores(read_cube(connection)))
            connection.execute("INSERT INTO memory.main.figure SELECT $side, * FROM scores", {"side": side})
        run(connection, "previewed/compared")
        counts = connection.execute(
            "SELECT form, coalesce(round, ''), coalesce(operation, ''), state, count(*) FROM memory.main.result "
            "GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        (totals,) = rows_of(connection.execute(sql("previewed/totals")))
        listed = {"columns": list(COLUMNS), "most": MOST_ROWS}
        changes = rows_of(connection.execute(sql("previewed/changes"), listed))
        return Changes(
            tuple(Count(*row) for row in counts),
            tuple(_row(row) for row in changes),
            tuple(_moved(row) for row in rows_of(connection.execute(sql("previewed/moved")))),
            handed.others,
            handed.n_torn,
            withdrawn=handed.withdrawn,
            **totals,
        )


def _row(row: dict[str, Any]) -> ChangedRow:
    differences = tuple(Difference(d["col"], d["was"], d["now"]) for d in row["differences"])
    values = {name: row[name] for name in ("form", "state", "round", "operation", "code", "critical", "flag")}
    return ChangedRow(**values, differences=differences)


def _moved(row: dict[str, Any]) -> MovedScore:
    where = {name: row[name] for name in ("round", "framework", "country", "area", "kind")}
    return MovedScore(**where, was=_figure(row["was"]), now=_figure(row["now"]))


def _figure(row: dict[str, Any] | None) -> PreviewScore | None:
    if row is None or row["reading"] is None:
        return None
    return PreviewScore(**{name: row[name] for name in PreviewScore.__dataclass_fields__})


MOST_SENTENCES = 8
"""How many operations and rounds have their own sentence; the rest share one."""
MOST_NAMED = 3
"""If more operations would lose answers, they are counted instead of named."""
Titled = Callable[[str, str], str]
"""The title of a code: of an operation or a round."""
Group = tuple[str, str, str]


@dataclass(frozen=True)
class ChangeLine:
    """One sentence about changes. A `strong` one concerns critical criteria."""

    text: str
    strong: bool = False


def change_lines(changes: Changes, titles: Titled, words: Words) -> list[ChangeLine]:
    """Return the sentences: on each operation and round, and on the whole import."""
    return [
        *map(ChangeLine, _of_each(changes, titles, words)),
        *_of_all(changes, words),
        *(ChangeLine(line, strong=True) for line in closed_lines(changes.closed, titles, words)),
        *([] if changes.anything else [ChangeLine(words("collect.nothing_new"))]),
    ]


def agreements(changes: Changes, titles: Titled, words: Words) -> dict[str, str]:
    """Return a sentence on all that is asked before publishing, by a key of its own.

    Each concerns figures of closed rounds, newer publications that are not in force, or a round of which too little
    would be published or remain.
    """
    behind = {} if changes.behind is None else {"behind": sentence(changes.behind, words)}
    few = {
        f"few_{one.round}": words("collect.few_rows", n_in=one.n_in, n=one.n, round=titles("round", one.round))
        for one in changes.few
    }
    emptied = changes.emptied().items()
    withdrawn = {f"withdrawn_{round_}": _withdrawn(round_, many, titles, words) for round_, many in emptied}
    closed = {"closed": closed_said(changes.closed, words)} if changes.closed else {}
    return closed | behind | few | withdrawn


def _withdrawn(round_: str, of_round: tuple[Withdrawn, ...], titles: Titled, words: Words) -> str:
    """Say which answers operations would lose in one round."""
    n, n_was = sum(one.n for one in of_round), sum(one.n_was for one in of_round)
    named = words.listed(titles("operation", one.operation) for one in of_round)
    operations = named if len(of_round) <= MOST_NAMED else words.count("collect.n_operations", len(of_round))
    return words("collect.withdrawn", n=n, n_was=n_was, operations=operations, round=titles("round", round_))


def _of_each(changes: Changes, titles: Titled, words: Words) -> list[str]:
    """Return one sentence for each form, round and operation; those beyond the limit are counted together."""
    groups = list(_groups(changes).items())
    lines = [_sentence(group, counts, titles, words) for group, counts in groups[:MOST_SENTENCES]]
    if rest := [counts for _, counts in groups[MOST_SENTENCES:]]:
        lines.append(words("collect.and_others", n=len(rest), parts=_parts(_summed(rest), words)))
    return lines


def _of_all(changes: Changes, words: Words) -> Iterator[ChangeLine]:
    """Yield the sentences about the whole import, as far as they apply."""
    if changes.n_torn:
        yield ChangeLine(words.count("collect.torn", changes.n_torn))
    for form, n in changes.others:
        yield ChangeLine(words.count("collect.other", n, form=form))
    for flag, n in (("raised", changes.n_raised), ("cleared", changes.n_cleared)):
        if n:
            yield ChangeLine(words.count(f"collect.{flag}", n), strong=True)
    for key, n in (("unproven", changes.n_unproven), ("taken_away", changes.n_taken_away)):
        if n:
            yield ChangeLine(words.count(f"collect.{key}", n))


def _groups(changes: Changes) -> dict[Group, dict[str, int]]:
    """Count the rows in each state, by form, round and operation; the groups with most to report come first."""
    groups: dict[Group, dict[str, int]] = {}
    for count in changes.counts:
        group = groups.setdefault(_group(count), {})
        # Rows of a workbook may be left out before the checks, and by them.
        group[count.state] = group.get(count.state, 0) + count.n
    return dict(sorted(groups.items(), key=lambda found: -found[1].get("new", 0) - found[1].get("changed", 0)))


def _group(count: Count) -> Group:
    return count.form, count.round, count.operation


def _summed(many: list[dict[str, int]]) -> dict[str, int]:
    return {state: sum(counts.get(state, 0) for counts in many) for state in STATES}


def _sentence(group: Group, counts: dict[str, int], titles: Titled, words: Words) -> str:
    form, round_, operation = group
    nobody = "target.group" if form == "targets" else "collect.no_operation"
    of = titles("operation", operation) if operation else words(nobody)
    where = f"{of}, {titles('round', round_)}" if round_ else of
    return words(f"collect.of_{form}", of=where, parts=_parts(counts, words))


def _parts(counts: dict[str, int], words: Words) -> str:
    """List how many rows are new, changed, unchanged and left out, skipping zeros."""
    return words.listed(words.count(f"collect.part_{state}", n) for state in STATES if (n := counts.get(state, 0)))
