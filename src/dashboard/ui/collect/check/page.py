"""What has been reviewed, and what awaits review? The most important first."""

from datetime import date
from typing import TypedDict

import streamlit as st

from dashboard.model.claim import Claim
from dashboard.model.people.permissions import Deed
from dashboard.model.view.known import WAYS
from dashboard.queries import ask
from dashboard.queries.collect.agreement import AGREEMENT
from dashboard.queries.collect.questions import ANSWERING_STATUSES
from dashboard.queries.question import Question
from dashboard.ui import choices
from dashboard.ui.collect.check.agreement import show_agreement
from dashboard.ui.collect.check.cards import cards
from dashboard.ui.collect.check.draft import CHECKING, EDITOR, CheckingRow
from dashboard.ui.collect.check.grid import grid, scales_of
from dashboard.ui.collect.check.reviewable import reviewable
from dashboard.ui.collect.check.save import saving
from dashboard.ui.collect.owed.matrix import address
from dashboard.ui.elements.choose import held, one_or_all, way_choice
from dashboard.ui.elements.folds import first_rows, folded
from dashboard.ui.elements.rounds import may_answer
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.evidence.comments import save_sent
from dashboard.ui.view import View


class CheckingAskedRow(TypedDict):
    """A row of `checking_asked`."""

    operation: str
    operation_title: str
    criterion: str
    function: str
    comment: str
    reviewed_by_role: str
    reviewed_on: date
    all_n: int


class CheckingDoneRow(TypedDict):
    """A row of `checking_done`."""

    n_checked: int


CHECKING_ASKED = Question("checking_asked", CheckingAskedRow)
CHECKING_DONE = Question("checking_done", CheckingDoneRow)


def show_checking(view: View) -> None:
    """Show the finding, the answers awaiting review as cards or as a grid, and the questions awaiting a reply."""
    words, place = view.words, st.container()
    operation, lists = one_or_all(view)
    ways = way_choice(view, *WAYS["check"])
    choices.draw(words, *lists, ways)
    way = held(view, ways)
    given = view.parameters(operation=operation)
    every, n_own = reviewable(view, ask.rows(view.published, CHECKING, given))
    found, on_hold = ([row for row in every if (row["mark"] == "on_hold") is so] for so in (False, True))
    (done,) = escaped_rows(view.published, CHECKING_DONE, given)
    with place:
        headline(view.words, _finding(found))
        st.caption(words.count("checking.checked", done["n_checked"]))
        if n_own:
            st.caption(words.count("checking.own", n_own))
        EDITOR.tell(view)
    allowed = may_answer(view, Deed.REVIEW)
    statuses = ask.rows(view.published, ANSWERING_STATUSES, view.parameters())
    titles = {row["status"]: row["title"] for row in reversed(statuses)}
    # The grid comes last: anything appearing above it while somebody types would move the cells.
    above = st.container()
    rated: dict[int, dict[str, str]] = {}
    for status in statuses:
        if status["counts_as"] != "not_known":
            rated.setdefault(status["scale_no"], {})[status["status"]] = status["title"]
    if found:
        (grid if way == "grid" else cards)(view, found, rated, allowed)
    if on_hold and way == "grid":
        st.caption(words.count("checking.grid_held", len(on_hold)))
    if on_hold and (apart := folded(words.count("checking.held", len(on_hold)), "held")):
        with apart:
            cards(view, on_hold, rated, allowed)
    if allowed:
        with st.container() if way == "grid" else above:
            writer = saving(view, titles, scales_of(every, rated), ratings=way == "grid")
        save_sent(view, Deed.REVIEW, writer)
    _asked(view, escaped_rows(view.published, CHECKING_ASKED, given))
    show_agreement(view, escaped_rows(view.published, AGREEMENT, given))


def _finding(found: list[CheckingRow]) -> Claim:
    """Say how many answers await review, and how many of them matter most."""
    if not found:
        return Claim.of("checking.nothing")
    first = found[0]
    by_reason = {
        "critical": first["all_critical"],
        "not_applicable": first["all_not_applicable"],
        "raised": first["all_raised"],
        "changed": first["all_changed"],
    }
    parts = [Claim.of(f"checking.n_{name}", n=n) for name, n in by_reason.items() if n]
    key = "checking.waits" if parts else "checking.waits_plain"
    return Claim.count(key, first["all_n"], parts=parts)


def _asked(view: View, found: list[CheckingAskedRow]) -> None:
    """Show the questions that await a reply from the operations."""
    words = view.words
    if not found:
        return
    st.markdown(f"**{words.count('checking.asked', found[0]['all_n'])}**")
    lines = [
        {
            words("column.operation_title"): f"[{row['operation_title']}]"
            f"({address(view, row['operation'], row['function'], criterion=row['criterion'])})",
            words("column.criterion"): row["criterion"],
            words("column.comment"): row["comment"],
            words("column.role"): row["reviewed_by_role"],
            words("checking.asked_on"): words.shown(row["reviewed_on"]),
        }
        for row in found
    ]
    first_rows(view, lines, dict, "checking_asked", len(lines))
