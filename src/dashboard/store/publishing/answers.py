"""How are answers and their reviews written? Compared with what is stored, then imported like a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from dashboard.model.answers.answer import ANSWERED, REVIEWED, Answer, Key, Review, answer_of, review_of
from dashboard.model.people.permissions import Deed
from dashboard.model.problem import Problem, Weight
from dashboard.store.history import history
from dashboard.store.locking import Outcome
from dashboard.store.permission import Writer
from dashboard.store.publishing.edits import EditedTable, publish_edits, refused_at
from dashboard.store.sql import sql


@dataclass(frozen=True)
class AnswerChange:
    """One answer as it was when somebody opened it, and its new version."""

    was: Answer
    wanted: Answer


@dataclass(frozen=True)
class Check:
    """A review of one answer, with both as they were when it was opened.

    `evidence` is the level that the answer's evidence is raised to, `rated_status` what the second role would have
    answered.
    """

    answer: Answer
    was: Review | None
    verdict: str
    comment: str = ""
    evidence: str = ""
    rated_status: str = ""


def save_answers(store: Path, changes: Sequence[AnswerChange], writer: Writer, today: date) -> Outcome:
    """Publish all of the answers as one step, in the role of the writer, or none of them.

    Nothing is published if an answer has changed since it was opened, or if a value is not sound. Problems give the
    criterion as their file.
    """
    given = {"answered_by_role": writer.role.strip(), "answered_on": today.isoformat(), "framework_version": ""}
    tables = [_answers([replace(change.wanted, **given) for change in changes])]

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        stored = stored_answers(connection, [change.wanted.key for change in changes])
        refused = refused_at(connection, writer, Deed.ANSWER, [change.wanted.operation for change in changes])
        return tables, [*refused, *(problem for change in changes for problem in _conflicts(change.was, stored))]

    return publish_edits(store, tables, writer, Deed.ANSWER, today, conflicts)


def save_reviews(store: Path, checks: Sequence[Check], writer: Writer, today: date) -> Outcome:
    """Publish all of the reviews as one step, with the answers whose evidence they raise, or none of them.

    Nothing is published if an answer or its review has changed since it was opened.
    """
    raised = [replace(check.answer, evidence=check.evidence) for check in checks if check.evidence]
    reviews = [_review(check, writer, today) for check in checks]
    tables = [_answers(raised), EditedTable("reviews", [asdict(r) for r in reviews], [_name(r) for r in reviews])]

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        keys = [check.answer.key for check in checks]
        answers, former = stored_answers(connection, keys), stored_reviews(connection, keys)
        problems = [problem for check in checks for problem in _conflicts(check.answer, answers)]
        refused = _may_not_review(connection, store, writer, checks)
        return tables, [*refused, *problems, *(p for check in checks for p in _reviewed_since(check, former))]

    return publish_edits(store, tables, writer, Deed.REVIEW, today, conflicts)


def _may_not_review(
    connection: duckdb.DuckDBPyConnection, store: Path, writer: Writer, checks: Sequence[Check]
) -> list[Problem]:
    """Why the writer may not review these answers: the operation is not theirs, or the answer is their own."""
    refused = refused_at(connection, writer, Deed.REVIEW, [check.answer.operation for check in checks])
    if writer.person is None or refused:
        return refused
    authors = stored_authors(connection, store, [check.answer.key for check in checks])
    return [
        Problem("own_answer", _name(check.answer), weight=Weight.FILE)
        for check in checks
        if authors.get(check.answer.key) == writer.subject
    ]


def stored_answers(connection: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> dict[Key, Answer]:
    """The published answers for those keys that are asked."""
    return {answer.key: answer for answer in map(answer_of, _stored(connection, "stored/answers", keys))}


def stored_reviews(connection: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> dict[Key, Review]:
    """The reviews of some answers, by the key of the answer."""
    return {review.key: review for review in map(review_of, _stored(connection, "stored/reviews", keys))}


def stored_authors(connection: duckdb.DuckDBPyConnection, store: Path, keys: Iterable[Key]) -> dict[Key, str]:
    """The subject who gave each of some answers, by key; empty if nobody had to sign in then. Raises StoreError."""
    subjects = {revision.number: revision.subject for revision in history(store)}
    return {
        (str(row["round"]), str(row["operation"]), str(row["criterion"])): subjects.get(int(str(row["step"])), "")
        for row in _stored(connection, "stored/authors", keys)
    }


def _stored(connection: duckdb.DuckDBPyConnection, name: str, keys: Iterable[Key]) -> Iterable[Mapping[str, object]]:
    rounds, operations, criteria = (sorted(set(codes)) for codes in zip(*keys, strict=True))
    given = {"rounds": rounds, "operations": operations, "criteria": criteria}
    cursor = connection.execute(sql(name), given)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _answers(answers: Sequence[Answer]) -> EditedTable:
    return EditedTable("answers", [asdict(answer) for answer in answers], [_name(answer) for answer in answers])


def _name(item: Answer | Review) -> str:
    return f"{item.operation}, {item.criterion}"


def _review(check: Check, writer: Writer, today: date) -> Review:
    """The review as written: with what the answer says then, its evidence already raised."""
    answer = check.answer
    return Review(
        *answer.key,
        check.verdict,
        writer.role.strip(),
        check.comment.strip(),
        today.isoformat(),
        answer.status,
        check.evidence or answer.evidence,
        answer.note,
        answer.na_reason,
        check.rated_status,
    )


def _conflicts(was: Answer, stored: Mapping[Key, Answer]) -> list[Problem]:
    """What somebody else has changed in an answer since it was opened. Reports what is no longer asked, too."""
    now = stored.get(was.key, was)
    return [_changed(was, name, getattr(now, name)) for name in ANSWERED if getattr(now, name) != getattr(was, name)]


def _reviewed_since(check: Check, stored: Mapping[Key, Review]) -> list[Problem]:
    was, now = check.was or Review(), stored.get(check.answer.key, Review())
    return [
        _changed(check.answer, name, getattr(now, name))
        for name in REVIEWED
        if getattr(now, name) != getattr(was, name)
    ]


def _changed(answer: Answer, column: str, value: str) -> Problem:
    return Problem("changed_meanwhile", _name(answer), column=column, value=value, weight=Weight.FILE)
