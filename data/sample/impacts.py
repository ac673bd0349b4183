"""Which impacts an operation has, rates and finds, and what its rating rests on."""

from collections.abc import Iterator
from random import Random
from typing import Any

from data.sample.chance import draw
from data.sample.files import FRAMEWORKS, content, read_yaml
from data.sample.operations import Operation, Round, takes_part
from data.sample.planted_risks import PLANTED_RISKS
from data.sample.texts import day_in, fill, role_of

UNRATED: frozenset[str] = frozenset(content("unrated.yaml")["impacts"])
"""Named since the last round, and rated by nobody yet."""
BASES: dict[str, list[str]] = content("bases.yaml")["by_setting"]
# Shares, 0 to 1: of impacts that are rated by round, and of rated ones that were looked for and not found.
RATED_SHARE = {"2023": 0.65, "2024": 0.75, "2025": 0.82}
NONE_FOUND_SHARE = 0.05
PLANTED_NONE_FOUND = {("rwa-op", "IMP-emergency-RA09-r1"), ("col-op", "IMP-field-RA10-o1")}


def impacts_of(operation: Operation, polarity: str) -> list[dict[str, Any]]:
    """The impacts of one polarity, `risk` or `opportunity`, whose setting the operation has, as their file has them."""
    present = {
        setting["setting"]
        for setting in read_yaml(FRAMEWORKS / "shared" / "settings.yaml")["settings"]
        if not setting.get("services") or operation.services & set(setting["services"])
    }
    impacts = read_yaml(FRAMEWORKS / "shared" / "impacts.yaml")["impacts"]
    return [impact for impact in impacts if impact["polarity"] == polarity and impact["setting"] in present]


def is_rated(operation: Operation, impact: dict[str, Any], period: Round) -> bool:
    """Whether the operation rated this impact; once rated it is rated in later rounds too."""
    if impact["impact"] in UNRATED:
        return False
    ids = (operation.operation, impact["impact"])
    planted = ids in PLANTED_NONE_FOUND or (period.round, *ids) in PLANTED_RISKS
    return planted or draw("rated", *ids).random() < RATED_SHARE[period.round]


def is_found(operation: Operation, impact: dict[str, Any], period: Round) -> bool:
    """Whether the operation, having looked, found the impact."""
    ids = (operation.operation, impact["impact"])
    if ids in PLANTED_NONE_FOUND or (period.round, *ids) in PLANTED_RISKS:
        return ids not in PLANTED_NONE_FOUND
    return draw("found", *ids).random() >= NONE_FOUND_SHARE


def impacts_rated(
    operations: list[Operation], rounds: list[Round], polarity: str
) -> Iterator[tuple[Round, Operation, dict[str, Any]]]:
    """Every round, operation and impact that has a row of its own."""
    for period in rounds:
        for operation in operations:
            if operation.kind == "operation" and takes_part(operation, period.round):
                for impact in impacts_of(operation, polarity):
                    if is_rated(operation, impact, period):
                        yield period, operation, impact


def rating_tail(operation: Operation, impact: dict[str, Any], period: Round, source: Random) -> tuple[str, str, str]:
    """Basis, role and day of a rating."""
    basis = fill(source.choice(BASES[impact["setting"]]), source, operation.operation)
    role = role_of(tuple(impact.get("functions") or ()), source, operation.operation)
    return basis, role, day_in(period, source)
