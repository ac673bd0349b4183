"""Which files has somebody handed in and not published? Kept in memory, so that going to another page loses none."""

from dashboard.model.answers.handed_file import HandedFile
from dashboard.ui.session_keys import COLLECT_FILES


def handed_in() -> tuple[HandedFile, ...]:
    """The files that are handed in and not yet published."""
    return COLLECT_FILES.get(())


def add(file: HandedFile) -> None:
    """Hand in a file that was made on a page, beside what is handed in already; of one name the last one counts."""
    COLLECT_FILES.set((*(held for held in handed_in() if held.name != file.name), file))
