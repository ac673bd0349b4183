"""Ratings of risks and opportunities within the filters: by country, read once per round, and folded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.figures.cube import Flags, Ints
from dashboard.figures.selection import Asked

BESIDE = ("ratings", "rated", "impact_cards", "operations_named")
"""The questions in SQL that are needed for risks."""
OPENINGS = ("openings", "impact_cards")
"""The same for opportunities."""
GRADES: Mapping[str, tuple[str, str, str]] = {
    "ratings": ("severity", "irremediability", "likelihood"),
    "openings": ("need", "reach", "feasibility"),
}
"""What a rating grades, each from 1 to 4, in order of importance: always of one rating, never a product."""
RESIDUAL = ("severity", "likelihood")
COUNTS = ("n_rated", "n_top", "n_residual")
NONE = -1


@dataclass(frozen=True, eq=False)
class Cards:
    """What each impact is about, in the order of the library."""

    table: pa.Table

    @cached_property
    def codes(self) -> list[str]:
        """The ids of the impacts."""
        codes: list[str] = self.table["impact"].to_pylist()
        return codes

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each impact."""
        return {code: place for place, code in enumerate(self.codes)}


@dataclass(frozen=True, eq=False)
class Ratings:
    """Ratings by country, or combined: one row each, sorted by the place of the impact, then of the country.

    `grades` are those of the highest rating, packed into one number that sorts the same way. `n_rated` counts all
    ratings, `n_top` those with the same first grade. `residual` is the highest residual rating, NONE if nobody gave
    one.
    """

    impact: Ints
    country: Ints
    grades: Ints
    n_rated: Ints
    n_top: Ints
    n_residual: Ints
    residual: Ints

    def grade(self, place: int) -> Ints:
        """The first, second or third grade in order of importance."""
        return self.grades >> 3 * (2 - place) & 7

    def take(self, index: Ints | Flags) -> "Ratings":
        """Those at some places."""
        return Ratings(*(values[index] for values in vars(self).values()))

    def together(self, by: Ints) -> "Ratings":
        """Those that share a number combined into one: the first, with counts added up. Sorted by that number."""
        if not len(by):
            return self
        order = np.argsort(by, kind="stable")
        own, by = self.take(order), by[order]
        starts = np.flatnonzero(np.r_[True, by[1:] != by[:-1]])
        first = own.grade(0)
        top = np.repeat(np.maximum.reduceat(first, starts), np.diff(np.append(starts, len(by))))
        return Ratings(
            own.impact[starts],
            own.country[starts],
            np.maximum.reduceat(own.grades, starts),
            np.add.reduceat(own.n_rated, starts),
            np.add.reduceat(np.where(first == top, own.n_top, 0), starts),
            np.add.reduceat(own.n_residual, starts),
            np.maximum.reduceat(own.residual, starts),
        )


@dataclass(frozen=True, eq=False)
class Round:
    """All ratings of a round, and the operations that gave them, by impact, in the order of their grades and titles.

    At most twelve of each country and impact, unless the whole is wanted.
    """

    ratings: Ratings
    of_impact: Ints
    of_country: Ints
    titles: pa.Array


def cards(asked: Asked) -> Cards:
    """What each impact is about."""
    found: Cards = asked.once(("cards",), lambda: Cards(_plain(asked.rows("impact_cards"))))
    return found


def ratings(asked: Asked, of: str = "ratings") -> Ratings:
    """Each risk rated within the filters in each of its countries; with `openings`, each rated opportunity."""
    found = _round(asked, of).ratings
    return found.take(_kept(asked, found.impact, found.country))


def of_impacts(asked: Asked, of: str = "ratings") -> tuple[Ratings, pa.Array]:
    """The rated risks or opportunities within the filters, in library order, and the operations that rated each.

    The operations are given by title, in the order of their grades.
    """
    found, own = _round(asked, of), ratings(asked, of)
    kept = _kept(asked, found.of_impact, found.of_country)
    together = own.together(own.impact)
    ends = np.searchsorted(found.of_impact[kept], together.impact, "right")
    return together, pa.ListArray.from_arrays(
        pa.array(np.append(0, ends), pa.int32()), found.titles.take(pa.array(kept))
    )


def openings(asked: Asked) -> pa.Table:
    """The opportunities rated within the filters, the most needed first: need, then reach, then feasibility."""
    rated, operations = of_impacts(asked, "openings")
    order = np.lexsort((rated.impact, -rated.grades))
    rated = rated.take(order)
    return pa.table(
        {
            **told(asked, rated, ("impact", "risk_area", "setting", "rights", "touches")),
            **{name: pa.array(rated.grade(place), pa.int16()) for place, name in enumerate(GRADES["openings"])},
            "n_rated": pa.array(rated.n_rated),
            "operations": operations.take(pa.array(order)),
        }
    )


def told(asked: Asked, rated: Ratings, names: tuple[str, ...]) -> dict[str, pa.Array]:
    """The named columns that say what the impacts of some ratings are about."""
    found = cards(asked).table.select(names).take(pa.array(rated.impact))
    return {name: found[name].combine_chunks() for name in names}


def _kept(asked: Asked, impact: Ints, country: Ints) -> Ints:
    """The places that the filters keep."""
    places = cards(asked).places
    impacts = asked.cube.flags_of(asked.given["impacts"], places, len(places))
    return np.flatnonzero(impacts[impact] & asked.countries[country])


def _round(asked: Asked, of: str) -> Round:
    found: Round = asked.once((of, asked.given["round"], asked.given["whole"]), lambda: _read(asked, of))
    return found


def _read(asked: Asked, of: str) -> Round:
    table = asked.rows(of)
    impact = _places(table["impact"].to_pylist(), cards(asked).places)
    country = _places(table["country"].to_pylist(), asked.cube.country_numbers)
    order = np.lexsort((country, impact))
    n_rated, n_top, n_residual = (table[name].to_numpy().astype(np.intp) for name in COUNTS)
    grades = _packed(table["grades"].combine_chunks(), GRADES[of])
    residual = _packed(table["residual"].combine_chunks(), RESIDUAL)
    every = Ratings(impact, country, grades, n_rated, n_top, n_residual, residual)
    operations = table["operations"].combine_chunks()
    row = np.repeat(np.arange(len(table)), pc.list_value_length(operations).to_numpy(zero_copy_only=False))
    single = operations.flatten()
    titles = single.field("operation_title")
    named = np.array(titles.to_pylist(), dtype=np.str_)
    sorted_ = np.lexsort((named, -_packed(single, GRADES[of]), impact[row]))
    return Round(every.take(order), impact[row][sorted_], country[row][sorted_], titles.take(pa.array(sorted_)))


def _plain(table: pa.Table) -> pa.Table:
    """The same table with its lists typed as in tables of figures."""
    return table.cast(
        pa.schema(
            [(one.name, pa.list_(pa.string()) if pa.types.is_list(one.type) else one.type) for one in table.schema]
        )
    )


def _places(codes: list[str], among: Mapping[str, int]) -> Ints:
    return np.array([among[code] for code in codes], np.intp)


def _packed(grades: pa.StructArray, names: tuple[str, ...]) -> Ints:
    """Grades packed into one number, three bits each, the first on top; NONE if there are none."""
    packed = np.zeros(len(grades), np.intp)
    for name in names:
        packed = packed << 3 | pc.fill_null(grades.field(name), 0).to_numpy(zero_copy_only=False).astype(np.intp)
    return np.where(grades.is_valid().to_numpy(zero_copy_only=False), packed, NONE)


def residual_columns(rated: Ratings) -> dict[str, pa.Array]:
    """The highest residual severity and likelihood; null if nobody rated them."""
    severity, likelihood = rated.residual >> 3, rated.residual & 7
    said = rated.residual != NONE
    return {
        "residual_severity": pa.array(severity, pa.int16(), mask=~said),
        "residual_likelihood": pa.array(likelihood, pa.int16(), mask=~said | (likelihood == 0)),
    }
