"""How one operation listened to children: with whom, how safely, and what changed; and the form of one record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

import streamlit as st

from dashboard.exports.csv_files import records_csv
from dashboard.model import answer
from dashboard.model.permissions import Deed, Place
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import Value, rows
from dashboard.queries.country_operation import HEARD, HeardRow
from dashboard.queries.every_page import OperationsRow
from dashboard.queries.guidance_library import GUIDANCE_LIST
from dashboard.queries.question import Question
from dashboard.ui.editing.editor import Editor, may_write
from dashboard.ui.editing.field import Field, FieldKind, fields_of
from dashboard.ui.editing.row_form import Opened, choose, edit
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.gap_links import read_link
from dashboard.ui.elements.sentences import A_SAY, heard_in_choice
from dashboard.ui.elements.show import offer
from dashboard.ui.escape import escaped_rows, one_line
from dashboard.ui.view import View

GROUPS = answer.COUNTS[1:]
asks = fields_of("participation")


def _count_field(name: str) -> Field:
    label, below = (f"heard.group.{name}", "") if name in GROUPS else ("", "heard.counts_help")
    return asks(name, label=label, choices=(answer.WITHHELD,), titles="heard.", below=below)


def _safe_field(name: str) -> Field:
    return asks(name, label=f"heard.{name}", titles="heard.safe.")


LINES = (
    (
        asks("activity", choices=("", *answer.ACTIVITIES), titles="heard.activity.", required=True, width=3),
        asks("held_on", required=True, width=2),
        asks("age_groups", FieldKind.SEVERAL_OF, choices=answer.AGES, titles="age_group.", width=4),
    ),
    tuple(map(_count_field, answer.COUNTS)),
    tuple(map(_safe_field, answer.SAFETY)),
    (
        asks("changed", titles="heard.changed.", width=2),
        asks("what_changed", FieldKind.LONG_TEXT, width=7),
    ),
    (asks("evidence_ref", example="heard.evidence_example"), asks("note", FieldKind.LONG_TEXT, "heard.note")),
)
"""In the order in which things happened: what, whom, how safely, with what outcome."""


def _name(view: View, record: answer.Participation) -> str:
    """Return how a record is referred to, in words."""
    activity = view.words(f"heard.activity.{record.activity}") if record.activity else view.words("heard.new")
    return one_line(" · ".join(part for part in (activity, record.held_on) if part))


EDITOR: Editor[answer.Participation] = Editor(
    "heard", LINES, Deed.HEARD, title=_name, withdrawn=lambda record: answer.Participation(record.record)
)


def write_record(view: View, operation: str, stored: Sequence[answer.Participation]) -> None:
    """Draw the choice of record, its form and its buttons; after a conflict, both versions first."""
    records = {record.record: record for record in stored}
    titles = {code: _name(view, record) for code, record in records.items()}
    chosen = choose(view, EDITOR, ("heard.choose", "heard.new"), titles)
    # The draft of a new record stays with this operation and round.
    key = chosen or f"{operation} {view.state.round}"
    st.info(view.words("heard.no_names"), icon=":material/shield_person:")
    edit(view, Opened(EDITOR, key, records.get(chosen), answer.Participation("", operation, view.state.round)))


Given = Mapping[str, Value]
GUIDANCE = ("G-hear-children-safely", "G-tell-children-what-changed")
"""Guidance on hearing children without harming them, and on acting on what they say; offered if the library has it."""
SIGNS = {"yes": "✓", "no": "✗", "not_applicable": "–"}
NOT_STATED = "not_stated"


class ParticipationRow(TypedDict):
    """A row of `participation`."""

    activity: str
    held_on: date | None
    age_groups: list[str]
    withheld: list[str]
    changed: str | None
    what_changed: str | None
    evidence_ref: str | None
    note: str | None


PARTICIPATION = Question("participation", ParticipationRow)


def heard_title(view: View, given: Given, operation: str) -> Claims:
    """Say how often the operation heard children in the round, and after how many of these something changed."""
    found = escaped_rows(view.published, PARTICIPATION, given)
    places = {"operation": operation, "round": _choice(view)["round_title"]}
    if not found:
        return (Claim.of("heard.none", **places),)
    changed = sum(row["changed"] == "yes" for row in found)
    told = Claim.count("heard.after", changed) if changed else Claim.of("heard.after_none")
    return Claim.count("heard.title", len(found), **places), told


def heard_in_short(view: View, operation: OperationsRow, given: Given) -> None:
    """Say how many records there are and after how many something changed, with a link to them."""
    words, found = view.words, escaped_rows(view.published, PARTICIPATION, given)
    told = [words.count("heard.short", len(found)) if found else words("heard.short_none")]
    if changed := sum(row["changed"] == "yes" for row in found):
        told.append(words.count("heard.short_changed", changed))
    st.markdown(f"**{words('part.heard')}**  \n{' · '.join(told)}")
    query = view.query(part="heard", operation=operation["operation"])
    label = words("heard.to_records")
    st.page_link("pages/country.py", label=label, query_params=query, icon=":material/record_voice_over:")


def show_heard(view: View, operation: OperationsRow, given: Given) -> None:
    """Show the finding for the filters, the operation's records, guidance on doing it safely, and the form."""
    words = view.words
    # The stored values, not escaped for display.
    stored = [answer.Participation.of(row) for row in rows(view.published, PARTICIPATION, given)]
    EDITOR.tell(view, {record.record: record for record in stored})
    if _choice(view)["n_operations"] > 1:
        st.markdown(heard_in_choice(view))
    found = escaped_rows(view.published, PARTICIPATION, given)
    if found:
        first_rows(view, found, lambda row: _line(view, row), "heard")
    if any(row["withheld"] for row in found):
        st.caption(words("heard.withheld_help"))
    _safely(view, operation["operation"])
    if view.masked:
        return
    if stored:
        label = words.count("heard.export", len(stored))
        offer(view, label, records_csv("participation", stored), "participation.csv", "heard_link", "tertiary")
    st.markdown(f"**{words('heard.write')}**")
    if may_write(view, Deed.HEARD, Place(operation["operation"], operation["country"])):
        write_record(view, operation["operation"], stored)


def _choice(view: View) -> HeardRow:
    (row,) = escaped_rows(view.published, HEARD, view.parameters())
    return row


def _safely(view: View, operation: str) -> None:
    """Show the guidance on hearing children, and what the standards ask about it."""
    titles = {row["guidance"]: row["title"] for row in escaped_rows(view.published, GUIDANCE_LIST, view.unfiltered())}
    for code in GUIDANCE:
        if code in titles:
            read_link(view, "guidance", code, titles[code], ":material/menu_book:")
    if A_SAY in view.known.anywhere("right"):
        asked = view.query(part="answers", right=(A_SAY,), operation=operation)
        label = view.words("heard.asked")
        st.page_link("pages/country.py", label=label, query_params=asked, icon=":material/checklist:")


def _line(view: View, row: ParticipationRow) -> dict[str, str]:
    words = view.words
    activity = words(f"heard.activity.{row['activity']}")
    said = [f"**{activity}**, {words.shown(row['held_on'])}" if row["held_on"] else f"**{activity}**"]
    said += [f":gray[:small[{text}]]" for text in (row["note"], row["evidence_ref"]) if text]
    return {
        words("column.activity"): "  \n".join(said),
        words("column.what_changed"): _changed(view, row),
        words("column.children"): _whom(view, row),
        words("column.safely"): "  \n".join(f":small[{_safe(view, name, row)}]" for name in answer.SAFETY),
    }


def _changed(view: View, row: ParticipationRow) -> str:
    """Return what changed, or that nothing has yet; say so if it is not reported."""
    if row["changed"] == "yes":
        return row["what_changed"] or ""
    told = view.words(f"heard.changed.{row['changed'] or NOT_STATED}")
    return f"{told}  \n:small[{row['what_changed']}]" if row["what_changed"] else told


def _whom(view: View, row: ParticipationRow) -> str:
    """Return how many children, of which ages, and how many from each group, as far as they were counted."""
    words = view.words
    counted = {name: _count(view, row, name) for name in answer.COUNTS}
    lines = [words("heard.n_children", n=counted["children"]) if counted["children"] else words("heard.not_counted")]
    if row["age_groups"]:
        ages = words.listed(words(f"age_group.{age}") for age in answer.AGES if age in row["age_groups"])
        lines.append(f":small[{words('heard.aged', ages=ages)}]")
    groups = [
        words("heard.of_group", group=words(f"heard.group.{n}"), n=counted[n]) for n in answer.COUNTS[1:] if counted[n]
    ]
    return "  \n".join([*lines, f":small[{' · '.join(groups)}]"] if groups else lines)


def _count(view: View, row: ParticipationRow, name: str) -> str:
    """Return a count as shown; empty if nobody counted."""
    if name in row["withheld"]:
        return view.words("heard.withheld")
    n = row[name]  # type: ignore[literal-required]
    return "" if n is None else view.words.shown(n)


def _safe(view: View, name: str, row: ParticipationRow) -> str:
    said = row[name]  # type: ignore[literal-required]
    told = view.words(f"heard.safe.{said or NOT_STATED}")
    return f"{SIGNS.get(said, '?')} {view.words(f'heard.{name}')}: {told}"
