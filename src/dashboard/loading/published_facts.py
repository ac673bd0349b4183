"""Reads figures on countries as UNICEF and the World Bank publish them: SDMX-CSV, and a CSV of one indicator by year.

Both layouts were seen in files, which docs/data-format.md names. No other is guessed, and nothing is fetched.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from dashboard.model.problem import Problem, Weight, nearest

WORLD_BANK = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
"""How the header of the World Bank begins, below a few lines on the source; a column for each year follows."""
PREAMBLE = 10
"""In how many of the first lines a header may be."""
UNICEF = ("REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE")
"""Columns that UNICEF always has. The label of a code follows it, in the same cell or in a column of its own."""
READ = {*UNICEF, "SEX", "AGE", "RESIDENCE"}
TOTAL = ("", "_T")
SEXES = {"F": "female", "M": "male"}
RESIDENCES = {"U": "urban", "R": "rural"}
UNITS = {"PCNT": "%", "PS": "people"}
"""Units of UNICEF in the words of a list of indicators; any other goes by its label."""
TIMES = {"": "", "0": "", "3": "thousand ", "6": "million "}
"""What `UNIT_MULTIPLIER` says, a power of ten."""
ID = re.compile(r"[A-Z][A-Z0-9_]*(:.*)?")
"""The head of a column of UNICEF that is not the label of the one before."""
OWN_AGES = re.compile(r"_(?:Y|M)?(\d+)(?:T|-)(\d+)_")
"""The ages in the code of a series, as in PT_CHLD_Y0T4_REG and PT_CHLD_5-17_LBR_ECON: whom the whole is about."""
PART = re.compile(r", (female|male|rural|urban)\b")
"""How the title of a series of the World Bank says that it is about a part of the whole."""
NAMED_UNIT = re.compile(r"\(([^()]*)\)\s*$")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
YEAR = re.compile(r"((?:19|20)\d\d)(-\d\d)?")
"""A year, or a month of one."""


@dataclass(frozen=True)
class PublishedFigure:
    """One figure of such a file, as text. Without `sex`, `age` and `residence` it is about the whole."""

    file: str
    row: int
    country: str
    series: str
    title: str
    year: str
    value: str
    unit: str
    publisher: str
    dataset: str
    licence: str
    sex: str = ""
    age: str = ""
    residence: str = ""
    note: str = ""


class FiguresFile(NamedTuple):
    """What a file says of the countries that were asked for, in every year."""

    figures: tuple[PublishedFigure, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_facts(path: Path, name: str, countries: Collection[str]) -> FiguresFile:
    """Return the figures of some countries, by their codes. Another layout gives a Problem and no figures."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream)
            rows = ((lines.line_num, cells) for cells in lines)
            about, header = _header(rows)
            if not header:
                expected = f"{', '.join(UNICEF)} / {', '.join(WORLD_BANK)}"
                problem = Problem("facts_layout", name, row=1, expected=expected, weight=Weight.FILE)
                return FiguresFile(problems=(problem,))
            table = _WorldBank(name, header, about) if header[0] == WORLD_BANK[0] else _Unicef(name, header)
            return _of_countries(name, table, rows, countries)
    except UnicodeDecodeError:
        return FiguresFile(problems=(Problem("encoding", name, expected="UTF-8", weight=Weight.FILE),))
    except (csv.Error, OSError) as error:
        return FiguresFile(problems=(Problem("unreadable", name, value=str(error), weight=Weight.FILE),))


Rows = Iterator[tuple[int, list[str]]]
"""Lines of a file, each with its number."""


def _header(rows: Rows) -> tuple[dict[str, str], list[str]]:
    """Return what the lines above the header say, and the header; empty if none of the first lines is one."""
    about: dict[str, str] = {}
    for _, cells in islice(rows, PREAMBLE):
        if tuple(cells[: len(WORLD_BANK)]) == WORLD_BANK or {*UNICEF} <= {cell.partition(":")[0] for cell in cells}:
            return about, cells
        about |= dict([cells[:2]]) if len(cells) > 1 else {}
    return {}, []


def _of_countries(name: str, table: "_WorldBank | _Unicef", rows: Rows, countries: Collection[str]) -> FiguresFile:
    """Return the figures of the countries, with a Problem for each that is none and each country without any."""
    seen = set[str]()
    for number, cells in rows:
        country = table.country(cells)
        seen.add(country)
        table.take(number, cells, country in countries)
    figures, problems = [], list(table.problems())
    for one in table.figures():
        year = YEAR.fullmatch(one.year)
        if not year or not NUMBER.fullmatch(one.value):
            kind, column, value = (
                ("bad_number", "OBS_VALUE", one.value) if year else ("bad_date", "TIME_PERIOD", one.year)
            )
            problems.append(
                Problem(kind, name, row=one.row, column=column, value=value, expected=None if year else "YYYY")
            )
            continue
        figures.append(one)
    having = {one.country for one in figures}
    for country in sorted({*countries} - having):
        hint = nearest(country, seen - {"", country})
        hint = None if country in seen else hint
        problems.append(Problem("facts_country", name, value=country, hint=hint, weight=Weight.NOTE))
    return FiguresFile(tuple(figures), tuple(problems))


class _WorldBank:
    """A table with a line for each country and a column for each year."""

    def __init__(self, name: str, header: list[str], about: Mapping[str, str]) -> None:
        self.name, self.rows = name, list[tuple[int, list[str]]]()
        self.source = about.get("Data Source", "World Bank")
        self.updated = about.get("Last Updated Date", "")
        self.years = {at: head for at, head in enumerate(header) if YEAR.fullmatch(head)}

    def country(self, cells: list[str]) -> str:
        return cells[1] if len(cells) > len(WORLD_BANK) else ""

    def take(self, number: int, cells: list[str], wanted: bool) -> None:
        if wanted:
            self.rows.append((number, cells))

    def problems(self) -> tuple[Problem, ...]:
        return ()

    def figures(self) -> Iterator[PublishedFigure]:
        for number, cells in self.rows:
            _, country, title, series = cells[: len(WORLD_BANK)]
            unit, part = NAMED_UNIT.search(title), PART.search(title)
            trait = part[1] if part else ""
            for at, year in self.years.items():
                if at < len(cells) and cells[at]:
                    yield PublishedFigure(
                        self.name, number, country, series, title, year, cells[at], unit[1] if unit else "",
                        publisher="World Bank", dataset=f"{self.source} {series}, updated {self.updated}",
                        licence="CC BY 4.0" if self.source == "World Development Indicators" else "to_verify",
                        sex=trait if trait in SEXES.values() else "",
                        residence=trait if trait in RESIDENCES.values() else "",
                    )  # fmt: skip


@dataclass
class _Unicef:
    """An SDMX-CSV: a line for each figure, its codes with labels."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    ages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The codes of age in the whole file, by series."""
    grouping: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Other columns that divide the whole of a series, such as WEALTH_QUINTILE: those with a total."""
    others: Counter[str] = field(default_factory=Counter)
    """How many figures of other groups are left out, by column."""

    def __post_init__(self) -> None:
        self.at = {head.partition(":")[0]: at for at, head in enumerate(self.header) if ID.fullmatch(head)}

    def country(self, cells: list[str]) -> str:
        return self.code(cells, "REF_AREA")

    def take(self, number: int, cells: list[str], wanted: bool) -> None:
        series = self.code(cells, "INDICATOR")
        self.ages[series].add(self.code(cells, "AGE"))
        self.grouping[series] |= {one for one in self.at.keys() - READ if self.code(cells, one) == "_T"}
        if wanted and self.text(cells, "OBS_VALUE") not in ("", "NaN"):
            self.rows.append((number, cells))

    def text(self, cells: list[str], column: str) -> str:
        """Return a cell as it is; empty if the file has no such column."""
        at = self.at.get(column, len(cells))
        return cells[at].strip() if at < len(cells) else ""

    def code(self, cells: list[str], column: str) -> str:
        return self.text(cells, column).partition(": ")[0]

    def label(self, cells: list[str], column: str) -> str:
        """Return what a code stands for, or the code if the file does not say."""
        code, _, label = self.text(cells, column).partition(": ")
        beside = self.at.get(column, len(cells)) + 1
        if not label and beside < min(len(self.header), len(cells)) and not ID.fullmatch(self.header[beside]):
            label = cells[beside].strip()
        return label or code

    def problems(self) -> Iterator[Problem]:
        """Say how many figures of other groups are left out; they are then no longer among the rows."""
        self.rows = [row for row in self.rows if not self._left_out(row[1])]
        for column, n in sorted(self.others.items()):
            yield Problem("facts_others", self.name, column=column, value=str(n), weight=Weight.NOTE)

    def _left_out(self, cells: list[str]) -> bool:
        known = {"SEX": SEXES, "RESIDENCE": RESIDENCES, "AGE": self.ages[self.code(cells, "INDICATOR")] - {"_U"}}
        known |= dict.fromkeys(self.grouping[self.code(cells, "INDICATOR")], ())
        other = [one for one, codes in known.items() if self.code(cells, one) not in (*TOTAL, *codes)]
        self.others.update(other[:1])
        return bool(other)

    def figures(self) -> Iterator[PublishedFigure]:
        for number, cells in self.rows:
            series, age = self.code(cells, "INDICATOR"), self.label(cells, "AGE")
            whole = self._of_all_ages(series, self.code(cells, "AGE"))
            notes = [age if whole and self.code(cells, "AGE") not in TOTAL else "", self.text(cells, "OBS_FOOTNOTE")]
            unit = self.code(cells, "UNIT_MEASURE")
            times = self.code(cells, "UNIT_MULTIPLIER")
            sex = self.code(cells, "SEX")
            yield PublishedFigure(
                self.name, number, self.country(cells), series, self.label(cells, "INDICATOR"),
                (YEAR.fullmatch(self.text(cells, "TIME_PERIOD")) or [self.text(cells, "TIME_PERIOD")] * 2)[1],
                self.text(cells, "OBS_VALUE"),
                TIMES.get(times, f"10^{times} ") + UNITS.get(unit, self.label(cells, "UNIT_MEASURE")),
                publisher="UNICEF", licence="to_verify",
                dataset=", ".join(filter(None, (f"UNICEF data warehouse {series}", self.text(cells, "DATA_SOURCE")))),
                sex="" if sex in series.split("_") else SEXES.get(sex, ""),
                residence=RESIDENCES.get(self.code(cells, "RESIDENCE"), ""),
                age="" if whole else age, note="; ".join(filter(None, notes)),
            )  # fmt: skip

    def _of_all_ages(self, series: str, age: str) -> bool:
        """Return whether an age is everyone a series is about: the total, those in its code, or the only ones."""
        own = OWN_AGES.search(series)
        named = {f"{letter}{own[1]}T{own[2]}" for letter in "YM"} if own else set()
        return age in TOTAL or age in named or self.ages[series] == {age}
