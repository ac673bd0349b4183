"""Finds what needs a decision: critical criteria that failed, severe gaps, and overdue actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

import numpy as np
import pyarrow as pa

from dashboard.figures.cube import Flags, Ints
from dashboard.figures.failures import failed
from dashboard.figures.gaps import JUDGED, Judgements, causes, judgements
from dashboard.figures.ratings import BESIDE, cards
from dashboard.figures.risks import ranked
from dashboard.figures.selection import Asked
from dashboard.model.known_codes import SEVERE
from dashboard.queries.elements.failures import ACTIONS_BESIDE, First, open_actions, overdue
from dashboard.queries.question import RATED, Folded

Row = dict[str, Any]
Pair = tuple[str, int]
"""A criterion or a risk, and the number of the operation it is about."""
SCHEMA = pa.schema(
    [
        ("kind", pa.string()), ("subject", pa.string()), ("text", pa.string()), ("gap", pa.string()),
        ("framework", pa.string()), ("countries", pa.list_(pa.string())), ("n", pa.int64()), ("n_gaps", pa.int64()),
        ("risks", pa.list_(pa.string())), ("impacts", pa.list_(pa.string())), ("also", pa.list_(pa.string())),
        ("n_before", pa.int64()), ("n_not_answered", pa.int64()), ("n_nothing", pa.int64()), ("n_either", pa.int64()),
        ("n_acted", pa.int64()),
        ("beyond", pa.bool_()), ("n_overdue", pa.int64()), ("overdue", pa.list_(pa.string())), ("due_on", pa.date32()),
        ("owner_role", pa.string()), ("action", pa.string()),
    ]
)  # fmt: skip


class DecisionsRow(TypedDict):
    """A row of `decisions`."""

    kind: str
    subject: str
    text: str
    gap: str | None
    framework: str | None
    countries: list[str]
    n: int
    n_gaps: int
    risks: list[str]
    impacts: list[str]
    also: list[str]
    n_before: int
    n_not_answered: int
    n_nothing: int
    n_either: int
    n_acted: int
    beyond: bool
    n_overdue: int
    overdue: list[str]
    due_on: date | None
    owner_role: str | None
    action: str | None


@dataclass
class Matter:
    """What is decided together: the operations where a criterion failed, or the severe gaps of a risk area."""

    kind: str
    subject: str
    gaps: list[int] = field(default_factory=list)
    """Places in the judgements."""
    failed: list[int] = field(default_factory=list)
    """Places of operations."""
    also: set[int] = field(default_factory=set)
    """Gaps that it causes, too, and that stand in another matter."""


def answer(asked: Asked) -> pa.Table:
    """What needs a decision, where, and who is responsible by when? One row per matter, the gravest first.

    A critical criterion that failed is a matter, with all severe gaps it causes. The other severe gaps of one risk area
    are one matter. An overdue action on neither is one. Every standard of the round counts, whichever is in view.

    `overdue` names the overdue actions of a matter: those that the filters keep, and those it names an owner of. A
    matter is `beyond` the filters if its criterion is, and it stands there because of a risk that they keep.

    Matters with severe gaps in the order of their first gap; then failures without one; then overdue actions.
    """
    ranks = {row["impact"]: rank for rank, row in enumerate(ranked(asked), 1)}
    found = judgements(asked)
    gaps = found.take(found.gap & (found.severity == SEVERE))
    codes = [cards(asked).codes[place] for place in gaps.impact]
    rows = [_row(asked, one, gaps, codes, ranks) for one in _matters(asked, gaps, codes)]
    rows.sort(key=lambda row: row["rank"])
    alone = [row for row in overdue(asked).to_pylist() if not _stands(row, rows)]
    alone.sort(key=lambda row: (row["due_on"], row["action"]))
    _also_named(rows)
    return pa.Table.from_pylist([*rows, *map(_overdue, alone)], SCHEMA)


DECISIONS = Folded("decisions", DecisionsRow, answer, (*RATED, "today"), (*ACTIONS_BESIDE, *BESIDE))


def _stands(action: Row, rows: list[Row]) -> bool:
    """Put an overdue action into the matter that it is about; else into the first with a gap that it bears on."""
    for subjects in ((action["criterion"] or action["impact"],), action["bears_on"] or ()):
        for row in rows:
            if any((subject, action["operation_no"]) in row["pairs"] for subject in subjects):
                row["overdue"].append(action["action"])
                return True
    return False


def _also_named(rows: list[Row]) -> None:
    """Add the overdue actions that a matter names its owner of, although the filters leave them out; each once."""
    there = {action for row in rows for action in row["overdue"]}
    for row in rows:
        row["overdue"] += sorted({*row["late"]} - there)
        there.update(row["late"])


def _matters(asked: Asked, gaps: Judgements, codes: list[str]) -> list[Matter]:
    """Every matter but the overdue actions. A gap stands in one: of its causes, the one with more gaps."""
    criteria = asked.cube.criteria
    rating, criterion = causes(asked, gaps)
    n_gaps = np.bincount(criterion, minlength=len(criteria))
    behind: dict[int, list[int]] = {}
    for place, cause in zip(rating.tolist(), criterion.tolist(), strict=True):
        behind.setdefault(place, []).append(cause)
    matters: dict[tuple[str, str], Matter] = {}

    def matter(kind: str, subject: str) -> Matter:
        return matters.setdefault((kind, subject), Matter(kind, subject))

    for cause, operation in _failed(asked, gaps, rating, criterion):
        matter("critical", criteria[cause]).failed.append(operation)
    areas = dict(zip(cards(asked).codes, cards(asked).table["risk_area"].to_pylist(), strict=True))
    for place, impact in enumerate(codes):
        first, *others = [
            matter("critical", criteria[cause])
            for cause in sorted(behind.get(place, ()), key=lambda one: (-n_gaps[one], criteria[one]))
        ] or [matter("area", areas[impact])]
        first.gaps.append(place)
        for other in others:
            other.also.add(place)
    return list(matters.values())


def _failed(asked: Asked, gaps: Judgements, rating: Ints, criterion: Ints) -> list[tuple[int, int]]:
    """The failures that the filters keep, and those that cause a gap that they keep: criterion and operation."""
    countries: Flags = asked.countries[asked.answers().country]
    kept = (failed(asked, asked.round) >= 0) & asked.criteria[:, None] & countries
    kept[criterion, gaps.operation[rating]] = True
    return [(cause, operation) for cause, operation in np.argwhere(kept).tolist()]


def _row(asked: Asked, matter: Matter, gaps: Judgements, codes: list[str], ranks: Mapping[str, int]) -> Row:
    critical = matter.kind == "critical"
    answers, cube = asked.answers(), asked.cube
    at = matter.failed if critical else sorted({int(gaps.operation[place]) for place in matter.gaps})
    impacts = sorted({codes[place] for place in matter.gaps}, key=ranks.__getitem__)
    also = sorted({codes[place] for place in matter.also} - set(impacts), key=ranks.__getitem__)
    judged = [JUDGED[gaps.judged[place]] for place in matter.gaps]
    number = cube.criterion_numbers.get(matter.subject, -1)
    now = failed(asked, asked.round)[number] == asked.round
    numbers = answers.numbers.tolist()
    pairs = {(codes[place], numbers[gaps.operation[place]]) for place in matter.gaps}
    pairs |= {(matter.subject, numbers[operation]) for operation in matter.failed}
    return {
        "kind": matter.kind,
        "subject": matter.subject,
        "text": asked.text(matter.subject) if critical else asked.title(matter.subject),
        "gap": asked.gap(matter.subject) if critical else None,
        "framework": cube.frameworks[cube.framework_of[number]].code if critical else None,
        "countries": asked.in_order({cube.country_titles[place] for place in answers.country[at].tolist()}),
        "n": len(at),
        "n_gaps": len(matter.gaps),
        "risks": [asked.text(code) for code in impacts],
        "impacts": impacts,
        "also": [asked.text(code) for code in also],
        "n_before": sum(not now[operation] for operation in matter.failed),
        **{f"n_{word}": judged.count(word) for word in ("not_answered", "nothing", "either")},
        **_acted(asked, pairs, critical),
        "overdue": [],
        "beyond": critical and not asked.criteria[number],
        "pairs": pairs,
        "rank": (0, ranks[impacts[0]], matter.subject) if impacts else (1, -len(at), matter.subject),
    }


def _acted(asked: Asked, pairs: set[Pair], critical: bool) -> Row:
    """The open action due first, among the first of each operation.

    On a criterion that failed, only actions about it or about a risk that it leaves open count.
    """
    found = open_actions(asked)
    among = found.first if critical else found.bearing
    first: dict[int, First] = {}
    for subject, operation in pairs:
        if one := among.get((subject, operation)):
            first[operation] = min(first.get(operation, one), one, key=lambda action: action[:2])
    soonest = min(first.values(), key=lambda action: action[:2], default=None)
    return {
        "n_acted": len(first),
        "n_overdue": len(late := [one.action for one in first.values() if one.due_on < asked.given["today"]]),
        "late": late,
        "due_on": soonest and soonest.due_on,
        "owner_role": soonest and soonest.owner_role,
        "action": soonest and soonest.action,
    }


def _overdue(action: Row) -> Row:
    return {
        **{name: action[name] for name in ("text", "due_on", "owner_role", "action")},
        **dict.fromkeys(("n_gaps", "n_before", "n_not_answered", "n_nothing", "n_either"), 0),
        **{name: [] for name in ("risks", "impacts", "also")},
        "kind": "overdue",
        "subject": action["action"],
        "countries": [action["country_title"]],
        **dict.fromkeys(("n", "n_acted", "n_overdue"), 1),
        "overdue": [action["action"]],
        "beyond": False,
    }
