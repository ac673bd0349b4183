"""What do the marks of a chart mean? Each mark as drawn, followed by its meaning."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from dashboard.charts.look import Look
from dashboard.ui.html import draw_html

Mark = tuple[str, str]
"""A mark, as decorative SVG or as a sign, and its meaning; both are plain text."""
WIDE, HIGH = 21, 12
"""Size of a cell in pixels."""


def show_legend(marks: Iterable[Mark], note: str = "", short: Iterable[str] = (), why: str = "") -> None:
    """Show a note, then the marks in a line that wraps; those in `short` only on a narrow screen. `why` is HTML."""
    if body := legend_html(marks, note, short, why):
        draw_html(body)


def legend_html(marks: Iterable[Mark], note: str = "", short: Iterable[str] = (), why: str = "") -> str:
    """Return the same as HTML; empty if there is nothing to show."""
    shown = "".join(
        f"<span{' class=short' if mark in short else ''}>{_shown(mark)} {escape(text)}</span>" for mark, text in marks
    )
    return f'<div class="legend">{escape(note)}<div>{shown}{why}</div></div>' if shown or note or why else ""


def show_codes(titles: Iterable[tuple[str, str]]) -> None:
    """Show what the codes above narrow columns mean; both are plain text."""
    key = (f"<b>{escape(code)}</b> {escape(title)}" for code, title in titles)
    draw_html(f'<div class="legend">{" · ".join(key)}</div>')


def in_a_picture(marks: Iterable[Mark]) -> list[str]:
    """Return the marks and their meanings, for a picture of the chart that they explain."""
    told: list[str] = []
    for mark, text in marks:
        told += (mark, text) if mark.startswith("<svg") else (f"{mark} {text}",)
    return told


def as_address(svg: str) -> str:
    """Return a small drawing as a data address, for HTML and Markdown."""
    return f"data:image/svg+xml,{quote(svg, safe='=:/ ').replace(' ', '%20')}"


def drawn(width: int, height: int, shapes: str) -> str:
    """Return a small drawing of the given size in pixels."""
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>{shapes}</svg>"


def filled(colour: str) -> str:
    """Return a cell of one colour."""
    return drawn(WIDE, HIGH, f"<rect width='{WIDE}' height='{HIGH}' rx='3' fill='{colour}'/>")


def striped(look: Look, low: str, high: str) -> str:
    """Return a cell with stripes between two colours."""
    end = 4
    streaks = "".join(f"M{x} {HIGH}l7 -{HIGH}" for x in range(-4, WIDE, 6))
    return drawn(
        WIDE,
        HIGH,
        f"<rect width='{WIDE}' height='{HIGH}' fill='{look.ground}'/>"
        f"<path d='{streaks}' stroke='{look.stripe}' stroke-width='3'/>"
        f"<rect width='{end}' height='{HIGH}' fill='{low}'/>"
        f"<rect x='{WIDE - end}' width='{end}' height='{HIGH}' fill='{high}'/>"
        f"<rect x='.25' y='.25' width='{WIDE - 0.5}' height='{HIGH - 0.5}' fill='none' stroke='{look.quiet}' "
        "stroke-width='.5'/>",
    )


def shades(colours: Iterable[str]) -> str:
    """Return narrow cells side by side, one of each colour."""
    each = "".join(
        f"<rect x='{place * HIGH}' width='{HIGH - 1}' height='{HIGH}' rx='2' fill='{colour}'/>"
        for place, colour in enumerate(colours)
    )
    return drawn(4 * HIGH, HIGH, each)


def weak(colour: str) -> str:
    """Return a cell of one colour that fills only the middle of its place."""
    return drawn(WIDE, HIGH, f"<rect x='4' y='2' width='{WIDE - 8}' height='{HIGH - 4}' rx='2' fill='{colour}'/>")


def hollow(look: Look, sign: str) -> str:
    """Return a cell with a sign in the place of a figure."""
    box = f"<rect x='.5' y='.5' width='{WIDE - 1}' height='{HIGH - 1}' rx='3' fill='none'"
    text = (
        f"<text x='{WIDE / 2}' y='10' font-family='sans-serif' font-size='10' text-anchor='middle' fill='{look.ink}'>"
    )
    return drawn(WIDE, HIGH, f"{box} stroke='{look.quiet}' stroke-dasharray='3 3'/>{text}{escape(sign)}</text>")


def ring(look: Look) -> str:
    """Return the small circle in the corner of a cell."""
    return drawn(HIGH, HIGH, f"<circle cx='6' cy='6' r='3' fill='none' stroke='{look.quiet}'/>")


def flag() -> str:
    """Return the triangle of a critical criterion that failed, with a white edge on a dark background."""
    return drawn(12, 11, "<path d='M1 1H11L6 10Z' fill='#000' stroke='#fff' stroke-width='.7'/>")


def hollow_flag() -> str:
    """Return the triangle of one that failed when it was last answered, and has no answer now."""
    return drawn(12, 11, "<path d='M1 1H11L6 10Z' fill='#fff' stroke='#000'/>")


def _shown(mark: str) -> str:
    return f'<img alt="" src="{as_address(mark)}">' if mark.startswith("<svg") else escape(mark)
