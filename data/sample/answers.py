"""The rows of `answers/<round>.csv`."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from data.sample.chance import draw
from data.sample.notes import note_of, reason_of
from data.sample.operations import Operation, Round
from data.sample.questions import Question
from data.sample.texts import day_in, role_of

ANSWER_COLUMNS = (
    "round",
    "operation",
    "criterion",
    "status",
    "evidence",
    "note",
    "answered_by_role",
    "answered_on",
    "na_reason",
)
SAME_NOTE_AT_MOST = 3


def evidence_of(status: str, source: Random, period: Round) -> str:
    """The level of evidence; better in later rounds and behind what is said to be in place."""
    if status in ("not_known", "not_applicable"):
        return source.choices(("none", "self_declared"), (5, 2 if status == "not_applicable" else 0))[0]
    later = int(period.round) - 2023
    weights: dict[str, tuple[float, float, float, float]] = {
        "implemented": (0.3, 4.5 - later, 3.5 + later, 0.7 + 0.6 * later),
        "partly": (0.8, 5.5 - later, 2.5 + later, 0.3 + 0.3 * later),
        "not_implemented": (4, 4.5 - later, 1.0 + later / 2, 0.2),
    }
    return source.choices(("none", "self_declared", "seen", "independently_checked"), weights[status])[0]


def answer_rows(
    period: Round, operation: Operation, asked: list[Question], statuses: dict[str, str], used: Counter[str]
) -> Iterator[tuple[str, ...]]:
    """The rows of one operation in one round, in the order of ANSWER_COLUMNS; `statuses` are by criterion.

    A note is left out once `used`, which counts the notes of all rows so far, has it three times.
    """
    for question in asked:
        status = statuses[question.criterion]
        if not status:
            continue
        source = draw("answer", period.round, operation.operation, question.criterion)
        note = note_of(question, status, source, operation.operation)
        note = note if used[note] < SAME_NOTE_AT_MOST else ""
        used[note] += 1
        yield (
            period.round,
            operation.operation,
            question.criterion,
            status,
            evidence_of(status, source, period),
            note,
            role_of(question.functions, source, operation.operation),
            day_in(period, source),
            reason_of(question, operation, period) if status == "not_applicable" else "",
        )
