"""Do the readings of sums give the same in another engine? SQLite runs the same text; for folds see test_engines.py."""

import random
import re
import sqlite3
from collections.abc import Iterator

import duckdb
import pytest

from dashboard.store.sql import sql

MACRO = re.compile(r"CREATE OR REPLACE MACRO (\w+)\(([^)]*)\) AS(.*?);", re.DOTALL)
MACROS = {name: (parameters.split(", "), body) for name, parameters, body in MACRO.findall(sql("readings"))}
# Those that take a list or a name serve filters, labels and order, not scoring, and stay with DuckDB.
OF_DUCKDB = {name for name, (parameters, _) in MACROS.items() if parameters[0] in ("chosen", "bands", "name")}


@pytest.fixture(scope="module")
def twin() -> Iterator[sqlite3.Connection]:
    """SQLite."""
    connection = sqlite3.connect(":memory:")
    yield connection
    connection.close()


def test_every_macro_is_known_here() -> None:
    assert "kept" in OF_DUCKDB
    assert len(MACROS) == sql("readings").count("CREATE OR REPLACE MACRO")


def drawn(parameter: str, chance: random.Random) -> float | int | None:
    """A value that this parameter may have: counts are whole, weights and points not, and some are null."""
    if parameter.startswith("n_") or parameter in ("scale", "scope", "irremediability", "count_below"):
        return chance.randrange(0, 5)
    if parameter == "coverage_limit":
        return chance.choice((0.0, 0.5, 0.7, 1.0))
    return chance.choice((None, 0.0, 0.5, 1.0, 2.5, 7.0, 49.0, 200.0, 0.735, 1.4))


@pytest.mark.parametrize("name", sorted(MACROS.keys() - OF_DUCKDB))
def test_reads_alike(sample: duckdb.DuckDBPyConnection, twin: sqlite3.Connection, name: str) -> None:
    parameters, body = MACROS[name]
    named = re.sub(rf"\b({'|'.join(parameters)})\b", r":\1", body)
    chance = random.Random(name)
    for _ in range(200):
        values = {parameter: drawn(parameter, chance) for parameter in parameters}
        places = ", ".join(f"${parameter}" for parameter in parameters)
        one = sample.execute(f"SELECT {name}({places})", values).fetchall()[0][0]
        two = twin.execute(f"SELECT {named}", values).fetchone()[0]
        assert one == (two if not isinstance(two, float) else pytest.approx(two)), values
