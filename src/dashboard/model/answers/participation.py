"""What does one record of how children were heard say? A row of the form `participation`, every value as text."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import get_args

from dashboard.model.records import RECORDS
from dashboard.model.standard.shared import AgeGroup
from dashboard.model.texts import text_of

AGES = get_args(AgeGroup)
_RECORD = RECORDS["participation"]
ACTIVITIES = _RECORD.column("activity").words
COUNTS = ("children", "girls", "boys", "children_with_disabilities", "out_of_school")
"""The number of children heard, then the number in each group; groups may overlap."""
SAFETY = ("consent", "safeguarding_lead", "trained_partner", "fed_back")
SAFE_WORDS = _RECORD.column("consent").words
CHANGED = _RECORD.column("changed").words
WITHHELD = "withheld"
"""Replaces a count under 10, and one from which such a count could be derived."""


@dataclass(frozen=True)
class Participation:
    """One record. A record with nothing but its code withdraws what was said under it."""

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


RECORD_FIELDS = tuple(field.name for field in fields(Participation))
RECORD_EDITED = tuple(name for name in RECORD_FIELDS if name not in ("record", "operation", "round"))
"""What may be edited; the operation and round of a record are fixed."""


def record_of(row: Mapping[str, object]) -> Participation:
    """Return a record from a row of the question `participation`.

    A row of the table works too, with codes in `operation` and `round`.
    """
    ages, withheld = (_codes(row[name]) for name in ("age_groups", "withheld"))
    texts = {name: text_of(row[name]) for name in RECORD_FIELDS if name != "age_groups"}
    hidden = dict.fromkeys(withheld, WITHHELD)
    return Participation(**{**texts, **hidden, "age_groups": ";".join(ages)})


def _codes(value: object) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list) else []
