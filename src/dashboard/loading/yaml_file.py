"""Reads YAML and Markdown files as plain values together with the line of each, and `words/*.yaml` as Words."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from dashboard.model.framework import Strict
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.sheet_cells import xml_values
from dashboard.model.words import Words

Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=Strict)
MOST_VALUES = 300_000
"""The most values in one file; ten lines of aliases that repeat each other can expand to millions."""
FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, if PyYAML was built with it."""
LONGEST_NUMBER = 10_000
"""A whole number with more bits cannot be converted to digits."""


@dataclass(frozen=True)
class Document:
    """The values of one file and, for every path into them, its line (counted from 1).

    In a workbook the line is a row, and `sheets` names the sheet by the keys that lead to it, such as
    `("areas", "criteria")`.
    """

    name: str
    values: Any
    lines: Mapping[Place, int]
    sheets: Mapping[Place, str] = field(default_factory=dict)

    def file(self, place: Place) -> str:
        """The name of the file, with the sheet that `place` is on."""
        keys = tuple(part for part in place if isinstance(part, str))
        for end in range(len(keys), -1, -1):
            if keys[:end] in self.sheets:
                return f"{self.name}[{self.sheets[keys[:end]]}]"
        return self.name

    def column(self, place: Place) -> str | None:
        """A readable name for the place: the keys that lead to it, or the column of a sheet."""
        keys = [part for part in place if isinstance(part, str)]
        return (keys[-1] if self.sheets else ".".join(keys)) if keys else None

    def line(self, place: Place) -> int | None:
        """The line of `place`, or of the nearest value around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None

    def problem(
        self,
        kind: str,
        place: Place,
        value: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
        weight: Weight = Weight.FILE,
        column: str | None = None,
    ) -> Problem:
        """What is wrong at a place. It names the last key that leads there, unless another `column` is given."""
        keys = [part for part in place if isinstance(part, str)]
        named = column or (keys[-1] if keys else None)
        return Problem(kind, self.file(place), self.line(place), named, value, expected, hint, weight=weight)


def of_model(documents: Iterable[tuple[Document, Strict]], model: type[Model]) -> Iterator[tuple[Document, Model]]:
    """The documents whose values are of one model."""
    return ((document, value) for document, value in documents if isinstance(value, model))


def read_yaml(path: Path, name: str) -> Document | Problem:
    """Read one file. A file that is unreadable or not YAML gives a Problem that names the line."""
    text = read_text(path, name)
    return text if isinstance(text, Problem) else parsed(text, name)


def own_values(path: Path) -> Any:
    """The values of a file that belongs to the program. Raises ValueError if it is invalid."""
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        raise ValueError(f"{document.file}, line {document.row}: {document.value}")
    return document.values


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a UTF-8 file, or a Problem that names the line where it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return Problem("unreadable", name, value=error.strerror, weight=Weight.FILE)
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        return Problem("encoding", name, row=row, expected="UTF-8", weight=Weight.FILE)


def parsed(text: str, name: str) -> Document | Problem:
    """The values of YAML text with their lines, or a Problem that names the line where it is not YAML.

    libyaml reads it six times as fast. PyYAML's own parser reads what libyaml refuses, because it says better why.
    """
    try:
        return _parsed(FAST(text), name)
    except (yaml.YAMLError, _TooManyError, RecursionError, ValueError):
        return _slowly(text, name)


def _slowly(text: str, name: str) -> Document | Problem:
    try:
        return _parsed(yaml.SafeLoader(text), name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return Problem("yaml", name, mark.line + 1 if mark else None, value=error.problem, weight=Weight.FILE)
    except yaml.reader.ReaderError as error:
        row = text.count("\n", 0, error.position) + 1
        return Problem("yaml", name, row=row, value=error.reason, weight=Weight.FILE)
    except _TooManyError as error:
        return Problem("yaml_repeats", name, row=error.args[0], expected=f"{MOST_VALUES:,}", weight=Weight.FILE)
    except RecursionError:
        return Problem("yaml", name, value="nested too deeply, or in itself", weight=Weight.FILE)
    except (yaml.YAMLError, ValueError) as error:
        return Problem("yaml", name, value=str(error).splitlines()[0], weight=Weight.FILE)


def _parsed(loader: Any, name: str) -> Document | Problem:
    try:
        node = loader.get_single_node()
        if node is None:
            return Problem("empty_file", name, weight=Weight.FILE)
        lines: dict[Place, int] = {}
        twice = _note_lines(node, (), lines)
        if twice is not None:
            key, line = twice
            return Problem("key_twice", name, row=line, column=key, weight=Weight.FILE)
        return Document(name, loader.construct_document(node), lines)
    finally:
        loader.dispose()


class _TooManyError(Exception):
    """There are more values than anybody would write; holds the line of one of them."""


def _note_lines(node: yaml.Node, place: Place, lines: dict[Place, int]) -> tuple[str, int] | None:
    """Fill `lines` from the node down; return the first key that occurs twice in one mapping, with its line.

    Whatever an alias repeats counts each time, as it does for code that reads the values. Raises _TooManyError.
    """
    lines[place] = node.start_mark.line + 1
    if len(lines) > MOST_VALUES:
        raise _TooManyError(lines[place])
    twice: tuple[str, int] | None = None
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # A list or mapping as a key: rejected with its line when the values are made.
            line = key.start_mark.line + 1
            if key.value in seen:
                twice = twice or (key.value, line)
            seen.add(key.value)
            twice = _note_lines(value, (*place, key.value), lines) or twice
            lines[(*place, key.value)] = line
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            twice = _note_lines(item, (*place, position), lines) or twice
    return twice


def validate(document: Document, model: type[Model]) -> Model | list[Problem]:
    """Validate a document against its model; every violation becomes a Problem with line, key and nearest known key.

    Characters that no document can hold are taken out; `taken_out_of` names them.
    """
    try:
        return model.model_validate(xml_values(document.values))
    except ValidationError as error:
        return [_problem(document, dict(item), model) for item in error.errors() if not _follows(dict(item), error)]


def _follows(item: Mapping[str, Any], error: ValidationError) -> bool:
    """Whether a list is too short only because its items are invalid, which is reported separately."""
    inner = (other["loc"][: len(item["loc"])] for other in error.errors() if len(other["loc"]) > len(item["loc"]))
    return item["type"] == "too_short" and item["loc"] in inner


def _problem(document: Document, item: Mapping[str, Any], model: type[Strict]) -> Problem:
    place: Place = tuple(item["loc"])
    kind = {"extra_forbidden": "unknown_key", "missing": "missing_key"}.get(item["type"], "bad_value")
    value = None if kind == "missing_key" else _quotable(item["input"])
    expected = item["msg"] if kind == "bad_value" else None
    hint = nearest(str(place[-1]), _keys_of(model) - {str(place[-1])}) if kind == "unknown_key" else None
    if item["type"] == "literal_error":
        hint = nearest(value, re.findall(r"'([^']+)'", str(item["ctx"]["expected"])))
    return document.problem(kind, place, value, expected, hint, column=document.column(place))


def _quotable(value: object) -> str:
    """A value in a form that can be quoted."""
    return hex(value) if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER else str(value)


def _keys_of(model: type[Strict]) -> set[str]:
    """Every key that may occur anywhere in a file of this model."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


FENCE = "---"
HEADING = "## "


def read_markdown(path: Path, name: str) -> Document | Problem:
    """Read one file. One that cannot be read, or has no front matter, gives a Problem that names the line."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return text
    lines = text.splitlines()
    # A fence starts at the beginning of its line: an indented one belongs to a value.
    if not lines or lines[0].rstrip() != FENCE or FENCE not in (line.rstrip() for line in lines[1:]):
        return Problem("no_front_matter", name, row=1, weight=Weight.FILE)
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE)
    # The fence counts as a line of YAML, so that line numbers match those in a text editor.
    front = parsed("\n".join(lines[:end]) + "\n", name)
    if isinstance(front, Problem):
        return front
    if not isinstance(front.values, dict):
        return Problem("no_front_matter", name, row=1, weight=Weight.FILE)
    return _with_sections(front, lines[end + 1 :], end + 2)


def _with_sections(front: Document, lines: list[str], first: int) -> Document | Problem:
    values, places = dict(front.values), dict(front.lines)
    key, section = "", list[str]()
    for row, line in enumerate([*lines, HEADING], start=first):
        if not line.startswith(HEADING):
            section.append(line)
            continue
        text = "\n".join(section).strip()
        if not key and text:
            return Problem("text_before_heading", front.name, row=first, value=text, weight=Weight.FILE)
        if key:
            values[key] = text
        key, section = key_of(line), []
        if key in values:
            return Problem("key_twice", front.name, row=row, column=key, weight=Weight.FILE)
        place: Place = (key,)
        places[place] = row
    return Document(front.name, values, places)


def key_of(heading: str) -> str:
    """The key for a heading: `## This month` is `this_month`."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


ENGLISH = "en"
ABOUT_WORDS = ("made_from", "readings")
"""The sections of a file of words that are about its sentences, by their keys: see `Translation`."""


def further() -> Path | None:
    """A folder with further languages, if DASHBOARD_WORDS names one."""
    folder = os.environ.get("DASHBOARD_WORDS")
    return Path(folder) if folder else None


def languages() -> tuple[str, ...]:
    """The languages that have words, English first."""
    return _languages(further())


def language_for(*wanted: str, accepted: str = "") -> str:
    """The first language wanted that has words: said outright, else in a browser's order of preference; else English.

    `accepted` is the header *Accept-Language*.
    """
    preferred = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted.split(","))
    known = languages()
    return next((code for code in (*wanted, *preferred) if code in known), ENGLISH)


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
    english = dict(_flat(own_values(texts[ENGLISH]), ""))
    if language == ENGLISH:
        return Words(language, english, english)
    values = dict(own_values(texts[language]))
    about = [values.pop(name, {}) for name in ABOUT_WORDS]
    made_from, readings = (dict(part) if isinstance(part, Mapping) else {} for part in about)
    return Words(language, dict(_flat(values, "")), english, made_from, readings)


def _paths(more: Path | None) -> list[Path]:
    folders = [Path(str(files("dashboard") / "words")), *([more] if more else [])]
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))]


def _flat(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
