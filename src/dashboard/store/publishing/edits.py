"""Writes what was typed on a page as tables in long form, imported like files; closes and reopens rounds the same way.

See docs/decisions/0001-one-way-in.md.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from secrets import token_hex
from threading import Condition, Lock

import duckdb

from dashboard.loading.sandbox import PrivateFolder
from dashboard.model.answer import Key
from dashboard.model.permissions import Deed, Place
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import RECORDS, as_csv
from dashboard.store.history import Revision, StoreError, current_number, history
from dashboard.store.locking import Outcome, Writer, machine_failed, refusal_at
from dashboard.store.publishing.load import FiguresOf, Load
from dashboard.store.publishing.publish import FOLDER, NOTHING, may_join, publish, publish_together
from dashboard.store.record_columns import as_in_a_file
from dashboard.store.sql import rows_of, sql
from dashboard.store.verify import left_behind

ABOUT_ANSWERS = frozenset(("answers", "reviews", "comments", "evidence"))
"""Kinds of tables in which every row concerns one answer."""
MOST = 100
"""How many loads are published together at most."""
PAUSE = 1.0
"""Seconds from one publication to the next while several people are saving."""
TURN = 0.1
"""Seconds in which another process that is waiting takes the lock."""


@dataclass(frozen=True)
class EditedTable:
    """Rows of one form, each with the name that a reader knows it by."""

    kind: str
    rows: Sequence[Mapping[str, str]]
    names: Sequence[str]

    @property
    def file(self) -> str:
        return f"{self.kind}.csv"


Conflicts = Callable[[duckdb.DuckDBPyConnection], tuple[Sequence[EditedTable], Iterable[Problem]]]
"""Given what is published, under the lock: the tables to write, and what others have changed since."""


@dataclass(eq=False)
class _Waiting:
    load: Load
    outcome: Outcome = NOTHING


class _Queue:
    """Those of this process who wait to save in one store: whoever is first saves for everybody who can be joined."""

    def __init__(self) -> None:
        self._turn, self._list = Lock(), Condition()
        self._waiting = list[_Waiting]()
        self._began = -PAUSE

    def publish(self, load: Load) -> Outcome:
        """Publish a load, perhaps together with others, and return its own outcome."""
        with self._list:
            mine = _Waiting(load)
            self._waiting.append(mine)
            self._list.notify()
        try:
            with self._turn:
                if mine.outcome is NOTHING:
                    self._publish_for_all(mine)
        finally:
            with self._list:
                self._waiting.remove(mine)
        return mine.outcome

    def _publish_for_all(self, mine: _Waiting) -> None:
        with self._list:
            if len(self._unsaved()) > 1:
                # Until a second has passed, or no more can be joined; meanwhile, other processes get a turn.
                pause = max(TURN, self._began + PAUSE - time.monotonic())
                self._list.wait_for(lambda: len(self._unsaved()) >= MOST, pause)
            joined = [mine]
            for one in self._unsaved():
                if len(joined) < MOST and one is not mine and may_join(one.load, [other.load for other in joined]):
                    joined.append(one)
        self._began = time.monotonic()
        for one, outcome in zip(joined, publish_together([one.load for one in joined]), strict=True):
            one.outcome = outcome

    def _unsaved(self) -> list[_Waiting]:
        return [one for one in self._waiting if one.outcome is NOTHING]


@cache
def _queue(store: Path) -> _Queue:
    return _Queue()


def publish_edits(
    store: Path,
    tables: Sequence[EditedTable],
    writer: Writer,
    deed: Deed,
    today: date,
    conflicts: Conflicts,
    figures: FiguresOf | None = None,
) -> Outcome:
    """Publish the tables as one step, or none of them. Problems give the row's name as their file.

    The writer needs a role for `deed`; where it must hold, `conflicts` decides with `refused_at`. It is called once
    something is published; a problem of weight FILE from it stops everything.
    """
    try:
        with PrivateFolder() as folder:
            return _published(store, tables, writer, deed, today, conflicts, figures, folder)
    except OSError as error:
        return Outcome(None, (machine_failed(str(store), error),))


def refused_at(
    connection: duckdb.DuckDBPyConnection, writer: Writer, deed: Deed, operations: Iterable[str]
) -> list[Problem]:
    """Why the writer may not do something to these operations, one Problem for each; an empty code is the group."""
    if writer.person is None:
        return []
    found = connection.execute("SELECT operation, country FROM operation JOIN country USING (country_no)").fetchall()
    countries = dict(found)
    places = (Place(operation, countries.get(operation, "")) for operation in sorted(set(operations)))
    return [refused for place in places if (refused := refusal_at(writer, deed, place)) is not None]


def _published(
    store: Path,
    tables: Sequence[EditedTable],
    writer: Writer,
    deed: Deed,
    today: date,
    conflicts: Conflicts,
    figures: FiguresOf | None,
    folder: Path,
) -> Outcome:
    written = {table.file: table for table in tables if table.rows}
    keys = _keys(tables)
    typed = folder / f"{FOLDER}{token_hex(8)}"
    typed.mkdir()

    def write() -> None:
        for name, table in written.items():
            (typed / name).write_text(as_csv(RECORDS[table.kind], table.rows), "utf-8", newline="")

    def guard(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
        tables, problems = conflicts(connection)
        written.update({table.file: table for table in tables if table.rows})
        write()
        return problems

    write()
    paths = [typed] if keys is not None else [typed / name for name in written]
    load = Load(store, paths, writer, today, guard=guard, all_or_nothing=True, deed=deed, keys=keys)
    load = replace(load, figures=figures)
    outcome = _queue(store.resolve()).publish(load)
    return Outcome(outcome.revision, tuple(_of_row(problem, written) for problem in outcome.problems))


def _keys(tables: Sequence[EditedTable]) -> frozenset[Key] | None:
    """The answers that all rows concern; None if some concern anything else."""
    rows = [row for table in tables for row in table.rows]
    keys = frozenset((row.get("round", ""), row.get("operation", ""), row.get("criterion", "")) for row in rows)
    about_answers = all(table.kind in ABOUT_ANSWERS for table in tables)
    return keys if keys and about_answers and all(all(key) for key in keys) else None


def _of_row(problem: Problem, written: Mapping[str, EditedTable]) -> Problem:
    """A problem of a row under the row's name, since no reader has seen the file."""
    table = written.get(problem.file)
    if table is None or problem.row is None or problem.row - 2 >= len(table.names):
        return problem
    return replace(problem, file=table.names[problem.row - 2], row=None)


ROUNDS_FILE = "rounds.csv"
CLOSE, REOPEN = "close", "reopen"
SAID_BY_THE_STEP = ("round_closes", "round_reopens")
"""Kinds of notes on a file of rounds that the step already says itself."""


ASKED = ("round_unanswered", "round_not_approved", "out_of_force")
"""Kinds of problems that keep a round from being closed or reopened until somebody accepts them."""


MOST_NAMED = 5
"""How many codes of what is not approved are named; the rest are counted."""


def close_round(store: Path, round_: str, writer: Writer, today: date, accept: bool = False) -> Outcome:
    """Freeze the answers, ratings and reviews of a round. An unknown or already closed one gives a Problem.

    So does one without any answer, or in which something is not approved, unless that is accepted.
    """
    return _turned(store, round_, True, writer, today, accept)


def reopen_round(store: Path, round_: str, writer: Writer, today: date, accept: bool = False) -> Outcome:
    """Let the answers, ratings and reviews of a round change again."""
    return _turned(store, round_, False, writer, today, accept)


def _turned(store: Path, round_: str, closed: bool, writer: Writer, today: date, accept: bool) -> Outcome:
    try:
        if current_number(store) == 0:
            return Outcome(None, (Problem("unknown_round", round_, value=round_, weight=Weight.FILE),))
        with PrivateFolder() as folder:
            file = folder / ROUNDS_FILE
            file.write_text(as_csv(RECORDS["rounds"], [{"round": round_}]), "utf-8", newline="")

            def guard(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
                stored = stored_rounds(connection)
                row = stored.get(round_)
                if row is None:
                    near = nearest(round_, stored)
                    return [Problem("unknown_round", round_, value=round_, hint=near, weight=Weight.FILE)]
                if row["closed"] == _truth(closed):
                    kind = "round_closed_already" if closed else "round_open_already"
                    return [Problem(kind, round_, value=round_, weight=Weight.FILE)]
                if not accept and (asks := [*_asks(store, connection, round_ if closed else "")]):
                    return asks
                file.write_text(as_csv(RECORDS["rounds"], [row | {"closed": _truth(closed)}]), "utf-8", newline="")
                return []

            kind = CLOSE if closed else REOPEN
            load = Load(store, [file], writer, today, guard=guard, all_or_nothing=True, kind=kind, about=round_)
            outcome = publish(replace(load, deed=Deed.ROUND))
            return Outcome(outcome.revision, tuple(p for p in outcome.problems if p.kind not in SAID_BY_THE_STEP))
    except StoreError as error:
        return Outcome(None, (error.problem,))
    except OSError as error:
        return Outcome(None, (machine_failed(str(store), error),))


def _asks(store: Path, connection: duckdb.DuckDBPyConnection, closes: str) -> Iterator[Problem]:
    """What must be accepted: newer publications stay out of force, or a round closes unanswered or not approved."""
    if (behind := left_behind(store)) is not None:
        yield behind.problem(store)
    ((n_asked, n_answered),) = connection.execute(
        "SELECT count(*), count(*) FILTER (counts_as <> 'unanswered') "
        "FROM answer JOIN scale USING (status_no) JOIN round USING (round_no) WHERE round = ?",
        [closes],
    ).fetchall()
    if n_asked and not n_answered:
        yield Problem("round_unanswered", closes, value=closes, expected=str(n_asked), weight=Weight.FILE)
    missing = [place for (place,) in connection.execute(sql("stored/not_approved"), {"round": closes}).fetchall()]
    if missing and n_answered:
        few = ", ".join([*missing[:MOST_NAMED], *([f"+{len(missing) - MOST_NAMED}"] if missing[MOST_NAMED:] else [])])
        yield Problem("round_not_approved", closes, value=closes, expected=few, weight=Weight.FILE)


def stored_rounds(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Every round of a publication by code, as a row of the list of rounds."""
    found = rows_of(connection.execute(as_in_a_file("rounds")))
    return {row["round"]: {name: cell or "" for name, cell in row.items()} for row in found}


def turned_by(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """The step that last closed or reopened each round, among those that led to what is published; latest first.

    A step that puts an earlier publication back in force undoes what came between, so the search continues before that
    publication.
    """
    by_number = {revision.number: revision for revision in revisions}
    first: dict[str, int] = {}
    for number in sorted(by_number):
        first.setdefault(by_number[number].publication, number)
    last: dict[str, Revision] = {}
    number = max(by_number, default=0)
    while number:
        revision = by_number[first[by_number[number].publication]]
        if revision.kind in (CLOSE, REOPEN):
            last.setdefault(revision.about, revision)
        number = revision.after
        while number and number not in by_number:
            # Lost, as recorded by a repair.
            number -= 1
    return last


def history_of_rounds(store: Path) -> dict[str, Revision]:
    """The step that last closed or reopened each round. Raises StoreError if the history cannot be read."""
    return turned_by(history(store))


def _truth(closed: bool) -> str:
    return "true" if closed else "false"
