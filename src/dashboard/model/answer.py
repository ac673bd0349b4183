"""Answers, their reviews, evidence and approval, and records of how children were heard.

See docs/decisions/0023-what-is-seen.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import ClassVar, NamedTuple, Self, get_args

from dashboard.model.permissions import Deed
from dashboard.model.records import RECORDS, EditedRow
from dashboard.model.shared_lists import AgeGroup
from dashboard.model.workbook import fingerprint_of

Key = tuple[str, str, str]
"""Round, operation and criterion, which identify an answer and its review."""
UNANSWERED = "unanswered"
VERDICTS = RECORDS["reviews"].column("verdict").words
EXPLAINED = VERDICTS[1:]
"""Verdicts that need a comment: the question, or why the answer cannot be judged yet."""


@dataclass(frozen=True)
class OfAnswer(EditedRow):
    """A row about one answer."""

    round: str = ""
    operation: str = ""
    criterion: str = ""

    @property
    def key(self) -> Key:
        """The answer that the row is about."""
        return self.round, self.operation, self.criterion


@dataclass(frozen=True)
class Answer(OfAnswer):
    """One answer. `evidence` is a word, empty if not stated; a review holds while the content is unchanged."""

    form: ClassVar[str] = "answers"
    deed: ClassVar[Deed] = Deed.ANSWER
    own_content: ClassVar[tuple[str, ...]] = ("status", "evidence", "note", "na_reason")
    status: str = UNANSWERED
    evidence: str = ""
    note: str = ""
    answered_by_role: str = ""
    answered_on: str = ""
    na_reason: str = ""
    framework_version: str = ""


@dataclass(frozen=True)
class Review(OfAnswer):
    """What a second role said about an answer.

    `reviewed_…` is what the answer said then, `rated_status` what the second role would have answered; see
    `docs/data-format.md`.
    """

    form: ClassVar[str] = "reviews"
    deed: ClassVar[Deed] = Deed.REVIEW
    own_content: ClassVar[tuple[str, ...]] = (
        "verdict", "comment", "reviewed_by_role", "reviewed_on", "rated_status",
    )  # fmt: skip
    verdict: str = ""
    reviewed_by_role: str = ""
    comment: str = ""
    reviewed_on: str = ""
    reviewed_status: str = ""
    reviewed_evidence: str = ""
    reviewed_note: str = ""
    reviewed_reason: str = ""
    rated_status: str = ""


@dataclass(frozen=True)
class Comment(OfAnswer):
    """What one role said about an answer on a day."""

    form: ClassVar[str] = "comments"
    role: str = ""
    said_on: str = ""
    text: str = ""


AGES = get_args(AgeGroup)
ACTIVITIES = RECORDS["participation"].column("activity").words
COUNTS = ("children", "girls", "boys", "children_with_disabilities", "out_of_school")
"""The number of children heard, then the number in each group; groups may overlap."""
SAFETY = ("consent", "safeguarding_lead", "trained_partner", "fed_back")
WITHHELD = "withheld"
"""Replaces a count under 10, and one from which such a count could be derived."""


@dataclass(frozen=True)
class Participation(EditedRow):
    """One record. A record with nothing but its code withdraws what was said under it."""

    form: ClassVar[str] = "participation"
    deed: ClassVar[Deed] = Deed.HEARD
    letter: ClassVar[str] = "P"
    record: str = ""
    operation: str = ""
    round: str = ""
    activity: str = ""
    held_on: str = ""
    age_groups: str = ""
    children: str = ""
    girls: str = ""
    boys: str = ""
    children_with_disabilities: str = ""
    out_of_school: str = ""
    consent: str = ""
    safeguarding_lead: str = ""
    trained_partner: str = ""
    fed_back: str = ""
    changed: str = ""
    what_changed: str = ""
    evidence_ref: str = ""
    note: str = ""

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Self:
        """Return the record with these values; `withheld` names the columns whose counts are."""
        withheld = row.get("withheld")
        return super().of({**row, **dict.fromkeys(withheld if isinstance(withheld, list) else (), WITHHELD)})


Subject = tuple[str, str, str, str]
"""Round, operation and criterion of an answer, or only the id of an action, in the last place."""


@dataclass(frozen=True)
class Evidence(EditedRow):
    """One document or link of a subject, which is fixed. `confidential` is `true` or empty."""

    form: ClassVar[str] = "evidence"
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

    @classmethod
    def content(cls) -> tuple[str, ...]:
        """Return what may be edited."""
        return tuple(field.name for field in fields(cls))[4:]


KEPT_BACK = ("link", "document", "page", "holder")
"""What readers and workbooks are not told of a confidential item."""


def of_answer(key: Key) -> Subject:
    """Return the subject that an answer is."""
    return (*key, "")


def of_action(action: str) -> Subject:
    """Return the subject that an action is."""
    return "", "", "", action


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


_TOLD = Evidence.content()[:-1]


def _secret(confidential: object) -> str:
    return "true" if str(confidential).lower() == "true" else ""


STATES = RECORDS["approvals"].column("state").words
READY, APPROVED, REOPENED = STATES


class ApprovalLevel(NamedTuple):
    """Whose word on a round it is: an operation's, a country's, or with neither that of the group."""

    round: str
    operation: str = ""
    country: str = ""

    @property
    def kind(self) -> str:
        """The name of the level: `operation`, `country` or `group`."""
        return "operation" if self.operation else "country" if self.country else "group"

    @property
    def place(self) -> str:
        """The code of the operation or country; empty for the group."""
        return self.operation or self.country


class LevelFigure(NamedTuple):
    """The figure of respect of one standard at a level: whole percent and band, null where none is shown.

    `reading` is one of `READINGS` in `figures/read.py`.
    """

    framework: str
    percent: int | None
    reading: str
    band: str | None


@dataclass(frozen=True)
class Approval(EditedRow):
    """The last word on one level. `role` is who says so; `note` says why, if it was opened again."""

    form: ClassVar[str] = "approvals"
    deed: ClassVar[Deed] = Deed.APPROVE
    round: str = ""
    operation: str = ""
    country: str = ""
    state: str = ""
    role: str = ""
    note: str = ""
    said_on: str = ""

    @property
    def level(self) -> ApprovalLevel:
        """Whose word it is."""
        return ApprovalLevel(self.round, self.operation, self.country)


@dataclass(frozen=True)
class Signed:
    """A new word of a load: what it says of which level, and the steps that brought the answers there.

    `within` is the country of an operation.
    """

    level: ApprovalLevel
    state: str
    within: str
    steps: tuple[int, ...]


def deeds_of(level: ApprovalLevel, state: str) -> tuple[Deed, ...]:
    """Which deeds, any of them, allow somebody to say this of a level.

    Whoever answers there may say that it is ready.
    """
    if not level.place:
        return (Deed.APPROVE_GROUP,)
    return (Deed.APPROVE, Deed.ANSWER) if state == READY else (Deed.APPROVE,)
