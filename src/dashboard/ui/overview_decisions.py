"""The parts of the Overview page on what needs a decision and on what has changed.

Each matter is a finding with its gaps, countries, owner and date, and a way to its action. What has changed is counted
since the previous round, or since a chosen publication.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.charts.look import look_of
from dashboard.figures.risks import gaps_in
from dashboard.model.filters import FILTERS
from dashboard.model.problem import sentence
from dashboard.model.view_state import normalised
from dashboard.model.words import Claim, Claims
from dashboard.queries.elements.failures import FAILURES
from dashboard.queries.every_page import given
from dashboard.queries.overview_decisions import DecisionsRow
from dashboard.queries.overview_headline import HeadlineRoundsRow, HeadlineRow
from dashboard.queries.risks_list import RISK_LIST
from dashboard.store.disk import store_folder
from dashboard.store.history import Revision, StoreError, in_force_before, publication_path
from dashboard.store.overlays import in_language
from dashboard.store.published_codes import known_codes
from dashboard.ui.elements import choices
from dashboard.ui.elements.answer_text import failures_moved
from dashboard.ui.elements.choices import PageChoice, Shape, held
from dashboard.ui.elements.folds import at_once
from dashboard.ui.elements.gap_links import action_address, begin_address
from dashboard.ui.elements.marks import coloured
from dashboard.ui.elements.sentences import as_answered
from dashboard.ui.escape import escape, escape_label, escape_problem, escaped_rows, one_line, short
from dashboard.ui.html import draw_told, explained, items, paragraph
from dashboard.ui.page_content import stated
from dashboard.ui.session import theme
from dashboard.ui.versions import restricted_copy
from dashboard.ui.versions.figure_changes import difference, figures_in, no_gaps_said
from dashboard.ui.view import View, ViewSource

FIRST, ON_A_PHONE = 8, 4
"""Matters shown at once, in a pack too; and on a phone, where each is higher."""
WIDE = 120
"""Characters of a text that is quoted."""
BRIEF = 90
"""Characters of the first risk of a matter."""


def draw_decisions(view: View, decisions: list[DecisionsRow]) -> None:
    """Show the gravest matters; all of them one click away, those with severe gaps first."""
    words, n = view.words, at_once(FIRST, ON_A_PHONE)
    with st.container(border=True, gap="xxsmall"):
        why = explained(words, [words("overview.decisions_help")])
        counts = shown_of(decisions, n)
        stated(*(counts if decisions else ()), *(part for row in decisions for part in claims_of(view, row)))
        first = items((finding_of(view, row, brief=True) for row in decisions[:n]), "ol")
        said = [paragraph(f":small[{words.say(*counts)}]"), first]
        draw_told(words("overview.decisions"), why, *(said if decisions else [paragraph(_no_decisions(view))]))
        if len(decisions) > n:
            label = words("overview.all_decisions", n=len(decisions))
            with st.popover(label, type="tertiary", key="all_decisions", on_change="rerun") as every:
                if every.open:
                    st.markdown("\n\n".join(_all(view, decisions)))


def _no_decisions(view: View) -> str:
    """Say that nothing is to be decided; if severe ratings are not judged yet, only that there is nothing so far."""
    gaps = gaps_in(escaped_rows(view.published, RISK_LIST, view.parameters()))
    later = no_gaps_said(0, gaps.n_not_yet)
    return f"{view.words('overview.no_decisions')} {view.words.say(*later)}".strip()


def shown_of(decisions: list[DecisionsRow], first: int = FIRST) -> Claims:
    """Say how many of the matters are shown, and how many actions are overdue."""
    n, shown = len(decisions), min(len(decisions), first)
    return Claim.count("overview.matters", n, shown=shown), Claim.count("overview.late_actions", n_late(decisions))


def n_late(decisions: list[DecisionsRow]) -> int:
    """Return how many actions are overdue in all matters; one action may stand in several."""
    return len({action for row in decisions for action in row["overdue"]})


def claims_of(view: View, row: DecisionsRow) -> Claims:
    """Return what a matter states: its finding, its gaps, and who answers for it."""
    return said_of(view, row), *_gaps(row, False), *_before(row), *answers_for(view, row)


def _line(view: View, parts: Iterable[Claim | str]) -> str:
    return " · ".join(map(view.words.say, parts))


def _all(view: View, decisions: list[DecisionsRow]) -> Iterator[str]:
    """Yield the lists behind the first few: with severe gaps, failures without one, overdue actions."""
    for name, found in (
        ("with_gaps", [row for row in decisions if row["n_gaps"]]),
        ("critical", [row for row in decisions if row["kind"] == "critical" and not row["n_gaps"]]),
        ("overdue", [row for row in decisions if row["kind"] == "overdue"]),
    ):
        if found:
            listed = (f"- {finding_of(view, row)}" for row in found)
            yield "\n".join((f"**{view.words.count(f'overview.n_{name}', len(found))}**", "", *listed))


def finding_of(view: View, row: DecisionsRow, brief: bool = False) -> str:
    """Return the finding, where it applies, who owns it and by when, and a link to its action.

    A brief one of a criterion that failed names no risk behind it.
    """
    words = view.words
    about: list[Claim | str] = [*_where(view, row), *_gaps(row, brief), *_before(row)]
    look = look_of(theme())
    button = coloured(words(_does(row)).replace(" ", "\u00a0"), look.ink, look.hairline)
    done: list[Claim | str] = [*answers_for(view, row), f"[{button}]({_address(view, row)})"]
    said = f"**{words.say(said_of(view, row))}**"
    return "  \n   ".join((said, *(f":small[{_line(view, line)}]" for line in (about, done))))


def said_of(view: View, row: DecisionsRow, whole: bool = False) -> Claim:
    """Return the finding alone: what is missing; `whole`, without shortening what is quoted."""
    what = _what(view, row, len(row["text"]) if whole else WIDE)
    if row["kind"] == "area":
        return Claim.count("overview.found_area", len(row["risks"]), what=what)
    before = row["kind"] == "critical" and row["n_before"] == row["n"]
    return Claim.of(f"overview.found_{'before' if before else row['kind']}", what=what)


def _where(view: View, row: DecisionsRow) -> Iterator[Claim | str]:
    """Yield where it is, of which standard the criterion is, and why it is listed if the filters leave it out."""
    yield view.words.some("countries", row["countries"])
    if row["beyond"]:
        yield Claim.of("overview.for_a_risk")
    if row["framework"]:
        yield escape(view.option_title("framework", row["framework"], ""))


def _gaps(row: DecisionsRow, brief: bool) -> Iterator[Claim]:
    """Yield how many severe gaps stand in a matter, of which risks, and why if no criterion failed."""
    if not row["n_gaps"]:
        return
    yield Claim.count("overview.severe_gaps", row["n_gaps"], risks=Claim.count("severe_gap.risks", len(row["risks"])))
    if row["kind"] == "area":
        counts = {name: row[f"n_{name}"] for name in ("not_answered", "nothing", "either")}  # type: ignore[literal-required]
        yield from (Claim.of(f"overview.gaps_{name}", n=n) for name, n in counts.items() if n)
    if row["kind"] == "area" or not brief:
        yield Claim.of("overview.first_risk", text=short(row["risks"][0], BRIEF))
    if row["also"] and not brief:
        yield Claim.count("overview.also", len(row["also"]))


def _before(row: DecisionsRow) -> Iterator[Claim]:
    """Yield in how many operations the failure is an earlier one that nobody has answered since."""
    if 0 < row["n_before"] < row["n"]:
        yield Claim.of("overview.n_before", n=row["n_before"], of=row["n"])


def _what(view: View, row: DecisionsRow, most: int) -> str:
    """Return what is missing, in the short form of the standard; otherwise the criterion's text, quoted."""
    text = short(row["text"], most)
    return row["gap"] or view.words("overview.quoted", text=text) if row["kind"] == "critical" else text


def answers_for(view: View, row: DecisionsRow) -> list[Claim]:
    """Say who owns it, by when, and in how many countries nobody does yet."""
    if not row["n_acted"] or row["due_on"] is None:
        return [Claim.of("overview.no_action")]
    key = "overview.late" if row["due_on"] < view.today else "overview.due"
    told = Claim.of(key, owner=row["owner_role"] or Claim.of("overview.no_owner"), due=row["due_on"])
    said = [Claim.of("overview.first_of", told=told, n=row["n_acted"]) if row["n_acted"] > 1 else told]
    without = row["n"] - row["n_acted"]
    return [*said, Claim.of("overview.no_action_in", n=without, of=row["n"])] if without else said


def _does(row: DecisionsRow) -> str:
    if not _action(row):
        return "plan.begin"
    return "overview.open_action" if row["n"] == 1 else "overview.open_first"


def _action(row: DecisionsRow) -> str:
    """Return the action due first if every country has one; empty, for a new action, otherwise."""
    return row["action"] or "" if row["n_acted"] == row["n"] else ""


def _address(view: View, row: DecisionsRow) -> str:
    if action := _action(row):
        return action_address(view, action)
    if row["kind"] == "critical":
        return begin_address(view, criterion=row["subject"])
    return begin_address(view, impact=row["impacts"][0])


MOST = 12
"""Publications offered, the latest first."""
WIDTH = 48
"""Characters of the reason shown in a publication's name."""


def draw_changes(view: View, headlines: Mapping[str, HeadlineRow], rounds: Sequence[HeadlineRoundsRow]) -> None:
    """Show what has changed, titled by what it is measured against."""
    words = view.words
    before = next((row for row in reversed(rounds) if row["round"] != view.state.round), None)
    usual = words("overview.since_round", round=before["round_title"]) if before else words("overview.since_none")
    with st.container(border=True, gap="xxsmall"):
        # While names are hidden, or something other than the published data is shown, there is nothing to choose from.
        chosen_from = view.source is ViewSource.PUBLISHED and not view.withholds
        offered = _offered() if chosen_from else {}
        since = _choose(view, offered, usual) if chosen_from else None
        if since:
            title, text = "", _since_publication(view, since)
        else:
            named = "" if offered or not before else before["round_title"]
            title = words("overview.changed_since", round=named) if named else ""
            text = _since_round(view, headlines, before)
        draw_told(title, "", paragraph(text))


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
    listed = PageChoice("since", title, options, "", Shape.LIST)
    choices.draw(words, listed, title=title)
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
        former = restricted_copy.former(revision.number)
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
    parts.append(f"[{words('overview.every_change')}]({view.address('changes', earlier='')})")
    return " · ".join(parts)


def _moved(view: View, kind: str, row: HeadlineRow) -> str:
    words = view.words
    name = view.kind_word(kind)
    if row["change"] is None:
        return words("overview.not_matched", kind=name)
    change = f"{row['change']:+.0f}"
    if row["n_countries_matched"] == row["n_countries"]:
        said = Claim.of("overview.moved", kind=name, change=change, n=row["n_matched"])
    else:
        countries = Claim.count("overview.in_countries", row["n_countries_matched"])
        said = Claim.of("overview.moved_of", kind=name, change=change, n=row["n_matched"], countries=countries)
    return words.say(as_answered(view, said))
