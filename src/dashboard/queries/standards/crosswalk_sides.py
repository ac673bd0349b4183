"""What stands on both sides of one cell of the crosswalk? A row a criterion: its answers now, what it is linked to."""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, flags_at, places_of, sums_of


def answer(asked: Asked) -> pa.Table:
    """On each side the strongest links first, then in order of the standards; whatever criteria the filters keep."""
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
