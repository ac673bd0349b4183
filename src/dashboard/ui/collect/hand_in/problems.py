"""What is wrong with the imported files? Problems grouped by kind, each with how to fix it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.model.problem import Problem, Weight, sentence
from dashboard.tasks.problem_groups import Group, grouped
from dashboard.ui.escape import escape
from dashboard.ui.view import View

FIRST = 5
"""How many problems of one kind are shown at once; the rest on demand."""


def problem_groups(view: View, problems: Sequence[Problem], left_out: Mapping[str, int] | None) -> None:
    """Show one group for each kind, the most costly first; nothing if there are no problems."""
    for group in grouped(problems, left_out):
        _show(view, group)


def _show(view: View, group: Group) -> None:
    words = view.words
    fix = words(f"collect.fix_{group.kind}" if words.has(f"collect.fix_{group.kind}") else "collect.fix_other")
    icon = ":material/info:" if group.weight is Weight.NOTE else ":material/report:"
    # All its rows are already counted in a group above.
    heading = words.count(f"collect.n_{group.weight}", group.n) if group.n else words("collect.n_row_again")
    st.markdown(f"{icon} **{heading}** {fix}")
    show_lines(view, group)


def show_lines(view: View, group: Group, of: str = "all") -> None:
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
