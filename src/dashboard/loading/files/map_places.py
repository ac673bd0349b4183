"""Where each country stands on the map: a file of the project's own becomes places by code."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """One country: its number in the shapes, as three digits of text, and the degrees of its mark."""

    numeric: str
    longitude: float
    latitude: float


def read_places(path: Path) -> dict[str, Place]:
    """The places by ISO 3166-1 alpha-3 code; none when there is no such file.

    Raises ValueError or KeyError when the file is not as `data/map/make_places.py` writes it.
    """
    if not path.is_file():
        return {}
    return {
        country: Place(place["numeric"], place["longitude"], place["latitude"])
        for country, place in json.loads(path.read_text("utf-8")).items()
    }
