"""Do figures leave with their marks, and with nothing that a spreadsheet would work out?"""

import json
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.figures import Column, FiguresTable, as_csv, as_json, as_parquet
from dashboard.model.problem import Problem
from dashboard.model.words import Words

ROWS = pa.table({"text": ["=1+1", "@a", None], "percent": [-4.5, 30.0, None], "codes": [["a", "b"], [], None]})
FIGURES = FiguresTable(
    "heatmap", "heatmap", 7, True, False, {"country": "GHA,COL", "lang": "en"}, frozenset({"country"}),
    (Problem("unknown_code", "link", None, "round", "=2", hint="2025"),),
    tuple(Column(name, "text", "code", f"What {name} means.") for name in ROWS.column_names), ROWS,
)  # fmt: skip


def test_a_csv_file_guards_what_looks_like_a_formula_and_ends_each_row_with_its_marks(words: Words) -> None:
    header, first, second, third, end = as_csv(FIGURES, words).decode("utf-8-sig").split("\r\n")
    assert header == "text,percent,codes,about_illustrative,about_publication,about_choice,about_problems"
    marks = (
        'True,7,"country=GHA,COL&lang=en","link, round: “=2” is not known here, so it was left out. Did you mean 2025?"'
    )
    assert [first, second] == [f"'=1+1,-4.5,a; b,{marks}", f"'@a,30,,{marks}"]
    assert third == f",,,{marks}"
    assert end == ""


def test_json_keeps_texts_as_they_are_and_nothing_as_null(words: Words) -> None:
    found = json.loads(as_json(FIGURES, words))
    assert found["rows"][0] == {"text": "=1+1", "percent": -4.5, "codes": ["a", "b"]}
    assert found["rows"][2] == {"text": None, "percent": None, "codes": None}
    assert found["choice"] == {"country": ["GHA", "COL"], "lang": "en"}
    assert (found["problems"][0]["field"], found["problems"][0]["nearest"]) == ("round", "2025")


def test_a_parquet_file_says_unit_and_meaning_of_each_column(words: Words) -> None:
    table = pq.read_table(BytesIO(as_parquet(FIGURES, words)))
    assert table.to_pylist() == ROWS.to_pylist()
    assert table.schema.field("codes").metadata[b"meaning"] == b"What codes means."
    assert json.loads(table.schema.metadata[b"about"])["publication"] == 7


def test_a_table_without_rows_keeps_its_columns(words: Words) -> None:
    empty = FiguresTable(**{**vars(FIGURES), "rows": ROWS.slice(0, 0)})
    assert as_csv(empty, words).decode("utf-8-sig").count("\r\n") == 1
    assert json.loads(as_json(empty, words))["rows"] == []
