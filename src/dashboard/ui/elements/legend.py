"""What the marks of a chart mean: each mark as it is drawn, and its words."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from dashboard.charts.look import Look

Mark = tuple[str, str]
"""What a mark looks like, as a piece of HTML that nobody reads, and what it means, as plain text."""
BOX = "display:inline-block;width:1.6em;height:.9em;border-radius:3px;box-sizing:border-box;vertical-align:-.1em;"


def show_legend(marks: Iterable[Mark], note: str = "") -> None:
    """A note, and below it the marks in a line that wraps."""
    shown = "".join(f"<span>{swatch} {escape(text)}</span>" for swatch, text in marks)
    if shown or note:
        st.html(f'<div class="legend">{escape(note)}<div>{shown}</div></div>')


def filled(colour: str) -> str:
    """A cell of one colour."""
    return _mark(f"{BOX}background:{colour}")


def striped(look: Look, low: str, high: str) -> str:
    """A cell with streaks between two colours."""
    ends = f"linear-gradient(90deg,{low} 0 18%,transparent 18% 82%,{high} 82%)"
    streaks = f"repeating-linear-gradient(120deg,{look.stripe} 0 3px,{look.ground} 3px 6px)"
    return _mark(f"{BOX}background:{ends},{streaks};border:.5px solid {look.quiet}")


def flag() -> str:
    """The triangle of a critical criterion, with a white edge on a dark ground."""
    shape = _mark(
        "display:inline-block;width:.75em;height:.65em;background:#000;clip-path:polygon(0 0,100% 0,50% 100%)"
    )
    return f'<span style="filter:drop-shadow(0 0 .7px #fff) drop-shadow(0 0 .7px #fff)">{shape}</span>'


def _mark(style: str) -> str:
    return f'<span style="{style}"></span>'
