"""Which ways to read sheets are kept for next time?"""

from collections.abc import Mapping
from pathlib import Path

from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.problem import Problem
from dashboard.store.reading.named_files import save, stored

FOLDER = "mappings"


def stored_mappings(store: Path) -> tuple[Mapping[str, SheetMapping], tuple[Problem, ...]]:
    """Every mapping that can be read, by its name; a Problem for each that cannot."""
    found, problems = stored(store, FOLDER, SheetMapping)
    return {name: mapping.model_copy(update={"name": name}) for name, mapping in found.items()}, problems


def save_mapping(store: Path, mapping: SheetMapping) -> Problem | None:
    """Keep a mapping under its name, in the place of one of the same name. A Problem says why it was not kept."""
    return save(store, FOLDER, mapping.name, mapping.model_dump(mode="json", exclude={"name"}))
