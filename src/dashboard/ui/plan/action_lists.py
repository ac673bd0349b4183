"""Shows the actions that the filters keep as a list, a board, a timeline or a grid to edit, and offers their file."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import pyarrow as pa
import streamlit as st
from markupsafe import Markup

from dashboard.charts import timelines
from dashboard.exports.csv_files import records_csv
from dashboard.figures.gaps import GAPS
from dashboard.model.permissions import Deed
from dashboard.model.plan import STATUSES, Action
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask, rows
from dashboard.queries.collect_answering import ANSWERING_STATUSES
from dashboard.queries.plan_actions import PLAN, PLAN_CRITERIA, PlanRow, PlanUnplannedRow
from dashboard.ui.editing.edit_grid import EditableGrid, GridColumn, RowStatuses, Scales, draw_grid, save_many
from dashboard.ui.editing.editor import may_write
from dashboard.ui.editing.row_form import version
from dashboard.ui.elements.folds import MOST, at_once, the_rest
from dashboard.ui.elements.gap_links import begin_link
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.elements.selection import open_menu
from dashboard.ui.elements.show import Mark, offer, show_chart, spec_of
from dashboard.ui.escape import escape, short
from dashboard.ui.html import draw_told, explained, items
from dashboard.ui.page_content import listed, plain
from dashboard.ui.plan.actions import EDITOR, line
from dashboard.ui.versions.figure_changes import judged_said
from dashboard.ui.view import View, ViewSource

Row = TypeVar("Row")
Line = Callable[[View, Row], str]
FIRST, CARDS, ROWS, ON_A_PHONE = 4, 3, 8, 2
"""Lines shown at once: in a list of what cannot wait, in a column of the board, of the rest, in a phone's column."""
BRIEF, WIDE = 80, 120
"""Characters of what is to be done: in a sentence, and in a table."""
HOLDS = {ViewSource.TRIAL: "trial.export", ViewSource.SCENARIO: "whatif.export"}
"""What a file holds that is not of the publication in force."""


def finding(actions: list[PlanRow], unplanned: list[PlanUnplannedRow]) -> Claims:
    """Say how many actions are to do, which comes next, and how many severe ratings have no action."""
    severe = [_waiting(unplanned)] if unplanned else []
    if not actions:
        return Claim.of("plan.none_here"), *severe
    counts = {name: sum(bool(row[name]) for row in actions) for name in ("live", "overdue", "unowned")}
    ahead = [row for row in actions if row["live"] and not row["overdue"]]
    due = min(ahead, key=lambda row: row["due_on"], default=None)
    next_ = [Claim.of("plan.finding_next", day=due["due_on"], operation=due["operation_title"])] if due else []
    return Claim.count("plan.finding", len(actions), **counts), *next_, *severe


def elsewhere(view: View, operation: str) -> Claims:
    """Say which standard the actions are of, and how many are overdue on the others; empty if there is only one."""
    own = view.state.framework
    others = [code for code in view.known.frameworks() if code != own]
    if not others:
        return ()
    # The same filters with another standard in view would not be the same: principles are those of their standard.
    given = view.parameters(operation=operation)
    late = sum(
        bool(row["overdue"] and row["criterion"])
        for code in others
        for row in rows(view.published, PLAN, {**given, "framework": code})
    )
    said = Claim.of("plan.of_standard", framework=escape(view.option_title("framework", own, own)))
    return (said, Claim.count("plan.overdue_elsewhere", late)) if late else (said,)


def hand_over(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], others: Claims) -> None:
    """Hand over the open actions that are due next, the soonest first, and the severe ratings without one.

    `others` say what is not listed.
    """
    words = view.words
    ahead = sorted((row for row in actions if row["live"] and not row["overdue"]), key=lambda row: row["due_on"])
    late = sum(row["live"] and row["overdue"] for row in actions)
    overdue = [Claim.count("plan.overdue", late)] if late else []
    if ahead:
        told = {"day": ahead[0]["due_on"], "operation": ahead[0]["operation_title"]}
        said = Claim.of("plan.coming", text=short(ahead[0]["text"], BRIEF), **told)
    else:
        said = Claim.of("plan.coming_none")
    shown = [Claim.of("plan.coming_of", shown=ROWS, n=len(ahead))] if ahead[ROWS:] else []
    beside = [words.say(*claims) for claims in (shown, others) if claims]
    listed("next", partial(_next, ahead[:ROWS]), words.say(said, *overdue), lambda: beside)
    if unplanned:
        listed("unplanned", partial(_unplanned, unplanned), words.say(_waiting(unplanned)))


def _next(actions: list[PlanRow]) -> pa.Table:
    return pa.table(
        {
            "due_on": pa.array([row["due_on"] for row in actions], pa.date32()),
            "action_text": pa.array([short(plain(row["text"]), WIDE) for row in actions], pa.string()),
            "where": pa.array([plain(row["operation_title"]) for row in actions], pa.string()),
            "owner_role": pa.array([row["owner_role"] and plain(row["owner_role"]) for row in actions], pa.string()),
        }
    )


def _waiting(unplanned: list[PlanUnplannedRow]) -> Claim:
    """Return how many severe ratings have no open action, and how many of them are severe gaps."""
    gaps = sum(row["judged"] in GAPS for row in unplanned)
    return Claim.count("plan.unplanned", len(unplanned), gaps=gaps)


def _unplanned(ratings: list[PlanUnplannedRow]) -> pa.Table:
    return pa.table(
        {
            "risk": [plain(row["text"]) for row in ratings],
            "where": [plain(row["operation_title"]) for row in ratings],
            "gaps": [row["judged"] for row in ratings],
        }
    )


def show_list(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], operation: str) -> None:
    """Show what cannot wait in two columns, everything else below."""
    left, right = st.columns([4, 3], gap="large")
    with left:
        _listed(view, "overdue", [row for row in actions if row["overdue"]], line)
        _listed(view, "unowned", [row for row in actions if row["unowned"]], line)
    with right:
        if unplanned:
            _listed(view, "severe", unplanned, _risk)
    rest = [row for row in actions if not (row["overdue"] or row["unowned"])]
    if rest:
        _lines(view, view.words.count("plan.list_rest", len(rest)), "", ("rest", ROWS), rest, line)


def _listed(view: View, name: str, found: list[Row], of: Line[Row]) -> None:
    """Draw one list of what cannot wait, and say what it holds."""
    words = view.words
    why = explained(words, [words(f"plan.list_{name}_help")])
    _lines(view, words.count(f"plan.list_{name}", len(found)), why, (name, FIRST), found, of)


def _lines(view: View, title: str, why: str, fold: tuple[str, int], found: Sequence[Row], of: Line[Row]) -> None:
    """Draw a titled list: as many lines at once as `fold` says, the others below a line that opens them."""
    key, first = fold[0], at_once(fold[1])

    def lines(some: Sequence[Row]) -> Markup:
        return items([of(view, row) for row in some], kind="lines")

    draw_told(title, why, lines(found[:first]))
    if more := the_rest(view, len(found) - first, key):
        with more:
            draw_told("", "", lines(found[first:MOST]))
        if len(found) > MOST:
            more.caption(view.words.count("show.not_listed", len(found) - MOST))


def _risk(view: View, row: PlanUnplannedRow) -> str:
    where = f"{row['operation_title']} · {row['setting_title']} · {row['impact']}"
    said = f"{row['text']}  \n:small[{judged_said(view, row['judged'])}]"
    if view.masked:
        return f"{said}  \n:gray[:small[{where}]]"
    link = begin_link(view, impact=row["impact"], operation=row["operation"])
    return f"{said}  \n{link} :gray[:small[· {where}]]"


def show_board(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], operation: str) -> None:
    """Show one column per status."""
    for column, status in zip(st.columns(len(STATUSES)), STATUSES, strict=True):
        found = [row for row in actions if row["status"] == status]
        with column:
            title = f"{view.words(f'action_status.{status}')} · {len(found)}"
            _lines(view, title, "", (status, at_once(CARDS, ON_A_PHONE)), found, line)


def show_timeline(view: View, actions: list[PlanRow], unplanned: list[PlanUnplannedRow], operation: str) -> None:
    """Draw the due dates by operation; a click on a mark opens its action."""
    words = view.words
    table = ask(view.published, "plan_years", view.parameters(operation=operation))
    if not table.num_rows:
        return
    show_chart(
        table,
        spec_of(timelines.plan_years, view),
        view,
        key="plan_years_chart",
        alt=words("plan_years.alt"),
        opens=timelines.ACTION_SELECTION,
        clicked=partial(_open, {row["action"]: row["country"] for row in actions}),
        columns=("action_text", "operation_title", "owner_role", "due_on", "action_status", "priority", "action"),
        legend=words("plan_years.legend"),
        click=words("plan_years.click"),
    )
    left_out = table["n_operations"][0].as_py() - len(set(table["operation_title"].to_pylist()))
    if left_out > 0:
        st.caption(words.count("plan_years.left_out", left_out))
    show_opened(view, {"action": partial(_told, actions)})


def _open(countries: Mapping[str, str], mark: Mark) -> None:
    if mark:
        open_menu({"action": mark["action"], "country": countries.get(mark["action"], "")}, "action")


def _told(actions: list[PlanRow], view: View) -> None:
    """Show the one action named by `view.state`."""
    for row in actions:
        if row["action"] == view.state.action:
            st.markdown(line(view, row))


def export(view: View, operation: str) -> None:
    """Offer a file of the actions that the filters keep, and say where to import it."""
    words = view.words
    # The stored values, not escaped for display.
    actions = [Action.of(row) for row in rows(view.published, PLAN, view.parameters(operation=operation))]
    if not actions:
        return
    st.caption(words(HOLDS.get(view.source, "plan.export_help")))
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(
            view,
            words.count("plan.export", len(actions)),
            records_csv("actions", actions),
            "actions.csv",
            "plan_export_link",
        )
        there = view.query(part="publications")
        st.page_link("pages/data.py", label=words("plan.import"), query_params=there)


MOST_EDITED = 500


def grid_finding(actions: list[PlanRow]) -> Claim:
    """Say how many can be edited, and which field is missing from most of those still to do."""
    if not actions:
        return Claim.of("plan.none_here")
    live = [row for row in actions if row["live"]]
    return Claim.count(
        "plan.finding_grid",
        len(actions),
        live=len(live),
        unowned=sum(row["unowned"] for row in live),
        uncaused=sum(not row["cause"] for row in live),
        unclassed=sum(not (row["effort"] and row["cost"]) for row in live),
    )


def grid(view: View, operation: str) -> None:
    """Show the filtered actions in a grid, to edit many at once."""
    found = rows(view.published, PLAN, view.parameters(operation=operation))
    if not found:
        return
    if found[MOST_EDITED:]:
        st.caption(view.words.count("show.not_listed", len(found) - MOST_EDITED))
    found = found[:MOST_EDITED]
    stored = {row["action"]: Action.of(row) for row in found}
    scales: Scales[Action] = Scales("expected_status", _statuses(view, found), lambda action: action.criterion)
    about = [
        GridColumn("subject", "column.about", [row["criterion"] or row["impact"] for row in found]),
        GridColumn("action", "column.action", list(stored)),
    ]
    whose = GridColumn(
        "operation_title", "column.operation_title", [row["operation_title"] for row in found], pinned=True
    )
    allowed = may_write(view, Deed.ACT)
    draw_grid(view, EditableGrid(EDITOR, stored, [whose], about, scales), allowed)
    if allowed:
        save_many(
            view,
            EDITOR,
            stored,
            lambda action: version(view, EDITOR, action),
            lambda action: action.action,
            lambda draft: scales.refusal(view, draft.typed.action, draft.typed),
        )


def _statuses(view: View, found: Sequence[PlanRow]) -> RowStatuses:
    """Return what the actions may expect: the statuses of each scale that are an answer."""
    titles: dict[int, dict[str, str]] = {}
    for row in rows(view.published, ANSWERING_STATUSES, view.parameters()):
        if row["counts_as"] == "answered":
            titles.setdefault(row["scale_no"], {})[row["status"]] = row["title"]
    addressed = {row["criterion"] for row in found}
    criteria = rows(view.published, PLAN_CRITERIA, view.parameters())
    return RowStatuses(titles, {row["criterion"]: row["scale_no"] for row in criteria if row["criterion"] in addressed})
