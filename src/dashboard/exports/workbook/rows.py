"""What is in each row of an operation's workbook? Plain cells by column, before any formatting."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from dashboard.model.answers.evidence import fingerprint_of_items
from dashboard.model.answers.workbook import Book, HandedOut, Row, asked_columns, cell_text, fingerprint_of, target_id
from dashboard.model.words import Words

Cell = str | int | date | None
Cells = Mapping[str, Cell]
GRADED = {
    "risk": ("scale", "scope", "irremediability", "likelihood"),
    "opportunity": ("reach", "need", "feasibility"),
}


def question_row(book: Book, row: Row, choices: str, words: Words) -> dict[str, Cell]:
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
        "framework": row["framework"],
        "framework_version": row["framework_version"],
        "criterion_id": row["criterion"],
        "choices": choices,
    }
    return _with_keys("answers", book, {**shown, **given}, codes, row["status"], row["answered_version"])


def _asked(row: Row, words: Words) -> str:
    """Return the question and, if it has several parts, when the answer is *partly*."""
    return f"{row['text']}\n{words('standard.partly', when=row['partly'])}" if row["partly"] else row["text"]


def impact_row(book: Book, row: Row, words: Words) -> dict[str, Cell]:
    """Return one risk or opportunity with this round's grades, and beside them the previous round's."""
    kind = "risk_ratings" if row["polarity"] == "risk" else "opportunity_ratings"
    given = {column.name: row[column.name] for column in asked_columns(kind)}
    found_code = row["found"] if row["found"] is None else ("yes" if row["found"] else "none")
    codes = {**given, "found": found_code}
    given["found"] = _word("book.found", found_code, words)
    given["confidence"] = _word("confidence", row["confidence"], words)
    shown = {
        "impact": row["impact"],
        "text": row["text"],
        "risk_area": row["risk_area_title"],
        "setting": row["setting_title"],
        "last": _last_grades(row, words),
        "impact_id": row["impact"],
    }
    return _with_keys(kind, book, {**shown, **given}, codes)


def action_row(book: Book, row: Row, words: Words) -> dict[str, Cell]:
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


def target_row(book: Book, row: Row, words: Words) -> dict[str, Cell]:
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
    items: dict[str, list[Row]] = {}
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


def _last_answer(row: Row, words: Words) -> str | None:
    if not row["last_round"]:
        return None
    answer = [row["last_status"] or words("reading.unanswered"), _word("evidence", row["last_evidence"], words)]
    first = words("book.last", said=_joined(answer), round=row["last_round"])
    return "\n".join([first, *filter(None, (row["last_na_reason"], row["last_note"]))])


def _last_grades(row: Row, words: Words) -> str | None:
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
