"""Why two subjects differ, and who can help."""

from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard.charts import gap as gap_chart
from dashboard.ui.compare.subjects import Subjects
from dashboard.ui.elements.choose import focus_on
from dashboard.ui.elements.show import show_chart, spec_of
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.view import View

Row = dict[str, Any]
LEVEL = 0.05
"""Points below which a part would be written 0.0, so it carries no sign."""


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
        waterfall(titles, parts[0]["first_percent"], parts[0]["second_percent"], steps),
        spec_of(gap_chart.gap, view),
        view,
        key="gap_chart",
        alt=words("gap.alt"),
        opens=gap_chart.SELECTION,
        clicked=focus_on("principle", gap_chart.SELECTION),
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


def _gap(view: View, titles: tuple[str, str], parts: list[Row]) -> str:
    """The gap in one sentence, with the principle that makes most of it."""
    gap = parts[0]["first_percent"] - parts[0]["second_percent"]
    most = max(parts, key=lambda row: abs(row["area_points"]))
    side = "level" if abs(gap) < LEVEL else "below" if gap < 0 else "above"
    return view.words(
        f"compare.why_{side}",
        first=titles[0],
        second=titles[1],
        gap=f"{abs(gap):.1f}",
        area=most["area_title"],
        points=_signed(most["area_points"]),
    )


def _signed(points: float) -> str:
    return f"{points:.1f}" if abs(points) < LEVEL else f"{points:+.1f}".replace("-", "−")


def waterfall(titles: tuple[str, str], first: float, second: float, steps: list[tuple[str, str, float]]) -> pa.Table:
    """From the second score to the first, the greatest part first: one row a step and one for each end (percent)."""
    told = [
        {"code": "", "label": escape_label(titles[1]), "points": None, "starts": second, "ends": second, "total": True}
    ]
    at = second
    for code, label, points in sorted(steps, key=lambda step: -abs(step[2])):
        ends = at + points
        told.append(
            {"code": code, "label": escape_label(label), "points": points, "starts": at, "ends": ends, "total": False}
        )
        at = ends
    told.append(
        {"code": "", "label": escape_label(titles[0]), "points": None, "starts": first, "ends": first, "total": True}
    )
    return pa.Table.from_pylist([{**row, "place": place} for place, row in enumerate(told)])


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
    lines: dict[str, Row] = {}
    for row in found:
        line = lines.setdefault(row["area"], {"row": row, "helpers": [], "notes": []})
        if row["operation"]:
            line["helpers"].append(
                words(
                    "compare.helper",
                    title=row["operation_title"],
                    n=row["n_helped"],
                    criteria=", ".join(row["criteria"]),
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
