"""What has changed since the previous round, or since a chosen publication?"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape as escape_html
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.problem import sentence
from dashboard.model.view.filters import FILTERS
from dashboard.model.view.view_state import normalised
from dashboard.queries.elements.failures import FAILURES
from dashboard.queries.given import given
from dashboard.queries.overview.headline import HeadlineRow
from dashboard.queries.overview.headline_rounds import HeadlineRoundsRow
from dashboard.store.history import Revision, StoreError, in_force_before, publication_path
from dashboard.store.location import store_folder
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.spoken import in_language
from dashboard.ui import choices
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.elements.choose import held
from dashboard.ui.escape import escape, escape_label, escape_problem, escaped_rows, one_line, short
from dashboard.ui.failures import failures_moved
from dashboard.ui.html import draw_told
from dashboard.ui.marked import as_html
from dashboard.ui.versions import sight
from dashboard.ui.versions.figures_moved import difference, figures_in
from dashboard.ui.view import Source, View, with_state

MOST = 12
"""Publications offered, the latest first."""
WIDTH = 48
"""Characters of the reason shown in a publication's name."""


def draw(view: View, headlines: Mapping[str, HeadlineRow], rounds: Sequence[HeadlineRoundsRow]) -> None:
    """Show what has changed, titled by what it is measured against."""
    words = view.words
    before = next((row for row in reversed(rounds) if row["round"] != view.state.round), None)
    usual = words("overview.since_round", round=before["round_title"]) if before else words("overview.since_none")
    with st.container(border=True, gap="xxsmall"):
        # While names are hidden, or something other than the published data is shown, there is nothing to choose from.
        chosen_from = view.source is Source.PUBLISHED and not view.withholds
        offered = _offered() if chosen_from else {}
        since = _choose(view, offered, usual) if chosen_from else None
        if since:
            title, text = "", _since_publication(view, since)
        else:
            named = "" if offered or not before else before["round_title"]
            title = words("overview.changed_since", round=named) if named else ""
            text = _since_round(view, headlines, before)
        draw_told(as_html(title), "", f"<p>{as_html(text)}</p>")


def _offered() -> dict[str, Revision]:
    """Return the earlier publications that are still kept."""
    store = store_folder()
    try:
        kept = [one for one in in_force_before(store) if publication_path(store, one.publication).exists()]
    except StoreError:
        return {}
    return {str(one.number): one for one in kept[:MOST]}


def _choose(view: View, offered: Mapping[str, Revision], usual: str) -> Revision | None:
    """Let the user choose the publication to compare with; None for the previous round."""
    words = view.words
    if view.state.since and view.state.since not in offered:
        st.caption(words("overview.since_gone", number=view.state.since))
        st.session_state["since"] = ""
    if not offered:
        return None
    title = words("overview.changed")
    options = {"": escape_label(usual)} | {code: _named(view, one) for code, one in offered.items()}
    listed = Choice("since", title, options, "", Shape.LIST)
    choices.draw(words, listed, title=escape_html(title))
    return offered.get(held(view, listed))


def _named(view: View, revision: Revision) -> str:
    """Return a publication's name: its number, date and reason."""
    day = date.fromisoformat(revision.at[:10])
    why = short(one_line(revision.why or revision.about), WIDTH)
    key = "overview.since_publication" if why else "overview.since_publication_bare"
    return view.words(key, number=revision.number, day=day, why=why)


def _since_publication(view: View, revision: Revision) -> str:
    """Return every figure that differs from its value in that publication, based on all rather than matched answers."""
    words = view.words
    try:
        former = sight.former(revision.number)
    except StoreError as error:
        return escape(sentence(escape_problem(error.problem), words))
    known = known_codes(former)
    state = normalised(view.state, known)
    # A code unknown there would be dropped, and more would be compared than was asked.
    if any(getattr(state, name) != getattr(view.state, name) for name in ("framework", "round", *FILTERS)):
        return words("overview.not_there_then")
    was = figures_in(in_language(former, view.words.language), given(former, state, known, view.today))
    moved = difference(view, was, figures_in(view.published, view.parameters()))
    return f"{moved} · {words('overview.not_only_matched')}" if moved else words("overview.same_as_then")


def _since_round(
    view: View,
    headlines: Mapping[str, HeadlineRow],
    before: HeadlineRoundsRow | None,
) -> str:
    words = view.words
    if before is None:
        return words("overview.first_round")
    failures = escaped_rows(view.published, FAILURES, view.parameters(earlier=before["round"]))
    parts = [_moved(view, kind, headlines[kind]) for kind in view.kinds]
    parts += failures_moved(view, [row for row in failures if row["enters"]])
    parts.append(f"[{words('overview.every_change')}](changes?{urlencode(with_state(view.state, earlier=''))})")
    return " · ".join(parts)


def _moved(view: View, kind: str, row: HeadlineRow) -> str:
    words = view.words
    name = view.kind_word(kind)
    if row["change"] is None:
        return words("overview.not_matched", kind=name)
    change = f"{row['change']:+.0f}"
    if row["n_countries_matched"] == row["n_countries"]:
        return words("overview.moved", kind=name, change=change, n=row["n_matched"])
    countries = words.count("overview.in_countries", row["n_countries_matched"])
    return words("overview.moved_of", kind=name, change=change, n=row["n_matched"], countries=countries)
