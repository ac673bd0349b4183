"""One answer in words: its mark and status, its evidence, and how old it is."""

from typing import Any

from dashboard.model.tables import EVIDENCE
from dashboard.ui.shell import View

Row = dict[str, Any]
COUNTED = (
    ("●", "n_full"), ("◉", "n_part"), ("○", "n_nil"), ("–", "n_not_applicable"), ("?", "n_not_known"),
    ("·", "n_unanswered"),
)  # fmt: skip
MARKS = {"not_applicable": "–", "not_known": "?", "unanswered": "·"}


def status(view: View, row: Row) -> str:
    """Mark and word of a status, out of `counts_as`, `value` and `status_title`."""
    if row["counts_as"] != "answered":
        return f"{MARKS[row['counts_as']]} {view.words('counts_as.' + row['counts_as'])}"
    mark = "●" if row["value"] == 1 else "○" if row["value"] == 0 else "◉"
    return f"{mark} {row['status_title']}"


def counts(view: View, row: Row) -> str:
    """How many said what, each with its mark; nothing where nobody was asked."""
    return "  ".join(f"{mark}\u00a0{view.words.shown(row[name])}" for mark, name in COUNTED if row[name])


def evidence(view: View, row: Row) -> str:
    """What stands behind an answer; nothing where there is no answer."""
    if row["counts_as"] != "answered":
        return ""
    return view.words(f"evidence.{'not_stated' if row['evidence'] is None else EVIDENCE[row['evidence']]}")


def age(view: View, row: Row) -> str:
    """When it was answered, how long ago that is, and in which role."""
    if row["answered_on"] is None:
        return ""
    return view.words.count(
        "country.age",
        row["age_months"],
        date=row["answered_on"],
        role=row["answered_by_role"] or view.words("country.no_role"),
    )
