"""What would be scored if some answers were others? The same questions, asked of answers that are only imagined."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from time import perf_counter

import duckdb
import pyarrow as pa

from dashboard.figures.imagined import StatusChange as StatusChange
from dashboard.figures.imagined import imagined_of
from dashboard.figures.ratings import BESIDE
from dashboard.queries.ask import Value, ask, cached, parameters, rows_of
from dashboard.queries.folded import FOLDED
from dashboard.queries.timing import spent
from dashboard.store.reading.reader import Published
from dashboard.store.sql import run

WHATEVER_IS_ANSWERED = frozenset({"bands", *BESIDE})
"""Questions in SQL whose rows are the same over other answers: for them nothing need be set up."""

# The catalog is named, since by its bare name each of these is what is imagined; nothing else distinguishes the two.
SHADOWS = """
DROP TABLE answer;
CREATE TEMP VIEW answer AS
    FROM {published}.answer ANTI JOIN imagined USING (round_no, operation_no, criterion_no) UNION ALL FROM imagined;
CREATE TEMP VIEW score AS FROM scored;
CREATE TEMP VIEW score_change AS FROM scored_change;
CREATE TEMP VIEW published_score AS FROM {published}.score;
"""


@contextmanager
def scenario_cursor(
    published: Published, round_: str, changes: Sequence[StatusChange]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor on which `answer`, `tally`, `matched`, `score`, `score_change` and all that reads them are imagined.

    `changes` are to answers of one round, each asked there or it is left out; of two to one answer the last counts.
    Nothing is published: the tables are temporary, of this cursor alone, and gone when it is closed.
    `published_score` is what is published.
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
        run(cursor, "scoring")
        ((catalog,),) = cursor.execute("SELECT current_catalog()").fetchall()
        cursor.execute(SHADOWS.format(published=f'"{catalog}"'))
        yield cursor


def speaks_of_answers(name: str) -> bool:
    """Whether a question asks anything in SQL that other answers would change."""
    return not WHATEVER_IS_ANSWERED.issuperset(FOLDED[name].beside if name in FOLDED else (name,))


@contextmanager
def _cursor(
    published: Published, round_: str, changes: Sequence[StatusChange], name: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    """What a question is asked on: where nothing in SQL speaks of answers, nothing is set up."""
    with scenario_cursor(published, round_, changes) if speaks_of_answers(name) else published.cursor() as cursor:
        yield cursor


def ask_scenario(
    published: Published, name: str, given: Mapping[str, Value], round_: str, changes: Sequence[StatusChange]
) -> pa.Table:
    """The rows of one question over what is imagined, kept like those of `ask`. Without changes the same as `ask`."""
    if not changes:
        return ask(published, name, given)
    started = perf_counter()
    asked = parameters(name, given)

    def answer() -> pa.Table:
        with _cursor(published, round_, changes, name) as cursor:
            return rows_of(published, cursor, name, asked, imagined_of(published, round_, tuple(changes)))

    table = cached(published, (name, round_, tuple(changes)), asked, answer)
    spent("queries", perf_counter() - started)
    return table


def ask_scenario_together(
    published: Published, names: Sequence[str], given: Mapping[str, Value], round_: str, changes: Sequence[StatusChange]
) -> dict[str, pa.Table]:
    """The rows of several questions over what is imagined, which is set up once, and only if one is not cached."""
    if not changes:
        return {name: ask(published, name, given) for name in names}
    started = perf_counter()
    with ExitStack() as stack:

        @cache
        def shared() -> duckdb.DuckDBPyConnection:
            return stack.enter_context(scenario_cursor(published, round_, changes))

        def answered(name: str) -> pa.Table:
            asked = parameters(name, given)
            of = (name, round_, tuple(changes))

            def answer() -> pa.Table:
                cube = imagined_of(published, round_, tuple(changes))
                if speaks_of_answers(name):
                    return rows_of(published, shared(), name, asked, cube)
                with published.cursor() as cursor:
                    return rows_of(published, cursor, name, asked, cube)

            return cached(published, of, asked, answer)

        tables = {name: answered(name) for name in names}
    spent("queries", perf_counter() - started)
    return tables
