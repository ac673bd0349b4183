"""Marks within text for severity, need, cover and answers: pictures with words for screen readers, bands by colour.

With them, the keys of a matrix: each mark that is in it, drawn as there; and the words for answers, those of the
standard's scale if it has one each for the best and the worst. See docs/decisions/0018-charts.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict

import pyarrow as pa

from dashboard.charts.heatmap import signs
from dashboard.charts.look import BAND_INK, BANDS, band_colours, look_of, sign_svg
from dashboard.queries.ask import rows
from dashboard.queries.every_page import BANDS as BAND_LIST
from dashboard.queries.every_page import BandsRow
from dashboard.queries.question import Question
from dashboard.ui.elements.legend import (
    Mark,
    drawn,
    failed_key,
    filled,
    hollow,
    ring,
    shades,
    striped,
    weak,
)
from dashboard.ui.escape import escaped_rows, one_line
from dashboard.ui.html import as_address
from dashboard.ui.session import theme
from dashboard.ui.view import View

MARKS = {"full": "●", "part": "◉", "nil": "○", "not_applicable": "–", "not_known": "?", "unanswered": "·"}
"""The mark of each degree of an answer, in the order of a legend."""
TEMPLATE = {"full": "implemented", "part": "partly", "nil": "not_implemented"}
"""The statuses that a standard starts with. Pages have shorter words for them."""
MOST = 3
"""So many words between the best and the worst are named; of more, *partly* says it better."""


class AnswerWordsRow(TypedDict):
    """A row of `answer_words`."""

    degree: str
    titles: list[str]


ANSWER_WORDS = Question("answer_words", AnswerWordsRow)


def answer_words(view: View) -> Mapping[str, str]:
    """Return the plain word for each degree of an answer that the scale has, in the order of `MARKS`."""
    words = view.words
    found = rows(view.published, ANSWER_WORDS, view.parameters())
    titles = {row["degree"]: tuple(dict.fromkeys(map(one_line, row["titles"]))) for row in found}
    ours = {degree: (words(f"workbook.start.{status}"),) for degree, status in TEMPLATE.items()}
    one_of_each = len(titles.get("full", ())) == len(titles.get("nil", ())) == 1
    own = one_of_each and len(titles.get("part", ())) <= MOST and titles != titles | ours
    return {
        degree: words.listed(titles[degree]) if own else words(f"counts_as.{degree}")
        for degree in MARKS
        if degree in titles
    }


def mark_of(counts_as: str, value: float | None) -> str:
    """Return the mark of one answer."""
    answered = {1.0: "full", 0.0: "nil"}.get(value or 0.0, "part")
    return MARKS[answered if counts_as == "answered" else counts_as]


def legend_marks(view: View) -> list[tuple[str, str]]:
    """Return the mark and the plain word of each degree, and of no answer."""
    said = [(MARKS[degree], word) for degree, word in answer_words(view).items()]
    return [*said, (MARKS["unanswered"], view.words("counts_as.unanswered"))]


Row = Mapping[str, Any]
SIDE = 20
"""Pixels of the box around a square or circle; the higher the grade, the more of it is filled."""
SIDES = (11, 14, 17, 20)
BAR = (72, 10)


def grade_mark(view: View, name: str, grade: float) -> str:
    """Return a square (severity) or circle (need) that grows and darkens with its grade, and contains it."""
    said = f"{view.words(f'grade.{name}')}: {view.words(f'grade.{name}_{int(grade)}')}"
    return _picture(as_address(_grade(name, int(grade), theme())), said)


def bar(start: float, end: float, said: str, *, bounds: bool = False) -> str:
    """Return a bar between two values from 0 to 100, dashed if these are bounds. `said` is its meaning in words."""
    return _picture(as_address(_bar(start, end, bounds, theme())), said)


def grades_key(view: View, name: str) -> list[Mark]:
    """Return the mark of every grade with its words, low to high, for a legend."""
    grades = [(n, view.words(f"grade.{name}_{n}")) for n in range(1, len(SIDES) + 1)]
    said = "rated.need" if name == "need" else ""
    return [(_grade(name, n, theme()), view.words(said, need=word) if said else word) for n, word in grades]


def bar_key(said: str, *, bounds: bool = False) -> Mark:
    """Return a bar with its meaning, for a legend."""
    return _bar(20 if bounds else 0, 60, bounds, theme()), said


def _grade(name: str, grade: int, shown_in: str) -> str:
    look, ink = look_of(shown_in), "#fff" if grade > 2 else look_of("light").ink
    colour = (look.severity if name == "severity" else look.opportunity)[grade - 1]
    return drawn("grade", name == "severity", SIDES[grade - 1], colour, ink, grade, width=SIDE, height=SIDE)


def _bar(start: float, end: float, bounds: bool, shown_in: str) -> str:
    look, colour = look_of(shown_in), BANDS[2] if shown_in == "dark" else BANDS[3]
    width, height = BAR
    along = f"M{start / 100 * width:.1f} {height / 2}H{end / 100 * width:.1f}"
    colours = (look.quiet, "3 2") if bounds else (colour, "")
    return drawn("bar", along, look.range, *colours, width=width, height=height)


def _picture(address: str, said: str) -> str:
    """Return the picture with its text, also as tooltip unless the text contains a quotation mark."""
    tooltip = "" if '"' in said else f' "{said}"'
    return f"![{said}]({address}{tooltip})"


def stacked(counts: Mapping[str, int], said: str) -> str:
    """Return a bar of how many gave which answer, by degree; `said` is the same in words."""
    return _picture(as_address(_stack(tuple(counts.items()), theme())), said)


def answer_keys(view: View) -> Iterator[Mark]:
    """Yield the part of such a bar for each degree of an answer that the scale has, and for no answer."""
    for degree, word in {**answer_words(view), "unanswered": view.words("counts_as.unanswered")}.items():
        yield _stack(((degree, 1),), theme(), width=21), word


def _stack(counts: tuple[tuple[str, int], ...], shown_in: str, width: int = BAR[0]) -> str:
    """Return parts side by side: in colour where there is an answer, grey or hollow where there is none to count."""
    look, each, at = look_of(shown_in), width / sum(n for _, n in counts), 0.0
    answered = {"full": BANDS[3], "part": BANDS[2], "nil": BANDS[0]}
    colours = {**answered, "not_applicable": look.range, "not_known": look.quiet}
    parts = list[tuple[str, str, str]]()
    for degree, n in counts:
        parts.append((f"{at + 0.5:.1f}", f"{n * each - 1:.1f}", colours.get(degree, "")))
        at += n * each
    return drawn("stack", tuple(parts), look.quiet, width=width, height=BAR[1])


def coded(text: str, code: str) -> str:
    """Return a text for readers with its code: small, at the end, and never in two lines (see `page.css`)."""
    return f"{text} :small[:gray[{code}]]"


def in_option(text: str, code: str) -> str:
    """Return the same for an option of a select, which has no small type."""
    return f"{text} ({code})"


def matrix_keys(view: View, cells: pa.Table, linked: bool = False) -> Iterator[Mark]:
    """Yield the marks of the cells and their meaning; with `linked`, also how strong a link is and who made it."""
    words, look = view.words, look_of(theme())
    scores = [row for row in cells.to_pylist() if row["shown"] is None]
    readings = {row["reading"] for row in scores}
    if any(row["shade"] is not None for row in scores):
        yield shades(BANDS), words("matrix.key_bands")
    if linked:
        yield filled(BANDS[2]), words("matrix.key_strong")
        yield weak(BANDS[2]), words("matrix.key_weak")
        yield ring(look), words("matrix.key_project")
    if "too_few" in readings:
        yield striped(look, look.ground, look.ground), words("chart_key.too_few")
    for reading, sign in signs(words).items():
        if reading in readings:
            yield hollow(look, sign), words(f"reading.{reading}")
    if any(row["reading"] == "count" and row["band_title"] is None for row in scores):
        yield from counted_keys(view)
    yield from failed_key(view, cells)
    yield from _grades(view, cells.to_pylist())


def counted_keys(view: View) -> Iterator[Mark]:
    """Yield the grey cell of few answers, and the mark of each degree of an answer in it."""
    look = look_of(theme())
    yield filled(look.range), view.words("matrix.key_few", below=view.count_below())
    yield from ((sign_svg(MARKS[name], look.ink), view.words(f"counts_as.{name}")) for name in ("full", "part", "nil"))


def _grades(view: View, cells: list[Row]) -> Iterator[Mark]:
    """Yield the grades in the cells, the highest first."""
    found = {(str(row["graded"]), int(row["grade"])) for row in cells if row["grade"] is not None}
    for name, grade in sorted(found, key=lambda one: (one[0] == "need", -one[1])):
        yield (
            _grade(name, grade, theme()),
            view.words(f"matrix.key_{name}", grade=view.words(f"grade.{name}_{grade}")),
        )


def coloured(text: str, colour: str, ground: str = "") -> str:
    """Return a text in a colour, on a background colour if one is given."""
    behind = f' background="{ground}"' if ground else ""
    return f':color[{text}]{{foreground="{colour}"{behind}}}'


def band_badge(view: View, band: str | None) -> str:
    """Return the name of a band on its colour; empty for none."""
    return next(
        (
            coloured(f"\u00a0{row['band_title'].lower()}\u00a0", ink, ground)
            for row, ground, ink in _banded(view)
            if row["band"] == band
        ),
        "",
    )


def band_colour(view: View, band: str | None) -> str:
    """Return the colour of a band; empty for none."""
    return next((colour for row, colour, _ in _banded(view) if row["band"] == band), "")


def band_title(view: View, band: str | None) -> str:
    """Return the name of a band for use in a sentence; empty for none."""
    return next((row["band_title"].lower() for row, _, _ in _banded(view) if row["band"] == band), "")


def _banded(view: View) -> Iterable[tuple[BandsRow, str, str]]:
    found = escaped_rows(view.published, BAND_LIST, view.parameters())
    return zip(found, band_colours(len(found)), band_colours(len(found), BAND_INK), strict=True)
