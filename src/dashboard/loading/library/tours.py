"""Where in its file is each step of a tour, and everything that it selects?"""

from collections.abc import Iterable

from dashboard.loading.files.yaml_file import Document, Place
from dashboard.model.present.tour import Tour
from dashboard.model.standard.framework import Strict

TourPlaces = dict[str, tuple[str, int | None]]


def tour_places(documents: Iterable[tuple[Document, Strict]]) -> TourPlaces:
    """File and line of every step (`demo.3`) and of every code in it (`demo.3.country.GHA`).

    Stored with the tours, since a step may stop working long after its file was read, when what it shows has gone.
    """
    places: TourPlaces = {}
    for document, tour in documents:
        if isinstance(tour, Tour):
            for number, step in enumerate(tour.steps, start=1):
                here: Place = ("steps", number - 1)
                places[tour.step_id(number)] = (document.name, document.line(here))
                for field, codes in step.query().items():
                    for position, code in enumerate(codes.split(",")):
                        line = document.line((*here, "view", field, position))
                        places[f"{tour.step_id(number)}.{field}.{code}"] = (document.name, line)
    return places
