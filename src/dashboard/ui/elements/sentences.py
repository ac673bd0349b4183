"""Turns rows into sentences: findings, legends, names, and which figure is highest or lowest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import pyarrow as pa

from dashboard.figures.subjects import BoundedFigure, OutermostFigure, UnscoredFigure, highest, lowest
from dashboard.loading.yaml_file import read_words
from dashboard.model.known_codes import AT, COUNTINGS
from dashboard.model.words import FIRST_NAMED, MOST_NAMED, Claim, Claims, Words
from dashboard.queries.ask import ask
from dashboard.queries.compare.heatmap import HeatmapFindingRow
from dashboard.queries.compare.subjects import SUBJECTS
from dashboard.queries.country_operation import HEARD
from dashboard.queries.every_page import OPTIONS
from dashboard.queries.overview_headline import ExposuresRow
from dashboard.store.cache import once
from dashboard.store.reader import Published
from dashboard.ui.escape import escape_label, escape_rows, escaped_rows
from dashboard.ui.view import View, chosen_in_words


def as_answered(view: View, said: Claim) -> Claim:
    """Return a sentence on scores, which are compared as answered: it says so if answers count otherwise elsewhere."""
    counted = view.parameters()["counting"]
    return said if counted == COUNTINGS[0] else Claim.of("counting.as_answered", said=said)


def ends_said(figures: Sequence[BoundedFigure], unscored: Sequence[UnscoredFigure] = ()) -> Claims:
    """Name both ends of the figures, or say why none can be named: too close, or others without a figure."""
    if len(figures) == 1:
        return (Claim.of("ends.alone", title=figures[0].title, percent=figures[0].percent),)
    return both_ends(highest(figures, unscored), lowest(figures, unscored), len(figures))


def both_ends(top: OutermostFigure, bottom: OutermostFigure, n: int) -> Claims:
    """Name the highest and the lowest of `n` figures."""
    if all(end.title is None and not _is_unsure(end) for end in (top, bottom)):
        return (Claim.of("ends.neither", n=n, range=_range(bottom.least, top.most)),)
    return _end("highest", top, n), _end("lowest", bottom, n)


def _end(name: str, end: OutermostFigure, n: int) -> Claim:
    if end.title is not None:
        return Claim.of(f"ends.{name}", title=end.title, percent=end.most)
    if _is_unsure(end):
        return Claim.of(f"ends.unsure_{name}", percent=end.most, titles=_titles(end.unsure))
    return Claim.of(f"ends.no_{name}", n=end.n_alike, of=n, range=_range(end.least, end.most))


def _is_unsure(end: OutermostFigure) -> bool:
    """Whether it can be told apart from the other figures, but not from what has none."""
    return bool(end.unsure) and end.n_alike == 1


def _titles(titles: Sequence[str]) -> list[Claim | str]:
    named = titles[:FIRST_NAMED] if len(titles) > MOST_NAMED else titles
    more = len(titles) - len(named)
    return [*named, *([Claim.count("ends.others", more)] if more else [])]


def _range(low: float, high: float) -> Claim:
    return Claim.of("ends.at" if low == high else "ends.between", low=low, high=high)


Row = Mapping[str, Any]
NAMED = 3
SHARING = 2
"""Most that are named if they share first place; beyond that, only their number is given."""
FAIR_OVERLAP = 80
"""Percent of criteria that must apply to all; below it, only what all have answered can be compared fairly."""
A_SAY = "CRC-12"
"""The CRC article on the child's right to be heard."""


def heatmap_finding(found: HeatmapFindingRow | None, view: View) -> Claims:
    """Sum up the heat map in one sentence."""
    if not found or not found["n_countries"]:
        return (Claim.of("heatmap.nothing", reset=view.reset()),)
    if not found["n_shown"]:
        return (Claim.of("safe.none_shown" if view.masked else "heatmap.none_shown"),)
    said = _ends_of_countries(view, found)
    ends = (found["n_like_highest"], found["highest_unsure"]), (found["n_like_lowest"], found["lowest_unsure"])
    unsure = (titles or [] for n_alike, titles in ends if n_alike == 1)
    if found["n_too_few"] > max(map(len, unsure), default=0):
        return said, Claim.of("heatmap.too_few", titles=_few(found["n_too_few"], found["too_few_titles"] or ""))
    return (said,)


def _ends_of_countries(view: View, found: Row) -> Claim:
    top = OutermostFigure(
        found["highest_title"],
        found["n_like_highest"],
        found["highest_down_to"],
        found["highest"],
        _unsure(found, "highest"),
    )
    bottom = OutermostFigure(
        found["lowest_title"], found["n_like_lowest"], found["lowest"], found["lowest_up_to"], _unsure(found, "lowest")
    )
    kind, finding = view.kind_word(), "heatmap.finding" if len(view.kinds) > 1 else "heatmap.finding_alone"
    if found["n_shown"] == 1:
        return Claim.of("heatmap.finding_one", title=top.title, kind=kind, percent=top.most)
    if top.title and bottom.title:
        ends = {"highest": top.title, "most": top.most, "lowest": bottom.title, "least": bottom.least}
        return Claim.of(finding, kind=kind, ends=Claim.of("heatmap.leads", **ends))
    return Claim.of(finding, kind=kind, ends=both_ends(top, bottom, found["n_shown"]))


def _unsure(found: Row, end: str) -> tuple[str, ...]:
    return tuple(found[f"{end}_unsure"] or ())


def _few(n: int, titles: str) -> Claim | str:
    """Return the names of a few countries, or their number."""
    return titles if n <= NAMED else Claim.count("heatmap.countries", n)


def comparability(found: HeatmapFindingRow | None, view: View) -> str:
    """Say how fair the comparison is, before anybody asks."""
    if not found or found["overlap"] is None:
        return ""
    n, limit = found["n_answered_by_all"], view.count_below()
    places = {"n_criteria": found["n_criteria"], "n_apply_to_all": found["n_apply_to_all"], "overlap": found["overlap"]}
    if n < limit:
        return view.words("heatmap.few_in_common", n=n, **places, limit=limit)
    if found["overlap"] < FAIR_OVERLAP:
        return view.words.count("heatmap.not_comparable", n, **places)
    return view.words("heatmap.comparable", n=n, **places)


def reading_text(view: View, row: Row) -> str:
    """Return a figure as it may be shown: percent, counts, bounds or the word for why there is none."""
    words = view.words
    match row["reading"]:
        case "score" if row["percent"] is None:
            return words("safe.number")
        case "score":
            low = row.get("low")
            below = low is not None and row["percent"] is not None and low < row["percent"]
            return words("reading.score_low" if below else "reading.score", percent=row["percent"], low=low)
        case "count" if row["n_full"] is None:
            return words("safe.few")
        case "count":
            return in_place(view, row)
        case "too_few":
            return words("reading.too_few", low=row["low"], high=row["high"])
        case reading:
            return words(f"reading.{reading}")


def score_text(view: View, row: Row) -> str:
    """Return the same, but of several countries with few answers each their mean, if it has a band."""
    several = row["reading"] == "count" and row["band_title"] is not None and row["percent"] is not None
    return view.words("reading.score", percent=row["percent"]) if several else reading_text(view, row)


def in_place(view: View, row: Row) -> str:
    """Say how many of a few answers are implemented, and how many partly."""
    full, part, nil = (int(row[name]) for name in ("n_full", "n_part", "n_nil"))
    key = "reading.count_partly" if part else "reading.count"
    return view.words(key, full=full, part=part, answered=full + part + nil)


def figure_name(view: View) -> str:
    """Return what a figure measures: respect or support, under the current filters."""
    return chosen_in_words(view, of_figure=True)


def levels_said(view: View, average_of: str, framework: str) -> str:
    """Return the levels that a standard averages, from the top: families, then areas in its own word, then elements."""
    areas = view.area_word(framework).many
    levels = [areas if level == "areas" else view.words(f"method.level_{level}") for level in average_of.split(", ")]
    return reduce(lambda first, then: view.words("method.then", first=first, then=then), levels)


def subject_name(view: View, in_sentence: bool = False) -> Callable[[str], str]:
    """Return a function from code to name: an operation, or whose mean it is, with its round if it has its own.

    With `in_sentence`, a mean is worded for use within a sentence rather than as a label.
    """
    return _subject_name(view.published, view.state.framework, view.state.round, view.words.language, in_sentence)


def subject_labels(view: View) -> Mapping[str, str]:
    """Return the label of every subject without a round of its own, for lists that offer thousands."""
    return _subject_labels(view.published, view.state.framework, view.state.round, view.words.language)


@once
def _subject_labels(published: Published, framework: str, round_: str, language: str) -> Mapping[str, str]:
    name = _subject_name(published, framework, round_, language, False)
    given = {"framework": framework, "round": round_}
    return {code: escape_label(name(code)) for code in ask(published, "subjects", given)["subject"].to_pylist()}


@once
def _subject_name(
    published: Published, framework: str, round_: str, language: str, in_sentence: bool
) -> Callable[[str], str]:
    words, given = read_words(language), {"framework": framework, "round": round_, "lang": language}
    means = {kind: f"compare.{'the_' if in_sentence else ''}{kind}" for kind in ("group", "region")}
    titles = {
        row["subject"]: words(means[row["subject_kind"]], region=row["title"])
        if row["subject_kind"] in means
        else row["title"]
        for row in escaped_rows(published, SUBJECTS, given)
    }
    options = escaped_rows(published, OPTIONS, given)
    rounds = {row["code"]: row["title"] for row in options if row["filter"] == "round"}

    def name(code: str) -> str:
        base, _, at = code.partition(AT)
        title = titles.get(base, base)
        return f"{title} · {rounds.get(at, at)}" if at else title

    return name


def areas_finding(table: pa.Table, view: View) -> str:
    """Name the highest and the lowest principle, if they can be told apart."""
    shown = [row for row in escape_rows(table) if row["mean"] is not None]
    if not shown:
        return view.words("overview.too_few")
    figures = [BoundedFigure(row["area_title"], row["mean"], row["low"], row["high"], row["one_step"]) for row in shown]
    return view.words.say(*ends_said(figures))


def exposures_finding(rows: Iterable[ExposuresRow], view: View) -> str:
    """Name the areas of the first risks in order, each with its cover; its band alone while the figure is withheld."""
    return " ".join(
        view.words(
            f"exposures.line.{shown}",
            risk_area=row["risk_area_title"],
            severity=row["severity"],
            percent=row["percent"],
            band=(row["band_title"] or "").lower(),
            answers=reading_text(view, row) if shown == "count" else "",
        )
        for row in rows
        for shown in [cover_shown(row)]
    )


def cover_shown(row: ExposuresRow) -> str:
    """Return what is shown of a cover: its `figure`, the `band` alone while that is withheld, or why there is none."""
    if not row["band"]:
        return row["reading"]
    return "band" if row["percent"] is None else "figure"


def few(words: Words, names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are, as short as a cell needs them."""
    more = [words.count("ends.others", len(names) - FIRST_NAMED)] if names[FIRST_NAMED:] else []
    return words.listed([*names[:FIRST_NAMED], *more])


def heard_in_choice(view: View) -> str:
    """Say in how many filtered operations children were heard in the round, and in how many something changed."""
    (row,) = escaped_rows(view.published, HEARD, view.parameters())
    if not row["n_heard"]:
        return view.words("heard.in_choice_none", round=row["round_title"], of=row["n_operations"])
    places = {"of": row["n_operations"], "changed": row["n_changed"], "round": row["round_title"]}
    return view.words.count("heard.in_choice", row["n_heard"], **places)


def most_of(of: str, numbers: Mapping[str, int]) -> Claims:
    """Return who has most, by name if few share first place; empty if nobody has any."""
    n = max(numbers.values(), default=0)
    first = [title for title, own in numbers.items() if own == n]
    if not n or len(first) == len(numbers) > 1:
        return ()
    if len(first) > SHARING:
        return (Claim.count(f"most.{of}_tied", n, tied=len(first)),)
    return (Claim.count(f"most.{of}", n, titles=first),)


def signed(points: float | None) -> str:
    """Return whole points with their sign; empty if there are none."""
    if points is None:
        return ""
    return f"{points:+.0f}".replace("-", "−") if points else "±0"


def licence_said(licence: str | None, words: Words) -> str:
    """Return the licence of an outside source, or that it is still to verify; empty if none is given."""
    return words("data.licence_to_verify") if licence == "to_verify" else licence or ""
