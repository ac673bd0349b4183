"""A Markdown file becomes plain values with their lines: its front matter, and its sections by heading."""

import re
from pathlib import Path

from dashboard.loading.files.yaml_file import Document, Place, parsed, read_text
from dashboard.model.problem import Problem, Weight

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
