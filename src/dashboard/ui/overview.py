"""The Overview's headline figures and its list of what needs a decision."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

import streamlit as st

from dashboard.ui.number import how_button
from dashboard.ui.shell import View

Row = dict[str, Any]
SHOWN = 2
WIDTH = 88


def finding(view: View, headlines: Mapping[str, Row], decisions: list[Row]) -> str:
    """The sentence the page opens with: where the group stands, and how much waits for a decision."""
    words = view.words
    respect = headlines["respect"]
    if not respect["n_countries"]:
        return words("overview.nothing")
    if respect["mean"] is None:
        return words("overview.too_few")
    stand = words("overview.stand", mean=respect["mean"], lowest=respect["lowest"], highest=respect["highest"])
    return f"{stand} {words.count('overview.waiting', len(decisions))}" if decisions else stand


def headline_metrics(view: View, headlines: Mapping[str, Row], decisions: list[Row]) -> None:
    """Respect and support beside each other, each with what it rests on, then what needs a decision."""
    words = view.words
    columns = st.columns([4, 4, 7], gap="small")
    for column, kind in zip(columns, ("respect", "support"), strict=False):
        with column, st.container(border=True, gap="xxsmall", height="stretch"):
            row = headlines[kind]
            st.metric(
                words(f"kind.{kind}"),
                _value(view, row),
                delta=_change(view, row),
                delta_color="off",
                delta_arrow="off" if not row["change"] else "auto",
                help=f"{words(f'overview.{kind}_help')} {_rests_on(view, row)}",
            )
            st.caption(_in_short(view, row))
            how_button(view, kind, kind=kind)
    with columns[2], st.container(border=True, gap="xxsmall", height="stretch"):
        _decisions(view, decisions)


def _value(view: View, row: Row) -> str:
    if row["mean"] is None:
        return view.words("overview.no_figure")
    return view.words("overview.value", mean=row["mean"])


def _change(view: View, row: Row) -> str | None:
    if row["change"] is None:
        return None
    return view.words("overview.change", change=f"{row['change']:+.0f}", n=row["n_matched"])


def _rests_on(view: View, row: Row) -> str:
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


def _in_short(view: View, row: Row) -> str:
    words = view.words
    if not row["n_countries"]:
        return words("overview.not_asked")
    return words(
        "overview.in_short",
        n=row["n_shown"],
        of=row["n_countries"],
        coverage=row["coverage"],
        answered=row["n_answered"],
    )


def _decisions(view: View, decisions: list[Row]) -> None:
    """What needs a decision, gravest first; each line says where and who."""
    words = view.words
    failed = sum(row["kind"] == "critical" for row in decisions)
    told = (words.count("overview.failed", failed), words.count("overview.late", len(decisions) - failed))
    st.markdown(f"**{words('overview.decisions')}** · {told[0]}, {told[1]}", help=words("overview.decisions_help"))
    if not decisions:
        st.caption(words("overview.no_decisions"))
        return
    for row in decisions[:SHOWN]:
        st.caption(_decision(view, row))
    if len(decisions) > SHOWN:
        with st.popover(words.count("overview.more", len(decisions) - SHOWN), type="tertiary"):
            st.markdown("\n".join(f"- {_decision(view, row)}" for row in decisions[SHOWN:]))


def _decision(view: View, row: Row) -> str:
    return view.words(
        f"overview.decision_{row['kind']}",
        text=shorten(row["text"], WIDTH, placeholder="…"),
        where=row["countries"],
        due=row["due_on"],
        owner=row["owner_role"],
    )
