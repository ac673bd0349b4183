"""Are the declared types of rows those that DuckDB describes, and does no row hold a null where its type has none?"""

from datetime import date
from pathlib import Path
from typing import TypedDict

import pyarrow as pa
import pytest

from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask, names
from dashboard.queries.question import folded
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published, Reader
from dashboard.ui.escape import escape_row
from dashboard.ui.view import View
from tests.conftest import TODAY
from tests.queries.declared import declared, may_be_null, nulls, wrong, wrong_columns
from tests.queries.descriptions import BESIDE, GIVEN, NULL_TOO, Description, described
from tests.queries.emptied import emptied


@pytest.fixture(scope="module")
def found(published: Published, tiny_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Description]:
    """The description of every question, in the sample with everything optional emptied, and in the toy group."""
    tiny = Reader(tiny_store).current()
    assert tiny is not None
    return described([emptied(published, tmp_path_factory.mktemp("emptied") / "emptied.duckdb"), tiny])


@pytest.mark.thorough
def test_every_question_was_seen_with_rows(found: dict[str, Description]) -> None:
    assert found.keys() == {*names()} - BESIDE
    assert [name for name, description in found.items() if not description.rows] == []


@pytest.mark.thorough
def test_the_types_say_where_nulls_were_seen(found: dict[str, Description]) -> None:
    may = {name: {place for place, optional in may_be_null(name).items() if optional} for name in declared()}
    seen = {name: found[name].nulls.union(NULL_TOO.get(name, ())) & may_be_null(name).keys() for name in declared()}
    assert may == seen


@pytest.mark.thorough
def test_what_is_listed_by_hand_is_read_and_no_null_was_seen_in_it(found: dict[str, Description]) -> None:
    for name, columns in NULL_TOO.items():
        assert may_be_null(name).keys() >= {*columns}, f"{name}: Python does not read it"
        assert found[name].nulls.isdisjoint(columns), f"{name}: it need not be listed"


def test_the_columns_that_a_type_names_are_there_and_of_its_types(tiny_store: Path) -> None:
    tiny = Reader(tiny_store).current()
    assert tiny is not None
    view = View("test", normalised(ViewState(), known := known_codes(tiny)), read_words(), tiny, known, TODAY)
    given = view.parameters(**GIVEN)
    of = {name: {column.name: column.type for column in ask(tiny, name, given).schema} for name in declared()}
    assert [one for name, columns in of.items() for one in wrong_columns(name, columns)] == []


class Fact(TypedDict):
    """A nested row."""

    fact: str
    year: int


def test_a_type_that_is_not_that_of_its_column_is_found() -> None:
    facts = pa.list_(pa.struct({"fact": pa.string(), "year": pa.int16()}))
    assert [*wrong("q.facts", list[Fact] | None, facts)] == []
    assert [*wrong("q.facts", list[Fact], pa.list_(pa.struct({"fact": pa.int32()})))] == [
        "q.facts[].fact: int32, declared as <class 'str'>",
        "q.facts[].year: there is no such column",
    ]
    assert [*wrong("q.day", date, pa.string())] == ["q.day: string, declared as <class 'datetime.date'>"]
    assert [*wrong("q.n", int, pa.list_(pa.int64()))] == ["q.n: list<item: int64>, declared as <class 'int'>"]


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
