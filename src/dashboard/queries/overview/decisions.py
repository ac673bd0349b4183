"""What needs a decision, who is responsible, and by when?

Severe priority gaps, critical criteria that failed, and overdue actions. Owner, date and action come from the open
action in that country that is due first.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.risks import ranked
from dashboard.queries.elements.open_actions import open_actions, overdue

Row = Mapping[str, Any]
SCHEMA = pa.schema(
    [
        ("kind", pa.string()), ("subject", pa.string()), ("text", pa.string()), ("gap", pa.string()),
        ("countries", pa.list_(pa.string())), ("n", pa.int64()), ("n_acted", pa.int64()), ("due_on", pa.date32()),
        ("owner_role", pa.string()), ("action", pa.string()), ("position", pa.int32()), ("rank", pa.int64()),
    ]
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """Risks in their order, then criteria by number of countries, then actions by due date."""
    found = [*_of_places(asked, "gap", 1, _severe_gaps(asked)), *_of_places(asked, "critical", 2, _failed(asked))]
    found += _overdue(asked)
    found.sort(key=lambda row: (row["position"], row["rank"], -row["n"], _due(row), row["subject"]))
    return pa.Table.from_pylist(found, SCHEMA)


def _due(row: Row) -> tuple[bool, str]:
    return row["due_on"] is None, str(row["due_on"])


Places = dict[tuple[str, int], list[int]]
"""By subject and rank: the places of the countries where it occurs."""


def _severe_gaps(asked: Asked) -> Places:
    numbers = asked.cube.country_numbers
    return {
        (row["impact"], rank): [numbers[code] for code in row["gap_countries"]]
        for rank, row in enumerate(ranked(asked), 1)
        if row["n_severe_gaps"]
    }


def _failed(asked: Asked) -> Places:
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within & asked.cube.critical, asked.countries)
    failed = rows["n_critical_failed"] > 0
    places: Places = defaultdict(list)
    for criterion, country in zip(rows.criterion[failed].tolist(), rows.country[failed].tolist(), strict=True):
        places[asked.cube.criteria[criterion], 0].append(country)
    return places


def _of_places(asked: Asked, kind: str, position: int, places: Places) -> Iterator[Row]:
    first = open_actions(asked).first
    for (subject, rank), countries in places.items():
        acted = [one for place in countries if (one := first.get((subject, asked.cube.countries[place])))]
        soonest = min(acted, key=lambda one: one[:2], default=None)
        yield {
            "kind": kind,
            "subject": subject,
            "text": asked.text(subject),
            "gap": asked.gap(subject),
            "countries": asked.in_order(asked.cube.country_titles[place] for place in countries),
            "n": len(countries),
            "n_acted": len(acted),
            "due_on": soonest and soonest.due_on,
            "owner_role": soonest and soonest.owner_role,
            "action": soonest and soonest.action,
            "position": position,
            "rank": rank,
        }


def _overdue(asked: Asked) -> Iterator[Row]:
    for row in overdue(asked).select(("action", "text", "due_on", "owner_role", "country_title")).to_pylist():
        yield {
            **{name: row[name] for name in ("text", "due_on", "owner_role", "action")},
            "kind": "overdue",
            "subject": row["action"],
            "countries": [row["country_title"]],
            "n": 1,
            "n_acted": 1,
            "position": 3,
            "rank": 0,
        }
