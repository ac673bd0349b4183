"""Imported files, returned with their problems marked; they are read again in a separate process."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from dashboard.exports.workbook.marked import marked_workbook
from dashboard.loading.mapping.sheets import every_grid
from dashboard.model.grid import Grid
from dashboard.model.problem import Problem
from dashboard.model.words import Words


def marked_files(files: Sequence[tuple[str, bytes]], problems: Sequence[Problem], words: Words) -> bytes:
    """Return the workbook with the readable files, each given as a name and its content.

    Problems of unreadable files are in the list.
    """
    sheets: list[Grid] = []
    for name, content in files:
        with tempfile.TemporaryDirectory(prefix="dashboard-marked-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            read = every_grid(path, path.name)
            sheets += () if isinstance(read, Problem) else read
    return marked_workbook(sheets, problems, words)
