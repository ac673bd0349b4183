"""What was handed in, given back with its problems marked in its cells."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from dashboard.exports.marked import marked_workbook
from dashboard.loading.mapping_sheets import every_grid
from dashboard.model.grid import Grid
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.store.private_folder import PrivateFolder
from dashboard.ui.offer import offer
from dashboard.ui.view import View


class Handed(Protocol):
    """A file in memory, as somebody has handed it in."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def offer_marked(view: View, files: Sequence[Handed], problems: Sequence[Problem]) -> None:
    """The button that gives the files back as one workbook, made when it is pressed; none where nothing was found."""
    if not files or not problems:
        return
    made = partial(marked_files, tuple(files), tuple(problems), view.words)
    name = f"{Path(files[0].name).stem}-marked.xlsx"
    offer(view, view.words("mapping.marked_offer"), made, name, "mapping_marked_link")


def marked_files(files: Sequence[Handed], problems: Sequence[Problem], words: Words) -> bytes:
    """The workbook of what can be read of the files; a problem of one that cannot stands in the list."""
    sheets: list[Grid] = []
    for file in files:
        with PrivateFolder() as folder:
            path = folder / Path(file.name).name
            path.write_bytes(file.content)
            read = every_grid(path, path.name)
            sheets += () if isinstance(read, Problem) else read
    return marked_workbook(sheets, problems, words)
