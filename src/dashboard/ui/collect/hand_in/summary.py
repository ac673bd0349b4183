"""What would publishing change, in sentences? How many rows are new, changed, unchanged and left out."""

import streamlit as st

from dashboard.model.answers.preview import STATES, Changes, Count
from dashboard.tasks.preview import Preview
from dashboard.ui.collect.hand_in.titles import Titles
from dashboard.ui.view import View

MOST_SENTENCES = 8
"""How many operations and rounds have their own sentence; the rest share one."""
Group = tuple[str, str, str]


def told(view: View, preview: Preview, titles: Titles) -> None:
    """Show the sentences; if nothing can be published, say so."""
    if preview.proof is None:
        st.error(view.words("collect.refused"))
        return
    lines = [*_of_each(view, preview.changes, titles), *_of_all(view, preview.changes)]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _of_each(view: View, changes: Changes, titles: Titles) -> list[str]:
    """Return one sentence for each form, round and operation; those beyond the limit are counted together."""
    groups = list(_groups(changes).items())
    lines = [_sentence(view, group, counts, titles) for group, counts in groups[:MOST_SENTENCES]]
    if rest := [counts for _, counts in groups[MOST_SENTENCES:]]:
        lines.append(view.words("collect.and_others", n=len(rest), parts=_parts(view, _summed(rest))))
    return lines


def _of_all(view: View, changes: Changes) -> list[str]:
    """Return the sentences about the whole import, as far as they apply."""
    words = view.words
    lines = [words.count("collect.torn", changes.n_torn)] if changes.n_torn else []
    lines += [words.count("collect.other", n, form=form) for form, n in changes.others]
    for flag, n in (("raised", changes.n_raised), ("cleared", changes.n_cleared)):
        lines += [f"**{words.count(f'collect.{flag}', n)}**"] if n else []
    if changes.n_taken_away:
        lines.append(words.count("collect.taken_away", changes.n_taken_away))
    return lines if changes.anything else [*lines, words("collect.nothing_new")]


def _groups(changes: Changes) -> dict[Group, dict[str, int]]:
    """Count the rows in each state, by form, round and operation; the groups with most to report come first."""
    groups: dict[Group, dict[str, int]] = {}
    for count in changes.counts:
        groups.setdefault(_group(count), {})[count.state] = count.n
    return dict(sorted(groups.items(), key=lambda found: -found[1].get("new", 0) - found[1].get("changed", 0)))


def _group(count: Count) -> Group:
    return count.form, count.round, count.operation


def _summed(many: list[dict[str, int]]) -> dict[str, int]:
    return {state: sum(counts.get(state, 0) for counts in many) for state in STATES}


def _sentence(view: View, group: Group, counts: dict[str, int], titles: Titles) -> str:
    form, round_, operation = group
    nobody = "target.group" if form == "targets" else "collect.no_operation"
    of = titles("operation", operation) or view.words(nobody)
    where = f"{of}, {titles('round', round_)}" if round_ else of
    return view.words(f"collect.of_{form}", of=where, parts=_parts(view, counts))


def _parts(view: View, counts: dict[str, int]) -> str:
    """List how many rows are new, changed, unchanged and left out, skipping zeros."""
    return view.words.listed(
        view.words.count(f"collect.part_{state}", n) for state in STATES if (n := counts.get(state, 0))
    )
