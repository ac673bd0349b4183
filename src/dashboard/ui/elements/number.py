"""How is this number calculated? The sum, the answers left out, the criteria, the SQL."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

import streamlit as st

from dashboard.model.view.known import COUNTINGS
from dashboard.queries.ask import parameters, question
from dashboard.queries.elements.number import NUMBER, NumberRow
from dashboard.queries.question import Question
from dashboard.store.masking.mask import FEWEST
from dashboard.store.reading.choice import kept
from dashboard.ui.elements.answer import mark
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.number_parts import alone_in, show_items, show_made_of, show_parts
from dashboard.ui.elements.robust import said_of_number
from dashboard.ui.elements.sentences import figure_name, levels_said, reading_text
from dashboard.ui.escape import escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

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
    countries = escaped_rows(view.published, NUMBER, view.parameters())
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
    with st.expander(words.count("number.left_out", _left_out_total(countries))):
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


def _result(view: View, countries: list[NumberRow]) -> str:
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


def _left_out_total(countries: Sequence[Mapping[str, Any]]) -> int:
    return int(sum(row[f"n_{name}"] for row in countries for name in LEFT_OUT))


def _left_out(view: View, row: NumberExcludedRow) -> dict[str, str]:
    words = view.words
    return {
        words("column.operation_title"): row["operation_title"],
        words("column.criterion"): row["criterion"],
        words("column.status_title"): words(f"counts_as.{row['counts_as']}"),
        words("column.na_reason"): " · ".join(said for said in (row["na_reason"], mark(view, row)) if said),
    }
