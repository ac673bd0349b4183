"""What is wrong with the imported files? Problems grouped by kind, each with how to fix it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.model.problem import Problem, Weight, sentence
from dashboard.ui.escape import escape
from dashboard.ui.view import View

FIRST = 5
"""Problems of one kind shown at once; the rest on demand."""
MORE = ("and_more", "and_others")
WEIGHTS = (Weight.FILE, Weight.ROW, Weight.NOTE)


@dataclass(frozen=True)
class Group:
    """The problems of one kind and severity, and their number, including those that were only counted."""

    kind: str
    weight: Weight
    problems: tuple[Problem, ...]
    n: int


def problem_groups(view: View, problems: Sequence[Problem]) -> None:
    """Show one group for each kind, the most costly first; nothing if there are no problems."""
    for group in grouped(problems):
        _show(view, group)


def grouped(problems: Sequence[Problem]) -> list[Group]:
    """Group problems by kind. A problem that only counts further rows belongs to the one before it."""
    found: dict[tuple[Weight, str], tuple[list[Problem], int]] = {}
    last = ""
    for problem in problems:
        last = last if problem.kind == "and_more" and last else problem.kind
        some, n = found.setdefault((problem.weight, last), ([], 0))
        more = int(problem.value or 0) if problem.kind in MORE else 1
        found[problem.weight, last] = ([*some, problem] if problem.kind not in MORE else some, n + more)
    groups = [Group(kind, weight, tuple(some), n) for (weight, kind), (some, n) in found.items()]
    return sorted(groups, key=lambda group: (WEIGHTS.index(group.weight), -group.n))


def _show(view: View, group: Group) -> None:
    words = view.words
    fix = words(f"collect.fix_{group.kind}" if words.has(f"collect.fix_{group.kind}") else "collect.fix_other")
    icon = ":material/info:" if group.weight is Weight.NOTE else ":material/report:"
    st.markdown(f"{icon} **{words.count('collect.n_' + group.weight, group.n)}** {fix}")
    key = f"collect_all_{group.weight}_{group.kind}"
    rest = len(group.problems) - FIRST
    shown = group.problems if rest > 0 and st.session_state.get(key) else group.problems[:FIRST]
    st.markdown("\n".join(f"- {escape(sentence(problem, words))}" for problem in shown))
    if rest > 0:
        st.toggle(words.count("collect.more_problems", rest), key=key)


def first_sentences(view: View, problems: Sequence[Problem]) -> str:
    """Return why nothing was done, one sentence per line."""
    return "  \n".join(escape(sentence(problem, view.words)) for problem in problems[:FIRST])
