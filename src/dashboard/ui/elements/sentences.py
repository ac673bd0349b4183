"""Rows become sentences: findings, legends and the names of things."""

from typing import Any

import pyarrow as pa

from dashboard.ui.escape import escape_row, escaped_rows
from dashboard.ui.view import View, chosen_in_words

Row = dict[str, Any]
NAMED = 3


def heatmap_finding(found: Row | None, view: View) -> str:
    """The heat map in one sentence."""
    words = view.words
    if not found or not found["n_countries"]:
        return words("heatmap.nothing")
    if not found["n_shown"]:
        return words("heatmap.none_shown")
    highest = _few(view, found["n_highest"], found["highest_titles"])
    lowest = _few(view, found["n_lowest"], found["lowest_titles"])
    if found["highest"] == found["lowest"]:
        text = words("heatmap.finding_one", titles=highest, percent=found["highest"])
    else:
        text = words("heatmap.finding", highest=highest, high=found["highest"], lowest=lowest, low=found["lowest"])
    if found["n_too_few"]:
        text += " " + words("heatmap.too_few", titles=_few(view, found["n_too_few"], found["too_few_titles"]))
    return text


def _few(view: View, n: int, titles: str) -> str:
    """The names of a few countries, or how many there are."""
    return titles if n <= NAMED else view.words("heatmap.countries", n=n)


def band_legend(view: View) -> str:
    """Bands and marks in words, under the chart."""
    bands = escaped_rows(view.published, "bands", view.parameters())
    named = " · ".join(f"{row['band_title']} {row['starts_at']}–{row['ends_at']}" for row in bands)
    legend = view.words("heatmap.legend", bands=named)
    return f"{legend} · {view.words('safe.legend')}" if view.masked else legend


def comparability(found: Row | None, view: View) -> str:
    """How fair the comparison is, said before anyone asks."""
    if not found or not found["n_criteria"] or found["n_countries"] < 2:
        return ""
    names = ("n_criteria", "n_apply_to_all", "n_answered_by_all", "overlap")
    key = "heatmap.comparable" if found["overlap"] >= 80 else "heatmap.not_comparable"
    return view.words(key, **{name: found[name] for name in names})


def reading_text(view: View, row: Row) -> str:
    """A figure as it may be shown: percent, counts, bounds or the word for its emptiness."""
    words = view.words
    match row["reading"]:
        case "score":
            return words("reading.score", percent=row["percent"])
        case "count" if row["n_full"] is None:
            return words("safe.few")
        case "count":
            return "●" * int(row["n_full"]) + "◉" * int(row["n_part"]) + "○" * int(row["n_nil"])
        case "too_few":
            return words("reading.too_few", low=row["low"], high=row["high"])
        case reading:
            return words(f"reading.{reading}")


def figure_name(view: View) -> str:
    """What a figure is a figure of: respect or support, of the present choice."""
    return f"{view.words(f'kind.{view.state.kind}')} · {chosen_in_words(view)}"


def areas_finding(table: pa.Table, view: View) -> str:
    """Strongest and weakest principle, for those who cannot see the chart."""
    shown = [row for row in map(escape_row, table.to_pylist()) if row["mean"] is not None]
    if not shown:
        return view.words("overview.too_few")
    best, worst = shown[0], shown[-1]
    return view.words(
        "areas.finding", best=best["area_title"], high=best["mean"], worst=worst["area_title"], low=worst["mean"]
    )


def exposures_finding(table: pa.Table, view: View) -> str:
    """The most severe exposures in order, each with its cover."""
    return " ".join(
        view.words(
            "exposures.line",
            risk_area=row["risk_area_title"],
            severity=row["severity"],
            figure=row["percent"] if row["band"] else view.words(f"reading.{row['reading']}", low="", high=""),
        )
        for row in map(escape_row, table.to_pylist())
    )
