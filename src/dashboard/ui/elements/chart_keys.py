"""Which marks do charts share, and what do they mean? Each drawn as there, for the legend below a chart."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from dashboard.charts.look import Look, band_colours, look_of
from dashboard.charts.signs import sign_svg
from dashboard.charts.targets import SIGNS
from dashboard.queries.ask import rows
from dashboard.queries.elements.questions import BANDS
from dashboard.ui.elements.legend import HIGH, Mark, drawn, filled
from dashboard.ui.elements.show import theme
from dashboard.ui.escape import one_line
from dashboard.ui.view import View

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
    for one in (status for status in SIGNS if status in found):
        said.setdefault(SIGNS[one], []).append(words(f"target.status.{one}"))
    for path, statuses in said.items():
        yield _target(path, look_of(theme()).ink), words("target.key", status=words.listed(statuses))


def _target(path: str, ink: str) -> str:
    shape = f"<path d='{path}'/>" if path.startswith("M") else "<circle r='.9'/>"
    placed = f"<g transform='translate({MIDDLE} {MIDDLE}) scale(4)' fill='none' stroke='{ink}' stroke-width='.5'"
    return drawn(HIGH, HIGH, f"{placed} stroke-linecap='round'>{shape}</g>")
