"""How does what somebody has seen in a preview come into force, exactly as it was seen?"""

import shutil
from pathlib import Path
from secrets import token_hex

from dashboard.model.people.permissions import Deed
from dashboard.store.history import next_number
from dashboard.store.keeping.space import require_space
from dashboard.store.locking import Outcome, with_write_lock
from dashboard.store.permission import Writer
from dashboard.store.publishing.proof import Proof, current_revision
from dashboard.store.publishing.publish import commit_publication, may_not_grant, nothing_taken, published_since


def publish_preview(store: Path, proof: Proof, writer: Writer) -> Outcome:
    """Publish a private publication as it is. If the step in force is not the one it is based on, nothing changes.

    A copy is published: the proof stays, so that nothing is lost if this fails.
    """
    return with_write_lock(store, writer, Deed.LOAD, lambda: _published(store, proof, writer))


def _published(store: Path, proof: Proof, writer: Writer) -> Outcome:
    # The whole step is compared, not just its number: somebody may have started the store again.
    step = current_revision(store)
    if step != proof.over:
        return Outcome(None, (published_since(store, step.number if step is not None else 0),))
    if (ungranted := may_not_grant(writer, proof.built)) is not None:
        return Outcome(None, (ungranted,))
    if not proof.built.took:
        return Outcome(None, proof.built.problems or nothing_taken(proof.built))
    require_space(store, 2 * proof.size)
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    try:
        shutil.copyfile(proof.path, folder / "new.duckdb")
        outcome = commit_publication(store, folder / "new.duckdb", next_number(store), writer, proof.built)
        return Outcome(outcome.revision, (*outcome.problems, *proof.built.problems))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
