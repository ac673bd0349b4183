"""With which scale and bands does a standard start that has none of its own?"""

from collections.abc import Callable
from typing import Any

START_SCALE: tuple[tuple[str, str, float | None], ...] = (
    ("implemented", "answered", 1),
    ("partly", "answered", 0.5),
    ("not_implemented", "answered", 0),
    ("not_applicable", "not_applicable", None),
    ("not_known", "not_known", None),
)
START_BANDS = (("early", 0), ("developing", 25), ("established", 51), ("embedded", 88))


def start_scale(words: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the scale to start from, as rows of a standard."""
    return [
        {"status": status, "title": words(f"workbook.start.{status}"), "counts_as": counts_as, "value": value}
        for status, counts_as, value in START_SCALE
    ]


def start_bands(words: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the bands to start from, as rows of a standard."""
    return [
        {"band": band, "title": words(f"workbook.start.{band}"), "starts_at": starts_at}
        for band, starts_at in START_BANDS
    ]
