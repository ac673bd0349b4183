"""What a framework file may say: areas, criteria, scale and bands, and the shared lists they point at.

The field names are the keys of the YAML files in `frameworks/`. Unknown keys are refused, so that a
misspelt key is told and never ignored. `docs/schema/` holds the JSON Schema made from these models.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4})*$")]
Kind = Literal["respect", "support"]
Level = Literal["group", "operation", "both"]
Role = Literal["answered", "not_applicable", "not_known"]
Sphere = Literal["cross_cutting", "workplace", "marketplace", "community"]
Verification = Literal["confirmed", "to_verify"]
Held = Literal["confirmed", "own_reading", "to_verify"]
"""Whether somebody has held it against the document: it says what stands there, it goes further, or not yet."""
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


def version_key(version: str) -> tuple[int, ...]:
    """What versions are compared by. Trailing zeros say nothing: 1 and 1.0 are one version."""
    parts = [int(part) for part in version.split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


class Strict(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Status(Strict):
    """One word of an answer scale. `value` (0 to 1) is given exactly when the word counts as answered."""

    status: Id
    title: Text
    counts_as: Role = "answered"
    value: float | None = Field(default=None, ge=0, le=1)


class Band(Strict):
    """A named stretch of the score, from `starts_at` (percent, 0 to 100) up to the next band."""

    band: Id
    title: Text
    starts_at: int = Field(ge=0, le=100)


class Criterion(Strict):
    """One checkable statement in an area, in our own words, with the place it was taken from."""

    criterion: Id
    kind: Kind
    level: Level
    text: Text
    weight: float = Field(default=1, gt=0, allow_inf_nan=False)
    critical: bool = False
    gap: Text | None = Field(
        default=None,
        description="If critical: what is missing where it failed, in a few words read after “Not in place:”.",
    )
    since: Version | None = Field(
        default=None, description="The version of the framework since which it is asked in these words; empty: always."
    )
    services: tuple[Id, ...] = Field(
        default=(), description="Asked only of operations that offer one of these; empty: asked of all."
    )
    inherits: bool = Field(
        default=False,
        description="A policy of the group: an operation without an answer may be read with that of the head office.",
    )
    rights: tuple[Id, ...] = ()
    risk_areas: tuple[Id, ...] = ()
    functions: tuple[Id, ...] = ()
    settings: tuple[Id, ...] = ()
    supersedes: tuple[Id, ...] = Field(
        default=(), description="The criteria of an earlier edition that this one continues; see `supersedes` above."
    )
    formerly: tuple[Id, ...] = Field(
        default=(), description="Ids it had before: old links and old files still find it by them."
    )
    same_as: Id | None = Field(
        default=None,
        description="An earlier criterion of the framework that asks the same: asked once, counted once in each area.",
    )
    evidence_hint: Text
    citation: Text
    page: Text | None = Field(
        default=None,
        description="Where in the cited document somebody held it against the text; shown after the citation.",
    )
    verification: Held

    def cited(self) -> str:
        """The citation, with the page that the statement was held against."""
        return f"{self.citation}, {self.page}" if self.page else self.citation


class Area(Strict):
    """A principle of CRBP or a key area of COP. `code` is the short mark on a chart axis."""

    area: Id
    code: Text
    title: Text
    text: Text
    spheres: tuple[Sphere, ...] = ()
    formerly: tuple[Id, ...] = Field(default=(), description="Ids it had before: old links still find it by them.")
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Framework(Strict):
    """One standard: its source, its answer scale, its bands, its areas and their criteria."""

    schema_version: Literal[1]
    framework: Id
    title: Text
    short_title: Text
    area_word: Literal["principle", "area"] = "area"
    publisher: Text
    year: int = Field(ge=1900, le=2100)
    edition: Text | None = None
    supersedes: Id | None = Field(default=None, description="The framework that is the earlier edition of this one.")
    version: Version
    address: Text
    licence_note: Text
    average_of: Literal["criteria", "areas"] = Field(
        default="criteria",
        description="What a figure averages: criteria, by their weights, or areas, each counting alike.",
    )
    coverage_limit: float = Field(default=0.7, ge=0, le=1)
    count_below: int = Field(
        default=3, ge=0, le=1000, description="With fewer answers than this a figure shows counts, not percent."
    )
    scale: tuple[Status, ...] = Field(min_length=2)
    bands: tuple[Band, ...] = Field(min_length=1)
    areas: tuple[Area, ...] = Field(min_length=1)


class Theme(Strict):
    """A right by its common name, such as privacy: one or more articles. `named` is one the partnership names."""

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
    """Two rights that can pull against each other, where it shows, and the question that has to be asked."""

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
    """A business function that answers for criteria."""

    function: Id
    title: Text
    text: Text


class Impact(Strict):
    """A concrete risk or opportunity of one risk area in one setting, that operations rate.

    With basis `source` the cited document names this kind of impact; the links are this project's mapping all the same.
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
    """One row of the crosswalk: an area to another area, a right, a risk area or a function; or criterion to criterion.

    Between two areas that have links of criteria, those are the link, and each says how strong it is.
    """

    source: Id
    source_type: Literal["area", "criterion"] = "area"
    target: Id
    target_type: Literal["area", "criterion", "right", "risk_area", "function"]
    strength: Literal["primary", "secondary"]
    basis: Literal["project", "source"] = "project"
    note: Text | None = None


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


class Translation(Strict):
    """Texts of one language by id; each id names an area, criterion, right, risk area, setting, function or impact."""

    schema_version: Literal[1]
    language: Id
    texts: dict[Id, dict[Literal["title", "text", "gap", "evidence_hint"], Text]]


SHARED_FILES: dict[str, type[Strict]] = {
    "rights.yaml": Rights,
    "tensions.yaml": Tensions,
    "risk_areas.yaml": RiskAreas,
    "settings.yaml": Settings,
    "functions.yaml": Functions,
    "impacts.yaml": Impacts,
    "crosswalk.yaml": Crosswalk,
}
