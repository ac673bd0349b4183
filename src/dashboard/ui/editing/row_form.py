"""One row of a table as a form, new or existing. What is typed is kept, and saved as one publication.

Targets and records of how children were heard share this form: they differ in their fields and labels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import streamlit as st

from dashboard.model.draft import Draft
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.ui.editing.conflict import Clash, Version, show_versions
from dashboard.ui.editing.draft import set_widget
from dashboard.ui.editing.saving import Saver
from dashboard.ui.session_key import Key
from dashboard.ui.view import View

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")
NEW = ""
"""The choice for a row that does not exist yet."""


@dataclass(frozen=True)
class RowForm(Generic[Row]):
    """A form for one kind of row. `name` is the prefix of its widget keys; `section` of the words holds its labels.

    The session keeps the code of the chosen row under `chosen`, and what is typed under `drafts`, by code.
    """

    name: str
    section: str
    chosen: Key[str]
    drafts: Key[dict[str, Draft[Row]]]
    saver: Saver[Draft[Row], Outcome]
    publish: Callable[[Draft[Row], str, Writer, date], Outcome]

    def choose(self, view: View, named: Mapping[str, Row], title: Callable[[Row], str]) -> str:
        """Return the code of the row to edit; NEW for an additional one."""
        if self.chosen.get(NEW) not in named:
            self.chosen.set(NEW)
        chosen: str = st.selectbox(
            view.words(f"{self.section}.choose"),
            [NEW, *named],
            key=self.chosen.name,
            format_func=lambda code: title(named[code]) if code in named else view.words(f"{self.section}.new"),
        )
        return chosen

    def draft(self, code: str, now: Row | None, start: Row) -> Draft[Row]:
        """Return the draft so far; without one, the stored row, or a new row's initial values."""
        return self.drafts.setdefault({}).get(code) or Draft(now, now or start)

    def field(
        self, code: str, draft: Draft[Row], column: str, value: object, typed: Callable[[Any], Mapping[str, str]]
    ) -> dict[str, Any]:
        """Return the widget arguments for one value, holding what is typed. `typed` converts the widget's value."""
        widget = f"{self.name}_{column} {code}"
        set_widget(widget, value)

        def keep() -> None:
            held = self.drafts.now().get(code) or draft
            self.drafts.now()[code] = replace(held, typed=replace(held.typed, **typed(st.session_state[widget])))

        return {"key": widget, "on_change": keep}

    def draw_saving(
        self, view: View, code: str, draft: Draft[Row], writer: Writer, name: str, emptied: Row | None, whole: bool
    ) -> None:
        """Draw save, discard and withdraw. `emptied` is the row that withdraws an existing one; `name` is its name."""
        words = view.words
        told = st.container()
        with told, st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.button(words("edit.save"), key=f"{self.name}_save {code}", type="primary")
            if code in self.drafts.now():
                st.button(words("edit.discard"), key=f"{self.name}_discard {code}", on_click=self.drop, args=(code,))
            taken_back = emptied and st.button(words(f"{self.section}.take_back"), key=f"{self.name}_back {code}")
        if taken_back and emptied is not None:
            self._save(view, code, Draft(draft.was, emptied), name, writer)
        elif pressed and draft.typed == draft.was:
            told.caption(words("edit.nothing_changed"))
        elif pressed and not whole:
            told.caption(words(f"{self.section}.needs"))
        elif pressed:
            self._save(view, code, draft, name, writer)

    def tell_saved(self, view: View) -> None:
        """Say once that the last row was saved."""
        note = self.saver.note()
        if note is not None and note.outcome.revision is not None and not view.masked:
            self.saver.take_note()
            st.success(view.words(f"{self.section}.saved", number=note.outcome.revision.number))

    def drop(self, code: str) -> None:
        """Discard the draft."""
        self.drafts.setdefault({}).pop(code, None)

    def is_in_conflict(
        self, view: View, code: str, draft: Draft[Row], now: Row | None, version: Callable[[Row], Version]
    ) -> bool:
        """Whether somebody else saved first; if so, show what differs and let the user choose."""
        if draft.was is None or now is None or draft.was == now:
            return False
        st.warning(view.words(f"{self.section}.conflict"))

        def keep_mine() -> None:
            self.drafts.now()[code] = Draft(now, draft.typed)
            st.rerun()

        keys = f"{self.name}_mine {code}", f"{self.name}_theirs {code}"
        clash = Clash(version(draft.was), version(now), version(draft.typed))
        show_versions(view, keys, clash, keep_mine, lambda: self.drop(code))
        return True

    def _save(self, view: View, code: str, draft: Draft[Row], name: str, writer: Writer) -> None:
        """Publish a draft under the name readers know it by; a refusal is explained at once."""
        outcome = self.saver.save(
            view, self.drafts.now(), {code: draft}, lambda: self.publish(draft, name, writer, view.today)
        )
        if outcome.revision is None:
            self.saver.take_note()
            self.saver.tell_refused(view, outcome.problems)
            return
        self.drop(code)
        st.rerun()
