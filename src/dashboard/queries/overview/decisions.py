"""What needs a decision, with who answers for it and by when?

Severe priority gaps, critical criteria that failed, and actions past their date. Owner, date and
action are those of the open action there that is due first.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from dashboard.figures.asked import Asked
from dashboard.figures.ratings import ratings
from dashboard.figures.risks import SEVERE, covered_risks

Row = Mapping[str, Any]
SCHEMA = pa.schema(
    [
        ("kind", pa.string()), ("subject", pa.string()), ("text", pa.string()), ("gap", pa.string()),
        ("countries", pa.string()), ("n", pa.int64()), ("n_acted", pa.int64()), ("due_on", pa.date32()),
        ("owner_role", pa.string()), ("action", pa.string()), ("position", pa.int32()), ("rank", pa.int64()),
    ]
)  # fmt: skip


def answer(asked: Asked) -> pa.Table:
    """Risks in their order, then criteria, then actions; of these the most countries and the earliest first."""
    countries = set(asked.given["countries"])
    actions = [row for row in asked.rows("decisions_actions").to_pylist() if row["country"] in countries]
    found = [*_of_places(asked, "gap", 1, _severe_gaps(asked), actions)]
    found += _of_places(asked, "critical", 2, _failed(asked), actions)
    found += _overdue(asked, actions)
    found.sort(key=lambda row: (row["position"], row["rank"], -row["n"], _due(row), row["subject"]))
    return pa.Table.from_pylist(found, SCHEMA)


def _due(row: Row) -> tuple[bool, str]:
    return row["due_on"] is None, str(row["due_on"])


Places = dict[tuple[str, int], list[tuple[str, str]]]
"""By subject and rank: the countries in which it stands, code and title."""


def _severe_gaps(asked: Asked) -> Places:
    risks = {
        row["impact"]: row["risk_order"]
        for row in covered_risks(asked).to_pylist()
        if row["severity"] == SEVERE and row["priority_gap"]
    }
    places: Places = defaultdict(list)
    titles = dict(zip(asked.cube.countries, asked.cube.country_titles, strict=True))
    for rating in ratings(asked):
        if rating.severity == SEVERE and rating.impact in risks:
            places[rating.impact, risks[rating.impact]].append((rating.country, titles[rating.country]))
    return places


def _failed(asked: Asked) -> Places:
    cube = asked.cube
    rows = asked.chosen(asked.in_view & asked.criteria & asked.within, asked.countries)
    failed = rows.values[:, rows.measures.index("n_critical_failed")] > 0
    places: Places = defaultdict(list)
    for criterion, country in zip(rows.criterion[failed], rows.country[failed], strict=True):
        places[cube.criteria[criterion], 0].append((cube.countries[country], cube.country_titles[country]))
    return places


def _of_places(asked: Asked, kind: str, position: int, places: Places, actions: list[Any]) -> Iterator[dict[str, Any]]:
    for (subject, rank), countries in places.items():
        first = [_first(action for action in actions if _acts(action, subject, code)) for code, _ in countries]
        acted = [row for row in first if row]
        soonest = _first(acted)
        yield {
            "kind": kind,
            "subject": subject,
            "text": asked.text(subject),
            "gap": asked.gap(subject),
            "countries": ", ".join(sorted(title for _, title in countries)),
            "n": len(countries),
            "n_acted": len(acted),
            "due_on": soonest and soonest["due_on"],
            "owner_role": soonest and soonest["owner_role"],
            "action": soonest and soonest["action"],
            "position": position,
            "rank": rank,
        }


def _acts(action: Row, subject: str, country: str) -> bool:
    """Whether an action there is on the subject, or on a criterion that addresses it."""
    return action["country"] == country and (subject == action["criterion"] or subject in (action["bears_on"] or ()))


def _first(actions: Any) -> Row | None:
    """The one that is due first, of those that have a date."""
    return min((row for row in actions if row["due_on"]), key=lambda row: (row["due_on"], row["action"]), default=None)


def _overdue(asked: Asked, actions: list[Any]) -> Iterator[dict[str, Any]]:
    kept = set(asked.rows("decisions_kept")["action"].to_pylist())
    for row in actions:
        if row["action"] in kept and row["due_on"] and row["due_on"] < asked.given["today"]:
            yield {
                **{name: row[name] for name in ("text", "due_on", "owner_role", "action")},
                "kind": "overdue",
                "subject": row["action"],
                "countries": row["country_title"],
                "n": 1,
                "n_acted": 1,
                "position": 3,
                "rank": 0,
            }
