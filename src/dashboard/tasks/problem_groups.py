"""How are a file's problems grouped? By kind, the most costly first; a problem that repeats has one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.words import Words

MORE = ("and_more", "and_others")
"""Kinds that only count further rows: those of the problem before them, and those of all kinds."""
MOST_ROWS = 4
"""How many further rows of the same problem are listed."""


@dataclass(frozen=True)
class Line:
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
            also = words.count("collect.also_in_more", more, rows=rows)
        return f"{sentence(self.problem, words)} {also}".rstrip()


@dataclass(frozen=True)
class Group:
    """The problems of one kind and weight: one line for each distinct problem, those with most rows first.

    `n` is the number of rows they leave out, each row counted in one group only; otherwise the number of problems.
    """

    kind: str
    weight: Weight
    lines: tuple[Line, ...]
    n: int


def grouped(problems: Sequence[Problem], left_out: Mapping[str, int] | None = None) -> list[Group]:
    """Group the problems by kind, the heaviest weight first, then by cost.

    `left_out` gives the number of rows that each kind leaves out, each row counted once; None if nothing was loaded,
    and problems are counted instead.
    """
    lines: dict[tuple[Weight, str], dict[Problem, Line]] = {}
    last: Problem | None = None
    for problem in problems:
        if problem.kind not in MORE:
            last = replace(problem, row=None)
            of_kind = lines.setdefault((problem.weight, problem.kind), {})
            before = of_kind.get(last)
            of_kind[last] = Line(problem) if before is None else _further(before, problem)
        elif problem.kind == "and_more" and last is not None:
            of_kind = lines[last.weight, last.kind]
            of_kind[last] = replace(of_kind[last], more=of_kind[last].more + int(problem.value or 0))
    groups = [_group(kind, weight, list(of_kind.values()), left_out) for (weight, kind), of_kind in lines.items()]
    return sorted(groups, key=lambda group: (list(Weight).index(group.weight), -group.n))


def _further(line: Line, problem: Problem) -> Line:
    """Return a line with one more row."""
    return (
        replace(line, rows=(*line.rows, problem.row)) if problem.row is not None else replace(line, more=line.more + 1)
    )


def _group(kind: str, weight: Weight, lines: list[Line], left_out: Mapping[str, int] | None) -> Group:
    counted = weight is Weight.ROW and left_out is not None
    n = (left_out or {}).get(kind, 0) if counted else sum(line.n for line in lines)
    return Group(kind, weight, tuple(sorted(lines, key=lambda line: -line.n)), n)
