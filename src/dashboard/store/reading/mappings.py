"""Which mappings of sheets are stored for reuse?"""

from collections.abc import Mapping
from pathlib import Path

from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.problem import Problem
from dashboard.store.reading.named_files import save, stored

FOLDER = "mappings"


def stored_mappings(store: Path) -> tuple[Mapping[str, SheetMapping], tuple[Problem, ...]]:
    """Every readable mapping, by name; a Problem for each unreadable one."""
    found, problems = stored(store, FOLDER, SheetMapping)
    return {name: mapping.model_copy(update={"name": name}) for name, mapping in found.items()}, problems


def save_mapping(store: Path, mapping: SheetMapping) -> Problem | None:
    """Store a mapping under its name, replacing one with the same name. Returns a Problem if it could not be stored."""
    return save(store, FOLDER, mapping.name, mapping.model_dump(mode="json", exclude={"name"}))
