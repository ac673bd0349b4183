"""Does the scoring run on other engines with the same result? SQLite and DataFusion run the same text."""

import random
import re
import sqlite3
from collections.abc import Iterator
from datetime import date

import duckdb
import pyarrow as pa
import pytest
from datafusion import SessionContext

from dashboard.store.sql import sql
from tests.store.world import COLUMNS, Row, fill, lite

INSERT = re.compile(r"INSERT INTO (\w+)\s")
MACRO = re.compile(r"CREATE OR REPLACE MACRO (\w+)\(([^)]*)\) AS(.*?);", re.DOTALL)
MACROS = {name: (parameters.split(", "), body) for name, parameters, body in MACRO.findall(sql("readings"))}
# Those that take a list or a name serve filters, labels and order, not scoring, and stay with DuckDB.
OF_DUCKDB = {name for name, (parameters, _) in MACROS.items() if parameters[0] in ("chosen", "bands", "name")}


@pytest.fixture(scope="module")
def twin(sample: duckdb.DuckDBPyConnection) -> Iterator[sqlite3.Connection]:
    """The sample's answers in SQLite, folded there."""
    connection = lite()
    content = {
        table: [plain(row) for row in sample.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()]  # noqa: S608
        for table, names in COLUMNS.items()
    }
    # SQLite accepts at most 32 766 values at once.
    small, answers = {t: rows for t, rows in content.items() if t != "answer"}, content["answer"]
    fill(connection, small)
    connection.executemany(
        f"INSERT INTO answer ({', '.join(COLUMNS['answer'])}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        answers,
    )
    connection.executescript(sql("scoring"))
    yield connection
    connection.close()


def plain(row: Row) -> Row:
    """Values as SQLite stores them: dates as text."""
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)


@pytest.fixture(scope="module")
def third(sample: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """The sample's answers folded in DataFusion."""
    context, folded = SessionContext(), dict[str, list[Row]]()
    for name in (*COLUMNS, "counted_with"):
        rows: pa.Table = sample.execute(f"FROM {name}").to_arrow_table()
        # An empty table still needs a batch, which tells its columns.
        context.register_record_batches(name, [rows.to_batches() or [pa.RecordBatch.from_pylist([], rows.schema)]])
    for statement in duckdb.extract_statements(sql("scoring")):
        found = INSERT.search(statement.query)
        assert found is not None
        batches = context.sql(statement.query[found.end() :].strip().rstrip(";")).collect()
        context.register_record_batches(found[1], [batches])
        folded[found[1]] = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
    return folded


@pytest.mark.parametrize("engine", ["SQLite", "DataFusion"])
@pytest.mark.parametrize("table", ["tally", "matched"])
def test_folds_alike(
    sample: duckdb.DuckDBPyConnection,
    twin: sqlite3.Connection,
    third: dict[str, list[Row]],
    table: str,
    engine: str,
) -> None:
    found = [plain(row) for row in sample.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()]  # noqa: S608
    other = twin.execute(f"SELECT * FROM {table}").fetchall() if engine == "SQLite" else map(plain, third[table])  # noqa: S608
    other = sorted(other, key=lambda row: row[:4])
    found.sort(key=lambda row: row[:4])
    assert len(found) == len(other) > 100
    for one, two in zip(found, other, strict=True):
        assert one == pytest.approx(two)


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
