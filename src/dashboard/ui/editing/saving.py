"""How is what was typed saved? As one publication; what came of it is noted in the session and told by the next run.

One saver for answers, reviews and actions: they differ in what is written, and in what their columns are called.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard.model.problem import Problem, sentence
from dashboard.store.locking import Outcome
from dashboard.ui.escape import escape
from dashboard.ui.session_keys import Key
from dashboard.ui.session_values import Note
from dashboard.ui.view import View

Draft = TypeVar("Draft")
Result = TypeVar("Result", bound=Outcome)


@dataclass(frozen=True)
class Saver(Generic[Draft, Result]):
    """Saves one kind of draft; `column` is what the page calls a column.

    The session holds under `noted` what became of the last save, and under `asked` that somebody wants the next one.
    """

    noted: Key[Note[Draft, Result]]
    asked: Key[bool]
    column: Callable[[View, str], str]

    def ask(self) -> None:
        """Everything that is whole is saved by the run that comes."""
        self.asked.set(True)

    def is_asked(self) -> bool:
        """Whether somebody has asked for a save since the last run. Asked once, it is no longer so."""
        return self.asked.pop(False)

    def note(self) -> Note[Draft, Result] | None:
        """What became of the last save; None before the first, and once it is taken."""
        return self.noted.get()

    def take_note(self) -> Note[Draft, Result] | None:
        """The same, and it is told no more."""
        return self.noted.pop()

    def save(
        self, view: View, drafts: dict[Any, Draft], waiting: Mapping[Any, Draft], write: Callable[[], Result]
    ) -> Result:
        """Write what is waiting. What was saved is no draft any more, unless something else was typed meanwhile."""
        with st.spinner(view.words("plan.saving")):
            outcome = write()
        self.noted.set(Note(waiting, outcome))
        if outcome.revision is not None:
            for key, draft in waiting.items():
                if drafts.get(key) == draft:
                    del drafts[key]
        return outcome

    def tell(self, view: View, drafts: Mapping[Any, Draft], say_saved: Callable[[str], object], count: str) -> None:
        """What became of the last save: how many were saved, or why none as long as one of them is still a draft."""
        note = self.note()
        if note is None:
            return
        if note.outcome.revision is not None:
            say_saved(view.words.count(count, len(note.tried), number=note.outcome.revision.number))
        elif any(key in drafts for key in note.tried):
            self.tell_refused(view, note.outcome.problems)

    def tell_refused(self, view: View, problems: Sequence[Problem]) -> None:
        """Why nothing was saved, one sentence each, columns called as they are on the page."""
        told = (
            escape(sentence(replace(problem, column=self.column(view, problem.column or "") or None), view.words))
            for problem in problems
        )
        st.error("  \n".join([view.words("plan.not_saved"), *told]))
