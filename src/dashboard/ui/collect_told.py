"""What would publishing change, in sentences: how much is new, changes, stays as it is, and stays out."""

import streamlit as st

from dashboard.model.preview import Changes, Count
from dashboard.store.preview import Preview
from dashboard.ui.collect_titles import Titles
from dashboard.ui.shell import View

MOST_SENTENCES = 8
"""So many operations and rounds have a sentence of their own; the rest have one together."""
Group = tuple[str, str, str]


def told(view: View, preview: Preview, titles: Titles) -> None:
    """The sentences, and what becomes of critical criteria."""
    words, changes = view.words, preview.changes
    if preview.proof is None:
        st.error(words("collect.refused"))
        return
    groups = _groups(changes)
    lines = [_sentence(view, group, counts, titles) for group, counts in list(groups.items())[:MOST_SENTENCES]]
    if len(groups) > MOST_SENTENCES:
        rest = list(groups.values())[MOST_SENTENCES:]
        lines.append(words("collect.and_others", n=len(rest), parts=_parts(view, _summed(rest))))
    if changes.n_torn:
        lines.append(words.count("collect.torn", changes.n_torn))
    lines += [words("collect.other", form=form, n=n) for form, n in changes.others]
    for flag in ("raised", "cleared"):
        if n := sum(row.flag == flag for row in changes.rows):
            lines.append(f"**{words.count(f'collect.{flag}', n)}**")
    if n := sum(any(change.now is None for change in row.differences) for row in changes.rows):
        lines.append(words.count("collect.taken_away", n))
    if not changes.anything:
        lines.append(words("collect.nothing_new"))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _groups(changes: Changes) -> dict[Group, dict[str, int]]:
    """How many rows come to each state, by form, round and operation; those with the most to tell first."""
    groups: dict[Group, dict[str, int]] = {}
    for count in changes.counts:
        groups.setdefault(_group(count), {})[count.state] = count.n
    return dict(sorted(groups.items(), key=lambda found: -found[1].get("new", 0) - found[1].get("changed", 0)))


def _group(count: Count) -> Group:
    return count.form, count.round, count.operation


def _summed(many: list[dict[str, int]]) -> dict[str, int]:
    return {
        state: sum(counts.get(state, 0) for counts in many) for state in ("new", "changed", "unchanged", "rejected")
    }


def _sentence(view: View, group: Group, counts: dict[str, int], titles: Titles) -> str:
    form, round_, operation = group
    of = titles("operation", operation) or view.words("collect.no_operation")
    where = f"{of}, {titles('round', round_)}" if round_ else of
    return view.words(f"collect.of_{form}", of=where, parts=_parts(view, counts))


def _parts(view: View, counts: dict[str, int]) -> str:
    """How many are new, change, stay and stay out, as far as there are any."""
    return ", ".join(
        view.words.count(f"collect.part_{state}", n)
        for state in ("new", "changed", "unchanged", "rejected")
        if (n := counts.get(state, 0))
    )
