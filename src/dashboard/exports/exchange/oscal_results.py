"""How do the answers of an operation become OSCAL assessment results? Observations, and findings where it has a word.

A finding says *satisfied* or *not satisfied*. So *not applicable* and *not known* have none: they would count against
the operation. Our own words are in properties of our own namespace.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dashboard.exports.exchange.oscal_catalog import token
from dashboard.model.answers.workbook import Book, Row
from dashboard.model.standard.exchange import NAMESPACE, OSCAL_VERSION, said
from dashboard.model.words import Words

CARRIED = ("status", "evidence", "na_reason", "note", "answered_by_role", "answered_on")
METHODS = {"seen": "EXAMINE", "independently_checked": "EXAMINE"}
"""By evidence: how it was found out; anything else was asked."""
Values = dict[str, Any]


def oscal_results(book: Book, words: Words, today: date) -> bytes:
    """Return the assessment results as JSON, UTF-8."""
    title = f"{book.about['operation_title']} · {book.about['round_title']}"
    answered = [row for row in book.questions if row["status"] is not None]
    plan = _uuid("plan", title)
    description = words("shell.illustrative") if book.about["synthetic"] else title
    days = [row["answered_on"] for row in answered if row["answered_on"]]
    result = {
        "uuid": _uuid("result", title),
        "title": title,
        "description": description,
        "start": _at(min(days, default=today)),
        "end": _at(max(days, default=today)),
        "reviewed-controls": {"control-selections": [_reviewed(answered)]},
        "observations": [_observation(book, row) for row in answered],
    }
    findings = list(_findings(book, answered))
    values = {
        "uuid": _uuid("results", title, today.isoformat()),
        "metadata": {
            "title": title,
            "last-modified": _at(today),
            "version": today.isoformat(),
            "oscal-version": OSCAL_VERSION,
        },
        "import-ap": {"href": f"#{plan}"},
        "results": [{**result, **({"findings": findings} if findings else {})}],
        "back-matter": {"resources": [{"uuid": plan, "title": title, "description": description}]},
    }
    return json.dumps({"assessment-results": values}, ensure_ascii=False, indent=2).encode()


def _reviewed(answered: list[Row]) -> Values:
    controls = [{"control-id": token(row["criterion"])} for row in answered]
    return {"include-controls": controls} if controls else {"include-all": {}}


def _observation(book: Book, row: Row) -> Values:
    keys = {"round": book.about["round"], "operation": book.about["operation"], "criterion": row["criterion"]}
    own = {**keys, **{name: row[name] for name in CARRIED}, "framework_version": row["answered_version"]}
    return {
        "uuid": _observed(book, row),
        "title": row["criterion"],
        "description": row["note"] or row["status_title"],
        "props": [{"name": name, "ns": NAMESPACE, "value": said(str(value))} for name, value in own.items() if value],
        "methods": [METHODS.get(row["evidence"] or "", "INTERVIEW")],
        "collected": _at(row["answered_on"] or date(2000, 1, 1)),
    }


def _findings(book: Book, answered: list[Row]) -> Iterator[Values]:
    for row in answered:
        value = row["value"]
        if value is None:
            continue
        state = {"state": "satisfied", "reason": "pass"} if value == 1 else {"state": "not-satisfied", "reason": "fail"}
        partial = {"implementation-status": {"state": "partial"}} if 0 < value < 1 else {}
        yield {
            "uuid": _uuid("finding", _observed(book, row)),
            "title": row["criterion"],
            "description": row["status_title"],
            "target": {
                "type": "statement-id",
                "target-id": f"{token(row['criterion'])}_smt",
                "status": state,
                **partial,
            },
            "related-observations": [{"observation-uuid": _observed(book, row)}],
        }


def _observed(book: Book, row: Row) -> str:
    return _uuid("observation", book.about["round"], book.about["operation"], row["criterion"])


def _uuid(*parts: str) -> str:
    """Return the same identifier for the same parts."""
    return str(uuid5(NAMESPACE_URL, " ".join((NAMESPACE, *parts))))


def _at(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
