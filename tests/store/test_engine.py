"""Is a publication the same wherever its answers are folded, and left alone when an engine elsewhere fails?"""

import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from benchmarks.engines import sail
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.store.history import current_number
from dashboard.store.publishing import engine as engines
from dashboard.store.publishing.engine import ENGINE, FOLDER, HERE, Engine, engine_of
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from tests.conftest import TINY, TODAY, WRITER
from tests.servers import free_port

pytestmark = pytest.mark.outside
MORE = "round,operation,criterion,status,evidence\nR2,a-op,T2.a,yes,seen\nR2,b-op,T1.a,no,seen\n"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Engine]:
    with sail() as engine:
        yield Engine(engine.address)


@pytest.fixture(autouse=True)
def in_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of parallel tests have no main file, which the library of Spark takes for a run of its own tests."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)


def tables(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the publication in force."""
    published = Reader(store).current()
    assert published is not None
    with published.cursor() as cursor:
        names = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        return {name: cursor.execute(f'FROM "{name}" ORDER BY ALL').fetchall() for (name,) in names}


def test_a_publication_and_the_next_are_the_same_wherever_they_are_folded(
    tmp_path: Path, elsewhere: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Files of two rows and parts of one country, so that there are several to read.
    monkeypatch.setattr(engines, "AT_ONCE", 1)
    monkeypatch.setattr(engines, "ROWS_OF_A_FILE", 2)
    monkeypatch.setattr(engines, "ROWS_OF_A_GROUP", 2)
    more, shared = tmp_path / "more.csv", tmp_path / "shared"
    more.write_text(MORE)
    shared.mkdir()
    found: list[dict[str, list[tuple[object, ...]]]] = []
    for engine in (HERE, Engine(elsewhere.address, str(shared))):
        store = tmp_path / f"store {len(found)}"
        for path in (TINY, more):
            outcome = publish(Load(store, [path], WRITER, TODAY, engine=engine))
            assert outcome.revision is not None, outcome.problems
        found.append(tables(store))
    assert found[0] == found[1]
    assert list(shared.iterdir()) == []


def test_the_command_folds_where_it_is_told(store: Path, tmp_path: Path, elsewhere: Engine) -> None:
    (tmp_path / "more.csv").write_text(MORE)
    line = ["publish", str(tmp_path / "more.csv"), "--accept", "--store", str(store), "--engine"]
    done = CliRunner().invoke(main, [*line, elsewhere.address])
    assert done.exit_code == 0, done.output
    assert current_number(store) == 2
    refused = CliRunner().invoke(main, [*line, f"sc://127.0.0.1:{free_port()}"])
    assert refused.exit_code == 1
    assert "does not answer" in refused.output
    assert current_number(store) == 2


def test_the_environment_names_the_engine_unless_the_command_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine_of() == HERE
    monkeypatch.setenv(ENGINE, "sc://one")
    monkeypatch.setenv(FOLDER, "s3://answers")
    assert engine_of() == Engine("sc://one", "s3://answers")
    assert engine_of("sc://other") == Engine("sc://other", "s3://answers")


def refused(store: Path, tmp_path: Path, address: str) -> str:
    """The kind of the one problem with which a load is refused, after which everything is as it was."""
    (tmp_path / "more.csv").write_text(MORE)
    before = tables(store)
    outcome = publish(Load(store, [tmp_path / "more.csv"], WRITER, TODAY, engine=Engine(address)))
    assert outcome.revision is None
    (problem,) = outcome.problems
    assert problem.file == address
    assert "<" not in (problem.value or ""), "no name of an object of a library"
    assert current_number(store) == 1
    assert tables(store) == before
    assert not list(store.glob("making-*"))
    return problem.kind


def test_without_an_engine_nothing_changes(store: Path, tmp_path: Path) -> None:
    assert refused(store, tmp_path, f"sc://127.0.0.1:{free_port()}") == "engine_unreachable"
    assert refused(store, tmp_path, "nonsense") == "engine_unreachable"


def test_without_the_library_nothing_changes(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert refused(store, tmp_path, f"sc://127.0.0.1:{server.getsockname()[1]}") == "engine_missing"


def test_what_is_no_engine_changes_nothing(store: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].close()

        thread = Thread(target=hang_up)
        thread.start()
        try:
            assert refused(store, tmp_path, f"sc://127.0.0.1:{server.getsockname()[1]}") == "engine_failed"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_an_engine_that_dies_between_the_folds_changes_nothing(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds, whole = list[str](), engines._fold
    with sail() as engine:

        def dies_before_the_second(*given: Any) -> None:
            if folds:
                engine.process.kill()
                engine.process.wait()
            folds.append("one")
            whole(*given)

        monkeypatch.setattr(engines, "_fold", dies_before_the_second)
        assert refused(store, tmp_path, engine.address) == "engine_failed"
    assert folds == ["one", "one"]
