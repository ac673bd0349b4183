"""What do the shades and signs of the map mean? Only those that are on it, by what it is shaded by."""

from collections.abc import Iterator

import pyarrow as pa

from dashboard.charts.heatmap import signs
from dashboard.charts.look import Look, look_of
from dashboard.charts.places import COVER, COVER_COLOURS, FIGURES
from dashboard.ui.elements.chart_keys import band_keys
from dashboard.ui.elements.legend import Mark, filled, hollow, striped
from dashboard.ui.elements.marks import grades_key
from dashboard.ui.elements.show import theme
from dashboard.ui.view import View


def map_keys(view: View, table: pa.Table, shade: str) -> Iterator[Mark]:
    """Yield the shades of the map, then the signs beside names that have no figure."""
    words, look = view.words, look_of(theme())
    if shade == "score":
        yield from band_keys(view)
        yield from _readings(view, table, look)
    elif shade == "severity":
        yield from grades_key(view, "severity")
        yield from _missing(table, "severity", look, words("risks.none_rated"))
    elif shade == "coverage":
        found = set(table["cover"].to_pylist())
        for cover, colour in zip(COVER, COVER_COLOURS, strict=True):
            if cover in found:
                yield filled(colour), words(f"map.cover_{cover}")
        yield from _missing(table, "cover", look, words("map.nothing_key"))
    else:
        yield from _figures(view, table, shade, look)


def _readings(view: View, table: pa.Table, look: Look) -> Iterator[Mark]:
    """Yield how a country is drawn whose figure rests on few answers, or that has none."""
    words, readings = view.words, set(table["reading"].to_pylist())
    if "too_few" in readings:
        yield striped(look, look.ground, look.ground), words("chart_key.too_few")
    if "count" in readings:
        yield "*", words("chart_key.few", below=view.count_below())
    for reading, sign in signs(words).items():
        if reading in readings:
            yield hollow(look, sign), words(f"reading.{reading}")


def _missing(table: pa.Table, column: str, look: Look, said: str) -> Iterator[Mark]:
    if table[column].null_count:
        yield hollow(look, "–"), said


def _figures(view: View, table: pa.Table, shade: str, look: Look) -> Iterator[Mark]:
    """Yield both ends of an outside figure, and how one that is old or not recorded is drawn."""
    words, ends, states = view.words, FIGURES[look.theme], set(table["state"].to_pylist())
    if shade == "context":
        yield from zip(map(filled, ends), (words("map.lowest"), words("map.highest")), strict=True)
    if "old" in states:
        yield hollow(look, ""), words("map.old_key")
    if "not_recorded" in states:
        yield hollow(look, "–"), words("map.not_recorded_key")
