"""What needs a decision? Each matter is a finding with its gaps, countries, owner and date, and a way to its action."""

from collections.abc import Iterator
from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard.charts.look import look_of
from dashboard.queries.overview.rows import DecisionsRow
from dashboard.ui.carried import listed, plain
from dashboard.ui.elements.action_link import action_address, begin_address
from dashboard.ui.elements.folds import at_once
from dashboard.ui.elements.marks import coloured
from dashboard.ui.elements.show import theme
from dashboard.ui.escape import escape, short
from dashboard.ui.html import draw_told, explained
from dashboard.ui.marked import as_html
from dashboard.ui.view import View

FIRST, ON_A_PHONE = 8, 4
"""Matters shown at once, in a pack too; and on a phone, where each is higher."""
WIDE = 120
"""Characters of a text that is quoted."""
BRIEF = 90
"""Characters of the first risk of a matter."""


def draw(view: View, decisions: list[DecisionsRow]) -> None:
    """Show the gravest matters; all of them one click away, those with severe gaps first."""
    words, n = view.words, at_once(FIRST, ON_A_PHONE)
    if decisions:
        listed("decisions", partial(_table, view, decisions))
    with st.container(border=True, gap="xxsmall"):
        why = explained(words, [words("overview.decisions_help")])
        first = "".join(f"<li>{as_html(finding_of(view, row, brief=True))}</li>" for row in decisions[:n])
        none = f"<p>{as_html(words('overview.no_decisions'))}</p>"
        said = f"<p>{as_html(shown_of(view, decisions, n))}</p><ol>{first}</ol>"
        draw_told(as_html(words("overview.decisions")), why, said if decisions else none)
        if len(decisions) > n:
            label = words("overview.all_decisions", n=len(decisions))
            with st.popover(label, type="tertiary", key="all_decisions", on_change="rerun") as every:
                if every.open:
                    st.markdown("\n\n".join(_all(view, decisions)))


def _table(view: View, decisions: list[DecisionsRow]) -> pa.Table:
    """Return the matters shown, as a pack lists them."""
    return pa.table(
        {
            "matter": [said_of(view, row) for row in decisions[:FIRST]],
            "where": [" · ".join(_where(view, row)) for row in decisions[:FIRST]],
            "n_severe_gaps": [row["n_gaps"] or None for row in decisions[:FIRST]],
            "action": [plain(" · ".join(_answers_for(view, row))) for row in decisions[:FIRST]],
        }
    )


def shown_of(view: View, decisions: list[DecisionsRow], first: int = FIRST) -> str:
    """Say how many of the matters are shown, and how many actions are overdue."""
    n, shown = len(decisions), min(len(decisions), first)
    late = len({action for row in decisions for action in row["overdue"]})
    matters = view.words.count("overview.matters", n, shown=shown)
    return f":small[{matters} {view.words.count('overview.late_actions', late)}]"


def _all(view: View, decisions: list[DecisionsRow]) -> Iterator[str]:
    """Yield the lists behind the first few: with severe gaps, failures without one, overdue actions."""
    for name, found in (
        ("with_gaps", [row for row in decisions if row["n_gaps"]]),
        ("critical", [row for row in decisions if row["kind"] == "critical" and not row["n_gaps"]]),
        ("overdue", [row for row in decisions if row["kind"] == "overdue"]),
    ):
        if found:
            listed = (f"- {finding_of(view, row)}" for row in found)
            yield "\n".join((f"**{view.words.count(f'overview.n_{name}', len(found))}**", "", *listed))


def finding_of(view: View, row: DecisionsRow, brief: bool = False) -> str:
    """Return the finding, where it applies, who owns it and by when, and a link to its action.

    A brief one of a criterion that failed names no risk behind it.
    """
    words = view.words
    about = [*_where(view, row), *_gaps(view, row, brief), *_before(view, row)]
    look = look_of(theme())
    button = coloured(words(_does(row)).replace(" ", "\u00a0"), look.ink, look.hairline)
    done = [*_answers_for(view, row), f"[{button}]({_address(view, row)})"]
    return "  \n   ".join((f"**{said_of(view, row)}**", *(f":small[{' · '.join(line)}]" for line in (about, done))))


def said_of(view: View, row: DecisionsRow) -> str:
    """Return the finding alone: what is missing."""
    words, what = view.words, _what(view, row)
    if row["kind"] == "area":
        return words.count("overview.found_area", len(row["risks"]), what=what)
    before = row["kind"] == "critical" and row["n_before"] == row["n"]
    return words(f"overview.found_{'before' if before else row['kind']}", what=what)


def _where(view: View, row: DecisionsRow) -> Iterator[str]:
    """Yield where it is, and of which standard the criterion is."""
    yield view.words.some("countries", row["countries"])
    if row["framework"]:
        yield escape(view.option_title("framework", row["framework"], ""))


def _gaps(view: View, row: DecisionsRow, brief: bool) -> Iterator[str]:
    """Yield how many severe gaps stand in a matter, of which risks, and why if no criterion failed."""
    words = view.words
    if not row["n_gaps"]:
        return
    risks = words.count("severe_gap.risks", len(row["risks"]))
    yield words.count("overview.severe_gaps", row["n_gaps"], risks=risks)
    if row["kind"] == "area":
        counts = {name: row[f"n_{name}"] for name in ("not_answered", "nothing", "either")}  # type: ignore[literal-required]
        yield words.listed(words(f"overview.gaps_{name}", n=n) for name, n in counts.items() if n)
    if row["kind"] == "area" or not brief:
        yield words("overview.first_risk", text=short(row["risks"][0], BRIEF))
    if row["also"] and not brief:
        yield words.count("overview.also", len(row["also"]))


def _before(view: View, row: DecisionsRow) -> Iterator[str]:
    """Yield in how many operations the failure is an earlier one that nobody has answered since."""
    if 0 < row["n_before"] < row["n"]:
        yield view.words("overview.n_before", n=row["n_before"], of=row["n"])


def _what(view: View, row: DecisionsRow) -> str:
    """Return what is missing, in the short form of the standard; otherwise the criterion's text, quoted."""
    text = short(row["text"], WIDE)
    return row["gap"] or view.words("overview.quoted", text=text) if row["kind"] == "critical" else text


def _answers_for(view: View, row: DecisionsRow) -> list[str]:
    """Say who owns it, by when, and in how many countries nobody does yet."""
    words = view.words
    if not row["n_acted"] or row["due_on"] is None:
        return [words("overview.no_action")]
    key = "overview.late" if row["due_on"] < view.today else "overview.due"
    told = words(key, owner=row["owner_role"] or words("overview.no_owner"), due=row["due_on"])
    said = [words("overview.first_of", told=told, n=row["n_acted"]) if row["n_acted"] > 1 else told]
    without = row["n"] - row["n_acted"]
    return [*said, words("overview.no_action_in", n=without, of=row["n"])] if without else said


def _does(row: DecisionsRow) -> str:
    if not _action(row):
        return "plan.begin"
    return "overview.open_action" if row["n"] == 1 else "overview.open_first"


def _action(row: DecisionsRow) -> str:
    """Return the action due first if every country has one; empty, for a new action, otherwise."""
    return row["action"] or "" if row["n_acted"] == row["n"] else ""


def _address(view: View, row: DecisionsRow) -> str:
    if action := _action(row):
        return action_address(view, action)
    if row["kind"] == "critical":
        return begin_address(view, criterion=row["subject"])
    return begin_address(view, impact=row["impacts"][0])
