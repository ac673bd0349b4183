"""The rows of `evidence.csv` and `comments.csv`."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.sample.answers import ANSWER_COLUMNS
from data.sample.chance import draw

EVIDENCE_COLUMNS = (
    "round",
    "operation",
    "criterion",
    "action",
    "title",
    "link",
    "document",
    "dated_on",
    "page",
    "holder",
    "confidential",
)
COMMENT_COLUMNS = ("round", "operation", "criterion", "role", "said_on", "text")
SHARE = 0.25
"""Of the answers of the last round whose evidence somebody has seen, so many name it, 0 to 1."""
KINDS = (
    ("Policy in force", "POL", "Compliance office", ""),
    ("Minutes of the management committee", "MIN", "Company secretary", "true"),
    ("Report of the internal audit", "AUD", "Internal audit", "true"),
    ("Records of staff training", "TRN", "Human resources", ""),
    ("Standard clause in contracts", "CLA", "Legal department", ""),
    ("Page for customers", "", "Customer care", ""),
)
"""A title, how ids of such documents begin, who holds them, and whether they are confidential."""
ON_ACTION = (
    ("A-001", "Instruction to agencies", "POL-HQ-31", "2025-01-20", "Group marketing"),
    ("A-001", "Sample of marked advertising", "", "2025-01-27", "Group marketing"),
)
THREADS = (
    ("Which page of the policy covers agents?", "Section 4, on the last page."),
    ("The minutes name no date for the next review.", "It is set for the first quarter."),
)


def evidence_rows(answers: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """What some answers of the last round and one action rest on. `answers` are rows of that round."""
    for answer in answers:
        said = dict(zip(ANSWER_COLUMNS, answer, strict=True))
        ids = (said["round"], said["operation"], said["criterion"])
        source = draw("evidence", *ids)
        if said["evidence"] not in ("seen", "independently_checked") or source.random() >= SHARE:
            continue
        for title, prefix, holder, confidential in source.sample(KINDS, source.choice((1, 1, 2))):
            code = f"{prefix}-{said['operation'].partition('-')[0].upper()}-{source.randint(10, 99)}" if prefix else ""
            link = f"https://documents.savandina.example/{(code or 'customers').lower()}"
            day = (date.fromisoformat(said["answered_on"]) - timedelta(days=source.randint(10, 400))).isoformat()
            page = str(source.randint(1, 40)) if prefix in ("POL", "AUD") else ""
            yield (*ids, "", title, link, code, day, page, holder, confidential)
    for action, title, code, day, holder in ON_ACTION:
        yield ("", "", "", action, title, "", code, day, "", holder, "")


def comment_rows(reviews: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """What was said about a few answers of the last round that a second role has checked, back and forth."""
    checked = [row for row in reviews if row[0] == "2025" and row[3] == "checked" and row[2].startswith("CRBP")]
    for row, (question, reply) in zip(checked[:: max(1, len(checked) // len(THREADS))], THREADS, strict=False):
        asked = date.fromisoformat(row[6])
        yield (*row[:3], row[4], asked.isoformat(), question)
        yield (*row[:3], "Head of compliance", (asked + timedelta(days=3)).isoformat(), reply)
