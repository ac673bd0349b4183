"""One answer in words: its mark and status, its evidence, how old it is, and whether it answers older words."""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from dashboard.model.answers.tables import EVIDENCE
from dashboard.ui.view import View

Row = Mapping[str, Any]
"""A row of any question about answers: the functions say which of its columns they read."""
COUNTED = (
    ("●", "n_full"), ("◉", "n_part"), ("○", "n_nil"), ("–", "n_not_applicable"), ("?", "n_not_known"),
    ("·", "n_unanswered"),
)  # fmt: skip
MARKS = {"not_applicable": "–", "not_known": "?", "unanswered": "·"}


def partly(view: View, when: str | None) -> list[str]:
    """When the answer to a criterion is *partly*; nothing where its file does not say so."""
    return [view.words("standard.partly", when=when)] if when else []


def status(view: View, row: Row) -> str:
    """Mark and word of a status, out of `counts_as`, `value` and `status_title`."""
    if row["counts_as"] != "answered":
        return f"{MARKS[row['counts_as']]} {view.words('counts_as.' + row['counts_as'])}"
    mark = "●" if row["value"] == 1 else "○" if row["value"] == 0 else "◉"
    return f"{mark} {row['status_title']}"


def counts(view: View, row: Row) -> str:
    """How many said what, each with its mark; nothing where nobody was asked."""
    return "  ".join(f"{mark}\u00a0{view.words.shown(row[name])}" for mark, name in COUNTED if row[name])


def counts_legend(view: View) -> None:
    """What each of those marks says, below a table of them."""
    st.caption(view.words("counts_as.legend"))


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


def with_version(view: View, row: Row, text: str) -> str:
    """`text`, and the version that was answered where its words were others than those beside it."""
    if row["older_version"] is None:
        return text
    return f"{text} · {view.words('older.mark', version=row['older_version'])}"


def show_older(view: View, answers: Iterable[Row]) -> None:
    """The older words among some answers, one click away: each once, and whether they asked something else."""
    found = {(row["criterion"], row["older_version"]): row for row in answers if row["older_version"] is not None}
    if found:
        with st.expander(view.words.count("older.words", len(found))):
            st.markdown("\n".join(f"- {_older(view, row)}" for row in found.values()))


def _older(view: View, row: Row) -> str:
    words = view.words
    key = "older.line" if row["older_text"] else "older.unknown"
    line = words(key, criterion=row["criterion"], version=row["older_version"], text=row["older_text"])
    return f"{line} {words('older.turned' if row['older_until'] else 'older.reworded', version=row['older_until'])}"


def mark(view: View, row: Row) -> str:
    """What a second role has made of an answer, out of `mark` and `reviewed_by_role`; nothing where none has looked."""
    return view.words(f"mark.{row['mark']}", role=row["reviewed_by_role"]) if row["mark"] else ""


def evidence_and_mark(view: View, row: Row) -> str:
    """What stands behind an answer, and what a second role has made of it."""
    return " · ".join(said for said in (evidence(view, row), mark(view, row)) if said)
