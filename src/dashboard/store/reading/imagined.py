"""A publication in which some answers are imagined to be others. Nothing is copied, and nothing is published.

See docs/decisions/0015-scenarios.md.
"""

from collections.abc import Sequence
from functools import partial

import duckdb

from dashboard.store.reading.cache import once
from dashboard.store.reading.pool import PreparedPool
from dashboard.store.reading.reader import Imagined, Published, StatusChange
from dashboard.store.sql import run

# The catalog is named, since by its bare name the table would be the view itself.
SHADOW = """
CREATE TEMP VIEW answer AS
    FROM {published}.answer ANTI JOIN imagined USING (round_no, operation_no, criterion_no) UNION ALL FROM imagined;
"""


@once
def imagined(published: Published, round_: str, changes: tuple[StatusChange, ...], reason: str = "") -> Published:
    """The publication as it would be, were some answers of one round others; itself, where none is.

    `changes` are to answers that are asked there, or they are left out; of two to one answer the last counts. `reason`
    is given where an answer is imagined not to apply. It may be imagined upon again.
    """
    if not changes:
        return published
    under = published.imagined
    levels = (*under.levels, (round_, changes)) if under else ((round_, changes),)
    real = published.real
    pool = PreparedPool(real.pool, partial(_imagine, levels=levels, reason=reason))
    return Published(
        published.revision, pool, real.answers, masked=published.masked, imagined=Imagined(real, published, levels)
    )


def _imagine(
    cursor: duckdb.DuckDBPyConnection, levels: Sequence[tuple[str, tuple[StatusChange, ...]]], reason: str
) -> None:
    """Let `answer`, and every view of single answers, hold what is imagined, on this cursor alone."""
    last = {(round_, who, what): status for round_, changes in levels for who, what, status in changes}
    run(
        cursor,
        "imagine",
        rounds=[round_ for round_, _, _ in last],
        operations=[who for _, who, _ in last],
        criteria=[what for _, _, what in last],
        statuses=list(last.values()),
        reason=reason,
    )
    ((catalog,),) = cursor.execute("SELECT current_catalog()").fetchall()
    cursor.execute(SHADOW.format(published=f'"{catalog}"'))
