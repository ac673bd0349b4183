"""A framework file: areas, criteria, bands, and scales with what each answer is worth. Its lists: `shared_lists.py`.

The field names are the keys of the YAML files in `frameworks/`. Unknown keys are rejected, so that a misspelt key is
reported and never ignored. `docs/schema/` holds the JSON Schema made from these models. See
docs/decisions/0006-criteria.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

ID = "[A-Za-z0-9][A-Za-z0-9._-]*"
Id = Annotated[str, StringConstraints(pattern=f"^{ID}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4})*$")]
Kind = Literal["respect", "support"]
Level = Literal["group", "operation", "both"]
Role = Literal["answered", "not_applicable", "not_known"]
Sphere = Literal["cross_cutting", "workplace", "marketplace", "community"]
Averaged = Literal["families", "areas", "elements", "criteria"]
"""What a figure may be the mean of, from the top down."""
CountryFigure = Literal["pooled", "mean of operations", "mean of groups"]
"""What the figure of a country with several operations is: one of all their answers, or the mean of their figures."""
POOLED: CountryFigure = "pooled"
Held = Literal["confirmed", "own_reading", "to_verify"]
"""Whether somebody has compared it with the document: the document says so, this goes further, or not compared yet."""


def averaged_levels(given: object) -> object:
    """The levels of `average_of` from the top down: one alone or a list; criteria only where they are the only one."""
    named = [given] if isinstance(given, str) else given
    if not isinstance(named, list | tuple) or not {*named} <= {*get_args(Averaged)}:
        return named
    return [level for level in get_args(Averaged)[:-1] if level in named] or ["criteria"]


VERSION_START = re.compile(r"[vV]?\s*([0-9]{1,4}(?:\.[0-9]{1,4})*)(?![0-9])")
"""The number that a version of others may begin with: `5.1.1+u4`, `v2-draft`."""


def leading_version(text: str) -> str:
    """Return the number at the beginning of a version, without what follows; the text as it is if there is none."""
    found = VERSION_START.match(text.strip())
    return found[1] if found else text


def version_key(version: str) -> tuple[int, ...]:
    """The key for comparing versions. Trailing zeros do not count: 1 and 1.0 are one version."""
    parts = [int(part) for part in version.split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


class Strict(BaseModel):
    """A frozen value that rejects unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


QUOTIENT = "^[0-9]{1,4} ?/ ?[1-9][0-9]{0,3}$"


def _divided(value: object) -> object:
    """A quotient such as 2/3 as a number; anything else as it is."""
    if isinstance(value, str) and re.match(QUOTIENT, value):
        above, below = value.split("/")
        return int(above) / int(below)
    return value


Worth = Annotated[
    Annotated[float, Field(ge=0, le=1)] | None,
    BeforeValidator(_divided),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": QUOTIENT},
                {"type": "null"},
            ]
        }
    ),
]
"""What an answer is worth, as a number or a quotient: thirds have no exact decimals."""


class Status(Strict):
    """One status of an answer scale. `value` (0 to 1) is given exactly when the status counts as answered."""

    status: Id
    title: Text
    counts_as: Role = "answered"
    value: Worth = Field(default=None, description="From 0 to 1, also as a quotient: 2/3.")
    scale: Id | None = Field(
        default=None, description="The scale that it belongs to, which criteria name; empty: the standard's own."
    )


class Numbers(Strict):
    """Numbers as answers: from `low`, worth 0, to `high`, worth 1, in equal steps."""

    low: float = Field(default=0, ge=0, le=1_000_000)
    high: float = Field(ge=0, le=1_000_000)
    step: float = Field(default=1, gt=0, allow_inf_nan=False)
    scale: Id | None = Field(
        default=None, description="The scale that they belong to, which criteria name; empty: the standard's own."
    )


class Band(Strict):
    """A named range of the score, from `starts_at` (percent, 0 to 100) up to the next band."""

    band: Id
    title: Text
    starts_at: int = Field(ge=0, le=100)


class Criterion(Strict):
    """One checkable statement in an area, in our own words, with its source in the document."""

    criterion: Id
    kind: Kind = "respect"
    level: Level
    text: Text
    weight: float = Field(default=1, gt=0, allow_inf_nan=False)
    critical: bool = False
    gap: Text | None = Field(
        default=None,
        description="Of a critical one: what is missing where it failed, in a few words read after “Not in place:”.",
    )
    partly: Text | None = Field(
        default=None,
        description="Where the text asks for several things: when the answer is *partly*, read after “Partly: when”.",
    )
    added: Version | None = Field(
        default=None,
        description="The version that asks it first: rounds of an earlier one are not asked it; empty: every round.",
    )
    until: Version | None = Field(
        default=None,
        description="The last version that asks it: rounds of a later one are not asked it, and its answers stay.",
    )
    since: Version | None = Field(
        default=None, description="The version of the framework since which it is asked in these words; empty: always."
    )
    services: tuple[Id, ...] = Field(
        default=(), description="Asked only of operations that offer one of these; empty: asked of all."
    )
    scale: Id | None = Field(default=None, description="A scale of its own, by name; empty: that of the standard.")
    reversed: bool = Field(
        default=False, description="Asks for something bad: the best answer counts as the worst, and so on."
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
    evidence_hint: Text | None = None
    citation: Text | None = None
    page: Text | None = Field(
        default=None,
        description="Where in the cited document somebody held it against the text; shown after the citation.",
    )
    verification: Held = "to_verify"
    element: Text | None = Field(
        default=None, description="The part of its area that it belongs to, where the standard averages elements."
    )

    def cited(self) -> str:
        """The citation, with the page that the statement was compared with; empty without either."""
        return ", ".join(part for part in (self.citation, self.page) if part)


class Area(Strict):
    """A principle of CRBP or a key area of COP. `code` is the short label on a chart axis."""

    area: Id
    code: Text
    title: Text
    text: Text
    spheres: tuple[Sphere, ...] = ()
    formerly: tuple[Id, ...] = Field(default=(), description="Ids it had before: old links still find it by them.")
    family: Text | None = Field(
        default=None, description="The family of areas that it belongs to, where the standard averages families."
    )
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class PartWeight(Strict):
    """How much a family, an area or an element counts among those beside it, where they do not count equally."""

    part: Text
    weight: float = Field(gt=0, allow_inf_nan=False)


class Framework(Strict):
    """One standard: its source, its answer scale, its bands, its areas and their criteria."""

    schema_version: Literal[1]
    framework: Id
    title: Text
    short_title: Text
    area_word: Text = Field(
        default="area",
        description="What its areas are called on screen: one; several, such as `practice; practices`.",
    )
    publisher: Text
    year: int = Field(ge=1900, le=2100)
    edition: Text | None = None
    supersedes: Id | None = Field(default=None, description="The framework that is the earlier edition of this one.")
    version: Version
    address: Text
    licence_note: Text
    held_in_part: Text | None = Field(
        default=None, description="Where the file holds only a part of the document: which, and what is missing."
    )
    average_of: Annotated[tuple[Averaged, ...], BeforeValidator(averaged_levels)] = Field(
        default=("criteria",),
        description="What a figure is the mean of, from the top: families, areas, elements; or criteria by weight.",
    )
    country_figure: CountryFigure = Field(
        default=POOLED,
        description="The figure of a country: pooled, over all answers; or the mean of its operations or their groups.",
    )
    coverage_limit: float = Field(default=0.7, ge=0, le=1)
    count_below: int = Field(
        default=3, ge=0, le=1000, description="With fewer answers than this a figure shows counts, not percent."
    )
    scale: tuple[Status, ...] = Field(min_length=2)
    numbers: tuple[Numbers, ...] = ()
    bands: tuple[Band, ...] = Field(min_length=1)
    areas: tuple[Area, ...] = Field(min_length=1)
    weights: tuple[PartWeight, ...] = Field(
        default=(), description="The families, areas and elements that count more or less than 1, by name."
    )


OWN_SCALE = ""
"""The name of a standard's own scale, for criteria that name none."""
MOST_NUMBERS = 1001
"""The answers that one scale of numbers may have: 0 to 100 in tenths."""
ScaleKey = tuple[str, bool]
"""A scale by its name, and whether it counts the other way round."""


@dataclass(frozen=True)
class ScaleChoice:
    """One answer. `value` is given exactly if it counts as answered; `number` if it is a number instead of a word.

    `scale` is the one that defines it: words for *not applicable* and *not known* may come from the standard's own.
    """

    status: str
    title: str
    counts_as: Role | Literal["unanswered"]
    value: float | None
    scale: str
    number: float | None = None


def scale_key(criterion: Criterion) -> ScaleKey:
    """The scale that a criterion is answered on."""
    return criterion.scale or OWN_SCALE, criterion.reversed


def scales_of(framework: Framework) -> Mapping[str, tuple[ScaleChoice, ...]]:
    """Every scale by name, the standard's own first. One without words for *not applicable* or *not known* has its."""
    rows: tuple[Status | Numbers, ...] = (*framework.scale, *framework.numbers)
    names = dict.fromkeys([OWN_SCALE, *(row.scale or OWN_SCALE for row in rows)])
    given = {name: _given(framework, name) for name in names}
    return {name: (*own, *_lent(given[OWN_SCALE], own)) if name != OWN_SCALE else own for name, own in given.items()}


def scales_used(framework: Framework) -> Mapping[ScaleKey, tuple[ScaleChoice, ...]]:
    """The standard's own scale, and every other that a criterion is answered on."""
    scales = scales_of(framework)
    keys = dict.fromkeys([(OWN_SCALE, False), *(scale_key(c) for area in framework.areas for c in area.criteria)])
    return {(name, turned): _turned(scales[name]) if turned else scales[name] for name, turned in keys}


def status_id(framework: Framework, choice: ScaleChoice) -> str:
    """What translations call a status: `status/crbp/partly`, or `status/crbp/levels/2` if it is on another scale."""
    return "/".join(part for part in ("status", framework.framework, choice.scale, choice.status) if part)


def written_number(number: Decimal) -> str:
    """A number as its code: 37 or 37.5."""
    return f"{number.normalize():f}"


def scale_steps(numbers: Numbers) -> int:
    """How many steps there are from the lowest number to the highest; 0 if they do not lead there exactly."""
    span, step = _decimal(numbers.high) - _decimal(numbers.low), _decimal(numbers.step)
    return int(span / step) if span > 0 and span % step == 0 else 0


def _given(framework: Framework, name: str) -> tuple[ScaleChoice, ...]:
    numbers = [choice for row in framework.numbers if (row.scale or OWN_SCALE) == name for choice in _numbers(row)]
    words = [
        ScaleChoice(word.status, word.title, word.counts_as, word.value, name)
        for word in framework.scale
        if (word.scale or OWN_SCALE) == name
    ]
    return (*numbers, *words)


def _numbers(numbers: Numbers) -> tuple[ScaleChoice, ...]:
    """Highest first, as words usually are."""
    n, low, step = scale_steps(numbers), _decimal(numbers.low), _decimal(numbers.step)
    codes = [(place, written_number(low + place * step)) for place in range(n, -1, -1)]
    return tuple(
        ScaleChoice(code, code, "answered", place / n, numbers.scale or OWN_SCALE, float(code))
        for place, code in codes
        if n
    )


def _lent(of_standard: tuple[ScaleChoice, ...], own: tuple[ScaleChoice, ...]) -> tuple[ScaleChoice, ...]:
    has = {choice.counts_as for choice in own}
    return tuple(choice for choice in of_standard if choice.counts_as not in {*has, "answered"})


def _turned(choices: tuple[ScaleChoice, ...]) -> tuple[ScaleChoice, ...]:
    return tuple(choice if choice.value is None else replace(choice, value=1 - choice.value) for choice in choices)


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))
