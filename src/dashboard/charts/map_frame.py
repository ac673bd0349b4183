"""Which part of the world does the map show, and where is a place on it? Equal Earth, as Vega projects it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

TERMS = (1.340264, -0.081106, 0.000893, 0.003796)
"""Coefficients of Equal Earth: Šavrič, Patterson, Jenny: The Equal Earth map projection (2018), equations 7 and 9."""
PAD = 12.0
"""Degrees of margin around the places shown."""
LOWEST, HIGHEST = 320.0, 480.0
"""Least and greatest height of a map in pixels."""


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees to map units, y growing upwards."""
    a1, a2, a3, a4 = TERMS
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


@dataclass(frozen=True)
class Frame:
    """The part of the world shown, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def turned(self) -> float:
        """The longitude in the middle, to which the projection is rotated."""
        return (self.west + self.east) / 2

    @property
    def width(self) -> float:
        """Its greatest width in map units."""
        nearest = min(max(0.0, self.south), self.north)
        return 2 * projected(self.east - self.turned, nearest)[0]

    @property
    def height(self) -> float:
        return projected(0, self.north)[1] - projected(0, self.south)[1]

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return a place in map units, to the right of and down from the middle of the map."""
        x, y = projected(longitude - self.turned, latitude)
        return x, (projected(0, self.north)[1] + projected(0, self.south)[1]) / 2 - y

    def tall(self, width: float) -> float:
        """Return the height in pixels of a map of this width, so that the frame fills it."""
        return min(max(width * self.height / self.width, LOWEST), HIGHEST)

    def scale(self, width: float) -> float:
        """Return pixels per unit, so that the frame just fits."""
        return min(width / self.width, self.tall(width) / self.height)


WORLD = Frame(-180, -56, 180, 72)
"""All inhabited land: the frame if no place is known."""


def frame_of(places: Iterable[tuple[float, float]]) -> Frame:
    """Return the frame around all places (longitude, latitude) with a margin; the world if there are none."""
    points = list(places)
    if not points:
        return WORLD
    west, east = min(x for x, _ in points) - PAD, max(x for x, _ in points) + PAD
    south, north = min(y for _, y in points) - PAD, max(y for _, y in points) + PAD
    return Frame(max(west, -180), max(south, -84), min(east, 180), min(north, 84))
