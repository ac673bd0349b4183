"""The results page of an exercise: what a group found and agreed, on one page and as a file.

Before anything is agreed, it shows what will be there, and how to start.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypedDict

import streamlit as st

from dashboard.exports.handouts import outcome_workbook
from dashboard.model.vote import Line, RoomOutcome, Section
from dashboard.model.words import Claim
from dashboard.queries import ask
from dashboard.queries.every_page import TOURS
from dashboard.queries.plan_actions import PLAN_ACTION, PLAN_SUBJECT
from dashboard.queries.question import Question
from dashboard.queries.risks_settings import SettingCriteriaRow, SettingsRow
from dashboard.ui.elements.choices import setting_shown
from dashboard.ui.elements.rated_impacts import grade, graded
from dashboard.ui.elements.show import headline, offer
from dashboard.ui.escape import escape, escaped_rows, short
from dashboard.ui.frame.exercise import SIDES, agreed_gaps, agreed_kept, runs, weighed
from dashboard.ui.frame.tour import start
from dashboard.ui.html import draw_table
from dashboard.ui.session_state import OUTCOME_ALONE
from dashboard.ui.view import View, chosen_in_words


def tell_how_to_begin(view: View, setting: str) -> None:
    """Show each exercise with the button that starts it in a setting, and the link to all tours."""
    words = view.words
    exercises = view.known.of("exercise", "")
    for tour in escaped_rows(view.published, TOURS, view.parameters()):
        if tour["tour"] not in exercises:
            continue
        about = words("outcome.begin", title=tour["title"], minutes=tour["minutes"], steps=tour["n_steps"])
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(about, width="stretch")
            if st.button(words("workshop.start"), key=f"tour_start_{tour['tour']}", type="primary"):
                start(view, tour["tour"], **({"setting": (setting,)} if setting else {}))
    tours = view.query() | {"part": "tours"}
    st.page_link("pages/present.py", label=words("outcome.to_tours"), query_params=tours, icon=":material/tour:")


def tell_example(view: View, title: str) -> None:
    """Say that what follows is an example: what a group would find in one setting."""
    st.markdown(f"**{view.words('outcome.example', setting=escape(title))}**")


Row = Mapping[str, Any]
FITS = {True: (3, 60), False: (6, 140)}
"""Lines per part and characters per text: on paper (True), to fit one A4 page even in large type, and on screen. The
number left out is given; the file has everything.
"""
MOST = 100
"""Characters of an action, also on paper, since actions are the purpose of the page."""


class OutcomeReadRow(TypedDict):
    """A row of `outcome_read`."""

    what: str
    code: str
    title: str


OUTCOME_READ = Question("outcome_read", OutcomeReadRow)


def show_outcome(view: View) -> None:
    """Show what a group found in one setting and agreed, to print or download; before that, an example."""
    setting = setting_shown(view)
    if setting is None or not runs(view):
        headline(view.words, Claim.of("outcome.no_exercise"))
        tell_how_to_begin(view, setting["setting"] if setting else "")
        if setting is not None:
            tell_example(view, setting["setting_title"])
            found = _gathered(view, setting)
            to_come = replace(found.actions, empty=view.words("outcome.actions_to_come"))
            _show(view, replace(found, actions=to_come), small=False)
        return
    outcome = _gathered(view, setting)
    headline(view.words, escape(outcome.title))
    _take_away(view, outcome, setting["setting"])
    _show(view, outcome, OUTCOME_ALONE.now())


def _gathered(view: View, setting: SettingsRow) -> RoomOutcome:
    """Return everything that the group found and agreed, in words."""
    words, code = view.words, setting["setting"]
    risks, openings = (weighed(view, question, by, code) for question, by, _ in SIDES)
    agreed = _agreed(view)
    return RoomOutcome(
        words.count("outcome.title", len(agreed), setting=setting["setting_title"], date=view.today),
        (chosen_in_words(view),),
        _section(view, "actions", agreed),
        _section(view, "risks", [(row["text"], _risk(view, row)) for row in risks]),
        _section(view, "openings", [(row["text"], _opening(view, row)) for row in openings]),
        _section(
            view, "gaps", [(f"{row['criterion']} {row['text']}", _gap(view, row)) for row in agreed_gaps(view, code)]
        ),
        _section(view, "read", _read(view)),
    )


COLUMNS = {
    "actions": ("column.action_text", "outcome.on_what", "column.operation", "column.owner_role", "column.due_on"),
    "risks": ("column.risk", "column.severity"),
    "openings": ("column.opportunity", "column.need"),
    "gaps": ("column.criterion", "outcome.answers"),
    "read": ("outcome.title_of", "outcome.kind"),
}


def _section(view: View, name: str, lines: list[Line]) -> Section:
    words = view.words
    columns = tuple(words(column) for column in COLUMNS[name])
    return Section(words(f"outcome.{name}"), columns, tuple(lines), words(f"outcome.no_{name}"))


def _risk(view: View, row: Row) -> str:
    if row["severity"] is None:
        return view.words(f"state.{row['state']}")
    return f"{graded(view, 'severity', row['severity'])}, {grade(view, 'likelihood', row['likelihood'])}"


def _opening(view: View, row: Row) -> str:
    if row["need"] is None:
        return view.words(f"state.{row['state']}")
    return view.words("rated.need", need=graded(view, "need", row["need"]))


def _gap(view: View, row: SettingCriteriaRow) -> str:
    return view.words("outcome.gap", n=row["n_full"], of=row["n_full"] + row["n_part"] + row["n_nil"])


def _agreed(view: View) -> list[Line]:
    """Return the saved actions as now stored, then those kept in this session."""
    found: list[Line] = []
    for action in view.state.agreed:
        (row,) = ask.rows(view.published, PLAN_ACTION, view.parameters(action=action))
        on = {"criterion": row["criterion"] or "", "impact": row["impact"] or ""}
        subject = ask.rows(
            view.published, PLAN_SUBJECT, view.parameters(operation=row["operation"], round=row["round"], **on)
        )
        code = row["criterion"] or row["impact"] or ""
        about = f"{code} {subject[0]['text']}" if subject else code
        owner = row["owner_role"] or view.words("plan.nobody")
        found.append(
            (f"{action}: {row['text']}", about, row["operation_title"], owner, view.words.shown(row["due_on"]))
        )
    for one in agreed_kept().values():
        said = one.action
        found.append((said.text, f"{one.code} {one.text}", one.operation_title, said.owner_role, said.due_on))
    return found


def _read(view: View) -> list[Line]:
    titles = {row["code"]: row for row in ask.rows(view.published, OUTCOME_READ, view.parameters())}
    return [
        (titles[code]["title"], view.words(f"outcome.{titles[code]['what']}"))
        for code in view.state.looked
        if code in titles
    ]


def _show(view: View, outcome: RoomOutcome, small: bool) -> None:
    """Show the page: first what was agreed, then what it rests on; `small` is the shorter form for printing."""
    _table(outcome.actions, small)
    if agreed_kept():
        st.caption(view.words.count("outcome.kept", len(agreed_kept())))
    for column, section in zip(st.columns(3), (outcome.risks, outcome.openings, outcome.gaps), strict=True):
        with column, st.container(gap="xxsmall"):
            _list(view, section, small)
    with st.container(gap="xxsmall"):
        if small:
            _read_on_paper(outcome.read)
        else:
            _list(view, outcome.read, small)


def _read_on_paper(section: Section) -> None:
    told = "; ".join(f"{_short(text, FITS[True][1])} · **{escape(said)}**" for text, said in section.lines)
    st.caption(f"**{section.title}:** {told or section.empty}")


def _table(section: Section, small: bool) -> None:
    if not section.lines:
        st.caption(section.empty)
        return
    what_on, letters = section.columns[1], FITS[False][1]
    lines = []
    for what, on, *where, due in section.lines:
        # A date stays on one line; on paper, the id of a criterion or an impact is enough.
        said = (
            [f"{_short(what, MOST)} ({escape(on.partition(' ')[0])})"]
            if small
            else [_short(what, letters), _short(on, letters)]
        )
        lines.append([*said, *map(escape, where), due.replace("-", "\u2011")])
    columns = [column for column in section.columns if not (small and column == what_on)]
    table = [dict(zip(columns, line, strict=True)) for line in lines]
    draw_table(table)


def _list(view: View, section: Section, small: bool) -> None:
    lines, letters = FITS[small]
    more = len(section.lines) - lines
    told = [f"{_short(text, letters)} · **{escape(said)}**" for text, said in section.lines[:lines]] or [section.empty]
    told += [view.words.count("outcome.more", more)] if more > 0 else []
    st.markdown(f"**{section.title}**")
    (st.caption if small else st.markdown)("\n".join(f"- {line}" for line in told))


def _short(text: str, letters: int) -> str:
    return escape(short(text, letters))


def _take_away(view: View, outcome: RoomOutcome, setting: str) -> None:
    """Offer the file, and the page without the tour bar, as printed."""
    with st.container(horizontal=True, vertical_alignment="center"):
        alone = st.toggle(view.words("outcome.alone"), key=OUTCOME_ALONE.name)
        if not alone:
            file = f"outcome-{setting}.xlsx"
            offer(view, view.words("outcome.file"), lambda: outcome_workbook(outcome), file, "outcome_file")
