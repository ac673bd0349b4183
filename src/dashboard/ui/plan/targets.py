"""What are figures meant to reach, and are they on track? Where writing is permitted, also the form of one target."""

from collections import Counter

import streamlit as st

from dashboard.exports.targets import targets_csv
from dashboard.model.people.permissions import Deed
from dashboard.model.plan.target import Target, target_of
from dashboard.queries.ask import rows
from dashboard.queries.plan.rows import TargetsRow
from dashboard.ui.editing.writer import may_write
from dashboard.ui.elements.download import offer
from dashboard.ui.elements.show import headline
from dashboard.ui.elements.targets import status_said
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.plan.target_form import FORM, everything, write_target
from dashboard.ui.view import View

ORDER = ("reached", "on_track", "off_track", "starts", "no_figure")


def show_targets(view: View, operation: str) -> None:
    """Show the targets within the filters, each with its status, and the form below them."""
    words = view.words
    FORM.tell_saved(view)
    asked = escaped_rows(view.published, "targets", view.parameters())
    found = [row for row in asked if operation in ("", row["operation"])]
    headline(_finding(view, found))
    if found:
        draw_table([_line(view, row) for row in found])
        st.caption(words("target.held_against"))
    if view.masked:
        return
    # The stored values, not escaped for display.
    stored = [_stored(view, row) for row in rows(view.published, "targets", view.unfiltered())]
    if stored:
        label = words.count("target.export", len(stored))
        offer(view, label, targets_csv(stored), "targets.csv", "plan_targets_link", "tertiary")
    st.markdown(f"**{words('target.set')}**")
    if may_write(view, Deed.TARGET):
        write_target(view, stored)


def _finding(view: View, found: list[TargetsRow]) -> str:
    """Say how many targets there are, and how many have each status."""
    words = view.words
    if not found:
        return words("target.none")
    counts = Counter(row["target_status"] for row in found)
    parts = [words(f"target.counted.{status}", n=counts[status]) for status in ORDER if counts[status]]
    return words.count("target.finding", len(found), parts=words.listed(parts))


def _line(view: View, row: TargetsRow) -> dict[str, str]:
    words, status = view.words, row["target_status"]
    area = f"{row['area_code']} {row['area_title']}" if row["area"] else everything(view)
    kind = view.kind_word(row["kind"])
    whose = row["operation_title"] or words("target.group")
    note = f"  \n:gray[:small[{row['note']}]]" if row["note"] else ""
    begins = words("target.from", percent=row["baseline_percent"], round=row["baseline_title"])
    return {
        words("column.figure"): f"{whose} · {kind} · {area}{note}",
        # First, in what a phone has room for.
        words("column.target_status"): f"{words(f'target.sign.{status}')} {status_said(view, row)}",
        words("column.target_percent"): _percent(view, row["target_percent"]),
        words("column.target_expected"): _percent(view, row["target_expected"]),
        words("column.target"): words.shown(row["target"]),
        # Dates do not break over two lines.
        words("column.due_on"): words.shown(row["due_on"]).replace(" ", "\N{NO-BREAK SPACE}"),
        words("column.baseline"): begins if row["baseline_title"] else "–",
        words("column.owner_role"): row["owner_role"] or words("plan.nobody"),
    }


def _percent(view: View, percent: float | None) -> str:
    return "–" if percent is None else view.words.shown(percent)


def _stored(view: View, row: TargetsRow) -> Target:
    """Return a target as its table stores it: with a round, or else a date."""
    due_on = "" if row["round"] else row["due_on"]
    return target_of(row | {"framework": view.state.framework, "percent": row["target"], "due_on": due_on})
