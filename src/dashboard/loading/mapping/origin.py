"""Where in the original sheet did a row come from? Stored beside the converted file, for the Problems of its rows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.loading.files.tables import checksum
from dashboard.model.problem import Problem

BESIDE = ".origin.json"


@dataclass(frozen=True)
class Origin:
    """The sheet and row of each row, its column if rows were spread, and the columns of the sheet by our column."""

    file: str
    rows: tuple[tuple[str, int, str | None], ...]
    columns: Mapping[str, str]

    def in_their_sheet(self, problem: Problem) -> Problem:
        """Return a Problem of the converted file with its place in the original sheet."""
        if problem.row is None or not 2 <= problem.row < len(self.rows) + 2:
            return replace(problem, file=self.file, column=self._theirs(problem.column, None))
        place, row, across = self.rows[problem.row - 2]
        # If rows are spread over columns, the cell gives the place, unless a name beside it is unknown.
        unknown = problem.kind.startswith("unknown_") and problem.column in self.columns
        return replace(problem, file=place, row=row, column=self._theirs(problem.column, None if unknown else across))

    def _theirs(self, column: str | None, across: str | None) -> str | None:
        return across or (self.columns.get(column, column) if column else column)


def write_origin(path: Path, origin: Origin) -> None:
    """Write the origin beside the converted file. It no longer applies once that file is changed."""
    record = {
        "checksum": checksum(path),
        "file": origin.file,
        "rows": origin.rows,
        "columns": dict(origin.columns),
    }
    beside(path).write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def read_origin(path: Path) -> Origin | None:
    """Return the origin stored beside a file; None if there is none or it belongs to another file."""
    if not beside(path).is_file():
        return None
    try:
        record = json.loads(beside(path).read_text("utf-8"))
        if record["checksum"] != checksum(path):
            return None
        rows = tuple((str(place), int(row), across) for place, row, across in record["rows"])
        return Origin(record["file"], rows, dict(record["columns"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def as_theirs(problems: Iterable[Problem], paths: Sequence[Path]) -> list[Problem]:
    """Return the Problems of some files; those of converted files name the place in the original sheet."""
    problems = list(problems)
    for path in paths:
        origin = read_origin(path) if problems and path.is_file() else None
        if origin is not None:
            problems = [
                origin.in_their_sheet(problem) if problem.file == path.name else problem for problem in problems
            ]
    return problems


def beside(path: Path) -> Path:
    """Return the path of the file stored beside a converted one."""
    return path.with_name(path.name + BESIDE)
