"""Stages the answers that forms for phones have sent, as ODK Central or KoboToolbox export them.

One row is a submission. A column is a question, with the names of its groups before it: `area-criterion-status` in a
file of ODK Central, `area/criterion/status` in one of KoboToolbox, or without groups.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.loading.library import Library, framework_of
from dashboard.loading.process_limits import too_many_rows
from dashboard.loading.staging import SpreadRows, Staged, append_staged
from dashboard.loading.standard_sheets import text_of
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS
from dashboard.model.workbook import DAY, OPERATION, ROLE, ROUND, VERSIONS, decoded, question_named

NAME = re.compile(r"[A-Za-z0-9_]+$")
"""The name of a question, after those of its groups."""
SENT_AT = ("_submission_time", "SubmissionDate")
REVIEWS = {"ReviewState": ("rejected",), "_validation_status": ("not approved", "validation_status_not_approved")}
"""By the column of a reviewer's decision: the words for a submission that must not be used."""
LENGTH_OF_A_DAY = len("2025-04-03")
Row = Mapping[str, str]


@dataclass(frozen=True)
class _Answer:
    """One answer: its row in the file, its values by our columns, and the columns of the file by ours."""

    number: int
    values: Row
    heads: Row

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.values[column] for column in RECORDS["answers"].required[:3])


def holds_submissions(header: Sequence[object]) -> bool:
    """Whether a header is that of an export: it names the round, the operation and a question of ours."""
    names = {_name(str(cell)) for cell in header}
    return {ROUND, OPERATION} <= names and any(question_named(name) for name in names)


def _name(cell: str) -> str:
    found = NAME.search(cell.strip())
    return found[0] if found else ""


def stage_submissions(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    rows: Sequence[Sequence[object]],
    library: Callable[[], Library],
) -> tuple[list[Staged], list[Problem]]:
    """Append what was sent to the staging table of answers. Of several answers to a question, the last one sent counts.

    `library` gives the frameworks of the load: a form says which version of each it asks.
    """
    many = too_many_rows(len(rows) - 1, name)
    if many is not None:
        return [], [many]
    sent, refused = _submissions(rows)
    by_criterion = framework_of(library())
    found = [answer for number, cells in sent for answer in _answers(number, cells, by_criterion)]
    last = {answer.key: answer for answer in found}
    problems = [
        Problem(kind, name, value=str(n), weight=Weight.NOTE)
        for kind, n in (("submission_refused", refused), ("sent_again", len(found) - len(last)))
        if n
    ]
    if not last:
        return [], [*problems, Problem("nothing_sent", name, weight=Weight.NOTE)]
    return [_insert(connection, path, name, sorted(last.values(), key=lambda answer: answer.number))], problems


Cells = Mapping[str, tuple[str, str]]
"""By name of question: the head of its column, and what the cell says."""


def _submissions(rows: Sequence[Sequence[object]]) -> tuple[list[tuple[int, Cells]], int]:
    """The submissions with their row numbers, in the order in which they were sent, and how many a reviewer refused."""
    heads = [str(cell).strip() for cell in rows[0]]
    taken: list[tuple[int, Cells]] = []
    n_refused = 0
    for number, row in enumerate(rows[1:], start=2):
        cells: dict[str, tuple[str, str]] = {}
        for head, cell in zip(heads, row, strict=False):
            text = "" if cell is None else text_of(cell)
            # A question that changed its group has two columns, one of them empty.
            if text:
                cells.setdefault(_name(head), (head, text))
        if any(cells.get(column, ("", ""))[1].lower() in words for column, words in REVIEWS.items()):
            n_refused += 1
        elif cells:
            taken.append((number, cells))
    return sorted(taken, key=lambda one: _sent_at(one[1])), n_refused


def _sent_at(cells: Cells) -> str:
    return next((cells[column][1] for column in SENT_AT if column in cells), "")


def _answers(number: int, cells: Cells, by_criterion: Mapping[str, str]) -> Iterator[_Answer]:
    """Yield an answer for each question with a status."""
    said: dict[str, dict[str, tuple[str, str]]] = {}
    for name, cell in cells.items():
        question = question_named(name)
        if question is not None:
            said.setdefault(question[1], {})[question[0]] = cell
    versions = dict(part.partition("=")[::2] for part in _text(cells, VERSIONS).split(";"))
    common = {
        "round": decoded(_text(cells, ROUND)),
        "operation": decoded(_text(cells, OPERATION)),
        "answered_by_role": _text(cells, ROLE),
        "answered_on": _text(cells, DAY)[:LENGTH_OF_A_DAY],
    }
    places = {"round": ROUND, "operation": OPERATION, "answered_by_role": ROLE, "answered_on": DAY}
    heads = {ours: cells[name][0] for ours, name in places.items() if name in cells}
    for criterion, columns in said.items():
        if "status" in columns:
            values = {column: text for column, (_, text) in columns.items()}
            version = versions.get(by_criterion.get(criterion, ""), "")
            theirs = {**heads, "criterion": columns["status"][0], **{ours: head for ours, (head, _) in columns.items()}}
            yield _Answer(number, {**common, "criterion": criterion, "framework_version": version, **values}, theirs)


def _text(cells: Cells, name: str) -> str:
    return cells[name][1] if name in cells else ""


def _insert(connection: duckdb.DuckDBPyConnection, path: Path, name: str, answers: Sequence[_Answer]) -> Staged:
    form = RECORDS["answers"]
    first = append_staged(connection, form, [one.values for one in answers])
    spread = SpreadRows(tuple(one.number for one in answers), tuple(one.heads for one in answers))
    return Staged(form.form, name, path, first, len(answers), spread=spread)
