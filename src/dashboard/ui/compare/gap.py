"""Why do two subjects differ, and who can help?"""

from collections.abc import Mapping
from html import escape
from itertools import combinations
from typing import Any, TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.charts import gap as gap_chart
from dashboard.model.view.known import AT
from dashboard.queries.compare.compare_criteria import CompareCriteriaRow
from dashboard.queries.compare.compare_why import COMPARE_WHY, CompareWhyRow
from dashboard.queries.question import Question
from dashboard.ui import choices
from dashboard.ui.choices import Choice, Shape
from dashboard.ui.compare.choosing import FEWEST, Subjects
from dashboard.ui.compare.clicked import open_part
from dashboard.ui.compare.subjects import LEVEL, points
from dashboard.ui.compare.tenths import in_tenths
from dashboard.ui.elements.choose import operation_lists
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.menu import Explanation
from dashboard.ui.elements.sentences import subject_name
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.html import draw_table, draw_told
from dashboard.ui.marked import as_html
from dashboard.ui.view import View

Row = Mapping[str, Any]


class CompareHelpNotes(TypedDict):
    """One of the `notes` in a row of `compare_help`."""

    criterion: str
    note: str


class CompareHelpRow(TypedDict):
    """A row of `compare_help`."""

    area: str
    operation: str | None
    operation_title: str | None
    n_helped: int | None
    criteria: list[str] | None
    notes: list[CompareHelpNotes] | None


COMPARE_HELP = Question("compare_help", CompareHelpRow)


def pair_choice(view: View, subjects: Subjects) -> Choice | None:
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
    return Choice("subject", view.words("compare.why_title"), pairs, ",".join(codes), Shape.LIST)


def why(view: View, subjects: Subjects, within: tuple[str, ...], found: list[CompareCriteriaRow]) -> Explanation:
    """Show the gap between two scores, split exactly into principles and, for the principle in focus, into criteria.

    Return the function that explains the contribution of one principle in the same way. If a risk area or a right is in
    focus, with its criteria in `found`, the gap is calculated on those criteria only.
    """
    words = view.words
    title = words("compare.why_title")
    if pair := pair_choice(view, subjects):
        choices.draw(words, pair, title=escape(title))
        title = ""
    first, second = subjects.codes[:FEWEST]
    narrowed = view.state.focus and view.state.by != "principle"
    asked = tuple(dict.fromkeys(row["criterion"] for row in found)) or ("",) if narrowed else within
    given = view.parameters(subject=(first, second), within=asked)
    parts = in_tenths(escaped_rows(view.published, COMPARE_WHY, given))
    if not parts:
        draw_told(title, "")
        st.info(words("compare.no_gap"))
        return lambda _: None
    titles = (subjects.titles[first], subjects.titles[second])
    areas = {row["area"]: row for row in parts}
    most = max(areas, key=lambda code: abs(areas[code]["area_points"]))
    looked_at = view.state.focus if view.state.focus in areas else most
    name = subject_name(view, in_sentence=True)
    gap = _gap(view, (name(first), name(second)), areas[looked_at], areas[most])
    draw_told(title, "", f"<p>{as_html(gap)}</p>")
    steps = [(code, f"{row['area_code']}  {row['area_title']}", row["area_points"]) for code, row in areas.items()]
    if any(abs(part) >= LEVEL for _, _, part in steps):
        show_chart(
            waterfall(titles, parts[0], steps),
            spec_of(gap_chart.gap, view),
            view,
            key="gap_chart",
            alt=words("gap.alt"),
            opens=gap_chart.SELECTION,
            clicked=open_part,
            columns=("label", "points"),
        )
    _criteria(view, titles, [row for row in parts if row["area"] == looked_at], words("compare.why_help"))
    return lambda asked: _criteria(view, titles, [row for row in parts if row["area"] in asked.state.principle])


def _criteria(view: View, titles: tuple[str, str], parts: list[CompareWhyRow], under: str = "") -> None:
    """Show what each criterion of one principle contributes to the gap."""
    words = view.words
    draw_table(
        [
            {
                words("column.points"): _signed(row["points"]),
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


def _gap(view: View, titles: tuple[str, str], looked_at: CompareWhyRow, most: CompareWhyRow) -> str:
    """Return the gap in one sentence, with the contribution of the principle in focus and the largest contribution."""
    gap = 100 * (most["first_score"] - most["second_score"])
    side = "level" if abs(gap) < LEVEL else "below" if gap < 0 else "above"
    scores = {"own": points(100 * most["first_score"]), "other": points(100 * most["second_score"])}
    said = [view.words(f"compare.why_{side}", first=titles[0], second=titles[1], gap=points(abs(gap)), **scores)]
    for key, row in {"focus": looked_at, "most": most}.items():
        if key == "most" or looked_at is not most:
            said.append(view.words(f"compare.why_{key}", area=row["area_title"], points=_signed(row["area_points"])))
    told = " ".join(said)
    return told[:1].upper() + told[1:]


def _signed(part: float) -> str:
    return points(abs(part)) if abs(part) < LEVEL else f"{part:+.1f}".replace("-", "−")


def waterfall(titles: tuple[str, str], ends: Row, steps: list[tuple[str, str, float]]) -> pa.Table:
    """Return the rows of `charts/gap.py` from the second score to the first: largest contribution first.

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


def who_can_help(view: View, subjects: Subjects) -> None:
    """Show, for each principle in which one operation has gaps, who has closed them on evidence that was seen."""
    words = view.words
    if not subjects.operations:
        st.caption(words("compare.help_operations"))
        return
    by_operation = {code.partition(AT)[0]: code for code in reversed(subjects.operations)}
    operations = list(reversed(by_operation))
    one, lists = operation_lists(view, operations, words("compare.help_whom"))
    choices.draw(words, *lists)
    found = escaped_rows(view.published, COMPARE_HELP, view.parameters(subject=(by_operation[one],)))
    if not found:
        st.caption(words("compare.help_none_missing"))
        return
    lines: dict[str, dict[str, Any]] = {}
    for row in found:
        line = lines.setdefault(row["area"], {"row": row, "helpers": [], "notes": []})
        if row["operation"]:
            line["helpers"].append(
                words(
                    "compare.helper",
                    title=row["operation_title"],
                    n=row["n_helped"],
                    criteria=words.listed(row["criteria"] or []),
                )
            )
            line["notes"] += [
                words("compare.helper_note", title=row["operation_title"], **note) for note in (row["notes"] or [])[:1]
            ]
    draw_table(
        [
            {
                view.area_word().label: f"{line['row']['area_code']} {line['row']['area_title']}",
                words("column.n_missing"): words.shown(line["row"]["n_missing"]),
                words("column.helpers"): "; ".join(line["helpers"]) or words("compare.nobody"),
                words("column.note"): " ".join(line["notes"]),
            }
            for line in lines.values()
        ]
    )
    st.caption(words("compare.help_rule"))
