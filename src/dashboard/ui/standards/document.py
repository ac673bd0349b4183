"""The page of a standard: the framework as a document, with its answers; then documents beside it."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from dashboard.model.known_codes import KINDS
from dashboard.model.words import Claim
from dashboard.queries.ask import ask
from dashboard.queries.standards_document import (
    BESIDE_POINTS,
    CRITERION_LINKS,
    INSTRUMENTS,
    STANDARD_AREAS,
    BesidePointsRow,
    InstrumentsRow,
    StandardAboutRow,
    StandardAreasRow,
    StandardRow,
    UncoveredRow,
)
from dashboard.ui.elements.answer_text import counts, evidence_hint, failed_sign, kind_mark, partly, source
from dashboard.ui.elements.folds import first_lines, folded
from dashboard.ui.elements.gap_links import SPEAKS, begin_link, spoken_of
from dashboard.ui.elements.legend import failed_key, show_legend
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.search_results import find, told
from dashboard.ui.elements.sentences import score_text
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

WHATS = ("right", "risk_area", "setting", "area")
AT_ONCE = 6
"""Lines on what is not covered that are shown at once."""


def about(view: View, row: StandardAboutRow) -> str:
    """Say who published the standard and when, the version of our paraphrase, and its terms of use."""
    return view.words(
        "standard.about",
        title=row["title"],
        publisher=row["publisher"],
        year=str(row["year"]),
        version=row["version"],
        edition=view.words("standard.continues", earlier=row["earlier_title"]) if row["earlier_title"] else "",
        licence=row["licence_note"],
    )


def finding(view: View, row: StandardAboutRow) -> Claim:
    """Say how much of our paraphrase is still to be verified, then how much the standard asks."""
    return Claim.of(
        "standard.finding" if len(view.kinds) > 1 else "standard.finding_alone",
        verified=_verified(row),
        areas=view.area_word().counted(view.words, row["n_areas"]),
        respect=row["n_respect"],
        support=row["n_support"],
        criteria=Claim.count("standard.n_criteria", row["n_criteria"]),
        critical=row["n_critical"],
    )


def _verified(row: StandardAboutRow) -> Claim:
    left, n = row["n_to_verify"], row["n_criteria"]
    checked = {"title": row["short_title"], "confirmed": row["n_confirmed"], "own": row["n_own_reading"]}
    if left == n:
        return Claim.count("standard.none_verified", n, title=row["short_title"])
    exact = "" if row["n_own_reading"] else "_exact"
    if left:
        return Claim.count(f"standard.to_verify{exact}", left, of=n, **checked)
    return Claim.count(f"standard.all_verified{exact}", n, **checked)


def not_covered(view: View, missing: list[UncoveredRow]) -> None:
    """Say what the standard does not cover: of the shared lists, then of other standards, many of them folded away."""
    lines = []
    for what in WHATS:
        by_owner: dict[str | None, list[str]] = {}
        for row in missing:
            if row["what"] == what:
                by_owner.setdefault(row["of"], []).append(row["title"])
        for owner, titles in by_owner.items():
            lines.append(view.words(f"standard.no_{what}", of=owner or "", titles="; ".join(titles)))
    if lines:
        first_lines(view, lines, AT_ONCE, "not_covered", between="  \n")


def held_in_part(view: View, *standards: tuple[str, str | None]) -> str:
    """Return which parts of some standards are included here, by title; empty if all are complete."""
    return " ".join(view.words("standard.held_in_part", title=title, held=held) for title, held in standards if held)


def holding(view: View, criteria: list[StandardRow], sought: str) -> tuple[list[StandardRow], str]:
    """Return the criteria that match the search, in the standard's order; say how many, and how words were read."""
    found = find(view, sought, ("criterion",))
    codes = {item.id for item in found.items} if found.n_matched == found.n_sought else set()
    held = [row for row in criteria if (row["same_as"] or row["criterion"]) in codes]
    return held, f"{view.words.count('standard.found', len(held))} {told(view, found) if held else ''}".strip()


def document(view: View, criteria: list[StandardRow], opened: bool) -> None:
    """Show the areas in order, each open or folded: its figures, text and criteria."""
    figures: dict[tuple[str, str], StandardAreasRow] = {
        (row["area"], row["kind"]): row for row in escaped_rows(view.published, STANDARD_AREAS, view.parameters())
    }
    by_area: dict[str, list[StandardRow]] = {}
    for row in criteria:
        by_area.setdefault(row["area"], []).append(row)
    met = ask(view.published, "standard_areas", view.parameters())
    show_legend(failed_key(view, met.filter(pc.is_in(met["area"], pa.array(list(by_area), pa.string())))))
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
        lines.append(
            words(
                "standard.figure",
                kind=view.kind_word(kind),
                figure=f"{score_text(view, row)} {failed_sign(row)}".strip(),
                answered=row["n_answered"],
                applicable=row["n_applicable"],
            )
        )
    return " · ".join(lines)


def _line(view: View, row: StandardRow) -> dict[str, str]:
    words = view.words
    address = view.address("", criterion=row["same_as"] or row["criterion"])
    kind = ", ".join([*kind_mark(view, row), words(f"standard.level_{row['level']}")])
    marks = [words("number.critical")] if row["critical"] else []
    marks += [words("standard.reversed")] if row["reversed"] else []
    marks += [f":small[{words(f'standard.{name}', version=row[name])}]" for name in ("added", "until") if row[name]]
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
        st.markdown(coded(f"**{row['text']}**  \n{row['area_code']} {row['area_title']}", row["criterion"]))
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
        review, act, close = st.columns([1, 2, 1], vertical_alignment="center")
        review.page_link("pages/review.py", label=words("compare.review"), query_params=view.query())
        act.markdown(begin_link(view, criterion=row["criterion"]))
        close.button(words("standard.close"), on_click=_close, width="stretch")


def _links(view: View, row: StandardRow) -> None:
    """Show what other standards say on the same subject."""
    words = view.words
    linked = escaped_rows(view.published, CRITERION_LINKS, view.parameters(criterion=row["criterion"]))
    if linked:
        st.markdown(f"**{words('standard.linked')}**", help=words("standard.linked_help"))
        said = (words("standard.link", **{**one, "strength": words(f"strength.{one['strength']}")}) for one in linked)
        st.markdown("\n".join(f"- {line}" for line in said))


def _marks(view: View, row: StandardRow) -> str:
    words = view.words
    marks = [*kind_mark(view, row), words(f"level.{row['level']}")]
    marks += [words("number.critical")] if row["critical"] else []
    marks += [words("standard.reversed")] if row["reversed"] else []
    marks += [words("standard.weight", weight=row["weight"])] if row["weight"] != 1 else []
    marks += [words(f"standard.{name}", version=row[name]) for name in ("added", "until", "since") if row[name]]
    if row["services"]:
        named = [words.titled(f"service.{one}", one) for one in row["services"]]
        marks.append(words("standard.services", services=words.listed(named)))
    return " · ".join(marks)


def _close() -> None:
    st.session_state["criterion"] = ""


def beside(view: View) -> None:
    """List the documents; each opens with its points, the criteria that meet them, and how sure each row is."""
    words = view.words
    documents = escaped_rows(view.published, INSTRUMENTS, view.parameters())
    if not documents:
        return
    points = escaped_rows(view.published, BESIDE_POINTS, view.parameters())
    st.markdown(f"**{words('beside.title')}**  \n{_points_said(view, points)}  \n:small[{words('beside.subtitle')}]")
    for document in documents:
        own = [row for row in points if row["instrument"] == document["instrument"]]
        counted = [words.count("beside.n_points", len(own))] if own else []
        title = " · ".join([f"{document['short_title']}, {document['years']}", *counted])
        if place := folded(title, f"beside_{document['instrument']}"):
            with place:
                st.markdown("  \n".join(_about_document(view, document)))
                if own:
                    draw_table([_point(view, row) for row in own])
                elif document["n_points"]:
                    st.caption(words("beside.none_kept"))


def _points_said(view: View, points: list[BesidePointsRow]) -> str:
    """Say how many points there are, how many a criterion meets, and how many are still to be verified."""
    if not points:
        return view.words("beside.nothing")
    return view.words(
        "beside.finding",
        n=len(points),
        met=sum(bool(row["criteria"]) for row in points),
        to_verify=sum(row["verification"] == "to_verify" for row in points),
    )


def _about_document(view: View, row: InstrumentsRow) -> list[str]:
    """Say what the document is, where it can be read, and which parts were not found."""
    words = view.words
    told = [f"{row['title']}. {row['publisher']}, {row['years']}.", row["text"]]
    told.append(f":small[{words('beside.address', address=row['address'] or words('beside.not_seen'))}]")
    if row["not_found"]:
        told.append(f":small[{words('beside.not_found', what='; '.join(row['not_found']))}]")
    return told


def _point(view: View, row: BesidePointsRow) -> dict[str, str]:
    words = view.words
    links = [f"[{code}]({_address(view, code)})" for code in row["criteria"]]
    return {
        words("column.text"): f"{row['text']}  \n:gray[:small[{source(view, row)} {row['code']}]]",
        words("beside.met_by"): " ".join(links) or words("beside.met_by_none"),
    }


def _address(view: View, criterion: str) -> str:
    """Return the link to a criterion on the page of its own standard."""
    known = view.known
    own = next((f for f in known.frameworks() if criterion in known.of("criterion", f)), view.state.framework)
    return view.address("frameworks", framework=own, principle=(), criterion=criterion)
