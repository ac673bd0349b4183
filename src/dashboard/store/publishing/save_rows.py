"""Saves what people edited on pages: rows, reviews, evidence, comments and roles.

It is compared with what is stored, under the lock, then imported like a file. See docs/decisions/0014-edits.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from dashboard.model.answer import Answer, Approval, Comment, Evidence, Key, Review, Subject, deeds_of, replaced
from dashboard.model.permissions import Deed, Granted
from dashboard.model.plan import Action, next_id
from dashboard.model.problem import Problem, Weight
from dashboard.model.records import RECORDS, Draft, EditedRow
from dashboard.store.history import history
from dashboard.store.locking import Outcome, Writer, refusal
from dashboard.store.published_codes import stored_evidence
from dashboard.store.publishing.edits import EditedTable, publish_edits, refused_at
from dashboard.store.publishing.load import FiguresOf
from dashboard.store.record_columns import as_in_a_file
from dashboard.store.sql import rows_of, sql

Row = TypeVar("Row", bound=EditedRow)
Keys = Iterable[tuple[str, ...]]


@dataclass(frozen=True)
class Saved(Outcome):
    """The result of a request to save; `codes` are the first columns of the keys that were written, in its order."""

    codes: tuple[str, ...] = ()


def first_of_key(row: EditedRow) -> str:
    """Return what a row with a code is called."""
    return row.key[0]


def save_rows(
    store: Path,
    drafts: Sequence[Draft[Row]],
    writer: Writer,
    today: date,
    called: Callable[[Row], str] = first_of_key,
) -> Saved:
    """Publish all drafts of one table as one step, or none of them. `called` names a row for its readers.

    Nothing is published if a row has changed since it was opened, if a new one is there already, or if a value is not
    sound. A new row gets its number while nobody else can take it. Problems give the name of a row as their file.
    """
    rows = _numbered(drafts, ())

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        there = stored_rows(connection, type(rows[0]), [draft.typed.key for draft in drafts])
        rows[:] = _numbered(drafts, there)
        touched = [*rows, *(there[row.key] for row in rows if row.key in there)]
        refused = refused_at(connection, writer, rows[0].deed, [asdict(row)["operation"] for row in touched])
        changed = (problem for draft in drafts for problem in _conflicts(draft, there, called))
        return tables_of(called, rows), [*refused, *changed]

    outcome = publish_edits(store, tables_of(called, rows), writer, rows[0].deed, today, conflicts)
    codes = tuple(row.key[0] for row in rows) if outcome.revision is not None else ()
    return Saved(outcome.revision, outcome.problems, codes)


def save_answers(store: Path, drafts: Sequence[Draft[Answer]], writer: Writer, today: date) -> Outcome:
    """Publish answers in the role of the writer, as of today. Problems give operation and criterion as their file."""
    given = {"answered_by_role": writer.role.strip(), "answered_on": today.isoformat(), "framework_version": ""}
    stamped = [replace(draft, typed=replace(draft.typed, **given)) for draft in drafts]
    return save_rows(store, stamped, writer, today, answer_name)


def stored_answers(connection: duckdb.DuckDBPyConnection, keys: Keys) -> dict[Key, Answer]:
    """Return the published answers for those keys that are asked."""
    return {answer.key: answer for answer in map(Answer.of, stored_about(connection, "stored/answers", keys))}


def answer_name(row: Answer | Review) -> str:
    """Return what problems call an answer or its review."""
    return f"{row.operation}, {row.criterion}"


def stored_about(connection: duckdb.DuckDBPyConnection, name: str, keys: Keys) -> list[dict[str, object]]:
    """Return what a statement says about some answers, by column."""
    rounds, operations, criteria = (sorted(set(codes)) for codes in zip(*keys, strict=True))
    return rows_of(connection.execute(sql(name), {"rounds": rounds, "operations": operations, "criteria": criteria}))


LOOKUPS: Mapping[type[EditedRow], Callable[[duckdb.DuckDBPyConnection, Keys], dict[Any, Any]]] = {
    Answer: stored_answers
}
"""How rows are found in tables that are too long to be read whole."""


def stored_rows(connection: duckdb.DuckDBPyConnection, row: type[Row], keys: Keys = ()) -> dict[tuple[str, ...], Row]:
    """Return what a publication says in one table under some keys, or more, by key."""
    if row in LOOKUPS:
        return LOOKUPS[row](connection, keys)
    found = map(row.of, rows_of(connection.execute(as_in_a_file(row.form))))
    return {one.key: one for one in found}


def tables_of(called: Callable[[Any], str], *tables: Sequence[EditedRow]) -> list[EditedTable]:
    """Return rows of some tables as they are imported, without the tables that have none."""
    return [EditedTable(rows[0].form, list(map(asdict, rows)), list(map(called, rows))) for rows in tables if rows]


def changed_since(was: Row, now: Row, name: str) -> Iterator[Problem]:
    """Yield what somebody else has changed in a row since it was opened, one Problem for each value."""
    for column in was.differing(now):
        yield Problem("changed_meanwhile", name, column=column, value=getattr(now, column), weight=Weight.FILE)


def _numbered(drafts: Sequence[Draft[Row]], stored: Keys) -> list[Row]:
    """The rows to write, each new one under the next free number."""
    taken, rows = {key[0] for key in stored}, list[Row]()
    for draft in drafts:
        row = draft.typed
        if draft.was is None and row.letter:
            row = replace(row, **{RECORDS[row.form].key[0]: next_id(taken, row.letter)})
        taken.add(row.key[0])
        rows.append(row)
    return rows


def _conflicts(
    draft: Draft[Row], there: Mapping[tuple[str, ...], Row], called: Callable[[Row], str]
) -> Iterable[Problem]:
    row, now = draft.was or draft.typed, there.get(draft.typed.key)
    if draft.was is None:
        there_already = now is not None and not row.letter
        return [Problem("there_already", called(row), weight=Weight.FILE)] if there_already else []
    if now is not None:
        return changed_since(draft.was, now, called(row))
    # What is looked up is what may be written: of the rest, its import says why not.
    return [] if type(row) in LOOKUPS else [Problem("gone_meanwhile", called(row), weight=Weight.FILE)]


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


def save_reviews(store: Path, checks: Sequence[Check], writer: Writer, today: date) -> Outcome:
    """Publish all of the reviews as one step, with the answers whose evidence they raise, or none of them.

    Nothing is published if an answer or its review has changed since it was opened.
    """
    raised = [replace(check.answer, evidence=check.evidence) for check in checks if check.evidence]
    tables = tables_of(answer_name, raised, [_review(check, writer, today) for check in checks])

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        keys = [check.answer.key for check in checks]
        answers, reviews = stored_answers(connection, keys), stored_reviews(connection, keys)
        problems = _may_not_review(connection, store, writer, checks)
        for check in checks:
            key, name = check.answer.key, answer_name(check.answer)
            problems += changed_since(check.answer, answers.get(key, check.answer), name)
            problems += changed_since(check.was or Review(), reviews.get(key, Review()), name)
        return tables, problems

    return publish_edits(store, tables, writer, Deed.REVIEW, today, conflicts)


def stored_reviews(connection: duckdb.DuckDBPyConnection, keys: Keys) -> dict[Key, Review]:
    """Return the reviews of some answers, by the key of the answer."""
    return {review.key: review for review in map(Review.of, stored_about(connection, "stored/reviews", keys))}


def stored_authors(connection: duckdb.DuckDBPyConnection, store: Path, keys: Keys) -> dict[Key, str]:
    """The subject who gave each of some answers, by key; empty if nobody had to sign in then. Raises StoreError."""
    subjects = {revision.number: revision.subject for revision in history(store)}
    return {
        (str(row["round"]), str(row["operation"]), str(row["criterion"])): subjects.get(int(str(row["step"])), "")
        for row in stored_about(connection, "stored/authors", keys)
    }


def _may_not_review(
    connection: duckdb.DuckDBPyConnection, store: Path, writer: Writer, checks: Sequence[Check]
) -> list[Problem]:
    """Why the writer may not review these answers: the operation is not theirs, or the answer is their own."""
    refused = refused_at(connection, writer, Deed.REVIEW, [check.answer.operation for check in checks])
    if writer.person is None or refused:
        return refused
    authors = stored_authors(connection, store, [check.answer.key for check in checks])
    return [
        Problem("own_answer", answer_name(check.answer), weight=Weight.FILE)
        for check in checks
        if authors.get(check.answer.key) == writer.subject
    ]


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


def save_evidence(
    store: Path, subject: Subject, draft: Draft[Evidence | None], name: str, writer: Writer, today: date
) -> Outcome:
    """Publish one item as it was typed, as one step; None removes it. Problems give `name` as their file.

    Nothing is published if somebody else has changed or removed the item since it was opened.
    """
    *_, action = subject
    deed = Deed.ACT if action else Deed.ANSWER

    def tables(items: Sequence[Evidence], was: Evidence | None) -> list[EditedTable]:
        return tables_of(lambda item: name, replaced(items, was, draft.typed, subject))

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        items = stored_evidence(connection, subject)
        gone = draft.was is not None and draft.was not in items
        problems = [Problem("evidence_changed", name, weight=Weight.FILE)] if gone else []
        refused = refused_at(connection, writer, deed, [_operation(connection, subject)])
        return tables(items, draft.was), [*refused, *problems]

    return publish_edits(store, tables((), None), writer, deed, today, conflicts)


def save_comment(store: Path, key: Key, text: str, deed: Deed, writer: Writer, today: date) -> Outcome:
    """Publish a comment on an answer as one step, in the role of the writer. `deed` is answering or reviewing."""
    comment = Comment(*key, writer.role.strip(), today.isoformat(), text.strip())
    tables = tables_of(answer_name, [comment])

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        return tables, refused_at(connection, writer, deed, [comment.operation])

    return publish_edits(store, tables, writer, deed, today, conflicts)


def save_approval(
    store: Path, draft: Draft[Approval], writer: Writer, today: date, figures: FiguresOf, called: str = ""
) -> Outcome:
    """Publish the word on one level in the role of the writer, as of today; `figures` are kept if it approves.

    Nothing is published if somebody has said something else since it was opened. `called` is what a reader calls it.
    """
    typed = replace(draft.typed, role=writer.role.strip(), said_on=today.isoformat(), note=draft.typed.note.strip())
    name = called or typed.level.place or typed.round
    deeds = deeds_of(typed.level, typed.state)
    deed = next((one for one in deeds if refusal(writer, one) is None), deeds[0])

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        now = stored_rows(connection, Approval).get(typed.key, Approval())
        return tables_of(lambda _: name, [typed]), changed_since(draft.was or Approval(), now, name)

    return publish_edits(store, tables_of(lambda _: name, [typed]), writer, deed, today, conflicts, figures)


def _operation(connection: duckdb.DuckDBPyConnection, subject: Subject) -> str:
    _, operation, _, action = subject
    actions = stored_rows(connection, Action) if action else {}
    return actions[(action,)].operation if (action,) in actions else operation


def save_role(store: Path, was: Granted | None, wanted: Granted, name: str, writer: Writer, today: date) -> Outcome:
    """Publish one change as one step: a new role, another one instead of `was`, or its end if `wanted` names no role.

    `name` is what a reader calls it; problems give it as their file. The other roles of the person stay as they are.
    """

    def conflicts(connection: duckdb.DuckDBPyConnection) -> tuple[Sequence[EditedTable], Iterable[Problem]]:
        now = _roles(connection, wanted.subject)
        if was is not None and was not in now:
            return [], [Problem("role_gone", name, weight=Weight.FILE)]
        if wanted in now and wanted != was:
            return [], [Problem("role_there", name, weight=Weight.FILE)]
        left = [*(now - {was}), *([wanted] if wanted.role else [])] or [Granted(wanted.subject, "", "")]
        return [EditedTable("people", [asdict(one) for one in left], [name for _ in left])], []

    first = EditedTable("people", [asdict(wanted)], [name])
    return publish_edits(store, [first], writer, Deed.GRANT, today, conflicts)


def _roles(connection: duckdb.DuckDBPyConnection, subject: str) -> set[Granted]:
    rows = connection.execute(
        "SELECT subject, role, scope FROM person_grant WHERE subject = $subject", {"subject": subject}
    )
    return {Granted(*row) for row in rows.fetchall()}
