"""What does an answer or an action rest on, and what is said about an answer? Every value as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from dashboard.model.answers.answer import Key
from dashboard.model.answers.workbook import fingerprint_of
from dashboard.model.texts import texts_of

Subject = tuple[str, str, str, str]
"""Round, operation and criterion of an answer, or only the id of an action, in the last place."""


@dataclass(frozen=True)
class Evidence:
    """One document or link. `dated_on` is a date as YYYY-MM-DD; `confidential` is `true` or empty."""

    round: str = ""
    operation: str = ""
    criterion: str = ""
    action: str = ""
    title: str = ""
    link: str = ""
    document: str = ""
    dated_on: str = ""
    page: str = ""
    holder: str = ""
    confidential: str = ""

    @property
    def subject(self) -> Subject:
        return self.round, self.operation, self.criterion, self.action


EVIDENCE_EDITED = tuple(field.name for field in fields(Evidence))[4:]
"""What may be edited; the subject is fixed."""
KEPT_BACK = ("link", "document", "page", "holder")
"""What readers and workbooks are not told of a confidential item."""


@dataclass(frozen=True)
class Comment:
    """What one role said about an answer on a day."""

    round: str
    operation: str
    criterion: str
    role: str
    said_on: str
    text: str


def of_answer(key: Key) -> Subject:
    """Return the subject that an answer is."""
    return (*key, "")


def of_action(action: str) -> Subject:
    """Return the subject that an action is."""
    return "", "", "", action


def evidence_of(row: Mapping[str, object]) -> Evidence:
    """Return an item from a row that holds its values."""
    return Evidence(**texts_of(row, Evidence))


def replaced(
    items: Sequence[Evidence], was: Evidence | None, wanted: Evidence | None, subject: Subject
) -> Sequence[Evidence]:
    """Return the rows that write the items of a subject with `was` replaced by `wanted`; None adds or removes one.

    Of none, a row without a title remains, which withdraws all.
    """
    kept: Iterable[Evidence | None] = (wanted if item == was else item for item in items)
    rows = [item for item in (*kept, *(() if was is not None else (wanted,))) if item is not None]
    return rows or [
        replace(Evidence(), **dict(zip(("round", "operation", "criterion", "action"), subject, strict=True)))
    ]


def as_handed_out(item: Evidence) -> Evidence:
    """Return what a workbook says of an item: of a confidential one, only its title and day."""
    return replace(item, **dict.fromkeys(KEPT_BACK, "")) if _secret(item.confidential) else item


def completed(item: Evidence, stored: Iterable[Evidence]) -> Evidence:
    """Return a confidential item with what its workbook was not told, from the stored one of its title."""
    known = next((one for one in stored if one.title == item.title and _secret(one.confidential)), None)
    if known is None or not _secret(item.confidential):
        return item
    return replace(item, **{name: getattr(item, name) or getattr(known, name) for name in KEPT_BACK})


def fingerprint_of_items(items: Iterable[Mapping[str, object]]) -> str:
    """Return a fingerprint of the items of one answer, whatever their order; empty if there are none."""
    each = (fingerprint_of([*(item.get(name) for name in _TOLD), _secret(item.get("confidential"))]) for item in items)
    return fingerprint_of(sorted(each))


_TOLD = EVIDENCE_EDITED[:-1]


def _secret(confidential: object) -> str:
    return "true" if str(confidential).lower() == "true" else ""
