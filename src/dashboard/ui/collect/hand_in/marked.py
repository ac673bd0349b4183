"""The imported files, given back with their problems marked in the cells."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from dashboard.exports.workbook.marked import marked_workbook
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.tasks.marked_file import marked_files
from dashboard.ui.apart import read_for_page
from dashboard.ui.elements.download import offer
from dashboard.ui.view import View


class Handed(Protocol):
    """An imported file in memory."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def offer_marked(view: View, files: Sequence[Handed], problems: Sequence[Problem]) -> None:
    """Draw the button that gives the files back as one workbook, made on demand; no button if no row can be marked."""
    if not files or all(problem.row is None for problem in problems):
        return
    made = partial(_marked, tuple(files), tuple(problems), view.words)
    name = f"{Path(files[0].name).stem}-marked.xlsx"
    offer(view, view.words("mapping.marked_offer"), made, name, "mapping_marked_link")


def _marked(files: Sequence[Handed], problems: Sequence[Problem], words: Words) -> bytes:
    """Return the workbook; if the files can no longer be read, only the list of problems and the reason."""
    content = [(file.name, file.content) for file in files]
    found = read_for_page(marked_files, content, problems, words, files=files)
    return marked_workbook([], [*problems, found], words) if isinstance(found, Problem) else found
