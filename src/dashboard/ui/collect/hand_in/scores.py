"""How would the scores change? Before and after, respect and support separately, each with its basis."""

from collections.abc import Sequence
from dataclasses import asdict

import streamlit as st

from dashboard.model.answers.preview import Figure, Moved
from dashboard.model.view.known import KINDS
from dashboard.ui.collect.hand_in.titles import Titles
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

FIRST = 12
"""How many scores of one kind are shown at once; the rest on demand."""


def score_tables(view: View, moved: Sequence[Moved], titles: Titles) -> None:
    """Show one table for each kind. Figures that only serve as the next round's baseline are left out."""
    words = view.words
    if not moved:
        return
    st.markdown(f"**{words('collect.scores')}**", help=words("collect.scores_help"))
    for kind in KINDS:
        of_kind = [one for one in moved if one.kind == kind]
        if not of_kind:
            continue
        key = f"collect_scores_{kind}"
        shown = of_kind if st.session_state.get(key) else of_kind[:FIRST]
        alone = {one.framework for one in of_kind if len(view.known.kinds(one.framework)) > 1}
        st.caption(view.kind_word(kind, next(iter(alone), of_kind[0].framework)))
        draw_table([_line(view, one, titles) for one in shown])
        if len(of_kind) > FIRST:
            st.toggle(words.count("collect.more_scores", len(of_kind) - FIRST), key=key)


def _line(view: View, one: Moved, titles: Titles) -> dict[str, str]:
    words = view.words
    area = titles("area", one.area) if one.area else f"**{words('collect.all_areas')}**"
    where = f"{titles('country', one.country)}, {titles('round', one.round)}"
    return {
        words("column.country_title"): where,
        words("column.area_title"): f"{titles('framework', one.framework)} · {area}",
        words("column.was"): _score(view, one.was),
        words("column.now"): _score(view, one.now),
        words("collect.rests_on"): _rests_on(view, one),
        words("collect.critical"): _critical(view, one),
    }


def _score(view: View, figure: Figure | None) -> str:
    """Return a figure as it may be shown."""
    return reading_text(view, asdict(figure) if figure else {"reading": "not_covered"})


def _rests_on(view: View, one: Moved) -> str:
    """Return answers and evidence before and after; a single value if neither changes."""
    was, now = (_basis(view, figure) for figure in (one.was, one.now))
    return now if was == now or not was else view.words("collect.moved", was=was, now=now)


def _basis(view: View, figure: Figure | None) -> str:
    if figure is None:
        return ""
    return view.words("collect.basis", n=figure.n_answered, of=figure.n_applicable, seen=figure.n_seen)


def _critical(view: View, one: Moved) -> str:
    was, now = (figure.n_critical_failed if figure else 0 for figure in (one.was, one.now))
    if not was and not now:
        return ""
    return view.words.shown(now) if was == now else view.words("collect.moved", was=was, now=now)
