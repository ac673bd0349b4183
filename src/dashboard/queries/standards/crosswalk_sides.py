"""What is on both sides of one cell of the crosswalk? A row per criterion: its current answers, and its links."""

from typing import TypedDict

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, flags_at, places_of, sums_of
from dashboard.queries.question import READ, Folded


class CrosswalkSidesRow(TypedDict):
    """A row of `crosswalk_sides`."""

    side: int
    framework_title: str
    criterion: str
    text: str
    strong: list[str] | None
    weak: list[str] | None
    n_asked: float


def answer(asked: Asked) -> pa.Table:
    """The strongest links first on each side, then in the order of the standards; whatever the filters keep."""
    cube, links = asked.cube, asked.rows("crosswalk_linked")
    criteria = places_of(cube, links["criterion"].to_pylist())
    listed = asked.rounds_read[cube.framework_of[criteria]] >= 0
    links, criteria = links.filter(pa.array(listed)), criteria[listed]
    sums = sums_of(asked, asked.chosen_as_read(flags_at(cube, criteria), asked.countries))
    return pa.table(
        {
            "side": links["side"],
            **about(asked, criteria, ("framework", "framework_title", "criterion", "kind", "critical", "text")),
            **{name: links[name] for name in ("strength", "basis", "strong", "weak")},
            **about(asked, criteria, ("round",)),
            **answered(sums, criteria),
        }
    )


CROSSWALK_SIDES = Folded("crosswalk_sides", CrosswalkSidesRow, answer, READ, ("crosswalk_linked",))
