"""What an answer or an action rests on, item by item: added, changed and removed by whoever may edit it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import partial

import streamlit as st

from dashboard.model.answers.evidence import EVIDENCE_EDITED, Evidence, Subject
from dashboard.model.draft import Draft
from dashboard.store.location import store_folder
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.evidence import EvidenceChange, save_evidence
from dashboard.store.reading.evidence import stored_evidence
from dashboard.ui.editing.row_form import RowForm
from dashboard.ui.editing.saving import Saver
from dashboard.ui.elements.folds import folded
from dashboard.ui.escape import escape, one_line
from dashboard.ui.evidence_items import item_line
from dashboard.ui.session_keys import EVIDENCE_ASKED, EVIDENCE_DRAFTS, EVIDENCE_ITEM, EVIDENCE_NOTE
from dashboard.ui.view import View


def _label(view: View, name: str) -> str:
    """Return the form's label for a column."""
    return view.words(f"evidence_item.{name}") if name in EVIDENCE_EDITED else name


def _publish(draft: Draft[Evidence], name: str, writer: Writer, today: date) -> Outcome:
    wanted = draft.typed if draft.typed.title else None
    return save_evidence(store_folder(), EvidenceChange(draft.typed.subject, draft.was, wanted), name, writer, today)


FORM: RowForm[Evidence] = RowForm(
    "evidence", "evidence_item", EVIDENCE_ITEM, EVIDENCE_DRAFTS, Saver(EVIDENCE_NOTE, EVIDENCE_ASKED, _label), _publish
)


def edit_evidence(view: View, subject: Subject, writer: Writer) -> None:
    """Draw the items and the form for one of them, folded away below what they support."""
    with view.published.cursor() as cursor:
        stored = stored_evidence(cursor, subject)
    words = view.words
    FORM.tell_saved(view)
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
    named = {f"{of} {n}": item for n, item in enumerate(stored, 1)}
    chosen = FORM.choose(view, named, lambda item: one_line(item.title))
    now = named.get(chosen)
    # The draft of a new item stays with its answer or action.
    code = chosen or of
    draft = FORM.draft(code, now, Evidence(*subject))

    def version(item: Evidence) -> dict[str, str]:
        return {_label(view, name): escape(getattr(item, name)) for name in EVIDENCE_EDITED}

    if FORM.is_in_conflict(view, code, draft, now, version):
        return
    _fields(view, code, draft)
    draft = FORM.draft(code, now, draft.typed)
    name = one_line(draft.typed.title) or view.words("evidence_item.new")
    FORM.draw_saving(view, code, draft, writer, name, draft.was and Evidence(*subject), bool(draft.typed.title.strip()))


def _fields(view: View, code: str, draft: Draft[Evidence]) -> None:
    words = view.words
    for names in (("title",), ("link", "document"), ("page", "holder")):
        for place, name in zip(st.columns(len(names)), names, strict=True):
            field = FORM.field(code, draft, name, getattr(draft.typed, name), partial(_typed, name))
            example = words(f"evidence_item.example_{name}")
            place.text_input(_label(view, name), placeholder=example, **field)
    day, kept = st.columns(2, vertical_alignment="bottom")
    on = date.fromisoformat(draft.typed.dated_on) if draft.typed.dated_on else None
    day.date_input(
        _label(view, "dated_on"),
        min_value=date(1990, 1, 1),
        max_value=view.today,
        format="YYYY-MM-DD",
        **FORM.field(code, draft, "dated_on", on, partial(_typed, "dated_on")),
    )
    secret = FORM.field(code, draft, "confidential", bool(draft.typed.confidential), partial(_typed, "confidential"))
    kept.checkbox(_label(view, "confidential"), help=words("evidence_item.confidential_help"), **secret)


def _typed(name: str, value: object) -> Mapping[str, str]:
    if isinstance(value, bool):
        return {name: "true" if value else ""}
    return {name: str(value).strip() if value else ""}
