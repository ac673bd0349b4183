"""Does what is declared of a table arrive wherever it is needed, and is what was made from it up to date?"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from dashboard.loading.yaml_file import read_words
from dashboard.model.answer import Answer, Approval, Comment, Evidence, Participation, Review
from dashboard.model.mapping import MAPPABLE
from dashboard.model.plan import Action, Target
from dashboard.model.publish_preview import COMPARED
from dashboard.model.records import RECORDS, read_records
from tests.conftest import ROOT
from tests.records.write import content, data_format, made, problems, schema

SOURCE = {"says": "where the answer comes from", "shown": "left out", "width": 20}
VISITS = {
    "table": "visit",
    "key": ["round", "operation", "visit"],
    "of": "visit",
    "compared": True,
    "begins": "seen_on",
    "replaces": True,
    "columns": {
        "round": {"says": "r", "head": True, "must": True, "of": "round", "stored": "round_no SMALLINT"},
        "operation": {"says": "o", "head": True, "must": True, "of": "operation", "stored": "operation_no INTEGER"},
        "visit": {"says": "the code", "head": True, "must": True, "shown": "open"},
        "seen_on": {"says": "a day", "head": True, "must": True, "kind": "date", "past": True},
        "crowd": {"says": "how many came", "must": True, "words": ["few", "many"], "shown": "open"},
        "remark": {"says": "what was seen", "shown": "left out"},
    },
}


def test_what_is_made_from_the_records_is_up_to_date() -> None:
    assert {path.name for path, text in made().items() if path.read_text("utf-8") != text} == set()


def test_what_is_typed_on_a_page_holds_every_column_so_that_saving_loses_none() -> None:
    for row in (Answer, Review, Action, Approval, Target, Participation, Evidence, Comment):
        assert {field.name for field in fields(row)} == set(RECORDS[row.form].names), row.form


def test_every_column_has_its_labels() -> None:
    words = read_words()
    named = {
        *(f"collect.column_{column.change}" for form in COMPARED for column in RECORDS[form].changing),
        *(f"mapping.ours_{column.name}" for form in MAPPABLE for column in RECORDS[form].columns),
    }
    named |= {f"collect.of_{form}" for form in COMPARED}
    assert {key for key in named if not words.has(key)} == set()
    asked = {(form, column.name) for form, record in RECORDS.items() for column in record.columns if column.width}
    own = {(form, name) for form, name in asked if words.has(f"book.head.{form}.{name}")}
    assert {name for form, name in asked - own if not words.has(f"book.head.{name}")} == set()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("visits: {table: visit, key: [visit], columns: {visit: {says: a, colour: red}}}", "colour"),
        ("visits: {table: visit, key: [visit], colour: red, columns: {}}", "colour"),
        ("visits: {table: visit, key: [visit], columns: {visit: {says: a, kind: number}}}", "NUMBER"),
        ("visits: {table: visit, key: [visit], columns: {visit: {says: a, shown: half}}}", "half"),
    ],
)
def test_a_record_that_says_something_unknown_is_refused(said: str, error: str) -> None:
    with pytest.raises((TypeError, ValueError, KeyError), match=error):
        read_records(said)


def test_a_table_without_its_place_in_a_made_file_is_refused() -> None:
    new = read_records(yaml.safe_dump({"visits": VISITS}))
    with pytest.raises(ValueError, match=r"schema\.sql has no table visit"):
        schema("CREATE TABLE other (a INTEGER);", new)
    with pytest.raises(ValueError, match=r"data-format\.md has no table under visits"):
        data_format("### others\n", new)
    with pytest.raises(ValueError, match=r"data-format\.md has no list of problems"):
        problems("### others\n", {})
    with pytest.raises(ValueError, match=r"README\.md has no table under A case"):
        content("### others\n")


@pytest.mark.outside
@pytest.mark.thorough
def test_a_column_and_a_table_that_are_added_arrive_everywhere(tmp_path: Path) -> None:
    """In a copy of the program: one line for a column, one entry for a table, and what is made from them."""
    program = tmp_path / "program"
    for folder in ("src", "tests", "docs", "frameworks", "data", "benchmarks"):
        shutil.copytree(ROOT / folder, program / folder, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    file = program / "src/dashboard/model/records.yaml"
    said = yaml.safe_load(file.read_text("utf-8"))
    said["answers"]["columns"]["answer_source"] = SOURCE
    file.write_text(yaml.safe_dump({**said, "visits": VISITS}, sort_keys=False, allow_unicode=True), "utf-8")
    for path, more in (
        (program / "src/dashboard/store/schema.sql", "CREATE TABLE visit (\n);\n"),
        (
            program / "docs/data-format.md",
            "\n### visits\n\n| column | what it holds | may be empty | example |\n|---|---|---|---|\n",
        ),
    ):
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    _run(program, "tests.records.write")
    found = json.loads(_run(program, "tests.records.arrives", str(tmp_path)).splitlines()[-1])
    assert found["stored"] == {
        "answers": [["Board minutes"]],
        "visits": [["V-1", "2025-03-01", "many", "Told in confidence"]],
    }
    assert found["problems"] == [
        ["bad_date", 5, "seen_on"],
        ["duplicate_row", 3, "visit"],
        ["future_date", 6, "seen_on"],
        ["off_scale", 7, "crowd"],
        ["off_scale", 8, "crowd"],
        ["unknown_round", 4, "round"],
    ]
    assert found["changes"] == [
        ["answers", "answer_source", "Board minutes", "Other minutes"],
        ["visits", "seen_on", "2025-03-01", "2025-03-02"],
    ]
    assert found["restricted"] == [], "nothing of an operation that somebody does not see"
    assert found["saved"] == [["R2"], ["changed_meanwhile"], ["there_already"]]
    assert found["asked"] == ["DATE", "ONE_OF", "TEXT"]
    assert found["masked"] == {"answers": [["left out"]], "visits": [["many", "left out"]]}
    assert found["sheet"][-1] == "answer_source"
    assert found["form for phones"][-1] == "answer_source"
    assert {"visits", "answer_source", "seen_on", "crowd", "remark"} <= set(found["compared"])
    assert found["schema"] == sorted(VISITS["columns"])  # type: ignore[call-overload]
    page = (program / "docs/data-format.md").read_text("utf-8")
    assert "| answer_source | where the answer comes from | yes | |" in page
    assert "| **seen_on** | a day, not after tomorrow | no | |" in page
    assert "| crowd | how many came: `few` or `many` | no | |" in page
    assert "**Key:** `round`, `operation`, `visit`." in page


def _run(program: Path, module: str, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{program / 'src'}{os.pathsep}{program}"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=program, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
