"""Legends of charts: each mark as drawn, followed by its meaning; and the time axis of charts of rounds.

The marks that charts share are here. Below a time axis are notes on its rounds, and what dotted lines mean.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape as escape_html
from typing import TypedDict
from urllib.parse import quote

import pyarrow as pa

from dashboard.charts.look import TARGET_SIGNS, Look, band_colours, look_of, sign_svg
from dashboard.charts.trend import TimeAxis, time_axis
from dashboard.model.mapping import bare, named_in
from dashboard.queries.ask import rows
from dashboard.queries.every_page import BANDS, OPTIONS
from dashboard.queries.question import Question
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import draw_html
from dashboard.ui.session import theme
from dashboard.ui.view import View

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
        f"<span{' class=short' if mark in short else ''}>{_shown(mark)} {escape_html(text)}</span>"
        for mark, text in marks
    )
    return f'<div class="legend">{escape_html(note)}<div>{shown}{why}</div></div>' if shown or note or why else ""


def show_codes(titles: Iterable[tuple[str, str]]) -> None:
    """Show what the codes above narrow columns mean; both are plain text."""
    key = (f"<b>{escape_html(code)}</b> {escape_html(title)}" for code, title in titles)
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
    return drawn(WIDE, HIGH, f"{box} stroke='{look.quiet}' stroke-dasharray='3 3'/>{text}{escape_html(sign)}</text>")


def ring(look: Look) -> str:
    """Return the small circle in the corner of a cell."""
    return drawn(HIGH, HIGH, f"<circle cx='6' cy='6' r='3' fill='none' stroke='{look.quiet}'/>")


def _shown(mark: str) -> str:
    return f'<img alt="" src="{as_address(mark)}">' if mark.startswith("<svg") else escape_html(mark)


LONG = 24
"""Pixels of a line in a legend."""
MIDDLE = HIGH / 2


def dots(colours: Iterable[str]) -> str:
    """Return a dot of each colour, side by side."""
    found = list(colours)
    each = "".join(
        f"<circle cx='{MIDDLE + at * HIGH}' cy='{MIDDLE}' r='5' fill='{colour}'/>" for at, colour in enumerate(found)
    )
    return drawn(HIGH * len(found), HIGH, each)


def ticks(colours: Iterable[str]) -> str:
    """Return an upright stroke of each colour, side by side."""
    found = list(colours)
    each = "".join(
        f"<path d='M{3 + at * 6} 0V{HIGH}' stroke='{colour}' stroke-width='3'/>" for at, colour in enumerate(found)
    )
    return drawn(6 * len(found), HIGH, each)


def hollow_dot(colour: str) -> str:
    """Return a hollow dot."""
    return drawn(
        HIGH, HIGH, f"<circle cx='{MIDDLE}' cy='{MIDDLE}' r='4.2' fill='none' stroke='{colour}' stroke-width='1.8'/>"
    )


def stroke(colour: str, dash: str = "", more: str = "") -> str:
    """Return a line, dashed if its dashes are given; `more` is drawn on it."""
    dashed = f" stroke-dasharray='{dash}'" if dash else ""
    line = f"<path d='M0 {MIDDLE}H{LONG}' stroke='{colour}' stroke-width='2.5'{dashed}/>"
    return drawn(LONG, HIGH, line + more)


def hollow_ends(colour: str) -> str:
    """Return a thin line, hollow at both ends."""
    ends = "".join(
        f"<circle cx='{x}' cy='{MIDDLE}' r='3.6' fill='none' stroke='{colour}' stroke-width='1.6'/>"
        for x in (5, LONG - 5)
    )
    return drawn(LONG, HIGH, f"<path d='M9 {MIDDLE}H{LONG - 9}' stroke='{colour}'/>{ends}")


def band_keys(view: View) -> Iterator[Mark]:
    """Yield the colour of each band with its name, start and end."""
    found = list(rows(view.published, BANDS, view.parameters()))
    for row, colour in zip(found, colours_of(view), strict=True):
        told = {"band": one_line(row["band_title"]), "low": row["starts_at"], "high": row["ends_at"]}
        yield filled(colour), view.words("heatmap.band", **told)


def colours_of(view: View) -> list[str]:
    """Return the colour of each band of the selected framework, low to high."""
    return band_colours(len(list(rows(view.published, BANDS, view.parameters()))))


def range_key(view: View, look: Look) -> Mark:
    """Return the grey bar behind the marks of a row."""
    bar = f"<rect y='2' width='{LONG}' height='8' rx='4' fill='{look.range}'/>"
    return drawn(LONG, HIGH, bar), view.words("chart_key.range")


def few_keys(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield how figures are drawn that rest on few answers, if there are any."""
    look, readings = look_of(theme()), set(table["reading"].to_pylist())
    if "count" in readings:
        yield hollow_dot(look.ink), view.words("chart_key.few", below=view.count_below())
    if "too_few" in readings:
        yield stroke(look.ink, "3 3"), view.words("chart_key.too_few")


def failed_key(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield the triangle beside a figure, if a critical criterion failed anywhere; hollow if it has no answer now."""
    ink = look_of(theme()).ink
    if any(table["n_critical_failed"].to_pylist()):
        yield sign_svg("▼", ink), view.words("heatmap.critical")
    if only_before(table):
        yield sign_svg("▽", ink), view.words("failures.key")


def only_before(table: pa.Table) -> bool:
    """Whether a figure has a hollow triangle: something failed when last answered, and nothing fails now."""
    pairs = zip(table["n_critical_failed"].to_pylist(), table["n_failed_before"].to_pylist(), strict=True)
    return any(before and not now for now, before in pairs)


def target_keys(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield each sign of a target in a chart with its meaning, once if it has two meanings."""
    found, words = set(table["target_status"].to_pylist()), view.words
    said: dict[str, list[str]] = {}
    for one in (status for status in TARGET_SIGNS if status in found):
        said.setdefault(TARGET_SIGNS[one], []).append(words(f"target.status.{one}"))
    for path, statuses in said.items():
        yield _target(path, look_of(theme()).ink), words("target.key", status=words.listed(statuses))


def _target(path: str, ink: str) -> str:
    shape = f"<path d='{path}'/>" if path.startswith("M") else "<circle r='.9'/>"
    placed = f"<g transform='translate({MIDDLE} {MIDDLE}) scale(4)' fill='none' stroke='{ink}' stroke-width='.5'"
    return drawn(HIGH, HIGH, f"{placed} stroke-linecap='round'>{shape}</g>")


class TimeAxisRow(TypedDict):
    """A row of `time_axis`."""

    title: str
    note: str


TIME_AXIS = Question("time_axis", TimeAxisRow)


def axis_of(view: View, alone: str = "") -> TimeAxis:
    """Return every round of the selected framework, with the years between them that have none.

    `alone` is the one country drawn, if any; notes that name only other countries are left out.
    """
    found = rows(view.published, TIME_AXIS, view.parameters())
    options = rows(view.published, OPTIONS, view.parameters()) if alone else []
    countries = {bare(row["title"]): row["code"] for row in options if row["filter"] == "country"}
    notes = [row["note"] if concerns(row["note"], alone, countries) else "" for row in found]
    titles = [one_line(row["title"]) for row in found]
    return time_axis(
        [{**row, "title": title, "note": note} for row, title, note in zip(found, titles, notes, strict=True)]
    )


def concerns(note: str, country: str, codes: Mapping[str, str]) -> bool:
    """Return whether a note names a country, or none of those whose codes are given by normalised title."""
    named = {code for _, _, code in named_in(bare(note).split(), codes)}
    return not named or country in named


def below_axis(view: View, axis: TimeAxis) -> str:
    """Return the notes on the rounds, each with its mark."""
    words = view.words
    return " ".join(
        words("time_axis.note", mark=mark, round=escape(title), note=escape(note)) for mark, title, note in axis.noted()
    )


def dotted_key(view: View, axis: TimeAxis, figures: pa.Table | None = None) -> Iterator[Mark]:
    """Yield the dotted line, if there is one."""
    if axis.gaps if figures is None else any(figures["broken"].to_pylist()):
        yield stroke(look_of(theme()).ink, "2 4"), view.words("time_axis.gap_key")
