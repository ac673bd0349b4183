"""How are failed critical criteria told? How many, how that changed, and which have had no answer since they failed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.queries.elements.failures import FAILURES, FailuresRow
from dashboard.ui.elements.marks import coded
from dashboard.ui.escape import escaped_rows, short
from dashboard.ui.view import View

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
