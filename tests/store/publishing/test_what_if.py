"""Is an imagined publication what publishing the same answers would make, and is nothing of it stored?"""

import shutil
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pytest

from dashboard.model.answers.answer import Answer
from dashboard.model.answers.long_form import as_csv
from dashboard.model.answers.tables import FORM
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.proof import Proof, open_proof
from dashboard.store.publishing.publish import publish
from dashboard.store.publishing.rounds import close_round
from dashboard.store.publishing.what_if import what_if
from dashboard.store.reading.reader import Reader
from tests.conftest import TODAY, WRITER
from tests.tasks.test_preview import files_of

ANSWERS = (
    Answer("R2", "a-op", "T1.a", "yes", "seen"),
    Answer("R2", "a-op", "T2.a", "no"),
    Answer("R2", "b-op", "T1.b", "na", na_reason="None sold."),
)


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Every table in full, but what tells of the load itself."""
    names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1").fetchall()
    return {name: sorted(map(str, connection.sql(f'FROM "{name}"').fetchall())) for (name,) in names}


def imagined(store: Path, folder: Path, answers: tuple[Answer, ...] = ANSWERS) -> Proof:
    folder.mkdir()
    found = what_if(store, answers, TODAY, folder)
    assert isinstance(found, Proof), found
    return found


@pytest.mark.thorough
def test_it_is_what_publishing_the_same_answers_would_make(store: Path, tmp_path: Path) -> None:
    proof = imagined(store, tmp_path / "room")
    file = tmp_path / "answers.csv"
    file.write_text(as_csv(FORM["answers"], map(asdict, ANSWERS)), "utf-8", newline="")
    before = Reader(store).current()
    assert publish(Load(store, [file], WRITER, TODAY)).revision is not None
    after = Reader(store).current()
    assert before is not None
    assert after is not None
    found, right = tables(open_proof(proof).connection), tables(after.connection)
    assert found == right
    assert found != tables(before.connection)


def test_nothing_of_it_is_in_the_store(store: Path, tmp_path: Path) -> None:
    before = files_of(store)
    imagined(store, tmp_path / "room")
    assert files_of(store) == before


@pytest.mark.thorough
def test_a_closed_round_can_be_imagined_otherwise_and_stays_closed(store: Path, tmp_path: Path) -> None:
    assert close_round(store, "R2", WRITER, TODAY).revision is not None
    with open_proof(imagined(store, tmp_path / "room")).cursor() as cursor:
        assert cursor.execute("SELECT round FROM round WHERE closed").fetchall() == [("R2",)]
        (status,) = cursor.execute(
            "SELECT status FROM answer JOIN scale USING (status_no) JOIN operation USING (operation_no) "
            "JOIN criterion USING (criterion_no) JOIN round USING (round_no) "
            "WHERE (round, operation, criterion) = ('R2', 'a-op', 'T1.a')"
        ).fetchall()
    assert status == ("yes",)


def test_answers_that_no_file_could_bring_stand_against_all_of_it(store: Path, tmp_path: Path) -> None:
    before = files_of(store)
    found = what_if(store, (*ANSWERS, replace(ANSWERS[0], criterion="T2.b")), TODAY, tmp_path)
    assert isinstance(found, tuple)
    assert [problem.kind for problem in found] == ["not_asked"]
    assert files_of(store) == before


@pytest.mark.parametrize("what", ["publications", "moves"])
def test_a_store_that_cannot_be_read_is_told(what: str, store: Path, tmp_path: Path) -> None:
    shutil.rmtree(store / what)
    found = what_if(store, ANSWERS, TODAY, tmp_path)
    assert isinstance(found, tuple)
    assert found


def test_over_nothing_published_there_is_nothing_to_imagine(tmp_path: Path) -> None:
    assert what_if(tmp_path / "empty", ANSWERS, TODAY, tmp_path) == ()
