"""Why two subjects differ, and who can help."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts import gap as gap_chart
from dashboard.queries.compare.rows import CompareWhyRow
from dashboard.ui.compare.subjects import LEVEL, Subjects, points
from dashboard.ui.elements.choose import focus_on
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.view import View

Row = Mapping[str, Any]


def choose_pair(view: View, subjects: Subjects) -> tuple[str, str]:
    """The two subjects whose difference is explained."""
    words = view.words
    left, right = st.columns(2)
    first = left.selectbox(
        words("compare.first"),
        subjects.codes,
        key="gap_first",
        format_func=lambda code: escape_label(subjects.titles.get(code, code)),
    )
    rest = [code for code in subjects.codes if code != first]
    second = right.selectbox(
        words("compare.second"),
        rest,
        key="gap_second",
        format_func=lambda code: escape_label(subjects.titles.get(code, code)),
    )
    return first, second


def why(view: View, subjects: Subjects, within: tuple[str, ...]) -> None:
    """The gap between two scores, split exactly into principles and, for the one in focus, criteria."""
    words = view.words
    first, second = choose_pair(view, subjects)
    parts = escaped_rows(view.published, "compare_why", view.parameters(subject=(first, second), within=within))
    if not parts:
        st.info(words("compare.no_gap"))
        return
    titles = (subjects.titles[first], subjects.titles[second])
    st.markdown(_gap(view, titles, parts))
    areas = {row["area"]: row for row in parts}
    steps = [(code, f"{row['area_code']}  {row['area_title']}", row["area_points"]) for code, row in areas.items()]
    show_chart(
        waterfall(titles, parts[0], steps),
        spec_of(gap_chart.gap, view),
        view,
        key="gap_chart",
        alt=words("gap.alt"),
        opens=gap_chart.SELECTION,
        clicked=focus_on("principle"),
        columns=("label", "points"),
    )
    looked_at = (
        view.state.focus if view.state.focus in areas else max(areas, key=lambda code: abs(areas[code]["area_points"]))
    )
    st.markdown(f"**{words('compare.parts_of', area=areas[looked_at]['area_title'])}**")
    st.table(
        [
            {
                words("column.points"): _signed(row["points"]),
                words("column.criterion"): words("compare.line", criterion=row["criterion"], text=row["text"]),
                words("column.answered_by"): words(
                    f"compare.answered_by_{row['answered_by']}", first=titles[0], second=titles[1]
                ),
            }
            for row in parts
            if row["area"] == looked_at
        ],
        border="horizontal",
        hide_index=True,
    )
    st.caption(words("compare.why_help"))


def _gap(view: View, titles: tuple[str, str], parts: list[CompareWhyRow]) -> str:
    """The gap in one sentence, with the principle that makes most of it."""
    gap = 100 * (parts[0]["first_score"] - parts[0]["second_score"])
    most = max(parts, key=lambda row: abs(row["area_points"]))
    side = "level" if abs(gap) < LEVEL else "below" if gap < 0 else "above"
    return view.words(
        f"compare.why_{side}",
        first=titles[0],
        second=titles[1],
        gap=points(abs(gap)),
        area=most["area_title"],
        points=_signed(most["area_points"]),
    )


def _signed(part: float) -> str:
    return points(part) if abs(part) < LEVEL else f"{part:+.1f}".replace("-", "−")


def waterfall(titles: tuple[str, str], ends: Row, steps: list[tuple[str, str, float]]) -> pa.Table:
    """From the second score to the first, the greatest part first: one row a step and one for each end.

    `percent` is the score of an end as it is shown everywhere; bars begin and end at scores before rounding.
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
        "percent": ends[f"{side}_percent"]
    }


def who_can_help(view: View, subjects: Subjects) -> None:
    """For each principle in which one operation has gaps: who has these in place, on evidence that was seen."""
    words = view.words
    if not subjects.operations:
        st.caption(words("compare.help_operations"))
        return
    one = st.selectbox(
        words("compare.help_whom"),
        subjects.operations,
        key="help_whom",
        format_func=lambda code: escape_label(subjects.titles.get(code, code)),
    )
    found = escaped_rows(view.published, "compare_help", view.parameters(subject=(one,)))
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
                    criteria=", ".join(row["criteria"] or []),
                )
            )
            line["notes"] += [
                words("compare.helper_note", title=row["operation_title"], **note) for note in (row["notes"] or [])[:1]
            ]
    st.table(
        [
            {
                words(f"area_word.{view.area_word()}"): f"{line['row']['area_code']} {line['row']['area_title']}",
                words("column.n_missing"): words.shown(line["row"]["n_missing"]),
                words("column.helpers"): "; ".join(line["helpers"]) or words("compare.nobody"),
                words("column.note"): " ".join(line["notes"]),
            }
            for line in lines.values()
        ],
        border="horizontal",
        hide_index=True,
    )
    st.caption(words("compare.help_rule"))
