"""Legends of charts: each mark as drawn, followed by its meaning; and the time axis of charts of rounds.

The marks that charts share are here. Below a time axis are notes on its rounds, and what dotted lines mean.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypedDict

import pyarrow as pa
from markupsafe import Markup

from dashboard.charts.look import TARGET_SIGNS, Look, band_colours, look_of, sign_svg
from dashboard.charts.trend import TimeAxis, time_axis
from dashboard.model.mapping import bare, named_in
from dashboard.queries.ask import rows
from dashboard.queries.every_page import BANDS, OPTIONS
from dashboard.queries.question import Question
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import draw_html, part
from dashboard.ui.session import theme
from dashboard.ui.view import View

Mark = tuple[str, str]
"""A mark, as decorative SVG or as a sign, and its meaning; both are plain text."""
LONG = 24
"""Pixels of a line in a legend."""


def show_legend(marks: Iterable[Mark], note: str = "", short: Iterable[str] = (), why: str = "") -> None:
    """Show a note, then the marks in a line that wraps; those in `short` only on a narrow screen. `why` is HTML."""
    if body := legend_html(marks, note, short, why):
        draw_html(body)


def legend_html(marks: Iterable[Mark], note: str = "", short: Iterable[str] = (), why: str = "") -> Markup:
    """Return the same as HTML; empty if there is nothing to show."""
    shown = list(marks)
    return part("legend", shown, note, list(short), why) if shown or note or why else Markup()


def show_codes(titles: Iterable[tuple[str, str]]) -> None:
    """Show what the codes above narrow columns mean; both are plain text."""
    draw_html(part("codes", titles))


def in_a_picture(marks: Iterable[Mark]) -> list[str]:
    """Return the marks and their meanings, for a picture of the chart that they explain."""
    told: list[str] = []
    for mark, text in marks:
        told += (mark, text) if mark.startswith("<svg") else (f"{mark} {text}",)
    return told


@lru_cache(4096)
def drawn(mark: str, *values: Hashable, width: int = 21, height: int = 12) -> str:
    """Return a small drawing of the given size in pixels: a macro of `marks.svg`, filled in once."""
    return str(part("drawn", part(mark, *values, of="marks.svg"), width, height, of="marks.svg"))


def filled(colour: str) -> str:
    """Return a cell of one colour."""
    return drawn("filled", colour)


def striped(look: Look, low: str, high: str) -> str:
    """Return a cell with stripes between two colours."""
    return drawn("striped", look, low, high)


def shades(colours: Iterable[str]) -> str:
    """Return narrow cells side by side, one of each colour."""
    return drawn("shades", tuple(colours), width=48)


def weak(colour: str) -> str:
    """Return a cell of one colour that fills only the middle of its place."""
    return drawn("weak", colour)


def hollow(look: Look, sign: str) -> str:
    """Return a cell with a sign in the place of a figure."""
    return drawn("hollow", look, sign)


def ring(look: Look) -> str:
    """Return the small circle in the corner of a cell."""
    return drawn("ring", look, width=12)


def dots(colours: Iterable[str]) -> str:
    """Return a dot of each colour, side by side."""
    found = tuple(colours)
    return drawn("dots", found, width=12 * len(found))


def ticks(colours: Iterable[str]) -> str:
    """Return an upright stroke of each colour, side by side."""
    found = tuple(colours)
    return drawn("ticks", found, width=6 * len(found))


def hollow_dot(colour: str) -> str:
    """Return a hollow dot."""
    return drawn("hollow_dot", colour, width=12)


def stroke(colour: str, dash: str = "") -> str:
    """Return a line, dashed if its dashes are given."""
    return drawn("stroke", colour, dash, width=LONG)


def hollow_ends(colour: str) -> str:
    """Return a thin line, hollow at both ends."""
    return drawn("hollow_ends", colour, width=LONG)


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
    return drawn("range", look, width=LONG), view.words("chart_key.range")


def few_keys(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield how figures are drawn that rest on few answers, if there are any and they may be shown."""
    look, readings = look_of(theme()), set(table["reading"].to_pylist())
    if "count" in readings and not view.masked:
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
        yield drawn("target", path, look_of(theme()).ink, width=12), words("target.key", status=words.listed(statuses))


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
