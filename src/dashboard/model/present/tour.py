"""What may a tour say? A path through the pages for a room: each step has a page, a view of it, and a text."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, create_model, model_validator

from dashboard.model.pages import led_on
from dashboard.model.standard.framework import Id, Strict, Text
from dashboard.model.view.filters import FILTERS
from dashboard.model.view.place import StepPage, place_of
from dashboard.model.view.view_state import COLLECTED, FIELDS, MANY

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
