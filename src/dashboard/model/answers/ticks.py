"""Is a cell ticked?"""

TICKS = frozenset(("x", "✓", "✔", "✔️", "☑", "☒", "✅", "1", "true", "•", "●", "■"))
NO_TICKS = frozenset(("☐", "0", "false", "o", "○", "□", "-", "–"))


def is_tick(cell: str) -> bool:
    """Whether a cell holds a mark that stands for the title of its column."""
    return cell.strip().casefold() in TICKS
