"""One row of a table as a form: a new one, or one that is there. What is typed is kept, and saved as one publication.

One form for targets and for records of how children were heard: they differ in their fields, and in what is called how.
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
from dashboard.ui.session_keys import Key
from dashboard.ui.view import View

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")
NEW = ""
"""The choice of a row that is not there yet."""


@dataclass(frozen=True)
class RowForm(Generic[Row]):
    """`name` begins the keys of its widgets; `section` of the words says what they are called.

    The session holds under `chosen` which row is written, and under `drafts` what is typed, by the code of its row.
    """

    name: str
    section: str
    chosen: Key[str]
    drafts: Key[dict[str, Draft[Row]]]
    saver: Saver[Draft[Row], Outcome]
    publish: Callable[[Draft[Row], str, Writer, date], Outcome]

    def choose(self, view: View, named: Mapping[str, Row], title: Callable[[Row], str]) -> str:
        """The code of the row that is written; NEW for another one."""
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
        """What is typed of a row by now; else the row as it stands, or a new one as it starts."""
        return self.drafts.setdefault({}).get(code) or Draft(now, now or start)

    def field(
        self, code: str, draft: Draft[Row], column: str, value: object, typed: Callable[[Any], Mapping[str, str]]
    ) -> dict[str, Any]:
        """What a widget of one value needs; it holds what is typed. `typed` says what its value means for the row."""
        widget = f"{self.name}_{column} {code}"
        set_widget(widget, value)

        def keep() -> None:
            held = self.drafts.now().get(code) or draft
            self.drafts.now()[code] = replace(held, typed=replace(held.typed, **typed(st.session_state[widget])))

        return {"key": widget, "on_change": keep}

    def draw_saving(
        self, view: View, code: str, draft: Draft[Row], writer: Writer, name: str, emptied: Row | None, whole: bool
    ) -> None:
        """The buttons: save, discard, take back. `emptied` is what takes it back, where it is there; `name` is its."""
        words = view.words
        told = st.container()
        with told, st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.button(words("plan.save"), key=f"{self.name}_save {code}", type="primary")
            if code in self.drafts.now():
                st.button(words("plan.discard"), key=f"{self.name}_discard {code}", on_click=self.drop, args=(code,))
            taken_back = emptied and st.button(words(f"{self.section}.take_back"), key=f"{self.name}_back {code}")
        if taken_back and emptied is not None:
            self._save(view, code, Draft(draft.was, emptied), name, writer)
        elif pressed and draft.typed == draft.was:
            told.caption(words("plan.nothing_changed"))
        elif pressed and not whole:
            told.caption(words(f"{self.section}.needs"))
        elif pressed:
            self._save(view, code, draft, name, writer)

    def tell_saved(self, view: View) -> None:
        """That the last row was saved, once."""
        note = self.saver.note()
        if note is not None and note.outcome.revision is not None and not view.masked:
            self.saver.take_note()
            st.success(view.words(f"{self.section}.saved", number=note.outcome.revision.number))

    def drop(self, code: str) -> None:
        """Forget what was typed."""
        self.drafts.setdefault({}).pop(code, None)

    def is_in_conflict(
        self, view: View, code: str, draft: Draft[Row], now: Row | None, version: Callable[[Row], Version]
    ) -> bool:
        """Whether somebody was sooner: then what differs stands here, and one of the two is chosen."""
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
        """Publish a draft under the name that a reader knows it by; why it was refused is told at once."""
        outcome = self.saver.save(
            view, self.drafts.now(), {code: draft}, lambda: self.publish(draft, name, writer, view.today)
        )
        if outcome.revision is None:
            self.saver.take_note()
            self.saver.tell_refused(view, outcome.problems)
            return
        self.drop(code)
        st.rerun()
