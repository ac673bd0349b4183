"""Guidance and cases: the front matter and the sections of the files in `guidance/` and `cases/`.

A section of the text acts as a key of the front matter: `## This month` is `this_month`.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from dashboard.model.framework import Id, Kind, Strict, Text
from dashboard.model.shared_lists import Verification

Step = Literal["start", "build", "lead"]
CaseKind = Literal["own_practice", "partnership", "sector", "disclosure", "event"]
Confidence = Literal["high", "medium"]
Tells = Literal["did", "output", "outcome", "context"]
BULLET = "- "


def _listed(value: Any) -> Any:
    """The points of a section that is a single list; other text is rejected."""
    if not isinstance(value, str):
        return value
    points: list[str] = []
    for line in value.splitlines():
        if line.startswith(BULLET):
            points.append(line.removeprefix(BULLET).strip())
        elif not points and line.strip():
            raise PydanticCustomError("not_listed", "a list whose points begin with '- '")
        elif line.strip():
            points[-1] += f" {line.strip()}"
    return points


Points = Annotated[
    tuple[Text, ...],
    Field(min_length=1, description="One list; each point begins with '- '."),
    BeforeValidator(_listed),
]


class Source(Strict):
    """A public document that a piece of guidance is based on, and what it contributes."""

    source: Text
    address: Text | None = None
    gives: Text


class Guidance(Strict):
    """What good looks like for some criteria, and how an operation gets there. `step` also gives the effort."""

    schema_version: Literal[1]
    guidance: Id
    title: Text
    step: Step
    criteria: tuple[Id, ...] = Field(
        min_length=1, description="The criteria it helps to put in place, the fittest first."
    )
    risk_areas: tuple[Id, ...] = Field(min_length=1)
    settings: tuple[Id, ...] = ()
    functions: tuple[Id, ...] = Field(min_length=1, description="Who acts, the lead first.")
    sources: tuple[Source, ...] = Field(min_length=1)
    verification: Verification
    situation: Text
    this_month: Points
    this_year: Points
    sign_that_it_works: Points
    watch_out: Points


class Fact(Strict):
    """One fact from a public source. Facts that share a word in `differs` contradict each other."""

    fact: Text
    dated: Text = Field(description="The day, year or years, as the source tells them.")
    tells: Tells = Field(description="What was done, an output of it, an outcome for children, or what lay around it.")
    source: Text
    address: Text | None = None
    differs: Id | None = None


class CaseStudy(Strict):
    """A lesson learned somewhere, with its facts and their sources."""

    schema_version: Literal[1]
    case_study: Id
    title: Text
    who: tuple[Text, ...] = Field(min_length=1)
    where: Text
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...] = Field(
        default=(), description="ISO 3166-1 alpha-3; empty where the source names none."
    )
    began: int = Field(ge=1900, le=2100)
    ended: int | None = Field(default=None, ge=1900, le=2100, description="Empty: it goes on, or nobody told.")
    case_kind: CaseKind
    confidence: Confidence
    shows: tuple[Kind, ...] = Field(min_length=1)
    criteria: tuple[Id, ...] = Field(min_length=1, description="The criteria it bears on, the fittest first.")
    risk_areas: tuple[Id, ...] = Field(min_length=1)
    settings: tuple[Id, ...] = ()
    facts: tuple[Fact, ...] = Field(min_length=1)
    what_was_done: Text
    what_resulted: Text
    lesson: Text
    what_to_copy: Text
    what_to_avoid: Text


ADVICE_FOLDERS: dict[str, type[Strict]] = {"guidance": Guidance, "cases": CaseStudy}
"""The folders with one Markdown file per item, and the model of each."""
STEPS: tuple[Step, ...] = ("start", "build", "lead")
"""Maturity steps in order; the position, from 1, is the effort."""
