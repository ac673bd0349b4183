"""Which views does a pack hold? Those for an audience, of a tour, or in a file of saved views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.loading.files.yaml_file import read_yaml, validate
from dashboard.model.present.pack_list import PackList
from dashboard.model.present.tour import Step, Tour
from dashboard.model.problem import Problem
from dashboard.model.view.known import opened_by
from dashboard.model.view.place import place_in
from dashboard.model.view.view_query import from_query
from dashboard.queries.ask import rows
from dashboard.queries.given import given
from dashboard.queries.present.questions import TOUR_STEPS, TOURS
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.tasks.packs.asked import PackView

AUDIENCES: Mapping[str, tuple[str, ...]] = {
    "board": (
        "overview", "heatmap", "changes", "risks/gaps", "heatmap/map", "plan/actions", "plan/targets",
        "data/robustness",
    ),
    "programme": (
        "overview", "heatmap", "compare", "changes", "risks/gaps", "risks/settings", "crosswalk/each_right",
        "guidance", "cases", "plan/actions/timeline", "plan/effects", "plan/targets", "collect/owed",
    ),
    "workshop": (
        "overview", "heatmap", "risks/settings", "country/own_risks", "risks/opportunities", "crosswalk/each_right",
        "guidance", "cases", "plan/actions",
    ),
}  # fmt: skip
"""For each audience, the pages, the parts that are open, and how they are shown, in order."""


@dataclass(frozen=True)
class Chosen:
    """The views of a pack, its title if it has one of its own, and the list of the former pack if it is made again."""

    views: tuple[PackView, ...]
    title: str = ""
    former: PackList | None = None


def for_audience(audience: str, query: Mapping[str, str]) -> Chosen:
    """The views for an audience, all with the same filters."""
    split = (place.split("/") for place in AUDIENCES[audience])
    opened = ((page, {name: code for one in views for name, code in opened_by(one).items()}) for page, *views in split)
    return Chosen(tuple(PackView(page, {**query, **opens}) for page, opens in opened))


def of_steps(steps: Iterable[Step], query: Mapping[str, str]) -> tuple[PackView, ...]:
    """Saved views or steps of a tour as views of a pack, with some filters replaced."""
    return tuple(PackView(step.page, {**step.query(), **query}, step.title) for step in steps)


def of_tour(published: Published, tour: str, query: Mapping[str, str], today: date) -> Chosen | tuple[Problem, ...]:
    """The steps of a tour; Problems if there is none with this name."""
    known = known_codes(published)
    state, problems = from_query({"tour": tour}, known)
    if problems:
        return problems
    parameters = given(published, state, known, today)
    placed = [(*place_in(row["place"]), row["title"]) for row in rows(published, TOUR_STEPS, parameters)]
    (title,) = [row["title"] for row in rows(published, TOURS, parameters) if row["tour"] == tour]
    return Chosen(tuple(PackView(page, {**view, **query}, name) for page, view, name in placed), title)


def in_file(path: Path, query: Mapping[str, str]) -> Chosen | tuple[Problem, ...]:
    """The views in a file: a list, a tour, or views as *View* downloads them. Problems if it is none of these."""
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        return (document,)
    is_tour = isinstance(document.values, dict) and "tour" in document.values
    read: Tour | PackList | list[Problem] = validate(document, Tour) if is_tour else validate(document, PackList)
    if isinstance(read, list):
        return tuple(read)
    if isinstance(read, PackList):
        return Chosen(of_steps(read.steps, query), read.title or "", read if read.found else None)
    return Chosen(of_steps(read.steps, query), read.title)
