"""How does a page read what a visitor has handed in? Apart from this process, within the limits of a page."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from dashboard.loading.apart.reading import read_apart
from dashboard.loading.apart.start import prepare
from dashboard.model.limits import PAGE, WITH_PROGRESS, Progress
from dashboard.model.problem import Problem

READ_BY = ("dashboard.tasks.preview", "dashboard.tasks.sheet_reading", "dashboard.tasks.marked_file")
"""What a process needs that reads for a page; without them each would begin half a second later."""
Value = TypeVar("Value")


class Named(Protocol):
    """A file that was handed in."""

    @property
    def name(self) -> str: ...


def prepare_to_read() -> None:
    """Begin to make ready for reading, wherever a page lets somebody choose a file."""
    prepare(READ_BY)


def read_for_page(
    task: Callable[..., Value], *given: object, files: Sequence[Named], progress: Progress | None = None
) -> Value | Problem:
    """What `task(*given)` gives, or the Problem about these files; a reading that is seen to go on has more time."""
    prepare_to_read()
    name = ", ".join(file.name for file in files)
    return read_apart(WITH_PROGRESS if progress else PAGE, task, *given, name=name, progress=progress)
