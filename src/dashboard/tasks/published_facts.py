"""Turns figures that others publish into rows of the table `context`: which indicator each is, in its latest year."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict

from dashboard.loading.published_facts import PublishedFigure, read_facts
from dashboard.loading.sandbox import read_apart
from dashboard.model.problem import Limits, Problem, Weight, nearest
from dashboard.model.records import RECORDS, as_csv
from dashboard.queries.ask import rows
from dashboard.queries.question import Question
from dashboard.store.reader import Published

OF_PARTS = {"female", "male", "rural", "urban"}
"""Words of a unit that only say of which part it is: % of rural population."""


class FactsKnownRow(TypedDict):
    """A row of `facts_known`."""

    indicator: str
    unit: str
    series: list[str]


FACTS_KNOWN = Question("facts_known", FactsKnownRow)


class MadeFacts(NamedTuple):
    """Rows of the table `context`, and what was left out of the files."""

    rows: tuple[dict[str, str], ...]
    problems: tuple[Problem, ...]

    @property
    def as_table(self) -> str:
        """Return the rows as a CSV file."""
        return as_csv(RECORDS["context"], self.rows)


Figure = tuple[str, PublishedFigure]
"""A figure, with the indicator that it is of."""


def make_facts(
    published: Published, countries: Collection[str], files: Sequence[Path], indicator: str, limits: Limits, today: date
) -> MadeFacts:
    """Return the latest figures of some countries in some files. `indicator` is what a series is that no list names."""
    known = {row["indicator"]: row for row in rows(published, FACTS_KNOWN, {})}
    if indicator and indicator not in known:
        wrong = Problem(
            "unknown_indicator", "--as", value=indicator, hint=nearest(indicator, known), weight=Weight.FILE
        )
        return MadeFacts((), (wrong,))
    figures: list[PublishedFigure] = []
    problems: list[Problem] = []
    for path in files:
        read = read_apart(limits, read_facts, path, path.name, tuple(countries), name=path.name)
        figures += () if isinstance(read, Problem) else read.figures
        problems += (read,) if isinstance(read, Problem) else read.problems
    problems += [
        Problem("future_date", one.file, row=one.row, value=one.year, expected=str(today.year))
        for one in figures
        if int(one.year) > today.year
    ]
    figures = [one for one in figures if int(one.year) <= today.year]
    of_series = {series: row["indicator"] for row in known.values() for series in row["series"]}
    unknown = list(dict.fromkeys(one.series for one in figures if one.series not in of_series))
    if indicator and len(unknown) > 1:
        problems.append(Problem("facts_several", "--as", value=", ".join(unknown), weight=Weight.FILE))
    elif indicator:
        of_series |= dict.fromkeys(unknown, indicator)
    problems += _not_taken(one for one in figures if one.series not in of_series)
    taken = [(of_series[one.series], one) for one in figures if one.series in of_series]
    problems += _other_units(taken, known)
    taken = [(code, one) for code, one in taken if _same_unit(one.unit, known[code]["unit"])]
    return _latest(taken, problems)


def _not_taken(figures: Iterable[PublishedFigure]) -> Iterator[Problem]:
    for one in {(one.file, one.series): one for one in figures}.values():
        yield Problem("facts_series", one.file, value=f"{one.series}: {one.title}", weight=Weight.NOTE)


def _other_units(figures: Iterable[Figure], known: Mapping[str, FactsKnownRow]) -> Iterator[Problem]:
    """Say once for each series that its unit is not that of the indicator."""
    for (code, _, _), one in {(code, one.file, one.series): one for code, one in reversed([*figures])}.items():
        if not _same_unit(one.unit, unit := known[code]["unit"]):
            yield Problem("facts_unit", one.file, row=one.row, column=one.series, value=one.unit, expected=unit or "–")


def _same_unit(theirs: str, ours: str) -> bool:
    """Return whether two units are one. UNICEF does not say of what its percentages are."""
    ours, theirs = (" ".join(one for one in unit.lower().split() if one not in OF_PARTS) for unit in (ours, theirs))
    return ours == theirs or (theirs == "%" and ours.startswith("% "))


def _latest(figures: list[Figure], problems: list[Problem]) -> MadeFacts:
    """Return the figures of the latest year of each indicator in each country: with the whole, if any year has it.

    What stands twice is left out.
    """
    n = Counter(_key(figure) for figure in figures)
    for key, (_, one) in {_key(figure): figure for figure in figures}.items():
        if n[key] > 1:
            problems.append(Problem("facts_twice", one.file, row=one.row, value=" ".join(filter(None, key))))
    once = [figure for figure in figures if n[_key(figure)] == 1]
    # The whole counts before its parts, then the year.
    latest: dict[tuple[str, str], tuple[bool, str]] = {}
    for code, one in once:
        at = (not (one.sex or one.age or one.residence), one.year)
        latest[one.country, code] = max(at, latest.get((one.country, code), at))
    kept = sorted((figure for figure in once if figure[1].year == latest[figure[1].country, figure[0]][1]), key=_key)
    return MadeFacts(tuple(_row(code, one) for code, one in kept), tuple(problems))


def _key(figure: Figure) -> tuple[str, ...]:
    code, one = figure
    return one.country, code, one.year, one.sex, one.age, one.residence


def _row(indicator: str, one: PublishedFigure) -> dict[str, str]:
    return {"indicator": indicator} | {
        name: getattr(one, name) for name in RECORDS["context"].names if name != "indicator"
    }
