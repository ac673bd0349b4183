"""Which values of their own do pages keep from one run to the next, beside those of the model?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.draft import Draft
from dashboard.store.locking import Outcome
from dashboard.tasks.sheet_reading import WrittenTable

Said = TypeVar("Said")
Tried = TypeVar("Tried")
Result = TypeVar("Result", bound=Outcome)


NUMBER = "number"
"""What explains a mark that stands for a figure: how its number is made."""


@dataclass(frozen=True)
class OpenMark:
    """A mark that was clicked: the fields of the view that it stands for, and the name of what explains it."""

    fields: Mapping[str, str | tuple[str, ...]]
    explained_by: str = NUMBER


@dataclass(frozen=True)
class Note(Generic[Tried, Result]):
    """The last save of a session: the drafts that it tried, by their keys, and what became of them."""

    tried: Mapping[Any, Tried]
    outcome: Result

    @property
    def refused(self) -> bool:
        """Whether nothing was saved."""
        return self.outcome.revision is None


@dataclass(frozen=True)
class GridState(Generic[Said]):
    """The rows of a grid, each as it was and as it was typed so far. `mark` says when other rows are due."""

    mark: tuple[object, ...]
    key: str
    times: int
    rows: tuple[Draft[Said], ...]

    @property
    def editor(self) -> str:
        """The key of the editor: another one for other rows."""
        return f"{self.key} {self.times}"


@dataclass(frozen=True)
class Table:
    """What came of somebody else's sheet: the table as a file, where it has any rows."""

    made: WrittenTable
    file: HandedFile | None
