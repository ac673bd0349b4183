"""One row in a form, new or existing: its fields, who is writing and why, and the buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.model.records import Draft
from dashboard.store.locking import Outcome, Writer
from dashboard.ui.editing.editor import Editor, Row, ask_who
from dashboard.ui.editing.field import NO_WORDS, Field, FieldKind, Titles, draw_field
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

NEW = ""
"""The choice for a row that does not exist yet."""
NO_TITLES: Titles = {}
VERSIONS = ("was", "theirs", "yours")
"""A row as it was opened, as somebody else has left it, and as it is typed here."""
Version = Mapping[str, str]
"""What one version of a row says, by label; safe in Markdown."""
Said = Callable[[Row], Version]


@dataclass(frozen=True)
class Opened(Generic[Row]):
    """A row in a form: the key of its draft, as it is stored, None for a new one, and as its form starts."""

    editor: Editor[Row]
    key: Any
    stored: Row | None
    start: Row

    @property
    def draft(self) -> Draft[Row]:
        """The draft, or the initial values if there is none."""
        return self.editor.draft(self.key, self.stored, self.start)

    @property
    def code(self) -> str:
        """How its widgets are told apart from those of other rows."""
        return self.key if isinstance(self.key, str) else " ".join(self.key)

    def say(self, **said: Any) -> None:
        """Keep what was typed into some of its fields."""
        draft = self.draft
        typed = self.editor.tidy(replace(draft.typed, **said))
        self.editor.keep(self.key, replace(draft, typed=typed), self.start)


def choose(view: View, editor: Editor[Row], label: tuple[str, str], named: Mapping[str, str]) -> str:
    """Return the code of the row to edit; NEW for an additional one.

    `label` holds the keys of the label and of the choice of a new row, `named` the titles of the rows by code.
    """
    widget = f"{editor.name}_chosen"
    which, new = map(view.words, label)
    if st.session_state.get(widget) not in named:
        st.session_state[widget] = NEW
    chosen: str = st.selectbox(which, [NEW, *named], key=widget, format_func=lambda code: named.get(code, new))
    return chosen


def draw_fields(view: View, opened: Opened[Row], titles: Titles = NO_TITLES) -> None:
    """Draw the fields that the row has. What is typed is kept as soon as a field is left."""
    typed, new = opened.draft.typed, opened.stored is None
    for line in opened.editor.lines:
        shown = [field for field in line if field.applies(typed) and (new or not field.identifies)]
        for place, field in zip(_columns(shown), shown, strict=True):
            with place:
                draw_one(view, opened, field, titles)
        for said in (field.below for field in shown if field.below):
            st.caption(view.words(said))


def _columns(shown: Sequence[Field]) -> list[DeltaGenerator]:
    """Return a place for each field. A box to tick has no label above it, so it is level with the other boxes."""
    widths = [field.width for field in shown]
    if any(field.kind is FieldKind.YES_NO for field in shown):
        return st.columns(widths, vertical_alignment="bottom")
    return st.columns(widths) if widths else []


def draw_one(
    view: View, opened: Opened[Row], field: Field, titles: Titles = NO_TITLES, own: Mapping[str, str] = NO_WORDS
) -> None:
    """Draw one field. `own` holds its label or help where they depend on the row."""
    widget = f"{opened.editor.name}_{field.name} {opened.code}"
    keep = lambda: opened.say(**{field.name: field.text(st.session_state[widget])})  # noqa: E731
    typed = opened.draft.typed
    if field.label_of is not None:
        own = {"label": view.words(field.label_of(typed)), **own}
    draw_field(view, field, getattr(typed, field.name), widget, keep, titles, own)


def version(view: View, editor: Editor[Row], row: Row, titles: Titles = NO_TITLES) -> Version:
    """Return what a row says, by label: first what can be edited."""
    words = view.words
    said = {f.called(words): f.in_words(words, titles, getattr(row, f.name)) for f in editor.fields}
    others = [column.name for column in fields(row) if all(column.name != field.name for field in editor.fields)]
    return said | {editor.called(words, name): escape(str(getattr(row, name))) for name in others}


def draw_conflict(
    view: View, opened: Opened[Row], keep_mine: Callable[[Draft[Row]], None], said: Said[Row], title: str = ""
) -> bool:
    """Whether somebody else saved first; if so, show what differs and let the user choose.

    `keep_mine` is given the same draft, based on what is stored now. `said` puts a row into words. `title` names the
    row where there are several.
    """
    words, editor, draft, now = view.words, opened.editor, opened.draft, opened.stored
    if draft.was is None or now is None or not editor.conflicts(draft, now):
        return False
    st.warning(words("edit.conflict_of", row=title) if title else words("edit.conflict"))
    versions = {words(f"edit.{of}"): said(row) for of, row in zip(VERSIONS, (draft.was, now, draft.typed), strict=True)}
    draw_table(
        [
            {words("column.what"): name}
            | {of: version[name] or words("edit.empty") for of, version in versions.items()}
            for name in said(now)
            if len({version[name] for version in versions.values()}) > 1
        ]
    )
    with st.container(horizontal=True):
        mine = f"{editor.name}_mine {opened.code}"
        if st.button(words("edit.keep_mine"), key=mine, help=words("edit.keep_mine_help"), type="primary"):
            keep_mine(Draft(now, draft.typed))
        theirs = f"{editor.name}_theirs {opened.code}"
        st.button(words("edit.take_theirs"), key=theirs, on_click=editor.settle, args=(opened.key,))
    return True


def draw_saving(view: View, opened: Opened[Row], writer: Writer, done: Callable[[Outcome], None] | None = None) -> None:
    """Draw save, discard and withdraw. `done` runs once the row is saved, before the page is drawn again."""
    words, editor, draft = view.words, opened.editor, opened.draft
    told = st.container()
    with told, st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(words("edit.save"), key=f"{editor.name}_save {opened.code}", type="primary")
        if opened.key in editor.drafts():
            key = f"{editor.name}_discard {opened.code}"
            st.button(words("edit.discard"), key=key, on_click=editor.settle, args=(opened.key,))
        withdrawn = editor.withdrawn(opened.stored) if editor.withdrawn and opened.stored is not None else None
        taken_back = withdrawn and st.button(words("edit.withdraw"), key=f"{editor.name}_back {opened.code}")
    if withdrawn is not None and taken_back:
        save_one(view, opened, Draft(opened.stored, withdrawn), writer, done)
    elif pressed and draft.typed == opened.stored:
        told.caption(words("edit.nothing_changed"))
    elif pressed and (said := lacks(view, opened)):
        told.caption(said)
    elif pressed:
        save_one(view, opened, draft, writer, done)


def lacks(view: View, opened: Opened[Row]) -> str:
    """Say which required fields are empty; empty if none is."""
    lacking = [field.called(view.words) for field in opened.editor.lacking(opened.draft.typed)]
    return view.words("edit.needs", fields=view.words.listed(lacking)) if lacking else ""


def save_one(
    view: View, opened: Opened[Row], draft: Draft[Row], writer: Writer, done: Callable[[Outcome], None] | None = None
) -> None:
    """Publish a draft of the row. A refusal is explained at once, unless the next run shows both versions."""
    editor = opened.editor
    outcome = editor.save(view, {opened.key: draft}, writer)
    if outcome.revision is not None:
        editor.drop(opened.key)
        if done is not None:
            done(outcome)
        st.rerun()
    editor.held().note = None
    if any(problem.kind == "changed_meanwhile" for problem in outcome.problems):
        # What the form holds is mine, typed or not: if nothing were kept, the next run would show only theirs.
        editor.drafts()[opened.key] = replace(draft, typed=opened.draft.typed)
        st.rerun()
    editor.tell_refused(view, outcome.problems)


def edit(
    view: View,
    opened: Opened[Row],
    titles: Titles = NO_TITLES,
    writer: Writer | None = None,
    done: Callable[[Outcome], None] | None = None,
) -> Writer:
    """Draw the whole form of a row: after a conflict, both versions first; who is writing, and the buttons.

    `writer` is whoever was asked above the form already; returns who writes.
    """
    above = st.container()
    draw_fields(view, opened, titles)
    by = writer or ask_who(view, opened.editor.deed)
    save = lambda draft: save_one(view, opened, draft, by, done)  # noqa: E731
    with above:
        clash = draw_conflict(view, opened, save, lambda row: version(view, opened.editor, row, titles))
    if not clash:
        draw_saving(view, opened, by, done)
    return by
