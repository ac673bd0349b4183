"""Rows become sentences: findings, legends and the names of things."""

from typing import Any

import pyarrow as pa

from dashboard.queries.ask import rows
from dashboard.ui.shell import View, chosen_in_words

Row = dict[str, Any]


def heatmap_finding(found: Row | None, view: View) -> str:
    """The heat map in one sentence."""
    words = view.words
    if not found or not found["n_countries"]:
        return words("heatmap.nothing")
    if not found["n_shown"]:
        return words("heatmap.none_shown")
    places = {name: found[name] for name in ("highest_title", "highest", "lowest_title", "lowest")}
    key = "heatmap.finding" if found["n_shown"] > 1 else "heatmap.finding_one"
    text = words(key, **places)
    if found["too_few_titles"]:
        text += " " + words("heatmap.too_few", titles=found["too_few_titles"])
    return text


def band_legend(view: View) -> str:
    """Bands and marks in words, under the chart."""
    bands = rows(view.published, "bands", view.given())
    named = " · ".join(f"{row['band_title']} {row['starts_at']}–{row['ends_at']}" for row in bands)
    return view.words("heatmap.legend", bands=named)


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
    shown = [row for row in table.to_pylist() if row["mean"] is not None]
    if not shown:
        return view.words("overview.too_few")
    best, worst = shown[0], shown[-1]
    return view.words(
        "areas.finding", best=best["area_title"], high=best["mean"], worst=worst["area_title"], low=worst["mean"]
    )


def exposures_finding(table: pa.Table, view: View) -> str:
    """The gravest exposures in order, each with its cover."""
    return " ".join(
        view.words(
            "exposures.line",
            risk_area=row["risk_area_title"],
            severity=row["severity"],
            figure=row["percent"] if row["band"] else view.words(f"reading.{row['reading']}", low="", high=""),
        )
        for row in table.to_pylist()
    )
