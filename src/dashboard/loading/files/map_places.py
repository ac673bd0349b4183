"""Where is each country on the map? Read from the project's own file, by code."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """One country: its number in the shapes, as a text of three digits, and the degrees of its mark."""

    numeric: str
    longitude: float
    latitude: float


def read_places(path: Path) -> dict[str, Place]:
    """The places by ISO 3166-1 alpha-3 code; empty if there is no such file.

    Raises ValueError or KeyError if the file is not as `data/map/make_places.py` writes it.
    """
    if not path.is_file():
        return {}
    return {
        country: Place(place["numeric"], place["longitude"], place["latitude"])
        for country, place in json.loads(path.read_text("utf-8")).items()
    }
