"""Questions in SQL whose rows are read in several modules, or in one that is long without them."""

from typing import TypedDict

from dashboard.queries.question import Question
from dashboard.queries.risks.setting_risks import SettingImpact


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


class SettingOpeningsRow(SettingImpact):
    """A row of `setting_openings`."""


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
