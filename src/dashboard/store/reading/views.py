"""Which views are saved in a store? Each is a step of a tour that stands alone: a page, a view, a name, a sentence."""

from collections.abc import Mapping
from pathlib import Path

from dashboard.model.present.tour import Step
from dashboard.model.problem import Problem
from dashboard.store.permission import Writer, refusal
from dashboard.store.reading.named_files import remove, save, stored

FOLDER = "views"


def stored_views(store: Path) -> tuple[Mapping[str, Step], tuple[Problem, ...]]:
    """Every view that can be read, by the name of its file; a Problem for each that cannot."""
    return stored(store, FOLDER, Step)


def save_view(store: Path, view: Step, writer: Writer) -> Problem | None:
    """Save a view under its title, in the place of one of the same title. A Problem says why it was not saved."""
    return refusal(writer) or save(store, FOLDER, view.title, view.model_dump(mode="json", exclude_defaults=True))


def remove_view(store: Path, name: str, writer: Writer) -> Problem | None:
    """Take the view of a file away. A Problem says why it is still there."""
    return refusal(writer) or remove(store, FOLDER, name)
