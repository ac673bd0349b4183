"""What would be scored if some answers were others? The same questions, asked of answers that are only imagined."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from time import perf_counter

import duckdb
import pyarrow as pa

from dashboard.figures.imagined import StatusChange as StatusChange
from dashboard.figures.imagined import imagined_of
from dashboard.queries.ask import Value, ask, cached, parameters, rows_of
from dashboard.queries.timing import spent
from dashboard.store.reading.reader import Published
from dashboard.store.sql import run

# The catalog is named, since by its bare name the table would be the view itself.
SHADOW = """
CREATE TEMP VIEW answer AS
    FROM {published}.answer ANTI JOIN imagined USING (round_no, operation_no, criterion_no) UNION ALL FROM imagined;
"""


@contextmanager
def scenario_cursor(
    published: Published, round_: str, changes: Sequence[StatusChange]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor on which `answer`, and every view of single answers, holds what is imagined. No sum is made anew there.

    `changes` are to answers of one round, each asked there or it is left out; of two to one answer the last counts.
    Nothing is published: what is made is temporary, of this cursor alone, and gone when it is closed.
    """
    last = {(operation, criterion): status for operation, criterion, status in changes}
    with published.cursor() as cursor:
        run(
            cursor,
            "imagine",
            round=round_,
            operations=[operation for operation, _ in last],
            criteria=[criterion for _, criterion in last],
            statuses=list(last.values()),
        )
        ((catalog,),) = cursor.execute("SELECT current_catalog()").fetchall()
        cursor.execute(SHADOW.format(published=f'"{catalog}"'))
        yield cursor


def ask_scenario(
    published: Published, name: str, given: Mapping[str, Value], round_: str, changes: Sequence[StatusChange]
) -> pa.Table:
    """The rows of one question over what is imagined, kept like those of `ask`. Without changes the same as `ask`."""
    return ask_scenario_together(published, (name,), given, round_, changes)[name]


def ask_scenario_together(
    published: Published, names: Sequence[str], given: Mapping[str, Value], round_: str, changes: Sequence[StatusChange]
) -> dict[str, pa.Table]:
    """The rows of several questions over what is imagined, which is set up once, and only if one is not cached."""
    if not changes:
        return {name: ask(published, name, given) for name in names}
    started, scenario = perf_counter(), (round_, tuple(changes))
    with ExitStack() as stack:

        @cache
        def shared() -> duckdb.DuckDBPyConnection:
            return stack.enter_context(scenario_cursor(published, *scenario))

        def answered(name: str) -> pa.Table:
            asked = parameters(name, given)

            def answer() -> pa.Table:
                return rows_of(published, shared(), name, asked, imagined_of(published, *scenario))

            return cached(published, (name, *scenario), asked, answer)

        tables = {name: answered(name) for name in names}
    spent("queries", perf_counter() - started)
    return tables
