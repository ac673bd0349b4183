"""Describes how a sheet in another format is read: which of its columns, words and names correspond to ours."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Literal

from pydantic import Field, model_validator

from dashboard.model.framework import Strict
from dashboard.model.records import RECORDS, Record
from dashboard.model.sheet_cells import NO_MONTHS, Order, is_tick, iso_day, year_in

Represented = Literal["operation", "criterion", "round", "status", "indicator", "year"]
"""What each of several columns of a sheet may represent."""
MappableForm = Literal["answers", "risk_ratings", "opportunity_ratings", "actions", "context"]
MAPPABLE: tuple[MappableForm, ...] = ("answers", "risk_ratings", "opportunity_ratings", "actions", "context")
"""The forms that a sheet in another format can become."""
DAYS = ("answered_on", "rated_on", "due_on")
SAYS = {
    "answers": ("status", "evidence", "note", "na_reason"),
    "risk_ratings": ("scale", "scope", "irremediability", "likelihood", "found", "basis"),
    "opportunity_ratings": ("reach", "need", "feasibility", "found", "basis"),
    "actions": ("text", "due_on", "owner_role", "reason", "cause"),
    "context": ("value",),
}
"""The columns with the content of a row, by form; if all of them are empty, the row is unanswered."""
SHEET = "[sheet]"
"""A label that represents the title of the sheet, among the columns of a workbook."""
TOGETHER = " + "
"""Joins the cells of two columns that name one thing together, such as a company and its unit."""
ROW = "{row}"
"""A placeholder in a fixed value for the row number in the sheet, so that each action gets a code."""


class Across(Strict):
    """Columns of the sheet that represent our codes, such as one column per operation; each cell is a value of `holds`.

    Columns that represent statuses hold ticks. Without `codes`, somebody still has to say what the columns represent.
    `beside` gives, by the label of such a column, the labels of further columns of ours that belong to it alone.
    """

    column: Represented
    codes: dict[str, str]
    holds: Literal["status", "value"] = "status"
    beside: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def further(self) -> dict[str, tuple[str, ...]]:
        """The labels of the columns beside those that represent codes, by our column."""
        found: dict[str, tuple[str, ...]] = {}
        for label in self.codes:
            for ours, other in self.beside.get(label, {}).items():
                found[ours] = (*found.get(ours, ()), other)
        return found


class SheetMapping(Strict):
    """One way to read a sheet. Its columns are identified by label; `header` is the header the mapping was made for.

    `table` is the number of one of several tables on a sheet, from 1; 0 if there is only one.
    The statuses in `not_applicable` mean not applicable; a fixed `na_reason` is used for those answers that give no
    reason. `beside` holds what a word says in addition to its status; it goes to the note. In our columns in `filled`,
    an empty cell means the value above it; somebody still has to check those in `undecided`. `new` are the codes of
    unpublished operations and rounds, each with its name in the sheet; `take_new` adds them.
    """

    name: str = ""
    form: MappableForm
    sheets: tuple[str, ...] = ()
    header_row: int = Field(default=1, ge=1)
    table: int = Field(default=0, ge=0)
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
    undecided: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_former(cls, given: object) -> object:
        """A mapping that was saved with a column that is no longer read, without that column."""
        form = RECORDS.get(str(given.get("form"))) if isinstance(given, dict) else None
        if form is None or not isinstance(given, dict):
            return given
        return {
            name: {ours: said for ours, said in value.items() if ours not in form.former}
            if isinstance(value, dict) and name in ("columns", "together", "fixed", "values")
            else value
            for name, value in given.items()
        }

    @model_validator(mode="after")
    def _fits(self) -> "SheetMapping":
        further = self.across.further if self.across else {}
        unknown = {*self.columns, *self.together, *self.fixed, *self.values, *further} - set(RECORDS[self.form].names)
        if unknown:
            raise ValueError(f"columns of {self.form}: not {', '.join(sorted(unknown))}")
        twice = set(self.columns) & set(self.fixed) - {"na_reason"}
        if twice:
            raise ValueError(f"a column or a fixed value, not both: {', '.join(sorted(twice))}")
        return self

    @property
    def target_form(self) -> Record:
        return RECORDS[self.form]

    @property
    def needed(self) -> tuple[str, ...]:
        """The labels that a sheet must have to be read this way."""
        spread = (*self.across.codes, *chain(*self.across.further.values())) if self.across else ()
        seconds = [label for ours, label in self.together.items() if ours in self.columns]
        labels = dict.fromkeys((*self.columns.values(), *spread, *seconds, *self.only))
        return tuple(label for label in labels if label != SHEET)

    @property
    def filled_labels(self) -> tuple[str, ...]:
        """The labels of the columns in which an empty cell means the value above it."""
        return tuple(self.columns[ours] for ours in self.filled if ours in self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """Our required columns that neither a column of the sheet nor a fixed value fills."""
        spread = (self.across.column, self.across.holds) if self.across and self.across.codes else ()
        return tuple(
            c for c in self.target_form.required if c not in self.columns and c not in self.fixed and c not in spread
        )


@dataclass(frozen=True)
class LongRow:
    """One row in long form, and the label of the column it was spread over, if any."""

    values: Mapping[str, str]
    across: str | None = None

    def holds_any(self, columns: Sequence[str]) -> bool:
        """Return whether any of the columns is not empty."""
        return any(self.values.get(column) for column in columns)


def picked(mapping: SheetMapping, cells: Mapping[str, str]) -> bool:
    """Return whether a row of the sheet is one of those to read."""
    return all(cells.get(label, "").strip() in values for label, values in mapping.only.items())


def cell_of(mapping: SheetMapping, ours: str, cells: Mapping[str, str]) -> str:
    """Return the text for one of our columns in a row of the sheet: from one cell, or two that belong together."""
    labels = (mapping.columns[ours], mapping.together.get(ours, ""))
    if not labels[1]:
        return cells.get(labels[0], "").strip()
    return TOGETHER.join(text for label in labels if (text := cells.get(label, "").strip()))


def long_rows(
    mapping: SheetMapping, cells: Mapping[str, str], row: int, months: Mapping[str, int] = NO_MONTHS
) -> Iterator[LongRow]:
    """Yield the rows in long form that one row of the sheet becomes; `cells` are by label. An empty row yields none."""
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
        rows = []
        for label, code in mapping.across.codes.items():
            labels = {holds: label, **mapping.across.beside.get(label, {})}
            said = {ours: _read(mapping, ours, cells.get(theirs, ""), months) for ours, theirs in labels.items()}
            # What a row says about the criterion in general applies to the operations that have answered.
            if any(said.values()):
                rows.append(LongRow({**taken, column: code, **said}, label))
    # A fixed value is not content of a row.
    answered = (one for one in rows if one.holds_any(SAYS[mapping.form]))
    reason = fixed.pop("na_reason", "")
    for one in answered:
        values = {**fixed, **one.values}
        word = cells.get(one.across or mapping.columns.get("status", ""), "").strip()
        yield LongRow({**values, **_beside(mapping, values, word, reason)}, one.across)


def _beside(mapping: SheetMapping, values: Mapping[str, str], word: str, reason: str) -> dict[str, str]:
    """Return note or reason of one answer, with what its word says besides the status; `reason` is the default."""
    beside = mapping.beside.get(word, "") if word in mapping.values.get("status", {}) else ""
    if values.get("status") in mapping.not_applicable and not values.get("na_reason"):
        says_why = any(map(str.isalpha, beside))
        return {"na_reason": beside if says_why else reason} if beside or reason else {}
    return {"note": "; ".join(filter(None, (values.get("note"), beside)))} if beside else {}


def _read(mapping: SheetMapping, column: str, cell: str, months: Mapping[str, int]) -> str:
    """Convert a cell to our value: its code if known, a day as ISO, a year, else its text. `..` is no figure."""
    text = cell.strip()
    if column in DAYS:
        return iso_day(text, mapping.days, months) or text
    if column == "year":
        return year_in(text) or text
    if column == "value" and not any(map(str.isalnum, text)):
        return ""
    return mapping.values.get(column, {}).get(text, text)


Called = Mapping[str, tuple[str, ...]]
"""Codes, each with its names: titles, texts in every language, and former names."""


@dataclass(frozen=True, eq=False)
class Names:
    """The codes of one publication by our column, and the meaning of each status on each framework's scale.

    Each publication has one, so that results derived from it can be cached. A meaning is `full`, `part`, `nil`,
    `not_applicable`, `not_known` or `unanswered`. `operating` is the number of operations in each country; `new` are
    the codes of unpublished operations that could be added.
    """

    called: Mapping[str, Called] = field(default_factory=dict)
    framework_of: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    status_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    operating: Mapping[str, int] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By our column, the names that are former codes: our own format may hold them."""

    def meanings(self, frameworks: Iterable[str] = ()) -> dict[str, str]:
        """Return the meaning of each status of the frameworks; of all frameworks if none is named."""
        chosen = [name for name in frameworks if name in self.scales] or list(self.scales)
        return {status: meaning for name in reversed(chosen) for status, meaning in self.scales[name].items()}

    def titled(self, column: str, code: str) -> str:
        """Return the first name of a code, or the code itself."""
        return next(iter(self.called.get(column, {}).get(code, ())), code)


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Normalise a text for comparing names: lower case, without accents and punctuation, single spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain)) or text.strip()


def as_code(text: str) -> str:
    """Turn a text into a code: its normalised words, joined by hyphens."""
    return bare(text).replace(" ", "-")


def named_in(words: Sequence[str], codes: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where normalised words hold a normalised name: its first word, the word after it, and its code.

    Longer names come first, and no word belongs to two: `South Sudan` does not hold `Sudan`.
    """
    free = [True] * len(words)
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            code = codes.get(" ".join(words[start : start + length]))
            if code is not None and all(free[start : start + length]):
                free[start : start + length] = [False] * length
                yield start, start + length, code
