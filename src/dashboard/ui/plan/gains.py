"""What do a round's actions achieve? The score now, the expected score, and the score measured in the next round."""

from dataclasses import dataclass, replace
from typing import Any

from dashboard.queries.ask import rows
from dashboard.queries.plan.rows import GainsActionsRow, GainsRow
from dashboard.store.reading.imagined import imagined
from dashboard.ui.elements.sentences import signed
from dashboard.ui.escape import escaped_rows
from dashboard.ui.view import View

Row = dict[str, Any]
Key = tuple[str, str]
"""A country and an area; an empty area means all areas, an empty country the mean."""
MEAN: Key = ("", "")
SIDES = ("now", "expected", "realised")


@dataclass(frozen=True)
class Gains:
    """The scores now, expected and measured, by country and area, and what they rest on."""

    actions: list[GainsActionsRow]
    """Every action of the round, including those that do not count."""
    figures: dict[str, dict[Key, GainsRow]]

    @property
    def counting(self) -> list[GainsActionsRow]:
        return [row for row in self.actions if row["counts"]]

    @property
    def measured(self) -> list[GainsActionsRow]:
        return [row for row in self.counting if row["outcome"]]

    @property
    def whole(self) -> Key:
        """The key of the opening sentence: the mean, or the only country there is."""
        countries = [key for key in self.figures["now"] if key[0] and not key[1]]
        return countries[0] if len(countries) == 1 else MEAN

    def known(self, side: str, key: Key) -> GainsRow | None:
        """Return the score on one side; none if no action of this cell was measured, which is not a gain of 0."""
        if side == "realised" and not any(_touches(row, key) for row in self.measured):
            return None
        return self.figures[side].get(key)

    def cells(self, area: bool) -> list[Key]:
        """Return countries, or countries and areas, with an action that counts, in the order of the figures."""
        return [
            key
            for key in self.figures["now"]
            if key != MEAN and key[0] and bool(key[1]) == area and any(_touches(row, key) for row in self.counting)
        ]


def _touches(action: GainsActionsRow, key: Key) -> bool:
    country, area = key
    return country in ("", action["country"]) and area in ("", action["area"])


def of_country(view: View, operation: str) -> View:
    """Return the view filtered to the country of one operation, since scores are by country."""
    found = rows(view.published, "operations", view.parameters())
    country = tuple(row["country"] for row in found if row["operation"] == operation)
    return replace(view, state=replace(view.state, country=country or view.state.country))


def found_gains(view: View, operation: str = "") -> Gains:
    """Return three answers to one question: as published, as all actions expect, and as the next round measured.

    The actions are those of one operation, or of all if none is named.
    """
    actions = [
        row
        for row in escaped_rows(view.published, "gains_actions", view.parameters())
        if operation in ("", row["operation"])
    ]
    changed = {
        "now": [],
        "expected": [(row["operation"], row["criterion"], row["becomes"]) for row in actions if row["becomes"]],
        "realised": [(row["operation"], row["criterion"], row["measured"]) for row in actions if row["measured"]],
    }
    figures = {}
    for side, changes in changed.items():
        published = imagined(view.published, view.state.round, tuple(changes))
        found = escaped_rows(published, "gains", view.parameters())
        figures[side] = {(row["country"], row["area"]): row for row in found}
    return Gains(actions, figures)


def finding(view: View, found: Gains) -> str:
    """Return the expected and measured points of the mean or the one country, and how many actions met expectations."""
    words = view.words
    if not found.counting:
        return words("gains.nothing" if len(view.kinds) > 1 else "gains.nothing_alone")
    now, then = found.known("now", found.whole), found.known("expected", found.whole)
    if now is None or then is None or then["gain"] is None:
        return words("safe.none_shown" if view.masked else "gains.no_figure")
    n = len(found.counting)
    said = words.count(
        "gains.expects",
        n,
        who=_who(view, found),
        kind=view.kind_word(),
        **_told(then),
        was=now["percent"],
        was_band=_band(now),
    )
    measured = found.known("realised", found.whole)
    if measured is None or measured["gain"] is None:
        return f"{said} {words('gains.not_yet')}"
    reached = sum(row["outcome"] == "reached" for row in found.measured)
    return f"{said} {words('gains.realised', **_told(measured), reached=reached, of=len(found.measured))}"


def _told(row: GainsRow) -> Row:
    return {"gain": signed(row["gain"]), "percent": row["percent"], "band": _band(row)}


def _band(row: GainsRow) -> str:
    """A band within a sentence."""
    return str(row["band_title"]).lower()


def _who(view: View, found: Gains) -> str:
    """Return whose score the sentence is about."""
    if found.whole != MEAN:
        return str(found.figures["now"][found.whole]["country_title"])
    return view.words("gains.chosen" if view.state.country else "gains.group")
