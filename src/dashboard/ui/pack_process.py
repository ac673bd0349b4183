"""The process that reads pages without a browser for a pack: asked for views once, it answers each with a leaf.

`python -m dashboard.ui.pack_process` runs the pages as scripts, each in a session of its own. It is a process because
Streamlit's simulated sessions replace the server of the process that they run in. A leaf is made from a page's view and
from what the page has drawn, with the tables that readers get of a page that draws its list itself.
"""

import logging
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, Any

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from dashboard.exports.figures_file import FiguresTable
from dashboard.exports.packs.content import Cell, Leaf, LeafScore, Listed, ShownChart
from dashboard.model.known_codes import COUNTINGS, SHOWN_AS
from dashboard.model.masking import Aliases
from dashboard.model.pages import FRONT, HIDDEN, PAGES
from dashboard.model.problem import Problem, sentence
from dashboard.model.view_state import to_query
from dashboard.queries.ask import rows
from dashboard.queries.data_method import SOURCES
from dashboard.queries.overview_headline import HEADLINE
from dashboard.queries.risks_settings import CONTEXT
from dashboard.tasks.figure_tables import figures_of
from dashboard.tasks.pack_views import ENTRY, PackRequest, PackView
from dashboard.ui import identity, page_content
from dashboard.ui.elements.figure_notes import how_sure
from dashboard.ui.elements.sentences import licence_said
from dashboard.ui.elements.show import in_words
from dashboard.ui.escape import one_line
from dashboard.ui.page_content import Carried, DrawnChart, ListedTable, approved_of, marks_of, plain, source_of
from dashboard.ui.session_state import BROWSER_VIEWS
from dashboard.ui.versions import masking
from dashboard.ui.view import View, chosen_in_words

OWED = {"owed": ("country_title", "operation_title", "n_left>n_missing")}

READERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "country/answers": {"answers": ("criterion", "text", "operation_title", "status_title", "note")},
    "country/own_risks": {"operation_risks": ("text>risk", "setting_title", "severity", "likelihood")},
    "country/facts": {"law": ("subject>law_subject", "asks>law_asks", "instrument>law_of", "verification>law_sure")},
    "country/heard": {"participation": ("operation_title", "held_on", "children", "what_changed")},
    "review": {"review": ("operation_title", "country_title", "status_title", "note")},
    "frameworks": {"standard": ("criterion", "text", "citation"), "beside_points": ("text", "citation")},
    "guidance": {"guidance_for_you": ("title>guidance", "criterion", "text", "risk", "severity")},
    "plan/actions": {
        "plan": ("text>action_text", "operation_title", "owner_role", "due_on", "status>action_status"),
    },
    "plan/effects": {"next_best": ("criterion", "text", "status_title", "severity")},
    "plan/targets": {
        "targets": (
            "area_title", "operation_title", "target_percent", "target_expected", "target", "due_on", "target_status",
        )
    },
    "collect/own": OWED,
    "collect/collect": OWED,
    "collect/answer": OWED,
    "collect/owed": OWED,
    "collect/check": OWED,
    "data/sources": {
        "sources": ("title", "publisher", "years", "licence"),
        "method": ("title>framework", "average_of", "bands"),
    },
}  # fmt: skip
"""By page and part: the tables, and of each the columns in order. `text>risk` is the column `text` below the head of
`column.risk`.
"""


ORDERS = {"targets": "due_on"}
"""By table: the column that orders it for readers, if its own order is another."""


BLANKS = {("targets", "operation_title"): "target.group", ("targets", "area_title"): "pack.all_areas"}
"""By table and column: the key of what an empty cell means."""


def readers_of(page: str, part: str) -> Mapping[str, tuple[str, ...]]:
    """Return the tables for readers of a page with a part open."""
    return READERS.get(f"{page}/{part}") or READERS.get(page) or {}


YEARS = ("year", "began", "ended")


def leaf_of(view: View, drawn: Carried, name: str = "") -> Leaf:
    """Return what the page carries. `name` is what people called the view, which stays out while names are hidden."""
    figures = tuple(_figures(view))
    charts = tuple(_shown(view, one) for one in drawn.charts)
    tables = [_listed(view, one) for one in drawn.tables]
    if not charts:
        tables += _readable(view, figures)
    standing = _standing(_as_counted(view))
    if not (charts or tables) and standing is not None:
        tables = [_stands(view, standing)]
    return Leaf(
        view.page,
        tuple(to_query(view.state).items()),
        (one_line(name) if not view.withholds else "") or _called(view),
        plain(drawn.finding) or view.words(f"page.{view.page}"),
        plain(chosen_in_words(view)),
        _rests(view, standing),
        (plain(source_of(view)), *_outside(view, [*(one.rows for one in drawn.charts), *(f.rows for f in figures)])),
        marks_of(view),
        charts,
        tuple(tables),
        figures,
        standing,
        view.masked,
        tuple(_left_out(view, problem) for problem in drawn.left_out),
        how_sure(view) if view.page == FRONT else "",
        plain(approved_of(view)),
    )


def _as_counted(view: View) -> View:
    """Return the view whose figures the page shows: as answered, if it is of those that stay so."""
    if not PAGES[view.page].stays_as_answered(view.state.part):
        return view
    return replace(view, state=replace(view.state, counting=COUNTINGS[0]))


def _left_out(view: View, problem: Problem) -> str:
    """Return what became of a part of the choice, in a sentence that speaks of the view instead of a link."""
    where = problem.column or view.words("pack.this_view")
    return plain(sentence(replace(problem, file=where, column=None), view.words))


def _called(view: View) -> str:
    """Return the title of the page, and of the part that is open or the way in which it is shown."""
    words, state = view.words, view.state
    open_part = [words(f"part.{state.part}")] if state.part in PAGES[view.page].parts else []
    shown = [words(f"show_as.{state.show_as}")] if state.show_as in SHOWN_AS.get(view.page, ()) else []
    return ": ".join([words(f"page.{view.page}"), *open_part, *shown])


def _shown(view: View, drawn: DrawnChart) -> ShownChart:
    table = None if drawn.table is None else _table(view, drawn.subject, drawn.table)
    told, points = page_content.told_of(drawn, view), tuple(map(plain, drawn.points()))
    return ShownChart(drawn.key, page_content.chart_of(drawn), told, table, points)


def _listed(view: View, one: ListedTable) -> Listed:
    table = _table(view, view.words(f"pack.table_{one.key}"), one.rows(), one.key)
    return replace(table, finding=plain(one.finding), points=tuple(map(plain, one.points())))


def _table(view: View, title: str, table: pa.Table, key: str = "") -> Listed:
    for place, name in enumerate(table.column_names):
        if name in YEARS:
            # As a text, since a year is written without a separator of thousands.
            table = table.set_column(place, name, table[name].cast(pa.string()))
    named = in_words(table, view)
    cells = (tuple(_cell(view, value) for value in row) for row in zip(*named.to_pydict().values(), strict=True))
    return Listed(title, tuple(named.column_names), tuple(cells), key=key)


def _cell(view: View, value: Any) -> Cell:
    if isinstance(value, list):
        return "; ".join(one_line(str(part)) for part in value)
    if isinstance(value, bool):
        return view.words("pack.yes" if value else "pack.no")
    return one_line(value) if isinstance(value, str) else value


def _figures(view: View) -> Iterator[FiguresTable]:
    """Yield the tables of the page for which everything they need is chosen."""
    query = to_query(view.state)
    for name, needs in PAGES[view.page].tables.items():
        if all(getattr(view.state, one) for one in needs) and not (view.masked and name in HIDDEN):
            found = figures_of(view.published, view.page, name, query, view.today)
            if isinstance(found, FiguresTable):
                yield replace(found, problems=())


def _readable(view: View, figures: Sequence[FiguresTable]) -> Iterator[Listed]:
    """Yield the tables that readers get of a page that draws its list itself."""
    part = view.state.part or next(iter(PAGES[view.page].parts), "")
    tables: dict[str, pa.Table] = {one.table: one.rows for one in figures}
    for name, columns in readers_of(view.page, part).items():
        if name in tables and tables[name].num_rows:
            table = tables[name].sort_by(ORDERS[name]) if name in ORDERS else tables[name]
            chosen = _filled(view, name, table.select([column.partition(">")[0] for column in columns]))
            heads = [column.rpartition(">")[2] for column in columns]
            title = view.words(f"table.{name}")
            if name == "law":
                # A pack of several operations has one for each country.
                countries = dict.fromkeys(map(one_line, tables[name]["country_title"].to_pylist()))
                title = view.words("law.of", countries=view.words.listed(countries))
            yield _table(view, title, chosen.rename_columns(heads), name)


def _filled(view: View, name: str, table: pa.Table) -> pa.Table:
    """Return the table with what its empty cells mean."""
    for place, column in enumerate(table.column_names):
        if key := BLANKS.get((name, column)):
            table = table.set_column(place, column, table[column].fill_null(view.words(key)))
    return table


def _standing(view: View) -> LeafScore | None:
    """Return the score of what is in view; None where nothing is asked."""
    found = {row["kind"]: row for row in rows(view.published, HEADLINE, view.parameters())}
    row = found.get(view.state.kind)
    if row is None or not row["n_applicable"]:
        return None
    answered, applicable = int(row["n_answered"] or 0), int(row["n_applicable"])
    return LeafScore(view.kind_word(), row["mean"], row["low"], row["high"], answered, applicable, row["coverage"])


def _stands(view: View, standing: LeafScore) -> Listed:
    """Return the figures of everything in view as a table, for a page without any: no slide is empty."""
    names = ("kind", "percent", "low", "high", "n_answered", "n_applicable", "coverage")
    row = (standing.kind, standing.score, standing.low, standing.high, standing.answered, standing.applicable)
    return Listed(
        view.words("pack.standing"), tuple(view.words(f"column.{n}") for n in names), ((*row, standing.coverage),)
    )


def _rests(view: View, standing: LeafScore | None) -> str:
    if standing is None:
        return view.words("pack.rests_on_nothing")
    counted = {"answered": standing.answered, "applicable": standing.applicable, "kind": standing.kind}
    said = view.words("pack.rests", **counted, coverage=standing.coverage)
    if standing.low is None or standing.high is None or standing.answered == standing.applicable:
        return said
    return f"{said} {view.words('pack.bounds', kind=standing.kind, low=standing.low, high=standing.high)}"


def _outside(view: View, shown: Iterable[pa.Table]) -> list[str]:
    """Return the outside sources of what is shown, each with its licence."""
    named = {name for table in shown if "dataset" in table.column_names for name in table["dataset"].to_pylist()}
    if view.state.part == "facts" and not view.masked:
        named |= {name for row in rows(view.published, CONTEXT, view.parameters()) for name in row["datasets"]}
    return [
        view.words(
            "pack.outside",
            title=row["title"],
            publisher=row["publisher"] or "",
            years=row["years"] or "",
            licence=licence_said(row["licence"], view.words),
        )
        for row in rows(view.published, SOURCES, view.parameters())
        if row["kind"] == "context" and row["title"] in named
    ]


SECONDS = 120.0
"""Seconds after which reading a page is given up."""


def main(asks: IO[bytes], answers: IO[bytes]) -> None:
    """Read what is asked, and answer with a leaf or the reason why there is none, view by view."""
    asked: PackRequest = pickle.load(asks)  # noqa: S301
    # Simulated sessions warn in every run that they are no real ones.
    logging.disable(logging.WARNING)
    if asked.aliases:
        masking.take_aliases(Aliases(asked.aliases))
    whole: dict[tuple[str, str, str], Leaf | str] = {}
    for view in asked.views:
        # A page of which several places show different parts is read once.
        key = view.page, repr(sorted(view.query.items())), view.name
        if key not in whole:
            whole[key] = read(asked, view)
        found = whole[key]
        pickle.dump(taken(found, view) if isinstance(found, Leaf) else found, answers)
        answers.flush()


def taken(leaf: Leaf, view: PackView) -> Leaf:
    """Return what a view takes from its page."""
    leaf = replace(leaf, appendix=view.taken.appendix)
    only = view.taken.only
    if not only:
        return leaf
    charts = tuple(one for one in leaf.charts if one.key in only)
    tables = tuple(one for one in leaf.tables if one.key in only)
    own = [*(one.told.title for one in charts), *(one.finding for one in tables)]
    return replace(leaf, charts=charts, tables=tables, finding=next(filter(None, own), leaf.finding))


def read(asked: PackRequest, one: PackView) -> Leaf | str:
    """Return everything that the page of a view carries, or why it cannot be read."""
    found: list[Leaf] = []

    def take(view: View, drawn: page_content.Carried) -> None:
        found[:] = [leaf_of(view, drawn, one.name)]

    page_content.hand_over_to(take)
    app = AppTest.from_file(ENTRY, default_timeout=SECONDS)
    app.query_params.update(_query(asked, one))
    app.context["theme"] = "light"
    app.session_state[BROWSER_VIEWS.name] = ()
    app.user = {identity.HELD: identity.written(asked.person)} if asked.person else {}
    app.switch_page(f"pages/{one.page}.py").run()
    if app.exception:
        return ""
    return found[0] if found else " ".join(said.value for said in (*app.error, *app.info))


def _query(asked: PackRequest, one: PackView) -> dict[str, str]:
    more = {"lang": asked.lang, masking.ON: "yes" if asked.safe else ""}
    return {name: text for name, text in {**one.query, **more}.items() if text}


if __name__ == "__main__":
    answered, sys.stdout = sys.stdout.buffer, sys.stderr
    main(sys.stdin.buffer, answered)
