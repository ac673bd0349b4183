"""Which views are saved in a store? Each is a single step of a tour: a page, a view, a name, a sentence."""

from collections.abc import Mapping
from pathlib import Path

from dashboard.model.people.permissions import Deed
from dashboard.model.present.tour import Step
from dashboard.model.problem import Problem
from dashboard.store.permission import Writer, refusal
from dashboard.store.reading.named_files import remove, save, stored

FOLDER = "views"


def stored_views(store: Path) -> tuple[Mapping[str, Step], tuple[Problem, ...]]:
    """Every readable view, by file name; a Problem for each unreadable one."""
    return stored(store, FOLDER, Step)


def save_view(store: Path, view: Step, writer: Writer) -> Problem | None:
    """Save a view under its title, replacing one with the same title. Returns a Problem if it could not be saved."""
    refused = refusal(writer, Deed.SAVE_VIEW)
    return refused or save(store, FOLDER, view.title, view.model_dump(mode="json", exclude_defaults=True))


def remove_view(store: Path, name: str, writer: Writer) -> Problem | None:
    """Remove the view in a file. Returns a Problem if it is still there."""
    return refusal(writer, Deed.SAVE_VIEW) or remove(store, FOLDER, name)
