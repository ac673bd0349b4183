"""Are the types of rows those that DuckDB describes, and does no row hold a null where its type has none?"""

from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pytest

from dashboard.loading.files.words_file import read_words
from dashboard.model.view.view_state import ViewState, normalised
from dashboard.queries.ask import ask, names
from dashboard.queries.folded import folded
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published, Reader
from dashboard.ui.escape import escape_row
from dashboard.ui.view import View
from tests.conftest import TODAY
from tests.queries.declared import may_be_null, nulls, room_of, row_name
from tests.queries.descriptions import BESIDE, GIVEN, NULL_TOO, Description, described
from tests.queries.emptied import emptied
from tests.queries.row_types import QUERIES, files


@pytest.fixture(scope="module")
def found(published: Published, tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Description]:
    """The description of every typed question, over the same publications as `make rows`."""
    tiny = Reader(tiny_store).current()
    assert tiny is not None
    return described([emptied(published, tmp_path_factory.mktemp("emptied") / "emptied.duckdb"), tiny])


@pytest.mark.thorough
def test_the_files_are_those_that_would_be_made(found: dict[str, Description]) -> None:
    made = files(found)
    assert set(QUERIES.rglob("rows.py")) == made.keys()
    old = [str(path.relative_to(QUERIES)) for path, text in made.items() if path.read_text("utf-8") != text]
    assert not old, f"make rows: {old}"


@pytest.mark.thorough
def test_every_question_is_typed_and_was_seen_with_rows(found: dict[str, Description]) -> None:
    assert found.keys() == {*names()} - BESIDE
    assert [name for name, description in found.items() if not description.rows] == []


@pytest.mark.thorough
def test_the_types_say_where_nulls_were_seen(found: dict[str, Description]) -> None:
    declared = {name: set(may_be_null(name) or ()) for name in found}
    assert declared == {name: seen.nulls | {*NULL_TOO.get(name, ())} for name, seen in found.items()}


@pytest.mark.thorough
def test_what_is_listed_by_hand_is_a_column_in_which_no_null_was_seen(found: dict[str, Description]) -> None:
    for name, columns in NULL_TOO.items():
        assert found[name].columns.keys() >= set(columns)
        assert found[name].nulls.isdisjoint(columns), "it need not be listed"


def test_a_question_has_the_columns_that_its_type_has(tiny_store: Path) -> None:
    """The types are those of `make rows` if the test above agrees; this one is quick."""
    tiny = Reader(tiny_store).current()
    assert tiny is not None
    given = View("test", normalised(ViewState(), known := known_codes(tiny)), read_words(), tiny, known, TODAY)
    for name in sorted({*names()} - BESIDE):
        row = getattr(import_module(f"dashboard.queries.{room_of(name)}.rows"), row_name(name))
        assert [*row.__annotations__] == ask(tiny, name, given.parameters(**GIVEN)).column_names, f"make rows: {name}"


def test_nulls_are_found_within_lists_and_rows() -> None:
    facts = [[{"fact": "Told.", "address": None}], None, [None]]
    table = pa.table({"case_study": ["C1", "C2", "C3"], "facts": facts})
    assert set(nulls(table)) == {"facts", "facts[]", "facts[].address"}


def test_what_is_escaped_has_the_type_it_had() -> None:
    row = {"n": 3, "note": None, "text": "*bold*", "facts": [{"fact": "a_b `c`", "address": None}], "words": ["x*"]}
    told = escape_row(row)
    assert told == {
        "n": 3,
        "note": None,
        "text": "\\*bold\\*",
        "facts": [{"fact": "a_b \\`c\\`", "address": None}],
        "words": ["x\\*"],
    }


def test_what_stands_beside_is_asked_by_folded_questions_and_by_nobody_else() -> None:
    beside = {name for one in folded().values() for name in (*one.beside, *one.looked_up)}
    assert beside - folded().keys() == BESIDE
