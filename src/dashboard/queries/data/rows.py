"""The rows of these questions, and those of them that are asked in SQL."""

from datetime import date
from typing import TypedDict

from dashboard.queries.question import Question


class ContentsRow(TypedDict):
    """A row of `contents`."""

    n_answers: int
    n_asked: int
    n_operations: int
    n_synthetic: int
    n_rounds: int
    n_risk_ratings: int
    n_opportunity_ratings: int
    n_actions: int
    n_context: int
    n_problems: int


class GapWaysRow(TypedDict):
    """A row of `gap_ways`."""

    way: str
    n_severe_gaps: int


class MethodRow(TypedDict):
    """A row of `method`."""

    framework: str
    title: str
    version: str
    average_of: str
    country_figure: str
    coverage_limit: float
    count_below: int
    scale: str
    n_own_scale: int
    n_reversed: int
    bands: str
    n_weighted: int
    n_critical: int


class ProblemsRow(TypedDict):
    """A row of `problems`."""

    kind: str
    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str | None
    hint: str | None
    weight: str
    all_n: int


class RobustnessRow(TypedDict):
    """A row of `robustness`."""

    of: str
    code: str
    title: str
    way: str
    left_out: list[str]
    left_out_titles: list[str]
    year: int | None
    percent: float | None
    reading: str
    n_answered: float
    band: str | None
    band_title: str | None


class SourcesRow(TypedDict):
    """A row of `sources`."""

    kind: str
    title: str
    short_title: str | None
    publisher: str
    years: str
    licence: str | None
    version: str | None
    held_in_part: str | None
    n: int
    n_to_verify: int | None
    n_confirmed: int | None
    n_own_reading: int | None


class VersionsRow(TypedDict):
    """A row of `versions`."""

    title: str
    version: str
    step: int | None
    published_on: date | None
    n_turned: int
    n_mended: int
    n_answers: int


CONTENTS = Question("contents", ContentsRow)
METHOD = Question("method", MethodRow)
PROBLEMS = Question("problems", ProblemsRow)
SOURCES = Question("sources", SourcesRow)
VERSIONS = Question("versions", VersionsRow)
