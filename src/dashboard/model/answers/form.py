"""How are the questions of a form for phones named, so that their columns are recognised when they come back?

A name has only letters, digits and underscores, because programs join the names of groups with other signs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.model.answers.workbook import Row
from dashboard.model.records import RECORDS

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

    about: tuple[Row, ...]
    questions: tuple[Row, ...]
    statuses: tuple[Row, ...]
    asked: Mapping[str, tuple[str, ...]]

    def areas(self) -> Mapping[str, tuple[Row, ...]]:
        """Group the questions by area, in order."""
        by_area: dict[str, list[Row]] = {}
        for row in self.questions:
            by_area.setdefault(row["area"], []).append(row)
        return {area: tuple(rows) for area, rows in by_area.items()}
