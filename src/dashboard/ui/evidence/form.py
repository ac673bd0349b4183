"""What an answer or an action rests on, item by item: added, changed and removed by whoever may edit it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

import streamlit as st

from dashboard.model.answers.evidence import EVIDENCE_EDITED, Evidence, Subject, of_action
from dashboard.model.draft import Draft
from dashboard.model.people.permissions import Deed
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.evidence import EvidenceChange, save_evidence
from dashboard.store.reading.evidence import stored_evidence
from dashboard.ui.editing.editor import Editor
from dashboard.ui.editing.field import Field, fields_of
from dashboard.ui.editing.form import Opened, choose, edit
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import one_line
from dashboard.ui.evidence_items import item_line
from dashboard.ui.view import View

asks = fields_of("evidence")


def _text(name: str, required: bool = False) -> Field:
    return asks(name, label=f"evidence_item.{name}", example=f"evidence_item.example_{name}", required=required)


LINES = (
    (_text("title", required=True),),
    (_text("link"), _text("document")),
    (_text("page"), _text("holder")),
    (
        asks("dated_on", label="evidence_item.dated_on"),
        asks("confidential", label="evidence_item.confidential", help="evidence_item.confidential_help"),
    ),
)


def _publish(view: View, drafts: Sequence[Draft[Evidence]], writer: Writer) -> Outcome:
    (draft,) = drafts
    wanted = draft.typed if draft.typed.title else None
    name = one_line((draft.was or draft.typed).title) or view.words("evidence_item.new")
    change = EvidenceChange(draft.typed.subject, draft.was, wanted)
    return save_evidence(store_folder(), change, name, writer, view.today)


def _stripped(item: Evidence) -> Evidence:
    return replace(item, **{name: getattr(item, name).strip() for name in EVIDENCE_EDITED})


EDITOR: Editor[Evidence] = Editor(
    "evidence", LINES, Deed.ANSWER, _publish, withdrawn=lambda item: Evidence(*item.subject), tidy=_stripped
)


def edit_evidence(view: View, subject: Subject, writer: Writer) -> None:
    """Draw the items and the form for one of them, folded away below what they support."""
    with view.published.cursor() as cursor:
        stored = stored_evidence(cursor, subject)
    words = view.words
    editor = replace(EDITOR, deed=Deed.ACT) if subject == of_action(subject[-1]) else EDITOR
    editor.tell(view, dict(enumerate(stored)))
    title = words.count("evidence_item.behind", len(stored)) if stored else words("evidence_item.none")
    place = folded(title, "evidence_items")
    if place is None:
        return
    with place:
        if stored:
            st.markdown("\n".join(f"- {item_line(view, _shown(item))}" for item in stored))
        st.caption(words("evidence_item.help"))
        _edit(view, subject, stored, writer)


def _shown(item: Evidence) -> dict[str, object]:
    """Return an item as a row of `evidence_items`, with everything that it says."""
    return asdict(item) | {"dated_on": date.fromisoformat(item.dated_on) if item.dated_on else None}


def _edit(view: View, subject: Subject, stored: list[Evidence], writer: Writer) -> None:
    of = " ".join(subject).strip()
    items = {f"{of} {n}": item for n, item in enumerate(stored, 1)}
    titles = {code: one_line(item.title) for code, item in items.items()}
    chosen = choose(view, EDITOR, ("evidence_item.choose", "evidence_item.new"), titles)
    # The draft of a new item stays with its answer or action.
    edit(view, Opened(EDITOR, chosen or of, items.get(chosen), Evidence(*subject)), writer=writer)
