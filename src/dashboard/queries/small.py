"""What does a figure made of one or two answers tell a room? That there are too few; nothing of what they say."""

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.store.masked import FEWEST

WITHHELD: dict[str, float | None] = {
    **dict.fromkeys(("percent", "score", "points", "n_full", "n_part", "n_nil")),
    # What is still true of them: they lie somewhere between nothing and everything, and carry no flag.
    "low": 0,
    "high": 100,
    **dict.fromkeys(("n_critical_failed", "n_seen", "n_self"), 0),
    **dict.fromkeys((f"n_evidence_{word}" for word in ("none", "self", "seen", "checked", "unstated")), 0),
}
"""The columns that say what answers say, and what stands in their place."""


def without_small(table: pa.Table) -> pa.Table:
    """The rows with what small figures say withheld: those that read `too_few` and have fewer than three answers."""
    if not {"reading", "n_answered"} <= set(table.column_names):
        return table
    small = pc.and_(pc.equal(table["reading"], "too_few"), pc.less(table["n_answered"], FEWEST))
    if not pc.any(small).as_py():
        return table
    for name in WITHHELD.keys() & set(table.column_names):
        column = table[name]
        instead = pa.scalar(WITHHELD[name], column.type)
        table = table.set_column(table.column_names.index(name), name, pc.if_else(small, instead, column))
    return table
