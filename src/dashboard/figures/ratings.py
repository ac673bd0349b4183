"""How were risks rated in the choice? Out of ratings by country, asked once a round and folded for each choice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain, groupby
from typing import Any

from dashboard.figures.asked import Asked

BESIDE = ("ratings", "impact_cards")
"""The questions in SQL that are asked for it."""
Grades = tuple[int, int, int]
"""Severity, irremediability and likelihood, each from 1 to 4: of one rating, never a product."""


@dataclass(frozen=True)
class Rating:
    """A risk as it was rated in one country, or in several.

    `grades` are those of its first rating, by severity, then irremediability, then likelihood. `n_rated` counts all
    ratings, `n_at_severity` those of that severity. Its `operations` come in the same order, with their grades.
    `residual` is what is left at most: severity and likelihood.
    """

    impact: str
    country: str
    grades: Grades
    n_rated: int
    n_at_severity: int
    operations: tuple[tuple[Grades, str], ...]
    n_residual: int
    residual: tuple[int, int] | None

    @property
    def severity(self) -> int:
        return self.grades[0]


def ratings(asked: Asked) -> list[Rating]:
    """Each rated risk of the choice in each of its countries, by impact and country."""
    found: list[Rating] = asked.once(
        ("ratings", asked.given["round"]), lambda: [_rating(row) for row in asked.rows("ratings").to_pylist()]
    )
    countries, impacts = set(asked.given["countries"]), set(asked.given["impacts"])
    return [one for one in found if one.impact in impacts and one.country in countries]


def together(found: Iterable[Rating], by: Callable[[Rating], str]) -> dict[str, Rating]:
    """Ratings taken together by what `by` says of each: the most severe of them, and all counts."""
    return {key: reduce(_both, own) for key, own in groupby(sorted(found, key=by), by)}


def cards(asked: Asked) -> dict[str, Mapping[str, Any]]:
    """What each impact is about, in the order of the library."""
    found: dict[str, Mapping[str, Any]] = asked.once(
        ("cards",), lambda: {row["impact"]: row for row in asked.rows("impact_cards").to_pylist()}
    )
    return found


def rated_risks(asked: Asked) -> list[tuple[Mapping[str, Any], Rating]]:
    """The rated risks of the choice, each with what it is about, in the order of the library."""
    of_impact = together(ratings(asked), lambda one: one.impact)
    return [(card, of_impact[impact]) for impact, card in cards(asked).items() if impact in of_impact]


def _rating(row: Mapping[str, Any]) -> Rating:
    residual = row["residual"]
    return Rating(
        row["impact"],
        row["country"],
        _grades(row["grades"]),
        row["n_rated"],
        row["n_at_severity"],
        tuple((_grades(one), one["operation_title"]) for one in row["operations"]),
        row["n_residual"],
        (residual["severity"], residual["likelihood"]) if residual else None,
    )


def _grades(row: Mapping[str, Any]) -> Grades:
    return row["severity"], row["irremediability"], row["likelihood"]


def _both(one: Rating, other: Rating) -> Rating:
    top = max(one.severity, other.severity)
    residuals = [rating.residual for rating in (one, other) if rating.residual]
    operations = sorted(
        chain(one.operations, other.operations), key=lambda pair: (*(-grade for grade in pair[0]), pair[1])
    )
    return Rating(
        one.impact,
        "",
        max(one.grades, other.grades),
        one.n_rated + other.n_rated,
        sum(rating.n_at_severity for rating in (one, other) if rating.severity == top),
        tuple(operations),
        one.n_residual + other.n_residual,
        max(residuals, default=None),
    )
