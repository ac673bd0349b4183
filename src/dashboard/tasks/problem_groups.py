"""Groups a file's problems by kind, the most costly first, and marks them in a copy of the file.

A problem that repeats has one line. Files are read again in a separate process to be marked.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.exports.marked_workbook import marked_workbook
from dashboard.loading.mapping.sheet_files import every_grid
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.sheet_cells import SheetGrid
from dashboard.model.words import Words

MORE = ("and_more", "and_others")
"""Kinds that only count further rows: those of the problem before them, and those of all kinds."""
MOST_ROWS = 4
"""How many further rows of the same problem are listed."""


@dataclass(frozen=True)
class ProblemLine:
    """A problem, the further rows with exactly the same problem, and the number of rows that are only counted."""

    problem: Problem
    rows: tuple[int, ...] = ()
    more: int = 0

    @property
    def n(self) -> int:
        return 1 + len(self.rows) + self.more

    def sentence(self, words: Words) -> str:
        """Return the problem as a sentence, with the other rows that have it."""
        # One cell of a sheet may be several of our values, and one row several of ours.
        others = [row for row in dict.fromkeys(self.rows) if row != self.problem.row]
        more = self.more + len(others[MOST_ROWS:])
        rows = ", ".join(str(row) for row in others[:MOST_ROWS])
        also = words.count("collect.also_in", len(others), rows=rows) if rows else ""
        if more:
            also = words.count("collect.also_in_more" if rows else "collect.also_in_others", more, rows=rows)
        return f"{sentence(self.problem, words)} {also}".rstrip()


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one kind and weight: one line for each distinct problem, those with most rows first.

    `n` is the number of rows they leave out, each row counted in one group only; otherwise the number of problems.
    """

    kind: str
    weight: Weight
    lines: tuple[ProblemLine, ...]
    n: int


def grouped(problems: Sequence[Problem], left_out: Mapping[str, int] | None = None) -> list[ProblemGroup]:
    """Group the problems by kind, the heaviest weight first, then by cost.

    `left_out` gives the number of rows that each kind leaves out, each row counted once; None if nothing was loaded,
    and problems are counted instead.
    """
    lines: dict[tuple[Weight, str], dict[Problem, ProblemLine]] = {}
    last: Problem | None = None
    for problem in problems:
        if problem.kind not in MORE:
            last = replace(problem, row=None)
            of_kind = lines.setdefault((problem.weight, problem.kind), {})
            before = of_kind.get(last)
            of_kind[last] = ProblemLine(problem) if before is None else _further(before, problem)
        elif problem.kind == "and_more" and last is not None:
            of_kind = lines[last.weight, last.kind]
            of_kind[last] = replace(of_kind[last], more=of_kind[last].more + int(problem.value or 0))
    groups = [_group(kind, weight, list(of_kind.values()), left_out) for (weight, kind), of_kind in lines.items()]
    return sorted(groups, key=lambda group: (list(Weight).index(group.weight), -group.n))


def _further(line: ProblemLine, problem: Problem) -> ProblemLine:
    """Return a line with one more row."""
    return (
        replace(line, rows=(*line.rows, problem.row)) if problem.row is not None else replace(line, more=line.more + 1)
    )


def _group(kind: str, weight: Weight, lines: list[ProblemLine], left_out: Mapping[str, int] | None) -> ProblemGroup:
    counted = weight is Weight.ROW and left_out is not None
    n = (left_out or {}).get(kind, 0) if counted else sum(line.n for line in lines)
    return ProblemGroup(kind, weight, tuple(sorted(lines, key=lambda line: -line.n)), n)


def marked_files(files: Sequence[tuple[str, bytes]], problems: Sequence[Problem], words: Words) -> bytes:
    """Return the workbook with the readable files, each given as a name and its content.

    Problems of unreadable files are in the list.
    """
    sheets: list[SheetGrid] = []
    for name, content in files:
        with tempfile.TemporaryDirectory(prefix="dashboard-marked-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            read = every_grid(path, path.name)
            sheets += () if isinstance(read, Problem) else read
    return marked_workbook(sheets, problems, words)
