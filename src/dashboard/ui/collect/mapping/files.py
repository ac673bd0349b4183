"""Which of the files that were handed in are sheets of somebody else? They become tables, as somebody settles it."""

from collections.abc import Sequence

from dashboard.model.answers.handed_file import HandedFile
from dashboard.ui.collect.mapping.page import map_sheet
from dashboard.ui.view import View


def mapped_files(view: View, files: Sequence[HandedFile]) -> tuple[HandedFile, ...]:
    """The files as they can be published; none while one of them waits for somebody to settle how it is read."""
    made = [table for file in files if (table := map_sheet(view, file)) is not None]
    return tuple(made) if len(made) == len(files) else ()
