"""The rows of `ratings/risks.csv`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from data.sample.chance import clamp, draw, whole
from data.sample.files import content
from data.sample.impacts import impacts_rated, is_found, rating_tail
from data.sample.operations import Operation, Round
from data.sample.planted_risks import BY_NOTHING, LOWERED_BY_NOTHING, PLANTED_RISKS
from data.sample.questions import asked_as

RISK_COLUMNS = (
    "round",
    "operation",
    "impact",
    "found",
    "scale",
    "scope",
    "irremediability",
    "likelihood",
    "confidence",
    "basis",
    "rated_by_role",
    "rated_on",
    "residual_severity",
    "residual_likelihood",
    "residual_basis",
)
RESIDUAL_BASES: list[str] = content("bases.yaml")["residual"]
RESIDUAL_SHARE = 0.6
"""Of the risks that something in place could lessen, so many have a residual grade, 0 to 1."""
RISK_BASE = {
    "RA01": (4, 2, 4, 2),
    "RA02": (3, 3, 3, 3),
    "RA03": (3, 3, 3, 2),
    "RA04": (2, 3, 2, 3),
    "RA05": (2, 3, 2, 3),
    "RA06": (3, 2, 3, 3),
    "RA07": (2, 3, 2, 3),
    "RA08": (3, 2, 3, 2),
    "RA09": (3, 2, 3, 2),
    "RA10": (2, 3, 2, 3),
    "RA11": (3, 3, 2, 2),
    "RA12": (3, 2, 2, 3),
}
"""Scale, scope, irremediability, likelihood by risk area, 1 to 4, without any special circumstance."""
COUNTRY_EFFECT = {
    ("TCD", "RA06"): 1,
    ("COD", "RA06"): 1,
    ("TZA", "RA06"): 1,
    ("BOL", "RA06"): 1,
    ("COL", "RA06"): -1,
    ("TCD", "RA09"): 1,
    ("COD", "RA09"): 1,
    ("GTM", "RA09"): 1,
    ("RWA", "RA09"): -1,
    ("TCD", "RA11"): 1,
    ("COD", "RA11"): 1,
    ("GHA", "RA11"): -1,
    ("TCD", "RA10"): 1,
    ("COD", "RA10"): 1,
    ("TZA", "RA10"): 1,
    ("COL", "RA10"): -1,
    ("PRY", "RA10"): -1,
    ("COL", "RA02"): 1,
    ("COL", "RA04"): 1,
    ("PRY", "RA04"): 1,
    ("GTM", "RA05"): 1,
    ("COD", "RA08"): 1,
    ("GHA", "RA08"): 1,
    ("RWA", "RA08"): -1,
    ("COD", "RA12"): 1,
    ("TZA", "RA12"): 1,
}
"""Where country and risk area make a rating more severe (scope and likelihood) or lighter."""


@dataclass(frozen=True)
class Risk:
    """A rating of a risk in the words of its file; what is left of it is empty where nothing was said."""

    scale: str
    scope: str
    irremediability: str
    likelihood: str
    confidence: str
    residual_severity: str = ""
    residual_likelihood: str = ""
    residual_basis: str = ""


def risk_numbers(operation: Operation, impact: dict[str, Any], period: Round) -> tuple[str, str, str, str]:
    """Scale, scope, irremediability and likelihood, each 1 to 4."""
    ids = (operation.operation, impact["impact"])
    own, wave = draw("risk", *ids), draw("risk", period.round, *ids)
    scale, scope, irremediability, likelihood = map(float, RISK_BASE[impact["risk_area"]])
    effect = COUNTRY_EFFECT.get((operation.country, impact["risk_area"]), 0)
    trait = draw("impact", impact["impact"]).choice((-0.4, 0, 0.4))
    scope = scope + effect * 0.8 + own.uniform(-0.7, 0.7)
    likelihood = likelihood + effect * 0.6 + own.uniform(-0.8, 0.8) + wave.uniform(-0.4, 0.3)
    if impact["risk_area"] != "RA01":
        scale = scale + trait + effect * 0.4 + own.uniform(-0.5, 0.5)
        irremediability = irremediability + trait + own.uniform(-0.5, 0.5)
    elif own.random() < 0.12:
        scale = 3.0
    return whole(scale), whole(scope), whole(irremediability), whole(likelihood)


def risk_of(operation: Operation, impact: dict[str, Any], period: Round, basis: str, source: Random) -> Risk:
    """The risk as it is before anything is done."""
    desk = "esk study" in basis or "no visit" in basis or "not visited" in basis
    confidence = source.choices(("low", "medium", "high"), (5, 4, 0) if desk else (1, 5, 3))[0]
    return Risk(*risk_numbers(operation, impact, period), confidence)


def left(operation: Operation, impact: dict[str, Any], period: Round, risk: Risk, statuses: dict[str, str]) -> Risk:
    """The risk with what is left of it, where something in place can explain that it is less.

    `statuses` are those of the operation in this round, by criterion.
    """
    source = draw("residual", period.round, operation.operation, impact["impact"])
    given = {c: statuses[c] for c in asked_as(impact["criteria"]) if c in statuses}
    help_by = sorted((c for c in given if given[c] in ("implemented", "partly")), key=lambda c: given[c] == "partly")
    if not help_by or source.random() > RESIDUAL_SHARE:
        return risk
    share = sum(1 if given[c] == "implemented" else 0.5 for c in help_by) / len(given)
    severity = max(risk.scale, risk.scope, risk.irremediability)
    less_severe = share > 0.7 and source.random() < 0.4
    less_likely = int(clamp(round(2 * share + source.uniform(-0.6, 0.4)), 0, 2))
    return replace(
        risk,
        residual_severity=str(int(clamp(int(severity) - less_severe, 1, 4))),
        residual_likelihood=str(int(clamp(int(risk.likelihood) - less_likely, 1, 4))),
        residual_basis=source.choice(RESIDUAL_BASES).format(criteria=", ".join(help_by[:3])),
    )


def planted_risks(
    operations: list[Operation], rounds: list[Round], statuses: dict[str, dict[str, dict[str, str]]]
) -> dict[tuple[str, str, str], dict[str, str]]:
    """Everything planted, with the first risk found by that operation none of whose criteria is in place."""
    round_id, name = LOWERED_BY_NOTHING
    answers = statuses[name][round_id]
    first = next(
        impact["impact"]
        for period, operation, impact in impacts_rated(operations, rounds, "risk")
        if (period.round, operation.operation) == LOWERED_BY_NOTHING
        and is_found(operation, impact, period)
        and not any(answers.get(c) in ("implemented", "partly") for c in asked_as(impact["criteria"]))
    )
    return {**PLANTED_RISKS, (round_id, name, first): BY_NOTHING}


def risk_rows(
    operations: list[Operation], rounds: list[Round], statuses: dict[str, dict[str, dict[str, str]]]
) -> Iterator[tuple[str, ...]]:
    """Risk ratings of all operations in all rounds, in the order of RISK_COLUMNS.

    `statuses` are by operation, round and criterion.
    """
    planted = planted_risks(operations, rounds, statuses)
    for period, operation, impact in impacts_rated(operations, rounds, "risk"):
        ids = (period.round, operation.operation, impact["impact"])
        source = draw("risk-text", *ids)
        basis, role, day = rating_tail(operation, impact, period, source)
        risk = risk_of(operation, impact, period, basis, source)
        if not is_found(operation, impact, period):
            yield (*ids, "none", "", "", "", "", risk.confidence, f"{basis} None found.", role, day, "", "", "")
            continue
        risk = left(operation, impact, period, risk, statuses[operation.operation][period.round])
        risk = replace(risk, **planted.get(ids, {}))
        numbers = (risk.scale, risk.scope, risk.irremediability, risk.likelihood)
        residual = (risk.residual_severity, risk.residual_likelihood, risk.residual_basis)
        yield (*ids, "yes", *numbers, risk.confidence, basis, role, day, *residual)
