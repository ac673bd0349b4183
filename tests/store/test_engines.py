"""Do answers fold alike in every engine? DuckDB, SQLite, DataFusion, PostgreSQL, Sail and Spark run the same text."""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from benchmarks.engines import SPARK_MISSING, Running, sail, spark, spark_home
from datafusion import SessionContext

from dashboard.store.publishing.engine import Engine, fold
from dashboard.store.sql import always, sql
from tests.store.world import COLUMNS, Row, lite, statements

pytestmark = [pytest.mark.outside, pytest.mark.engines]
Folded = dict[str, list[Row]]
FOLDED = ("tally", "matched")
INSERT = re.compile(r"INSERT INTO (\w+)\s")
INITDB = next((str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), shutil.which("initdb"))
"""Where Debian puts the server of PostgreSQL, which is not on the path, or where others do."""
POSTGRES_MISSING = "PostgreSQL is missing; on Debian: apt-get install postgresql"


def content(sample: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """What the folds read; every round and country is folded."""
    found = {
        table: sample.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()  # noqa: S608
        for table, names in COLUMNS.items()
    }
    return {**found, "touched": sample.execute("SELECT DISTINCT round_no, country_no FROM tally").fetchall()}


def plain(row: Row) -> Row:
    """Dates as text, as SQLite stores them."""
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)


def in_sqlite(sample: duckdb.DuckDBPyConnection, folder: Path) -> Folded:
    with closing(lite()) as connection:
        for table, rows in content(sample).items():
            places = ", ".join("?" for _ in COLUMNS[table])
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(COLUMNS[table])}) VALUES ({places})",  # noqa: S608
                map(plain, rows),
            )
        connection.executescript(sql("scoring"))
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in FOLDED}  # noqa: S608


def in_datafusion(sample: duckdb.DuckDBPyConnection, folder: Path) -> Folded:
    context, folded = SessionContext(), Folded()
    given: dict[str, pa.Table] = {}
    for name in (*COLUMNS, "counted_with"):
        given[name] = sample.execute(f"FROM {name}").to_arrow_table()
    given["touched"] = sample.execute("SELECT DISTINCT round_no, country_no FROM tally").to_arrow_table()
    for name, rows in given.items():
        # An empty table still needs a batch, which tells its columns.
        context.register_record_batches(name, [rows.to_batches() or [pa.RecordBatch.from_pylist([], rows.schema)]])
    for statement in duckdb.extract_statements(sql("scoring")):
        found = INSERT.search(statement.query)
        assert found is not None
        batches = context.sql(statement.query[found.end() :].strip().rstrip(";")).collect()
        context.register_record_batches(found[1], [batches])
        folded[found[1]] = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
    return folded


def in_postgresql(sample: duckdb.DuckDBPyConnection, folder: Path) -> Folded:
    """In a cluster of its own, which listens in its folder only; as its own user, since it refuses to run as root."""
    assert INITDB is not None
    programs = Path(INITDB).parent
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    # Folders of the tests are closed to other users.
    with tempfile.TemporaryDirectory(prefix="postgres-") as of_server:
        shutil.chown(of_server, user)

        def server(program: str, *words: str) -> None:
            subprocess.run(
                [programs / program, *words], user=user, cwd=of_server, check=True, stdout=subprocess.DEVNULL
            )

        def asked(text: str) -> None:
            line = ["psql", "-h", of_server, "-U", "folding", "-d", "postgres", "-qX", "-v", "ON_ERROR_STOP=1"]
            done = subprocess.run(line, input=text, text=True, capture_output=True, check=False)
            assert done.returncode == 0, done.stderr

        data = f"{of_server}/data"
        server("initdb", "-D", data, "-U", "folding", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        server("pg_ctl", "-D", data, "-l", f"{data}/log", "-w", "-o", f"-k {of_server} -c listen_addresses=''", "start")
        try:
            asked(statements().replace("DOUBLE", "DOUBLE PRECISION"))
            for table, rows in content(sample).items():
                asked(f"COPY {table} FROM STDIN;\n{''.join(map(copied, rows))}\\.\n")
            asked(sql("scoring"))
            for table in FOLDED:
                asked(f"\\copy {table} TO '{folder / table}.csv' CSV")
        finally:
            server("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    with duckdb.connect() as connection:
        schema = sql("schema")
        connection.execute(schema[schema.index("CREATE TABLE tally") : schema.index("CREATE TABLE touched")])
        for table in FOLDED:
            connection.execute(f"COPY {table} FROM '{folder / table}.csv' (FORMAT csv)")
        return {table: connection.execute(f"FROM {table}").fetchall() for table in FOLDED}


def copied(row: Row) -> str:
    """A row as PostgreSQL copies it in."""
    return "\t".join("\\N" if value is None else str(value) for value in row) + "\n"


def by_spark_connect(start: Callable[[], AbstractContextManager[Running]]) -> Callable[..., Folded]:
    """In an engine elsewhere, in the way of a publication."""

    def folded(sample: duckdb.DuckDBPyConnection, folder: Path) -> Folded:
        ((file,),) = sample.execute("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL").fetchall()
        copy = shutil.copyfile(file, folder / "copy.duckdb")
        with duckdb.connect(str(copy)) as connection, start() as engine:
            connection.execute("DELETE FROM touched")
            connection.execute("INSERT INTO touched SELECT DISTINCT round_no, country_no FROM tally")
            for table in FOLDED:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
            fold(connection, always, Engine(engine.address))
            return {table: connection.execute(f"FROM {table}").fetchall() for table in FOLDED}

    return folded


@pytest.mark.parametrize(
    "folded",
    [
        pytest.param(in_sqlite, id="SQLite"),
        pytest.param(in_datafusion, id="DataFusion", marks=pytest.mark.thorough),
        pytest.param(
            in_postgresql,
            id="PostgreSQL",
            marks=[pytest.mark.thorough, pytest.mark.skipif(INITDB is None, reason=POSTGRES_MISSING)],
        ),
        pytest.param(by_spark_connect(sail), id="Sail", marks=pytest.mark.thorough),
        pytest.param(
            by_spark_connect(spark),
            id="Spark",
            marks=[pytest.mark.thorough, pytest.mark.skipif(spark_home() is None, reason=SPARK_MISSING)],
        ),
    ],
)
def test_the_sample_folds_alike_in_every_engine(
    sample: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folded: Callable[[duckdb.DuckDBPyConnection, Path], Folded],
) -> None:
    # Workers of parallel tests have no main file, which the library of Spark takes for a run of its own tests.
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
    there = folded(sample, tmp_path)
    for table in FOLDED:
        here = [plain(row) for row in sample.execute(f"FROM {table}").fetchall()]
        other = sorted(map(plain, there[table]), key=_key)
        assert len(here) == len(other) > 1000
        for one, two in zip(sorted(here, key=_key), other, strict=True):
            assert two == pytest.approx(one)


def _key(row: Row) -> Row:
    """What a sum is of: the first columns, of which some are null."""
    return tuple(-1 if value is None else value for value in row[:5])
