"""Which ways to read sheets are kept for next time? One file each in the store, under the name somebody gave it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from dashboard.loading.files.yaml_file import read_yaml, validate
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.problem import Problem, Weight
from dashboard.store.durable import sync_folder
from dashboard.store.locking import machine_failed

FOLDER = "mappings"
NAME = re.compile(r"\w[\w .,()&+'’-]{0,79}")
"""What a mapping may be called: it becomes the name of a file on any system."""


def stored_mappings(store: Path) -> tuple[Mapping[str, SheetMapping], tuple[Problem, ...]]:
    """Every mapping that can be read, by its name; a Problem for each that cannot."""
    by_name: dict[str, SheetMapping] = {}
    problems: list[Problem] = []
    for path in sorted((store / FOLDER).glob("*.yaml")):
        read = _read(path)
        if isinstance(read, SheetMapping):
            by_name[path.stem] = read
        else:
            problems += read
    return by_name, tuple(problems)


def save_mapping(store: Path, mapping: SheetMapping) -> Problem | None:
    """Keep a mapping under its name, in the place of one of the same name. A Problem says why it was not kept."""
    if not NAME.fullmatch(mapping.name) or mapping.name.rstrip(" .") != mapping.name:
        return Problem("mapping_name", FOLDER, value=mapping.name, weight=Weight.FILE)
    folder = store / FOLDER
    content = mapping.model_dump(mode="json", exclude={"name"})
    draft = folder / f".{mapping.name}.{os.getpid()}.draft"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            yaml.safe_dump(content, stream, allow_unicode=True, sort_keys=False, width=120)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(folder / f"{mapping.name}.yaml")
        sync_folder(folder)
    except OSError as error:
        return machine_failed(str(folder), error)
    return None


def _read(path: Path) -> SheetMapping | list[Problem]:
    place = f"{FOLDER}/{path.name}"
    document = read_yaml(path, place)
    if isinstance(document, Problem):
        return [document]
    read = validate(document, SheetMapping)
    return read.model_copy(update={"name": path.stem}) if isinstance(read, SheetMapping) else read
