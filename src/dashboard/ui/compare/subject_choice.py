"""Chooses which subjects are compared, suggests others beside them, and says what a click on one of them does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.model.known_codes import AT, HEAD_OFFICE
from dashboard.model.view_state import MOST
from dashboard.model.words import Claim
from dashboard.queries.compare.subjects import COMPARE_FIGURES, SUBJECTS, SubjectsRow
from dashboard.store.cache import once
from dashboard.store.reader import Published
from dashboard.ui.elements.folds import at_once
from dashboard.ui.elements.selection import figure_of, forget_mark, open_menu
from dashboard.ui.elements.sentences import subject_labels, subject_name
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.session_state import NUMBER, SUBJECT_OFFERED, SUBJECT_SHOWN, SUBJECT_TOUCHED
from dashboard.ui.view import View

GROUP = "group.countries"
FEWEST = 2
OFFERED = 12
"""Suggestions offered as buttons; all others are in the list."""


@dataclass(frozen=True, eq=False)
class Comparable:
    """Everything that can be compared in a round, in order. There may be thousands: made once, for all."""

    rows: Mapping[str, SubjectsRow]
    operations: frozenset[str]
    """The codes that are single operations."""
    here: tuple[str, ...]
    """The codes of what takes part in the round."""
    singles: tuple[str, ...]
    """Of these, the operations of countries."""


@dataclass(frozen=True)
class Subjects:
    """The subjects compared, in order, with their names."""

    codes: tuple[str, ...]
    titles: dict[str, str]
    operations: tuple[str, ...]
    """The codes that are single operations."""
    kept: tuple[str, ...] = ()
    """The codes that the user chose or came with; the page chose the others."""
    singles: tuple[str, ...] = ()
    """The operations of countries that take part in the round."""


def choose_subjects(view: View) -> Subjects:
    """Let the user choose two to six operations, their groups, regions or the whole group, each in any round."""
    found = _comparable(view.published, view.state.framework, view.state.round)
    title, labels = subject_name(view), subject_labels(view)
    rounds = tuple(reversed(view.known.of("round", view.state.framework)))
    chosen = list(view.state.subject)
    kept = chosen
    if not chosen and not SUBJECT_TOUCHED.is_set():
        kept = _came_with(view, found)
        chosen = kept if len(kept) >= FEWEST else [*(kept or _first_listed(found)), GROUP]
    bases = dict.fromkeys(code.partition(AT)[0] for code in chosen)
    others = [f"{base}{AT}{code}" for base in bases for code in rounds if code != view.state.round]
    options = list(dict.fromkeys([*found.here, *chosen, *others]))
    SUBJECT_SHOWN.set(chosen)
    codes = st.multiselect(
        view.words("compare.subjects"),
        options,
        key=SUBJECT_SHOWN.name,
        max_selections=MOST,
        format_func=lambda code: labels.get(code) or escape_label(title(code)),
        on_change=_touched,
        help=view.words("compare.subjects_help"),
        placeholder=view.words("compare.choose"),
    )
    named = {code: title(code) for code in codes}
    single = tuple(code for code in codes if code.partition(AT)[0] in found.operations)
    return Subjects(tuple(codes), named, single, tuple(kept), found.singles)


def subjects_in(view: View, round_: str) -> Mapping[str, SubjectsRow]:
    """Return everything that can be compared in a round, in order. There may be thousands: nobody gets their own."""
    return _comparable(view.published, view.state.framework, round_).rows


@once
def _comparable(published: Published, framework: str, round_: str) -> Comparable:
    found = escaped_rows(published, SUBJECTS, {"framework": framework, "round": round_})
    here = [row for row in found if row["in_round"]]
    return Comparable(
        {row["subject"]: row for row in found},
        frozenset(row["subject"] for row in found if row["subject_kind"] == "operation"),
        tuple(row["subject"] for row in here),
        tuple(row["subject"] for row in here if row["country"] not in (None, HEAD_OFFICE)),
    )


def who_else(subjects: Subjects) -> Claim:
    """Return the question to ask while fewer than two are chosen."""
    for title in subjects.titles.values():
        return Claim.of("compare.who_else", title=title)
    return Claim.of("compare.choose_two")


def offer_others(view: View, subjects: Subjects) -> None:
    """While fewer than two are chosen, suggest the likeliest subjects to compare, each one click away."""
    if len(subjects.kept) >= FEWEST:
        return
    words, title = view.words, subject_name(view)
    one = next(iter(subjects.kept), "").partition(AT)[0]
    found = subjects_in(view, view.state.round).values()
    first = at_once(OFFERED)
    likely = likeliest(found, _scores(view, subjects), one) if one else dict.fromkeys(subjects.singles[:first], "")

    def said(code: str) -> str:
        reason = likely[code]
        return words(f"compare.offered_{reason}", title=title(code)) if reason else title(code)

    SUBJECT_OFFERED.set(None)
    st.pills(
        words("compare.beside", title=title(one)) if one else words("compare.begin_with"),
        list(likely)[:first],
        key=SUBJECT_OFFERED.name,
        on_change=_take_offered,
        args=(subjects.kept,),
        # Pills are read as Markdown, so titles stay escaped.
        format_func=lambda code: said(code) if code in likely else code,
    )


def _came_with(view: View, found: Comparable) -> list[str]:
    """Return the subjects brought from another page: those of the country filter, or the operation viewed last."""
    chosen = view.state.country
    kept = [code for code in found.singles if found.rows[code]["country"] in chosen] if chosen else []
    return kept[:MOST] or [code for code in found.singles if code == view.state.operation]


def _first_listed(found: Comparable) -> list[str]:
    """Return the first operation in the list of operations, whose order is the same in every language."""
    return sorted(found.singles, key=lambda code: found.rows[code]["operation_no"] or 0)[:1]


def _scores(view: View, subjects: Subjects) -> dict[str, float]:
    """Return each operation's score on everything the filters keep; operations without a score are left out."""
    given = view.parameters(subject=subjects.singles, by="all", focus="", within=())
    figures = escaped_rows(view.published, COMPARE_FIGURES, given)
    return {row["subject"]: row["score"] for row in figures if row["reading"] == "score" and row["score"] is not None}


def likeliest(found: Iterable[SubjectsRow], scores: dict[str, float], one: str) -> dict[str, str]:
    """Return the suggestions to compare with `one`, each with its reason.

    First the whole group, then its group of operations, its region, the nearest score, neighbouring countries, and all
    others. The reason is `near` or `region`, or empty if the title says enough.
    """
    rows = {row["subject"]: row for row in found if row["in_round"]}
    region = rows[one]["region"] if one in rows else None
    kind = rows[one]["subject_kind"] if one in rows else ""
    alike = [
        code
        for code, row in rows.items()
        if row["subject_kind"] == ("operations" if kind == "operations" else "operation") and row["country"] != "GROUP"
    ]
    at = scores.get(one)

    def apart(code: str) -> float:
        return abs(scores[code] - at) if at is not None and code in scores else 1.0

    nearest = sorted((code for code in alike if code != one), key=apart)
    means = [code for code, row in rows.items() if row["subject_kind"] == "region" and row["title"] == region]
    own = [group] if one in rows and (group := rows[one]["of_group"]) in rows else []
    likely = dict.fromkeys([GROUP, *own, *means], "")
    if nearest and apart(nearest[0]) < 1:
        likely[nearest[0]] = "near"
    neighbours = [code for code in nearest if region is not None and rows[code]["region"] == region]
    likely |= {code: "region" for code in neighbours if code not in likely}
    likely |= {code: "" for code in nearest if code not in likely}
    return {code: reason for code, reason in likely.items() if code != one}


def _take_offered(kept: tuple[str, ...]) -> None:
    st.session_state["subject"] = (*kept, SUBJECT_OFFERED.now())
    SUBJECT_TOUCHED.set(True)


def _touched() -> None:
    st.session_state["subject"] = SUBJECT_SHOWN.now()
    SUBJECT_TOUCHED.set(True)


Figure = tuple[Mapping[str, str | tuple[str, ...]], str]
"""The fields of a figure, and the kind of explanation it has."""


def figures_of(view: View, subjects: tuple[str, ...], only_common: bool) -> dict[str, Figure]:
    """Return the fields of each subject's figure, with its explanation unless only common criteria are compared."""
    found = {code: _figure(view, code) for code in subjects}
    return {code: (fields, "" if only_common else by) for code, (fields, by) in found.items()}


def _figure(view: View, code: str) -> Figure:
    """Return the fields of an operation's own figure, or for a mean those of its countries, with its explanation.

    Nothing explains the figure of a group of operations.
    """
    base, _, at = code.partition(AT)
    round_ = at or view.state.round
    rows = subjects_in(view, round_)
    row = rows.get(base)
    if row is None or row["subject_kind"] == "operation":
        fields, by = figure_of(view, base)
        return {**fields, "round": round_}, by
    if row["subject_kind"] == "operations":
        return {"round": round_}, ""
    countries = dict.fromkeys(
        one["country"]
        for one in rows.values()
        if one["country"] and one["country"] != HEAD_OFFICE and (base == GROUP or one["region"] == row["title"])
    )
    return {"country": tuple(countries), "round": round_}, NUMBER


def look_or_open(facet: str, kind: str, figures: Mapping[str, Figure]) -> Callable[[Mapping[str, str]], None]:
    """Return the click handler of the chart; a click on the row in focus ends the focus."""

    def clicked(mark: Mapping[str, str]) -> None:
        code = mark.get("code", "")
        if (subject := mark.get("subject", "")) in figures:
            st.session_state["focus"] = code
            fields, explained_by = figures[subject]
            open_menu({**fields, facet: code, "kind": kind}, explained_by)
        else:
            st.session_state["focus"] = "" if st.session_state["focus"] == code else code
            forget_mark()

    return clicked


def open_part(mark: Mapping[str, str]) -> None:
    """Handle a click on a part of the gap: put its principle in focus."""
    st.session_state["focus"] = mark.get("code", "")
    st.session_state["by"] = "principle"
    if mark:
        open_menu({"principle": mark["code"]}, "part")
