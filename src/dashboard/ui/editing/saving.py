"""How is a draft saved? As one publication; the outcome is noted in the session and reported by the next run.

Answers, reviews and actions share this saver: they differ in what is written and in their labels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard.model.problem import Problem, sentence
from dashboard.store.locking import Outcome
from dashboard.ui.escape import escape
from dashboard.ui.session_key import Key
from dashboard.ui.session_values import Note
from dashboard.ui.view import View

Draft = TypeVar("Draft")
Result = TypeVar("Result", bound=Outcome)


@dataclass(frozen=True)
class Saver(Generic[Draft, Result]):
    """Saves one kind of draft; `column` returns the page's label for a column.

    The session keeps the outcome of the last save under `noted`, and a pending request under `asked`.
    """

    noted: Key[Note[Draft, Result]]
    asked: Key[bool]
    column: Callable[[View, str], str]

    def ask(self) -> None:
        """Ask the next run to save everything that is complete."""
        self.asked.set(True)

    def is_asked(self) -> bool:
        """Whether a save was requested since the last run; asking clears the request."""
        return self.asked.pop(False)

    def note(self) -> Note[Draft, Result] | None:
        """Return the outcome of the last save; None before the first, or once it is taken."""
        return self.noted.get()

    def take_note(self) -> Note[Draft, Result] | None:
        """Return the outcome and clear it, so that it is reported once."""
        return self.noted.pop()

    def save(
        self, view: View, drafts: dict[Any, Draft], waiting: Mapping[Any, Draft], write: Callable[[], Result]
    ) -> Result:
        """Write the waiting drafts. A saved draft is dropped unless it was changed in the meantime."""
        with st.spinner(view.words("edit.saving")):
            outcome = write()
        self.noted.set(Note(waiting, outcome))
        if outcome.revision is not None:
            for key, draft in waiting.items():
                if drafts.get(key) == draft:
                    del drafts[key]
        return outcome

    def tell(self, view: View, drafts: Mapping[Any, Draft], say_saved: Callable[[str], object], count: str) -> None:
        """Report the last save: how many were saved, or why none were, as long as one of them is still a draft."""
        note = self.note()
        if note is None:
            return
        if note.outcome.revision is not None:
            say_saved(view.words.count(count, len(note.tried), number=note.outcome.revision.number))
        elif any(key in drafts for key in note.tried):
            self.tell_refused(view, note.outcome.problems)

    def tell_refused(self, view: View, problems: Sequence[Problem]) -> None:
        """Say why nothing was saved, one sentence per problem, with columns named as on the page."""
        told = (
            escape(sentence(replace(problem, column=self.column(view, problem.column or "") or None), view.words))
            for problem in problems
        )
        st.error("  \n".join([view.words("edit.not_saved"), *told]))
