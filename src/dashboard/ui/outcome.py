"""What a group takes home from an exercise: gathered from where it went, shown on one page, and given as a file."""

from textwrap import shorten
from typing import Any

import streamlit as st

from dashboard.exports.outcome import outcome_workbook
from dashboard.model.outcome import Line, Outcome, Section
from dashboard.queries import ask
from dashboard.ui.agreeing import gaps, kept
from dashboard.ui.exercise import SIDES, weighed
from dashboard.ui.offer import offer
from dashboard.ui.plain import plain
from dashboard.ui.rated import grade, graded
from dashboard.ui.shell import View, chosen_in_words

Row = dict[str, Any]
MOST_GAPS = 5
"""So many gaps stand on the page; how many more there are is said."""
WIDTH = 150
"""So many letters of a text stand on the page, so that it fits on one of A4; the file has the whole text."""


def gathered(view: View, setting: Row) -> Outcome:
    """Everything that the group found and agreed, in words."""
    words, code = view.words, setting["setting"]
    risks, openings = (weighed(view, question, by, code) for question, by, _ in SIDES)
    agreed = _agreed(view)
    return Outcome(
        words.count("outcome.title", len(agreed), setting=setting["setting_title"]),
        (chosen_in_words(view), words("outcome.made_on", date=view.today.isoformat())),
        _section(view, "actions", agreed),
        _section(view, "risks", [(row["text"], _risk(view, row)) for row in risks]),
        _section(view, "openings", [(row["text"], _opening(view, row)) for row in openings]),
        _section(view, "gaps", [(f"{row['criterion']} {row['text']}", _gap(view, row)) for row in gaps(view, code)]),
        _section(view, "read", _read(view)),
    )


COLUMNS = {
    "actions": ("column.action_text", "outcome.on_what", "column.operation", "column.owner_role", "column.due_on"),
    "risks": ("column.risk", "column.severity_word"),
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


def _gap(view: View, row: Row) -> str:
    answered = row["n_full"] + row["n_part"] + row["n_nil"]
    return view.words("outcome.gap", nil=row["n_nil"], part=row["n_part"], of=answered)


def _agreed(view: View) -> list[Line]:
    """The saved actions as they are stored by now, then those that are kept in this session."""
    found: list[Line] = []
    for action in view.state.agreed:
        (row,) = ask.rows(view.published, "plan_action", view.given(action=action))
        on = {"criterion": row["criterion"] or "", "impact": row["impact"] or ""}
        subject = ask.rows(
            view.published, "plan_subject", view.given(operation=row["operation"], round=row["round"], **on)
        )
        code = row["criterion"] or row["impact"]
        about = f"{code} {subject[0]['text']}" if subject else code
        owner = row["owner_role"] or view.words("plan.nobody")
        found.append((f"{action}: {row['text']}", about, row["operation_title"], owner, row["due_on"].isoformat()))
    for one in kept().values():
        said = one.action
        found.append((said.text, f"{one.code} {one.text}", one.operation_title, said.owner_role, said.due_on))
    return found


def _read(view: View) -> list[Line]:
    titles = {row["code"]: row for row in ask.rows(view.published, "outcome_read", view.given())}
    return [
        (titles[code]["title"], view.words(f"outcome.{titles[code]['what']}"))
        for code in view.state.looked
        if code in titles
    ]


def show(view: View, outcome: Outcome) -> None:
    """The page: first what was agreed, then what it rests on."""
    st.caption("  \n".join(plain(line) for line in outcome.about))
    _table(outcome.actions)
    if kept():
        st.caption(view.words.count("outcome.kept", len(kept())))
    for pair in ((outcome.risks, outcome.openings), (outcome.gaps, outcome.read)):
        for column, section in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column:
                _list(view, section)


def _table(section: Section) -> None:
    st.markdown(f"**{section.title}**")
    if not section.lines:
        st.caption(section.empty)
        return
    lines = [dict(zip(section.columns, map(_short, line), strict=True)) for line in section.lines]
    st.table(lines, border="horizontal", hide_index=True)


def _list(view: View, section: Section) -> None:
    st.markdown(f"**{section.title}**")
    if not section.lines:
        st.caption(section.empty)
        return
    shown = section.lines[:MOST_GAPS] if section.title == view.words("outcome.gaps") else section.lines
    st.markdown("\n".join(f"- {_short(text)}  \n  :small[{plain(said)}]" for text, said in shown))
    if more := len(section.lines) - len(shown):
        st.caption(view.words.count("outcome.more", more))


def _short(text: str) -> str:
    return plain(shorten(text, WIDTH, placeholder="…"))


def take_away(view: View, outcome: Outcome, setting: str) -> None:
    """The file, and how the page is printed."""
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(
            view,
            view.words("outcome.file"),
            lambda: outcome_workbook(outcome),
            f"outcome-{setting}.xlsx",
            "outcome_file",
        )
        st.caption(view.words("outcome.print"))
