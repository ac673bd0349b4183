"""Which answers to the other standards relate to one area of this one, how strongly, and by which path?

A row per criterion of another standard; over two steps, the criterion in between is named, and the weaker link counts.
"""

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.criteria import about, answered, flags_at, places_of, sums_of


def answer(asked: Asked) -> pa.Table:
    """The strongest and most direct first, then in the order of the standards."""
    cube, links = asked.cube, asked.rows("speaking_links")
    criteria = places_of(cube, links["criterion"].to_pylist())
    listed = (asked.criteria & (asked.rounds_read[cube.framework_of] >= 0))[criteria]
    links, criteria = links.filter(pa.array(listed)), criteria[listed]
    sums = sums_of(asked, asked.chosen_as_read(flags_at(cube, criteria), asked.spread_over))
    return pa.table(
        {
            **about(asked, criteria, ("framework_title", "criterion", "text", "critical")),
            **{name: links[name] for name in ("strength", "steps", "speaks_to", "via")},
            **about(asked, criteria, ("round",)),
            **answered(sums, criteria),
        }
    )
