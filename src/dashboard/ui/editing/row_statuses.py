"""Which statuses may a row of a grid have? A column offers those of all its rows; each row accepts only its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.model.words import Words
from dashboard.ui.escape import escape, one_line

MOST_NAMED = 8
"""Of longer scales, such as numbers, only the first and the last status are named."""


@dataclass(frozen=True)
class RowStatuses:
    """The titles of statuses by scale, and the scale of each criterion in the grid."""

    titles: Mapping[int, Mapping[str, str]]
    scale_of: Mapping[str, int]

    def options(self) -> dict[str, str]:
        """Return what a cell may hold, with the title shown for it."""
        scales = [self.titles.get(scale, {}) for scale in dict.fromkeys(self.scale_of.values())]
        return {self._cell(code, title): one_line(title) for scale in scales for code, title in scale.items()}

    def cell(self, criterion: str | None, status: str) -> str | None:
        """Return what the cell of a criterion holds for a status; None if it is empty."""
        title = self.own(criterion).get(status)
        return (status if title is None else self._cell(status, title)) or None

    def status(self, criterion: str | None, cell: object) -> str:
        """Return the status that a cell means; what is not a status of the criterion stays as it is."""
        by_cell = {self._cell(code, title): code for code, title in self.own(criterion).items()}
        return by_cell.get(str(cell), str(cell)) if cell is not None else ""

    def refusal(self, criterion: str | None, status: str, row: str, words: Words) -> str:
        """Say why a row cannot have a status, with the ones it can have; empty if it can."""
        own = self.own(criterion)
        if not own or not status or status in own:
            return ""
        titles: Sequence[str] = [one_line(title) for title in own.values()]
        named = titles if len(titles) <= MOST_NAMED else [f"{titles[0]} … {titles[-1]}"]
        title = self.options().get(status, status)
        return escape(words("edit.other_scale", row=row, title=title, own=words.listed(named)))

    def own(self, criterion: str | None) -> Mapping[str, str]:
        """Return the statuses of a criterion; empty if it is not in the grid."""
        return self.titles.get(self.scale_of.get(criterion or "", 0), {})

    def _cell(self, code: str, title: str) -> str:
        """Return a code, followed by its title if another scale in the grid uses the code for something else."""
        called = {self.titles.get(scale, {}).get(code, title) for scale in self.scale_of.values()}
        return code if called == {title} else f"{code} · {title}"
