"""The parts of the data page, one function each, with where everything comes from and the method."""

from collections.abc import Callable
from datetime import date
from typing import TypedDict

import streamlit as st

from dashboard.figures.read import rules
from dashboard.loading.yaml_file import ENGLISH
from dashboard.model.known_codes import GRADES, OF_SEVERITY
from dashboard.model.permissions import Deed
from dashboard.model.words import Claim, Words
from dashboard.queries.ask import rows
from dashboard.queries.data_method import METHOD, SOURCES, MethodRow, SourcesRow
from dashboard.queries.elements.number import ALONE
from dashboard.queries.question import Question
from dashboard.store.cache import once
from dashboard.store.publishing.library_tables import stored_library
from dashboard.store.reader import Published
from dashboard.store.sql import sql
from dashboard.tasks.translations import texts_in
from dashboard.ui.data import publication
from dashboard.ui.data.robustness import show_robustness
from dashboard.ui.data.roles import role_table, show_names
from dashboard.ui.data.tokens import show_tokens
from dashboard.ui.editing.editor import ask_who, may_write
from dashboard.ui.elements.closed_rounds import show_rounds
from dashboard.ui.elements.folds import first_rows, folded, section
from dashboard.ui.elements.sentences import levels_said, licence_said
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

FIGURES = ("score", "coverage", "bounds", "unknown")
RULES = (
    "critical",
    "group",
    "change",
    "common",
    "areas",
    "severity",
    "round",
)


class VersionsRow(TypedDict):
    """A row of `versions`."""

    title: str
    version: str
    step: int | None
    published_on: date | None
    n_turned: int
    n_mended: int
    n_answers: int


VERSIONS = Question("versions", VersionsRow)


def finding(sources: list[SourcesRow]) -> Claim:
    """Say how many standards and outside datasets there are, how many terms are unclear, and what is confirmed."""
    of_frameworks = [row for row in sources if row["kind"] == "framework"]
    standards = len(of_frameworks)
    confirmed = [
        Claim.of("data.confirmed_of", title=row["short_title"], n=row["n_confirmed"], of=row["n"])
        for row in of_frameworks
    ]
    open_ = sum(row["licence"] == "to_verify" for row in sources)
    key = "data.sources_found" if open_ else "data.sources_sound"
    counted = {"standards": standards, "outside": len(sources) - standards}
    found = [Claim.count(f"data.{of}", n) for of, n in counted.items() if n]
    return Claim.of(key, found=found, open=open_, confirmed=confirmed)


def source_table(view: View, sources: list[SourcesRow]) -> None:
    """Show frameworks and outside datasets with publisher, years and licence."""
    words = view.words
    lines = [
        {
            words("column.title"): row["title"],
            words("column.publisher"): row["publisher"],
            words("column.years"): row["years"],
            words("column.licence"): "  \n".join([licence_said(row["licence"], words), *_held(view, row)]),
            words("column.n"): words.count(f"data.n_{row['kind']}", row["n"], version=row["version"]),
            words("column.verified"): _verified(view, row),
        }
        for row in sources
    ]
    first_rows(view, lines, dict, "sources", len(lines))
    st.caption(f"{words('data.mapping')} {words('data.verified_help')}")


def _verified(view: View, row: SourcesRow) -> str:
    """Say how many criteria of a framework were checked against its text; empty for an outside dataset."""
    if row["n_to_verify"] is None:
        return ""
    return view.words("data.verified", confirmed=row["n_confirmed"], own=row["n_own_reading"], open=row["n_to_verify"])


def _held(view: View, row: SourcesRow) -> list[str]:
    return (
        [view.words("standard.held_in_part", title=row["title"], held=row["held_in_part"])]
        if row["held_in_part"]
        else []
    )


def version_table(view: View, versions: list[VersionsRow]) -> None:
    """Show every version of each framework: its date, how many answered it, and what has changed since."""
    words = view.words
    draw_table(
        [
            {
                words("column.framework"): words("method.version", title=row["title"], version=row["version"]),
                words("column.published"): _published(view, row),
                words("column.answers"): words.shown(row["n_answers"]),
                words("column.since_then"): _since_then(view, row),
            }
            for row in versions
        ]
    )
    st.caption(words("data.versions_help"))


def _published(view: View, row: VersionsRow) -> str:
    if row["step"] is None:
        return view.words("data.version_named")
    return view.words("data.version_published", step=row["step"], on=row["published_on"])


def _since_then(view: View, row: VersionsRow) -> str:
    changed = {"turned": row["n_turned"], "mended": row["n_mended"]}
    parts = [view.words.count(f"data.words_{name}", n) for name, n in changed.items() if n]
    return view.words.listed(parts) or view.words("data.words_same")


def _average_of(view: View, row: MethodRow) -> str:
    words, average_of = view.words, row["average_of"]
    of_criteria = average_of == "criteria"
    levels = "" if of_criteria else levels_said(view, average_of, row["framework"])
    said = words("method.average_of_criteria") if of_criteria else words("method.average_of_parts", levels=levels)
    alone = ALONE.get(row["country_figure"])
    return f"{said}. {words(f'method.average_of_{alone}')}" if alone else said


def _scale(view: View, row: MethodRow) -> str:
    """Return the answers of a standard with their values, and how many criteria have other ones."""
    more = {"own_scale": row["n_own_scale"], "reversed": row["n_reversed"]}
    return "; ".join([row["scale"], *(view.words.count(f"method.{name}", n) for name, n in more.items() if n)])


def method(view: View, frameworks: list[MethodRow]) -> None:
    """Show the rules in words, the parameters set in each framework's file, and the code itself."""
    words = view.words
    apart = "apart" if any(len(view.known.kinds(row["framework"])) > 1 for row in frameworks) else "apart_alone"
    st.markdown("\n".join(f"- {words(f'method.{rule}')}" for rule in (*FIGURES, apart, *RULES)))
    draw_table(
        [
            {
                words("column.framework"): words("method.version", title=row["title"], version=row["version"]),
                words("column.scale"): _scale(view, row),
                words("column.average_of"): _average_of(view, row),
                words("column.bands"): row["bands"],
                words("column.limits"): words(
                    "method.limits",
                    limit=round(100 * row["coverage_limit"]),
                    below=row["count_below"],
                    weighted=row["n_weighted"],
                    critical=row["n_critical"],
                ),
            }
            for row in frameworks
        ]
    )
    _needs(view)
    for file, text, language in (("readings", rules(), "python"), ("scoring", sql("scoring"), "sql")):
        if place := folded(words(f"method.{file}"), f"method_{file}"):
            place.code(text, language=language)


def _needs(view: View) -> None:
    """Show what each grade of severity needs, the highest first, with an example, and why."""
    words = view.words
    parts = (*OF_SEVERITY, "example")
    lines = [
        {
            words("grade.severity"): words("rating.grade", grade=grade, title=words(f"grade.severity_{grade}")),
            **{words(f"rating.{part}"): words(f"rating.{part}_{grade}") for part in parts},
        }
        for grade in reversed(GRADES)
    ]
    draw_table(lines, words("rating.title"))
    st.markdown(f"{words('rating.rule')}\n\n{words('rating.why')}")


def sources(view: View) -> None:
    """Show where everything comes from, every version of each framework, the method, and who may do what."""
    words = view.words
    found = escaped_rows(view.published, SOURCES, view.parameters())
    headline(words, finding(found))
    source_table(view, found)
    st.markdown(f"**{words('data.versions')}**")
    version_table(view, escaped_rows(view.published, VERSIONS, view.parameters()))
    if said := _translated(view):
        st.caption(said)
    if place := section(words("data.method"), "method"):
        with place:
            method(view, escaped_rows(view.published, METHOD, view.parameters()))
    st.markdown(f"**{words('roles.title')}**")
    role_table(view)
    show_names(view)
    show_tokens(view)


def _translated(view: View) -> str:
    """Say how many texts of the reader's language there are in each state; empty in English."""
    words = view.words
    if words.language == ENGLISH:
        return ""
    states = _states(view.published, words)
    return words(
        "translation.counted", counts=[f"{words(f'translation.{state}')} {words.shown(n)}" for state, n in states]
    )


@once
def _states(published: Published, words: Words) -> list[tuple[str, int]]:
    with published.cursor() as cursor:
        library = stored_library(cursor)
    return texts_in(words.language, words, library).states().most_common()


def publications(view: View) -> None:
    """Show the current publication, its history, and the way to make the next."""
    words = view.words
    revision = view.published.revision
    headline(words, Claim.of("data.finding", number=revision.number, at=date.fromisoformat(revision.at[:10])))
    st.caption(publication.contents(view, escaped_rows(view.published, publication.CONTENTS, view.parameters())[0]))
    st.caption(publication.space(view))
    if said := publication.copied(view):
        st.caption(said)
    st.markdown(f"**{words('data.problems')}**")
    publication.problem_list(view, rows(view.published, publication.PROBLEMS, view.parameters()))
    st.markdown(f"**{words('data.history')}**")
    publication.history_table(view)
    st.markdown(f"**{words('data.change')}**")
    writer = ask_who(view, Deed.LOAD, reason=True) if may_write(view, Deed.LOAD) else None
    st.markdown(f"**{words('rounds.title')}**")
    show_rounds(view, writer)
    if writer is not None:
        st.markdown(f"**{words('data.bring')}**")
        publication.bring(view, writer)


PARTS: dict[str, Callable[[View], None]] = {
    "sources": sources,
    "publications": publications,
    "robustness": show_robustness,
}
