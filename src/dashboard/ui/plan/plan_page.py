"""The parts of the action plan page, one function each, with the targets of figures and the form of one target.

What is typed is kept, and saved as one publication.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.exports.csv_files import records_csv
from dashboard.model.permissions import Deed
from dashboard.model.plan import Target
from dashboard.model.words import Claim
from dashboard.queries.ask import ask_ahead, rows
from dashboard.queries.every_page import OPERATIONS, OPTIONS, ROUNDS
from dashboard.queries.plan_actions import PLAN, PLAN_UNPLANNED, TARGETS, PlanRow, PlanUnplannedRow, TargetsRow
from dashboard.ui.editing.editor import Editor, may_write
from dashboard.ui.editing.field import FieldKind, Titles, fields_of
from dashboard.ui.editing.row_form import Opened, choose, edit
from dashboard.ui.elements import choices
from dashboard.ui.elements.choices import way_choice
from dashboard.ui.elements.figure_notes import status_said
from dashboard.ui.elements.gap_links import begin_address, list_address
from dashboard.ui.elements.show import headline, offer
from dashboard.ui.escape import escape, escaped_rows, one_line
from dashboard.ui.html import draw_caption, draw_html, draw_table, part
from dashboard.ui.page_content import stated
from dashboard.ui.plan import action_lists
from dashboard.ui.plan.action_form import not_saved_yet, write
from dashboard.ui.plan.actions import FORM, GRID, tell_saved, way_of
from dashboard.ui.plan.effects import show_effects
from dashboard.ui.view import View

ORDER = ("reached", "on_track", "off_track", "starts", "no_figure")

asks = fields_of("targets")

LINES = (
    (
        asks("operation", FieldKind.ONE_OF, "target.whose", identifies=True, width=3),
        asks("kind", FieldKind.ONE_OF, identifies=True, required=True, width=2),
        asks("area", FieldKind.ONE_OF, "target.area", help="target.few_answers", identifies=True, width=4),
    ),
    (
        asks("percent", label="target.percent", highest=100, required=True, width=2),
        asks("round", FieldKind.ONE_OF, "target.due", identifies=True, width=3),
        asks("due_on", identifies=True, required=True, applies=lambda target: not target.round, width=3),
        asks("baseline", FieldKind.ONE_OF, width=4),
    ),
    (asks("owner_role", example="plan.owner_example"), asks("note", label="target.note")),
)


def _due_once(target: Target) -> Target:
    """Return a target that is due at the end of its round, or else on its day."""
    return replace(target, due_on="") if target.round else target


EDITOR: Editor[Target] = Editor(
    "plan_target",
    LINES,
    Deed.TARGET,
    title=lambda view, target: _name(view, target),
    withdrawn=lambda target: replace(target, percent=""),
    tidy=_due_once,
)


def show_targets(view: View, operation: str) -> None:
    """Show the targets within the filters, each with its status, and the form below them."""
    words = view.words
    # The stored values, not escaped for display.
    stored = [_stored(view, row) for row in rows(view.published, TARGETS, view.unfiltered())]
    EDITOR.tell(view, _by_code(stored))
    asked = escaped_rows(view.published, TARGETS, view.parameters())
    found = [row for row in asked if operation in ("", row["operation"])]
    headline(view.words, _finding(view, found))
    if found:
        draw_table([_line(view, row) for row in found])
        st.caption(words("target.held_against"))
    if view.masked:
        return
    if stored:
        label = words.count("target.export", len(stored))
        offer(view, label, records_csv("targets", stored), "targets.csv", "plan_targets_link", "tertiary")
    st.markdown(f"**{words('target.set')}**")
    if may_write(view, Deed.TARGET):
        _write(view, stored)


def _finding(view: View, found: list[TargetsRow]) -> Claim:
    """Say how many targets there are, and how many have each status."""
    if not found:
        return Claim.of("target.none")
    counts = Counter(row["target_status"] for row in found)
    parts = [Claim.of(f"target.counted.{status}", n=counts[status]) for status in ORDER if counts[status]]
    return Claim.count("target.finding", len(found), parts=parts, **_round_end(view, found[0]))


def _round_end(view: View, row: TargetsRow) -> dict[str, object]:
    """Return the title and the end of the round in view, as sentences on targets name them."""
    return {
        "round": escape(view.option_title("round", view.state.round, view.state.round)),
        "on": row["round_ends_on"],
    }


def _line(view: View, row: TargetsRow) -> dict[str, str]:
    words, status = view.words, row["target_status"]
    area = f"{row['area_code']} {row['area_title']}" if row["area"] else _everything(view)
    kind = view.kind_word(row["kind"])
    whose = row["operation_title"] or words("target.group")
    note = f"  \n:gray[:small[{row['note']}]]" if row["note"] else ""
    begins = words("target.from", percent=row["baseline_percent"], round=row["baseline_title"])
    return {
        words("column.figure"): f"{whose} · {kind} · {area}{note}",
        # First, in what a phone has room for.
        words("column.target_status"): f"{words(f'target.sign.{status}')} {status_said(view, row)}",
        words("column.target_percent"): _percent(view, row["target_percent"]),
        words("target.expected_on", on=row["round_ends_on"]): _percent(view, row["target_expected"]),
        words("column.target_today"): _percent(view, row["target_today"]),
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
    return Target.of(row | {"framework": view.state.framework, "percent": row["target"], "due_on": due_on})


def _by_code(stored: Sequence[Target]) -> dict[str, Target]:
    """Return targets by what their form is told apart by."""
    return {" ".join(target.key): target for target in stored}


def _write(view: View, stored: Sequence[Target]) -> None:
    """Draw the choice of target, its form and its buttons; after a conflict, both versions first."""
    targets, titles = _by_code(stored), _titles(view)
    names = {code: _name(view, target, titles) for code, target in targets.items()}
    code = choose(view, EDITOR, ("target.choose", "target.new"), names)
    edit(view, Opened(EDITOR, code, targets.get(code), Target(view.state.framework, view.state.kind)), titles)


def _everything(view: View) -> str:
    """Return what a target without an area applies to, in words."""
    return view.area_word().everything(view.words)


def _name(view: View, target: Target, titles: Titles | None = None) -> str:
    """Return how a target is referred to, in words."""
    titles = titles or _titles(view)
    due = titles["round"].get(target.round, target.round) if target.round else target.due_on
    parts = (titles["operation"].get(target.operation, target.operation), view.kind_word(target.kind, target.framework))
    return one_line(" · ".join((*parts, titles["area"].get(target.area, target.area), due)))


def _titles(view: View) -> Titles:
    """Return the available codes with their titles, by field of the form."""
    words, given = view.words, view.unfiltered()
    options = rows(view.published, OPTIONS, given)
    rounds = {row["round"]: row["title"] for row in rows(view.published, ROUNDS, given)}
    areas = {row["code"]: row["title"] for row in options if row["filter"] == "principle"}
    operations = {row["operation"]: row["operation_title"] for row in rows(view.published, OPERATIONS, given)}
    return {
        "kind": {kind: view.kind_word(kind) for kind in view.kinds},
        "operation": {"": words("target.group"), **operations},
        "area": {"": _everything(view), **areas},
        "round": {"": words("target.on_a_day"), **rounds},
        "baseline": {"": words("target.first_round"), **rounds},
    }


PICTURES: dict[str, Callable[[View, list[PlanRow], list[PlanUnplannedRow], str], None]] = {
    "list": action_lists.show_list,
    "board": action_lists.show_board,
    "timeline": action_lists.show_timeline,
}
"""How the actions are shown, given the actions, the severe risks without one, and the operation."""


def show_actions(view: View, operation: str) -> None:
    """Show the actions as the view says, or what was opened above them: the form of one, or the grid of many."""
    tell_saved(view)
    way = way_of(view)
    if way not in PICTURES and view.masked:
        headline(view.words, Claim.of("safe.refused"))
        if way == GRID:
            leave(view)
        return
    if way == FORM:
        write(view, operation)
        return
    given = view.parameters(operation=operation)
    ask_ahead(view.published, ("plan", "plan_unplanned"), given)
    actions = escaped_rows(view.published, PLAN, given)
    unplanned = escaped_rows(view.published, PLAN_UNPLANNED, given)
    if way == GRID:
        headline(view.words, action_lists.grid_finding(actions))
        leave(view)
        action_lists.grid(view, operation)
        return
    headline(view.words, *action_lists.finding(actions, unplanned))
    if said := action_lists.elsewhere(view, operation):
        stated(*said)
        draw_caption(view.words.say(*said))
    if not view.masked:
        not_saved_yet(view)
    _above(view)
    action_lists.hand_over(view, actions, unplanned, said)
    PICTURES[way](view, actions, unplanned, operation)
    action_lists.export(view, operation)


def _above(view: View) -> None:
    """Draw the choice of the picture, and what opens the form and the grid."""
    with st.container(horizontal=True, vertical_alignment="center"):
        choices.draw(view.words, way_choice(view, *PICTURES))
        if not view.masked:
            _doors(view, {"plan.begin": begin_address(view), "plan.many": list_address(view, show_as=GRID)})


def leave(view: View) -> None:
    """Draw the way back from the form or the grid to the actions as they were shown."""
    before = view.state.show_as if view.state.show_as in PICTURES else ""
    _doors(view, {"plan.back": list_address(view, show_as=before)})


def _doors(view: View, addresses: Mapping[str, str]) -> None:
    """Draw links within the page, by the key of what each says. Streamlit's own would leave the address as it is."""
    draw_html(part("doors", {view.words(key): to for key, to in addresses.items()}), hug=True)


PARTS: dict[str, Callable[[View, str], None]] = {
    "actions": show_actions,
    "effects": show_effects,
    "targets": show_targets,
}
"""Each part, given the operation."""
