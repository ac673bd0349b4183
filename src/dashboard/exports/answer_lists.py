"""Makes the drop-down lists of an operation's workbook, and the rules for what may be entered in a cell.

The lists are on a hidden sheet, each word next to its code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook

from dashboard.exports.answer_rows import FIRST_ROW, SheetPlan, quoted
from dashboard.model.known_codes import GRADES, KINDS, OF_SEVERITY
from dashboard.model.plan import PRIORITIES
from dashboard.model.plan import STATUSES as ACTION_STATUSES
from dashboard.model.records import EVIDENCE
from dashboard.model.words import Words
from dashboard.model.workbook import (
    HIDDEN_SHEET,
    SHEETS,
    UNANSWERED,
    WORKBOOK_SIGNATURE,
    Book,
    BookColumn,
    head,
    scale_name,
)

Entries = tuple[tuple[str, str], ...]
"""Codes with the words that are shown for them."""


@dataclass(frozen=True)
class Lists:
    """Every list by name, and the name of the list of each scale. `ranges` are the cells of each list."""

    lists: Mapping[str, Entries]
    scales: Mapping[str, str]
    ranges: Mapping[str, str]

    def source(self, choice: str) -> str:
        """Return the source for a drop-down."""
        return f"={self.ranges[choice]}"

    def one_scale(self) -> str | None:
        """The scale that all rows share, if they do."""
        (first, *others) = dict.fromkeys(self.scales.values())
        return None if others else first


def lists_of(book: Book, words: Words) -> Lists:
    """Return the lists of one workbook; scales with the same words share a list."""
    by_scale: dict[str, Entries] = {}
    for row in book.statuses:
        scale = scale_name(row["framework"], row["of_scale"])
        by_scale[scale] = (*by_scale.get(scale, ()), (row["status"], row["title"]))
    nothing = (UNANSWERED, words("counts_as.unanswered"))
    by_scale = {scale: (*entries, nothing) for scale, entries in by_scale.items()}
    different = list(dict.fromkeys(by_scale.values()))
    scales = {scale: f"scale_{different.index(entries) + 1}" for scale, entries in by_scale.items()}
    reached = dict.fromkeys((row["status"], row["title"]) for row in book.statuses if row["counts_as"] == "answered")
    lists: dict[str, Entries] = {
        **{f"scale_{number}": entries for number, entries in enumerate(different, start=1)},
        "status": tuple({title: (code, title) for code, title in reached}.values()),
        "evidence": tuple((code, words(f"evidence.{code}")) for code in EVIDENCE),
        "found": tuple((code, words(f"book.found.{code}")) for code in ("yes", "none")),
        "confidence": tuple((code, words(f"confidence.{code}")) for code in ("low", "medium", "high")),
        "action_status": tuple((code, words(f"action_status.{code}")) for code in ACTION_STATUSES),
        "priority": tuple((code, words(f"plan.priority_{code}")) for code in PRIORITIES),
        "target_kind": tuple((code, words(f"kind.{code}")) for code in KINDS),
        "confidential": tuple((code, words(f"book.confidential.{code}")) for code in ("true", "false")),
    }
    for row in book.target_choices:
        lists[row["choice"]] = (*lists.get(row["choice"], ()), (row["code"], row["title"]))
    ranges: dict[str, str] = {}
    first = len(_about(book, scales, words)) + 2
    for name, entries in lists.items():
        ranges[name] = f"{HIDDEN_SHEET}!$C${first}:$C${first + len(entries) - 1}"
        first += len(entries)
    return Lists(lists, scales, ranges)


def _about(book: Book, scales: Mapping[str, str], words: Words) -> list[tuple[str, str, str]]:
    """Return what the workbook is for, each scale, each framework's version, and the name of each column."""
    versions = {row["framework"]: row["framework_version"] for row in book.questions}
    heads = [
        (f"head:{kind}", column.name, head(kind, column.name, words))
        for kind, columns in SHEETS.items()
        for column in columns
        if not column.hidden
    ]
    return [
        ("round", book.about["round"], book.about["round_title"]),
        ("operation", book.about["operation"], book.about["operation_title"]),
        *(("framework", framework, version) for framework, version in versions.items()),
        *(("scale", scale, name) for scale, name in scales.items()),
        *heads,
    ]


def is_number(text: str) -> bool:
    """Whether a word of a scale is a number."""
    return re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) is not None


def write_lists(workbook: Workbook, book: Book, lists: Lists, words: Words) -> None:
    """Write the hidden sheet: the signature in the first cell, then one entry per row, as list, code and word."""
    page = workbook.add_worksheet(HIDDEN_SHEET)
    page.very_hidden()
    page.write_string(0, 0, WORKBOOK_SIGNATURE)
    for number, entry in enumerate(_entries(book, lists, words), start=1):
        for position, cell in enumerate(entry):
            # A typed number equals no entry of a list of texts.
            if position == len(entry) - 1 and entry[0].startswith("scale_") and is_number(cell):
                page.write_number(number, position, float(cell))
            else:
                page.write_string(number, position, cell)
    for name, place in lists.ranges.items():
        if name.startswith("scale_"):
            workbook.define_name(name, f"={place}")


def _entries(book: Book, lists: Lists, words: Words) -> Iterator[tuple[str, str, str]]:
    yield from _about(book, lists.scales, words)
    for name, entries in lists.lists.items():
        yield from ((name, code, word) for code, word in entries)


Rule = dict[str, object]


def validation(column: BookColumn, sheet: SheetPlan, lists: Lists, words: Words) -> Rule | None:
    """Return the drop-down. Read-only columns reject entries instead of being locked, which would prevent sorting."""
    if column.hidden:
        return None
    if not column.asked:
        return {"validate": "custom", "value": "=FALSE", "error_message": words("book.only_shown")}
    if column.date:
        return {"validate": "any", "input_title": words("book.date"), "input_message": words("book.date_help")}
    if not column.choice:
        return None
    rule: Rule = {
        "validate": "list", "source": _source(column, sheet, lists), "error_message": words("book.choose")
    }  # fmt: skip
    needs = _needs(column.name, words)
    return {**rule, "input_message": shortened(needs)} if needs else rule


def _needs(name: str, words: Words) -> str:
    """Return what each grade needs, shown beside a cell of the severity of a risk; empty for other cells."""
    if name == "residual_severity":
        return words("book.residual_help", sheet=words("book.sheet.guide"))
    return "\n".join(f"{grade}: {words(f'rating.{name}_{grade}')}" for grade in reversed(GRADES) if name in OF_SEVERITY)


def _source(column: BookColumn, sheet: SheetPlan, lists: Lists) -> str | list[str]:
    if column.choice == "grade":
        # Given in the rule itself: a typed number equals no entry of a list of texts.
        return list(GRADES)
    if sheet.kind == "answers" and column.choice == "status":
        # The row's scale: the one of all rows, or the one named in its hidden column, wherever it is sorted to.
        one = lists.one_scale()
        return lists.source(one) if one is not None else f"=INDIRECT({_cell(sheet, 'choices')})"
    return lists.source(column.choice)


LONGEST_HELP = 255
"""Most characters of help that can be shown at a cell."""


def shortened(text: str) -> str:
    """Return a text that fits into the help at a cell."""
    return text if len(text) <= LONGEST_HELP else f"{text[: LONGEST_HELP - 1]}…"


def missing_reason(sheet: SheetPlan, not_applicable: Iterable[str]) -> str:
    """Return a formula: the status counts as not applicable, and the reason is empty."""
    is_not_applicable = ",".join(f'{_cell(sheet, "status")}="{quoted(title)}"' for title in not_applicable)
    return f"=AND(OR({is_not_applicable}),LEN(TRIM({_cell(sheet, 'na_reason')}))=0)"


def _cell(sheet: SheetPlan, name: str) -> str:
    """Return the cell of a column in the first row, as a rule for all rows refers to it."""
    return f"${sheet.letters(name)}{FIRST_ROW + 1}"
