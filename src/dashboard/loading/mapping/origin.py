"""Where in somebody else's sheet did a row stand? Kept beside the file made of it, so that Problems speak of theirs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.loading.files.tables import checksum
from dashboard.model.problem import Problem

BESIDE = ".origin.json"


@dataclass(frozen=True)
class Origin:
    """The sheet and row of each row made, in order, and the column across it; their columns by ours."""

    file: str
    rows: tuple[tuple[str, int, str | None], ...]
    columns: Mapping[str, str]

    def told(self, problem: Problem) -> Problem:
        """A Problem of the file that was made, told as one of theirs."""
        if problem.row is None or not 2 <= problem.row < len(self.rows) + 2:
            return replace(problem, file=self.file, column=self._theirs(problem.column, None))
        place, row, across = self.rows[problem.row - 2]
        # Where a row is spread over columns, its cell stands for it, unless a name beside it is not known.
        unknown = problem.kind.startswith("unknown_") and problem.column in self.columns
        return replace(problem, file=place, row=row, column=self._theirs(problem.column, None if unknown else across))

    def _theirs(self, column: str | None, across: str | None) -> str | None:
        return across or (self.columns.get(column, column) if column else column)


def write_origin(made: Path, origin: Origin) -> None:
    """Put it beside the file that was made. Of a file that was changed since, it says nothing."""
    said = {
        "checksum": checksum(made),
        "file": origin.file,
        "rows": origin.rows,
        "columns": dict(origin.columns),
    }
    beside(made).write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def read_origin(made: Path) -> Origin | None:
    """What stands beside a file; None where nothing does, or it is of another file."""
    if not beside(made).is_file():
        return None
    try:
        said = json.loads(beside(made).read_text("utf-8"))
        if said["checksum"] != checksum(made):
            return None
        rows = tuple((str(place), int(row), across) for place, row, across in said["rows"])
        return Origin(said["file"], rows, dict(said["columns"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def as_theirs(problems: Iterable[Problem], made: Sequence[Path]) -> list[Problem]:
    """The Problems of some files; those of files made from somebody else's sheet are told as of that sheet."""
    problems = list(problems)
    for path in made:
        origin = read_origin(path) if problems and path.is_file() else None
        if origin is not None:
            problems = [origin.told(problem) if problem.file == path.name else problem for problem in problems]
    return problems


def beside(made: Path) -> Path:
    """The file that stands beside one that was made."""
    return made.with_name(made.name + BESIDE)
