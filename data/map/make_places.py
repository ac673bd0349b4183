"""Writes where each country stands: `places.json`, from the shapes of Natural Earth and the codes of ISO 3166-1.

Run `python data/map/make_places.py COUNTRIES_50M CODES ZONES`, with `countries-50m.json` of the npm package
`world-atlas` 2.0.2, `codes.json` of the npm package `i18n-iso-countries` 7.14.0 and `zone.tab` of the time zone
database. A place is the centre of gravity of the largest polygon at 1:50m, which holds the small countries that 1:110m
leaves out. Where that centre lies outside the polygon, in a bay or a neighbour, the point of the polygon's middle
latitude that lies deepest inside it stands instead. A country without a shape of its own, such as Réunion, stands where
its first time zone does.
"""

import json
import re
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NUMBERLESS = {"Kosovo": "983"}
"""Shapes without a number, and the number that the codes give the country."""
OTHER_CODE = {"XKK": "XKX"}
"""Codes that are written otherwise elsewhere: XKX is in wide use for Kosovo."""
Point = tuple[float, float]
Ring = list[Point]


def main(shapes: Path, codes: Path, zones: Path) -> None:
    """Write `places.json` beside this file, one country a line, by code."""
    largest, at_zones = largest_of(json.loads(shapes.read_text("utf-8"))), places_of_zones(zones)
    lines = []
    for short, country, numeric, *_ in sorted(json.loads(codes.read_text("utf-8")), key=lambda row: row[1]):
        if numeric in largest:
            _, name, ring = largest[numeric]
            place = entry(numeric, name, middle(ring))
        elif short in at_zones:
            place = entry(numeric, *at_zones[short])
        else:
            continue
        lines.append(f"  {json.dumps(OTHER_CODE.get(country, country))}: {place}")
    (HERE / "places.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def largest_of(topology: dict[str, Any]) -> dict[str, tuple[float, str, Ring]]:
    """The area, name and outline of the largest polygon of each country, by its number."""
    arcs = [unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    largest: dict[str, tuple[float, str, Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        number = str(shape.get("id", NUMBERLESS.get(name, "")))
        for polygon in polygons(shape) if number else []:
            ring = outline(polygon[0], arcs)
            found = (abs(area(ring)), name, ring)
            # Islands of a state may come as a shape of their own under its number.
            largest[number] = max(largest.get(number, found), found)
    return largest


def places_of_zones(zones: Path) -> dict[str, tuple[str, Point]]:
    """The name and the place of the first time zone of each country, by its code of two letters."""
    found: dict[str, tuple[str, Point]] = {}
    for line in zones.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, position, zone, *_ = line.split("\t")
            latitude, longitude = re.findall(r"[+-]\d+", position)
            name = zone.split("/")[-1].replace("_", " ")
            found.setdefault(country, (name, (degrees(longitude, 3), degrees(latitude, 2))))
    return found


def degrees(text: str, n: int) -> float:
    """A sign, `n` digits of degrees, two of minutes and perhaps two of seconds, in degrees."""
    whole, minutes, seconds = text[1 : 1 + n], text[1 + n : 3 + n], text[3 + n :]
    return float(f"{text[0]}1") * (int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600)


def entry(numeric: str, name: str, place: Point) -> str:
    """What is written of one country; a tenth of a degree is a fraction of a pixel."""
    x, y = place
    written = {"numeric": numeric, "name": name, "longitude": round(x, 1), "latitude": round(y, 1)}
    return json.dumps(written, ensure_ascii=False)


def unpacked(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    """An arc in degrees: its points are stored as steps from one to the next."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a shape, each a list of rings of arc numbers."""
    if shape["type"] == "Polygon":
        return [shape["arcs"]]
    return list(shape["arcs"]) if shape["type"] == "MultiPolygon" else []


def outline(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    """One ring of points; an arc with a number below 0 is walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def area(ring: Ring) -> float:
    """The signed area in square degrees: large enough a measure to find the largest polygon."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def middle(ring: Ring) -> Point:
    """The centre of gravity, or the deepest point at the middle latitude where that lies outside."""
    whole = 6 * area(ring)
    pairs = list(pairwise(ring))
    x = sum((x + u) * (x * v - u * y) for (x, y), (u, v) in pairs) / whole
    y = sum((y + v) * (x * v - u * y) for (x, y), (u, v) in pairs) / whole
    crossings = sorted(a + (y - b) * (c - a) / (d - b) for (a, b), (c, d) in pairs if (b > y) != (d > y))
    inside = list(zip(crossings[::2], crossings[1::2], strict=True))
    if any(west <= x <= east for west, east in inside) or not inside:
        return x, y
    west, east = max(inside, key=lambda span: span[1] - span[0])
    return (west + east) / 2, y


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
