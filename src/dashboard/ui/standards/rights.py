"""By right: one right in words, and for each standard what serves it and where something is missing."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.charts.matrix import SELECTION, matrix
from dashboard.figures.apart import Figure
from dashboard.queries.ask import ask, ask_ahead
from dashboard.queries.standards.rows import RightCriteriaRow, RightGapsRow, TensionsRow
from dashboard.ui.elements.answer import counts, counts_legend
from dashboard.ui.elements.choose import choose_looked_at, look_at
from dashboard.ui.elements.clicked import how_button, open_menu
from dashboard.ui.elements.ends import ends_said
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.sentences import A_SAY, heard_in_choice, reading_text
from dashboard.ui.elements.show import Mark, headline, show_chart, spec_of
from dashboard.ui.escape import escape_rows, escaped_rows
from dashboard.ui.html import caption, draw_caption, draw_told, explained, folds
from dashboard.ui.marked import as_html
from dashboard.ui.view import View, with_state

Row = dict[str, Any]
NOT_COUNTED = {"n_not_applicable": 0, "n_not_known": 0, "n_unanswered": 0}
"""A country with several operations shows how many gave which answer; unanswered criteria are not gaps."""
FIRST = 5
"""Criteria shown at once; the rest one click away."""


def each_right(view: View) -> None:
    """Show how well each standard serves each right, by what, and where rights are in tension."""
    words = view.words
    cells = ask(view.published, "rights", view.parameters())
    told = escape_rows(cells)
    headline(_finding(view, told))
    if not told:
        return
    draw_caption(f"{words('rights.subtitle')} {_rounds_said(view, told)}")
    left, right = st.columns([5, 4], gap="large")
    with left:
        show_chart(
            cells,
            spec_of(matrix, view, ("rights",)),
            view,
            key="rights_chart",
            alt=words("rights.alt"),
            opens=SELECTION,
            clicked=partial(_open_cell, view.state.kind, told),
            columns=("row_title", "column_title", "reading", "percent", "low", "high", "n_answered", "n_applicable"),
            legend=words("rights.legend"),
            click=words("rights.click"),
        )
    with right:
        chosen = _choose_right(view, told)
        _in_words(view, chosen)
    given = view.parameters(focus=chosen)
    ask_ahead(view.published, ("right_criteria", "right_gaps"), given)
    criteria = escaped_rows(view.published, "right_criteria", given)
    gaps = escaped_rows(view.published, "right_gaps", given)
    served = [row for row in told if row["row_code"] == chosen]
    for column, cell in zip(st.columns(len(served), gap="medium"), served, strict=True):
        with column:
            _in_framework(
                view,
                cell,
                [row for row in criteria if row["framework"] == cell["column_code"]],
                [row for row in gaps if row["framework"] == cell["column_code"]],
            )
    if criteria:
        counts_legend(view)


def _finding(view: View, cells: list[Row]) -> str:
    """Name the highest and lowest right in the selected framework, if they can be told apart, and those it omits."""
    words = view.words
    own = [row for row in cells if row["column_code"] == view.state.framework]
    if not own:
        return words("rights.nothing", reset=reset) if (reset := view.reset()) else words("crosswalk.unlinked")
    absent = [row["row_title"] for row in own if row["reading"] == "no_link"]
    title = own[0]["column_title"]
    figures = [
        Figure(row["row_title"], row["percent"], row["low"], row["high"], row["one_step"])
        for row in own
        if row["reading"] in ("score", "count") and row["percent"] is not None
    ]
    said = ends_said(view, figures) if figures else ""
    kind = view.kind_word()
    text = (
        words(f"rights.finding{'' if view.kinds[1:] else '_alone'}", kind=kind, framework=title, ends=said)
        if said
        else words("rights.too_few", framework=title)
    )
    return f"{text} {words('rights.absent', rights=words.listed(absent))}" if absent else text


def _rounds_said(view: View, cells: list[Row]) -> str:
    """Say which round each framework shows, if it is not the selected one."""
    other = {row["column_title"]: row["round_title"] for row in cells if row["round"] != view.state.round}
    return " ".join(view.words("rights.other_round", framework=title, round=round_) for title, round_ in other.items())


def _open_cell(kind: str, cells: list[Row], mark: Mark) -> None:
    """Handle a click on a cell: put its right in focus."""
    for cell in cells:
        if (cell["row_code"], cell["column_code"]) == (mark.get("row_code"), mark.get("column_code")):
            look_at("right", cell["row_code"])
            open_menu(_figure_of(cell, kind))


def _figure_of(cell: Row, kind: str) -> dict[str, Any]:
    return {"framework": cell["column_code"], "round": cell["round"], "right": tuple(cell["asks"]), "kind": kind}


def _choose_right(view: View, cells: list[Row]) -> str:
    """Let the user choose the right in focus."""
    titles = {row["row_code"]: row["row_title"] for row in cells}
    return choose_looked_at(view, "right", titles, view.words("rights.choose"))


def _in_words(view: View, chosen: str) -> None:
    """Say what the right is, which articles it comprises, and which rights it is in tension with."""
    words = view.words
    given = view.parameters(focus=chosen)
    (row,) = escaped_rows(view.published, "right_text", given)
    named = words("rights.named") if row["named"] else ""
    articles = f"{words('rights.articles', articles=words.listed(row['articles'] or []))} {named}"
    said = [f"<p>{as_html(row['text'])}</p>", caption(articles.strip())]
    if any(article.startswith(f"{A_SAY} ") for article in row["articles"] or []):
        address = f"country?{urlencode(with_state(view.state, part='heard'))}"
        heard = f"{heard_in_choice(view)} [{words('heard.to_records')}]({address})"
        said.append(f"<p>{as_html(heard)}</p>")
    pulls = [_tension(view, chosen, pull) for pull in escaped_rows(view.published, "tensions", given)]
    draw_told("", "", *said, folds(pulls))


def _tension(view: View, chosen: str, pull: TensionsRow) -> tuple[str, str]:
    """Return what a right can conflict with, and in what way."""
    words = view.words
    other = pull["other_title"] if pull["one"] == chosen else pull["one_title"]
    text = f"{pull['text']}  \n**{words('rights.question')}** {pull['question']}"
    basis = words(f"basis.{pull['basis']}")
    shows = words("rights.shows", criteria=words.listed(pull["criteria"]), basis=basis, citation=pull["citation"])
    title = words("rights.tension", title=pull["title"], other=other)
    return title, f"<p>{as_html(text)}</p>{caption(shows)}"


def _in_framework(view: View, cell: Row, criteria: list[RightCriteriaRow], gaps: list[RightGapsRow]) -> None:
    """Show one standard's column: its figure and basis, its criteria, and where the gaps are."""
    words = view.words
    named = f"**{cell['column_title']}** · {_figure(view, cell)}"
    title = f"<p>{as_html(named)}</p>"
    if not cell["n_of_kind"]:
        none = words("rights.no_criterion" if not cell["n_criteria"] else "rights.none_of_kind")
        draw_told("", "", title, caption(none))
        return
    draw_told("", "", title, caption(_rests_on(view, cell)))
    how_button(view, f"right_{cell['column_code']}", **_figure_of(cell, view.state.kind))
    first_rows(view, criteria, partial(_line, view), f"right_{cell['column_code']}", FIRST)
    _gaps(view, gaps)


def _figure(view: View, cell: Row) -> str:
    if cell["reading"] == "score" or (cell["reading"] == "count" and cell["n_units"] > 1):
        return view.words("rights.figure", percent=cell["percent"], band=cell["band_title"].lower())
    if cell["reading"] == "no_link":
        return view.words("rights.not_served")
    return reading_text(view, cell)


def _rests_on(view: View, cell: Row) -> str:
    words = view.words
    text = words(
        "rights.rests_on",
        answered=cell["n_answered"] or 0,
        applicable=cell["n_applicable"] or 0,
        n=cell["n_shown"] or 0,
        of=cell["n_units"] or 0,
        round=cell["round_title"],
    )
    failed = int(cell["n_critical_failed"] or 0)
    return f"{text} {words.count('rights.failed', failed)}" if failed else text


def _line(view: View, row: RightCriteriaRow) -> dict[str, str]:
    words = view.words
    critical = f" {words('number.critical')}" if row["critical"] else ""
    return {
        words("column.criterion"): f"**{row['criterion']}** {row['text']}{critical}",
        words("column.now"): counts(view, row),
    }


def _gaps(view: View, gaps: list[RightGapsRow]) -> None:
    """List what countries lack, without those whose figure is withheld: the list would tell it."""
    words = view.words
    gaps = [row for row in gaps if row["percent"] is not None]
    if not gaps:
        return
    by_country: dict[str, list[RightGapsRow]] = {}
    for row in gaps:
        by_country.setdefault(row["country_title"], []).append(row)
    listed = folds(
        (
            words("rights.lacking", title=title, percent=lacking[0]["percent"], n=len(lacking)),
            f"<ul>{''.join(f'<li>{as_html(_gap(view, row))}</li>' for row in lacking)}</ul>",
        )
        for title, lacking in by_country.items()
    )
    draw_told(as_html(words("rights.least")), explained(words, [words("rights.least_help")]), listed)


def _gap(view: View, row: RightGapsRow) -> str:
    several = (row["n_full"] or 0) + (row["n_part"] or 0) + (row["n_nil"] or 0) > 1
    mark = counts(view, row | NOT_COUNTED) if several else "○" if row["n_nil"] else "◉"
    critical = f" {view.words('number.critical')}" if row["critical"] else ""
    return f"{mark} **{row['criterion']}** {row['text']}{critical}"
