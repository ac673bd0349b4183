"""Says in words which figures change between two publications, and how many severe gaps there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dashboard.figures.gaps import GAPS
from dashboard.figures.risks import Gaps
from dashboard.model.words import Claim, Claims, Words
from dashboard.queries.ask import Value, ask, ask_ahead
from dashboard.store.reader import Published
from dashboard.ui.escape import escape_rows
from dashboard.ui.view import View


def gaps_said(gaps: Gaps) -> Claims:
    """Say how many severe gaps there are, in how many countries and of how many risks, and what else is severe."""
    if gaps.n:
        risks = Claim.count("severe_gap.risks", gaps.n_risks)
        first = Claim.count("severe_gap.count", gaps.n, where=gaps_where(gaps), risks=risks)
    else:
        first = Claim.of("severe_gap.none_so_far" if gaps.n_not_yet else "severe_gap.none")
    return first, *no_gaps_said(gaps.n_partly, gaps.n_not_yet)


def no_gaps_said(n_partly: int, n_not_yet: int) -> Claims:
    """Say how many severe ratings are no gaps, because they are partly addressed or not judged yet."""
    counts = {"partly": n_partly, "not_yet": n_not_yet}
    return tuple(Claim.count(f"severe_gap.{name}", n) for name, n in counts.items() if n)


def gaps_where(gaps: Gaps) -> list[Claim]:
    """Say in how many countries there is a severe gap, and whether the head office has one."""
    countries = Claim.count("severe_gap.in_countries", gaps.of_countries, at=gaps.n_countries)
    home = [Claim.of("severe_gap.at_head_office")] if gaps.head_office else []
    return [*([countries] if gaps.n_countries or not home else []), *home]


def judged_said(view: View, judged: str) -> str:
    """Return what a rating is judged to be; for a gap, that it is not shown to be addressed, and why."""
    said = view.words(f"judged.{judged}")
    return view.words("severe_gap.because", reason=said) if judged in GAPS else said


Row = dict[str, Any]
QUESTIONS = ("headline", "whatif_cells", "whatif_gaps", "bands")
"""The questions asked of each side."""
FAILURES = ("n_critical_failed", "n_failed_before")
MOVING = ("coverage", *FAILURES)
"""What is said of each kind beside its mean."""
Cell = tuple[str, str, str]
"""Kind, country and area; an empty area means all areas."""


@dataclass(frozen=True)
class ComparedFigures:
    """What is compared: the headline of each kind, the figure of every cell, and the severe gaps."""

    headline: dict[str, Row]
    cells: dict[Cell, Row]
    gaps: Gaps
    bands: dict[str, str]


def figures_of(answers: Mapping[str, pa.Table]) -> ComparedFigures:
    """Return the figures of one side from its answers to `QUESTIONS`."""
    headline, cells, (gaps,), bands = (escape_rows(answers[name]) for name in QUESTIONS)
    return ComparedFigures(
        {row["kind"]: row for row in headline},
        {(row["kind"], row["country"], row["area"]): row for row in cells},
        Gaps(**gaps),
        {row["band"]: row["band_title"] for row in bands},
    )


def figures_in(published: Published, given: Mapping[str, Value]) -> ComparedFigures:
    """Return the figures for the filters in one publication."""
    ask_ahead(published, QUESTIONS, given)
    return figures_of({name: ask(published, name, given) for name in QUESTIONS})


def band_moves(was: ComparedFigures, now: ComparedFigures) -> int:
    """Count the cells of country and area, present on both sides, whose band changes."""
    return sum(
        row["band"] != now.cells[cell]["band"] for cell, row in was.cells.items() if cell[2] and cell in now.cells
    )


def difference(view: View, was: ComparedFigures, now: ComparedFigures) -> str:
    """Return a sentence for every figure that changes; empty if none do."""
    words = view.words
    said = [text for kind in view.kinds if (text := _kind(view, kind, was, now))]
    moves = band_moves(was, now)
    if moves:
        said.append(words.count("whatif.bands", moves))
    if was.gaps != now.gaps:
        said.append(words("whatif.gaps", was=gaps(words, was), now=gaps(words, now)))
    return " · ".join(said)


def gaps(words: Words, figures: ComparedFigures) -> str:
    """Say how many severe gaps there are, and where."""
    return words("whatif.n_gaps", n=figures.gaps.n, where=gaps_where(figures.gaps))


def means_moved(view: View, was: ComparedFigures, now: ComparedFigures) -> str:
    """Return the mean of each kind that changes, actual and assumed."""
    words = view.words
    pairs = {kind: (mean(words, was, kind), mean(words, now, kind)) for kind in view.kinds}
    return words.listed(f"{view.kind_word(kind)} {a} → {b}" for kind, (a, b) in pairs.items() if a != b)


def _kind(view: View, kind: str, was: ComparedFigures, now: ComparedFigures) -> str:
    words = view.words
    before, after = was.headline[kind], now.headline[kind]
    parts = []
    if before["mean"] != after["mean"]:
        parts.append(f"**{mean(words, was, kind)} → {mean(words, now, kind)}**")
    parts += [
        words(f"whatif.{name}", was=before[name], now=after[name]) for name in MOVING if before[name] != after[name]
    ]
    return words("whatif.kind", kind=view.kind_word(kind), parts=words.listed(parts)) if parts else ""


def mean(words: Words, figures: ComparedFigures, kind: str) -> str:
    """Return the mean of a kind and its band; if none may be shown, the word for why."""
    row = figures.headline[kind]
    if row["mean"] is None:
        return words("whatif.blank")
    band = figures.bands.get(row["band"])
    return words("whatif.mean", percent=row["mean"], band=band) if band else words("reading.score", percent=row["mean"])
