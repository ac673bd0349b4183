"""Which rights does the filter of rights keep? An article keeps the rights that it belongs to.

The question `right_themes` is asked beside.
"""

from collections.abc import Collection, Mapping
from typing import Any

from dashboard.figures.asked import Asked


def kept_rights(asked: Asked) -> list[Mapping[str, Any]]:
    """In their order, those the partnership names first; each with `asks`, the codes of the filter that ask for it."""
    chosen = asked.given["right"]
    rights = ({**row, "asks": _asks(row, chosen)} for row in asked.rows("right_themes").to_pylist())
    return [row for row in rights if row["asks"]]


def _asks(row: Mapping[str, Any], chosen: Collection[str]) -> list[str]:
    if not chosen or row["theme"] in chosen:
        return [row["theme"]]
    return [code for code in dict.fromkeys(chosen) if code in (row["articles"] or ())]
