"""A private publication: made from imported files over the one in force, and either published as it is or discarded.

See docs/decisions/0014-previews-and-trials.md.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.store.history import Revision, current_number, read_revision
from dashboard.store.publishing.apply_load import BuildResult
from dashboard.store.reading.reader import Published, pool_of


@dataclass(frozen=True)
class Proof:
    """A private publication: where it is, how large it is, and the step it is based on; None for the very first."""

    path: Path
    size: int
    over: Revision | None
    built: BuildResult


def current_revision(store: Path) -> Revision | None:
    """The move in force, None if nothing has been published yet. Raises StoreError if it cannot be read."""
    number = current_number(store)
    return read_revision(store, number) if number else None


def open_proof(proof: Proof) -> Published:
    """The private publication in the form that pages use. Its step is the one it is based on."""
    revision = proof.over or Revision(0, "trial", "", proof.size, "", "", "")
    return Published(replace(revision, kind="trial"), pool_of(proof.path, proof.size))
