"""The part where answers are reviewed, the most important first, as cards or in a grid; how far both sides agree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypedDict

import streamlit as st

from dashboard.model.answer import EXPLAINED, Key
from dashboard.model.known_codes import WAYS
from dashboard.model.permissions import Deed
from dashboard.model.records import EVIDENCE
from dashboard.model.words import Claim
from dashboard.queries import ask
from dashboard.queries.collect_answering import AGREEMENT, ANSWERING_STATUSES, AgreementRow
from dashboard.queries.question import Question
from dashboard.store.publishing.save_rows import Check
from dashboard.ui.collect.owed_answers import address
from dashboard.ui.collect.review_drafts import (
    CHECKING,
    COMMENT,
    EDITOR,
    RATED,
    CheckingRow,
    fresh,
    lack,
    missing_field,
    reviewable,
    saving,
)
from dashboard.ui.editing.edit_grid import EditableGrid, GridColumn, RowStatuses, Scales, draw_grid
from dashboard.ui.editing.field import FieldKind, draw_field
from dashboard.ui.editing.row_form import NO_TITLES, Opened, draw_one
from dashboard.ui.elements import choices
from dashboard.ui.elements.answer_text import evidence, items_by_answer, mark, status
from dashboard.ui.elements.choices import held, one_or_all, way_choice
from dashboard.ui.elements.closed_rounds import approved_in, may_answer
from dashboard.ui.elements.folds import at_once, first_rows, folded, section
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escape_row, escaped_rows
from dashboard.ui.evidence_panels import read_comments, save_sent, show_comments
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

AS_ANSWERED = "as_answered"
"""The way to check an answer that leaves its evidence as it is."""
AT_ONCE, ON_A_PHONE = 6, 2
"""Cards shown at once; each takes noticeable time in the browser because of its buttons."""


def cards(view: View, found: list[CheckingRow], titles: Mapping[int, Mapping[str, str]], allowed: bool) -> None:
    """Show the most important answers awaiting review, each with the available verdicts and what was said about it.

    `titles` maps the statuses a reviewer may choose to their titles, scale by scale.
    """
    comments = read_comments(view, view.state.operation)
    items = items_by_answer(view, operation=view.state.operation, kind="")
    first = at_once(AT_ONCE, ON_A_PHONE)
    for row in found[:first]:
        check = fresh(row)
        opened = Opened(EDITOR, check.answer.key, check, check)
        with st.container(border=True):
            told, ways = st.columns(2, gap="medium")
            with told:
                _told(view, escape_row(row), items.get(check.answer.key[1:], ""))
            if allowed:
                with ways:
                    # Optional; it is kept when chosen and saved with the verdict.
                    draw_one(view, opened, RATED, {RATED.name: titles.get(row["scale_no"], {})})
                    _check(view, opened, row)
                _question(view, opened)
            show_comments(view, opened.key, comments.get(opened.key, ()), allowed)
    held = bool(found) and found[0]["mark"] == "on_hold"
    if len(found) > first and not held:
        st.caption(view.words.count("checking.more", found[0]["all_n"] - first))
    elif len(found) > first:
        st.caption(view.words.count("show.not_listed", len(found) - first))


def _told(view: View, row: CheckingRow, items: str) -> None:
    """Show the question, the answer, and why it is listed here."""
    shown = {**row, "evidence": row["evidence_level"]}
    said = [status(view, row), evidence(view, shown), row["na_reason"] or row["note"] or ""]
    st.markdown(f"**{row['operation_title']}**  \n{coded(row['text'], row['criterion'])}")
    st.markdown(" · ".join(part for part in said if part) + items)
    st.caption(" · ".join(part for part in (*_reasons(view, row), _who(view, row)) if part))


def _reasons(view: View, row: CheckingRow) -> list[str]:
    words = view.words
    reasons = [words("number.critical")] if row["critical"] else []
    reasons += [words("checking.raised")] if row["raised"] else []
    if row["mark"] == "on_hold":
        reasons += [mark(view, row), words("checking.held_because", reason=row["comment"])]
    elif row["mark"]:
        reasons.append(words("checking.said_then", mark=mark(view, row), status=row["said_status_title"]))
    return reasons


def _who(view: View, row: CheckingRow) -> str:
    role = row["answered_by_role"] or view.words("country.no_role")
    key = "checking.who" if row["answered_on"] else "checking.who_undated"
    return view.words(key, role=role, date=row["answered_on"])


def _check(view: View, opened: Opened[Check], row: CheckingRow) -> None:
    """Draw how the answer was checked, and the button that says it was."""
    words, widget = view.words, f"checking_how {opened.code}"
    higher = [level for level in EVIDENCE[2:] if EVIDENCE.index(level) > (row["evidence_level"] or 0)]
    how = {AS_ANSWERED: words("checking.as_answered")} | {level: words(f"evidence.{level}") for level in higher}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            words("column.evidence"), list(how), key=widget, default=AS_ANSWERED, required=True,
            format_func=how.__getitem__, on_change="ignore", wrap=True,
        )  # fmt: skip
        st.button(words("checking.check"), key=f"checking_check {opened.code}", on_click=_checked, args=(opened,))


def _question(view: View, opened: Opened[Check]) -> None:
    """Draw a question, or why the answer cannot be judged yet, kept as it is typed, and what is done with it."""
    words, name, typed = view.words, opened.code, opened.draft.typed
    saying = replace(COMMENT, kind=FieldKind.TEXT, label="checking.comment", example="checking.comment")
    said, ways = st.columns([2, 1])
    with said:
        keep, hidden = partial(_keep, opened), {"label_visibility": "collapsed"}
        draw_field(view, saying, typed.comment, f"checking_comment {name}", keep, NO_TITLES, hidden)
    with ways, st.container(horizontal=True):
        for verdict in EXPLAINED:
            key = f"checking_{verdict} {name}"
            st.button(words(f"checking.{verdict}"), key=key, on_click=_explained, args=(opened, verdict))
    if missing_field(typed) == "comment":
        st.caption(lack(view, typed))


def _keep(opened: Opened[Check]) -> None:
    opened.say(comment=st.session_state[f"checking_comment {opened.code}"])


def _checked(opened: Opened[Check]) -> None:
    """Confirm an answer, as it is or with higher evidence. What nobody has touched may not be known yet."""
    how = st.session_state.get(f"checking_how {opened.code}", AS_ANSWERED)
    opened.say(verdict="checked", evidence="" if how == AS_ANSWERED else how, comment="")
    EDITOR.ask()


def _explained(opened: Opened[Check], verdict: str) -> None:
    """Send an answer back, or put it on hold, with what was written about it."""
    opened.say(verdict=verdict, evidence="")
    EDITOR.ask()


def grid(view: View, found: list[CheckingRow], titles: Mapping[int, Mapping[str, str]], allowed: bool) -> None:
    """Show the waiting answers in a grid; the evidence column holds the level the reviewer raises it to.

    `titles` maps the statuses a reviewer may choose to their titles, scale by scale.
    """
    stored: dict[Key, Check] = {check.answer.key: check for check in map(fresh, found)}
    levels = [evidence(view, {**row, "evidence": row["evidence_level"]}) for row in found]
    before = [
        GridColumn("operation_title", "column.operation_title", [row["operation_title"] for row in found], pinned=True),
        GridColumn("criterion", "column.criterion", [row["criterion"] for row in found], pinned=True),
        GridColumn("said", "column.status", [status(view, row) for row in found]),
        GridColumn("stands", "column.evidence", levels),
    ]
    after = [
        GridColumn("note", "column.note", [row["na_reason"] or row["note"] or "" for row in found], width="medium"),
        GridColumn("asked", "column.text", [row["text"] for row in found], width="large"),
    ]
    draw_grid(view, EditableGrid(EDITOR, stored, before, after, scales_of(found, titles)), allowed)


def scales_of(found: Sequence[CheckingRow], titles: Mapping[int, Mapping[str, str]]) -> Scales[Check]:
    """Return which statuses a reviewer may give each waiting answer."""
    statuses = RowStatuses(titles, {row["criterion"]: row["scale_no"] for row in found})
    return Scales(RATED.name, statuses, lambda check: check.answer.criterion)


def show_agreement(view: View, found: list[AgreementRow]) -> None:
    """Show how to read the table, then the table with the total first."""
    words = view.words
    if not found:
        return
    if place := section(words("agreement.title"), "agreement", words("agreement.help")):
        with place:
            st.caption(words("agreement.how"))
            draw_table([_line(view, row) for row in found])


def _line(view: View, row: AgreementRow) -> dict[str, object]:
    words = view.words
    of = f"{row['area_code']} {row['area_title']}" if row["area"] else words("agreement.all")
    return {
        view.area_word().label: of,
        words("column.n_pairs"): row["n_pairs"],
        words("column.agreed_percent"): _agreed(view, row),
    }


def _agreed(view: View, row: AgreementRow) -> str:
    if row["agreed_percent"] is None:
        return view.words("agreement.few", least=row["count_below"])
    return view.words("agreement.percent", percent=row["agreed_percent"])


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
        if approved := [title for code, title in approved_in(view).items() if operation in ("", code)]:
            link = f"[{words('part.owed')}]({view.address('collect', part='owed')})"
            names = words.listed([escape(title) for title in approved])
            st.caption(words.count("checking.approved", len(approved), operations=names, link=link))
        EDITOR.tell(view)
    allowed = may_answer(view, Deed.REVIEW)
    statuses = ask.rows(view.published, ANSWERING_STATUSES, view.parameters())
    titles = {row["status"]: row["title"] for row in reversed(statuses)}
    # The grid comes last: anything appearing above it while somebody types would move the cells.
    above = st.container()
    rated: dict[int, dict[str, str]] = {}
    for one in statuses:
        if one["counts_as"] != "not_known":
            rated.setdefault(one["scale_no"], {})[one["status"]] = one["title"]
    if found:
        (grid if way == "grid" else cards)(view, found, rated, allowed)
    if on_hold and way == "grid":
        st.caption(words.count("checking.grid_held", len(on_hold)))
    if on_hold and (apart := folded(words.count("checking.held", len(on_hold)), "held")):
        with apart:
            cards(view, on_hold, rated, allowed)
    if allowed:
        with st.container() if way == "grid" else above:
            writer = saving(view, titles, scales_of(every, rated), many=way == "grid")
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
