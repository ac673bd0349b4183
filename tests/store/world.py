"""What is folded? A small world of criteria, operations and answers, written to the tables that scoring.sql reads."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from math import isnan
from typing import Any, Protocol

import duckdb
import numpy as np

from dashboard.figures.cube import MEASURES, Flags, Ints, Rows
from dashboard.figures.fold import fold as fold_by
from dashboard.figures.fold import whole
from dashboard.figures.read import READINGS, divided, read
from dashboard.store.sql import run, sql

Row = tuple[Any, ...]

SCALES: dict[int, dict[str, tuple[str, str | None]]] = {
    1: {
        "implemented": ("answered", "1"),
        "partly": ("answered", "0.5"),
        "not_implemented": ("answered", "0"),
        "not_applicable": ("not_applicable", None),
        "not_known": ("not_known", None),
        "unanswered": ("unanswered", None),
    },
    2: {
        "yes": ("answered", "1"),
        "mostly": ("answered", "0.7"),
        "somewhat": ("answered", "0.35"),
        "no": ("answered", "0"),
        "na": ("not_applicable", None),
        "dont_know": ("not_known", None),
        "unanswered": ("unanswered", None),
    },
    3: {
        **{str(level): ("answered", f"{level}/3") for level in range(4)},
        "none": ("not_applicable", None),
        "not_known": ("not_known", None),
        "unanswered": ("unanswered", None),
    },
    4: {
        **{f"{number / 2:g}": ("answered", f"{number}/10") for number in range(11)},
        "not_known": ("not_known", None),
        "unanswered": ("unanswered", None),
    },
}
"""What each status counts as, and its value written as a decimal or quotient.

1 and 2 are the scales of the frameworks with these numbers; 3 (levels) and 4 (numbers from 0 to 5, in halves) are those
of single criteria.
"""
NUMBER = {
    (scale, turned, word): number
    for number, (scale, turned, word) in enumerate(
        ((of, turned, word) for of, scale in SCALES.items() for turned in (False, True) for word in scale), start=1
    )
}
"""The number of each word, by its scale and whether that is counted the other way round."""


@dataclass(frozen=True)
class Criterion:
    """A criterion by number; `weight` is written as a decimal.

    `turns` are the versions of its framework in which it began to ask something else; `mended` says that its wording
    was improved in every other version.
    """

    number: int
    framework: int = 1
    weight: str = "1"
    critical: bool = False
    kind: str = "respect"
    turns: tuple[int, ...] = ()
    mended: bool = False
    own_scale: int | None = None
    reversed: bool = False

    @property
    def scale(self) -> int:
        """The scale that it is answered on."""
        return self.own_scale or self.framework


@dataclass(frozen=True)
class Answer:
    """The answer to one criterion of one operation in one round; `word` is on the scale of the criterion.

    `version` is the version of the framework that it answers, from VERSIONS.
    """

    round: int
    operation: int
    criterion: int
    word: str
    evidence: int | None = 0
    on: str | None = None
    version: int = 1


VERSIONS = (1, 2, 3)


@dataclass(frozen=True)
class World:
    """Everything that tallies depend on. `countries` gives the country of operations 1, 2, …; rounds are in order.

    `head_office` are the operations that form the head office. In the frameworks `by_operation`, a country's figure is
    the mean of its operations; in those `by_group` of their groups. `groups` gives the group of operations, 0 for none.
    """

    criteria: tuple[Criterion, ...]
    answers: tuple[Answer, ...]
    countries: tuple[int, ...] = (1,)
    rounds: tuple[int, ...] = (1,)
    head_office: tuple[int, ...] = ()
    by_operation: tuple[int, ...] = ()
    by_group: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    short: tuple[tuple[int, int], ...] = ()
    """Rounds and operations that are asked only a short start."""

    def criterion(self, number: int) -> Criterion:
        return next(criterion for criterion in self.criteria if criterion.number == number)


class Executes(Protocol):
    def execute(self, statement: str, parameters: Any = ..., /) -> Any: ...


COLUMNS = {
    "round": ("round_no", "position"),
    "operation": ("operation_no", "country_no", "kind", "of_group"),
    "scale": ("status_no", "framework_no", "status", "counts_as", "value"),
    "framework": ("framework_no", "country_figure"),
    "criterion": ("criterion_no", "framework_no", "weight", "critical", "kind"),
    "touched": ("round_no", "country_no"),
    "answer": ("round_no", "operation_no", "criterion_no", "status_no", "evidence", "answered_on", "version_no"),
    "old_words": ("version_no", "criterion_no", "until"),
    "short_start": ("round_no", "operation_no"),
}


def rows(world: World) -> dict[str, list[Row]]:
    """The world as rows of the tables, with columns as in COLUMNS."""
    return {
        "round": [(number, position) for position, number in enumerate(world.rounds, start=1)],
        "operation": [
            (number, country, "group" if number in world.head_office else "operation", f"G{group}" if group else None)
            for number, (country, group) in enumerate(zip_longest(world.countries, world.groups, fillvalue=0), start=1)
        ],
        "scale": [
            (number, of, word, SCALES[of][word][0], _worth(SCALES[of][word][1], turned))
            for (of, turned, word), number in NUMBER.items()
        ],
        "framework": [
            (number, _figure_of_country(world, number))
            for number in sorted({criterion.framework for criterion in world.criteria})
        ],
        "criterion": [(c.number, c.framework, float(c.weight), c.critical, c.kind) for c in world.criteria],
        "touched": [(r, country) for r in world.rounds for country in sorted(set(world.countries))],
        "answer": [_answer(world.criterion(a.criterion), a) for a in world.answers],
        "old_words": [row for criterion in world.criteria for row in _old_words(criterion)],
        "short_start": list(world.short),
    }


def _figure_of_country(world: World, framework: int) -> str:
    if framework in world.by_group:
        return "mean of groups"
    return "mean of operations" if framework in world.by_operation else "pooled"


def _worth(value: str | None, turned: bool) -> float | None:
    return None if value is None else float(1 - Fraction(value)) if turned else float(Fraction(value))


def _answer(criterion: Criterion, a: Answer) -> Row:
    version = None if a.word == "unanswered" else _version_no(criterion.framework, a.version)
    status = NUMBER[criterion.scale, criterion.reversed, a.word]
    return a.round, a.operation, a.criterion, status, a.evidence, a.on, version


def _version_no(framework: int, version: int) -> int:
    """Versions are numbered across all frameworks."""
    return 10 * framework + version


def _old_words(criterion: Criterion) -> list[Row]:
    ends = {version: [turn for turn in criterion.turns if turn > version] for version in VERSIONS}
    return [
        (_version_no(criterion.framework, version), criterion.number, str(min(later)) if later else None)
        for version, later in ends.items()
        if later or criterion.mended
    ]


def fill(connection: Executes, content: dict[str, list[Row]]) -> None:
    """Empty the tables, and write `content` into them."""
    for table in (*COLUMNS, "tally", "matched"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    for table, content_rows in content.items():
        names = ", ".join(COLUMNS[table])
        places = ", ".join(f"({', '.join('?' for _ in COLUMNS[table])})" for _ in content_rows)
        if content_rows:
            flat = [value for row in content_rows for value in row]
            connection.execute(f"INSERT INTO {table} ({names}) VALUES {places}", flat)  # noqa: S608


def duck() -> duckdb.DuckDBPyConnection:
    """An empty store in memory, with the tables and readings of a publication but without key constraints."""
    connection = duckdb.connect(config={"threads": 1})
    # Filled and emptied hundreds of times: keys would only slow that down.
    for table, names in COLUMNS.items():
        columns = ", ".join(f"{name} {_type(name)}" for name in names)
        connection.execute(f"CREATE TABLE {table} ({columns})")
    schema = sql("schema")
    connection.execute(schema[schema.index("CREATE TABLE tally") : schema.index("CREATE TABLE touched")])
    connection.execute(_counted_with(schema))
    run(connection, "readings")
    return connection


def lite() -> sqlite3.Connection:
    """The same in SQLite."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(statements())
    return connection


def statements() -> str:
    """What makes the tables that the folds read and write, in an engine other than DuckDB."""
    schema = sql("schema")
    return "\n".join(
        [
            *(
                f"CREATE TABLE {table} ({', '.join(f'{name} {_type(name)}' for name in names)});"
                for table, names in COLUMNS.items()
            ),
            schema[schema.index("CREATE TABLE tally") : schema.index("CREATE TABLE touched")],
            _counted_with(schema),
        ]
    )


def _counted_with(schema: str) -> str:
    start = schema.index("CREATE VIEW counted_with")
    return schema[start : schema.index(";", start) + 1]


def _type(column: str) -> str:
    if column in ("status", "counts_as", "kind", "until", "country_figure", "of_group"):
        return "VARCHAR"
    return {"value": "DOUBLE", "weight": "DOUBLE", "critical": "BOOLEAN", "answered_on": "DATE"}.get(column, "INTEGER")


def fold(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    """Write a world to the tables and fold it."""
    fill(connection, rows(world))
    run(connection, "scoring")


TALLIED = "FROM tally JOIN criterion USING (criterion_no) ORDER BY round_no, country_no, criterion_no"


@dataclass(frozen=True)
class Reading:
    """The reading of tallies; shares from 0 to 1, `percent` whole."""

    n_asked: int
    n_applicable: int
    n_answered: int
    n_not_applicable: int
    n_not_known: int
    n_critical_failed: int
    score: float | None
    percent: float | None
    coverage: float | None
    low: float | None
    high: float | None
    share_not_applicable: float | None
    reading: str


def read_all(
    connection: duckdb.DuckDBPyConnection,
    kinds: Iterable[str] = ("respect", "support"),
    coverage_limit: float = 0.7,
    count_below: int = 3,
) -> dict[tuple[int, int], Reading]:
    """The reading of every framework in every round, over all countries, by framework and round."""
    rounds = [number for (number,) in connection.execute("SELECT round_no FROM round ORDER BY round_no").fetchall()]
    kept = [kind in kinds for (kind,) in connection.execute(f"SELECT kind {TALLIED}").fetchall()]
    rows, framework = tallied(connection, np.array(kept, bool))
    places = [(number, round_no) for number in (1, 2) for round_no in rounds]
    group = np.array([places.index(pair) for pair in zip(framework, rows.round, strict=True)], np.intp)
    sums = fold_by(rows, group, len(places))
    found = read(whole(sums), np.tile((coverage_limit, float(count_below), 0.5), (len(places), 1)))
    share = divided(sums["n_not_applicable"], sums["n_asked"])
    counts = ("n_asked", "n_applicable", "n_answered", "n_not_applicable", "n_not_known", "n_critical_failed")
    shares = {
        "score": found.score,
        "percent": found.percent,
        "coverage": found.coverage,
        "low": found.low,
        "high": found.high,
        "share_not_applicable": share,
    }
    values = [[*(int(sums[name][at]) for name in counts)] for at in range(len(places))]
    plain = [[_plain(share[at]) for share in shares.values()] for at in range(len(places))]
    return {
        place: Reading(*values[at], *plain[at], READINGS[found.reading[at]])  # type: ignore[arg-type, call-arg]
        for at, place in enumerate(places)
    }


def tallied(connection: duckdb.DuckDBPyConnection, kept: Flags) -> tuple[Rows, Ints]:
    """The tallies that are kept, with the number of each one's framework."""
    columns = connection.execute(
        f"SELECT round_no, country_no, criterion_no, framework_no, {', '.join(MEASURES)} {TALLIED}"
    ).fetchnumpy()
    round_no, country, criterion, framework = (
        np.ma.filled(columns[name]).astype(np.intp)[kept] for name in list(columns)[:4]
    )
    values = np.column_stack([np.ma.filled(columns[name]).astype(np.float64) for name in MEASURES])
    return Rows(round_no, country, criterion, values[kept]), framework


def _plain(value: float) -> float | None:
    return None if isnan(value) else float(value)
