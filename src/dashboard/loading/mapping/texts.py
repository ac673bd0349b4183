"""Which texts are in the columns that a mapping reads, in the rows that it selects?"""

from collections.abc import Sequence

from dashboard.loading.mapping.header import Headed, joined, rows_below
from dashboard.model.answers.mapping import Across, SheetMapping, cell_of, picked


def texts_of(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    """Return the distinct texts by our column, in order."""
    if mapping.together or mapping.only:
        return _row_by_row(mapping, headed)
    values_of = {column.label: column.values for column in joined(headed)}
    texts = {ours: values_of.get(label, ()) for ours, label in mapping.columns.items()}
    if mapping.across is not None and mapping.across.column != "status":
        for ours, labels in _spread(mapping.across).items():
            spread = (value for label in labels for value in values_of.get(label, ()))
            texts[ours] = tuple(dict.fromkeys(spread))
    return texts


def _row_by_row(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    texts: dict[str, dict[str, None]] = {ours: {} for ours in mapping.columns}
    across = mapping.across if mapping.across is not None and mapping.across.column != "status" else None
    spread = _spread(across) if across is not None else {}
    texts |= {ours: {} for ours in spread}
    for one in headed:
        for _, cells in rows_below(one, mapping.filled_labels):
            if not picked(mapping, cells):
                continue
            for ours in mapping.columns:
                texts[ours].setdefault(cell_of(mapping, ours, cells))
            for ours, labels in spread.items():
                texts[ours] |= dict.fromkeys(cells.get(label, "") for label in labels)
    return {ours: tuple(text for text in found if text) for ours, found in texts.items()}


def _spread(across: Across) -> dict[str, tuple[str, ...]]:
    """Return the labels of the columns over which rows are spread, by what they hold."""
    return {**across.further, across.holds: tuple(across.codes)}
