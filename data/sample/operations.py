"""The operations of the group, and the rounds in which they answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.sample.files import read_rows


@dataclass(frozen=True)
class Operation:
    """One line of operations.csv."""

    operation: str
    country: str
    kind: str
    services: frozenset[str]
    first_round: str


@dataclass(frozen=True)
class Round:
    """One line of rounds.csv."""

    round: str
    starts_on: date
    ends_on: date
    versions: Mapping[str, str]


def read_operations() -> list[Operation]:
    """All operations in the order of operations.csv."""
    return [
        Operation(
            row["operation"],
            row["country"],
            row["kind"],
            frozenset(filter(None, row["services"].split(";"))),
            row["first_round"],
        )
        for row in read_rows("operations.csv")
    ]


def read_rounds() -> list[Round]:
    """All rounds, the oldest first."""
    return [
        Round(
            row["round"],
            date.fromisoformat(row["starts_on"]),
            date.fromisoformat(row["ends_on"]),
            dict(named.split("=") for named in row["versions"].split(";") if named),
        )
        for row in read_rows("rounds.csv")
    ]


def takes_part(operation: Operation, round_id: str) -> bool:
    """Whether the operation had joined by that round."""
    return round_id >= operation.first_round
