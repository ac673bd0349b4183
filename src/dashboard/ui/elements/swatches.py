"""How are the colours of a scale shown within text? As a square beside its word, in the colours of charts."""

from collections.abc import Iterable

from dashboard.charts.look import BAND_INK, band_colours
from dashboard.queries.elements.rows import BandsRow
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

SQUARE = "■"


def coloured(text: str, colour: str, ground: str = "") -> str:
    """Return a text in a colour, on a background colour if one is given."""
    behind = f' background="{ground}"' if ground else ""
    return f':color[{text}]{{foreground="{colour}"{behind}}}'


def band_badge(view: View, band: str | None) -> str:
    """Return the name of a band on its colour; empty for none."""
    return next(
        (
            coloured(f"\u00a0{row['band_title'].lower()}\u00a0", ink, ground)
            for row, ground, ink in _banded(view)
            if row["band"] == band
        ),
        "",
    )


def band_colour(view: View, band: str | None) -> str:
    """Return the colour of a band; empty for none."""
    return next((colour for row, colour, _ in _banded(view) if row["band"] == band), "")


def band_title(view: View, band: str | None) -> str:
    """Return the name of a band for use in a sentence; empty for none."""
    return next((row["band_title"].lower() for row, _, _ in _banded(view) if row["band"] == band), "")


def band_swatches(view: View) -> str:
    """Return every band with its colour, start and end."""
    return " ".join(
        f"{coloured(SQUARE, colour)}\u00a0{row['band_title'].lower()}\u00a0{row['starts_at']}–{row['ends_at']}"
        for row, colour, _ in _banded(view)
    )


def _banded(view: View) -> Iterable[tuple[BandsRow, str, str]]:
    found: list[BandsRow] = escaped_rows(view.published, "bands", view.parameters())
    return zip(found, band_colours(len(found)), band_colours(len(found), BAND_INK), strict=True)
