"""The rows of these questions, and those of them that are asked in SQL."""

from typing import TypedDict

from dashboard.queries.question import Question


class CaseCountriesRow(TypedDict):
    """A row of `case_countries`."""

    case_country: str
    title: str | None
    n: int


class CaseCriteriaRow(TypedDict):
    """A row of `case_criteria`."""

    framework: str
    framework_title: str
    in_view: bool
    area_code: str
    criterion: str
    kind: str
    critical: bool
    text: str
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class CaseGuidanceRow(TypedDict):
    """A row of `case_guidance`."""

    guidance: str
    title: str
    step: str
    n_criteria: int
    n_risk_areas: int


class CaseStudyFacts(TypedDict):
    """One of the `facts` in a row of `case_study`."""

    fact: str
    dated: str
    tells: str
    source: str
    address: str | None
    differs: str | None


class CaseStudyRow(TypedDict):
    """A row of `case_study`."""

    case_study: str
    title: str
    who: list[str]
    where: str
    began: int
    ended: int | None
    case_kind: str
    confidence: str
    shows: list[str]
    facts: list[CaseStudyFacts]
    what_was_done: str
    what_resulted: str
    lesson: str
    what_to_copy: str
    what_to_avoid: str
    settings: list[str] | None
    risk_areas: list[str]


class CaseYearsRow(TypedDict):
    """A row of `case_years`."""

    first_year: int
    last_year: int


class CasesGaps(TypedDict):
    """One of the `gaps` in a row of `cases`."""

    criterion: str
    critical: bool
    n_nil: float
    n_part: float
    n_failed_before: float
    countries: list[str]


class CasesRow(TypedDict):
    """A row of `cases`."""

    case_study: str
    title: str
    who: list[str]
    where: str
    began: int
    ended: int | None
    goes_on: bool
    until_year: int
    case_kind: str
    confidence: str
    shows: list[str]
    began_order: int
    n_criteria: int
    n_open: int
    n_failed: float
    gap: float
    gaps: list[CasesGaps] | None


class CasesNowhereRow(TypedDict):
    """A row of `cases_nowhere`."""

    n_all: int
    n_nowhere: int


class GuidanceCasesRow(TypedDict):
    """A row of `guidance_cases`."""

    case_study: str
    title: str
    where: str
    shared: list[str]


class GuidanceCriteriaRow(TypedDict):
    """A row of `guidance_criteria`."""

    framework: str
    framework_title: str
    criterion: str
    text: str
    critical: bool
    round_title: str | None
    other_round: bool | None
    n_asked: float
    n_full: float
    n_part: float
    n_nil: float
    n_not_applicable: float
    n_not_known: float
    n_unanswered: float


class GuidanceForYouRow(TypedDict):
    """A row of `guidance_for_you`."""

    guidance: str
    title: str
    step: str
    effort: int
    function_title: str
    criterion: str
    critical: bool
    n_answered: float
    n_nil: float
    n_part: float
    n_failed_before: float
    critical_failed: bool
    missing: float
    impact: str | None
    severity: int
    countries: list[str] | None
    n_weak: int
    text: str
    risk: str | None
    turn: int


class GuidanceItemSources(TypedDict):
    """One of the `sources` in a row of `guidance_item`."""

    source: str
    address: str | None
    gives: str


class GuidanceItemRow(TypedDict):
    """A row of `guidance_item`."""

    guidance: str
    title: str
    situation: str
    step: str
    effort: int
    this_month: list[str]
    this_year: list[str]
    sign_that_it_works: list[str]
    watch_out: list[str]
    sources: list[GuidanceItemSources]
    verification: str
    functions: list[str]
    settings: list[str] | None


class GuidanceListRow(TypedDict):
    """A row of `guidance_list`."""

    guidance: str
    title: str
    step: str
    functions: list[str]
    settings: list[str] | None


class GuidanceStandRow(TypedDict):
    """A row of `guidance_stand`."""

    n_guidance: int
    n_criteria: int
    n_weak: int
    n_only_before: int
    n_critical_failed: int


CASE_COUNTRIES = Question("case_countries", CaseCountriesRow)
CASE_GUIDANCE = Question("case_guidance", CaseGuidanceRow)
CASE_STUDY = Question("case_study", CaseStudyRow)
CASE_YEARS = Question("case_years", CaseYearsRow)
CASES_NOWHERE = Question("cases_nowhere", CasesNowhereRow)
GUIDANCE_CASES = Question("guidance_cases", GuidanceCasesRow)
GUIDANCE_ITEM = Question("guidance_item", GuidanceItemRow)
GUIDANCE_LIST = Question("guidance_list", GuidanceListRow)
