"""What is asked in only one of the two rounds, or was reworded? Mostly nothing, which needs no question in SQL."""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.queries.compare.changes import pairs_of

BESIDE = ("changes_paired", "changes_unmatched")
SCHEMA = pa.schema(
    [
        ("move", pa.string()), ("code", pa.string()), ("title", pa.string()), ("position", pa.int64()),
        ("n", pa.int64()), ("everything", pa.bool_()), ("since", pa.string()), ("n_move", pa.int64()),
        ("n_answers", pa.int64()),
    ]
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """One row per operation that is newly or no longer asked, or per reworded criterion."""
    pairs = pairs_of(asked)
    unmatched = pairs.reworded | (pairs.now < 0) | (pairs.was < 0)
    return asked.rows("changes_unmatched") if unmatched.any() else SCHEMA.empty_table()
