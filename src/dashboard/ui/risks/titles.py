"""What does each part of the risks page find? One sentence per part: how many of how many, and where most."""

from collections.abc import Mapping

from dashboard.figures.risks import SEVERE, gaps_in
from dashboard.model.view.known import HEAD_OFFICE
from dashboard.queries.compare.rows import HeatmapFindingRow
from dashboard.queries.risks.rows import (
    IndicatorsRow,
    OpportunityListRow,
    PlacesRow,
    RiskListRow,
    RiskMapRow,
    RiskRightsRow,
)
from dashboard.ui.elements.rated import gaps_said
from dashboard.ui.elements.sentences import heatmap_finding
from dashboard.ui.view import View

NAMED = 2
"""Most that are named if they share first place; beyond that, only their number is given."""
GREATEST = 4
"""The greatest need on a scale of 1 to 4."""
FEASIBLE = 3
"""The feasibility, on a scale of 1 to 4, from which an opportunity is called feasible."""


def of_list(view: View, risks: list[RiskListRow]) -> str:
    """Say how many risks are severe, and how many priority gaps there are."""
    words = view.words
    if not risks:
        return words("risks.nothing", reset=view.reset())
    severe = sum(row["severity"] == SEVERE for row in risks)
    return f"{words.count('risks.severe', severe, of=len(risks))} {gaps_said(view, gaps_in(risks))}".strip()


def of_settings(view: View, cells: list[RiskMapRow]) -> str:
    """Say in how many settings a risk is severe, and which setting has the most such risk areas."""
    words, severe = view.words, dict.fromkeys((row["setting_title"] for row in cells), 0)
    if all(row["grade"] is None for row in cells):
        return words("risks.nothing", reset=view.reset())
    for row in cells:
        severe[row["setting_title"]] += row["polarity"] == "risk" and row["grade"] == SEVERE
    text = words.count("risks.severe_settings", sum(n > 0 for n in severe.values()), of=len(severe))
    return f"{text} {_most(view, 'areas', severe)}".strip()


def of_openings(view: View, openings: list[OpportunityListRow]) -> str:
    """Say how many opportunities meet the greatest need, and how many of those are feasible."""
    if not openings:
        return view.words("risks.no_openings", reset=view.reset())
    needed = [row for row in openings if row["need"] == GREATEST]
    feasible = sum(row["feasibility"] >= FEASIBLE for row in needed)
    return view.words.count("risks.needed", len(needed), of=len(openings), feasible=feasible)


def of_rights(view: View, rights: list[RiskRightsRow]) -> str:
    """Say which right the most severe risks affect, and in how many rights there is a priority gap."""
    words = view.words
    if not any(row["n_risks"] for row in rights):
        return words("risks.nothing", reset=view.reset())
    most = _most(view, "on_right", {row["title"]: row["n_severe"] for row in rights})
    gaps = sum(row["n_gaps"] > 0 for row in rights)
    return f"{most} {words.count('risks.rights_with_gap', gaps, of=len(rights))}".strip()


def of_map(view: View, places: list[PlacesRow], figure: IndicatorsRow | None, found: HeatmapFindingRow | None) -> str:
    """Return what the map says, by its shading; `found` is the heat map's finding, because the figures are the same."""
    shade, places = view.state.shade, [row for row in places if row["country"] != HEAD_OFFICE]
    if shade == "context" and figure is not None:
        return _of_figure(view, figure["indicator_title"], places)
    if shade == "severity":
        return _of_severity(view, places)
    if shade == "coverage":
        covers = [row["cover"] for row in places]
        return view.words.count("risks.all_answered", covers.count("all"), of=len(covers), under=covers.count("under"))
    return heatmap_finding(found, view)


def _of_severity(view: View, places: list[PlacesRow]) -> str:
    """Say in how many countries a risk is severe and where most ratings are; for one country, how many ratings."""
    words = view.words
    severe = {row["country_title"]: row["n_at_severity"] or 0 for row in places if row["severity"] == SEVERE}
    rated = sum(row["n_rated"] or 0 for row in places)
    if not rated:
        return words("risks.nothing", reset=view.reset())
    if len(places) == 1:
        return words("risks.one_country", country=places[0]["country_title"], n=sum(severe.values()), of=rated)
    text = words.count("risks.severe_countries", len(severe), of=len(places))
    return f"{text} {_most(view, 'ratings', severe)}".strip()


def _of_figure(view: View, title: str, places: list[PlacesRow]) -> str:
    """Name the countries at both ends of an outside figure, and how many have one; no ends if all are equal."""
    recorded = [row for row in places if row["state"] != "not_recorded"]
    text = view.words("risks.recorded", title=title, n=len(recorded), of=len(places))
    numbers = [row["number"] for row in recorded if row["number"] is not None]
    if len(set(numbers)) < 2:
        return text
    least, most = ([row for row in recorded if row["number"] == number] for number in (min(numbers), max(numbers)))
    ends = {"least": least[0]["value"], "most": most[0]["value"]}
    titles = {"lowest": _countries(view, least), "highest": _countries(view, most)}
    return f"{text} {view.words('risks.figure_ends', **ends, **titles)}"


def _countries(view: View, rows: list[PlacesRow]) -> str:
    """Return the names of a few countries, or their number."""
    titles = [row["country_title"] for row in rows]
    return view.words.listed(titles) if len(titles) <= NAMED else view.words.count("heatmap.countries", len(titles))


def _most(view: View, of: str, counted: Mapping[str, int]) -> str:
    """Return who has most, by name if few share first place; empty if nobody has any."""
    n = max(counted.values(), default=0)
    first = [title for title, own in counted.items() if own == n]
    if not n or len(first) == len(counted) > 1:
        return ""
    if len(first) > NAMED:
        return view.words.count(f"risks.most_{of}_tied", n, tied=len(first))
    return view.words.count(f"risks.most_{of}", n, titles=view.words.listed(first))
