"""How are unpublished operations and rounds of a sheet added? As lists, with a sentence that names the first."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.loading.mapping.new_names import New, new_lists
from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.names import Names
from dashboard.model.answers.tables import FORM
from dashboard.model.problem import Problem, Weight, shortened
from dashboard.model.words import Words

SHOWN = 5
"""How many new names are listed."""


def list_files(new: New, names: Names, unplaced: Sequence[str] = ()) -> dict[str, str]:
    """Return the lists as CSV, by file name; see `new_lists`."""
    return {f"{table}.csv": as_csv(FORM[table], rows) for table, rows in new_lists(new, names, unplaced).items()}


def write_lists(files: dict[str, str], folder: Path, force: bool = False) -> list[Path] | Problem:
    """Write the lists into a folder; a Problem if one exists and `force` is not set. Raises OSError."""
    paths = [folder / name for name in files]
    there = [path.name for path in paths if path.exists() and not force]
    if there:
        return Problem("file_exists", there[0], weight=Weight.FILE)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, "utf-8", newline="")
    return paths


def told_new(new: New, key: str, words: Words) -> str:
    """Return a sentence with the number of new names and the first of them."""
    texts = [shortened(text) for found in new.values() for text in found.values()]
    names = ", ".join(texts[:SHOWN]) + (" …" if texts[SHOWN:] else "")
    return words.count(key, len(texts), names=names)
