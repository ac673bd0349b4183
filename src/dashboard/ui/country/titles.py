"""What does each view of one operation find? The sentence at the top."""

from collections import Counter
from collections.abc import Callable, Mapping

from dashboard.figures.gaps import GAPS, SEVERE
from dashboard.model.claim import Claim, Claims
from dashboard.queries.ask import Value, rows
from dashboard.queries.country.operation_reading import OperationReadingRow
from dashboard.queries.country.operation_risks import OPERATION_RISKS
from dashboard.queries.elements.questions import OperationsRow
from dashboard.queries.risks.questions import CONTEXT
from dashboard.ui.country.before_after import rated_again
from dashboard.ui.country.heard import heard_title
from dashboard.ui.country.operation import ANSWERS, finding
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Given = Mapping[str, Value]


def title(view: View, part: str, operation: OperationsRow, given: Given, readings: list[OperationReadingRow]) -> Claims:
    """Return the sentence of a view; by default the operation's score, if the view has nothing of its own to say."""
    said = OWN[part](view, given, operation["operation_title"]) if part in OWN else ()
    return said or finding(view, operation, readings)


def titled(view: View, operation: OperationsRow, said: str) -> str:
    """Return a sentence about an operation, preceded by its name."""
    return view.words("country.titled", operation=operation["operation_title"], said=said)


def _answers(view: View, given: Given, operation: str) -> Claims:
    """Say how many criteria of the chosen kind are implemented, partly, not, or have no answer that counts."""
    found = escaped_rows(view.published, ANSWERS, given)
    counts = Counter(
        {1.0: "full", 0.0: "nil"}.get(row["value"] or 0.0, "part") if row["counts_as"] == "answered" else "rest"
        for row in found
    )
    places: dict[str, object] = {name: counts[name] for name in ("full", "part", "nil", "rest")}
    places |= {"operation": operation, "kind": view.kind_word().lower()}
    key = "country.answers_title" if len(view.kinds) > 1 else "country.answers_title_alone"
    return (Claim.count(key, len(found), **places),) if found else ()


def _risks(view: View, given: Given, operation: str) -> Claims:
    """Say how many risks are rated, how many are severe, and how many of these are gaps or partly addressed."""
    found = escaped_rows(view.published, OPERATION_RISKS, given)
    severe = sum(row["severity"] == SEVERE for row in found)
    gaps = sum(row["severity"] == SEVERE and row["judged"] in GAPS for row in found)
    partly = sum(row["severity"] == SEVERE and row["judged"] == "partly" for row in found)
    told = Claim.count("severe_gap.own", gaps, partly=partly)
    places = {"operation": operation, "severe": severe, "gaps": told}
    if not found:
        return ()
    return Claim.count("country.risks_title", len(found), **places), *rated_again(view, given)


def _facts(view: View, given: Given, operation: str) -> Claims:
    """How many facts on its country others have published, and how many of them are old."""
    found = [row for row in rows(view.published, CONTEXT, given) if row["state"] != "not_recorded"]
    if not found or view.masked:
        return ()
    old = sum(row["state"] == "old" for row in found)
    key = "country.facts_old" if old else "country.facts_title"
    return (Claim.count(key, len(found), operation=operation, old=old),)


OWN: Mapping[str, Callable[[View, Given, str], Claims]] = {
    "answers": _answers,
    "own_risks": _risks,
    "heard": heard_title,
    "facts": _facts,
}
