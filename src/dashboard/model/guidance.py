"""Guidance and cases: the front matter and the sections of the files in `guidance/` and `cases/`.

A section of the text acts as a key of the front matter: `## This month` is `this_month`. Each description is Markdown,
in `docs/schema` and in `frameworks/README.md`, whose tables are made from it.
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
    Field(min_length=1, description="a list"),
    BeforeValidator(_listed),
]


Version = Annotated[Literal[1], Field(description="always `1`")]
Settings = Annotated[tuple[Id, ...], Field(description="ids of `shared/settings.yaml`")]
RiskAreas = Annotated[tuple[Id, ...], Field(min_length=1, description="ids of `shared/risk_areas.yaml`")]


class Source(Strict):
    """A public document that a piece of guidance is based on, and what it contributes."""

    source: Text = Field(description="the document")
    address: Text | None = Field(default=None, description="the whole address of one page")
    gives: Text = Field(description="what the item takes from it, in your words")


class Guidance(Strict):
    """What good looks like for some criteria, and how an operation gets there. `step` also gives the effort."""

    schema_version: Version
    guidance: Id = Field(description="the id; those included begin with `G-`")
    title: Text = Field(description="what to do, in one line")
    step: Step = Field(description="`start` (weeks, little money), `build` (months) or `lead` (a lasting change)")
    criteria: tuple[Id, ...] = Field(
        min_length=1, description="ids of criteria it helps to put in place, of any framework, the best match first"
    )
    risk_areas: RiskAreas
    settings: Settings = ()
    functions: tuple[Id, ...] = Field(min_length=1, description="ids of the functions that act, the lead first")
    sources: tuple[Source, ...] = Field(min_length=1, description="a list")
    verification: Verification = Field(description="how certain it is")
    situation: Text = Field(description="text")
    this_month: Points = Field(
        description="a list; the first point becomes the text of an action, so it makes sense alone and begins with a"
        " verb"
    )
    this_year: Points
    sign_that_it_works: Points
    watch_out: Points = Field(description="a list; above all, what could harm children")


class Fact(Strict):
    """One fact from a public source. Facts that share a word in `differs` contradict each other."""

    fact: Text = Field(description="one statement of a source")
    dated: Text = Field(description="the day, year or years, as the source gives them, in quotes")
    tells: Tells = Field(
        description="`did` (what was done), `output` (what was delivered or counted), `outcome` (a change for children)"
        " or `context` (the circumstances)"
    )
    source: Text = Field(description="the document; if it is not clear which of several it is, say so in brackets")
    address: Text | None = Field(
        default=None, description="the whole address of one page; a remark for readers may follow in brackets"
    )
    differs: Id | None = Field(default=None, description="the same word for facts that contradict each other")


class CaseStudy(Strict):
    """A lesson learned somewhere, with its facts and their sources."""

    schema_version: Version
    case_study: Id = Field(description="the id")
    title: Text = Field(description="what happened, in one line")
    who: tuple[Text, ...] = Field(min_length=1, description="a list of those who took part")
    where: Text = Field(description="the place, in words")
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...] = Field(
        default=(),
        description="ISO 3166-1 alpha-3 codes; without any, the case is hidden once a country is chosen",
    )
    began: int = Field(ge=1900, le=2100, description="a year")
    ended: int | None = Field(
        default=None, ge=1900, le=2100, description="a year; empty if it goes on, or nothing is reported"
    )
    case_kind: CaseKind = Field(
        description="`own_practice` (one company in its own operations), `partnership` (with the state, UNICEF or"
        " others), `sector` (companies together), `disclosure` (what is published) or `event` (what happened to"
        " children and companies)"
    )
    confidence: Confidence = Field(
        description="`high` (a primary source, or two independent ones) or `medium` (one credible source, or the"
        " company's own word, repeated by others)"
    )
    shows: tuple[Kind, ...] = Field(min_length=1, description="a list")
    criteria: tuple[Id, ...] = Field(
        min_length=1,
        description="one to eight ids, in every framework concerned, the best match first; they match it to gaps",
    )
    risk_areas: RiskAreas
    settings: Settings = ()
    facts: tuple[Fact, ...] = Field(min_length=1, description="a list")
    what_was_done: Text = Field(description="text; every figure is also in a fact, here and below")
    what_resulted: Text = Field(description="text")
    lesson: Text = Field(description="text")
    what_to_copy: Text = Field(description="text or a list")
    what_to_avoid: Text = Field(description="text or a list")


ADVICE_FOLDERS: dict[str, type[Strict]] = {"guidance": Guidance, "cases": CaseStudy}
"""The folders with one Markdown file per item, and the model of each."""
STEPS: tuple[Step, ...] = ("start", "build", "lead")
"""Maturity steps in order; the position, from 1, is the effort."""
