"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question


class ContextRow(TypedDict):
    """A row of `context`."""

    indicator: str
    title: str
    unit: str
    value: str | None
    year: int | None
    publisher: str | None
    dataset: str | None
    computed: bool
    state: str


class SettingAdviceRow(TypedDict):
    """A row of `setting_advice`."""

    what: str
    code: str
    title: str
    word: str


class SettingOpeningsRow(TypedDict):
    """A row of `setting_openings`."""

    impact: str
    text: str
    risk_area_title: str
    state: str
    n_none_found: int
    n_not_rated: int


class SettingsRow(TypedDict):
    """A row of `settings`."""

    setting: str
    setting_title: str
    first_question: str
    exposed: str
    services: list[str]
    functions: list[str] | None
    n_operations: int
    operations: list[str] | None
    n_chosen: int


CONTEXT = Question("context", ContextRow)
SETTING_ADVICE = Question("setting_advice", SettingAdviceRow)
SETTING_OPENINGS = Question("setting_openings", SettingOpeningsRow)
SETTINGS = Question("settings", SettingsRow)
