"""What does the guidance page say? One list: what helps with gaps and why, then everything else."""

from functools import partial

import streamlit as st

from dashboard.model.claim import Claim, Claims
from dashboard.model.standard.advice import STEPS
from dashboard.queries.ask import ask_ahead
from dashboard.queries.guidance.guidance_for_you import GUIDANCE_FOR_YOU, GuidanceForYouRow
from dashboard.queries.guidance.guidance_stand import GUIDANCE_STAND, GuidanceStandRow
from dashboard.queries.guidance.questions import GUIDANCE_LIST, GuidanceListRow
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.advice import address_of
from dashboard.ui.elements.answer import critical_mark
from dashboard.ui.elements.folds import FIRST, first_rows
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.rated import graded
from dashboard.ui.elements.search import LIBRARY, by_kind, find, search_box, show_found, told
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape, escaped_rows, short
from dashboard.ui.view import View

SEARCH = "search_library"
FOUND = 8
"""Search results of a kind shown at once."""
FITTING = 8
"""Items shown that help with gaps; the rest one click away."""
OTHERS = 3
"""Others shown below them."""
WIDTH = 64
"""Characters shown of a criterion or a risk."""


def search(view: View) -> str:
    """Draw the search box for guidance, cases and criteria together, and return its text."""
    return search_box(view, SEARCH, "search.label", "search.example")


def results(view: View, sought: str) -> None:
    """Show the search results by kind, and say how many there are of each."""
    found = find(view, sought, LIBRARY)
    kinds = [Claim.count(f"search.n_{kind}", len(items)) for kind, items in by_kind(found).items()]
    counted = [Claim.of("search.found", sought=escape(sought), kinds=kinds)] if kinds else []
    headline(view.words, *counted, told(view, found))
    show_found(view, found, FOUND)


def finding(stand: GuidanceStandRow, helping: list[GuidanceForYouRow], fitting: list[GuidanceForYouRow]) -> Claims:
    """Say how much within the filters is not implemented, how much guidance helps, and where to start.

    `helping` helps with something; `fitting` are those of it at the selected steps.
    """
    if not stand["n_guidance"]:
        return (Claim.of("guidance.nothing"),)
    said = _weak(stand)
    if not stand["n_weak"] and not stand["n_only_before"]:
        return said
    if not helping:
        return *said, Claim.of("guidance.none_fits")
    if not fitting:
        return *said, Claim.of("guidance.none_at_step")
    return *said, Claim.count("guidance.fitting", len(fitting), title=fitting[0]["title"])


def _weak(stand: GuidanceStandRow) -> Claims:
    """Say how many answered criteria are not in place everywhere, and how many others failed and fell silent."""
    of, told = stand["n_criteria"], []
    if stand["n_weak"]:
        told.append(Claim.count("guidance.weak", stand["n_weak"], of=of))
    elif of:
        told.append(Claim.of("guidance.all_in_place", n=of))
    if stand["n_only_before"]:
        told.append(Claim.count("guidance.only_before", stand["n_only_before"]))
    return tuple(told) or (Claim.of("guidance.no_answer"),)


def library(view: View) -> None:
    """Show what helps with gaps, most important first, then everything else that the filters keep."""
    words = view.words
    ask_ahead(view.published, ("guidance_for_you", "guidance_stand", "guidance_list"), view.parameters())
    helping = escaped_rows(view.published, GUIDANCE_FOR_YOU, view.parameters())
    (stand,) = escaped_rows(view.published, GUIDANCE_STAND, view.parameters())
    listed = escaped_rows(view.published, GUIDANCE_LIST, view.parameters())
    fitting = [row for row in helping if not view.state.step or row["step"] in view.state.step]
    headline(words, *finding(stand, helping, fitting))
    _choose_steps(view)
    if fitting:
        st.caption(words("guidance.order"), help=words("guidance.order_help"))
        # No two at the top for the same criterion.
        first_rows(view, sorted(fitting, key=lambda row: row["turn"] > 1), partial(_fitting, view), "fitting", FITTING)
    named = {row["guidance"] for row in fitting}
    others = [row for row in listed if row["guidance"] not in named]
    if others:
        head = "guidance.others" if fitting else "guidance.kept"
        st.markdown(f"**{words.count(head, len(others))}**")
        first_rows(view, others, partial(_listed, view), "guidance", OTHERS if fitting else FIRST)
    elif not fitting:
        st.caption(words("guidance.none_kept", reset=view.reset()))


def _fitting(view: View, row: GuidanceForYouRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.guidance"): _titled(view, row, row["function_title"]),
        words("column.why_here"): why(view, row),
        words("column.act"): begin_link(view, criterion=row["criterion"]),
    }


def step(view: View, code: str) -> str:
    """Return a maturity step with the effort it takes."""
    return view.words(f"guidance.step_{code}")


def why(view: View, row: GuidanceForYouRow) -> str:
    """Say why an item is shown: its criterion, the answers to it, and the most severe unaddressed risk."""
    words = view.words
    said = words(
        "guidance.why", text=_short(row["text"]), critical=critical_mark(view, row), answers=_answers(view, row)
    )
    lines = [coded(said, row["criterion"])]
    if row["risk"] is not None and row["countries"] is not None:
        grade = graded(view, "severity", row["severity"])
        where = words.some("countries", row["countries"])
        lines.append(words("guidance.why_risk", grade=grade, risk=_short(row["risk"]), countries=where))
    return "  \n".join(f":small[{line}]" for line in lines)


def _answers(view: View, row: GuidanceForYouRow) -> str:
    """Say how many answers to the criterion are no or partly, out of how many, and how many failures fell silent."""
    words, told = view.words, []
    if row["n_nil"] or row["n_part"]:
        key = "both" if row["n_nil"] and row["n_part"] else "nil" if row["n_nil"] else "part"
        told.append(words.count(f"guidance.why_{key}", int(row["n_answered"]), nil=row["n_nil"], part=row["n_part"]))
    if row["n_failed_before"]:
        told.append(words.count("guidance.why_before", int(row["n_failed_before"])))
    return "; ".join(told)


def _short(text: str) -> str:
    return short(text.rstrip("."), WIDTH)


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
        words("column.guidance"): _titled(view, row),
        words("column.functions"): "; ".join(row["functions"]),
        words("column.settings"): "; ".join(row["settings"] or []),
    }


def _titled(view: View, row: GuidanceForYouRow | GuidanceListRow, *more: str) -> str:
    """Return the title with the address of the item, its step, and what else is said of it."""
    quiet = " · ".join((step(view, row["step"]), *more))
    return f"[{row['title']}]({address_of(view, 'guidance', row['guidance'])})  \n:gray[:small[{quiet}]]"
