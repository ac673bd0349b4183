"""The lists that all frameworks share: rights, risk areas, settings, functions, impacts and links.

The field names are the keys of the YAML files in `frameworks/shared/`; unknown keys are rejected, as in a framework.
"""

from typing import Literal

from pydantic import Field

from dashboard.model.framework import Id, Strict, Text

Verification = Literal["confirmed", "to_verify"]
AgeGroup = Literal["under_5", "5_to_11", "12_to_14", "15_to_17"]
Group = Literal[
    "girls",
    "children_with_disabilities",
    "displaced",
    "in_care",
    "out_of_school",
    "working_children",
    "young_workers",
    "children_of_workers",
    "in_poverty",
    "without_papers",
    "rural",
    "indigenous",
    "near_sites",
]
Stage = Literal["design", "procure", "build", "sell", "operate", "support", "retire"]


class Theme(Strict):
    """A right by its common name, such as privacy: one or more articles. `named` says that the partnership names it."""

    theme: Id
    title: Text
    text: Text
    named: bool = False


class Right(Strict):
    """An article of the Convention on the Rights of the Child, or another instrument."""

    right: Id
    instrument: Text
    article: Text | None = None
    title: Text
    themes: tuple[Id, ...] = Field(min_length=1)
    citation: Text
    verification: Verification


class Tension(Strict):
    """Two rights that can pull against each other, where this shows, and the question to ask."""

    tension: Id
    between: tuple[Id, Id]
    title: Text
    text: Text
    question: Text
    criteria: tuple[Id, ...] = Field(min_length=1)
    basis: Literal["project", "source"] = "project"
    citation: Text


class RiskArea(Strict):
    """One of the kinds of harm (and of good) that the sector can do to children."""

    risk_area: Id
    title: Text
    text: Text
    rights: tuple[Id, ...] = ()
    basis: Literal["project", "source"] = "project"
    citation: Text


class Setting(Strict):
    """An operational setting: a place in the business where children meet it."""

    setting: Id
    title: Text
    exposed: Text
    first_question: Text
    functions: tuple[Id, ...] = ()
    services: tuple[Id, ...] = Field(
        default=(), description="Present only where one of these services is offered; empty: everywhere."
    )
    basis: Literal["project", "source"] = "project"


class Function(Strict):
    """A business function that is responsible for criteria."""

    function: Id
    title: Text
    text: Text


class Impact(Strict):
    """A specific risk or opportunity of one risk area in one setting, which operations rate.

    With basis `source`, the cited document names this kind of impact; the links are always this project's own mapping.
    """

    impact: Id
    risk_area: Id
    setting: Id
    polarity: Literal["risk", "opportunity"]
    text: Text
    age_groups: tuple[AgeGroup, ...] = Field(default=(), description="The ages it concerns most; empty: not said.")
    groups: tuple[Group, ...] = Field(
        default=(), description="Children it concerns more than others; empty: none in particular."
    )
    stage: tuple[Stage, ...] = Field(default=(), description="Where in the business it arises; empty: not said.")
    rights: tuple[Id, ...] = ()
    functions: tuple[Id, ...] = Field(default=(), description="Who leads, the first above all.")
    criteria: tuple[Id, ...] = Field(
        default=(), description="Whose answers lessen the risk, or make the opportunity real."
    )
    touches: tuple[Id, ...] = Field(default=(), description="The risks that an opportunity lessens; none for a risk.")
    basis: Literal["project", "source"] = "project"
    citation: Text | None = Field(default=None, description="The public document, when the basis is `source`.")


class Link(Strict):
    """One row of the crosswalk, from an area to another area, a right, a risk area or a function, or between criteria.

    Between two areas whose criteria are linked, those links are the connection, and each says how strong it is.
    """

    source: Id
    source_type: Literal["area", "criterion"] = "area"
    target: Id
    target_type: Literal["area", "criterion", "right", "risk_area", "function"]
    strength: Literal["primary", "secondary"]
    basis: Literal["project", "source"] = "project"
    note: Text | None = None


class Point(Strict):
    """One thing that a document beside the standards asks or offers, in our words, and the criteria that meet it."""

    point: Id
    code: Text = Field(description="How the document itself calls it.")
    text: Text
    criteria: tuple[Id, ...] = Field(default=(), description="The criteria that meet it; empty: none does.")
    citation: Text
    verification: Verification


class Instrument(Strict):
    """A document alongside the standards: it is not answered here, and affects no figure."""

    instrument: Id
    title: Text
    short_title: Text
    publisher: Text
    years: Text
    address: Text | None = Field(default=None, description="Where it can be read; empty where no address was seen.")
    text: Text
    not_found: tuple[Text, ...] = Field(default=(), description="What was looked for and not found.")
    verification: Verification
    points: tuple[Point, ...] = ()


class Rights(Strict):
    schema_version: Literal[1]
    themes: tuple[Theme, ...] = ()
    rights: tuple[Right, ...]


class Tensions(Strict):
    schema_version: Literal[1]
    tensions: tuple[Tension, ...]


class RiskAreas(Strict):
    schema_version: Literal[1]
    risk_areas: tuple[RiskArea, ...]


class Settings(Strict):
    schema_version: Literal[1]
    settings: tuple[Setting, ...]


class Functions(Strict):
    schema_version: Literal[1]
    functions: tuple[Function, ...]


class Impacts(Strict):
    schema_version: Literal[1]
    impacts: tuple[Impact, ...]


class Crosswalk(Strict):
    schema_version: Literal[1]
    links: tuple[Link, ...]


class Beside(Strict):
    schema_version: Literal[1]
    instruments: tuple[Instrument, ...]


SHARED_FILES: dict[str, type[Strict]] = {
    "rights.yaml": Rights,
    "tensions.yaml": Tensions,
    "risk_areas.yaml": RiskAreas,
    "settings.yaml": Settings,
    "functions.yaml": Functions,
    "impacts.yaml": Impacts,
    "crosswalk.yaml": Crosswalk,
    "beside.yaml": Beside,
}
