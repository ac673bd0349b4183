"""How is a sheet in another format read? Which of its columns and words correspond to ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from dashboard.model.answers.tables import FORM, Form
from dashboard.model.answers.ticks import is_tick
from dashboard.model.days import NO_MONTHS, Order, iso_day
from dashboard.model.standard.framework import Strict

MappableForm = Literal["answers", "risk_ratings", "opportunity_ratings", "actions"]
MAPPABLE: tuple[MappableForm, ...] = ("answers", "risk_ratings", "opportunity_ratings", "actions")
"""The forms that a sheet in another format can become."""
DAYS = ("answered_on", "rated_on", "due_on")
SAYS = {
    "answers": ("status", "evidence", "note", "na_reason"),
    "risk_ratings": ("scale", "scope", "irremediability", "likelihood", "found", "basis"),
    "opportunity_ratings": ("reach", "need", "feasibility", "found", "basis"),
    "actions": ("text", "due_on", "owner_role", "reason", "cause", "status_by_quarter"),
}
"""Columns with the content of a row; if all of them are empty, nobody has answered."""
SHEET = "[sheet]"
"""Among the columns of a workbook, this stands for the title of the sheet."""
TOGETHER = " + "
"""Between the cells of two columns that name one thing together, such as a company and its unit."""
ROW = "{row}"
"""In a fixed value, this stands for their row number, so that each action gets a code."""


class Across(Strict):
    """Their columns that stand for our codes, such as one column per operation; each cell is a value of `holds`.

    Columns that stand for statuses hold ticks.
    """

    column: Literal["operation", "criterion", "round", "status"]
    codes: dict[str, str] = Field(min_length=1)
    holds: Literal["status"] = "status"


class SheetMapping(Strict):
    """One way to read a sheet. Their columns are known by label; `header` is the one it was made for.

    A fixed reason is that of answers that are not applicable, whose statuses are `not_applicable`, and have no other.
    `beside` is what a word of the status says beside its code; it goes to the note. In the columns of ours in `filled`,
    an empty cell means the value above it. `new` are the codes of operations and rounds that are not published, each
    with their name for it. `take_new` says that they are added.
    """

    name: str = ""
    form: MappableForm
    sheets: tuple[str, ...] = ()
    header_row: int = Field(default=1, ge=1)
    header: tuple[str, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    together: dict[str, str] = Field(default_factory=dict)
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    fixed: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    across: Across | None = None
    days: Order = "dmy"
    take_new: bool = False
    new: dict[str, dict[str, str]] = Field(default_factory=dict)
    beside: dict[str, str] = Field(default_factory=dict)
    not_applicable: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> "SheetMapping":
        unknown = {*self.columns, *self.together, *self.fixed, *self.values} - set(FORM[self.form].columns)
        if unknown:
            raise ValueError(f"columns of {self.form}: not {', '.join(sorted(unknown))}")
        twice = set(self.columns) & set(self.fixed) - {"na_reason"}
        if twice:
            raise ValueError(f"a column or a fixed value, not both: {', '.join(sorted(twice))}")
        return self

    @property
    def target_form(self) -> Form:
        return FORM[self.form]

    @property
    def needed(self) -> tuple[str, ...]:
        """The labels that a sheet must have to be read this way."""
        spread = tuple(self.across.codes) if self.across else ()
        seconds = [label for ours, label in self.together.items() if ours in self.columns]
        labels = dict.fromkeys((*self.columns.values(), *spread, *seconds, *self.only))
        return tuple(label for label in labels if label != SHEET)

    @property
    def filled_labels(self) -> tuple[str, ...]:
        """The labels of the columns in which an empty cell means the value above it."""
        return tuple(self.columns[ours] for ours in self.filled if ours in self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """Our required columns that neither one of their columns nor a fixed value fills."""
        spread = (self.across.column, self.across.holds) if self.across else ()
        return tuple(
            c for c in self.target_form.required if c not in self.columns and c not in self.fixed and c not in spread
        )


@dataclass(frozen=True)
class LongRow:
    """One row in long form, and the label of the column it was spread over, if any."""

    values: Mapping[str, str]
    across: str | None = None

    def holds_any(self, columns: Sequence[str]) -> bool:
        """Whether any of the columns holds something."""
        return any(self.values.get(column) for column in columns)


def picked(mapping: SheetMapping, cells: Mapping[str, str]) -> bool:
    """Whether a row of theirs is one of those to read."""
    return all(cells.get(label, "").strip() in values for label, values in mapping.only.items())


def cell_of(mapping: SheetMapping, ours: str, cells: Mapping[str, str]) -> str:
    """What a row of theirs says in one of our columns: the text of one cell, or of two that belong together."""
    labels = (mapping.columns[ours], mapping.together.get(ours, ""))
    return TOGETHER.join(text for label in labels if (text := cells.get(label, "").strip()))


def long_rows(
    mapping: SheetMapping, cells: Mapping[str, str], row: int, months: Mapping[str, int] = NO_MONTHS
) -> Iterator[LongRow]:
    """The rows in long form that one of their rows becomes; `cells` are by label. An empty row gives none."""
    taken = {ours: _read(mapping, ours, cell_of(mapping, ours, cells), months) for ours in mapping.columns}
    fixed = {ours: value.replace(ROW, str(row)) for ours, value in mapping.fixed.items()}
    rows = [LongRow(taken)]
    if mapping.across is not None and mapping.across.column == "status":
        ticked = [label for label in mapping.across.codes if is_tick(cells.get(label, ""))]
        # Several ticks contradict each other: their titles together are no status.
        status = mapping.across.codes[ticked[0]] if len(ticked) == 1 else " + ".join(ticked)
        rows = [LongRow({**taken, "status": status}, ticked[0] if ticked else None)]
    elif mapping.across is not None:
        holds, column = mapping.across.holds, mapping.across.column
        rows = [
            LongRow({**taken, column: code, holds: _read(mapping, holds, cells.get(label, ""), months)}, label)
            for label, code in mapping.across.codes.items()
        ]
        # What a row says about the criterion in general goes to the operations that have answered.
        rows = [one for one in rows if one.values[holds]]
    # A fixed value is not content of a row.
    said = (one for one in rows if one.holds_any(SAYS[mapping.form]))
    reason = fixed.pop("na_reason", "")
    for one in said:
        values = {**fixed, **one.values}
        word = cells.get(one.across or mapping.columns.get("status", ""), "").strip()
        yield LongRow({**values, **_beside(mapping, values, word, reason)}, one.across)


def _beside(mapping: SheetMapping, values: Mapping[str, str], word: str, reason: str) -> dict[str, str]:
    """Note and reason of one answer, with what its word says beside the code; `reason` is for those that have none."""
    beside = mapping.beside.get(word, "") if word in mapping.values.get("status", {}) else ""
    if values.get("status") in mapping.not_applicable and not values.get("na_reason"):
        says_why = any(map(str.isalpha, beside))
        return {"na_reason": beside if says_why else reason} if beside or reason else {}
    return {"note": "; ".join(filter(None, (values.get("note"), beside)))} if beside else {}


def _read(mapping: SheetMapping, column: str, cell: str, months: Mapping[str, int]) -> str:
    """Their cell as our value: its code if known, a day as ISO, anything else unchanged."""
    text = cell.strip()
    if column in DAYS:
        return iso_day(text, mapping.days, months) or text
    return mapping.values.get(column, {}).get(text, text)
