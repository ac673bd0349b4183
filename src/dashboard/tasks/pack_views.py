"""Chooses the views of a pack, for an audience, of a tour or in a file of saved views, and reads their pages.

Pages are read by a process of their own, so that neither a server nor a command runs them. See
docs/decisions/0024-files-out.md.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

from dashboard.exports.packs.content import Leaf
from dashboard.loading.yaml_file import read_yaml, validate
from dashboard.model.deployment import PROJECT
from dashboard.model.known_codes import opened_by
from dashboard.model.pages import place_in
from dashboard.model.permissions import Person
from dashboard.model.problem import Problem, Progress, Weight
from dashboard.model.tour import PackList, Step, TakenFrom, Tour
from dashboard.model.view_state import from_query
from dashboard.queries.ask import rows
from dashboard.queries.every_page import OPERATIONS, TOUR_STEPS, TOURS, given
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published


@dataclass(frozen=True)
class PackView:
    """A view of a pack: a page, the parameters of its address, and what is taken from it.

    `name` is what people called it, if they did.
    """

    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    taken: TakenFrom = field(default_factory=TakenFrom)


@dataclass(frozen=True)
class PackRequest:
    """Views of a store, read with the rights of a person, or of nobody where nobody signs in.

    With `safe`, names are hidden; `aliases` are the numbers of those a screen already shows, by kind and code.
    """

    store: Path
    views: tuple[PackView, ...]
    person: Person | None = None
    lang: str = ""
    safe: bool = False
    aliases: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def _front(place: str, *only: str, appendix: bool = False) -> PackView:
    """A view of a page, with the part that is open or the way in which it is shown after a slash."""
    page, *opened = place.split("/")
    query = {name: code for one in opened for name, code in opened_by(one).items()}
    return PackView(page, query, taken=TakenFrom(only=only, appendix=appendix))


_appendix = partial(_front, appendix=True)


AUDIENCES: Mapping[str, tuple[PackView, ...]] = {
    "board": (
        _front("overview", "decisions"),
        _front("heatmap"),
        _front("overview", "exposures_chart"),
        _front("changes", "slope_chart", "moved_chart"),
        _front("plan/targets"),
        _front("data/robustness"),
        _front("plan/actions", "next"),
        _appendix("overview", "decisions_all"),
        _appendix("risks/gaps", "severe_gaps"),
        _appendix("changes", "moves"),
        _appendix("plan/actions", "plan", "unplanned"),
    ),
    "programme": (
        _front("overview", "decisions"),
        _front("heatmap"),
        _front("changes", "slope_chart", "moved_chart"),
        _appendix("overview", "decisions_all"),
        _appendix("changes", "moves"),
    ),
    "workshop": (
        _front("risks/settings", "setting_question"),
        _front("risks/settings", "setting_risks", "setting_openings"),
        _front("cases"),
        _appendix("guidance"),
    ),
}
"""What an audience's pack says, in order."""
OF_EACH: Mapping[str, tuple[PackView, ...]] = {
    "programme": (
        _front("country/own_risks"),
        _front("compare", "help"),
        _front("plan/actions", "plan"),
        _front("collect/owed"),
        _appendix("country/facts", "law"),
    ),
}
"""What an audience's pack says of every operation in its choice."""


@dataclass(frozen=True)
class ChosenViews:
    """The views of a pack, its title if it has one of its own, and the list of the former pack if it is made again."""

    views: tuple[PackView, ...]
    title: str = ""
    former: PackList | None = None


TELLS_NAMES = (("compare", ""), ("country", "facts"))
"""Pages, with the part that is open, that tell nothing of one operation while names are hidden."""


def for_audience(
    published: Published, audience: str, query: Mapping[str, str], today: date, safe: bool = False
) -> ChosenViews:
    """The views for an audience, all with the same filters, and those of each operation that the filters keep."""
    whole = [_within(one, query) for one in AUDIENCES[audience]]
    n_front = sum(not one.taken.appendix for one in whole)
    return ChosenViews((*whole[:n_front], *_of_each(published, audience, query, today, safe), *whole[n_front:]))


def _of_each(
    published: Published, audience: str, query: Mapping[str, str], today: date, safe: bool
) -> Iterator[PackView]:
    known = known_codes(published)
    parameters = given(published, from_query(query, known)[0], known, today)
    for row in rows(published, OPERATIONS, parameters) if audience in OF_EACH else ():
        operation = row["operation"]
        own = {**query, "country": row["country"], "operation": operation, "subject": operation}
        yield from (_within(one, own) for one in OF_EACH[audience] if not (safe and _shown(one) in TELLS_NAMES))


def _shown(view: PackView) -> tuple[str, str]:
    return view.page, view.query.get("part", "")


def _within(view: PackView, query: Mapping[str, str]) -> PackView:
    """The same view with these filters."""
    return replace(view, query={**query, **view.query})


def of_steps(steps: Iterable[Step], query: Mapping[str, str]) -> tuple[PackView, ...]:
    """Saved views or steps of a tour as views of a pack, with some filters replaced."""
    return tuple(PackView(step.page, {**step.query(), **query}, step.title) for step in steps)


def of_tour(
    published: Published, tour: str, query: Mapping[str, str], today: date
) -> ChosenViews | tuple[Problem, ...]:
    """The steps of a tour; Problems if there is none with this name."""
    known = known_codes(published)
    state, problems = from_query({"tour": tour}, known)
    if problems:
        return problems
    parameters = given(published, state, known, today)
    placed = [(*place_in(row["place"]), row["title"]) for row in rows(published, TOUR_STEPS, parameters)]
    (title,) = [row["title"] for row in rows(published, TOURS, parameters) if row["tour"] == tour]
    return ChosenViews(tuple(PackView(page, {**view, **query}, name) for page, view, name in placed), title)


def in_file(path: Path, query: Mapping[str, str]) -> ChosenViews | tuple[Problem, ...]:
    """The views in a file: a list, a tour, or views as *View* downloads them. Problems if it is none of these."""
    document = read_yaml(path, path.name)
    if isinstance(document, Problem):
        return (document,)
    is_tour = isinstance(document.values, dict) and "tour" in document.values
    read: Tour | PackList | list[Problem] = validate(document, Tour) if is_tour else validate(document, PackList)
    if isinstance(read, list):
        return tuple(read)
    if isinstance(read, PackList):
        # Whoever has edited the steps of a list may have left some without what is taken of them.
        taken = (*read.taken, *(TakenFrom() for _ in read.steps))
        views = (replace(view, taken=one) for view, one in zip(of_steps(read.steps, query), taken, strict=False))
        return ChosenViews(tuple(views), read.title or "", read if read.found else None)
    return ChosenViews(of_steps(read.steps, query), read.title)


ENTRY = PROJECT / "app.py"
PROCESS = "dashboard.ui.pack_process"
STORE = "DASHBOARD_STORE"


def read_pages(asked: PackRequest, progress: Progress) -> tuple[Leaf, ...] | Problem:
    """The views as read, in their order; a Problem for the first that could not be read.

    `progress` is told the share that is read.
    """
    leaves: list[Leaf] = []
    with _reader(asked) as answers:
        for place, view in enumerate(asked.views):
            progress(place / len(asked.views), "pack")
            found = _next(answers)
            if not isinstance(found, Leaf):
                return Problem("page_not_read", view.page, value=str(found or ""), weight=Weight.FILE)
            leaves.append(found)
    progress(1, "pack")
    return tuple(leaves)


@contextmanager
def _reader(asked: PackRequest) -> Iterator[IO[bytes]]:
    """What the process answers, a value for every view; it ends with this context."""
    environment = {**os.environ, STORE: str(asked.store.resolve())}
    command = [sys.executable, "-m", PROCESS]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603
        # Streamlit reads its configuration from the folder it runs in.
        command,
        env=environment,
        cwd=PROJECT,
        stdin=pipe,
        stdout=pipe,
    ) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise ValueError("the process that reads pages was not begun")
            with suppress(BrokenPipeError):  # Then there is no answer either.
                process.stdin.write(pickle.dumps(asked))
                process.stdin.close()
            yield process.stdout
        finally:
            process.kill()


def _next(answers: IO[bytes]) -> object:
    """The next answer; None if the process has ended."""
    try:
        # Written by our own code, in a process that reads only what the store has already checked.
        return pickle.load(answers)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        return None
