"""Is a place where Vega draws it, and is every country of a group on the map?"""

from itertools import pairwise
from math import pi

import pytest

from dashboard.charts.world_map import HIGHEST, LOWEST, WORLD, Frame, frame_of, projected


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [(0, 0, 0, 0), (180, 0, 2.7066, 0), (0, 90, 0, 1.3174), (-180, 90, -1.6036, 1.3174)],
)
def test_equal_earth_is_as_published(longitude: float, latitude: float, x: float, y: float) -> None:
    """Width to height is 2.0546 and the poles are 0.5925 times as long as the equator (Šavrič and others, 2018)."""
    assert projected(longitude, latitude) == pytest.approx((x, y), abs=5e-4)


def test_equal_areas_stay_equal() -> None:
    """In a strip one degree of longitude wide, the area below 30 degrees equals that above."""

    def strip(south: int, north: int) -> float:
        cuts = [south + (north - south) * k / 400 for k in range(401)]
        return sum(
            (projected(1, (a + b) / 2)[0]) * (projected(0, b)[1] - projected(0, a)[1]) for a, b in pairwise(cuts)
        )

    assert strip(0, 30) == pytest.approx(strip(30, 90), rel=1e-4)
    assert strip(0, 90) * 360 == pytest.approx(2 * pi, rel=1e-3)


@pytest.mark.parametrize(
    "places",
    [
        [(57.6, -20.3), (-90.4, 15.7), (29.9, -2.0)],
        [(84.0, 28.2), (121.0, 14.6), (179.0, -17.8)],
        [(-1.2, 7.9)],
    ],
)
def test_a_group_has_a_frame_that_holds_it_and_little_else(places: list[tuple[float, float]]) -> None:
    frame = frame_of(places)
    assert all(frame.west < x < frame.east and frame.south < y < frame.north for x, y in places)
    longitudes, latitudes = zip(*places, strict=True)
    assert frame.east - frame.west <= max(longitudes) - min(longitudes) + 24
    assert frame.north - frame.south <= max(latitudes) - min(latitudes) + 24


def test_without_a_place_the_picture_is_the_world() -> None:
    assert frame_of([]) == WORLD


@pytest.mark.parametrize("width", [330, 640, 900, 1206, 1800])
def test_the_frame_fills_the_width_unless_the_picture_would_be_too_high_or_too_low(width: float) -> None:
    wide = frame_of([(-90.4, 15.7), (34.9, -6.4), (-58.4, -23.4)])
    assert LOWEST <= wide.tall(width) <= HIGHEST
    fills = wide.scale(width) * wide.width
    assert fills == pytest.approx(width) or wide.tall(width) == HIGHEST


@pytest.mark.parametrize("frame", [WORLD, Frame(70, -30, 180, 40), Frame(0, 40, 40, 70), Frame(5, -60, 40, -10)])
def test_what_is_in_the_frame_is_in_the_picture(frame: Frame) -> None:
    scale = frame.scale(640)
    for longitude in (frame.west, frame.turned, frame.east):
        for latitude in (frame.south, 0 if frame.south < 0 < frame.north else frame.south, frame.north):
            x, y = frame.at(longitude, latitude)
            assert abs(x * scale) <= 320 + 1e-6
            assert abs(y * scale) <= frame.tall(640) / 2 + 1e-6


def test_north_is_up_and_east_is_right() -> None:
    assert WORLD.at(10, 10)[0] > WORLD.at(0, 10)[0]
    assert WORLD.at(10, 20)[1] < WORLD.at(10, 10)[1]
