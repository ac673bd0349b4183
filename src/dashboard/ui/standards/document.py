"""What does the page of a standard say? The framework as a document, with the answers beside each criterion."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.model.view.known import KINDS
from dashboard.queries.standards.rows import (
    CriterionLinksRow,
    StandardAboutRow,
    StandardAreasRow,
    StandardRow,
    UncoveredRow,
)
from dashboard.ui.elements.action_link import begin_action
from dashboard.ui.elements.advice import SPEAKS, spoken_of
from dashboard.ui.elements.answer import counts, evidence_hint, kind_mark, partly, source
from dashboard.ui.elements.search import find, search_box, told
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View, with_state

SEARCH = "search_standard"
WHATS = ("area", "right", "risk_area", "setting")


def about(view: View, row: StandardAboutRow) -> str:
    """Say who published the standard and when, the version of our paraphrase, and its terms of use."""
    words = view.words
    edition = words("standard.continues", earlier=row["earlier_title"]) if row["earlier_title"] else ""
    return words(
        "standard.about",
        title=row["title"],
        publisher=row["publisher"],
        year=str(row["year"]),
        version=row["version"],
        edition=edition,
        licence=row["licence_note"],
    )


def finding(view: View, row: StandardAboutRow) -> str:
    """Say how much of our paraphrase is still to be verified, then how much the standard asks."""
    return view.words(
        "standard.finding" if len(view.kinds) > 1 else "standard.finding_alone",
        verified=_verified(view, row),
        areas=view.area_word().counted(view.words, row["n_areas"]),
        respect=row["n_respect"],
        support=row["n_support"],
        criteria=view.words.count("standard.n_criteria", row["n_criteria"]),
        critical=row["n_critical"],
    )


def _verified(view: View, row: StandardAboutRow) -> str:
    left = row["n_to_verify"]
    some = ("standard.to_verify" if left else "standard.all_verified") + ("" if row["n_own_reading"] else "_exact")
    return view.words(
        "standard.none_verified" if left == row["n_criteria"] else some,
        title=row["short_title"],
        n=left,
        of=row["n_criteria"],
        confirmed=row["n_confirmed"],
        own=row["n_own_reading"],
    )


def not_covered(view: View, missing: list[UncoveredRow]) -> str:
    """Say what the standard does not cover, in sentences; nothing if it covers everything."""
    words = view.words
    lines = []
    for what in WHATS:
        by_owner: dict[str | None, list[str]] = {}
        for row in missing:
            if row["what"] == what:
                by_owner.setdefault(row["of"], []).append(row["title"])
        lines += [
            words(f"standard.no_{what}", of=owner or "", titles="; ".join(titles)) for owner, titles in by_owner.items()
        ]
    return "  \n".join(lines)


def held_in_part(view: View, *standards: tuple[str, str | None]) -> str:
    """Return which parts of some standards are included here, by title; empty if all are complete."""
    return " ".join(view.words("standard.held_in_part", title=title, held=held) for title, held in standards if held)


def search(view: View) -> str:
    """Draw the search box for the standard, and return its text."""
    return search_box(view, SEARCH, "standard.search", "standard.search_example")


def holding(view: View, criteria: list[StandardRow], sought: str) -> tuple[list[StandardRow], str]:
    """Return the criteria that match the search, in the standard's order; say how many, and how words were read."""
    found = find(view, sought, ("criterion",))
    codes = {item.id for item in found.items} if found.n_matched == found.n_sought else set()
    held = [row for row in criteria if (row["same_as"] or row["criterion"]) in codes]
    return held, f"{view.words.count('standard.found', len(held))} {told(view, found) if held else ''}".strip()


def document(view: View, criteria: list[StandardRow], opened: bool) -> None:
    """Show the areas in order, each open or folded: its figures, text and criteria."""
    figures: dict[tuple[str, str], StandardAreasRow] = {
        (row["area"], row["kind"]): row for row in escaped_rows(view.published, "standard_areas", view.parameters())
    }
    by_area: dict[str, list[StandardRow]] = {}
    for row in criteria:
        by_area.setdefault(row["area"], []).append(row)
    for area, own in by_area.items():
        first = own[0]
        title = view.words(
            "standard.area",
            title=f"**{first['area_code']} {first['area_title']}**",
            criteria=view.words.count("standard.n_criteria", len(own)),
            figures=_figures(view, [figures.get((area, kind)) for kind in KINDS]),
        )
        # With all areas open the key differs, so that areas folded by hand before are open too.
        fold = st.expander(title, expanded=opened, key=f"standard_{area}_{opened}", on_change="rerun")
        if fold.open:
            with fold:
                st.markdown(first["area_text"])
                draw_table([_line(view, row) for row in own])


def _figures(view: View, figures: Sequence[StandardAreasRow | None]) -> str:
    """Return respect and support of one area, each with the share it rests on."""
    words = view.words
    lines = []
    for kind, row in zip(KINDS, figures, strict=True):
        if row is None:
            continue
        several = row["reading"] == "count" and row["n_units"] > 1 and row["percent"] is not None
        figure = words("reading.score", percent=row["percent"]) if several else reading_text(view, row)
        flag = " ▼" if row["n_critical_failed"] else ""
        lines.append(
            words(
                "standard.figure",
                kind=view.kind_word(kind),
                figure=f"{figure}{flag}",
                answered=row["n_answered"],
                applicable=row["n_applicable"],
            )
        )
    return " · ".join(lines)


def _line(view: View, row: StandardRow) -> dict[str, str]:
    words = view.words
    address = "?" + urlencode(with_state(view.state, criterion=row["same_as"] or row["criterion"]))
    kind = ", ".join([*kind_mark(view, row), words(f"standard.level_{row['level']}")])
    marks = [words("number.critical")] if row["critical"] else []
    marks += [words("standard.reversed")] if row["reversed"] else []
    marks += [f":small[{words('standard.added', version=row['added'])}]"] if row["added"] else []
    more = [
        f":small[{line}]"
        for line in (
            *partly(view, row["partly"]),
            *evidence_hint(view, row["evidence_hint"]),
            *_serves(view, row),
        )
    ]
    return {
        words("column.criterion"): "  \n".join([f"[{row['criterion']}]({address})", kind, *marks]),
        words("column.text"): "  \n".join([row["text"], *more, f":gray[:small[{source(view, row)}]]"]),
        words("column.now"): _answers(view, row),
    }


def _answers(view: View, row: StandardRow) -> str:
    if row["same_as"]:
        return view.words("standard.same_as", criterion=row["same_as"])
    return counts(view, row) if row["n_asked"] else view.words("reading.not_covered")


def _serves(view: View, row: StandardRow) -> list[str]:
    """Return the rights, risk areas and functions a criterion refers to, one line each."""
    served = {"rights": row["rights"], "risk_areas": row["risk_areas"], "functions": row["functions"]}
    return [
        f"{view.words(f'standard.{name}')} {view.words.listed(titles)}" for name, titles in served.items() if titles
    ]


def in_full(view: View, row: StandardRow) -> None:
    """Show one criterion with everything about it, its current answers and its own address."""
    words = view.words
    with st.container(border=True):
        st.markdown(f"**{row['criterion']}** · {row['area_code']} {row['area_title']}  \n{row['text']}")
        st.caption(_marks(view, row))
        lines = {
            **({"standard.partly_when": row["partly"]} if row["partly"] else {}),
            **({"standard.answered_with": words.listed(row["answered_with"])} if row["answered_with"] else {}),
            **({"standard.evidence": row["evidence_hint"]} if row["evidence_hint"] else {}),
            "standard.rights": words.listed([*(row["rights"] or []), *(row["articles"] or [])]),
            "standard.risk_areas": words.listed(row["risk_areas"] or []),
            "standard.functions": words.listed(row["functions"] or []),
            "standard.settings": words.listed(row["settings"] or []),
            "standard.source": source(view, row),
            "standard.answers": _answers(view, row),
            **{f"standard.{what}": spoken_of(view, row["criterion"], what) for what in SPEAKS},
        }
        st.markdown("\n".join(f"- **{words(key)}** {text or words('standard.none')}" for key, text in lines.items()))
        _links(view, row)
        review, act, close = st.columns([2, 1, 1], vertical_alignment="center")
        review.page_link("pages/review.py", label=words("compare.review"), query_params=with_state(view.state))
        with act:
            begin_action(view, criterion=row["criterion"])
        close.button(words("standard.close"), on_click=_close, width="stretch")


def _links(view: View, row: StandardRow) -> None:
    """Show what other standards say on the same subject."""
    linked = escaped_rows(view.published, "criterion_links", view.parameters(criterion=row["criterion"]))
    if linked:
        st.markdown(f"**{view.words('standard.linked')}**", help=view.words("standard.linked_help"))
        st.markdown("\n".join(f"- {_link(view, one)}" for one in linked))


def _link(view: View, row: CriterionLinksRow) -> str:
    return view.words(
        "standard.link",
        strength=view.words("strength." + row["strength"]),
        framework_title=row["framework_title"],
        criterion=row["criterion"],
        text=row["text"],
    )


def _marks(view: View, row: StandardRow) -> str:
    words = view.words
    marks = [*kind_mark(view, row), words(f"level.{row['level']}")]
    marks += [words("number.critical")] if row["critical"] else []
    marks += [words("standard.reversed")] if row["reversed"] else []
    marks += [words("standard.weight", weight=row["weight"])] if row["weight"] != 1 else []
    marks += [words(f"standard.{name}", version=row[name]) for name in ("added", "since") if row[name]]
    if row["services"]:
        named = [words(f"service.{s}") if words.has(f"service.{s}") else s for s in row["services"]]
        marks.append(words("standard.services", services=words.listed(named)))
    return " · ".join(marks)


def _close() -> None:
    st.session_state["criterion"] = ""
