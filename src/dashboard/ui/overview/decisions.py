"""What needs a decision? Each item is a finding with its countries, owner and date, and a link to its action."""

import streamlit as st

from dashboard.charts.look import look_of
from dashboard.queries.overview.rows import DecisionsRow
from dashboard.ui.elements.action_link import action_address, begin_address
from dashboard.ui.elements.marks import coloured
from dashboard.ui.elements.show import theme
from dashboard.ui.escape import short
from dashboard.ui.html import draw_told, explained
from dashboard.ui.marked import as_html
from dashboard.ui.view import View

KINDS = ("gap", "critical", "overdue")
FIRST = 5
"""Decisions shown on the page at once."""
WIDE = 120
"""Characters of a text that is quoted."""


def draw(view: View, decisions: list[DecisionsRow]) -> None:
    """Show the first decisions, some of every kind; the rest one click away, by kind."""
    words = view.words
    with st.container(border=True, gap="xxsmall"):
        why = explained(words, [words("overview.decisions_help")])
        first = "".join(f"<li>{as_html(finding_of(view, row))}</li>" for row in _first(decisions))
        none = f"<p>{as_html(words('overview.no_decisions'))}</p>"
        draw_told(as_html(words("overview.decisions")), why, f"<ol>{first}</ol>" if decisions else none)
        if len(decisions) > FIRST:
            label = words("overview.all_decisions", n=len(decisions))
            with st.popover(label, type="tertiary", key="all_decisions", on_change="rerun") as every:
                if every.open:
                    st.markdown("\n\n".join(_all(view, decisions)))


def _first(decisions: list[DecisionsRow]) -> list[DecisionsRow]:
    """Return the first of each kind, then the remaining ones in order."""
    chosen = [next((row for row in decisions if row["kind"] == kind), None) for kind in KINDS]
    more = [row for row in decisions if row not in chosen]
    kept = [row for row in chosen if row] + more
    return [row for row in decisions if row in kept[:FIRST]]


def _all(view: View, decisions: list[DecisionsRow]) -> list[str]:
    by_kind = {kind: [row for row in decisions if row["kind"] == kind] for kind in KINDS}
    return [
        "\n".join((f"**{view.words.count(f'overview.n_{kind}', len(found))}**", "", *_listed(view, found)))
        for kind, found in by_kind.items()
        if found
    ]


def _listed(view: View, found: list[DecisionsRow]) -> list[str]:
    return [f"- {finding_of(view, row)}" for row in found]


def finding_of(view: View, row: DecisionsRow) -> str:
    """Return the finding, where it applies, who owns it and by when, and a link to its action."""
    words = view.words
    several = words.count("overview.in_countries", row["n"]) if row["n"] > 1 else words.listed(row["countries"])
    # Whether a risk is addressed is stated for all operations together, so its finding names no country.
    where = {} if row["kind"] == "gap" else {"where": several}
    found = words(f"overview.found_{row['kind']}", what=_what(view, row), **where)
    below = [*_places(view, row), *_answers_for(view, row)]
    look = look_of(theme())
    button = coloured(words(_does(row)).replace(" ", "\u00a0"), look.ink, look.hairline)
    return f"**{found}**  \n   :small[{' · '.join(below)} · [{button}]({_address(view, row)})]"


def _places(view: View, row: DecisionsRow) -> list[str]:
    """Return the countries, unless the finding already names the only one."""
    if row["kind"] == "gap":
        return [view.words("overview.rated_severe", countries=view.words.some("countries", row["countries"]))]
    # Its finding says how many they are.
    return [view.words.some("among", row["countries"])] if row["n"] > 1 else []


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
    subject = {"gap": "impact", "critical": "criterion"}[row["kind"]]
    return begin_address(view, **{subject: row["subject"]})
