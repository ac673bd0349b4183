"""An editor of one kind of row: its drafts, conflicts and saving; and who is writing, in which role and why.

Each kind of row declares its own. See docs/decisions/0014-edits.md.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.model.permissions import Deed, Place, role_for
from dashboard.model.problem import Problem, sentence
from dashboard.model.records import Draft
from dashboard.model.words import Words
from dashboard.store.disk import refused_as_replica, store_folder
from dashboard.store.locking import Outcome, Writer, refusal, refusal_at
from dashboard.store.publishing.save_rows import first_of_key, save_rows
from dashboard.ui import session
from dashboard.ui.editing.field import Field, FieldKind, set_widget
from dashboard.ui.escape import escape
from dashboard.ui.session import listens_on
from dashboard.ui.session_state import EDITED, WRITER, WRITER_ROLE, WRITER_WHY, Edited, Note
from dashboard.ui.view import View, ViewSource

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def may_write(view: View, deed: Deed, place: Place | None = None) -> bool:
    """Whether the current publication can be changed this way; if not, show the sentence that says why.

    `place` is where, if it is known already; otherwise it is enough that it may be done somewhere.
    """
    if view.source is ViewSource.TRIAL:
        st.info(view.words("trial.refused"))
        return False
    return may_publish(view, deed, place)


def may_publish(view: View, deed: Deed, place: Place | None = None) -> bool:
    """Whether this can be published now, by whoever is asking; if not, show the sentence that says why."""
    if view.source is ViewSource.SCENARIO:
        st.info(view.words("whatif.refused"))
        return False
    if view.masked:
        st.info(view.words("safe.refused"))
        return False
    refused = refused_here(deed, place)
    if refused is not None:
        st.info(sentence(refused, view.words))
    return refused is None


def refused_here(deed: Deed, place: Place | None = None) -> Problem | None:
    """Return why this session may not do something, or None."""
    writer = visitor(deed)
    return (
        refused_as_replica(store_folder())
        or refusal(writer, deed)
        or (refusal_at(writer, deed, place) if place is not None else None)
    )


def visitor(deed: Deed) -> Writer:
    """Return whoever is here, without a reason; a role stands for somebody who has not been asked for one."""
    return _writer(deed, "visitor", "")


def ask_who(view: View, deed: Deed, places: Sequence[DeltaGenerator] = (), reason: bool = False) -> Writer:
    """Ask for the role, and for a `reason` if there is no other in what is published, starting from the last entered.

    They are asked for in two places beside each other; whoever has signed in is not asked for a role.
    """
    # Kept under our own key, because widget keys are forgotten on another page.
    held = WRITER.setdefault(("", ""))
    for key, said in zip((WRITER_ROLE, WRITER_WHY), held, strict=True):
        set_widget(key.name, said)
    left, right = places or st.columns(2)
    if session.person() is None:
        example = view.words("data.role_example")
        left.text_input(view.words("data.role"), key=WRITER_ROLE.name, placeholder=example, on_change=_keep_who)
    else:
        right = left
    if reason:
        right.text_input(view.words("data.why"), key=WRITER_WHY.name, on_change=_keep_who)
    writer = held_writer(deed)
    return writer if reason else replace(writer, why="")


def held_writer(deed: Deed) -> Writer:
    """Return the role and reason entered last in this session; with sign-in, the person's own role."""
    return _writer(deed, *WRITER.get(("", "")))


def _writer(deed: Deed, role: str, why: str) -> Writer:
    person = session.person()
    return Writer(role if person is None else role_for(person, deed), why, listens_on(), person)


def _keep_who() -> None:
    held = WRITER.get(("", ""))
    WRITER.set((st.session_state.get(WRITER_ROLE.name, held[0]), WRITER_WHY.now()))


Row = TypeVar("Row", bound="DataclassInstance")
EVERYTHING = "everything"
"""The request to save every draft."""
Line = tuple[Field, ...]
"""Fields beside each other; on a phone they are below each other."""
NOTHING: Mapping[Any, Any] = {}


def as_it_is(row: Row) -> Row:
    """Return the row unchanged."""
    return row


@dataclass(frozen=True)
class Editor(Generic[Row]):
    """One kind of row. `name` is the prefix of its widgets, and where the session holds its drafts, by key.

    `publish` saves drafts as one step, by whoever may do the `deed`, if they are not simply rows of one table; `title`
    is what such a row is called. `withdrawn` returns the row that, saved, takes back another; without it, none can be.
    `tidy` returns a row in which what was just typed agrees with the rest. `same` says whether two versions have the
    same content, whoever gave them.
    """

    name: str
    lines: tuple[Line, ...]
    deed: Deed = Deed.SEE
    publish: Callable[[View, Sequence[Draft[Row]], Writer], Outcome] | None = None
    title: Callable[[View, Row], str] | None = None
    withdrawn: Callable[[Row], Row] | None = None
    tidy: Callable[[Row], Row] = as_it_is
    same: Callable[[Row, Row], bool] = operator.eq

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the form."""
        return tuple(field for line in self.lines for field in line)

    def held(self) -> Edited:
        """Return what the session holds for this editor."""
        return EDITED.setdefault({}).setdefault(self.name, Edited())

    def drafts(self) -> dict[Any, Draft[Row]]:
        """Return all unsaved drafts by key."""
        return self.held().drafts

    def draft(self, key: Any, now: Row | None, start: Row) -> Draft[Row]:
        """Return the draft so far; without one, the stored row, or a new row's initial values."""
        return self.drafts().get(key) or Draft(now, now or start)

    def keep(self, key: Any, draft: Draft[Row], start: Row) -> None:
        """Keep what was entered; a draft equal to what it started from is dropped."""
        if self.same(draft.typed, draft.was or start):
            self.drop(key)
        else:
            self.drafts()[key] = draft

    def drop(self, key: Any) -> None:
        """Discard the draft."""
        self.drafts().pop(key, None)

    def settle(self, key: Any, draft: Draft[Row] | None = None) -> None:
        """Replace a draft by another, or by none; a grid then shows it."""
        self.drop(key)
        if draft is not None:
            self.drafts()[key] = draft
        self.held().grid = None

    def conflicts(self, draft: Draft[Row], now: Row | None) -> bool:
        """Whether somebody else has changed the row since the draft was started."""
        return draft.was is not None and now is not None and not self.same(draft.was, now)

    def lacking(self, row: Row) -> list[Field]:
        """Return the required fields that are empty."""
        required = [field for field in self.fields if field.required and field.applies(row)]
        return [field for field in required if not getattr(row, field.name).strip()]

    def ask(self, key: Any = EVERYTHING) -> None:
        """Ask the next run to save what is complete; `key` is the draft beside which this was asked for."""
        self.held().asked = key

    def asked(self) -> Any:
        """Return what was asked for since the last run, or None; asking clears the request."""
        key, self.held().asked = self.held().asked, None
        return key

    def save(self, view: View, waiting: Mapping[Any, Draft[Row]], writer: Writer, undoing: bool = False) -> Outcome:
        """Publish the waiting drafts as one step. A saved draft is dropped unless it was changed in the meantime."""
        words = view.words
        if not writer.why:
            writer = replace(writer, why=words.count("edit.why", len(waiting), page=words(f"page.{view.page}")))
        with st.spinner(words("edit.saving")):
            outcome = self._publish(view, list(waiting.values()), writer)
        self.held().note = Note(waiting, outcome, undoing)
        if outcome.revision is not None:
            for key, draft in waiting.items():
                if self.drafts().get(key) == draft:
                    self.drop(key)
        return outcome

    def _publish(self, view: View, drafts: Sequence[Draft[Any]], writer: Writer) -> Outcome:
        if self.publish is not None:
            return self.publish(view, drafts, writer)
        called = partial(self.title, view) if self.title is not None else first_of_key
        return save_rows(store_folder(), drafts, writer, view.today, called)

    def tell(self, view: View, stored: Mapping[Any, Row] = NOTHING) -> None:
        """Report the last save once, with the way to undo it if nobody has changed it since.

        `stored` holds what is published, by the keys of drafts. A refusal is reported as long as one of the rows is
        still a draft.
        """
        if view.masked:
            return
        self._undo(view)
        note = self.held().note
        if note is None:
            return
        if note.outcome.revision is None:
            if any(key in self.drafts() for key in note.tried):
                self.tell_refused(view, note.outcome.problems)
            return
        self.held().note = None
        number, n = note.outcome.revision.number, len(note.tried)
        back = {} if note.undoing else self._back(note.tried, stored)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(view.words.count("edit.undone" if note.undoing else "edit.saved", n, number=number))
            if back:
                key, icon = f"{self.name}_undo", ":material/undo:"
                st.button(view.words("edit.undo"), key=key, icon=icon, on_click=self._ask_undo, args=(back, number))

    def tell_refused(self, view: View, problems: Iterable[Problem]) -> None:
        """Say why nothing was saved, one sentence per problem, with columns named as on the page."""
        told = [
            escape(sentence(replace(problem, column=self.called(view.words, problem.column or "") or None), view.words))
            for problem in problems
        ]
        st.error("  \n".join([view.words("edit.not_saved"), *told]))

    def called(self, words: Words, column: str) -> str:
        """Return the label of a column, whether it can be edited or not."""
        field = next((field for field in self.fields if field.name == column), Field(column))
        return field.called(words) if field.label or words.has(f"column.{column}") else column

    def _back(self, tried: Mapping[Any, Draft[Row]], stored: Mapping[Any, Row]) -> dict[Any, Draft[Row]]:
        """Return the drafts that restore what was there before; empty unless all of it can be restored."""
        back = {key: draft for key, saved in tried.items() if (draft := self._before(key, saved, stored))}
        return back if len(back) == len(tried) else {}

    def _before(self, key: Any, saved: Draft[Row], stored: Mapping[Any, Row]) -> Draft[Row] | None:
        """Return the draft that restores what one draft has replaced; None if that cannot be done."""
        if saved.was is not None and self.withdrawn is not None and saved.typed == self.withdrawn(saved.was):
            return Draft(None, saved.was)
        now = next((row for row in stored.values() if self._is_saved(saved, row)), None)
        if key in stored:
            now = stored[key] if self._says(saved.typed, stored[key]) else None
        if now is None:
            return None
        if saved.was is not None:
            return Draft(now, saved.was)
        return Draft(now, self.withdrawn(now)) if self.withdrawn is not None else None

    def _is_saved(self, saved: Draft[Row], row: Row) -> bool:
        """Whether a row is what was saved as a new one, or under a key that is made of what was changed."""
        return row == saved.typed if saved.was is not None else self._says(saved.typed, row)

    def _says(self, typed: Row, row: Row) -> bool:
        """Whether a stored row says what was typed. The store may withhold a number."""
        return all(
            getattr(row, field.name) == getattr(typed, field.name)
            or (field.kind is FieldKind.NUMBER and getattr(row, field.name) in field.choices)
            for field in self.fields
        )

    def _ask_undo(self, back: Mapping[Any, Draft[Row]], number: int) -> None:
        self.held().undo = (back, number)

    def _undo(self, view: View) -> None:
        asked, self.held().undo = self.held().undo, None
        if asked is None:
            return
        back, number = asked
        writer = replace(held_writer(self.deed), why=view.words("edit.undo_why", number=number))
        outcome = self.save(view, back, writer, undoing=True)
        if outcome.revision is None:
            self.held().note = None
            self.tell_refused(view, outcome.problems)
            return
        st.rerun()
