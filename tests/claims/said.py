"""What should a page claim? The key of a sentence, and what must stand in its places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNDERIVED: Any = object()
"""Stands in a place that is not derived."""


@dataclass(frozen=True)
class Said:
    """A sentence that must be said; a place may hold another, a tuple of sentences, or a list of parts."""

    key: str
    places: Mapping[str, Any]


def said(key: str, /, **places: object) -> Said:
    return Said(key, places)
