"""The rows of these questions, and those of them that are asked in SQL."""

from typing import TypedDict

from dashboard.queries.question import Question


class WhatifAnswersRow(TypedDict):
    """A row of `whatif_answers`."""

    position: int
    operation: str
    criterion: str
    status: str
    critical: bool
    lifts: bool
    planned: bool
    has_action: bool
    operation_no: int
    criterion_no: int
    status_no: int


class WhatifAssumedRow(TypedDict):
    """A row of `whatif_assumed`."""

    position: int
    place: str
    what: str
    becomes: str
    place_title: str | None
    is_operation: bool
    area_code: str | None
    area_title: str | None
    criterion: str | None
    criterion_text: str | None
    status_title: str | None


class WhatifCellsRow(TypedDict):
    """A row of `whatif_cells`."""

    kind: str
    country: str
    country_title: str
    area: str
    area_code: str | None
    area_title: str
    reading: str
    percent: float | None
    low: float | None
    high: float | None
    coverage: float | None
    n_answered: float
    n_critical_failed: float
    n_failed_before: float
    n_full: float | None
    n_part: float | None
    n_nil: float | None
    band: str | None
    band_title: str | None


class WhatifChoicesRow(TypedDict):
    """A row of `whatif_choices`."""

    choice: str
    code: str
    title: str
    area_code: str | None
    scale_no: int | None
    own: bool


class WhatifGapsRow(TypedDict):
    """A row of `whatif_gaps`."""

    n: int
    n_countries: int
    of_countries: int
    head_office: bool
    n_risks: int
    n_partly: int


class WhatifReadyRow(TypedDict):
    """A row of `whatif_ready`."""

    ready: str
    place: str
    place_title: str
    what: str
    becomes: str
    text: str | None


WHATIF_ASSUMED = Question("whatif_assumed", WhatifAssumedRow)
WHATIF_CHOICES = Question("whatif_choices", WhatifChoicesRow)
