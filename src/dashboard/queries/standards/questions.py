"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class StandardAboutRow(TypedDict):
    """A row of `standard_about`."""

    title: str
    short_title: str
    publisher: str
    year: int
    version: str
    address: str
    licence_note: str
    held_in_part: str | None
    earlier_title: str | None
    n_areas: int
    n_criteria: int
    n_respect: int
    n_support: int
    n_critical: int
    n_to_verify: int
    n_confirmed: int
    n_own_reading: int


class BesidePointsRow(TypedDict):
    """A row of `beside_points`."""

    instrument: str
    code: str
    text: str
    criteria: list[str]
    verification: str


class CriterionLinksRow(TypedDict):
    """A row of `criterion_links`."""

    framework_title: str
    criterion: str
    text: str
    strength: str


class InstrumentsRow(TypedDict):
    """A row of `instruments`."""

    instrument: str
    title: str
    short_title: str
    publisher: str
    years: str
    address: str
    text: str
    not_found: list[str]
    n_points: int


class UncoveredRow(TypedDict):
    """A row of `uncovered`."""

    what: str
    of: str | None
    title: str


STANDARD_ABOUT = Question("standard_about", StandardAboutRow)
BESIDE_POINTS = Question("beside_points", BesidePointsRow)
CRITERION_LINKS = Question("criterion_links", CriterionLinksRow)
INSTRUMENTS = Question("instruments", InstrumentsRow)
UNCOVERED = Question("uncovered", UncoveredRow)
