"""What has a group left to be brought back? Its place, and what it had typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model.view.view_state import COLLECTED


@dataclass(frozen=True)
class Aside:
    """What a group has left: the page and view it was on, and what it had typed, by the name of its key."""

    page: str
    query: dict[str, str]
    typed: Mapping[str, Any]

    @property
    def holds_work(self) -> bool:
        """Whether something would be lost with it."""
        return bool(self.typed) or any(name in self.query for name in (*COLLECTED, "imagined"))
