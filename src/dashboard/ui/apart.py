"""How does a page read files that a visitor has imported? In a separate process, within the limits set for a page."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from dashboard.loading.apart.reading import read_apart
from dashboard.loading.apart.start import prepare
from dashboard.model.limits import PAGE, WITH_PROGRESS, Progress
from dashboard.model.problem import Problem

READ_BY = ("dashboard.tasks.preview", "dashboard.tasks.sheet_reading", "dashboard.tasks.marked_file")
"""Modules that a reading process needs; without preloading them, each process would start half a second later."""
Value = TypeVar("Value")


class Named(Protocol):
    """An imported file."""

    @property
    def name(self) -> str: ...


def prepare_to_read() -> None:
    """Start preparing the reading process; call it wherever a page lets somebody choose a file."""
    prepare(READ_BY)


def read_for_page(
    task: Callable[..., Value], *given: object, files: Sequence[Named], progress: Progress | None = None
) -> Value | Problem:
    """Run `task(*given)` in a separate process and return its result, or a Problem about these files.

    A task that reports progress is given more time.
    """
    prepare_to_read()
    name = ", ".join(file.name for file in files)
    return read_apart(WITH_PROGRESS if progress else PAGE, task, *given, name=name, progress=progress)
