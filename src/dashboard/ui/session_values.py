"""Which types of values do pages keep between runs, besides those of the model?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.draft import Draft
from dashboard.store.locking import Outcome
from dashboard.tasks.sheet_reading import WrittenTable

NUMBER = "number"
"""The explanation of a mark that stands for a figure: how its number is calculated."""


@dataclass(frozen=True)
class OpenMark:
    """A clicked mark: the fields of the view that identify it, and the name of its explanation."""

    fields: Mapping[str, str | tuple[str, ...]]
    explained_by: str = NUMBER


@dataclass(frozen=True)
class Note:
    """The last save of a session: the drafts it tried, by key, the outcome, and whether it undid another."""

    tried: Mapping[Any, Draft[Any]]
    outcome: Outcome
    undoing: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing was saved."""
        return self.outcome.revision is None


@dataclass(frozen=True)
class GridRows:
    """The rows given to a grid, each as it was and as typed so far, by key. A new `mark` means that others are due."""

    mark: tuple[object, ...]
    widget: str
    rows: Mapping[Any, Draft[Any]]


@dataclass
class Edited:
    """What a session holds of one editor: unsaved drafts by key, the last save, its grid, and what is to be done.

    `asked` is the key of the draft that is to be saved, or the word for all. The drafts in `undo` restore what was
    there before the publication named beside them.
    """

    drafts: dict[Any, Draft[Any]] = field(default_factory=dict)
    note: Note | None = None
    asked: Any = None
    grid: GridRows | None = None
    grids: int = 0
    undo: tuple[Mapping[Any, Draft[Any]], int] | None = None


@dataclass(frozen=True)
class Table:
    """What was made from a sheet in another format: the table as a file, if it has any rows."""

    made: WrittenTable
    file: HandedFile | None
