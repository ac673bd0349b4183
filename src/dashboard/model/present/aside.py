"""What does it take to bring a group back to where it was? Its page, and what it had typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.model.view.view_state import COLLECTED


@dataclass(frozen=True)
class Aside:
    """What a group has left: the page and view it was on, and what it had typed, by key."""

    page: str
    query: dict[str, str]
    typed: Mapping[str, Any]

    @property
    def holds_work(self) -> bool:
        """Whether losing it would lose work."""
        return bool(self.typed) or any(name in self.query for name in (*COLLECTED, "imagined"))
