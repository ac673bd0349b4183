"""Makes the rows of an operation's workbook, as plain cells, and plans which rows and cells each sheet has."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from dashboard.model.answer import fingerprint_of_items
from dashboard.model.words import Words
from dashboard.model.workbook import (
    SHEETS,
    Book,
    BookColumn,
    BookRow,
    HandedOut,
    asked_columns,
    cell_text,
    fingerprint_of,
    law_of,
    target_id,
)

Cell = str | int | date | None
Cells = Mapping[str, Cell]
GRADED = {
    "risk": ("scale", "scope", "irremediability", "likelihood"),
    "opportunity": ("reach", "need", "feasibility"),
}


def question_row(book: Book, row: BookRow, choices: str, words: Words) -> dict[str, Cell]:
    """Return one question with this round's answer, and beside it the previous round's."""
    codes = {column.name: row[column.name] for column in asked_columns("answers")}
    given = {**codes, "status": row["status_title"], "evidence": _word("evidence", row["evidence"], words)}
    shown = {
        "criterion": row["criterion"],
        "text": _asked(row, words),
        "area": row["area_title"],
        "kind": words(f"kind.{row['kind']}") if row["framework"] in book.with_kinds() else None,
        "critical": words("book.critical") if row["critical"] else None,
        "last": _last_answer(row, words),
        "law": "\n".join(law_in_country(one, words) for one in law_of(row["criterion"], book.law)) or None,
        "framework": row["framework"],
        "framework_version": row["framework_version"],
        "criterion_id": row["criterion"],
        "choices": choices,
    }
    return _with_keys("answers", book, {**shown, **given}, codes, row["status"], row["answered_version"])


def law_in_country(row: Mapping[str, Any], words: Words) -> str:
    """Return what one row of law asks, in its country, and how sure that is; from a row of the question `law`."""
    sure = words(f"law.sure_{row['verification']}")
    key = "law.in_country" if instrument(row) else "law.in_country_alone"
    return words(key, country=row["country_title"], asks=row["asks"], of=instrument(row), sure=sure)


def instrument(row: Mapping[str, Any]) -> str:
    """Return the law and its article; empty if none is named."""
    return ", ".join(filter(None, (row["instrument"], row["article"])))


def _asked(row: BookRow, words: Words) -> str:
    """Return the question and, if it has several parts, when the answer is *partly*."""
    partly = words("standard.partly", when=row["partly"]) if row["partly"] else ""
    return "\n".join(filter(None, (row["text"], partly, _english(row, words))))


def _english(row: BookRow, words: Words) -> str:
    """Return the English beside a text that nobody has read yet: it must mean the same in every language."""
    return words("translation.english", text=row["english"]) if row["english"] else ""


def impact_row(book: Book, row: BookRow, words: Words) -> dict[str, Cell]:
    """Return one risk or opportunity with this round's grades, and beside them the previous round's."""
    kind = "risk_ratings" if row["polarity"] == "risk" else "opportunity_ratings"
    given = {column.name: row[column.name] for column in asked_columns(kind)}
    found_code = row["found"] if row["found"] is None else ("yes" if row["found"] else "none")
    codes = {**given, "found": found_code}
    given["found"] = _word("book.found", found_code, words)
    given["confidence"] = _word("confidence", row["confidence"], words)
    shown = {
        "impact": row["impact"],
        "text": "\n".join(filter(None, (row["text"], _english(row, words)))),
        "risk_area": row["risk_area_title"],
        "setting": row["setting_title"],
        "last": _last_grades(row, words),
        "impact_id": row["impact"],
    }
    return _with_keys(kind, book, {**shown, **given}, codes)


def action_row(book: Book, row: BookRow, words: Words) -> dict[str, Cell]:
    """Return one action as it is stored."""
    codes = {column.name: row[column.name] for column in asked_columns("actions")}
    given = {
        **codes,
        "status": _word("action_status", row["status"], words),
        "priority": words(f"plan.priority_{row['priority']}"),
        "expected_status": row["expected_title"],
        **{name: _word("plan", row[name] and f"priority_{row[name]}", words) for name in ("effort", "cost")},
    }
    shown = {"action": row["action"], "subject": row["subject"], "action_id": row["action"]}
    return {**_with_keys("actions", book, {**shown, **given}, codes), "round": row["round"]}


def target_row(book: Book, row: BookRow, words: Words) -> dict[str, Cell]:
    """Return one target as it is stored."""
    codes = {column.name: row[column.name] for column in asked_columns("targets")}
    titles = {(one["choice"], one["code"]): one["title"] for one in book.target_choices}
    given = {
        **codes,
        "framework": titles.get(("target_framework", row["framework"]), row["framework"]),
        "kind": words(f"kind.{row['kind']}"),
        "area": titles.get(("target_area", row["area"]), row["area"]),
        "percent": str(row["percent"]),
        "round": titles.get(("target_round", row["round"]), row["round"]),
        "baseline": titles.get(("target_round", row["baseline"]), row["baseline"]),
    }
    id_ = target_id(codes)
    cells = _with_keys("targets", book, {"target": id_, "target_id": id_, **given}, codes)
    return {**cells, "round": given["round"]}


def evidence_rows(book: Book, words: Words) -> list[dict[str, Cell]]:
    """Return one row for each item of evidence, each with the fingerprint of all items of its answer."""
    items: dict[str, list[BookRow]] = {}
    for row in book.evidence:
        items.setdefault(row["criterion"], []).append(row)
    handed_out = {criterion: HandedOut(fingerprint_of_items(rows)).cell() for criterion, rows in items.items()}
    return [
        {
            **{name: cell if isinstance(cell, date) else cell_text(cell) or None for name, cell in row.items()},
            "confidential": _word("book.confidential", "true" if row["confidential"] else None, words),
            "evidence_id": row["criterion"],
            "round": book.about["round"],
            "operation": book.about["operation"],
            "handed_out": handed_out[row["criterion"]],
        }
        for row in book.evidence
    ]


def _with_keys(
    kind: str, book: Book, cells: Mapping[str, object], codes: Mapping[str, object], status: str = "", version: str = ""
) -> dict[str, Cell]:
    """Return the cells with the hidden ones of every row: its keys, and its values when the workbook was generated."""
    fingerprint = fingerprint_of(codes[column.name] for column in asked_columns(kind))
    values = {name: cell if isinstance(cell, int | date) else cell_text(cell) or None for name, cell in cells.items()}
    handed_out = HandedOut(fingerprint, status or "", version or "").cell() if fingerprint else None
    return {**values, "round": book.about["round"], "operation": book.about["operation"], "handed_out": handed_out}


def _word(of: str, code: str | None, words: Words) -> str | None:
    return words(f"{of}.{code}") if code else None


def _last_answer(row: BookRow, words: Words) -> str | None:
    if not row["last_round"]:
        return None
    answer = [row["last_status"] or words("reading.unanswered"), _word("evidence", row["last_evidence"], words)]
    first = words("book.last", said=_joined(answer), round=row["last_round"])
    return "\n".join([first, *filter(None, (row["last_na_reason"], row["last_note"]))])


def _last_grades(row: BookRow, words: Words) -> str | None:
    if not row["last_round"]:
        return None
    grades = [words(f"book.last_grade.{name}", grade=row[f"last_{name}"]) for name in GRADED[row["polarity"]]]
    answer = _joined(grades) if row["last_found"] else words("book.found.none")
    return words("book.last", said=answer, round=row["last_round"])


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


def rows_of_kind(kind: str, book: Book, words: Words) -> list[dict[str, Cell]]:
    """Return the rows of the sheet of ratings, actions, targets or evidence."""
    if kind == "actions":
        return [action_row(book, row, words) for row in book.actions]
    if kind == "targets":
        return [target_row(book, row, words) for row in book.targets]
    if kind == "evidence":
        return evidence_rows(book, words)
    polarity: Callable[[str], str] = {"risk_ratings": "risk", "opportunity_ratings": "opportunity"}.__getitem__
    return [impact_row(book, row, words) for row in book.of_polarity(polarity(kind))]


HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
COUNTED = {
    "answers": ("status",),
    "risk_ratings": ("found", "scale"),
    "opportunity_ratings": ("found", "reach"),
    "actions": ("text",),
    "targets": ("percent",),
    "evidence": ("title",),
}
"""A row is filled in if one of these columns is."""


@dataclass(frozen=True)
class SheetPlan:
    """One sheet to draw: its kind, its title, its rows, and the number of empty rows after them.

    `left_out` are columns that would say nothing.
    """

    kind: str
    title: str
    heading: str
    rows: Sequence[Cells]
    room: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[BookColumn, ...]:
        return tuple(column for column in SHEETS[self.kind] if column.name not in self.left_out)

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) + self.room - 1

    def filled(self) -> int:
        return sum(any(row[name] is not None for name in COUNTED[self.kind]) for row in self.rows)

    def position(self, name: str) -> int:
        return [column.name for column in self.columns].index(name)

    def letters(self, name: str) -> str:
        """Return the letters of one column."""
        return str(xl_col_to_name(self.position(name)))

    def cells(self, name: str) -> str:
        """Return the range of one column as used in a formula."""
        letters = self.letters(name)
        return f"${letters}${FIRST_ROW + 1}:${letters}${self.last_row + 1}"


def counter(sheet: SheetPlan, words: Words) -> str:
    """Return a formula that counts the rows that are filled in."""
    worked_out = {"\1": _count(sheet, words), "\2": str(len(sheet.rows))}
    parts = re.split("([\1\2])", _counter_text(sheet, words, "\1", "\2"))
    return "=" + "&".join(worked_out.get(part, f'"{quoted(part)}"') for part in parts if part)


def _count(sheet: SheetPlan, words: Words) -> str:
    filled = [f"(LEN(TRIM({sheet.cells(name)}))>0)" for name in COUNTED[sheet.kind]]
    if sheet.kind == "answers":
        nothing = quoted(words("counts_as.unanswered"))
        return f'SUMPRODUCT({filled[0]}*({sheet.cells("status")}<>"{nothing}"))'
    return f"SUMPRODUCT(--({'+'.join(filled)}>0))"


def counted(sheet: SheetPlan, words: Words) -> str:
    """Return the formula's value in the workbook as generated."""
    return _counter_text(sheet, words, str(sheet.filled()), str(len(sheet.rows)))


def _counter_text(sheet: SheetPlan, words: Words, filled: str, asked: str) -> str:
    return words(f"book.counter.{sheet.kind}", filled=filled, asked=asked)


def quoted(text: str) -> str:
    return text.replace('"', '""')
