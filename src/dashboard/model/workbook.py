"""The workbook of an operation, and the form for phones: what they ask, and how they are recognised on return.

The name of a question in a form has only letters, digits and underscores, because programs join the names of groups
with other signs. See docs/decisions/0004-workbooks.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from dashboard.model.records import RECORDS, ColumnKind
from dashboard.model.sheet_cells import xml_text
from dashboard.model.words import Words

BookRow = Mapping[str, Any]
Law = TypeVar("Law", bound=Mapping[str, Any])
WORKBOOK_SIGNATURE = "dashboard-answer-workbook"
"""The first cell of the hidden sheet, which identifies our workbooks."""
GUIDE_SIGNATURE = "dashboard-guide"
HIDDEN_SHEET = "lists"
LONGEST = 32_000
"""How many characters a cell may hold; Excel allows little more. The stored text stays complete."""
UNANSWERED = "unanswered"
"""The status of every framework that withdraws an answer."""


@dataclass(frozen=True)
class BookColumn:
    """One column of a sheet, `width` characters wide.

    People fill in `asked` columns; `hidden` ones are for reading the workbook back; the others are for information.
    `choice` names the list that a cell is chosen from; `of` is the column's name in the form, if different.
    """

    name: str
    width: int = 12
    asked: bool = False
    hidden: bool = False
    choice: str = ""
    date: bool = False


def _asked(form: str) -> tuple[BookColumn, ...]:
    """What people fill in, as the table declares it."""
    asked = (column for column in RECORDS[form].columns if column.width)
    return tuple(
        BookColumn(one.name, one.width, asked=True, choice=one.choice, date=one.kind is ColumnKind.DATE)
        for one in asked
    )


def _hidden(*names: str) -> tuple[BookColumn, ...]:
    return tuple(BookColumn(name, hidden=True) for name in (*names, "operation", "handed_out"))


_IMPACT = (
    BookColumn("impact", 21),
    BookColumn("text", 46),
    BookColumn("risk_area", 18),
    BookColumn("setting", 18),
    BookColumn("last", 24),
)
_CRITERION, *_ITEM = _asked("evidence")
SHEETS: Mapping[str, tuple[BookColumn, ...]] = {
    "answers": (
        BookColumn("criterion", 13),
        BookColumn("text", 52),
        BookColumn("area", 24),
        BookColumn("kind", 9),
        BookColumn("critical", 9),
        BookColumn("last", 26),
        BookColumn("law", 40),
        *_asked("answers"),
        *_hidden("framework", "framework_version", "criterion_id", "round"),
        BookColumn("choices", hidden=True),
    ),
    "risk_ratings": (*_IMPACT, *_asked("risk_ratings"), *_hidden("impact_id", "round")),
    "opportunity_ratings": (*_IMPACT, *_asked("opportunity_ratings"), *_hidden("impact_id", "round")),
    "actions": (
        BookColumn("action", 9),
        BookColumn("subject", 40),
        *_asked("actions"),
        *_hidden("action_id", "round"),
    ),
    # `round` is the one in which a target is due, not that of the workbook.
    "targets": (BookColumn("target", 30), *_asked("targets"), *_hidden("target_id")),
    # The fingerprint is that of all items of the answer, in each of their rows.
    "evidence": (_CRITERION, BookColumn("text", 46), *_ITEM, *_hidden("evidence_id", "round")),
}
"""By the form that a sheet's rows belong to. The first column is the id that people see."""


BESIDE = ("answered_by_role", "answered_on", "rated_by_role", "rated_on", "confidence")
"""Columns often filled in for a whole sheet at once: on their own, they are not content of a row."""


WITH_ROOM = ("actions", "targets")
"""The sheets to which people add rows; a new row has no id."""


def scale_name(framework: str, scale: str) -> str:
    """Return what a workbook calls a scale: its framework, and its own name if it is not the framework's."""
    return f"{framework}/{scale}" if scale else framework


def target_id(values: Mapping[str, Any]) -> str:
    """Return the id of an operation's target, as its workbook shows it."""
    parts = (values.get("framework"), values.get("kind"), values.get("area"), values.get("round"), values.get("due_on"))
    return " · ".join(cell_text(part) for part in parts if part)


def asked_columns(kind: str) -> tuple[BookColumn, ...]:
    """Return what people fill in on the sheets of one kind."""
    return tuple(column for column in SHEETS[kind] if column.asked)


def head(kind: str, name: str, words: Words) -> str:
    """Return the header of a column on the sheets of one kind."""
    own = f"book.head.{kind}.{name}"
    return words(own) if words.has(own) else words(f"book.head.{name}")


def id_column(kind: str) -> str:
    """Return the hidden column that repeats the id of the first one. No two kinds of sheet share one."""
    return "evidence_id" if kind == "evidence" else f"{SHEETS[kind][0].name}_id"


@dataclass(frozen=True)
class HandedOut:
    """A row as it was when the workbook was written: a fingerprint of its asked columns, its status and version."""

    fingerprint: str
    status: str = ""
    version: str = ""

    def cell(self) -> str:
        return ";".join((self.fingerprint, self.status, self.version))

    @staticmethod
    def of(cell: str) -> "HandedOut | None":
        """Parse what `cell` wrote; None for a row in which nothing was filled in."""
        parts = cell.split(";")
        return HandedOut(*parts) if len(parts) == 3 and parts[0] else None


def cell_text(value: object) -> str:
    """Convert a value to cell text: dates as ISO, other texts as XML can hold them, at most `LONGEST` characters."""
    if isinstance(value, date):
        return value.isoformat()
    text = xml_text(str(value if value is not None else "")).strip()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def fingerprint_of(values: Iterable[object]) -> str:
    """16 hex digits, equal for the same values in the order of the asked columns, whatever their white space.

    Empty if all values are empty.
    """
    text = "\x1f".join(" ".join(cell_text(value).split()) for value in values)
    return sha256(text.encode()).hexdigest()[:16] if text.strip("\x1f") else ""


def law_of(criterion: str, law: Iterable[Law]) -> list[Law]:
    """Return what the law asks that relates to a criterion, among rows of the question `law`."""
    return [row for row in law if criterion in row["criteria"] and row["asks"]]


@dataclass(frozen=True)
class Book:
    """Everything that the workbook of one operation in one round is made from, as rows of the questions `book_*`."""

    about: BookRow
    questions: tuple[BookRow, ...]
    statuses: tuple[BookRow, ...]
    impacts: tuple[BookRow, ...]
    actions: tuple[BookRow, ...]
    targets: tuple[BookRow, ...] = ()
    target_choices: tuple[BookRow, ...] = ()
    """The frameworks, areas and rounds that a target may name: `choice`, `code`, `title`."""
    evidence: tuple[BookRow, ...] = ()
    law: tuple[BookRow, ...] = ()
    """What is known of the law of its country, as rows of the question `law`."""

    def with_kinds(self) -> frozenset[str]:
        """Return the frameworks that ask for both kinds; of the others, the kind says nothing."""
        kinds = {(row["framework"], row["kind"]) for row in self.questions}
        return frozenset(framework for framework, n in Counter(one for one, _ in kinds).items() if n > 1)

    def functions(self) -> Mapping[str, tuple[BookRow, ...]]:
        """Group the questions by the title of the lead function, in order; those without one have an empty title."""
        sheets: dict[str, list[BookRow]] = {}
        for row in self.questions:
            sheets.setdefault(row["function_title"] or "", []).append(row)
        return {title: tuple(rows) for title, rows in sheets.items()}

    def of_polarity(self, polarity: str) -> tuple[BookRow, ...]:
        return tuple(row for row in self.impacts if row["polarity"] == polarity)


LISTS = ("countries", "operations", "rounds")
"""The tables that say who is asked, and when, in the order in which they are filled in."""


@dataclass(frozen=True)
class ListsBook:
    """What the workbook of the lists is made from: their rows, by table, and the codes a column may name, by column.

    Both are empty before anything is published. Groups of operations have no list: each is only a name in `group`.
    """

    rows: Mapping[str, tuple[BookRow, ...]] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


ROUND, OPERATION, VERSIONS = "dashboard_round", "dashboard_operation", "dashboard_versions"
"""What the form is for, and the version of each standard that it asks: `crbp=1.0;cop-2020=1.1`."""
ROLE, DAY = "answered_by_role", "answered_on"
ASKED = tuple(column.name for column in RECORDS["answers"].columns if column.width and column.name not in (ROLE, DAY))
"""What is asked about each criterion, by column of the table of answers."""
SIGNS = {"-": "_", ".": "__"}
CODED = "___"
"""Before the two hexadecimal digits of each byte of any other sign, or of several in a row."""
_OTHERS = re.compile(r"[^A-Za-z0-9]+")
_WRITTEN = re.compile(rf"((?:{CODED}[0-9a-f]{{2}})+)|__|_")


def encoded(code: str) -> str:
    """Return a code as part of a name: `CRBP-02.a` is `CRBP_02__a`."""
    return _OTHERS.sub(lambda found: _sign(found[0]), code)


def _sign(signs: str) -> str:
    return SIGNS.get(signs) or "".join(f"{CODED}{byte:02x}" for byte in signs.encode())


def decoded(name: str) -> str:
    """Return the code that `encoded` made this part of a name from."""
    return _WRITTEN.sub(lambda found: _read(found[0]), name)


def _read(written: str) -> str:
    by_writing = {writing: sign for sign, writing in SIGNS.items()}
    if written in by_writing:
        return by_writing[written]
    return bytes.fromhex(written.replace(CODED, "")).decode("utf-8", "replace")


def question_name(column: str, criterion: str) -> str:
    """Return the name of the question for one column of the answer to a criterion."""
    return f"{column}_{encoded(criterion)}"


def question_named(name: str) -> tuple[str, str] | None:
    """Return the column and the criterion that a name was made from; None for any other name."""
    column = next((column for column in ASKED if name.startswith(f"{column}_")), None)
    return (column, decoded(name[len(column) + 1 :])) if column is not None else None


@dataclass(frozen=True)
class AnswerForm:
    """Everything that a form for phones is made from, as rows of `book_about`, `form_questions`, `book_statuses`.

    The codes in `asked` of each question are the operations that the form asks it of.
    """

    about: tuple[BookRow, ...]
    questions: tuple[BookRow, ...]
    statuses: tuple[BookRow, ...]
    asked: Mapping[str, tuple[str, ...]]
    law: tuple[BookRow, ...] = ()
    """What is known of the law of its country, as rows of the question `law`; none of a form for several operations."""

    def areas(self) -> Mapping[str, tuple[BookRow, ...]]:
        """Group the questions by area, in order."""
        by_area: dict[str, list[BookRow]] = {}
        for row in self.questions:
            by_area.setdefault(row["area"], []).append(row)
        return {area: tuple(rows) for area, rows in by_area.items()}
