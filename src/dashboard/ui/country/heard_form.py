"""One record of how children were heard, as a form for a new or an existing record, saved as one publication."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.answers.participation import (
    ACTIVITIES,
    AGES,
    COUNTS,
    SAFETY,
    WITHHELD,
    Participation,
)
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.participation import RecordChange, save_record
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, Kind, fields_of
from dashboard.ui.editing.form import Opened, choose, edit
from dashboard.ui.escape import one_line
from dashboard.ui.view import View

GROUPS = COUNTS[1:]
asks = fields_of("participation")


def _count(name: str) -> Field:
    label, below = (f"heard.group.{name}", "") if name in GROUPS else ("", "heard.counts_help")
    return asks(name, label=label, choices=(WITHHELD,), titles="heard.", below=below)


def _safe(name: str) -> Field:
    return asks(name, label=f"heard.{name}", titles="heard.safe.")


LINES = (
    (
        asks("activity", choices=("", *ACTIVITIES), titles="heard.activity.", required=True, width=3),
        asks("held_on", required=True, width=2),
        asks("age_groups", Kind.SEVERAL_OF, choices=AGES, titles="age_group.", width=4),
    ),
    tuple(map(_count, COUNTS)),
    tuple(map(_safe, SAFETY)),
    (
        asks("changed", titles="heard.changed.", width=2),
        asks("what_changed", Kind.LONG_TEXT, width=7),
    ),
    (asks("evidence_ref", example="heard.evidence_example"), asks("note", Kind.LONG_TEXT, "heard.note")),
)
"""In the order in which things happened: what, whom, how safely, with what outcome."""


def _publish(view: View, drafts: Sequence[Draft[Participation]], writer: Writer) -> Outcome:
    (draft,) = drafts
    name = _name(view, draft.typed)
    return save_record(store_folder(), RecordChange(draft.was, draft.typed), name, writer, view.today)


EDITOR: Editor[Participation] = Editor(
    "heard", LINES, Deed.HEARD, _publish, withdrawn=lambda record: Participation(record.record)
)


def write_record(view: View, operation: str, stored: Sequence[Participation]) -> None:
    """Draw the choice of record, its form and its buttons; after a conflict, both versions first."""
    records = {record.record: record for record in stored}
    titles = {code: _name(view, record) for code, record in records.items()}
    chosen = choose(view, EDITOR, ("heard.choose", "heard.new"), titles)
    # The draft of a new record stays with this operation and round.
    key = chosen or f"{operation} {view.state.round}"
    st.info(view.words("heard.no_names"), icon=":material/shield_person:")
    edit(view, Opened(EDITOR, key, records.get(chosen), Participation("", operation, view.state.round)))


def _name(view: View, record: Participation) -> str:
    """Return how a record is referred to, in words."""
    activity = view.words(f"heard.activity.{record.activity}") if record.activity else view.words("heard.new")
    return one_line(" · ".join(part for part in (activity, record.held_on) if part))
