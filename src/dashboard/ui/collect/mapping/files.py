"""Which imported files are in another format? They become our tables once their mapping is accepted."""

from collections.abc import Sequence

from dashboard.model.answers.handed_file import HandedFile
from dashboard.ui.collect.mapping.new_names import new_files
from dashboard.ui.collect.mapping.page import map_sheet
from dashboard.ui.view import View


def mapped_files(view: View, files: Sequence[HandedFile]) -> tuple[HandedFile, ...]:
    """Return the files ready to be published; none while the mapping of any of them is still to be accepted."""
    made = [table for file in files if (table := map_sheet(view, file)) is not None]
    if len(made) < len(files):
        return ()
    return (*(added for file in files for added in new_files(view, file)), *made)
