"""Which rounds are closed, and how are they closed and reopened? By a step of their own, published like any other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.model.answers.long_form import as_csv
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import RECORDS
from dashboard.store.history import Revision, StoreError, current_number, history
from dashboard.store.keeping.out_of_force import left_behind
from dashboard.store.locking import Outcome, machine_failed
from dashboard.store.permission import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish

FILE = "rounds.csv"
CLOSE, REOPEN = "close", "reopen"
SAID_BY_THE_STEP = ("round_closes", "round_reopens")
"""Kinds of notes on a file of rounds that the step already says itself."""


ASKED = ("round_unanswered", "out_of_force")
"""Kinds of problems that keep a round from being closed or reopened until somebody accepts them."""


def close_round(store: Path, round_: str, writer: Writer, today: date, accept: bool = False) -> Outcome:
    """Freeze the answers, ratings and reviews of a round. An unknown or already closed one gives a Problem.

    So does one without any answer, unless that is accepted.
    """
    return _turned(store, round_, True, writer, today, accept)


def reopen_round(store: Path, round_: str, writer: Writer, today: date, accept: bool = False) -> Outcome:
    """Let the answers, ratings and reviews of a round change again."""
    return _turned(store, round_, False, writer, today, accept)


def _turned(store: Path, round_: str, closed: bool, writer: Writer, today: date, accept: bool) -> Outcome:
    try:
        if current_number(store) == 0:
            return Outcome(None, (Problem("unknown_round", FILE, value=round_, weight=Weight.FILE),))
        with PrivateFolder() as folder:
            file = folder / FILE
            file.write_text(as_csv(RECORDS["rounds"], [{"round": round_}]), "utf-8", newline="")

            def guard(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
                stored = stored_rounds(connection)
                row = stored.get(round_)
                if row is None:
                    return [
                        Problem("unknown_round", FILE, value=round_, hint=nearest(round_, stored), weight=Weight.FILE)
                    ]
                if row["closed"] == _truth(closed):
                    kind = "round_closed_already" if closed else "round_open_already"
                    return [Problem(kind, FILE, value=round_, weight=Weight.FILE)]
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
    """What must be accepted: newer publications stay out of force, or a round closes of which nothing is answered."""
    if (behind := left_behind(store)) is not None:
        yield behind.problem(store)
    ((n_asked, n_answered),) = connection.execute(
        "SELECT count(*), count(*) FILTER (counts_as <> 'unanswered') "
        "FROM answer JOIN scale USING (status_no) JOIN round USING (round_no) WHERE round = ?",
        [closes],
    ).fetchall()
    if n_asked and not n_answered:
        yield Problem("round_unanswered", FILE, value=closes, expected=str(n_asked), weight=Weight.FILE)


def stored_rounds(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Every round of a publication by code, as a row of the list of rounds."""
    cursor = connection.execute(
        "SELECT round, title, CAST(starts_on AS VARCHAR), CAST(ends_on AS VARCHAR), list_aggregate(frameworks, "
        "'string_agg', ';'), list_aggregate(versions, 'string_agg', ';'), CAST(closed AS VARCHAR), round_note "
        "FROM round"
    )
    return {
        row[0]: dict(zip(RECORDS["rounds"].names, (cell or "" for cell in row), strict=True))
        for row in cursor.fetchall()
    }


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
