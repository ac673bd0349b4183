"""What does the guidance page say? What fits the filters and why, and a list of everything with its own filters."""

from functools import partial

import streamlit as st

from dashboard.model.standard.advice import STEPS
from dashboard.queries.ask import ask_ahead
from dashboard.queries.guidance.rows import GuidanceForYouRow, GuidanceListRow, GuidanceStandRow
from dashboard.ui.elements.action_link import begin_action, begin_link
from dashboard.ui.elements.advice import address_of, read_link
from dashboard.ui.elements.folds import first_rows, the_rest
from dashboard.ui.elements.rated import graded
from dashboard.ui.elements.search import LIBRARY, by_kind, find, search_box, show_found, told
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escaped_rows, short
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

SEARCH = "search_library"
FOUND = 8
"""Search results of a kind shown at once."""
CARDS = 6
"""Items shown as cards, three per row, no two for the same criterion; the rest one click away."""
NAMED = 3
"""Countries named where a risk was rated."""
WIDTH = 64
"""Characters of a criterion or a risk shown on a card."""


def search(view: View) -> str:
    """Draw the search box for guidance, cases and criteria together, and return its text."""
    return search_box(view, SEARCH, "search.label", "search.example")


def results(view: View, sought: str) -> None:
    """Show the search results by kind, and say how many there are of each."""
    words, found = view.words, find(view, sought, LIBRARY)
    kinds = [words.count(f"search.n_{kind}", len(items)) for kind, items in by_kind(found).items()]
    counted = [words("search.found", sought=escape(sought), kinds=words.listed(kinds))] if kinds else []
    headline(" ".join(said for said in (*counted, told(view, found)) if said))
    show_found(view, found, FOUND)


def finding(view: View, stand: GuidanceStandRow, fitting: list[GuidanceForYouRow]) -> str:
    """Say how much within the filters is not implemented, how much guidance fits it, and where to start."""
    words = view.words
    if not stand["n_guidance"]:
        return words("guidance.nothing")
    if not stand["n_criteria"]:
        return words("guidance.no_answer")
    if not stand["n_weak"]:
        return words("guidance.all_in_place", n=stand["n_criteria"])
    text = words.count("guidance.weak", stand["n_weak"], of=stand["n_criteria"])
    if not fitting:
        return f"{text} {words('guidance.none_fits')}"
    return f"{text} {words.count('guidance.fitting', len(fitting), title=fitting[0]['title'])}"


def for_you(view: View) -> None:
    """Show what fits the filters: one card for each of the most important criteria, then the rest in order."""
    ask_ahead(view.published, ("guidance_for_you", "guidance_stand"), view.parameters())
    fitting = escaped_rows(view.published, "guidance_for_you", view.parameters())
    (stand,) = escaped_rows(view.published, "guidance_stand", view.parameters())
    headline(finding(view, stand, fitting))
    if not fitting:
        return
    st.caption(view.words("guidance.order"), help=view.words("guidance.order_help"))
    cards = [row for row in fitting if row["turn"] == 1][:CARDS]
    for start in range(0, len(cards), 3):
        for column, row in zip(st.columns(3), cards[start : start + 3], strict=False):
            with column, st.container(border=True, height="stretch"):
                _card(view, row)
    rest = [row for row in fitting if row not in cards]
    if more := the_rest(view, len(rest), "fitting"):
        with more:
            draw_table([_rest(view, row) for row in rest])


def _rest(view: View, row: GuidanceForYouRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.guidance"): _titled(view, row),
        words("column.why_here"): why(view, row),
        words("column.act"): begin_link(view, criterion=row["criterion"]),
    }


def _card(view: View, row: GuidanceForYouRow) -> None:
    st.caption(f"{step(view, row['step'])} · {row['function_title']}")
    st.markdown(f"**{row['title']}**  \n{why(view, row)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        read_link(view, "guidance", row["guidance"], view.words("guidance.read"), ":material/menu_book:")
        begin_action(view, criterion=row["criterion"])


def step(view: View, code: str) -> str:
    """Return a maturity step with the effort it takes."""
    return view.words(f"guidance.step_{code}")


def why(view: View, row: GuidanceForYouRow) -> str:
    """Say why an item is shown: its criterion, the answers to it, and the most severe unaddressed risk."""
    words = view.words
    critical = f" {words('number.critical')}" if row["critical"] else ""
    told = {"criterion": row["criterion"], "critical": critical, "answers": _answers(view, row)}
    lines = [words("guidance.why", text=_short(row["text"]), **told)]
    if row["risk"] is not None and row["countries"] is not None:
        grade = graded(view, "severity", row["severity"])
        where = _named(view, row["countries"])
        lines.append(words("guidance.why_risk", grade=grade, risk=_short(row["risk"]), countries=where))
    return "  \n".join(f":small[{line}]" for line in lines)


def _answers(view: View, row: GuidanceForYouRow) -> str:
    """Say how many answers to the criterion are no or partly, out of how many."""
    key = "both" if row["n_nil"] and row["n_part"] else "nil" if row["n_nil"] else "part"
    return view.words.count(f"guidance.why_{key}", int(row["n_answered"]), nil=row["n_nil"], part=row["n_part"])


def _short(text: str) -> str:
    return short(text.rstrip("."), WIDTH)


def _named(view: View, countries: list[str]) -> str:
    more = len(countries) - NAMED
    named = view.words.listed(countries[:NAMED])
    return view.words("setting.and_more", operations=named, n=more) if more > 0 else named


def browse(view: View) -> None:
    """Show every item that the filters keep, with its step, who acts and where."""
    words = view.words
    found = escaped_rows(view.published, "guidance_list", view.parameters())
    quick = words.count("guidance.quick", sum(row["step"] == STEPS[0] for row in found))
    headline(
        f"{words.count('guidance.kept', len(found))} {quick}"
        if found
        else words("guidance.none_kept", reset=view.reset())
    )
    _choose_steps(view)
    if not found:
        return
    first_rows(view, found, partial(_listed, view), "guidance")


def _choose_steps(view: View) -> None:
    st.pills(
        view.words("guidance.step"),
        STEPS,
        selection_mode="multi",
        key="step",
        persist_state="session",
        format_func=lambda code: step(view, code),
    )


def _listed(view: View, row: GuidanceListRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.guidance"): f"{_titled(view, row)}  \n:small[{step(view, row['step'])}]",
        words("column.functions"): "; ".join(row["functions"]),
        words("column.settings"): "; ".join(row["settings"] or []),
    }


def _titled(view: View, row: GuidanceForYouRow | GuidanceListRow) -> str:
    """Return the title with the address of the item."""
    return f"[{row['title']}]({address_of(view, 'guidance', row['guidance'])})"
