"""Withholds what must not leave with a table: figures of one or two answers, and what is stored beneath its nulls.

A room sees nothing about single answers. Beneath a null, DuckDB leaves whatever was in memory before; after this, there
are zeros.
"""

from collections import Counter, defaultdict
from collections.abc import Set
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.store.mask import FEWEST

WITHHELD: dict[str, float | None] = {
    **dict.fromkeys(
        (
            "percent",
            "operation_percent",
            "gain",
            "score",
            "points",
            "weight_answered",
            "one_step",
            "n_full",
            "n_part",
            "n_nil",
        )
    ),
    "operation_percent": None,
    **dict.fromkeys(("weight_seen", "points_seen", "points_equal", "weight_full", "weight_part", "weight_nil")),
    **dict.fromkeys(("n_full_seen", "n_part_seen", "low_band", "high_band")),
    **dict.fromkeys(("n_inherited", "weight_inherited", "points_inherited")),
    **dict.fromkeys(("mean", "lowest", "highest", "median", "share_seen", "share_self")),
    **dict.fromkeys(("n_seen", "n_self", *(f"n_evidence_{word}" for word in ("none", "self", "seen", "checked")))),
    # Bounds that hold for any figure, since a page may show them together.
    "low": 0,
    "high": 100,
}
"""The columns that reveal answers, and what replaces them."""

OF_HEAD_OFFICE = ("group_percent", "group_n_answered")
"""The figure of the head office beside those of countries, and how many answers it is based on."""

SINGLE = frozenset(
    (
        "answers",
        "answer_history",
        "changes_moves",
        "compare_criteria",
        "next_best",
        "number_excluded",
        "review",
        "risk_lowered",
    )
)
"""The questions whose rows are single answers."""

COUNTED = frozenset(("n_full", "n_part", "n_nil"))
"""How many gave which answer. A table with these and no figure counts the answers to each criterion."""

PARTED = frozenset(("country", "area"))
"""If a table of figures has these too, an empty area is the whole of a country, listed with its areas."""


def for_a_room(name: str, table: pa.Table) -> pa.Table:
    """What a room sees of the rows of a question: none that is a single answer, and no small counts."""
    return table.slice(0, 0) if name in SINGLE else withhold_small_counts(table)


def holds_figures(columns: Set[str]) -> bool:
    """Whether a table with these columns holds figures or their means, and says how many answers each is based on."""
    return "n_answered" in columns and not columns.isdisjoint(("reading", "mean"))


def withhold_small_counts(table: pa.Table) -> pa.Table:
    """The rows with figures based on one or two answers withheld.

    A country's whole is also withheld if subtracting the areas shown would leave one or two answers.
    """
    names = set(table.column_names)
    if not holds_figures(names):
        return table
    if names.issuperset(OF_HEAD_OFFICE):
        figure, n_answered = OF_HEAD_OFFICE
        table = _withheld(table, figure, _few(table[n_answered]))
    small = _few(table["n_answered"])
    if not pc.any(small).as_py():
        return table
    if names >= PARTED:
        small = pc.or_(small, _tells_of_few(table, small))
    for name in WITHHELD.keys() & names:
        table = _withheld(table, name, small)
    return table


def withhold_few_of_each(table: pa.Table) -> pa.Table:
    """The rows of a table for other tools that counts the answers to each criterion, without the counts of one or two.

    Pages leave these out as they draw them, because they also look in them for what is missing.
    """
    if not set(table.column_names) >= COUNTED or holds_figures(set(table.column_names)):
        return table
    counts = [pc.fill_null(table[name], 0) for name in sorted(COUNTED)]
    small = _few(pc.add(pc.add(counts[0], counts[1]), counts[2]))
    for name in WITHHELD.keys() & set(table.column_names):
        table = _withheld(table, name, small)
    return table


def _few(n_answered: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where there are one or two answers."""
    return pc.fill_null(pc.and_(pc.greater(n_answered, 0), pc.less(n_answered, FEWEST)), False)


def _withheld(table: pa.Table, name: str, small: pa.ChunkedArray) -> pa.Table:
    column = table[name]
    instead = pa.scalar(WITHHELD.get(name), column.type)
    return table.set_column(table.column_names.index(name), name, pc.if_else(small, instead, column))


def _tells_of_few(table: pa.Table, small: pa.ChunkedArray) -> pa.ChunkedArray:
    """Which rows are wholes from which the rows shown could be subtracted to reveal one or two answers.

    An answer that counts in several areas is subtracted in each: that errs on the side of withholding.
    """
    names = [name for name in ("kind", "country") if name in table.column_names]
    keys = list(zip(*(table[name].to_pylist() for name in names), strict=True))
    areas = table["area"].to_pylist()
    withheld: set[tuple[str, ...]] = set()
    left: Counter[tuple[str, ...]] = Counter()
    for key, area, n, few in zip(keys, areas, table["n_answered"].to_pylist(), small.to_pylist(), strict=True):
        if area and few:
            withheld.add(key)
        else:
            left[key] += -(n or 0) if area else n or 0
    tells = [not area and key in withheld and left[key] < FEWEST for key, area in zip(keys, areas, strict=True)]
    return pa.chunked_array([pa.array(tells, pa.bool_())])


_FIRST = pc.get_function("coalesce")
"""Called by itself: most tables are so small that looking it up would take longer."""


def zero_nulls(table: pa.Table) -> pa.Table:
    """The same table, with zeros beneath its nulls.

    Browsers receive the raw bytes of a table, and reused memory may hold hidden names, or rows from somebody else's
    preview.
    """
    batches = table.to_batches()
    if len(batches) > 1:
        batches = table.combine_chunks().to_batches()
    columns = batches[0].columns if batches else []
    zeroed, alike = list(columns), defaultdict[pa.DataType, list[int]](list)
    for place, column in enumerate(columns):
        if pa.types.is_nested(column.type):
            zeroed[place] = _nested(column)
        # Null texts have no bytes.
        elif column.null_count and not pa.types.is_string(column.type):
            alike[column.type].append(place)
    for kind, places in alike.items():
        # Columns of one type at once: for so few rows, each call takes the same time.
        filled = _filled(pa.concat_arrays([columns[place] for place in places]), kind)
        for turn, place in enumerate(places):
            zeroed[place] = filled.slice(turn * len(table), len(table))
    if all(after is before for after, before in zip(zeroed, columns, strict=True)):
        return table
    return pa.Table.from_arrays(zeroed, schema=table.schema)


def _nested(column: pa.Array) -> pa.Array:
    """Lists or structures with nothing beneath their nulls. A list may have items that none of its rows names."""
    return pa.concat_arrays([column]) if _whole(column) else pa.array(column.to_pylist(), column.type)


def _filled(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column with nulls, with zeros beneath them."""
    if kind.bit_width % 8:
        return pa.array(column.to_pylist(), kind)
    valid = column.is_valid().buffers()[1] if column.offset else column.buffers()[0]
    return pa.Array.from_buffers(kind, len(column), [valid, _FIRST.call([column, _zero(kind)]).buffers()[1]])


@cache
def _zero(kind: pa.DataType) -> pa.Scalar:
    return pa.scalar(0, pa.int32()).cast(kind)


def _whole(column: pa.Array) -> bool:
    """Whether neither a column nor what it lists has nulls."""
    if pa.types.is_list(column.type):
        return not column.null_count and _whole(column.flatten())
    return not pa.types.is_nested(column.type) and (pa.types.is_string(column.type) or not column.null_count)
