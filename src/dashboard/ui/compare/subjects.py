"""Describes the subjects of a comparison: their figures, what these rest on, and how fair the comparison is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.figures.subjects import BoundedFigure, told_apart
from dashboard.model.framework import POOLED
from dashboard.model.known_codes import AT, OF_OPERATIONS
from dashboard.model.words import Claim, Claims
from dashboard.queries.ask import ask
from dashboard.queries.compare.difference import CompareCriteriaRow
from dashboard.queries.compare.subjects import COMPARE_COMMON, CompareFiguresRow
from dashboard.queries.data_method import METHOD, MethodRow
from dashboard.ui.compare.subject_choice import FEWEST, Subjects
from dashboard.ui.elements.sentences import FAIR_OVERLAP, reading_text, subject_name
from dashboard.ui.escape import escape, escape_label, escape_rows, escaped_rows
from dashboard.ui.html import draw_table
from dashboard.ui.view import View

Row = Mapping[str, Any]
LEVEL = 0.05
"""Points below which a difference would be written 0.0; it counts as none, and a part of it carries no sign."""
NOTHING = 1e-9
"""A difference smaller than this is none: means of the same answers may differ by as little."""
WIDE = 40
"""Difference, in points, between shares of seen evidence or of not applicable answers that warrants a warning."""
OLD = 24
"""Age in months from which an answer counts as old."""


@dataclass(frozen=True)
class Ground:
    """What the subjects have in common: how many criteria apply to any and to all, and which all have answered."""

    n_criteria: int
    n_apply: int
    common: tuple[str, ...]
    one_round: bool

    @property
    def fair(self) -> bool:
        """Whether everything asked may be compared; if not, only what all have answered."""
        return self.one_round and self.overlap >= FAIR_OVERLAP

    @property
    def overlap(self) -> int:
        """Percent of the criteria that apply to all."""
        return round(100 * self.n_apply / self.n_criteria) if self.n_criteria else 0


def ground(view: View, subjects: Subjects) -> Ground:
    """Return the common ground of the subjects, whatever the switch is set to."""
    found = escaped_rows(view.published, COMPARE_COMMON, view.parameters(subject=subjects.codes))
    common = tuple(row["criterion"] for row in found if row["answered_by_all"])
    one_round = len({code.partition(AT)[2] for code in subjects.codes}) == 1
    return Ground(len(found), sum(row["applies_to_all"] for row in found), common, one_round)


def verdict(
    view: View,
    subjects: Subjects,
    shared: Ground,
    whole: list[CompareFiguresRow],
    figures: Sequence[Row],
    only_common: bool,
) -> tuple[str, str]:
    """Return how fair the comparison is, `fair`, `common` or `unfair`, and the sentence that says so.

    Nothing is called comparable unless at least two of the compared `figures` are scores.
    """
    words = view.words
    if started := [subjects.titles[row["subject"]] for row in whole if row["reading"] == "started"]:
        return "unfair", words.count("compare.unfair_started", len(started), titles=words.listed(started))
    asked = {row["subject"] for row in whole if row["n_answered"]}
    silent = [subjects.titles[code] for code in subjects.codes if code not in asked]
    if silent:
        return "unfair", words("compare.unfair_silent", titles=words.listed(silent))
    scored = {row["subject"] for row in figures if row["reading"] == "score"}
    without = words.listed(subjects.titles[code] for code in subjects.codes if code not in scored)
    if not scored:
        return "unfair", words("compare.unfair_no_scores")
    if len(scored) < FEWEST:
        return "unfair", words("compare.unfair_no_score", titles=without)
    limit = view_limits(view)["count_below"]
    if len(shared.common) < limit:
        return "unfair", words.count("compare.unfair_few", len(shared.common), limit=limit)
    places = {"n": len(shared.common), "apply": shared.n_apply, "of": shared.n_criteria, "overlap": shared.overlap}
    if only_common:
        but_for = words("compare.but_for", titles=without) if without else ""
        return "common", f"{words('compare.on_common', **places)} {but_for}".strip()
    if not shared.one_round:
        return "unfair", words("compare.unfair_rounds", **places)
    if shared.overlap < FAIR_OVERLAP:
        return "unfair", words("compare.unfair_overlap", **places)
    if without:
        return "common", words("compare.fair_but", titles=without, **places)
    return "fair", words("compare.fair", **places)


def view_limits(view: View) -> MethodRow:
    """Return the coverage limit (0 to 1) and the fewest answers for a percentage in the selected framework."""
    found = escaped_rows(view.published, METHOD, view.parameters())
    return next(row for row in found if row["framework"] == view.state.framework)


def cautions(view: View, subjects: Subjects, shared: Ground, whole: list[CompareFiguresRow]) -> Iterable[str]:
    """Yield what to bear in mind even if the comparison is fair on its criteria."""
    words = view.words
    limit = 100 * view_limits(view)["coverage_limit"]
    for row in whole:
        title = subjects.titles[row["subject"]]
        if row["coverage"] is not None and row["coverage"] < limit:
            yield words("compare.low_coverage", title=title, coverage=row["coverage"])
        if row["oldest_months"] is not None and row["oldest_months"] > OLD:
            yield words("compare.old", title=title, months=row["oldest_months"])
    for name in ("share_seen", "share_not_applicable"):
        told = ((row[name], subjects.titles[row["subject"]]) for row in whole)
        shares = [(share, title) for share, title in told if share is not None]
        if shares and (highest := max(shares))[0] - (lowest := min(shares))[0] >= WIDE:
            yield words(f"compare.{name}", low=lowest[0], low_title=lowest[1], high=highest[0], high_title=highest[1])
    if not shared.one_round:
        yield words("compare.rounds_differ")


def strip(view: View, subjects: Subjects, whole: list[CompareFiguresRow], figures: list[CompareFiguresRow]) -> None:
    """Draw one line per subject: its figure and what it rests on."""
    words = view.words
    told = {row["subject"]: row for row in whole}
    read = {row["subject"]: row for row in figures}
    draw_table([_line(view, subjects.titles[code], told.get(code), read.get(code)) for code in subjects.codes])
    framework = view_limits(view)
    st.caption(words("compare.strip_help", framework=framework["title"], version=framework["version"]))


def _line(view: View, title: str, told: CompareFiguresRow | None, read: CompareFiguresRow | None) -> dict[str, str]:
    words = view.words
    line = {words("column.subject"): title}
    if told is None:
        return line | {words("column.percent"): words("compare.not_asked")}
    return line | {
        words("column.percent"): words("compare.not_asked") if read is None else _figure(view, read),
        words("column.answered"): words(
            "number.answered", n=told["n_answered"], of=told["n_applicable"], coverage=told["coverage"]
        ),
        words("column.not_applicable"): words("compare.share", share=told["share_not_applicable"]),
        words("column.evidence"): words("compare.evidence", seen=told["share_seen"] or 0, self=told["share_self"] or 0),
        words("column.months"): _months(view, told),
    }


def _figure(view: View, row: CompareFiguresRow) -> str:
    words = view.words
    if row["reading"] == "score":
        several = row["n_units"] > 1
        limits, base = view_limits(view), row["subject"].partition(AT)[0]
        alone = base.startswith(OF_OPERATIONS) or view.known.is_anywhere("operation", base)
        of_parts = limits["average_of"] != "criteria" or (limits["country_figure"] != POOLED and not alone)
        place = "compare.figure_mean" if several else "compare.figure_of_parts" if of_parts else "compare.figure"
        return words(
            place,
            percent=row["percent"],
            band=str(row["band_title"]).lower(),
            points=row["points"],
            weight=row["weight_answered"],
            n=row["n_shown"],
            of=row["n_units"],
        )
    return reading_text(view, row)


def _months(view: View, row: CompareFiguresRow) -> str:
    if row["oldest_months"] is None:
        return ""
    if row["oldest_months"] == row["newest_months"]:
        return view.words("compare.months_one", n=row["oldest_months"])
    return view.words("compare.months", newest=row["newest_months"], oldest=row["oldest_months"])


def in_focus(by_facet: pa.Table) -> list[Row]:
    """Return the figures of the one principle, risk area or right in focus; none if nothing is."""
    places = [place for place, here in enumerate(by_facet["in_focus"].to_pylist()) if here]
    rows: list[Row] = by_facet.take(pa.array(places, pa.int64())).to_pylist() if places else []
    return rows


def finding(view: View, subjects: Subjects, figures: Sequence[Row], found: Sequence[CompareCriteriaRow]) -> Claims:
    """Return the comparison in one sentence, naming the principle, risk area or right in focus.

    `found` are the answers to each criterion, which are compared where fewer than two `figures` are scores.
    """
    area = next((row["code_title"] for row in figures if row["code"]), "")
    scored = sum(row["reading"] == "score" for row in figures) >= FEWEST
    said = _apart(view, subjects, figures) if scored else _by_criterion(view, subjects, found)
    return (Claim.of("compare.in_focus", area=escape(area), finding=said) if area else said,)


def _by_criterion(view: View, subjects: Subjects, found: Sequence[CompareCriteriaRow]) -> Claim:
    """Return on how many criteria they differ; of two, which is ahead on how many. While names are hidden, neither."""
    values: dict[str, dict[str, float]] = {row["criterion"]: {} for row in found}
    for row in found:
        if row["value"] is not None:
            values[row["criterion"]][row["subject"]] = row["value"]
    several = [line for line in values.values() if len(line) >= FEWEST]
    apart = [line for line in several if max(line.values()) - min(line.values()) > NOTHING]
    kind, n = view.kind_word(), len(several)
    if view.masked or not several:
        return Claim.of("compare.nothing_to_say", kind=kind)
    if not apart:
        return Claim.count("compare.no_difference", n, kind=kind)
    if len(subjects.codes) > FEWEST:
        titles = list(subjects.titles.values())
        return Claim.of("compare.differ", kind=kind, titles=titles, apart=len(apart), n=n)
    ahead = {code: sum(line[code] == max(line.values()) for line in apart) for code in subjects.codes}
    high, low = sorted(subjects.codes, key=lambda code: -ahead[code])
    name = subject_name(view, in_sentence=True)
    places: dict[str, object] = {"kind": kind, "high_title": name(high), "low_title": name(low)}
    if n == 1:
        return Claim.of("compare.ahead_alone", **places)
    places |= {"ahead": ahead[high], "n": n}
    if not ahead[low]:
        return Claim.of("compare.ahead", **places)
    return Claim.of("compare.ahead_and_behind", **places, behind=ahead[low])


def _apart(view: View, subjects: Subjects, figures: Sequence[Row]) -> Claim:
    """Return how far apart the ends are of at least two scores."""
    kind = view.kind_word()
    shown = [row for row in figures if row["reading"] == "score"]
    # The last of several alike, so that two subjects are named.
    low, high = min(shown, key=_score), max(reversed(shown), key=_score)
    gap = high["percent"] - low["percent"]
    places = {
        "low_title": subjects.titles[low["subject"]],
        "low": low["percent"],
        "high_title": subjects.titles[high["subject"]],
        "high": high["percent"],
        "kind": kind,
    }
    if not gap:
        return Claim.of("compare.same", **places)
    apart = told_apart(*(_as_figure(row) for row in (low, high)))
    return Claim.count("compare.finding" if apart else "compare.finding_close", int(gap), **places)


def close(figures: Sequence[Row], pair: Sequence[str]) -> bool:
    """Whether two subjects are too close to say which is higher, as the sentence above says."""
    shown = [row for row in figures if row["subject"] in pair and row["reading"] == "score"]
    return len(shown) == FEWEST and not told_apart(*(_as_figure(row) for row in shown))


def _as_figure(row: Row) -> BoundedFigure:
    return BoundedFigure(row["subject"], row["percent"] or 0.0, row["low"], row["high"], row["one_step"])


def _score(row: Row) -> float:
    return float(row["score"] or 0.0)


def figures_asked(view: View, subjects: Subjects, within: tuple[str, ...]) -> tuple[list[CompareFiguresRow], pa.Table]:
    """Return the rows of `compare_figures` over everything, and those by the facet in view, asked in one question.

    The latter each with its `subject_title`, and `in_focus` if it is the facet in focus. Scores and bounds are percent,
    0 to 100.
    """
    by = " ".join(dict.fromkeys(("all", view.state.by)))
    both = ask(view.published, "compare_figures", view.parameters(subject=subjects.codes, by=by, within=within))
    n_whole = both["code"].to_pylist().count("")
    whole: list[CompareFiguresRow] = escape_rows(both.slice(0, n_whole))
    table = both if view.state.by == "all" else both.slice(n_whole)
    labels = {code: escape_label(title) for code, title in subjects.titles.items()}
    titles = [labels[code] for code in table["subject"].to_pylist()]
    in_focus = [code == view.state.focus for code in table["code"].to_pylist()]
    table = table.append_column("subject_title", [titles]).append_column("in_focus", pa.array(in_focus, pa.bool_()))
    return whole, table
