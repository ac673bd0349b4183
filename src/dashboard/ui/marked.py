"""What was handed in, given back with its problems marked in its cells."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.exports.marked import marked_workbook
from dashboard.loading.mapping_sheets import every_grid
from dashboard.model.problem import Problem
from dashboard.model.words import Words
from dashboard.ui.shell import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_marked(view: View, paths: Sequence[Path], problems: Sequence[Problem]) -> None:
    """The button that gives the files back as one workbook; none where nothing was found in them."""
    if not paths or not problems:
        return
    st.download_button(
        view.words("mapping.marked_offer"),
        marked_files(paths, problems, view.words),
        f"{paths[0].stem}-marked.xlsx",
        XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="mapping_marked_link",
    )


def marked_files(paths: Sequence[Path], problems: Sequence[Problem], words: Words) -> bytes:
    """The workbook of what can be read of the files; a problem of one that cannot stands in the list."""
    read = [every_grid(path, path.name) for path in paths]
    return marked_workbook(
        [grid for grids in read if not isinstance(grids, Problem) for grid in grids], problems, words
    )
