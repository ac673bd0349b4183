"""What the map needs besides its rows: the address of the shapes, and the places of marks and names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pyarrow as pa
import streamlit as st
from streamlit import runtime

from dashboard.charts.labels import LETTER, REACH, Box, NamedPoint, end_of, placed_of_many, side_of, width_of
from dashboard.charts.world_map import CORNER, Frame, frame_of
from dashboard.exports.picture import SHAPES
from dashboard.loading.mapping.country_names import MapPlace, read_places
from dashboard.model.deployment import MAP_FOLDER
from dashboard.ui.view import View

PLACES = MAP_FOLDER / "places.json"
WIDTHS = {"wide": 640.0, "slim": 330.0}
"""The narrowest charts, in pixels, for which names are placed; in wider ones they only move further apart."""
LETTERS = {"severity": 7, "coverage": 7, "score": 8, "context": 13, "words": 17}
"""Characters that a figure takes beside a name."""


@dataclass(frozen=True)
class Name:
    """The anchor of a name, and the offsets of the name and of the end of its line from the mark, in pixels.

    A name without room has no anchor, and is not drawn.
    """

    side: str = "left"
    dx: float = 0.0
    dy: float = 0.0
    ex: float = 0.0
    ey: float = 0.0


def shapes_url() -> str:
    """Return the address from which the browser fetches the country shapes once; empty if their file is missing.

    Registered in every run, because Streamlit forgets files that a run did not name. The address derives from the
    file's content, so it is the same in every run, session and process, and so is the chart's specification.
    """
    if not SHAPES.is_file():
        return ""
    address = runtime.get_instance().media_file_mgr.add(_shapes(), "application/json", "shapes of the countries")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{address}" if base else str(address)


@cache
def _shapes() -> bytes:
    return SHAPES.read_bytes()


@cache
def known_places() -> Mapping[str, MapPlace]:
    """Return every country that has a place, by code; read once."""
    return read_places(PLACES)


def frame(view: View) -> tuple[str, ...]:
    """Return west, south, east and north of the map: independent of the filters, so that the map never jumps."""
    found = [known_places()[code] for code in view.known.anywhere("country") if code in known_places()]
    part = frame_of((place.longitude, place.latitude) for place in found)
    return tuple(f"{edge:g}" for edge in (part.west, part.south, part.east, part.north))


def without_place(table: pa.Table) -> list[str]:
    """Return the titles of the rows that have no place on the map, in order."""
    return [row["country_title"] for row in table.to_pylist() if row["country"] not in known_places()]


def on_map(table: pa.Table, edges: tuple[str, ...], shade: str) -> pa.Table:
    """Return the rows with their `numeric` code in the shapes, `x` and `y` in map units, and where their names go.

    Rows without a place have null there, and their position in the `corner`. Name offsets are in pixels, for each of
    WIDTHS.
    """
    part = Frame(*map(float, edges))
    countries = tuple(zip(table["country"].to_pylist(), table["country_title"].to_pylist(), strict=True))
    here = [known_places().get(country) for country, _ in countries]
    at = [part.at(place.longitude, place.latitude) if place else (None, None) for place in here]
    waiting = iter(range(len(here)))
    more = {
        "numeric": pa.array([place.numeric if place else None for place in here], pa.string()),
        "corner": pa.array([None if place else next(waiting) for place in here], pa.int32()),
        "x": pa.array([x for x, _ in at], pa.float64()),
        "y": pa.array([y for _, y in at], pa.float64()),
    }
    for size, width in WIDTHS.items():
        more |= _columns(size, _on_map(countries, part, width, LETTERS[shade]))
    for name, values in more.items():
        table = table.append_column(name, values)
    return table


def _on_map(countries: tuple[tuple[str, str], ...], part: Frame, width: float, letters: int) -> list[Name]:
    height = part.tall(width)
    scale = part.scale(width)
    marks: list[NamedPoint] = []
    corner: list[Box] = []
    found: list[Name | None] = []
    for country, title in countries:
        wide = width_of(title) + letters * LETTER
        place = known_places().get(country)
        if place:
            x, y = part.at(place.longitude, place.latitude)
            marks.append(NamedPoint(width / 2 + x * scale, height / 2 + y * scale, wide))
            found.append(None)
        else:
            middle = height - CORNER[0] - CORNER[1] * len(corner)
            corner.append((0, middle - 9, CORNER[0] + REACH + wide, middle + 9))
            found.append(Name(dx=REACH, ex=REACH))
    searched = iter(_names(tuple(marks), (width, height), tuple(corner)))
    return [name or next(searched) for name in found]


@lru_cache(maxsize=512)
def _names(marks: tuple[NamedPoint, ...], size: tuple[float, float], taken: tuple[Box, ...]) -> list[Name]:
    """Place names, cached by picture: a dozen names take about ten milliseconds."""
    found = []
    for mark, offset in zip(marks, placed_of_many(marks, size, taken), strict=True):
        if offset is None:
            found.append(Name(""))
            continue
        side, dx = side_of(mark, offset)
        x, y = end_of(mark, offset)
        found.append(Name(side, dx, offset[1], x - mark.x, y - mark.y))
    return found


def _columns(size: str, names: Sequence[Name]) -> dict[str, pa.Array]:
    texts = pa.array([name.side for name in names], pa.string())
    numbers = {
        f"{size}_{end}": pa.array([getattr(name, end) for name in names], pa.float64())
        for end in ("dx", "dy", "ex", "ey")
    }
    return {f"{size}_side": texts} | numbers
