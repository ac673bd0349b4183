"""Writes where each country stands: `places.json`, from the shapes of Natural Earth and the codes of ISO 3166-1.

Run `python data/map/make_places.py COUNTRIES_50M CODES`, with `countries-50m.json` of the npm package `world-atlas`
2.0.2 and `codes.json` of the npm package `i18n-iso-countries` 7.14.0. A place is the centre of gravity of the largest
polygon at 1:50m, which holds the small countries that 1:110m leaves out. Where that centre lies outside the polygon, in
a bay or a neighbour, the point of the polygon's middle latitude that lies deepest inside it stands instead.
"""

import json
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Point = tuple[float, float]
Ring = list[Point]


def main(shapes: Path, codes: Path) -> None:
    """Write `places.json` beside this file, one country a line, by code."""
    topology = json.loads(shapes.read_text("utf-8"))
    arcs = [unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    largest: dict[str, tuple[float, str, Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        for polygon in polygons(shape) if shape.get("id") else []:
            ring = outline(polygon[0], arcs)
            found = (abs(area(ring)), shape["properties"]["name"], ring)
            # Islands of a state may come as a shape of their own under its number.
            largest[shape["id"]] = max(largest.get(shape["id"], found), found)
    lines = [
        f"  {json.dumps(country)}: {entry(numeric, *largest[numeric][1:])}"
        for _, country, numeric, *_ in sorted(json.loads(codes.read_text("utf-8")), key=lambda row: row[1])
        if numeric in largest
    ]
    (HERE / "places.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def entry(numeric: str, name: str, ring: Ring) -> str:
    """What is written of one country; a tenth of a degree is a fraction of a pixel."""
    x, y = middle(ring)
    place = {"numeric": numeric, "name": name, "longitude": round(x, 1), "latitude": round(y, 1)}
    return json.dumps(place, ensure_ascii=False)


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
    main(Path(sys.argv[1]), Path(sys.argv[2]))
