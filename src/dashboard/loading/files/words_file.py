"""The files `words/*.yaml` become Words."""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from dashboard.loading.files.yaml_file import read_yaml
from dashboard.model.problem import Problem
from dashboard.model.words import Words

ENGLISH = "en"


def further() -> Path | None:
    """A folder with further languages, if DASHBOARD_WORDS names one."""
    folder = os.environ.get("DASHBOARD_WORDS")
    return Path(folder) if folder else None


def languages() -> tuple[str, ...]:
    """The languages that have words, English first."""
    return _languages(further())


def read_words(language: str = ENGLISH) -> Words:
    """The words of one language, falling back to English. Raises ValueError if a file of words is invalid."""
    return _words(language, further())


@cache
def _languages(more: Path | None) -> tuple[str, ...]:
    stems = {path.stem for path in _paths(more)}
    return (ENGLISH, *sorted(stems - {ENGLISH}))


@cache
def _words(language: str, more: Path | None) -> Words:
    texts = {path.stem: path for path in _paths(more)}
    english = dict(_texts(texts[ENGLISH]))
    own = english if language == ENGLISH else dict(_texts(texts[language]))
    return Words(language, own, english)


def _paths(more: Path | None) -> list[Path]:
    folders = [Path(str(files("dashboard") / "words")), *([more] if more else [])]
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))]


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        raise ValueError(f"{document.file}, line {document.row}: {document.value}")
    yield from _flat(document.values, "")


def _flat(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
