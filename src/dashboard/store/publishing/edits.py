"""How is what was typed on a page written? As tables in long form, imported like files.

See docs/decisions/0010-one-way-in.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.tables import FORM
from dashboard.model.people.permissions import Deed, Place
from dashboard.model.problem import Problem
from dashboard.store.locking import Outcome, machine_failed
from dashboard.store.permission import Writer, refusal_at
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish


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


def publish_edits(
    store: Path, tables: Sequence[EditedTable], writer: Writer, deed: Deed, today: date, conflicts: Conflicts
) -> Outcome:
    """Publish the tables as one step, or none of them. Problems give the row's name as their file.

    The writer needs a role for `deed`; where it must hold, `conflicts` decides with `refused_at`. It is called once
    something is published; a problem of weight FILE from it stops everything.
    """
    try:
        with PrivateFolder() as folder:
            return _published(store, tables, writer, deed, today, conflicts, folder)
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
    folder: Path,
) -> Outcome:
    written = {table.file: table for table in tables if table.rows}

    def write() -> None:
        for name, table in written.items():
            (folder / name).write_text(as_csv(FORM[table.kind], table.rows), "utf-8", newline="")

    def guard(connection: duckdb.DuckDBPyConnection) -> Iterable[Problem]:
        tables, problems = conflicts(connection)
        written.update({table.file: table for table in tables if table.rows})
        write()
        return problems

    write()
    paths = [folder / name for name in written]
    outcome = publish(Load(store, paths, writer, today, guard=guard, all_or_nothing=True, deed=deed))
    return Outcome(outcome.revision, tuple(_of_row(problem, written) for problem in outcome.problems))


def _of_row(problem: Problem, written: Mapping[str, EditedTable]) -> Problem:
    """A problem of a row under the row's name, since no reader has seen the file."""
    table = written.get(problem.file)
    if table is None or problem.row is None or problem.row - 2 >= len(table.names):
        return problem
    return replace(problem, file=table.names[problem.row - 2], row=None)
