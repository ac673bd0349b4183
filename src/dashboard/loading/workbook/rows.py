"""What does each row of an operation's workbook say? Codes for words, days for dates, a Problem for the unreadable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.loading.standard.cells import is_blank, text_of
from dashboard.loading.workbook.context import Reading
from dashboard.loading.workbook.dates import days_of
from dashboard.loading.workbook.sheets import Page, asked_in, former_in
from dashboard.model.answers.evidence import EVIDENCE_EDITED, fingerprint_of_items
from dashboard.model.answers.workbook import (
    BESIDE,
    GRADES,
    SHEETS,
    UNANSWERED,
    WITH_ROOM,
    Column,
    HandedOut,
    asked_columns,
    fingerprint_of,
    id_column,
    target_id,
)
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.records import RECORDS

DATE_FORM = "YYYY-MM-DD"


@dataclass(frozen=True)
class ReadRow:
    """One row: its number, its values by column of the form, its cells as typed, and what it said when handed out."""

    number: int
    values: Mapping[str, str]
    typed: Mapping[str, str]
    handed_out: HandedOut | None
    touched: bool


def read_rows(page: Page, place: str, reading: Reading) -> tuple[list[ReadRow], list[Problem]]:
    """The rows of one sheet in which anything is filled in, and the problems of the sheet."""
    rows: list[ReadRow] = []
    problems: list[Problem] = []
    for number, cells in page.rows():
        id_ = page.text(cells, SHEETS[page.kind][0].name) or page.text(cells, id_column(page.kind))
        if not id_ and page.kind not in WITH_ROOM:
            problems += _without_id(page, place, number, cells)
            continue
        values, wrong = _values(page, place, number, cells, id_, reading)
        handed_out, version, round_ = reading.handed_out.get((page.kind, id_), (None, "", ""))
        if page.kind == "targets" and handed_out is not None and not wrong and target_id(values) != id_:
            # It would be another target in addition to the existing one.
            wrong = [Problem("target_moved", place, number, page.heads["target"], target_id(values), id_)]
        silent = _silent(page, place, number, values, handed_out)
        if silent is not None:
            problems += silent
        elif wrong and page.kind != "evidence":
            problems += wrong
        else:
            touched = handed_out is None or fingerprint_of(_asked(page, cells, values)) != handed_out.fingerprint
            with_keys = _with_keys(page.kind, id_, values, reading, round_)
            if page.kind == "answers":
                with_keys["framework_version"] = version if touched or handed_out is None else handed_out.version
            typed = {column.name: page.text(cells, column.name) for column in asked_columns(page.kind)}
            rows.append(ReadRow(number, with_keys, typed, handed_out, touched))
    return _by_answer(page, place, rows, problems) if page.kind == "evidence" else (rows, problems)


def _by_answer(
    page: Page, place: str, rows: list[ReadRow], problems: list[Problem]
) -> tuple[list[ReadRow], list[Problem]]:
    """The items of evidence, touched if any item of their answer is; an answer of which all are cleared keeps them."""
    items: dict[str, list[ReadRow]] = {}
    for row in rows:
        items.setdefault(row.values["criterion"], []).append(row)
    said = {criterion: fingerprint_of_items(row.values for row in of_answer) for criterion, of_answer in items.items()}
    there = {id_: number for number, cells in page.rows() if (id_ := page.text(cells, id_column(page.kind)))}
    cleared = [
        Problem("left_as_it_is", place, number, page.heads.get("title"), weight=Weight.NOTE)
        for id_, number in there.items()
        if id_ not in said
    ]
    touched = [
        replace(row, touched=row.handed_out is None or said[row.values["criterion"]] != row.handed_out.fingerprint)
        for row in rows
    ]
    return touched, [*problems, *cleared]


def _asked(page: Page, cells: Sequence[object], values: Mapping[str, str]) -> list[str]:
    """What a row says in everything that was handed out to be filled in, including what is no longer read."""
    asked = [values.get(column.name, "") for column in asked_in(page)]
    return [*asked, *(page.text(cells, name) for name in former_in(page))]


def _with_keys(kind: str, id_: str, values: Mapping[str, str], reading: Reading, round_: str) -> dict[str, str]:
    """The values, plus the columns that say what the row belongs to."""
    first = SHEETS[kind][0].name
    if kind == "targets":
        return {**values, "operation": reading.of_all("operation")}
    if kind != "actions" or (kind, id_) not in reading.handed_out:
        # An existing action may belong to no round.
        round_ = round_ or reading.of_all("round")
    if "found" in RECORDS[kind].names:
        values = {**values, "found": values.get("found") or "yes"}
    return {**values, first: id_, "round": round_, "operation": reading.of_all("operation")}


def _silent(
    page: Page, place: str, number: int, values: Mapping[str, str], handed_out: HandedOut | None
) -> list[Problem] | None:
    """The problems of a row in which nothing is filled in; None for any other row.

    An empty row withdraws nothing: what is stored stays, with a note if something had been handed out.
    """
    first = {"answers": "status", "actions": "text", "targets": "percent"}.get(page.kind)
    filled = [name for name, value in values.items() if value and name not in BESIDE]
    if values.get("status") == UNANSWERED and handed_out is None and "handed_out" in page.columns:
        # There was nothing to withdraw.
        return []
    if page.kind == "evidence":
        return None if any(values.get(name) for name in EVIDENCE_EDITED) else []
    if first is not None and values.get(first):
        return None
    if filled and first is None:
        return None
    head = page.heads.get(first or asked_columns(page.kind)[0].name)
    if handed_out is not None:
        return [Problem("left_as_it_is", place, number, head, weight=Weight.NOTE)]
    if filled and page.kind == "answers":
        return [Problem("no_status", place, number, head, values[filled[0]])]
    if filled and page.kind == "targets":
        return [Problem("missing_value", place, number, head)]
    return None if filled else []


def _without_id(page: Page, place: str, number: int, cells: Sequence[object]) -> list[Problem]:
    """A row that somebody added. If it says something in a cell to fill in, that stays out."""
    asked = [page.text(cells, column.name) for column in asked_columns(page.kind) if column.name not in BESIDE]
    first_text = next((text_of(cell) for cell in cells if not is_blank(cell)), "")
    weight = Weight.ROW if any(asked) else Weight.NOTE
    return [Problem("no_id", place, number, page.heads.get(SHEETS[page.kind][0].name), first_text, weight=weight)]


def _values(
    page: Page, place: str, number: int, cells: Sequence[object], id_: str, reading: Reading
) -> tuple[dict[str, str], list[Problem]]:
    """The values of the asked columns, and a Problem for each unreadable cell, whose text is kept as its value."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    criterion = id_ if page.kind == "answers" else page.text(cells, "criterion")
    for column in asked_in(page):
        position = page.columns[column.name]
        if is_blank(cells[position]):
            continue
        value, wrong = _value(column, cells[position], criterion, reading)
        values[column.name] = value
        if wrong is not None:
            kind, expected, hint = wrong
            problems.append(Problem(kind, place, number, page.heads[column.name], value, expected, hint))
    return values, problems


def _value(
    column: Column, cell: object, criterion: str, reading: Reading
) -> tuple[str, tuple[str, str | None, str | None] | None]:
    """The stored value of a cell; or its text, with the kind of problem, what was expected, and a hint."""
    text = text_of(cell)
    if column.date:
        days = days_of(cell)
        if len(days) == 1:
            return days[0].isoformat(), None
        either = " / ".join(day.isoformat() for day in days)
        return text, ("two_days", either, None) if days else ("bad_date", DATE_FORM, None)
    if column.choice == "grade":
        return text, None if text in GRADES else ("off_scale", ", ".join(GRADES), None)
    if not column.choice:
        return text, None
    meanings = reading.meanings(column.choice, criterion)
    if not meanings.shown:
        # An unknown criterion is reported by the checks; its scale is unknown too.
        return text, None
    code = meanings.code(text)
    return (code, None) if code else (text, ("off_scale", ", ".join(meanings.shown), nearest(text, meanings.shown)))
