"""Where the figure of a country is the mean of its operations or groups: the sums of each beside their totals.

See docs/decisions/0043-a-country-as-the-mean-of-its-operations.md and docs/decisions/0051-groups-of-operations.md.
"""

from dataclasses import replace

import numpy as np

from dashboard.figures.cube import Ints, OfOperations, Rows


def with_operations(totals: Rows, rows: Rows, operation: Ints) -> Rows:
    """Totals together with the rows of single operations that they are the totals of."""
    size = [1 + int(max(one.max(initial=0), two.max(initial=0))) for one, two in _keys_of(totals, rows)]
    of_totals, of_rows = (np.ravel_multi_index((at.round, at.country, at.criterion), size) for at in (totals, rows))
    order = np.argsort(of_totals)
    total = order[np.searchsorted(of_totals, of_rows, sorter=order)]
    by = np.argsort(total, kind="stable")
    return replace(
        totals, total=np.arange(len(of_totals)), operations=OfOperations(rows.take(by), total[by], operation[by])
    )


def each_an_operation(rows: Rows, operation: Ints) -> Rows:
    """Rows that belong to a single operation already; to none where that is negative."""
    own = np.flatnonzero(operation >= 0)
    return (
        replace(rows, total=np.arange(len(operation)), operations=OfOperations(rows.take(own), own, operation[own]))
        if len(own)
        else rows
    )


def _keys_of(totals: Rows, rows: Rows) -> list[tuple[Ints, Ints]]:
    return [(totals.round, rows.round), (totals.country, rows.country), (totals.criterion, rows.criterion)]
