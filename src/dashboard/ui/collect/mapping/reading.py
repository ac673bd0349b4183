"""How does a page read a sheet and make its table? In a separate process, with a progress bar."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from dashboard.loading.apart.private_folder import PrivateFolder
from dashboard.loading.mapping.origin import beside
from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.limits import Progress
from dashboard.model.problem import Problem, Weight
from dashboard.store.locking import machine_failed
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading, read_sheet, write_table
from dashboard.ui.apart import read_for_page
from dashboard.ui.session_values import Table
from dashboard.ui.versions.private_publication import MOST_BYTES, MOST_MEGABYTES, written
from dashboard.ui.view import View

Value = TypeVar("Value")


def look(view: View, file: HandedFile, asked: ReadingOptions) -> SheetReading | Problem:
    """Return how a sheet would be read, or why it cannot be."""

    def looked(path: Path, progress: Progress) -> SheetReading | Problem:
        return read_for_page(read_sheet, path, file.name, asked, files=[file], progress=progress)

    return _apart(view, file, looked)


def make(view: View, file: HandedFile, mapping: SheetMapping) -> Table | Problem:
    """Return the table made from a sheet, as a separate file."""

    def made(path: Path, progress: Progress) -> Table | Problem:
        table = path.parent / "mapped" / f"{path.stem}.csv"
        found = read_for_page(write_table, path, file.name, mapping, table, files=[file], progress=progress)
        if isinstance(found, Problem):
            return found
        if not table.exists():
            return Table(found, None)
        if table.stat().st_size + beside(table).stat().st_size > MOST_BYTES:
            return Problem("too_large", file.name, expected=f"{MOST_MEGABYTES} MB", weight=Weight.FILE)
        return Table(found, HandedFile(table.name, table.read_bytes(), beside(table).read_bytes()))

    return _apart(view, file, made)


def _apart(view: View, file: HandedFile, read: Callable[[Path, Progress], Value | Problem]) -> Value | Problem:
    """Read a file that exists on disk only while it is read."""
    place = st.empty()

    def progress(share: float, step: str) -> None:
        place.progress(min(share, 1.0), text=view.words(f"first.{step}"))

    try:
        with PrivateFolder() as folder:
            (path,) = written(folder, [file])
            return read(path, progress)
    except OSError as error:
        return machine_failed(file.name, error)
    finally:
        place.empty()
