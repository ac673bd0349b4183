"""The Overview's headline figures and its list of what needs a decision."""

from collections.abc import Mapping
from textwrap import shorten
from urllib.parse import urlencode

import streamlit as st

from dashboard.queries.overview.rows import DecisionsRow, HeadlineRow
from dashboard.ui.elements.action_link import begin_address
from dashboard.ui.elements.number import how_button
from dashboard.ui.elements.targets import Beside, in_full, in_short
from dashboard.ui.view import View, with_state

KINDS = ("gap", "critical", "overdue")
WIDTH, WIDE = 36, 120
"""So many letters of what is to be decided stand in the box, and in the list of all."""


def finding(view: View, headlines: Mapping[str, HeadlineRow], decisions: list[DecisionsRow]) -> str:
    """The sentence the page opens with: where the group stands, and how much waits for a decision."""
    words = view.words
    respect = headlines["respect"]
    if not respect["n_countries"]:
        return words("overview.nothing")
    if respect["mean"] is None:
        return words("overview.too_few")
    stand = words(
        "overview.stand_one" if respect["n_shown"] == 1 else "overview.stand",
        mean=respect["mean"],
        lowest=respect["lowest"],
        highest=respect["highest"],
        n=respect["n_shown"],
        of=respect["n_countries"],
    )
    return f"{stand} {words.count('overview.waiting', len(decisions))}" if decisions else stand


def headline_metrics(
    view: View, headlines: Mapping[str, HeadlineRow], decisions: list[DecisionsRow], targets: Beside
) -> None:
    """Respect and support beside each other, each with its target and what it rests on, then what needs a decision."""
    words = view.words
    columns = st.columns([4, 4, 7], gap="small")
    for column, kind in zip(columns, ("respect", "support"), strict=False):
        with column, st.container(border=True, gap="xxsmall", height="stretch"):
            row, target = headlines[kind], targets.get((None, kind, None))
            aim = (in_full(view, target),) if target else ()
            told = [*_low(view, row), *([in_short(view, target)] if target else [])]
            st.metric(
                words(f"kind.{kind}"),
                _value(view, row),
                delta=_change(view, row),
                delta_color="off",
                delta_arrow="off" if not row["change"] else "auto",
                help=" ".join((words(f"overview.{kind}_help"), _rests_on(view, row), words("overview.low_help"), *aim)),
            )
            st.caption("  \n".join(filter(None, (_in_short(view, row), " · ".join(told)))))
            how_button(view, kind, kind=kind)
    with columns[2], st.container(border=True, gap="xxsmall", height="stretch"):
        _decisions(view, decisions)


def _value(view: View, row: HeadlineRow) -> str:
    if row["mean"] is None:
        return view.words("overview.no_figure")
    return view.words("overview.value", mean=row["mean"])


def _change(view: View, row: HeadlineRow) -> str | None:
    if row["change"] is None:
        return None
    said = _all_changed(row) or row["n_countries_matched"] == row["n_shown"]
    key = "overview.change" if said else "overview.change_of"
    countries = view.words.count("overview.countries", row["n_countries_matched"])
    return view.words(key, change=f"{row['change']:+.0f}", n=row["n_matched"], countries=countries)


def _all_changed(row: HeadlineRow) -> bool:
    """Whether change is told of every country, those too that have no figure."""
    return bool(row["change"] is not None and row["n_countries_matched"] == row["n_countries"])


def _rests_on(view: View, row: HeadlineRow) -> str:
    words = view.words
    if not row["n_countries"]:
        return words("overview.not_asked")
    spread = (
        words("overview.spread", n=row["n_shown"], of=row["n_countries"], lowest=row["lowest"], highest=row["highest"])
        if row["mean"] is not None
        else words("overview.no_spread", of=row["n_countries"])
    )
    rest = words(
        "overview.rests_on",
        coverage=row["coverage"],
        answered=row["n_answered"],
        applicable=row["n_applicable"],
        seen=row["n_seen"],
    )
    group = words("overview.group", percent=row["group_percent"]) if row["group_percent"] is not None else ""
    return f"{spread} {rest} {group}".strip()


def _in_short(view: View, row: HeadlineRow) -> str:
    words = view.words
    if not row["n_countries"]:
        return words("overview.not_asked")
    if row["n_countries"] == 1:
        key = "in_short_one"
    elif row["n_shown"] == row["n_countries"]:
        key = "in_short"
    elif row["n_shown"] == 0:
        key = "in_short_none"
    else:
        key = "in_short_both" if _all_changed(row) else "in_short_of"
    return words(
        f"overview.{key}",
        n=row["n_shown"],
        of=row["n_countries"],
        coverage=row["coverage"],
        answered=row["n_answered"],
    )


def _low(view: View, row: HeadlineRow) -> list[str]:
    """What the figure is at least, where that is less."""
    known = row["low"] is not None and row["mean"] is not None and row["low"] < row["mean"]
    return [view.words("overview.low", low=row["low"])] if known else []


def _decisions(view: View, decisions: list[DecisionsRow]) -> None:
    """What needs a decision: the first of each kind, the rest one click away; each says where, who and by when."""
    words = view.words
    by_kind = {kind: [row for row in decisions if row["kind"] == kind] for kind in KINDS}
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{words('overview.decisions')}**", help=words("overview.decisions_help"), width="content")
        if decisions:
            with st.popover(words("overview.all_decisions", n=len(decisions)), type="tertiary"):
                _all(view, by_kind)
    if not decisions:
        st.caption(words("overview.no_decisions"))
    for found in by_kind.values():
        if found:
            st.caption(_decision(view, found[0], WIDTH))


def _all(view: View, by_kind: Mapping[str, list[DecisionsRow]]) -> None:
    """Everything that needs a decision, kind by kind, each with the way to its action."""
    words = view.words
    for kind, found in by_kind.items():
        if found:
            lines = [f"- {_decision(view, row, WIDE)} [{words(_does(row))}]({_address(view, row)})" for row in found]
            st.markdown("\n".join((f"**{words.count(f'overview.n_{kind}', len(found))}**", "", *lines)))


def _decision(view: View, row: DecisionsRow, width: int) -> str:
    """What is to be decided; on a line that is `width` letters short, countries are counted instead of named."""
    words = view.words
    few = width == WIDE or row["n"] == 1
    where = row["countries"] if few else words("overview.in_countries", n=row["n"])
    text = words(f"overview.decision_{row['kind']}", text=shorten(row["text"], width, placeholder="…"), where=where)
    return f"{text} {_answers_for(view, row)}"


def _answers_for(view: View, row: DecisionsRow) -> str:
    """Who answers for it, by when, and in how many countries nobody does yet."""
    words = view.words
    if not row["n_acted"] or row["due_on"] is None:
        return words("overview.no_action")
    late = row["due_on"] < view.today
    owner = row["owner_role"] or words("overview.no_owner")
    text = words("overview.late" if late else "overview.due", owner=owner, due=row["due_on"])
    without = row["n"] - row["n_acted"]
    return f"{text} {words('overview.no_action_in', n=without, of=row['n'])}" if without else text


def _does(row: DecisionsRow) -> str:
    return "overview.open_action" if row["kind"] == "overdue" else "plan.begin"


def _address(view: View, row: DecisionsRow) -> str:
    if row["kind"] == "overdue":
        return f"plan?{urlencode(with_state(view.state, part='write', action=row['subject']))}"
    subject = {"gap": "impact", "critical": "criterion"}[row["kind"]]
    return begin_address(view, **{subject: row["subject"]})
