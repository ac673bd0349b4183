"""Folds answers into tallies in DuckDB, or in an engine that speaks Spark Connect: the same text runs in both.

The answers go there as Parquet files in a folder that both can read, the tallies come back as Arrow, and everything
else stays here. See docs/decisions/0009-sums.md.
"""

import os
import re
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count, islice
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import duckdb
from pyarrow import RecordBatchReader, Schema, Table, schema
from pyarrow.fs import FileSelector, FileSystem, LocalFileSystem

from dashboard.model.problem import Problem, Weight
from dashboard.store.history import StoreError
from dashboard.store.sql import COMMENT, run, sql

ENGINE = "DASHBOARD_ENGINE"
"""The environment variable with the address of an engine, such as sc://host:15002; empty for DuckDB."""
FOLDER = "DASHBOARD_ENGINE_FOLDER"
"""The environment variable with a folder, or an address of an object store, that the engine can read as well."""
PORT = 15002
"""The port of an address that names none."""
READ = {
    "touched": "FROM touched WHERE country_no IN (SELECT country_no FROM folding WHERE part = $part)",
    "tally": "SELECT DISTINCT round_no, criterion_no FROM tally",
    **{
        name: f"FROM {name}"
        for name in ("operation", "counted_with", "round", "criterion", "framework", "scale", "short_start")
    },
    "old_words": "FROM old_words",
}
"""The other tables that the folds read, with the rows that matter to them."""
AT_ONCE = 5_000_000
"""About how many answers are folded at once; more only if one country alone has more."""
HEAD_OFFICE = 0
"""The part with the answers of the head office."""
ROWS_OF_A_FILE = 2_000_000
"""So that several workers share the answers."""
ROWS_OF_A_GROUP = 1_000_000
BATCHES = 5
"""How many batches of a million rows are held while they are written."""
RETRIES = 3
"""How often a request that fails on the way is repeated."""
PATIENCE = 5.0
"""Seconds until an engine that does not answer counts as unreachable."""
_DETAILS = re.compile(r'details = "([^"]+)"')
_INSERT = re.compile(r"INSERT INTO (\w+)\s")


@dataclass(frozen=True)
class Engine:
    """Where to fold: the address, empty for DuckDB, and a folder that both can read, empty for one of this machine."""

    address: str = ""
    folder: str = ""


HERE = Engine()


def engine_of(address: str = "") -> Engine:
    """The engine at this address, or else the one that the environment names."""
    return Engine(address or os.environ.get(ENGINE, ""), os.environ.get(FOLDER, ""))


def fold(connection: duckdb.DuckDBPyConnection, only: Callable[[str], bool], engine: Engine) -> None:
    """Fold the answers of `touched` into `tally` and `matched`. Raises StoreError if an engine elsewhere cannot."""
    if not engine.address:
        run(connection, "scoring", only)
        return
    statements = [one.query for one in connection.extract_statements(sql("scoring"))]
    statements = [text for text in statements if only(COMMENT.sub("", text))]
    run(connection, "elsewhere/parts", most=AT_ONCE)
    parts = [part for (part,) in connection.execute("SELECT DISTINCT part FROM folding ORDER BY part").fetchall()]
    with _session(engine) as session, _folder(engine) as (files, path, address):
        answers = connection.execute(sql("elsewhere/answers")).to_arrow_reader()
        _write_parts(files, f"{path}/answer", answers, [HEAD_OFFICE, *parts])
        for text in statements:
            for part in parts:
                _fold(connection, session, text.strip().rstrip(";"), files, path, address, part)


def _fold(
    connection: duckdb.DuckDBPyConnection,
    session: Any,
    text: str,
    files: FileSystem,
    path: str,
    address: str,
    part: int,
) -> None:
    """Run one statement there, on one part of the answers and the tables that it reads, and insert its rows here."""
    answers = [f"{address}{path}/answer/{one}" for one in (HEAD_OFFICE, part)]
    session.read.parquet(*answers).createOrReplaceTempView("answer")
    for name in sorted(READ.keys() & set(re.findall(r"\w+", COMMENT.sub("", text)))):
        folder = f"{path}/{token_hex(4)}-{name}"
        given = {"part": part} if "$part" in READ[name] else {}
        _write(files, folder, connection.execute(READ[name], given).to_arrow_reader())
        session.read.parquet(f"{address}{folder}").createOrReplaceTempView(name)
    found = _INSERT.search(text)
    if found is None:
        raise ValueError(text)
    connection.register("folded_there", session.sql(text[found.end() :]).toArrow())
    connection.execute(f"INSERT INTO {found[1]} FROM folded_there")
    connection.unregister("folded_there")


def _write_parts(files: FileSystem, folder: str, rows: RecordBatchReader, parts: Sequence[int]) -> None:
    """Write rows to a folder for each part, by their last column. An empty part has a file, too, with its columns."""
    from pyarrow.parquet import write_table

    *columns, column = rows.schema
    for part in parts:
        files.create_dir(f"{folder}/{part}")
        write_table(schema(columns).empty_table(), f"{folder}/{part}/empty.parquet", filesystem=files)
    _write(files, folder, rows, schema([column]))


def _write(files: FileSystem, folder: str, rows: RecordBatchReader, by: Schema | None = None) -> None:
    """Write rows as Parquet files of limited size; at least one, which tells the columns. `by` names folders."""
    # Only here: this import loads pandas, which would take every command a fifth of a second.
    from pyarrow.dataset import partitioning, write_dataset
    from pyarrow.parquet import write_table

    files.create_dir(folder)
    options = {"max_rows_per_file": ROWS_OF_A_FILE, "max_rows_per_group": ROWS_OF_A_GROUP}
    # A few batches at a time: given all of them, the library reads far ahead of what it has written.
    for number in count():
        batches = list(islice(rows, BATCHES))
        if not batches:
            break
        write_dataset(
            Table.from_batches(batches, rows.schema), folder, format="parquet", filesystem=files,
            basename_template=f"{number}-{{i}}.parquet", partitioning=by and partitioning(by),
            existing_data_behavior="overwrite_or_ignore", **options,
        )  # fmt: skip
    if not files.get_file_info(FileSelector(folder)):
        write_table(rows.schema.empty_table(), f"{folder}/empty.parquet", filesystem=files)


@contextmanager
def _folder(engine: Engine) -> Iterator[tuple[FileSystem, str, str]]:
    """A new folder that both can read, removed at the end: its file system, its path, and what precedes it there."""
    with tempfile.TemporaryDirectory(prefix="dashboard-fold-") as own:
        is_store = "://" in engine.folder
        files, base = FileSystem.from_uri(engine.folder) if is_store else (LocalFileSystem(), engine.folder or own)
        scheme = engine.folder.partition("://")[0] if is_store else "file"
        path = f"{base}/dashboard-fold-{token_hex(8)}"
        files.create_dir(path)
        try:
            yield files, path, f"{scheme}://"
        finally:
            files.delete_dir(path)


@contextmanager
def _session(engine: Engine) -> Iterator[Any]:
    """A session of the engine. Raises StoreError if there is no library, nothing answers, or the engine fails in it."""
    found = urlsplit(engine.address)
    try:
        with socket.create_connection((found.hostname or "", found.port or PORT), PATIENCE):
            pass
    except (OSError, ValueError) as error:
        raise _failed("engine_unreachable", engine, str(error)) from error
    with warnings.catch_warnings():
        # The library warns of a newer pandas, of which nothing is used here, and of what it then raises as an error.
        warnings.simplefilter("ignore")
        try:
            from grpc import RpcError
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
            from pyspark.sql.connect.client.retries import DefaultPolicy
        except ImportError as error:
            raise _failed("engine_missing", engine, "") from error
        try:
            session = SparkSession.builder.remote(engine.address).create()
            session.client.set_retry_policies([DefaultPolicy(max_retries=RETRIES)])
            try:
                yield session
            finally:
                # Of an engine that has died, there is nothing left to end.
                with suppress(PySparkException, RpcError):
                    session.stop()
        except (PySparkException, RpcError) as error:
            raise _failed("engine_failed", engine, str(error)) from error


def _failed(kind: str, engine: Engine, said: str) -> StoreError:
    # What the library prints of a broken connection begins with a name of its own; `details` says what happened.
    found = _DETAILS.search(said)
    line = found[1] if found else next(iter(said.strip().splitlines()), "")
    return StoreError(Problem(kind, engine.address, value=line or None, weight=Weight.FILE))
