"""Does an unread column distinguish rows with the same key? If so, the order of rows would decide which counts."""

from collections.abc import Mapping, Sequence

from dashboard.loading.mapping.header import Headed, joined
from dashboard.model.answers.mapping import SHEET, LongRow, SheetMapping
from dashboard.model.problem import Problem, Weight

KEYS = {
    "answers": ("round", "operation", "criterion"),
    "risk_ratings": ("round", "operation", "impact"),
    "opportunity_ratings": ("round", "operation", "impact"),
    "context": ("country", "indicator", "year"),
}
"""The key columns of a row, by form. An action has a code of its own."""
FEW = 30
"""Most different values of a column that could distinguish rows; one with more values numbers or describes them."""


def few_values(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    """Return the values of each column that is unread or selects rows, if its values are few and repeat."""
    taken = set(mapping.needed) - set(mapping.only)
    n_rows = sum(len(one.grid.texts) - one.header - 1 for one in headed)
    return {
        column.label: column.values
        for column in joined(headed)
        if column.label not in (*taken, SHEET) and 1 < len(column.values) <= min(FEW, max(2, n_rows // 2))
    }


class Repeats:
    """Rows by key, with their values in the unread columns that could distinguish them."""

    def __init__(self, mapping: SheetMapping, headed: Sequence[Headed]) -> None:
        self.key = () if mapping.missing else KEYS.get(mapping.form, ())
        # A column that picks several values still distinguishes rows.
        settled = {label for label, values in mapping.only.items() if len(values) == 1}
        few = {label: len(values) for label, values in few_values(mapping, headed).items() if label not in settled}
        self.labels = sorted(few, key=lambda label: few[label])
        self.first: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.repeated: dict[tuple[str, ...], list[tuple[str, ...]]] = {}

    def add(self, row: LongRow, cells: Mapping[str, str]) -> None:
        """Record one row in long form, made from these cells."""
        if not self.key or not self.labels:
            return
        key = tuple(row.values.get(column, "") for column in self.key)
        unread = tuple(cells[label] for label in self.labels)
        if key in self.first:
            self.repeated.setdefault(key, [self.first[key]]).append(unread)
        else:
            self.first[key] = unread

    def problem(self, place: str, row: int) -> Problem | None:
        """Return a note on the column that distinguishes the rows of most repeated keys; None below half."""
        groups = list(self.repeated.values())
        apart = {
            label: [len(rows) for rows in groups if len({unread[position] for unread in rows}) == len(rows)]
            for position, label in enumerate(self.labels)
        }
        label = max(apart, key=lambda label: len(apart[label]), default=None)
        if label is None or not groups or 2 * len(apart[label]) < len(groups):
            return None
        n = str(sum(apart[label]))
        return Problem("tells_apart", place, row=row, column=label, value=n, weight=Weight.NOTE)
