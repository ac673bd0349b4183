"""Shows the problems of imported files by kind, with how to fix them, and offers the files with their cells marked."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import streamlit as st

from dashboard.exports.marked_workbook import marked_workbook
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words
from dashboard.tasks.problem_groups import ProblemGroup, grouped, marked_files
from dashboard.ui.elements.show import offer
from dashboard.ui.escape import escape
from dashboard.ui.versions.imported_files import read_for_page
from dashboard.ui.view import View

FIRST = 5
"""How many problems of one kind are shown at once; the rest on demand."""


def problem_groups(view: View, problems: Sequence[Problem], left_out: Mapping[str, int] | None) -> None:
    """Show one group for each kind, the most costly first; nothing if there are no problems."""
    for group in grouped(problems, left_out):
        _show(view, group)


def _show(view: View, group: ProblemGroup) -> None:
    words = view.words
    fix = words(f"collect.fix_{group.kind}" if words.has(f"collect.fix_{group.kind}") else "collect.fix_other")
    icon = ":material/info:" if group.weight is Weight.NOTE else ":material/report:"
    # All its rows are already counted in a group above.
    heading = words.count(f"collect.n_{group.weight}", group.n) if group.n else words("collect.n_row_again")
    st.markdown(f"{icon} **{heading}** {fix}")
    show_lines(view, group)


def show_lines(view: View, group: ProblemGroup, of: str = "all") -> None:
    """Show the problems of one group; beyond the first few, on demand. `of` keeps the keys of several lists apart."""
    words = view.words
    key = f"collect_{of}_{group.weight}_{group.kind}"
    rest = len(group.lines) - FIRST
    shown = group.lines if rest > 0 and st.session_state.get(key) else group.lines[:FIRST]
    st.markdown("\n".join(f"- {escape(line.sentence(words))}" for line in shown))
    if rest > 0:
        st.toggle(words.count("collect.more_problems", rest), key=key)


def first_sentences(view: View, problems: Sequence[Problem]) -> str:
    """Return why nothing was done, one sentence per line."""
    return "  \n".join(escape(sentence(problem, view.words)) for problem in problems[:FIRST])


class FileInMemory(Protocol):
    """An imported file in memory."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def offer_marked(view: View, files: Sequence[FileInMemory], problems: Sequence[Problem]) -> None:
    """Draw the button that gives the files back as one workbook, made on demand; no button if no row can be marked."""
    if not files or all(problem.row is None for problem in problems):
        return
    made = partial(_marked, tuple(files), tuple(problems), view.words)
    name = f"{Path(files[0].name).stem}-marked.xlsx"
    offer(view, view.words("mapping.marked_offer"), made, name, "mapping_marked_link")


def _marked(files: Sequence[FileInMemory], problems: Sequence[Problem], words: Words) -> bytes:
    """Return the workbook; if the files can no longer be read, only the list of problems and the reason."""
    content = [(file.name, file.content) for file in files]
    found = read_for_page(marked_files, content, problems, words, files=files)
    return marked_workbook([], [*problems, found], words) if isinstance(found, Problem) else found
