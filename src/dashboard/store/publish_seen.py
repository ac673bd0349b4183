"""How does what somebody has seen in a preview come into force, exactly as it was seen, and how is it undone?"""

import shutil
from pathlib import Path
from secrets import token_hex

from dashboard.store.permission import Writer
from dashboard.store.preview import Proof, current_move
from dashboard.store.publish import moved, published_since, revert
from dashboard.store.turn import Outcome, in_turn


def publish_seen(store: Path, proof: Proof, writer: Writer) -> Outcome:
    """Publish a private publication as it is. Where another step is in force than it was laid over, nothing changes.

    A copy is published: the proof stays, so that nothing is lost when this fails.
    """
    return in_turn(store, writer, lambda: _published(store, proof, writer))


def _published(store: Path, proof: Proof, writer: Writer) -> Outcome:
    # The whole step is compared, not its number: somebody may have begun the store anew.
    step = current_move(store)
    number = step.number if step is not None else 0
    if step != proof.over:
        return Outcome(None, (published_since(store, number),))
    folder = store / f"making-{token_hex(4)}"
    folder.mkdir()
    try:
        shutil.copyfile(proof.path, folder / "new.duckdb")
        move = moved(store, folder / "new.duckdb", number + 1, writer, proof.built)
        return Outcome(move, proof.built.problems)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def undo(store: Path, number: int, writer: Writer) -> Outcome:
    """Put the publication before a step back in force, as a new step, unless something was published after it."""
    return revert(store, number - 1, writer, over=number)
