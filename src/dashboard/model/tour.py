"""Paths of views: tours, whose steps have a page, a view of it and a text; lists of packs; views that a browser keeps.

A browser keeps its views in a cookie. It can be forged, so all of it is checked.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError, create_model, model_validator

from dashboard.model.filters import FILTERS
from dashboard.model.framework import Id, Strict, Text
from dashboard.model.pages import StepPage, led_on, place_of
from dashboard.model.view_state import COLLECTED, FIELDS, MANY

OF_THE_TOUR = ("tour", "tour_step", "publication", "back", *COLLECTED)
"""Fields of a view that describe the running tour; no step sets them.

They say which tour it is, where it is, what it shows, where it was started and what was gathered on the way.
"""
LEFT_TO_THE_ROOM = (*OF_THE_TOUR, "imagined", "safe", "large", "lang")
"""Nor does a step imagine anything, hide names, or choose the language."""
OF_THE_GROUP = ("framework", "round", *FILTERS)
"""In an exercise, a tour that opens the part `outcome`, the group chooses these, and they stay from step to step."""
MOST_CHARACTERS = 280
"""The length of two sentences that can be read from the back of a room."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@~-]*$")]
StepText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_CHARACTERS)]

_FIELDS: dict[str, Any] = {
    name: (tuple[Code, ...], ()) if name in MANY else (Code | None, None)
    for name in FIELDS
    if name not in LEFT_TO_THE_ROOM
}
StepView: type[Strict] = create_model(
    "StepView", __base__=Strict, __doc__="What is chosen on the page, by code; the rest is plain.", **_FIELDS
)


class Step(Strict):
    """One stop of a tour."""

    page: StepPage
    view: StepView = StepView()  # type: ignore[valid-type]
    title: Text
    text: StepText = Field(description="Two sentences for the room.")
    note: Text | None = Field(default=None, description="What the presenter should know; the room does not see it.")

    @model_validator(mode="before")
    @classmethod
    def _as_it_is_called_now(cls, given: object) -> object:
        """A step that names a former page or part opens what has replaced it."""
        if not isinstance(given, dict):
            return given
        view, named = given.get("view") or {}, given.get("page")
        before = view.get("part") or "" if isinstance(view, dict) else ""
        if not (isinstance(named, str) and isinstance(before, str)):
            return given
        now = led_on(named, before)
        if (now.page, now.part) == (named, before):
            return given
        if isinstance(view, dict):
            kept = {name: value for name, value in view.items() if name != "part"}
            view = {**kept, **now.parameters(kept)}
        return {**given, "page": now.page, "view": view}

    @classmethod
    def of_view(cls, page: str, query: Mapping[str, str], title: str, text: str) -> "Step":
        """The step that opens a view, from the parameters of its URL. Raises ValidationError if no step may say it."""
        view = {name: value.split(",") if name in MANY else value for name, value in query.items()}
        chosen = {name: codes for name, codes in view.items() if name not in LEFT_TO_THE_ROOM}
        return cls.model_validate({"page": page, "view": chosen, "title": title, "text": text})

    def query(self) -> dict[str, str]:
        """The view as parameters of a URL."""
        view: Strict = self.view
        chosen: dict[str, Any] = view.model_dump(exclude_defaults=True)
        return {name: ",".join(value) if isinstance(value, tuple) else value for name, value in chosen.items()}

    def place(self) -> str:
        """Page and view as one text."""
        return place_of(self.page, self.query())


class Tour(Strict):
    """A tour: its audience, how many minutes it takes, and its steps in order."""

    schema_version: Literal[1]
    tour: Id
    title: Text
    audience: Text = Field(description="For whom it is.")
    minutes: int = Field(ge=1, le=240)
    steps: tuple[Step, ...] = Field(min_length=1)

    def step_id(self, number: int) -> str:
        """The id that translations use for the step with this number, counted from 1."""
        return f"{self.tour}.{number}"


TOUR_FOLDER = "tours"


class ViewFinding(Strict):
    """What a view said: its finding, and the score and answers of everything in it; null where nothing is asked."""

    finding: str
    score: float | None = None
    answered: int | None = None
    applicable: int | None = None


class TakenFrom(Strict):
    """What a pack takes from a view: these charts and tables, or all; in front or in the appendix."""

    only: tuple[str, ...] = ()
    appendix: bool = False


class PackList(Strict):
    """The views of a pack, in order, and what it takes from each.

    `found` has what each said in a publication; it is empty before the first pack.
    """

    title: Text | None = None
    steps: tuple[Step, ...] = Field(min_length=1)
    publication: int | None = None
    made_on: date | None = None
    found: tuple[ViewFinding, ...] = ()
    taken: tuple[TakenFrom, ...] = ()


def as_step_text(finding: str) -> str:
    """A finding as the sentence of a saved view."""
    return finding if len(finding) <= MOST_CHARACTERS else f"{finding[: MOST_CHARACTERS - 1].rstrip()}…"


MOST_SAVED_VIEWS = 12
"""The most views a browser keeps; fewer if their sentences are long."""
MOST_LETTERS = 3800
"""The longest cookie value: browsers drop a cookie larger than 4096 bytes, including its name and attributes."""
MOST_UNPACKED = 20_000
LONGEST_TITLE = 80
"""The longest name of a saved view, in characters."""
UNREADABLE = (ValueError, RecursionError, zlib.error)


@dataclass(frozen=True)
class ViewChange:
    """A view to keep, replacing one with the same title, and the title of a view to forget."""

    save: Step | None = None
    remove: str = ""


def changed_views(views: tuple[Step, ...], change: ViewChange) -> tuple[Step, ...]:
    """The views after a change."""
    gone = {change.remove, change.save.title if change.save else ""}
    return (*(view for view in views if view.title not in gone), *([change.save] if change.save else []))


def cookie_of_views(views: tuple[Step, ...]) -> str | None:
    """The views as the value of a cookie; None if there are too many or they are too long."""
    plain = [view.model_dump(mode="json", exclude_defaults=True) for view in views]
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    text = urlsafe_b64encode(packed).decode().rstrip("=")
    return text if len(views) <= MOST_SAVED_VIEWS and len(text) <= MOST_LETTERS else None


def views_in_cookie(cookie: str) -> tuple[tuple[Step, ...], int]:
    """The views in a cookie, and how many of its entries are not valid: forged, or for a page that no longer exists."""
    if not cookie:
        return (), 0
    try:
        found = json.loads(_unpacked(cookie))
    except UNREADABLE:
        return (), 1
    kept = [_view(one) for one in found[:MOST_SAVED_VIEWS]] if isinstance(found, list) else [None]
    by_title = {view.title: view for view in kept if view}
    return tuple(by_title.values()), kept.count(None)


def _unpacked(cookie: str) -> bytes:
    """The decompressed value. Raises one of UNREADABLE if too long, compressed in another way, or growing too large."""
    if len(cookie) > MOST_LETTERS:
        raise ValueError
    unpacks = zlib.decompressobj()
    text = unpacks.decompress(urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), MOST_UNPACKED)
    if not unpacks.eof:
        raise ValueError
    return text


def _view(given: object) -> Step | None:
    try:
        view = Step.model_validate(given)
    except ValidationError:
        return None
    return view if len(view.title) <= LONGEST_TITLE else None
