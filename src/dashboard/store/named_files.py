"""Keeps what has a name that somebody chose, such as mappings and saved views, in one YAML file each."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from dashboard.loading.yaml_file import read_yaml, validate
from dashboard.model.framework import Strict
from dashboard.model.mapping import SheetMapping
from dashboard.model.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.model.tour import Step
from dashboard.store.disk import refused_as_replica, sync_folder
from dashboard.store.locking import Writer, machine_failed, refusal

NAME = re.compile(r"\w[\w .,()&+'’-]{0,79}")
"""What such a thing may be called: its name becomes a file name on any system."""
Kept = TypeVar("Kept", bound=Strict)


def stored(store: Path, folder: str, model: type[Kept]) -> tuple[Mapping[str, Kept], tuple[Problem, ...]]:
    """Every readable file in a folder, by name; a Problem for each unreadable one."""
    by_name: dict[str, Kept] = {}
    problems: list[Problem] = []
    for path in sorted((store / folder).glob("*.yaml")):
        document = read_yaml(path, f"{folder}/{path.name}")
        read = [document] if isinstance(document, Problem) else validate(document, model)
        if isinstance(read, list):
            problems += read
        else:
            by_name[path.stem] = read
    return by_name, tuple(problems)


def unfit_name(folder: str, name: str) -> Problem | None:
    """Why nothing can be stored under a name, or None."""
    if NAME.fullmatch(name) and name.rstrip(" .") == name:
        return None
    return Problem("file_name", folder, value=name, weight=Weight.FILE)


def save(store: Path, folder: str, name: str, content: Mapping[str, Any]) -> Problem | None:
    """Store it under its name, replacing one with the same name. Returns a Problem if it could not be stored."""
    unfit = unfit_name(folder, name) or refused_as_replica(store)
    if unfit is not None:
        return unfit
    place = store / folder
    draft = place / f".{name}.{os.getpid()}.draft"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            yaml.safe_dump(dict(content), stream, allow_unicode=True, sort_keys=False, width=120)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(place / f"{name}.yaml")
        sync_folder(place)
    except OSError as error:
        return machine_failed(str(place), error)
    return None


def remove(store: Path, folder: str, name: str) -> Problem | None:
    """Remove it; does nothing if there is none. Returns a Problem if it is still there."""
    unfit = unfit_name(folder, name) or refused_as_replica(store)
    if unfit is not None:
        return unfit
    try:
        (store / folder / f"{name}.yaml").unlink(missing_ok=True)
        sync_folder(store / folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        return machine_failed(str(store / folder), error)
    return None


MAPPINGS = "mappings"


def stored_mappings(store: Path) -> tuple[Mapping[str, SheetMapping], tuple[Problem, ...]]:
    """Every readable mapping, by name; a Problem for each unreadable one."""
    found, problems = stored(store, MAPPINGS, SheetMapping)
    return {name: mapping.model_copy(update={"name": name}) for name, mapping in found.items()}, problems


def save_mapping(store: Path, mapping: SheetMapping) -> Problem | None:
    """Store a mapping under its name, replacing one with the same name. Returns a Problem if it could not be stored."""
    return save(store, MAPPINGS, mapping.name, mapping.model_dump(mode="json", exclude={"name"}))


VIEWS = "views"


def stored_views(store: Path) -> tuple[Mapping[str, Step], tuple[Problem, ...]]:
    """Every readable view, by file name; a Problem for each unreadable one."""
    return stored(store, VIEWS, Step)


def save_view(store: Path, view: Step, writer: Writer) -> Problem | None:
    """Save a view under its title, replacing one with the same title. Returns a Problem if it could not be saved."""
    refused = refusal(writer, Deed.SAVE_VIEW)
    return refused or save(store, VIEWS, view.title, view.model_dump(mode="json", exclude_defaults=True))


def remove_view(store: Path, name: str, writer: Writer) -> Problem | None:
    """Remove the view in a file. Returns a Problem if it is still there."""
    return refusal(writer, Deed.SAVE_VIEW) or remove(store, VIEWS, name)
