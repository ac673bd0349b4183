"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class CasesNowhereRow(TypedDict):
    """A row of `cases_nowhere`."""

    n_all: int
    n_nowhere: int


class GuidanceListRow(TypedDict):
    """A row of `guidance_list`."""

    guidance: str
    title: str
    step: str
    functions: list[str]
    settings: list[str] | None


CASES_NOWHERE = Question("cases_nowhere", CasesNowhereRow)
GUIDANCE_LIST = Question("guidance_list", GuidanceListRow)
