"""Tells what a sheet without criteria may be instead of answers: figures on countries, or a register of risks."""

from collections.abc import Callable, Sequence

from dashboard.loading.mapping.column_fit import Theirs
from dashboard.loading.mapping.column_groups import MOST
from dashboard.loading.mapping.country_names import place_in
from dashboard.loading.mapping.recognise import numbers_only
from dashboard.loading.mapping.synonyms import synonyms
from dashboard.model.mapping import SHEET, SheetMapping, bare
from dashboard.model.problem import Problem, Weight
from dashboard.model.sheet_cells import year_in

MOSTLY = 0.8
GRADED = ("impact", "scale", "scope", "irremediability", "likelihood")
"""The columns that only ratings of risks have."""
FEW = 2


def looks_like(mapping: SheetMapping, columns: Sequence[Theirs], file: str) -> Problem | None:
    """Return a note on what a sheet may be, if it would be read as answers or actions but says too little of them."""
    if mapping.form not in ("answers", "actions") or (mapping.form == "answers" and "criterion" not in mapping.missing):
        return None
    theirs = [column for column in columns if column.label != SHEET and column.values]
    if sum(any(_is_called(column, ours) for column in theirs) for ours in GRADED) >= FEW:
        return Problem("looks_like_risks", file, weight=Weight.NOTE)
    if not mapping.missing:
        return None
    countries = [column for column in theirs if _mostly(column, lambda text: place_in(text).whole)]
    figures = [column for column in theirs if numbers_only(column.values[:MOST]) and not _mostly(column, _is_year)]
    return Problem("looks_like_figures", file, weight=Weight.NOTE) if countries and figures else None


def _is_called(column: Theirs, ours: str) -> bool:
    return column.name == bare(ours) or column.name in synonyms().columns.get(ours, ())


def _is_year(text: str) -> bool:
    return year_in(text) == text


def _mostly(column: Theirs, fits: Callable[[str], bool]) -> bool:
    values = column.values[:MOST]
    return sum(map(fits, values)) >= MOSTLY * len(values)
