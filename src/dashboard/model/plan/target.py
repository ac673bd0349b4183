"""What does one target say? A row of the form `targets`, every value as text, empty if nothing is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.records import RECORDS
from dashboard.model.texts import texts_of

Key = tuple[str, str, str, str, str, str]
"""What identifies a target: framework, kind, area, operation, and the round or day that it is due."""


@dataclass(frozen=True)
class Target:
    """One target. Without an area it is for the whole framework, without an operation for the group.

    `due_on` is a date as YYYY-MM-DD. A target without a percent withdraws what was set.
    """

    framework: str = ""
    kind: str = "respect"
    area: str = ""
    operation: str = ""
    percent: str = ""
    round: str = ""
    due_on: str = ""
    baseline: str = ""
    owner_role: str = ""
    note: str = ""

    @property
    def key(self) -> Key:
        return self.framework, self.kind, self.area, self.operation, self.round, self.due_on


TARGET_EDITED = tuple(column.name for column in RECORDS["targets"].changing)
"""What may be edited; the figure and the due day identify a target."""


def target_of(row: Mapping[str, object]) -> Target:
    """A target from a row that holds its values; dates may be date objects."""
    return Target(**texts_of(row, Target))
