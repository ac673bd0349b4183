"""Which files are imported but not published? Kept in memory, so that changing pages loses none."""

from dashboard.model.answers.handed_file import HandedFile
from dashboard.ui.session_keys import COLLECT_FILES


def handed_in() -> tuple[HandedFile, ...]:
    """Return the files that are imported but not yet published."""
    return COLLECT_FILES.get(())


def add(file: HandedFile) -> None:
    """Add a file made on a page to the imported ones, replacing one of the same name."""
    COLLECT_FILES.set((*(held for held in handed_in() if held.name != file.name), file))
