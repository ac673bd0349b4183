"""Explains how a number is calculated: the sum, the answers left out, the criteria with their answers, the SQL."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

import streamlit as st

from dashboard.model.known_codes import COUNTINGS
from dashboard.queries.ask import parameters, question
from dashboard.queries.elements import number
from dashboard.queries.question import Question
from dashboard.store.mask import FEWEST
from dashboard.store.published_codes import kept
from dashboard.ui.elements import answer_text
from dashboard.ui.elements.figure_notes import said_of_number
from dashboard.ui.elements.folds import MOST, first_rows
from dashboard.ui.elements.gap_links import begin_link
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.sentences import figure_name, levels_said, reading_text
from dashboard.ui.escape import escape, escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View


class PartTitlesRow(TypedDict):
    """A row of `part_titles`."""

    part: str
    is_family: bool
    title: str


PART_TITLES = Question("part_titles", PartTitlesRow)


def show_made_of(view: View, countries: list[number.NumberRow]) -> None:
    """Show the parts of a figure that its standard averages; nothing if it has none.

    In a room, none if one of them rests on few answers: the others would reveal it.
    """
    if not any(row["n_parts"] > 1 for row in countries):
        return
    words = view.words
    made_of = escaped_rows(view.published, number.NUMBER_MADE, view.parameters())
    st.markdown(f"**{words('number.made_of')}**")
    if len(countries) > 1:
        st.caption(words("number.made_of_one"))
    elif view.masked and any(0 < row["n_answered"] < FEWEST for row in made_of):
        st.caption(words("safe.too_few", fewest=FEWEST))
    else:
        average_of = countries[0]["average_of"]
        only = average_of == (alone := alone_in(average_of))
        if alone and not only:
            st.markdown(words(f"number.{alone}", listed=words.listed(_operations(view, made_of))))
        titles = _titles(view)
        rows = [_made_of(view, row, _names(view, row, titles, only)) for row in made_of]
        draw_table(rows)


def alone_in(average_of: str) -> str:
    """Return whether the figure of a country is the mean of its `operations` or its `groups`; empty if of neither."""
    return next((level for level in average_of.split(", ") if level in number.ALONE.values()), "")


def _operations(view: View, made_of: list[number.NumberMadeRow]) -> list[str]:
    """Return each operation with its figure, in the order of the parts."""
    figures = {row["operation_title"]: row["operation_percent"] for row in made_of}
    return [
        view.words("number.operation_silent", operation=operation)
        if percent is None
        else view.words("number.operation", operation=operation, percent=percent)
        for operation, percent in figures.items()
    ]


def _titles(view: View) -> tuple[dict[str, str], dict[str, str]]:
    """Return what families and smaller parts are called."""
    found = escaped_rows(view.published, PART_TITLES, view.parameters())
    families = {row["part"]: row["title"] for row in found if row["is_family"]}
    return families, {row["part"]: row["title"] for row in found if not row["is_family"]}


def _names(
    view: View, row: number.NumberMadeRow, titles: tuple[dict[str, str], dict[str, str]], only: bool
) -> list[str]:
    """Return the operation, family and part of a row; `only` says that the standard averages nothing but operations."""
    families, parts = titles
    below = [name for name in (families.get(row["family"]), parts.get(row["part"])) if name]
    rest = [] if only else [view.words("number.rest")]
    return [*filter(None, [row["operation_title"]]), *(below or rest)]


def _made_of(view: View, row: number.NumberMadeRow, names: Sequence[str]) -> dict[str, str]:
    """Return the line of one part; `names` are those of its operation, of its family and of itself."""
    words = view.words
    none = words("number.no_answer")
    division = words("number.sum", points=row["points"], weight=row["weight_answered"])
    return {
        words("column.part"): " · ".join(names),
        words("column.sum"): division if row["n_answered"] else none,
        words("column.figure"): "" if row["percent"] is None else words("number.part_percent", percent=row["percent"]),
        words("column.share"): words("number.share", share=round(100 * row["share"], 1)),
    }


def show_parts(view: View, countries: list[number.NumberRow]) -> None:
    """Show one row per criterion; none if a room could read single operations' answers from them."""
    if view.masked and sum(row["n_answered"] for row in countries) < FEWEST:
        st.caption(view.words("safe.too_few", fewest=FEWEST))
        return
    parts = escaped_rows(view.published, number.NUMBER_PARTS, view.parameters())
    first_rows(view, parts, partial(_part, view), "number_parts", len(parts))
    answer_text.counts_legend(view)


def show_items(view: View, countries: list[number.NumberRow]) -> None:
    """Show the documents and links behind the answers of a figure, folded away; nothing if none are named."""
    words, own = view.words, {row["country"] for row in countries}
    found = [row for row in answer_text.read_items(view, operation="") if row["country"] in own]
    if view.masked or not found:
        return
    with st.expander(words.count("evidence_item.behind", len(found))):
        draw_table(
            [
                {
                    words("column.criterion"): row["criterion"],
                    words("column.operation_title"): escape(row["operation_title"]),
                    words("column.evidence"): answer_text.item_line(view, row),
                }
                for row in found[:MOST]
            ]
        )
        if (left := len(found) - MOST) > 0:
            st.caption(words.count("show.not_listed", left))


def _part(view: View, part: number.NumberPartsRow) -> dict[str, str]:
    words = view.words
    marks = answer_text.criterion_marks(view, part)
    weight = f" {words('number.weight', weight=part['weight'])}" if part["weight"] != 1 else ""
    older = "".join(f" {_older(view, row)}" for row in part["older"])
    act = f"  \n{begin_link(view, criterion=part['criterion'])}" if part["n_nil"] or part["n_part"] else ""
    return {
        words("column.criterion"): f"{coded(part['text'], part['criterion'])}{marks}{weight}{older}{act}",
        words("column.answers"): f"{answer_text.counts(view, part)}{_checked(view, part)}",
        words("column.citation"): answer_text.source(view, part),
    }


def _checked(view: View, part: number.NumberPartsRow) -> str:
    """Say how many of the answers were reviewed; empty if none were."""
    return f"  \n{view.words('number.checked', n=part['n_checked'])}" if part["n_checked"] else ""


def _older(view: View, row: number.NumberPartsOlder) -> str:
    """Say how many answers are to the wording of an earlier version, and to which."""
    key = "older.in_number" if row["older_text"] else "older.in_number_unknown"
    return view.words.count(key, row["n"], version=row["older_version"], text=row["older_text"])


LEFT_OUT = ("not_applicable", "not_known", "unanswered")
EVIDENCE = ("none", "self", "seen", "checked", "unstated")


class NumberExcludedRow(TypedDict):
    """A row of `number_excluded`."""

    operation_title: str
    criterion: str
    counts_as: str
    na_reason: str | None


NUMBER_EXCLUDED = Question("number_excluded", NumberExcludedRow)


def show_number(view: View) -> None:
    """Show the full explanation of the figure identified by `view.state`."""
    words = view.words
    countries = escaped_rows(view.published, number.NUMBER, view.parameters())
    st.markdown(f"**{figure_name(view)}**")
    if not countries:
        st.info(words("number.nothing"))
        return
    st.markdown(_result(view, countries))
    if sure := said_of_number(view, alone=len(countries) == 1):
        st.caption(sure)
    if (counting := view.parameters()["counting"]) != COUNTINGS[0]:
        st.caption(words(f"counting.explained_{counting}"))
    _counts(view, countries)
    show_made_of(view, countries)
    st.markdown(f"**{words('number.parts')}**")
    show_parts(view, countries)
    show_items(view, countries)
    left_out = escaped_rows(view.published, NUMBER_EXCLUDED, view.parameters())
    n_left = int(sum(row[f"n_{name}"] for row in countries for name in LEFT_OUT))  # type: ignore[literal-required]
    with st.expander(words.count("number.left_out", n_left)):
        if left_out:
            draw_table([_left_out(view, row) for row in left_out])
        elif view.masked:
            st.caption(words("safe.answers"))
        st.caption(words("number.left_out_help"))
    with st.expander(words("number.sql")):
        st.code(question("number_sums"), language="sql")
        st.code(_one_line_each(_asked(view)), language="json", wrap_lines=True)
        st.caption(words("number.sql_help"))


def _asked(view: View) -> Mapping[str, object]:
    """Return the parameters of the question, with only the criteria of the selected framework; it reads no others."""
    given = view.parameters()
    own = view.known.of("criterion", view.state.framework)
    criteria = tuple(code for code in kept(view.published, given)["criteria"] if code in own)
    return parameters("number_sums", given | {"criteria": criteria})


def _one_line_each(asked: Mapping[str, object]) -> str:
    """Return the parameters as JSON. One line each: the filters may keep a hundred codes, which would bury the rest."""
    lines = (
        f" {json.dumps(name)}: {json.dumps(value, default=str, ensure_ascii=False)}" for name, value in asked.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def _result(view: View, countries: list[number.NumberRow]) -> str:
    words = view.words
    if len(countries) == 1:
        (row,) = countries
        if row["percent"] is None and row["reading"] == "count":
            return words("safe.too_few", fewest=FEWEST)
        if row["reading"] == "count":
            return words("number.few", figure=reading_text(view, row), below=row["count_below"])
        if row["reading"] == "score":
            return words(
                "number.one_of_parts" if row["n_parts"] > 1 else "number.one",
                n=row["n_parts"],
                percent=row["percent"],
                points=row["points"],
                weight=row["weight_answered"],
                band=str(row["band_title"]).lower(),
            )
        if row["reading"] == "too_few":
            return words("number.too_few", low=row["low"], high=row["high"])
        return reading_text(view, row)
    entering = [row for row in countries if row["enters"]]
    if not entering:
        return words("number.none_enters")
    return words(
        "number.mean" if entering[0]["band_title"] else "number.mean_few",
        below=entering[0]["count_below"],
        mean=entering[0]["mean_of_all"],
        n=len(entering),
        of=len(countries),
        band=str(entering[0]["band_title"]).lower(),
    )


def _counts(view: View, countries: Sequence[Mapping[str, Any]]) -> None:
    words = view.words
    first_rows(view, countries, partial(_counted, view), "number_countries", len(countries))
    rule = words("number.rule", limit=countries[0]["coverage_limit_percent"], below=countries[0]["count_below"])
    st.caption(" ".join([*_rule_of_parts(view, countries), rule]))


def _counted(view: View, row: Mapping[str, Any]) -> dict[str, str]:
    """Return the line of one country: its figure, how it is calculated, what is left out, and the evidence."""
    words = view.words
    out = (words(f"number.left_{name}", n=row[f"n_{name}"]) for name in LEFT_OUT if row[f"n_{name}"])
    seen = ((level, row[f"n_evidence_{level}"]) for level in EVIDENCE)
    answered = {"n": row["n_answered"], "of": row["n_applicable"], "coverage": row["coverage"]}
    return {
        words("column.country_title"): row["country_title"],
        words("column.figure"): reading_text(view, row),
        words("column.sum"): _sum(view, row),
        words("column.answered"): words("number.answered", **answered),
        words("column.left_out"): words.listed(out),
        words("column.evidence"): words.listed(words(f"evidence_count.{level}", n=n) for level, n in seen if n),
    }


def _rule_of_parts(view: View, countries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say how the standard makes a figure of several parts, and whether this one is its own total."""
    if not any(row["n_parts"] > 1 for row in countries):
        return []
    words, state, average_of = view.words, view.state, countries[0]["average_of"]
    narrowed = state.principle or state.risk_area or state.right or state.function
    own_total = [] if narrowed else [words("number.own_total")]
    of_alone = [words(f"number.rule_of_{alone}")] if (alone := alone_in(average_of)) else []
    levels = levels_said(view, average_of, state.framework)
    return [*own_total, words("number.rule_of_parts", levels=levels), *of_alone]


def _sum(view: View, row: Mapping[str, Any]) -> str:
    """Return the division behind the score; for a figure of several parts, their number."""
    if row["points"] is None:
        return ""
    if row["n_parts"] > 1:
        return view.words("number.sum_of_parts", n=row["n_parts"])
    return view.words("number.sum", points=row["points"], weight=row["weight_answered"])


def _left_out(view: View, row: NumberExcludedRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.operation_title"): row["operation_title"],
        words("column.criterion"): row["criterion"],
        words("column.status_title"): words(f"counts_as.{row['counts_as']}"),
        words("column.na_reason"): " · ".join(said for said in (row["na_reason"], answer_text.mark(view, row)) if said),
    }
