"""What has somebody typed and not saved? One thing, as it was before and as typed."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Typed = TypeVar("Typed")


@dataclass(frozen=True)
class Draft(Generic[Typed]):
    """One thing as it was when somebody began to type, None for a new one, and as it is in the form."""

    was: Typed | None
    typed: Typed
