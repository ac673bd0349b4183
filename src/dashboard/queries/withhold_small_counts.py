"""What does a room see of a figure made of one or two answers? Its band, and nothing of what they say one by one."""

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.store.masking.mask import FEWEST

WITHHELD: dict[str, float | None] = {
    **dict.fromkeys(("percent", "score", "points", "weight_answered", "one_step", "n_full", "n_part", "n_nil")),
    **dict.fromkeys(("weight_seen", "points_seen", "points_equal", "weight_full", "weight_part", "weight_nil")),
    **dict.fromkeys(("n_full_seen", "n_part_seen", "low_band", "high_band")),
    **dict.fromkeys(("n_inherited", "weight_inherited", "points_inherited")),
    **dict.fromkeys(("n_seen", "n_self", *(f"n_evidence_{word}" for word in ("none", "self", "seen", "checked")))),
    # Bounds that are true of any figure: a page may set one beside another.
    "low": 0,
    "high": 100,
}
"""The columns that say what answers say, and what stands in their place."""


FIGURES = frozenset(("reading", "n_answered"))
"""A table that has these columns holds figures."""


def withhold_small_counts(table: pa.Table) -> pa.Table:
    """The rows with what small figures say withheld: those that rest on one or two answers."""
    if not set(table.column_names) >= FIGURES:
        return table
    few = pc.and_(pc.greater(table["n_answered"], 0), pc.less(table["n_answered"], FEWEST))
    small = pc.fill_null(pc.and_(few, pc.is_in(table["reading"], pa.array(["count", "too_few"]))), False)
    if not pc.any(small).as_py():
        return table
    for name in WITHHELD.keys() & set(table.column_names):
        column = table[name]
        instead = pa.scalar(WITHHELD[name], column.type)
        table = table.set_column(table.column_names.index(name), name, pc.if_else(small, instead, column))
    return table
