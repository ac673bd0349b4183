"""Describes answers in words: mark and status, age, an earlier wording, items of evidence, failed critical criteria.

An item of evidence is shown with its title and where it is found, and a link that a person may follow. Failures are
counted with how that changed, and which criteria have had no answer since they failed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypedDict
from urllib.parse import quote, urlsplit

import streamlit as st

from dashboard.model.records import EVIDENCE
from dashboard.queries import ask
from dashboard.queries.elements.failures import FAILURES, FailuresRow
from dashboard.queries.question import Question
from dashboard.store.mask import FEWEST
from dashboard.ui.elements.legend import show_legend
from dashboard.ui.elements.marks import MARKS, answer_keys, answer_words, coded, mark_of, stacked
from dashboard.ui.escape import escape, escape_row, escaped_rows, short
from dashboard.ui.view import View

Row = Mapping[str, Any]
"""A row of any question about answers; each function names the columns it reads."""
ANSWERED = ("full", "part", "nil")
LEAST = 2
"""Answers from which a bar shows them."""


def partly(view: View, when: str | None) -> list[str]:
    """Return when the answer to a criterion is *partly*; empty if its file does not say."""
    return [view.words("standard.partly", when=when)] if when else []


def evidence_hint(view: View, hint: str | None) -> list[str]:
    """Return what evidence could be; empty if the criterion does not say."""
    return [view.words("review.evidence_hint", hint=hint)] if hint else []


def kind_mark(view: View, row: Row) -> list[str]:
    """Return the kind of a criterion of the selected framework, if that has both."""
    return [view.kind_word(row["kind"])] if len(view.kinds) > 1 else []


def source(view: View, row: Row) -> str:
    """Return where a criterion comes from, and whether somebody has verified it there; or that it does not say."""
    if not row["citation"]:
        return view.words("review.no_citation")
    verified = view.words(f"verification.{row['verification']}")
    return view.words("review.citation", citation=row["citation"], verification=verified)


def criterion_marks(view: View, row: Row) -> str:
    """Return what to know beside the text of a criterion: whether it is critical, and whether it counts reversed."""
    return critical_mark(view, row) + reversed_mark(view, row)


def critical_mark(view: View, row: Row) -> str:
    """Return that a criterion is critical, to follow its text; empty if it is not. Whether it failed is not said."""
    return f" ({view.words('number.critical')})" if row["critical"] else ""


def reversed_mark(view: View, row: Row) -> str:
    """Return that a criterion counts the other way round, to follow its text; empty if it does not."""
    return f" ({view.words('standard.reversed')})" if row["reversed"] else ""


def status(view: View, row: Row) -> str:
    """Return mark and title of a status, from `counts_as`, `value` and `status_title`."""
    answered = row["counts_as"] == "answered"
    title = row["status_title"] if answered else view.words(f"counts_as.{row['counts_as']}")
    return f"{mark_of(row['counts_as'], row['value'])} {title}"


def counts(view: View, row: Row) -> str:
    """Return how many gave which answer, as a bar and in words; a single answer as its mark and word."""
    words, called = view.words, answer_words(view)
    if view.masked and 0 < sum(row[f"n_{name}"] for name in ANSWERED) < FEWEST:
        return words("safe.few")
    found = {name: int(row[f"n_{name}"]) for name in MARKS if row[f"n_{name}"]}
    told = {name: called.get(name) or words(f"counts_as.{name}") for name in found}
    if sum(found.values()) < LEAST:
        return "".join(f"{MARKS[name]} {escape(told[name])}" for name in found)
    every = words.listed(f"{words.shown(n)} {told[name]}" for name, n in found.items())
    answered = {name: found.get(name, 0) for name in ANSWERED}
    n_answered, key = sum(answered.values()), "reading.count_partly" if answered["part"] else "reading.count"
    said = words(key, answered=n_answered, **answered) if n_answered else escape(every)
    return f"{stacked(found, escape(every))}  \n:small[{said}]"


def counts_legend(view: View) -> None:
    """Show what the parts of those bars mean, below a table of them."""
    show_legend(answer_keys(view))


def evidence(view: View, row: Row) -> str:
    """Return the evidence for an answer; empty if there is no answer."""
    if row["counts_as"] != "answered":
        return ""
    return view.words(f"evidence.{'not_stated' if row['evidence'] is None else EVIDENCE[row['evidence']]}")


def age(view: View, row: Row) -> str:
    """Return when it was answered, how long ago that is, and in which role."""
    if row["answered_on"] is None:
        return ""
    return view.words.count(
        "country.age",
        row["age_months"],
        date=row["answered_on"],
        role=row["answered_by_role"] or view.words("country.no_role"),
    )


def with_version(view: View, row: Row, text: str) -> str:
    """Return `text`, adding the version that was answered if its wording differs from the one shown."""
    if row["older_version"] is None:
        return text
    return f"{text} · {view.words('older.mark', version=row['older_version'])}"


def show_older(view: View, answers: Iterable[Row]) -> None:
    """Show, one click away, each earlier wording among some answers once, and whether its meaning was different."""
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
    """Return the reviewer's verdict, from `mark` and `reviewed_by_role`; empty if there was no review."""
    return view.words(f"mark.{row['mark']}", role=row["reviewed_by_role"]) if row["mark"] else ""


def evidence_and_mark(view: View, row: Row) -> str:
    """Return the evidence for an answer and the reviewer's verdict."""
    return " · ".join(said for said in (evidence(view, row), mark(view, row)) if said)


KEPT = "%:/?#@!&'+,;=~-._"
"""Signs of an address that mean nothing in Markdown; all others are encoded."""


class EvidenceItemsRow(TypedDict):
    """A row of `evidence_items`."""

    country: str
    operation: str
    operation_title: str
    criterion: str


EVIDENCE_ITEMS = Question("evidence_items", EvidenceItemsRow)


def read_items(view: View, **given: Any) -> list[EvidenceItemsRow]:
    """Return the items within the filters, unescaped; all of them, since each belongs to an answer that is shown."""
    return ask.rows(view.published, EVIDENCE_ITEMS, view.parameters(whole=True, **given))


def items_by_answer(view: View, **given: Any) -> dict[tuple[str, str], str]:
    """Return the items of each answer as lines of Markdown, by operation and criterion."""
    found: dict[tuple[str, str], str] = {}
    for row in read_items(view, **given):
        key = row["operation"], row["criterion"]
        found[key] = f"{found.get(key, '')}  \n:small[{item_line(view, row)}]"
    return found


def item_line(view: View, row: Mapping[str, Any]) -> str:
    """Return an item in one line: title, then document, page, day, holder and link, as far as they are shown."""
    words, said = view.words, escape_row({name: row[name] for name in ("title", "document", "page", "holder")})
    parts = [
        said["title"],
        words("evidence_item.confidential_mark") if row["confidential"] else "",
        said["document"],
        words("evidence_item.on_page", page=said["page"]) if said["page"] else "",
        words.shown(row["dated_on"]) if row["dated_on"] else "",
        said["holder"],
        link(row["link"]),
    ]
    return " · ".join(part for part in parts if part)


def link(address: str | None) -> str:
    """Return the address as a link named after its host, so that a reader sees where it leads; empty without one.

    Nothing here opens it.
    """
    if not address:
        return ""
    return f"[{escape(urlsplit(address).hostname)}]({quote(address, safe=KEPT)})"


WIDTH = 64
"""Characters of a criterion in a line."""


def is_silent(row: FailuresRow) -> bool:
    """Whether a criterion failed when it was last answered, and has no answer in the round in view."""
    return row["failed_in"] is not None and not row["failed_now"]


def failures_moved(view: View, failures: Sequence[FailuresRow]) -> Iterator[str]:
    """Yield how many failed then and now on matched answers, how many more on others, and how many fell silent."""
    words = view.words
    was, now = (sum(row["matched"] and row[side] for row in failures) for side in ("failed_earlier", "failed_now"))
    compared = was or now
    if compared:
        yield words("failures.level" if was == now else "failures.moved", was=was, now=now)
    if new := sum(row["failed_now"] and not row["matched"] for row in failures):
        yield words.count("failures.new" if compared else "failures.new_alone", new)
    if silent := [row for row in failures if is_silent(row)]:
        where = words.some("countries", [*dict.fromkeys(row["country_title"] for row in silent)])
        key = "failures.silent" if compared or new else "failures.silent_alone"
        yield words.count(key, len(silent), where=where)


def failed_marks(view: View, within: tuple[str, ...] = ()) -> dict[tuple[str, str], str]:
    """Return the mark of each criterion that failed: now, or when it was last answered; by operation and criterion.

    `within` restricts them to some criteria, in place of those that all have answered.
    """
    words = view.words
    given = view.parameters(earlier="", **({"within": within} if within else {}))
    return {
        (row["operation"], row["criterion"]): words("failures.now")
        if row["failed_now"]
        else words("failures.before", round=row["failed_in_title"])
        for row in escaped_rows(view.published, FAILURES, given)
        if row["failed_in"] is not None
    }


def failed_sign(row: Mapping[str, Any]) -> str:
    """Return the triangle beside a figure: full where a critical criterion failed, hollow where it fell silent."""
    return "▼" if row["n_critical_failed"] else "▽" if row["n_failed_before"] else ""


def silent_lines(view: View, failures: Sequence[FailuresRow]) -> list[str]:
    """Return a line for each criterion that failed when it was last answered and has no answer now."""
    words = view.words
    return [
        coded(
            words(
                "failures.line",
                who=row["operation_title"],
                text=short(row["text"], WIDTH),
                round=row["failed_in_title"],
                now=words(f"counts_as.{row['counts_as']}"),
            ),
            row["criterion"],
        )
        for row in failures
        if is_silent(row)
    ]
