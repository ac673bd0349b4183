"""Which texts are in the columns that a mapping reads, in the rows that it selects?"""

from collections.abc import Sequence

from dashboard.loading.mapping.header import Headed, joined, rows_below
from dashboard.model.answers.mapping import SheetMapping, cell_of, picked


def texts_of(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    """Return the distinct texts by our column, in order."""
    if mapping.together or mapping.only:
        return _row_by_row(mapping, headed)
    values_of = {column.label: column.values for column in joined(headed)}
    texts = {ours: values_of.get(label, ()) for ours, label in mapping.columns.items()}
    if mapping.across is not None and mapping.across.column != "status":
        spread = (value for label in mapping.across.codes for value in values_of.get(label, ()))
        texts[mapping.across.holds] = tuple(dict.fromkeys(spread))
    return texts


def _row_by_row(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    texts: dict[str, dict[str, None]] = {ours: {} for ours in mapping.columns}
    spread = mapping.across if mapping.across is not None and mapping.across.column != "status" else None
    if spread is not None:
        texts[spread.holds] = {}
    for one in headed:
        for _, cells in rows_below(one, mapping.filled_labels):
            if not picked(mapping, cells):
                continue
            for ours in mapping.columns:
                texts[ours].setdefault(cell_of(mapping, ours, cells))
            if spread is not None:
                texts[spread.holds] |= dict.fromkeys(cells.get(label, "") for label in spread.codes)
    return {ours: tuple(text for text in found if text) for ours, found in texts.items()}
