"""The rows of `approvals.csv`: every round but the last is signed, and some operations of the last are ready."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from data.sample.operations import Operation, Round, takes_part

APPROVAL_COLUMNS = ("round", "operation", "country", "state", "role", "note", "said_on")
HEADS = {"operation": "Managing director", "group": "Chief executive"}
"""Who approves what an operation, or the head office, answered."""
OF_THE_GROUP = "Head of sustainability"
READY = {"gha-op": "", "col-op": "Two answers still wait for the auditors.", "sen-op": ""}
"""Operations that are ready in the last round, each with a note."""
AFTER_REVIEWS, FOR_THE_GROUP = timedelta(days=40), timedelta(days=64)
"""From the end of a round until operations sign, and until the group does."""


def approval_rows(operations: Sequence[Operation], rounds: Sequence[Round]) -> Iterator[tuple[str, ...]]:
    """The approvals in the order of APPROVAL_COLUMNS, by round."""
    *earlier, last = rounds
    for period in earlier:
        present = [operation for operation in operations if takes_part(operation, period.round)]
        for place, one in enumerate(present):
            day = period.ends_on + AFTER_REVIEWS + timedelta(days=place % 7)
            yield period.round, one.operation, "", "approved", HEADS[one.kind], "", day.isoformat()
        day = period.ends_on + FOR_THE_GROUP
        yield period.round, "", "", "approved", OF_THE_GROUP, "", day.isoformat()
    for place, (operation, note) in enumerate(READY.items()):
        day = last.ends_on + AFTER_REVIEWS + timedelta(days=place)
        yield last.round, operation, "", "ready", HEADS["operation"], note, day.isoformat()
