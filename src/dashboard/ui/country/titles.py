"""What does each view of one operation find? The sentence at its top."""

from collections import Counter
from collections.abc import Callable, Mapping

from dashboard.queries.ask import Value, rows
from dashboard.queries.country.rows import AnswersRow, OperationReadingRow, OperationRisksRow
from dashboard.queries.elements.rows import OperationsRow
from dashboard.ui.country.heard import heard_title
from dashboard.ui.country.operation import finding
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Given = Mapping[str, Value]
SEVERE = 4


def title(view: View, part: str, operation: OperationsRow, given: Given, readings: list[OperationReadingRow]) -> str:
    """The sentence of a view; how far the operation is, where the view has none of its own or nothing to say."""
    said = OWN[part](view, given) if part in OWN else ""
    return titled(view, operation, said) if said else finding(view, operation, readings)


def titled(view: View, operation: OperationsRow, said: str) -> str:
    """What is said of an operation, after its name."""
    return view.words("country.titled", operation=operation["operation_title"], said=said)


def _answers(view: View, given: Given) -> str:
    """How many criteria of the kind in view are in place, partly, not, and without an answer that counts."""
    found: list[AnswersRow] = escaped_rows(view.published, "answers", given)
    counts = Counter(
        {1.0: "full", 0.0: "nil"}.get(row["value"] or 0.0, "part") if row["counts_as"] == "answered" else "rest"
        for row in found
    )
    places = {name: counts[name] for name in ("full", "part", "nil", "rest")}
    kind = view.words(f"kind.{view.state.kind}").lower()
    return view.words.count("country.answers_title", len(found), kind=kind, **places) if found else ""


def _risks(view: View, given: Given) -> str:
    """How many risks are rated, how many of them severe, and how many of those the plan has nothing for."""
    found: list[OperationRisksRow] = escaped_rows(view.published, "operation_risks", given)
    severe = sum(row["severity"] == SEVERE for row in found)
    unplanned = len(escaped_rows(view.published, "plan_unplanned", given))
    return view.words.count("country.risks_title", len(found), severe=severe, none=unplanned) if found else ""


def _facts(view: View, given: Given) -> str:
    """How many facts on its country others have published, and how many of them are old."""
    found = [row for row in rows(view.published, "context", given) if row["state"] != "not_recorded"]
    if not found or view.masked:
        return ""
    old = sum(row["state"] == "old" for row in found)
    return view.words.count("country.facts_old" if old else "country.facts_title", len(found), old=old)


OWN: Mapping[str, Callable[[View, Given], str]] = {
    "answers": _answers,
    "own_risks": _risks,
    "heard": heard_title,
    "facts": _facts,
}
