"""How should a sheet be read? People's corrections of a guess."""

from collections.abc import Mapping

from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Guess

NOWHERE, COLUMN, FIXED = "", "column ", "fixed "
"""Prefixes of a choice of source for one of our columns: none, a column of the sheet, a value for every row."""
IS = "\n"
"""Separates a column and its value in a choice of rows to read. No label contains a line break."""
ALSO = "\0"
"""Separates several such choices. No cell contains this sign."""
TAKE = "take"
"""The choice that adds unpublished operations and rounds as new."""
Corrections = dict[tuple[str, ...], str]
"""Choices by subject: ("column", ours), ("word", ours, theirs), ("across", label), ("reason",), ("new",), …"""


def suggestions(guessed: Guess) -> Corrections:
    """Return the choices that accept every suggested word or column; new names are a choice of their own."""
    across = guessed.mapping.across.column if guessed.mapping.across else ""
    return {
        ("across", word) if ours == across and word in guessed.left else ("word", ours, word): match.code
        for ours, found in guessed.values.items()
        for word, match in found.items()
        if match.code is not None and match.taken is None and not match.reason.new
    }


def with_corrections(mapping: SheetMapping, corrections: Mapping[tuple[str, ...], str]) -> SheetMapping:
    """Return a mapping with the corrections applied."""
    columns, fixed = dict(mapping.columns), dict(mapping.fixed)
    values = {ours: dict(words) for ours, words in mapping.values.items()}
    codes = dict(mapping.across.codes) if mapping.across else {}
    together, only = dict(mapping.together), dict(mapping.only)
    days, filled, take_new = mapping.days, mapping.filled, mapping.take_new
    for on, choice in corrections.items():
        match on:
            case ("filled", ours):
                filled = (*(one for one in filled if one != ours), *([ours] if choice else []))
            case ("column", ours):
                columns.pop(ours, None)
                if ours != "na_reason":
                    fixed.pop(ours, None)
                if choice.startswith(COLUMN):
                    columns[ours] = choice.removeprefix(COLUMN)
                elif choice.startswith(FIXED):
                    fixed[ours] = choice.removeprefix(FIXED)
            case ("word", ours, theirs):
                values.setdefault(ours, {})[theirs] = choice or theirs
            case ("across", label):
                codes = {**codes, label: choice} if choice else {key: c for key, c in codes.items() if key != label}
            case ("reason",):
                fixed.pop("na_reason", None)
                fixed |= {"na_reason": choice} if choice else {}
            case ("together", ours):
                together = {**together, ours: choice} if choice else {k: v for k, v in together.items() if k != ours}
            case ("only",):
                only = _rows(choice)
            case ("days",):
                days = "mdy" if choice == "mdy" else "dmy"
            case ("new",):
                take_new = choice == TAKE
    across = mapping.across.model_copy(update={"codes": codes}) if mapping.across else None
    changed = {
        "columns": columns,
        "together": together,
        "only": only,
        "fixed": fixed,
        "values": values,
        "across": across,
        "days": days,
        "take_new": take_new,
        "filled": filled,
    }
    return mapping.model_copy(update=changed)


def _rows(choice: str) -> dict[str, tuple[str, ...]]:
    """Return the values of each column in the rows to read: any of them in one column, and so in every column."""
    only: dict[str, tuple[str, ...]] = {}
    for one in choice.split(ALSO) if choice else ():
        label, _, value = one.partition(IS)
        only[label] = (*only.get(label, ()), value)
    return only
