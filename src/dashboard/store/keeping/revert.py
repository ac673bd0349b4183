"""How does an earlier publication come back into force? As a new move; nothing is deleted."""

from dataclasses import replace
from pathlib import Path

from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.commit import commit
from dashboard.store.history import current_number, history, next_number, publication_path, read_revision
from dashboard.store.intact import verify
from dashboard.store.locking import Outcome, with_write_lock
from dashboard.store.permission import Writer
from dashboard.store.publishing.publish import published_since


def revert(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication of an earlier move in force again, as a new move; nothing is deleted."""
    return with_write_lock(store, writer, Deed.REVERT, lambda: _revert_locked(store, number, writer), making=False)


def undo(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication before a move in force again, as a new move, unless something was published after it."""

    def action() -> Outcome:
        in_force = current_number(store)
        if number != in_force:
            return Outcome(None, (published_since(store, in_force),))
        return _revert_locked(store, read_revision(store, number).after, writer)

    return with_write_lock(store, writer, Deed.REVERT, action, making=False)


def _revert_locked(store: Path, number: int, writer: Writer) -> Outcome:
    # The whole history is read: a step after a gap could never be read again.
    revisions = {revision.number: revision for revision in history(store)}
    if number not in revisions:
        known = ", ".join(str(known) for known in revisions) or None
        problem = Problem("unknown_move", str(store), value=str(number), expected=known, weight=Weight.FILE)
        return Outcome(None, (problem,))
    earlier = revisions[number]
    by = next((revision for revision in revisions.values() if earlier.publication in revision.removed), None)
    path = publication_path(store, earlier.publication)
    if by is not None and not path.exists():
        return Outcome(None, (Problem("publication_removed", str(store), value=str(number), weight=Weight.FILE),))
    verify(path, earlier.size, sha256=earlier.sha256)
    # Its place in the history and its author are new; what comes back into force is unchanged.
    again = replace(earlier, number=next_number(store), kind="revert", n_problems=0, about="", lost=(), removed=())
    return commit(store, again, writer)
