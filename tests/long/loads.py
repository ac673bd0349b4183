"""What is published while others work? A steward's files, and a role that is taken away and given back."""

from pathlib import Path

from dashboard.model.answer import Key
from dashboard.model.permissions import Grant, Person, Role
from dashboard.model.problem import sentence
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from tests.conftest import TODAY
from tests.long.crowd import WORDS, Member
from tests.long.marked import LETTERS, criteria_of, operation_of

STEWARD = Person("steward-of-files", "", (Grant(Role.STEWARD),))
ADMIN = Person("admin-of-roles", "", (Grant(Role.ADMIN),))
LOADED = 3
"""Criteria of each operation that only these files answer."""


class Loads:
    """Publishes one after the other from this process, while two others serve the pages."""

    def __init__(self, store: Path, folder: Path, granted: Member) -> None:
        self.store, self.folder, self.granted = store, folder, granted
        self.notes = dict[Key, str]()
        self.n_files = self.n_roles = 0
        self.wrong = list[str]()

    def publish_next(self) -> None:
        """Publish a file; after every second one, the role that was given is taken away, or given back."""
        self._answers()
        if self.n_files % 2 == 0:
            self.grant(self.granted.is_shut_out)

    def grant(self, given: bool) -> None:
        """Give a role to one person, or take it away: what they see, and may be refused, changes with that."""
        one = self.granted
        one.may_be_refused, one.n_moved = True, one.n_moved + 1
        if given:
            one.is_shut_out = False
        role = f"{one.role},operation:{operation_of(one.letter)}" if given else ","
        moved = self._publish("people", f"subject,role,scope\n{one.subject},{role}\n", ADMIN)
        self.n_roles += moved
        one.is_shut_out = one.may_be_refused = given is not moved

    def _answers(self) -> None:
        operation = operation_of(LETTERS[1 + self.n_files % (len(LETTERS) - 1)])
        note = f"file {self.n_files} for {operation}"
        keys = [("2025", operation, criterion) for criterion in criteria_of(self.folder / "data", operation)[:LOADED]]
        lines = ["round,operation,criterion,status,evidence,note"]
        lines += [f"{','.join(key)},partly,seen,{note}" for key in keys]
        if self._publish("answers", "\n".join(lines), STEWARD):
            self.notes |= dict.fromkeys(keys, note)
        self.n_files += 1

    def _publish(self, name: str, text: str, person: Person) -> bool:
        path = self.folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        role = str(person.grants[0].role)
        outcome = publish(Load(self.store, [path], Writer(role, "the trial", person=person), TODAY))
        if outcome.revision is None:
            self.wrong += [f"{name}.csv: {sentence(problem, WORDS)}" for problem in outcome.problems]
        return outcome.revision is not None
