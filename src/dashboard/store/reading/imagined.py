"""How can some answers of a publication be imagined to differ? Nothing is copied, and nothing is published.

See docs/decisions/0015-scenarios.md.
"""

from collections.abc import Sequence
from functools import partial

import duckdb

from dashboard.store.reading.cache import once
from dashboard.store.reading.pool import PreparedPool
from dashboard.store.reading.reader import Imagined, Level, Published, StatusChange
from dashboard.store.sql import run, sql

# The catalogue is named, since the bare name of the table would mean the view itself. Where nobody had answered, there
# was no evidence.
SHADOW = """
CREATE TEMP VIEW answer AS
SELECT a.* REPLACE (
    coalesce(i.status_no, a.status_no) AS status_no,
    CASE WHEN i.status_no IS NULL OR a.version_no IS NOT NULL THEN a.evidence END AS evidence,
    CASE WHEN i.status_no IS NULL THEN a.note END AS note,
    CASE WHEN i.status_no IS NULL THEN a.na_reason ELSE i.na_reason END AS na_reason,
    CASE WHEN i.status_no IS NULL THEN a.version_no ELSE i.version_no END AS version_no)
FROM {published}.answer AS a LEFT JOIN imagined AS i USING (round_no, operation_no, criterion_no);
"""


@once
def imagined(published: Published, round_: str, changes: tuple[StatusChange, ...], reason: str = "") -> Published:
    """The publication as it would be if some answers of one round were different; itself, if none is.

    `changes` to answers that are not asked there are ignored; if two concern one answer, the last counts. `reason` is
    given if an answer is imagined not to apply. The result can be imagined upon again.
    """
    if not changes:
        return published
    last = {(operation, criterion): status for operation, criterion, status in changes}
    named = {
        "operations": [operation for operation, _ in last],
        "criteria": [criterion for _, criterion in last],
        "statuses": list(last.values()),
    }
    with published.real.cursor() as cursor:
        table = cursor.execute(sql("changes_named"), named).to_arrow_table()
    return laid_over(published, Level(round_, changes, table), reason)


@once
def laid_over(published: Published, level: Level, reason: str = "") -> Published:
    """The same for changes given by number."""
    if not len(level.changed):
        return published
    under = published.imagined
    levels = (*under.levels, level) if under else (level,)
    real = published.real
    pool = PreparedPool(real.pool, partial(_imagine, levels=levels, reason=reason))
    over = Imagined(real, published, levels)
    return published.through(pool, answers=real.answers, imagined=over)


def _imagine(cursor: duckdb.DuckDBPyConnection, levels: Sequence[Level], reason: str) -> None:
    """Make `answer`, and every view of single answers, hold what is imagined, on this cursor only."""
    for level in levels:
        cursor.register("changed", level.changed)
        run(cursor, "imagine", round=level.round, reason=reason)
        cursor.unregister("changed")
    ((catalog,),) = cursor.execute("SELECT current_catalog()").fetchall()
    cursor.execute(SHADOW.format(published=f'"{catalog}"'))
