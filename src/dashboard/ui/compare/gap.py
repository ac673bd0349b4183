"""Explains why two subjects differ, and shows how large a difference is.

The parts of a gap are rounded so that they add up.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations, groupby
from math import floor
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts import differences as gap_chart
from dashboard.model.words import Words
from dashboard.queries.compare.difference import COMPARE_WHY, CompareCriteriaRow, CompareWhyRow
from dashboard.ui.compare.subject_choice import FEWEST, Subjects, open_part
from dashboard.ui.compare.subjects import LEVEL, NOTHING, close
from dashboard.ui.elements import answer_text, choices
from dashboard.ui.elements.choices import PageChoice, Shape, choose_one
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.marks import coded, in_option
from dashboard.ui.elements.menu import Explanation
from dashboard.ui.elements.sentences import subject_name
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escape_label, escaped_rows, one_line, short
from dashboard.ui.html import draw_table, draw_told, paragraph
from dashboard.ui.view import View


def adding_up(parts: Sequence[float], whole: float) -> list[float]:
    """The parts to one decimal, so that they add up to a whole of one decimal.

    Each is rounded down or up; those with the largest remainders are rounded up.
    """
    tenths = [floor(10 * part + NOTHING) for part in parts]
    left = round(10 * whole) - sum(tenths)
    some = [place for place, part in enumerate(parts) if abs(part) > NOTHING]
    order = sorted(some, key=lambda place: tenths[place] - 10 * parts[place], reverse=left < 0)
    for step in range(abs(left) if order else 0):
        tenths[order[step % len(order)]] += 1 if left > 0 else -1
    return [tenth / 10 for tenth in tenths]


def in_tenths(rows: Iterable[CompareWhyRow]) -> list[CompareWhyRow]:
    """The rows of `compare_why` with scores, the parts of principles, and in each those of criteria in tenths."""
    by_area = [list(own) for _, own in groupby(rows, lambda row: row["area"])]
    if not by_area:
        return []
    one = by_area[0][0]
    first, second = (round(100 * score, 1) for score in (one["first_score"], one["second_score"]))
    areas = adding_up([own[0]["area_points"] for own in by_area], first - second)
    return [
        row | {"area_points": area, "points": part, "first_score": first / 100, "second_score": second / 100}
        for own, area in zip(by_area, areas, strict=True)
        for row, part in zip(own, adding_up([row["points"] for row in own], area), strict=True)
    ]


Row = Mapping[str, Any]


def pair_choice(view: View, subjects: Subjects) -> PageChoice | None:
    """Return the choice of the two subjects whose difference is explained, by default the first two; None of two.

    What is chosen stands first among the subjects.
    """
    codes, titles = subjects.codes, subjects.titles
    pairs = {
        ",".join(dict.fromkeys((*pair, *codes))): view.words(
            "compare.pair", first=escape_label(titles[pair[0]]), second=escape_label(titles[pair[1]])
        )
        for pair in combinations(codes, FEWEST)
    }
    if len(codes) == FEWEST:
        return None
    return PageChoice("subject", view.words("compare.why_title"), pairs, ",".join(codes), Shape.LIST)


def why(
    view: View,
    subjects: Subjects,
    within: tuple[str, ...],
    found: list[CompareCriteriaRow],
    figures: Sequence[Row],
    looked_at: Sequence[Row],
) -> Explanation:
    """Show the gap between two scores, split exactly into principles and, for the principle in focus, into criteria.

    Return the function that explains the contribution of one principle in the same way. If a risk area or a right is in
    focus, with its criteria in `found` and its figures in `looked_at`, the gap is calculated on those criteria only;
    otherwise it is that of `figures`.
    """
    words = view.words
    title = words("compare.why_title")
    if pair := pair_choice(view, subjects):
        choices.draw(words, pair, title=title)
        title = ""
    first, second = subjects.codes[:FEWEST]
    narrowed = bool(looked_at) and view.state.by != "principle"
    asked = tuple(dict.fromkeys(row["criterion"] for row in found)) or ("",) if narrowed else within
    given = view.parameters(subject=(first, second), within=asked)
    parts = in_tenths(escaped_rows(view.published, COMPARE_WHY, given))
    if not parts:
        draw_told(title, "")
        in_words_only(view, subjects, found)
        return lambda _: None
    titles = (subjects.titles[first], subjects.titles[second])
    areas = {row["area"]: row for row in parts}
    most = max(areas, key=lambda code: abs(areas[code]["area_points"]))
    near = close(looked_at if narrowed else figures, (first, second))
    of_area = areas.get(view.state.focus, areas[most])
    gap = _gap(view, subjects, parts, of_area, areas[most], near)
    draw_told(title, "", paragraph(gap))
    several = len(areas) > 1
    steps = [_step(row, several) for row in (areas.values() if several else parts)]
    if any(abs(part) >= LEVEL for _, _, part in steps):
        show_chart(
            waterfall(titles, parts[0], steps),
            spec_of(gap_chart.gap, view),
            view,
            key="gap_chart",
            alt=words("gap.alt"),
            opens=gap_chart.GAP_SELECTION if several else "",
            clicked=open_part if several else None,
            columns=("label", "points"),
            finding=gap,
        )
    _criteria(view, titles, [row for row in parts if row["area"] == of_area["area"]], words("compare.why_help"))
    return lambda asked: _criteria(view, titles, [row for row in parts if row["area"] in asked.state.principle])


def _step(row: CompareWhyRow, by_area: bool) -> tuple[str, str, float]:
    """Return the code to click on, the label and the points of a principle, or of a criterion, which opens nothing."""
    if by_area:
        return row["area"], f"{row['area_code']}  {row['area_title']}", row["area_points"]
    return "", f"{row['criterion']}  {short(row['text'], LABEL)}", row["points"]


def in_words_only(view: View, subjects: Subjects, found: list[CompareCriteriaRow]) -> None:
    """Say how two subjects differ that have too few answers for scores: on each criterion, in words."""
    words, pair = view.words, subjects.codes[:FEWEST]
    lines: dict[str, dict[str, CompareCriteriaRow]] = {}
    for row in found:
        lines.setdefault(row["criterion"], {})[row["subject"]] = row
    told = [line for line in map(partial(_differs, view, subjects, pair), lines.values()) if line]
    rest = {"compare.differ_more": len(told) - FIRST, "compare.alike": len(lines) - len(told)}
    if told:
        st.markdown(words("compare.no_gap") + "".join(f"\n- {line}" for line in told[:FIRST]))
    if more := " ".join(words.count(key, n) for key, n in rest.items() if n > 0):
        st.caption(more)


def _differs(view: View, subjects: Subjects, pair: Sequence[str], line: Mapping[str, CompareCriteriaRow]) -> str:
    """Return what two subjects say to one criterion; empty if it is the same."""
    said = [status(view, line[code]) if code in line else view.words("reading.not_covered") for code in pair]
    if len(set(said)) == 1:
        return ""
    row = next(iter(line.values()))
    each = [
        view.words("compare.says", title=subjects.titles[code], said=one) for code, one in zip(pair, said, strict=True)
    ]
    return f"{coded(short(row['text'], WIDTH), row['criterion'])}: {view.words.listed(each)}."


def _criteria(view: View, titles: tuple[str, str], parts: list[CompareWhyRow], under: str = "") -> None:
    """Show what each criterion of one principle contributes to the gap."""
    words = view.words
    draw_table(
        [
            {
                words("column.points"): _signed(row["points"], words),
                words("column.criterion"): coded(row["text"], row["criterion"]),
                words("column.answered_by"): words(
                    f"compare.answered_by_{row['answered_by']}", first=titles[0], second=titles[1]
                ),
            }
            for row in parts
        ],
        title=words("compare.parts_of", area=parts[0]["area_title"]) if parts else "",
        under=under,
    )


def _gap(
    view: View,
    subjects: Subjects,
    parts: list[CompareWhyRow],
    of_area: CompareWhyRow,
    most: CompareWhyRow,
    near: bool,
) -> str:
    """Return the gap in one sentence, with the contribution of the principle in focus and the largest contribution.

    That is the largest criterion, if there is one principle only. `near` says that the two are too close to say which
    is higher.
    """
    words, name = view.words, subject_name(view, in_sentence=True)
    one = parts[0]
    own, other = int(one["first_percent"]), int(one["second_percent"])
    side = "close" if near else "below" if own < other else "above"
    first, second = map(name, subjects.codes[:FEWEST])
    if own == other:
        whole = words("compare.why_level", first=first, second=second, own=own)
    else:
        whole = words.count(f"compare.why_{side}", abs(own - other), first=first, second=second, own=own, other=other)
    said = [whole]
    if of_area["area"] == view.state.focus and len({row["area"] for row in parts}) > 1:
        said = [words("compare.why_overall", said=whole)]
        if of_area is not most:
            said.append(
                words("compare.why_focus", area=of_area["area_title"], points=_signed(of_area["area_points"], words))
            )
    if all(row["area"] == most["area"] for row in parts):
        text = short(one["text"], WIDTH)
        said.append(words("compare.why_most_criterion", text=text, points=_signed(one["points"], words)))
    else:
        said.append(words("compare.why_most", area=most["area_title"], points=_signed(most["area_points"], words)))
    told = " ".join(said)
    return told[:1].upper() + told[1:]


def _signed(part: float, words: Words) -> str:
    """Return a part of a gap with its sign and one decimal, as the language writes it."""
    sign = "" if abs(part) < LEVEL else "−" if part < 0 else "+"
    return sign + words.figure(f"{abs(part):.1f}")


def waterfall(titles: tuple[str, str], ends: Row, steps: list[tuple[str, str, float]]) -> pa.Table:
    """Return the rows of `charts/differences.py` from the second score to the first: largest contribution first.

    `percent` (0 to 100) is the score of an end, to one decimal if the parts are.
    """
    told = [_total(titles[1], ends, "second")]
    at = told[0]["ends"]
    for code, label, part in sorted(steps, key=lambda step: -abs(step[2])):
        told.append(
            {"code": code, "label": escape_label(label), "points": part, "starts": at, "ends": at + part}
            | {"total": False, "percent": None}
        )
        at += part
    told.append(_total(titles[0], ends, "first"))
    return pa.Table.from_pylist([{**row, "place": place} for place, row in enumerate(told)])


def _total(title: str, ends: Row, side: str) -> dict[str, Any]:
    at = 100 * ends[f"{side}_score"]
    return {"code": "", "label": escape_label(title), "points": None, "starts": at, "ends": at, "total": True} | {
        "percent": at
    }


WIDTH = 90
LABEL = 40
FIRST = 6
"""Criteria shown at once; the rest one click away."""


def focus_titles(by_facet: pa.Table) -> dict[str, str]:
    """Return the titles the table can be narrowed to, by code: the rows of the chart, each with number and title."""
    told = zip(*(by_facet[name].to_pylist() for name in ("code", "area_code", "code_title")), strict=True)
    return {code: " ".join(part for part in (number, title) if part) for code, number, title in told}


def focus_choice(view: View, titles: dict[str, str]) -> PageChoice:
    """Return the choice of the one principle, risk area or right to focus on, as a click on the chart makes it."""
    plain = {code: one_line(title) for code, title in titles.items()}
    options = {"": view.words("compare.all_rows")} | plain
    return PageChoice("focus", view.words("compare.focus"), options, "", Shape.LIST, labelled=True)


def criteria_table(view: View, subjects: Subjects, found: list[CompareCriteriaRow]) -> None:
    """Show one row per criterion, the greatest difference first; each subject's status as a symbol and in words."""
    words = view.words
    lines: dict[str, dict[str, str]] = {}
    for row in found:
        head = coded(short(row["text"], WIDTH), row["criterion"])
        line = lines.setdefault(
            row["criterion"],
            {words("column.criterion"): head + answer_text.criterion_marks(view, row)}
            | {title: words("reading.not_covered") for title in subjects.titles.values()},
        )
        line[subjects.titles[row["subject"]]] = status(view, row)
    if not lines:
        st.caption(words("safe.answers") if view.masked else words("compare.no_criteria", reset=view.reset()))
        return
    first_rows(view, list(lines.values()), dict, "compared", FIRST)
    if any(row["made_of"] == "countries" for row in found):
        answer_text.counts_legend(view)
    st.caption(words.count("compare.criteria", len(lines)))


def status(view: View, row: CompareCriteriaRow) -> str:
    """Return a subject's answer to one criterion: its status, or for several countries how many gave which."""
    if row["made_of"] == "countries":
        return answer_text.counts(view, row)
    return answer_text.status(view, row)


def one_criterion(view: View, subjects: Subjects, found: list[CompareCriteriaRow]) -> None:
    """Show one criterion in full: text and source, and each subject's answer with its evidence."""
    words = view.words
    texts = {row["criterion"]: row for row in found}
    titles = {code: in_option(short(escape_label(row["text"]), WIDTH), code) for code, row in texts.items()}
    listed = PageChoice("criterion", words("compare.criterion"), titles, next(iter(texts)), Shape.LIST)
    chosen = choose_one(view, listed)
    row = texts[chosen]
    st.markdown(row["text"])
    st.caption(f"{answer_text.source(view, row)}. {row['evidence_hint'] or ''}")
    draw_table(
        [
            {
                words("column.subject"): subjects.titles[one["subject"]],
                words("column.status_title"): status(view, one),
                words("column.evidence"): answer_text.evidence(view, one),
                words("column.note"): one["note"] or "",
            }
            for one in found
            if one["criterion"] == chosen
        ]
    )
    st.page_link("pages/review.py", label=words("compare.review"), query_params=view.query(criterion=chosen))
