"""Do the shapes and the places of the map fit together, and do they come with their licences?"""

import csv
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dashboard.loading.mapping.country_names import alpha_3, read_places
from tests.conftest import ROOT

MAP = ROOT / "data" / "map"
PLACES = read_places(MAP / "places.json")
SHAPES: dict[str, Any] = json.loads((MAP / "countries-110m.json").read_text("utf-8"))


def test_every_country_of_the_sample_has_a_place() -> None:
    with (ROOT / "data" / "countries.csv").open(encoding="utf-8") as stream:
        assert {row["country"] for row in csv.DictReader(stream)} <= PLACES.keys()


def test_every_country_has_a_place_but_an_island_where_nobody_lives() -> None:
    assert set(alpha_3().values()) - PLACES.keys() == {"BVT"}
    assert not PLACES.keys() - set(alpha_3().values())


def test_numbers_are_three_digits_and_each_occurs_once() -> None:
    numbers = [place.numeric for place in PLACES.values()]
    assert all(len(number) == 3 and number.isdigit() for number in numbers)
    assert len(set(numbers)) == len(numbers) > 200


def test_every_shape_with_a_number_has_a_place() -> None:
    shapes = {shape["id"] for shape in SHAPES["objects"]["countries"]["geometries"] if "id" in shape}
    assert len(shapes) > 170
    assert shapes <= {place.numeric for place in PLACES.values()}


@pytest.mark.parametrize(
    ("country", "longitude", "latitude"),
    [
        ("MUS", 57.6, -20.3),
        ("RWA", 29.9, -1.9),
        ("SLV", -88.9, 13.7),
        ("GHA", -1.0, 7.9),
        ("COD", 23.6, -2.9),
        ("REU", 55.5, -21.1),
        ("GUF", -52.3, 4.9),
        ("XKX", 20.9, 42.6),
        ("QAT", 51.2, 25.3),
    ],
)
def test_a_place_is_where_an_atlas_has_it(country: str, longitude: float, latitude: float) -> None:
    place = PLACES[country]
    assert (place.longitude, place.latitude) == pytest.approx((longitude, latitude), abs=0.5)


def test_every_place_lies_within_the_edges_of_its_shape() -> None:
    """To one degree: shapes at 1:110 million are coarse, and one that crosses the date line has two ends."""
    by_number = {place.numeric: place for place in PLACES.values()}
    for shape in SHAPES["objects"]["countries"]["geometries"]:
        place = by_number.get(shape.get("id", ""))
        if place:
            west, south, east, north = _edges(shape)
            assert west - 1 <= place.longitude <= east + 1, shape["properties"]
            assert south - 1 <= place.latitude <= north + 1, shape["properties"]


def _edges(shape: dict[str, Any]) -> tuple[float, float, float, float]:
    (kx, ky), (dx, dy) = SHAPES["transform"]["scale"], SHAPES["transform"]["translate"]
    rings = shape["arcs"] if shape["type"] == "Polygon" else [ring for polygon in shape["arcs"] for ring in polygon]
    points = []
    for number in {number if number >= 0 else ~number for ring in rings for number in ring}:
        x = y = 0
        for step_x, step_y in SHAPES["arcs"][number]:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def test_the_shapes_are_the_file_that_is_named_and_their_licence_lies_beside_them() -> None:
    readme = (MAP / "README.md").read_text("utf-8")
    assert sha256((MAP / "countries-110m.json").read_bytes()).hexdigest() in readme
    assert "public domain" in readme
    assert "endorsement" in readme
    assert "Permission to use, copy, modify" in (MAP / "LICENSE-world-atlas.txt").read_text("utf-8")


def test_without_the_file_there_are_no_places(tmp_path: Path) -> None:
    assert read_places(tmp_path / "places.json") == {}
