"""Is a cell ticked?"""

TICKS = frozenset(("x", "✓", "✔", "✔️", "☑", "☒", "✅", "1", "true", "•", "●", "■"))
NO_TICKS = frozenset(("☐", "0", "false", "o", "○", "□", "-", "–"))


def is_tick(cell: str) -> bool:
    """Return whether a cell holds a mark, so that the title of its column applies."""
    return cell.strip().casefold() in TICKS
