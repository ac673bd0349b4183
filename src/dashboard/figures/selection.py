"""A question about figures: what is selected, from which sums, in which language."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.figures.all_answers import AllAnswers
from dashboard.figures.cube import Cells, Cube, CubeFramework, Flags, Floats, Ints, Rows
from dashboard.figures.fold import Into, Units, into_parts
from dashboard.figures.read import Read, Spread, band, divided, named, read, whole_percent
from dashboard.figures.read_cube import sql
from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.store.cache import once
from dashboard.store.overlays import in_order
from dashboard.store.reader import Published

Wording = Mapping[str, tuple[str, str, str | None]]
"""By id: title, text and, for a criterion, its gap."""


def not_at_hand() -> AllAnswers:
    """Raise LookupError: single answers cannot be recovered from sums."""
    raise LookupError("no publication to read single answers from")


@dataclass(frozen=True, eq=False)
class Asked:
    """What a question is answered from: the sums, the parameters, and whatever static SQL adds."""

    cube: Cube
    published: Cube
    """The sums as published; `cube` may hold imagined ones."""
    given: Mapping[str, Any]
    """The parameters: `framework`, `round`, `kind`, `lang`, and what the filters keep."""
    wording: Wording
    rows: Callable[..., pa.Table]
    """Runs a question in SQL on the same publication, with the same parameters and those that are named."""
    answers: Callable[[], AllAnswers] = not_at_hand
    """All single answers, for the few questions that need them."""
    locale: str = "en"
    """By whose order names are sorted."""
    masked: bool = False
    """Whether names are hidden."""

    def in_order(self, names: Iterable[str]) -> list[str]:
        """The names as the reader's language sorts them."""
        return in_order(names, self.locale)

    def once(self, key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        """The result of `make`, calculated once for each publication and way of counting.

        It may depend only on what is published and on the key.
        """
        return self.published.kept.get(key, make)

    def once_of_sums(self, key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        """The same for results that may also depend on the sums, whether published or imagined."""
        return self.cube.kept.get(key, make)

    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """By criterion of the framework in view, what `criterion_sources` says of it."""
        key = ("sources", self.given["framework"], self.given["lang"])
        found: Mapping[str, Mapping[str, Any]] = self.once(
            key, lambda: {row["criterion"]: row for row in self.rows("criterion_sources").to_pylist()}
        )
        return found

    @cached_property
    def framework(self) -> CubeFramework | None:
        """The framework in view."""
        number = self.cube.framework_numbers.get(self.given["framework"])
        return None if number is None else self.cube.frameworks[number]

    @property
    def count_below(self) -> float:
        """How many answers a percentage needs in the framework in view, and so does a band."""
        return self.framework.count_below if self.framework else np.inf

    @cached_property
    def criteria(self) -> Flags:
        """Which criteria the filters keep, of every framework."""
        return self.cube.flags_of(self.given["criteria"], self.cube.criterion_numbers, len(self.cube.criteria))

    @cached_property
    def within(self) -> Flags:
        """The criteria that a fair comparison is restricted to; all of them, unless some are named."""
        named: Sequence[str] = self.given.get("within") or ()
        size = len(self.cube.criteria)
        return self.cube.flags_of(named, self.cube.criterion_numbers, size) if named else np.ones(size, bool)

    @cached_property
    def in_view(self) -> Flags:
        """Which criteria belong to the framework in view."""
        flags: Flags = self.cube.framework_of == self.cube.framework_numbers.get(self.given["framework"], -1)
        return flags

    @cached_property
    def of_kind(self) -> Flags:
        """Which criteria are of the kind in view: respect or support."""
        return self.kind_is(self.given["kind"])

    def kind_is(self, kind: str) -> Flags:
        """Which criteria are of a kind."""
        return self.cube.respect if kind == "respect" else ~self.cube.respect

    @cached_property
    def round(self) -> int:
        """The place of the round in view; -1 if there is none."""
        rounds = self.cube.rounds
        return rounds.index(self.given["round"]) if self.given["round"] in rounds else -1

    @cached_property
    def countries(self) -> Flags:
        """Which countries the filters keep, including the head office."""
        return self.cube.flags_of(self.given["countries"], self.cube.country_numbers, len(self.cube.countries))

    @cached_property
    def spread_over(self) -> Flags:
        """Which countries a figure is averaged over: not the head office, unless it alone is selected."""
        alone = tuple(self.given["countries"]) == (HEAD_OFFICE,)
        return self.countries & (~self.cube.head_office | alone)

    @cached_property
    def in_areas(self) -> Cells:
        """The areas in which each criterion counts, limited to those that the filter of principles keeps."""
        cells, chosen = self.cube.in_areas, self.given["areas"]
        elsewhere = [area.framework != self.given["framework"] for area in self.cube.areas]
        kept = np.array([not chosen or area in chosen for area in cells.rows], bool) | np.array(elsewhere, bool)
        return replace(cells, criterion=cells.criterion[kept[cells.cell]], cell=cells.cell[kept[cells.cell]])

    def into_parts(self, rows: Rows, of_area: Ints | None = None) -> Into | None:
        """Which parts of its figure each row goes into, given the areas that the filter of principles keeps.

        `of_area` gives for each row the area that its figure is of, or SEVERAL.
        """
        return into_parts(self.cube, self.in_areas, rows, of_area)

    def round_of(self, framework: str) -> int:
        """The round a framework is read in: the one in view if it was asked then; else the last before, or the first.

        -1 if it was never asked.
        """
        cube = self.cube
        asked = {round_ for of, round_, _ in cube.participants if of == framework}
        places = [number for number, code in enumerate(cube.rounds) if code in asked]
        if self.given["round"] not in cube.rounds or not places:
            return -1
        here = cube.rounds.index(self.given["round"])
        before = [number for number in places if number <= here]
        return before[-1] if before else places[0]

    @cached_property
    def rounds_read(self) -> Ints:
        """The round that each framework is read in, by framework; -1 if it was never asked."""
        return np.array([self.round_of(one.code) for one in self.cube.frameworks], np.intp)

    def chosen(self, criteria: Flags, countries: Flags, rows: Rows | None = None) -> Rows:
        """The rows of the round in view for these criteria and countries."""
        rows = rows or self.cube.sums
        return rows.where((rows.round == self.round) & countries[rows.country] & criteria[rows.criterion])

    def chosen_as_read(self, criteria: Flags, countries: Flags) -> Rows:
        """The same across frameworks, each in the round it is read in."""
        rows, cube = self.cube.sums, self.cube
        as_read = self.rounds_read[cube.framework_of[rows.criterion]] == rows.round
        return rows.where(as_read & countries[rows.country] & criteria[rows.criterion])

    def title(self, code: str) -> str | None:
        """The title of an area, right, risk area and so on, in the language of the view."""
        return self.wording[code][0] if code in self.wording else None

    def text(self, code: str) -> str | None:
        """The text of a criterion, impact and so on."""
        return self.wording[code][1] if code in self.wording else None

    def gap(self, code: str) -> str | None:
        """What is missing when a criterion is not in place, in a few words, if its standard says so."""
        return self.wording[code][2] if code in self.wording else None


def read_units(asked: Asked, units: Units) -> Read:
    """The figures of units that belong to the framework in view."""
    number = asked.cube.framework_numbers.get(asked.given["framework"], 0)
    return read(units, np.repeat(asked.cube.limits[[number]], len(units.group), axis=0))


def bands_of(asked: Asked, banded: Floats) -> dict[str, pa.Array]:
    """The columns `band` and `band_title` for whole percentages in the framework in view; null where there is none."""
    if asked.framework is None:
        return dict.fromkeys(("band", "band_title"), pa.nulls(len(banded), pa.string()))
    places = band(banded, asked.framework)
    return {
        "band": column(named(places, asked.framework.bands), pa.string()),
        "band_title": column(named(places, asked.framework.band_titles), pa.string()),
    }


def coverage_percent(figures: Spread) -> Floats:
    """How much of what applies was answered, in whole percent, across all units."""
    return whole_percent(divided(figures.sums["n_answered"], figures.sums["n_applicable"]))


@once
def wording_of(published: Published, lang: str) -> Wording:
    """What everything is called in one language."""
    with published.cursor() as cursor:
        found = cursor.execute(sql("wording"), {"lang": lang}).fetchall()
    return {id_: (title, text, gap) for id_, title, text, gap in found}


def column(values: npt.NDArray[Any] | Sequence[object], type_: pa.DataType | None = None) -> pa.Array:
    """A column of a table, with nan as null."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "f":
        return pa.array(values, type_ or pa.float64(), from_pandas=True)
    return pa.array(values, type_)
