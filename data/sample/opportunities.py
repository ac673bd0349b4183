"""The rows of `ratings/opportunities.csv`."""

from collections.abc import Iterator

from data.sample.chance import draw, whole
from data.sample.impacts import impacts_rated, is_found, rating_tail
from data.sample.levels import LEVELS
from data.sample.operations import Operation, Round

OPPORTUNITY_COLUMNS = (
    "round",
    "operation",
    "impact",
    "found",
    "reach",
    "need",
    "feasibility",
    "confidence",
    "basis",
    "rated_by_role",
    "rated_on",
)
# By country: how much further, or how much more needed, help is than elsewhere.
REACH_EFFECT = {"TCD": -1, "COD": 0, "GHA": 0, "RWA": 0, "SEN": 0, "TZA": 0, "BOL": 0, "COL": 1, "GTM": 0, "PRY": 0}
NEED_EFFECT = {"TCD": 1, "COD": 1, "GHA": 0, "RWA": 0, "SEN": 0, "TZA": 1, "BOL": 0, "COL": -1, "GTM": 0, "PRY": -1}


def opportunity_rows(operations: list[Operation], rounds: list[Round]) -> Iterator[tuple[str, ...]]:
    """Opportunity ratings of all operations in all rounds, in the order of OPPORTUNITY_COLUMNS."""
    for period, operation, impact in impacts_rated(operations, rounds, "opportunity"):
        ids = (operation.operation, impact["impact"])
        own, source = draw("chance", *ids), draw("chance-text", period.round, *ids)
        trait = draw("impact", impact["impact"])
        country = operation.country
        reach = whole(2.5 + trait.uniform(-0.9, 0.9) + REACH_EFFECT[country] * 0.5 + own.uniform(-0.7, 0.7))
        need = whole(2.7 + trait.uniform(-0.6, 0.6) + NEED_EFFECT[country] * 0.8 + own.uniform(-0.6, 0.6))
        level = LEVELS[operation.operation][period.round]
        feasibility = whole(1.6 + 1.8 * level + trait.uniform(-0.7, 0.7) + own.uniform(-0.6, 0.6))
        basis, *tail = rating_tail(operation, impact, period, source)
        confidence = draw("chance-confidence", period.round, *ids).choices(("low", "medium", "high"), (2, 5, 2))[0]
        if is_found(operation, impact, period):
            yield (period.round, *ids, "yes", reach, need, feasibility, confidence, basis, *tail)
        else:
            yield (period.round, *ids, "none", "", "", "", confidence, f"{basis} None found.", *tail)
