"""Are mappings stored for reuse, and do published problems use the words of the original sheet?"""

from datetime import date
from pathlib import Path

import pytest

from dashboard.loading.mapping.apply import apply, write_mapped
from dashboard.loading.mapping.sheet_files import read_grids
from dashboard.model.mapping import Across, SheetMapping
from dashboard.model.problem import Problem
from dashboard.store.locking import Writer
from dashboard.store.named_files import save_mapping, stored_mappings
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Published, Reader
from tests.loading.foreign import write_csv

MAPPING = SheetMapping(
    name="Aland's own sheet",
    form="answers",
    sheets=("Yes", "No"),
    header_row=3,
    header=("Question", "Sí", "1.10"),
    columns={"criterion": "Question"},
    fixed={"round": "R2", "evidence": "none"},
    values={"status": {"Sí": "yes", "No": "no", "1": "yes", "null": "no", "2025-01-01": "no"}},
    across=Across(column="operation", codes={"Sí": "a-op", "1.10": "b-op"}),
    days="mdy",
)


def reader_of(store: Path) -> Published:
    published = Reader(store).current()
    assert published is not None
    return published


def test_a_mapping_is_read_back_as_it_was_saved(tmp_path: Path) -> None:
    named = MAPPING.model_copy(update={"name": "Aland, 2025 (draft)"})
    assert save_mapping(tmp_path, named) is None
    assert stored_mappings(tmp_path) == ({"Aland, 2025 (draft)": named}, ())


def test_one_of_the_same_name_takes_its_place(tmp_path: Path) -> None:
    first = MAPPING.model_copy(update={"name": "one"})
    second = first.model_copy(update={"header_row": 9})
    assert save_mapping(tmp_path, first) is save_mapping(tmp_path, second) is None
    assert stored_mappings(tmp_path)[0] == {"one": second}
    assert [path.name for path in (tmp_path / "mappings").iterdir()] == ["one.yaml"]


@pytest.mark.parametrize("name", ["", " ", "../x", "a/b", "a\\b", ".hidden", "a:b", "x" * 81, "dot.", "a\nb", "con*"])
def test_a_name_that_cannot_be_a_file_is_refused(tmp_path: Path, name: str) -> None:
    problem = save_mapping(tmp_path, MAPPING.model_copy(update={"name": name}))
    assert problem is not None
    assert (problem.kind, problem.value) == ("file_name", name)
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_broken_mapping_is_reported_and_the_others_work(tmp_path: Path) -> None:
    named = MAPPING.model_copy(update={"name": "good"})
    save_mapping(tmp_path, named)
    folder = tmp_path / "mappings"
    (folder / "a.yaml").write_text("form: [")
    (folder / "b.yaml").write_text("form: answers\nheader_row: first\ncolour: red\n")
    (folder / "c.yaml").write_text("form: answers\ncolumns: {colour: A}\n")
    found, problems = stored_mappings(tmp_path)
    assert found == {"good": named}
    assert [(problem.kind, problem.file, problem.row) for problem in problems] == [
        ("yaml", "mappings/a.yaml", 1),
        ("bad_value", "mappings/b.yaml", 2),
        ("unknown_key", "mappings/b.yaml", 3),
        ("bad_value", "mappings/c.yaml", 1),
    ]


def test_a_machine_that_cannot_write_is_reported(tmp_path: Path) -> None:
    (tmp_path / "mappings").write_text("in the way")
    problem = save_mapping(tmp_path, MAPPING.model_copy(update={"name": "one"}))
    assert problem is not None
    assert problem.kind == "not_written"


def test_nothing_saved_is_nothing_found(tmp_path: Path) -> None:
    assert stored_mappings(tmp_path) == ({}, ())


# The names by which codes are known.


def test_codes_are_known_by_titles_and_texts(store: Path) -> None:
    names = names_of(reader_of(store))
    # A country stands for its operation only if it has one.
    assert names.called["operation"]["a-op"] == ("Toys of Aland",)
    assert names.called["operation"]["a2-op"] == ("More toys of Aland",)
    assert set(names.called["operation"]["b-op"]) == {"Toys of Beland", "Beland", "BBB"}
    assert names.framework_of["T1.a"] == "toy"
    assert names.scales["toy"] == {
        "yes": "full", "mostly": "part", "somewhat": "part", "no": "nil", "na": "not_applicable",
        "dont_know": "not_known", "unanswered": "unanswered",
    }  # fmt: skip
    assert names.status_titles["na"] == ("Does not apply",)


def test_names_are_asked_once_for_a_publication(store: Path) -> None:
    published = reader_of(store)
    assert names_of(published) is names_of(published)
    assert names_of(None).called == {}


# Through the usual import.


def test_problems_published_from_their_sheet_use_its_words(
    store: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    sheet = [["Title", ""], ["Question", "Answer"], ["T1.a", "Oui"], ["", ""], ["T1.b", "perhaps"]]
    path = write_csv(tmp_path / "aland.csv", sheet)
    grids = read_grids(path, path.name)
    assert not isinstance(grids, Problem)
    mapping = SheetMapping(
        form="answers",
        columns={"criterion": "Question", "status": "Answer"},
        fixed={"round": "R2", "operation": "b-op"},
        values={"status": {"Oui": "yes"}},
    )
    made = write_mapped(apply(mapping, grids, path.name), tmp_path / "made" / "aland.csv")
    for problems in (check(store, [made], today), publish(Load(store, [made], writer, today)).problems):
        assert [(p.kind, p.file, p.row, p.column, p.value) for p in problems] == [
            ("off_scale", "aland.csv", 5, "Answer", "perhaps")
        ]
    with reader_of(store).cursor() as cursor:
        kept = cursor.execute('SELECT file, "row", "column" FROM problem').fetchall()
        ((status,),) = cursor.execute(
            "SELECT scale.status FROM answer JOIN criterion USING (criterion_no) JOIN operation USING (operation_no) "
            "JOIN round USING (round_no) JOIN scale USING (status_no) "
            "WHERE criterion = 'T1.a' AND operation = 'b-op' AND round = 'R2'"
        ).fetchall()
    assert kept == [("aland.csv", 5, "Answer")]
    assert status == "yes"
