"""Rated risks and opportunities in words and as cards, in one form for both, so that both carry equal weight.

Implausible ratings are shown here as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.model.words import Claim, Claims
from dashboard.queries.risks_list import OPPORTUNITY_LIST, RISK_LIST, RiskChecksRow
from dashboard.queries.risks_settings import SETTING_OPENINGS, SETTING_RISKS
from dashboard.ui.elements.folds import FIRST as LISTED
from dashboard.ui.elements.folds import at_once, first_drawn, first_lines
from dashboard.ui.elements.gap_links import begin_link
from dashboard.ui.elements.marks import bar, grade_mark
from dashboard.ui.elements.sentences import score_text
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Row = Mapping[str, Any]


def grade(view: View, name: str, value: int) -> str:
    """Return a grade of 1 to 4 as a word, such as `severity` 4: severe."""
    return view.words(f"grade.{name}_{int(value)}")


def graded(view: View, name: str, grade: float | None) -> str:
    """Return a grade as a mark and its word: squares for risks, circles for opportunities."""
    if grade is None:
        return ""
    mark = "■" if name in ("severity", "likelihood") else "●"
    return f"{mark * int(grade)} {view.words(f'grade.{name}_{int(grade)}')}"


def counted(row: Row) -> bool:
    """Whether there are too few answers for a band, so that they are shown themselves."""
    return row["reading"] == "count" and row["band_title"] is None


def covered(view: View, row: Row, nothing: str, said: str = "risks.covered") -> str:
    """Say how far the criteria addressing an impact are implemented, and on how many answers that rests."""
    words = view.words
    if row["reading"] == "not_covered":
        return words(nothing)
    figure = score_text(view, row)
    if counted(row) and row["n_answered"] == row["n_applicable"]:
        return figure
    band = f" {row['band_title'].lower()}" if row["band_title"] else ""
    return words(said, figure=f"{figure}{band}", answered=row["n_answered"], applicable=row["n_applicable"])


def cover_mark(view: View, row: Row, nothing: str) -> str:
    """Return the same as a bar and its figure; in words only, if fewer than three answers support a figure."""
    told = covered(view, row, nothing, "risks.covered_said")
    if row["reading"] == "too_few":
        bounds = view.words("reading.bounds", low=row["low"], high=row["high"])
        return f"{bar(row['low'], row['high'], told, bounds=True)} {bounds}"
    if row["percent"] is None or counted(row):
        return covered(view, row, nothing)
    return f"{bar(0, row['percent'], told)} {view.words('reading.score', percent=row['percent'])}"


def gaps_of(view: View, row: Row) -> str:
    """Return in how many of the operations that rated a risk it is a gap, where and why; and what it is elsewhere."""
    words, said = view.words, []
    for one in gap_claims(row):
        mark = "**" if one.key == "severe_gap.severe_in" else ""
        said.append(f"{mark}{words.say(one)}{mark}  \n:small[{gap_places(view, one)}]")
    others: Counter[str] = Counter(row["judged_otherwise"])
    parts = [
        words.count("severe_gap.otherwise", row["n_rated"], judged=words(f"judged.{judged}"), at=n)
        for judged, n in others.items()
    ]
    said += [f":small[{' · '.join(parts)}]"] if parts else []
    return "  \n".join(said) or words("severe_gap.not_graver")


def gap_claims(row: Row) -> Claims:
    """Return what a risk states of its gaps: in how many operations it is a severe or serious one; where and why."""
    n, severe = row["n_gaps"], row["n_severe_gaps"]
    parts = (("severe", slice(severe)), ("serious", slice(severe, n)))
    return tuple(
        Claim.count(
            f"severe_gap.{key}_in",
            row["n_rated"],
            at=len(operations),
            where=_by_reason(operations, row["gap_reasons"][some]),
        )
        for key, some in parts
        if (operations := row["gap_operations"][some])
    )


def _by_reason(operations: Sequence[str], reasons: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for operation, reason in zip(operations, reasons, strict=True):
        found.setdefault(reason, []).append(operation)
    return found


def gap_places(view: View, claim: Claim) -> str:
    """Return the operations that have a gap, by reason."""
    where: Any = claim.places["where"]
    return "; ".join(
        f"{view.words(f'judged.{reason}')}: {view.words.some('operations', names)}" for reason, names in where.items()
    )


def risk_grade(view: View, row: Row) -> str:
    """Return severity and likelihood of a risk, or why there is none."""
    if row["severity"] is None:
        return view.words(f"state.{row['state']}")
    severity = grade(view, "severity", row["severity"])
    mark = grade_mark(view, "severity", row["severity"])
    return f"{mark} **{severity}**, {grade(view, 'likelihood', row['likelihood'])}"


def opening_grade(view: View, row: Row) -> str:
    """Return need, reach and feasibility of an opportunity, or why there are none."""
    words = view.words
    if row["need"] is None:
        return words(f"state.{row['state']}")
    need = words("rated.need", need=grade(view, "need", row["need"]))
    reach = words("rated.reach", reach=grade(view, "reach", row["reach"]))
    return (
        f"{grade_mark(view, 'need', row['need'])} **{need}**, {reach}, {grade(view, 'feasibility', row['feasibility'])}"
    )


def exposed_groups(view: View, row: Row) -> str:
    """Return the ages and groups of children most affected, and where in the business it arises; empty if not given."""
    words = view.words
    said = {
        "rated.ages": ("ages", "age_group.", row["age_groups"]),
        "rated.concerns": ("groups", "group.", row["groups"]),
        "rated.stages": ("stages", "stage.", row["stage"]),
    }
    return " ".join(
        words(key, **{place: words.listed(words(f"{section}{code}") for code in codes)})
        for key, (place, section, codes) in said.items()
        if codes
    )


def by_whom(view: View, row: Row) -> str:
    """Say how many operations rated an impact, did not find it, or did not rate it."""
    words = view.words
    if row["n_operations"] <= 1:
        return ""
    if row["n_not_rated"] == row["n_operations"]:
        return words("rated.by_no_one_yet", n=row["n_operations"])
    none, nobody = row["n_none_found"], row["n_not_rated"]
    others = "both" if none and nobody else "none" if none else "nobody"
    key = f"rated.by_and_{others}" if none or nobody else "rated.by"
    return words(key, rated=row["n_rated"], n=row["n_operations"], none=none, nobody=nobody)


FIRST = 3
"""Impacts shown at once on each side; the rest one click away."""


def risk_list(view: View, risks: Sequence[Row]) -> None:
    """Show the risks of the setting with everything said about each."""
    st.markdown(f"**{view.words('setting.risks')}**", help=view.words("setting.risks_help"))
    _cards(view, [_risk(view, row) for row in risks], "setting.no_risks")


def opening_list(view: View, openings: Sequence[Row]) -> None:
    """Show the opportunities of the setting, as prominent as risks, with the risks each one reduces."""
    st.markdown(f"**{view.words('setting.openings_title')}**", help=view.words("setting.openings_help"))
    _cards(view, [_opening(view, row) for row in openings], "setting.no_openings")


def show_impact(view: View) -> None:
    """Show the one risk or opportunity named in `view.state`, as in its setting."""
    for setting in view.state.setting:
        given = view.of_setting(setting)
        risks = escaped_rows(view.published, SETTING_RISKS, given)
        openings = escaped_rows(view.published, SETTING_OPENINGS, given)
        told = [_risk(view, row) for row in risks if row["impact"] == view.state.impact]
        told += [_opening(view, row) for row in openings if row["impact"] == view.state.impact]
        for text in told:
            st.markdown(text)


def _risk(view: View, row: Row) -> str:
    return _card(view, row, risk_grade(view, row), _on_risk(view, row), row["at_severity_in"])


def _opening(view: View, row: Row) -> str:
    return _card(view, row, opening_grade(view, row), _on_opening(view, row), row["most_needed_in"])


def _cards(view: View, told: list[str], empty: str) -> None:
    if not told:
        st.caption(view.words(empty))
        return
    first_drawn(view, told, lambda text: st.container(border=True).markdown(text), at_once(FIRST, 1), empty)


def _card(view: View, row: Row, graded: str, more: list[str], most_in: list[str] | None) -> str:
    """Return one impact: grade, text, cover, and in small type whom it concerns and who rated it."""
    several = most_in if row["n_operations"] > 1 else None
    where = view.words(f"setting.most_{row['polarity']}", operations=_named(view, row, several)) if several else ""
    small = " ".join(text for text in (where, by_whom(view, row), exposed_groups(view, row)) if text)
    source = f"{row['risk_area_title']} · {row['impact']}"
    quiet = [f":gray[:small[{text}]]" for text in (small, source) if text]
    return "  \n".join([graded, row["text"], *more, *quiet, begin_link(view, impact=row["impact"])])


def _named(view: View, row: Row, operations: list[str]) -> str:
    if len(operations) == row["n_rated"] > 1:
        return view.words("setting.in_all")
    return view.words.some("operations", operations)


def _on_risk(view: View, row: Row) -> list[str]:
    """Say where the risk is a gap, how far it is covered, and what is left of it; nothing if nobody rated it."""
    words = view.words
    if row["state"] != "rated":
        return []
    lines = [gaps_of(view, row), words("setting.covered", cover=covered(view, row, "risks.no_criterion"))]
    if row["n_residual"]:
        grades = [grade(view, "severity", row["residual_severity"])]
        grades += [grade(view, "likelihood", row["residual_likelihood"])] if row["residual_likelihood"] else []
        left = "setting.left" if row["n_rated"] > 1 else "setting.left_alone"
        left_over = words(left, grades=words.listed(grades), n=row["n_residual"], of=row["n_rated"])
        lines.append(f":small[{left_over}]")
    return lines


def _on_opening(view: View, row: Row) -> list[str]:
    """Say which risks the opportunity reduces."""
    if not row["touches"]:
        return []
    return [f":small[{view.words('setting.lessens', risks='; '.join(row['touches']))}]"]


def list_rated(view: View, key: str = "rated") -> None:
    """Show the risks and opportunities that `view` keeps, side by side; `key` separates menu and page."""
    given, words = view.parameters(), view.words
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{words('risks.risks')}**")
        _listed(view, escaped_rows(view.published, RISK_LIST, given), "severity", key)
    with right:
        st.markdown(f"**{words('risks.opportunities')}**")
        _listed(view, escaped_rows(view.published, OPPORTUNITY_LIST, given), "need", key)


def _listed(view: View, found: Sequence[Mapping[str, Any]], grade: str, key: str) -> None:
    if not found:
        st.caption(view.words("risks.none_rated"))
        return
    lines = [
        f"{grade_mark(view, grade, row[grade])} {row['text']} :gray[:small[{row['setting_title']}]]" for row in found
    ]
    first_lines(view, lines, LISTED, f"{key}_{grade}", between="  \n")


def doubts(view: View, found: list[RiskChecksRow]) -> None:
    """Show implausible ratings by kind, where they are read."""
    words = view.words
    if not found:
        st.caption(words("risks.no_doubt"))
        return
    kinds = dict.fromkeys(row["doubt"] for row in found)
    for kind in kinds:
        own = [row for row in found if row["doubt"] == kind]
        with st.expander(words.count(f"risks.doubt_{kind}", len(own))):
            st.caption(words(f"risks.why_{kind}"))
            st.markdown("\n".join(f"- {_doubt(view, row)}" for row in own[:20]))
            if own[20:]:
                st.caption(words.count("changes.more", len(own) - 20))


def _doubt(view: View, row: RiskChecksRow) -> str:
    words = view.words
    rest = ""
    if row["residual_severity"] is not None:
        rest = words(
            "risks.doubt_left",
            severity=row["severity"],
            likelihood=row["likelihood"],
            left_severity=row["residual_severity"],
            left_likelihood=row["residual_likelihood"],
            basis=row["residual_basis"] or "",
        )
    return f"**{row['operation_title']}**: {row['text']} {rest}"
