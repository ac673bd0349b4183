"""What has somebody typed and not saved? One thing, as it was before and as it is typed."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Typed = TypeVar("Typed")


@dataclass(frozen=True)
class Draft(Generic[Typed]):
    """One thing as it was when somebody began to type, None for a new one, and as it stands in the form."""

    was: Typed | None
    typed: Typed
