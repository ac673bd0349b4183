"""How are unpublished operations and rounds of a sheet added? As lists, with a sentence about each."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.loading.mapping.new_names import New, NewName, new_lists
from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.names import Names
from dashboard.model.problem import Problem, Weight, shortened
from dashboard.model.records import RECORDS
from dashboard.model.words import Words


def list_files(new: New, names: Names, unplaced: Sequence[str] = ()) -> dict[str, str]:
    """Return the lists as CSV, by file name; see `new_lists`."""
    return {f"{table}.csv": as_csv(RECORDS[table], rows) for table, rows in new_lists(new, names, unplaced).items()}


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


def told_new(new: NewName, words: Words) -> str:
    """Say what a new name would become: a round, or an operation, in which country, and whether that is new, too."""
    places = {"name": shortened(new.name), "code": new.code, "country": f"{new.title} ({new.country})"}
    kind = "round" if new.column == "round" else "operation_first" if new.first else "operation"
    return words(f"mapping.{'perhaps' if new.asked else 'new'}_{kind}", **places)
