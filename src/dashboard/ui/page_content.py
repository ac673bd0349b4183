"""Records what a page draws in this run: its finding, and its charts as self-explanatory pictures to take away."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

import pyarrow as pa

from dashboard.charts.look import SIGNS, Look, Spec, sign_svg
from dashboard.exports.picture import Chart, ChartTexts, Ink
from dashboard.model.problem import Problem
from dashboard.model.words import Claim, Claims
from dashboard.queries.every_page import ILLUSTRATIVE
from dashboard.queries.standards_document import STANDARD_ABOUT
from dashboard.tasks.approvals import approval_said
from dashboard.ui.escape import escape, escape_label, escaped_rows
from dashboard.ui.view import View, ViewSource, chosen_in_words

IMAGE = re.compile(r"!\[[^\]]*\]\(data:image/svg\+xml,([^ )]+)[^)]*\)")
STARS = re.compile(r"(?<!\\)\*+")
DRESS = re.compile(r":(?:small|gray|material/)\w*\[?|(?<!\\)\]|  \n")
"""Markup that only styles a text on the page and carries no meaning."""
MARK = re.compile(r"(<svg.*?</svg>)", re.DOTALL)
SIGN = re.compile(f"([{''.join(SIGNS)}])")
NOT_PUBLISHED = {ViewSource.TRIAL: "picture.on_trial", ViewSource.SCENARIO: "picture.imagined"}


@dataclass(frozen=True)
class DrawnChart:
    """One chart of the page; `subject` says what it shows, `legend` what its marks mean, as Markdown or SVG."""

    key: str
    subject: str
    spec: Spec
    rows: pa.Table
    look: Look
    legend: tuple[str, ...]
    table: pa.Table | None = None
    """The columns of its rows that make sense to a reader."""
    finding: str = ""
    """What the chart alone shows, in one sentence, as Markdown; empty if it is what the page finds."""
    points: Callable[[], Sequence[str]] = tuple
    """Gives sentences to stand beside it outside the page, as Markdown."""


@dataclass(frozen=True)
class ListedTable:
    """A table without a chart; `rows` gives all of them, which the page need not read to show the first ones.

    `finding` and `points` are as those of a chart.
    """

    key: str
    rows: Callable[[], pa.Table]
    finding: str = ""
    points: Callable[[], Sequence[str]] = tuple


@dataclass(frozen=True)
class Carried:
    """What a page has drawn: its finding, its charts, its tables without a chart, by key, and what was left out.

    `left_out` are problems of its choice, with the label of the field and the title of the code; `claims` are what the
    finding states, `stated` what its lists of gaps and of matters do.
    """

    finding: str
    charts: tuple[DrawnChart, ...]
    tables: tuple[ListedTable, ...]
    left_out: tuple[Problem, ...] = ()
    claims: Claims = ()
    stated: Claims = ()


@dataclass
class _Run(threading.local):
    """The state of the run in this thread."""

    view: View | None = None
    title: str = ""
    claims: Claims = ()
    stated: Claims = ()
    place: AbstractContextManager[object] = field(default_factory=nullcontext)
    charts: list[DrawnChart] = field(default_factory=list)
    tables: list[ListedTable] = field(default_factory=list)
    left_out: tuple[Problem, ...] = ()


_run = _Run()
_takers: list[Callable[[View, Carried], None]] = []
"""Who is given what a page has drawn, at its end: in a process that reads pages without a browser, its reader."""


def begin(view: View | None) -> None:
    """Start recording a page, with no finding, charts or tables yet; or none."""
    _run.view, _run.title, _run.charts, _run.tables, _run.left_out = view, "", [], [], ()
    _run.claims = _run.stated = ()
    _run.place = nullcontext()


def end() -> None:
    """Stop recording, and hand over what was recorded."""
    if _run.view is not None:
        for taker in _takers:
            drawn = tuple(_run.charts), tuple(_run.tables), _run.left_out
            taker(_run.view, Carried(_run.title, *drawn, _run.claims, _run.stated))
    begin(None)


def hand_over_to(taker: Callable[[View, Carried], None]) -> None:
    """From now on, give `taker` what each page has drawn."""
    _takers[:] = [taker]


def keep_place(place: AbstractContextManager[object]) -> None:
    """Set where this run's finding stands: above whatever is chosen on the page, wherever the page draws it."""
    _run.place = place


def found(text: str, said: Sequence[Claim | str]) -> AbstractContextManager[object]:
    """Record the page's finding, its opening sentence, with what it claims, and return the place where it stands."""
    if not _run.title:
        _run.title, _run.claims = text, tuple(part for part in said if isinstance(part, Claim))
    return _run.place


def stated(*claims: Claim) -> None:
    """Record what a list of the page states."""
    _run.stated += claims


def left_out(problems: tuple[Problem, ...]) -> None:
    """Record which parts of the choice the page does not show."""
    _run.left_out = problems


def left_out_here() -> tuple[Problem, ...]:
    """Return which parts of the choice the page of this run does not show."""
    return _run.left_out


def drew(chart: DrawnChart) -> None:
    """Record a chart that the page drew."""
    _run.charts.append(chart)


def listed(
    key: str, rows: Callable[[], pa.Table], finding: str = "", points: Callable[[], Sequence[str]] = tuple
) -> None:
    """Record a table that the page offers without a chart, with the columns that make sense to a reader."""
    _run.tables.append(ListedTable(key, rows, finding, points))


def of_this_run() -> tuple[View | None, tuple[DrawnChart, ...]]:
    """Return the page's view and the charts drawn in this run."""
    return _run.view, tuple(_run.charts)


def chart_of(drawn: DrawnChart) -> Chart:
    """Return the chart in the form needed for a picture."""
    look = drawn.look
    return Chart(drawn.spec, drawn.rows, Ink(look.ink, look.quiet, look.brick, look.ground))


def told_of(drawn: DrawnChart, view: View) -> ChartTexts:
    """Return what a reader needs to know about a chart outside the page: finding, legend, filters, source and date."""
    return ChartTexts(
        plain(drawn.finding or _run.title) or view.words(f"page.{view.page}"),
        drawn.subject,
        marks_of(view),
        pieces(drawn.legend, drawn.look.ink),
        plain(chosen_in_words(view)),
        plain(source_of(view)),
    )


def marks_of(view: View) -> tuple[str, ...]:
    """Return what must not be overlooked: that data is illustrative, not published, or without its names."""
    words = view.words
    (mark,) = escaped_rows(view.published, ILLUSTRATIVE, view.parameters())
    marks = (
        words("shell.illustrative") if mark["illustrative"] else "",
        words(NOT_PUBLISHED[view.source]) if view.source in NOT_PUBLISHED else "",
        words("safe.label") if view.masked else "",
        words("translation.on_page") if words.is_draft else "",
        short_starts(view, mark["short_starts"]),
    )
    return tuple(filter(None, marks))


def short_starts(view: View, titles: list[str]) -> str:
    """Say which operations have only a short start in the round; empty if none has."""
    words = view.words
    return words.count("shell.short_start", len(titles), titles=words.some("operations", titles)) if titles else ""


def source_of(view: View) -> str:
    """Return the standard, the publication and the day, as Markdown."""
    (about,) = escaped_rows(view.published, STANDARD_ABOUT, view.parameters())
    revision = view.published.revision
    approval = approved_of(view)
    source = view.words(
        "picture.source",
        framework=about["title"],
        version=about["version"],
        number=str(revision.number),
        at=datetime.fromisoformat(revision.at).date(),
        today=view.today,
    )
    return f"{source} {approval}" if approval else source


def approved_of(view: View) -> str:
    """Return who has approved the round, or that nobody has, as Markdown; empty where that is not known."""
    approval = approval_said(view.published, view.state.round, view.state.country, view.words)
    return view.words("signing.here", said=escape(approval)) if approval else ""


def pieces(legend: Sequence[str], ink: str) -> tuple[str, ...]:
    """Split a legend into plain texts and marks; a picture or symbol on the page becomes a mark."""
    return tuple(piece for part in legend for piece in _parted(part, ink) if piece)


def _parted(part: str, ink: str) -> Iterator[str]:
    drawn = IMAGE.sub(lambda image: unquote(image[1]), part)
    for piece in MARK.split(drawn):
        if piece.startswith("<svg"):
            yield piece
        else:
            yield from (sign_svg(one, ink) if one in SIGNS else _between(one) for one in SIGN.split(plain(piece)))


def _between(text: str) -> str:
    """Return the text between two marks, without the separating dot that the next mark makes unnecessary."""
    return text.strip().removesuffix(" ·")


def plain(text: str) -> str:
    """Return a sentence from the page without its Markdown."""
    return " ".join(escape_label(DRESS.sub(" ", STARS.sub("", text))).split())
