"""Do the command line and Python give the figures of the pages, explained, and a sentence if they cannot?"""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from errno import ENOSPC
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

import dashboard
from dashboard.__main__ import main
from dashboard.exports import figures_file as written
from dashboard.exports.figures_file import FORMATS, FiguresTable
from dashboard.loading.yaml_file import read_words
from dashboard.model.filters import ALL_FILTERS
from dashboard.model.pages import HIDDEN, PAGES
from dashboard.model.view_state import FIELDS, OF_FIGURES
from dashboard.queries.ask import ask, names, parameter_names
from dashboard.queries.every_page import given
from dashboard.store.history import StoreError
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.tasks.dataframes import ChoiceError, OpenedStore
from dashboard.tasks.figure_tables import WITH_FIGURES, figures_of, flat, held, in_parts, said
from tests.conftest import LEVELS, TODAY, WRITER, MakeView

TABLES = [(page, table) for page in WITH_FIGURES for table in PAGES[page].tables]
MARKS = {"about_illustrative", "about_publication", "about_choice", "about_problems", "about_approval"}
UNITS = {
    "code", "codes", "text", "texts", "sentences", "address", "yes or no", "percent", "points", "number", "as in unit",
    "0 to 1", "-1 to 1", "0 to 3", "0 to 5", "1 to 4", "1 to 3, 4", "place", "weight", "count", "date", "year", "years",
    "months",
    "answers", "actions", "children", "countries", "criteria", "figures", "impacts", "operations", "opportunities",
    "problems", "ratings", "risks", "rounds",
}  # fmt: skip


@pytest.fixture
def figures(sample_store: Path) -> Any:
    return dashboard.open(sample_store).figures


def call(store: Path, *arguments: object) -> Result:
    result = CliRunner().invoke(main, ["figures", *map(str, arguments), "--store", str(store)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_every_column_of_every_table_is_explained_and_nothing_else_is(published: Published) -> None:
    columns = {
        (table, name)
        for page, table in TABLES
        for name in figures_of(published, page, table, {}, date.today()).rows.schema.names  # type: ignore[union-attr]
    }
    everything = said()
    used = {f"{table}.{name}" if f"{table}.{name}" in everything else name for table, name in columns}
    assert used - set(everything) == set()
    assert set(everything) - used - MARKS == set()
    assert not {name for _, name in columns} & MARKS, "a mark would stand twice"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_whether_a_round_is_approved_is_said_in_the_language_of_the_figures(
    language: str, published: Published
) -> None:
    found = figures_of(published, "overview", "headline", {"round": "2025", "lang": language}, TODAY)
    assert isinstance(found, FiguresTable)
    assert found.approval == read_words(language)("signing.not_approved")


@pytest.mark.parametrize("round_", ["2023", "2025"])
def test_a_table_holds_a_figure_only_where_its_reading_says_that_there_is_one(
    round_: str, published: Published
) -> None:
    withheld = []
    for page, table in TABLES:
        rows: pa.Table = figures_of(published, page, table, {"round": round_}, date.today()).rows  # type: ignore[union-attr]
        for of in ("", "group_"):
            if {f"{of}reading", f"{of}percent"} <= set(rows.column_names):
                for row in rows.to_pylist():
                    shown = row[f"{of}reading"] in ("count", "score")
                    assert (row[f"{of}percent"] is not None) <= shown, (table, row)
                    assert shown or row.get("band") is None or of, (table, row)
                    withheld += [table] if row[f"{of}reading"] == "too_few" else []
    assert "heatmap" in withheld


def test_what_is_said_of_columns_is_plain() -> None:
    assert {unit for unit, _ in said().values()} <= UNITS
    wrong = [name for name, (_, meaning) in said().items() if not meaning.endswith(".") or len(meaning.split()) < 2]
    assert wrong == []


def test_tables_are_questions_and_need_fields_of_the_view() -> None:
    needed = {field for page in PAGES.values() for needs in page.tables.values() for field in needs}
    assert {table for _, table in TABLES} | HIDDEN <= set(names())
    assert needed <= set(OF_FIGURES)
    assert len({table for _, table in TABLES}) == len(TABLES)


def test_every_filter_and_whatever_a_table_asks_for_can_be_chosen() -> None:
    asked = {name for _, table in TABLES for name in parameter_names(table)} & set(FIELDS)
    # The map's shading is a field of the view that no question asks for; what else is open belongs to a page.
    assert asked | {one.name for one in ALL_FILTERS} | {"common", "lang"} == set(OF_FIGURES)


@pytest.mark.parametrize(("page", "table"), [("heatmap", "heatmap"), ("heatmap", "places"), ("overview", "areas")])
def test_a_data_frame_holds_the_rows_of_the_question(page: str, table: str, figures: Any, view_of: MakeView) -> None:
    view = view_of(country=("GHA", "COL"), round="2024")
    rows = flat(ask(view.published, table, {**view.parameters(), "today": date.today()}))
    frame = figures(page, table, country=["GHA", "COL"], round="2024")
    assert list(frame.columns) == rows.column_names
    told = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert told == rows.to_pylist()
    assert frame.attrs["choice"] == {"framework": "crbp", "round": "2024", "country": ["COL", "GHA"]}
    assert frame.attrs["illustrative"] is True


def test_a_data_frame_has_types_that_tell_nothing_from_zero(figures: Any) -> None:
    frame = figures("risks")
    assert {
        name: str(frame[name].dtype) for name in ("impact", "severity", "percent", "n_severe_gaps", "operations")
    } == {
        "impact": "str",
        "severity": "Int64",
        "percent": "float64",
        "n_severe_gaps": "Int64",
        "operations": "object",
    }
    assert str(figures("plan").overdue.dtype) == "boolean"
    assert isinstance(frame.operations[0], list)
    assert str(figures("plan").due_on.dtype).startswith("datetime64")


def test_a_number_is_the_code_that_is_written_like_it(figures: Any) -> None:
    rows = figures("heatmap", round=2024)
    assert rows.equals(figures("heatmap", round="2024"))
    assert not rows.equals(figures("heatmap"))
    assert rows.equals(figures("heatmap", round=rows.country_position.to_numpy("int64")[0] * 0 + 2024)), "numpy's too"
    with pytest.raises(ChoiceError, match="2031"):
        figures("heatmap", round=2031)


def test_a_standard_with_one_kind_of_figures_gives_no_kind(tmp_path: Path, subtests: pytest.Subtests) -> None:
    assert publish(Load(tmp_path / "store", [LEVELS], WRITER, TODAY)).revision is not None
    published = Reader(tmp_path / "store").current()
    assert published is not None
    known = known_codes(published)
    assert {known.kinds(framework) for framework in known.frameworks()} == {("respect",)}
    n_rows = 0
    for page, table in TABLES:
        for read in (held, in_parts):
            found = figures_of(published, page, table, {}, TODAY, read)
            assert isinstance(found, FiguresTable)
            told = {(column.name, (column.unit, column.meaning)) for column in found.columns}
            if ("kind", said()["kind"]) in told:
                with subtests.test(page=page, table=table, read=read.__name__):
                    rows = [row for batch in found.rows.to_batches(100) for row in batch.to_pylist()]
                    n_rows += len(rows)
                    assert {row["kind"] for row in rows} <= {None}
    assert n_rows


def test_python_is_told_what_is_wrong_with_the_nearest_right_one(figures: Any, tmp_path: Path) -> None:
    with pytest.raises(ChoiceError, match=r"country: .GHB. .* Did you mean GHA\?"):
        figures("heatmap", country="GHB")
    with pytest.raises(ChoiceError, match=r"Did you mean heatmap\?"):
        figures("heatmaps")
    with pytest.raises(ChoiceError, match=r"earlier: .*2024"):
        figures("changes")
    with pytest.raises(ChoiceError, match=r"Did you mean country\?"):
        figures("heatmap", contry="GHA")
    with pytest.raises(ChoiceError, match=r"Did you mean table\?"):
        figures("heatmap", tabel="places")
    with pytest.raises(ChoiceError, match=r"Expected: HQ, tcd-op"):
        figures("heatmap", operation="zzz")
    with pytest.raises(StoreError):
        dashboard.open(tmp_path).figures("heatmap")


def test_python_is_told_what_columns_mean(sample_store: Path) -> None:
    opened: OpenedStore = dashboard.open(sample_store)
    meaning = opened.columns("changes")
    assert list(meaning.columns) == ["type", "unit", "meaning"]
    assert meaning.loc["change", "unit"] == "points"
    assert opened.tables()["changes"] == ("changes", "changes_moves")


@pytest.mark.outside
def test_importing_the_dashboard_loads_nothing_heavy() -> None:
    code = "import sys, dashboard; print([m for m in ('pandas', 'duckdb', 'pyarrow', 'streamlit') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"


def test_each_format_of_the_command_holds_the_same_rows(sample_store: Path, tmp_path: Path, figures: Any) -> None:
    chosen = ("heatmap", "--country", "GHA", "--country", "COL", "--round", "2024")
    whole = figures("heatmap", country="GHA,COL", round="2024")
    for name in FORMATS:
        target = tmp_path / f"figures.{name}"
        assert call(sample_store, *chosen, "-o", target).exit_code == 0
        assert call(sample_store, *chosen, "--format", name).stdout_bytes == target.read_bytes()
    of_json = pd.DataFrame(json.loads((tmp_path / "figures.json").read_text("utf-8"))["rows"])
    of_csv = pd.read_csv(tmp_path / "figures.csv", dtype={"area_code": "str"}).drop(columns=list(MARKS))
    of_parquet = pd.read_parquet(tmp_path / "figures.parquet")
    for frame in (of_json, of_csv, of_parquet):
        assert len(frame) == 22
        pd.testing.assert_frame_equal(blank_as_none(frame), blank_as_none(whole), check_dtype=False)


def blank_as_none(frame: Any) -> Any:
    """The same frame, but a column without values has no type of its own; in CSV, an empty text is no value."""
    return frame.astype(object).where(frame.notna() & (frame != ""), None)


SENEGAL = {"framework": "cop-2014", "round": "2025"}
"""The sample has 503 answers to this standard; those of Senegal are among the last."""


def test_python_and_the_command_give_every_answer(sample_store: Path, tmp_path: Path, figures: Any) -> None:
    chosen = (f"--{name}={code}" for name, code in SENEGAL.items())
    call(sample_store, "country", *chosen, "-o", tmp_path / "answers.csv")
    of_json = json.loads(call(sample_store, "country", "--framework", "cop-2014").stdout_bytes)
    for rows in (figures("country", **SENEGAL), pd.read_csv(tmp_path / "answers.csv"), pd.DataFrame(of_json["rows"])):
        assert (len(rows), (rows.country == "SEN").sum()) == (503, 51)
    assert (of_json["n_rows"], of_json["next"]) == (503, None)


def test_the_command_gives_json_as_one_document_however_many_rows_there_are(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "MOST_ROWS", 100)
    found = json.loads(call(sample_store, "country", "--framework", "cop-2014").stdout_bytes)
    assert (len(found["rows"]), found["next"]) == (503, None)


def test_a_file_that_was_there_stays_if_the_new_one_cannot_be_made(
    sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    (tmp_path / "a.csv").write_text("before")
    monkeypatch.setitem(written.FORMATS, "csv", replace(written.FORMATS["csv"], write=full))
    failed = call(sample_store, "heatmap", "-o", tmp_path / "a.csv")
    assert (failed.exit_code, "No space left" in failed.stderr) == (1, True)
    assert (tmp_path / "a.csv").read_text() == "before"


def test_a_parquet_file_says_what_it_is_about(sample_store: Path) -> None:
    import pyarrow.parquet as pq

    schema = pq.read_schema(BytesIO(call(sample_store, "heatmap", "--format", "parquet").stdout_bytes))
    assert json.loads(schema.metadata[b"about"])["illustrative"] is True
    assert schema.field("percent").metadata[b"unit"] == b"percent"


@pytest.mark.parametrize(
    ("arguments", "said_of_it"),
    [
        (
            ("heatmap", "--country", "GHB"),
            "--country: “GHB” does not exist here, so it was left out. Did you mean GHA?",
        ),
        (("heatmap", "--framework", "crb"), "Did you mean crbp?"),
        (("heatmpa",), "Did you mean heatmap?"),
        (("heatmap", "--table", "place"), "Did you mean places?"),
        (("changes",), "--earlier: This table requires a value here"),
        (("heatmap", "--round", "2024,2025"), "only one can count"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(
    arguments: tuple[str, ...], said_of_it: str, sample_store: Path
) -> None:
    result = call(sample_store, *arguments)
    assert (result.exit_code, result.stdout_bytes) == (1, b"")
    assert said_of_it in result.stderr


def test_of_seven_subjects_six_are_given_and_the_last_is_named(sample_store: Path, figures: Any) -> None:
    seven = ["tcd-op", "cod-op", "gha-op", "rwa-op", "sen-op", "tza-op", "bol-op"]
    result = call(sample_store, "compare", "--subject", ",".join(seven))
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["choice"]["subject"] == seven[:6]
    assert f"--subject: {read_words()('problem.too_many', value='bol-op')}" in result.stderr
    with pytest.warns(UserWarning, match="subject: .bol-op"):
        frame = figures("compare", subject=seven)
    assert set(frame.subject) == set(seven[:6])
    wrong = call(sample_store, "compare", "--subject", ",".join(seven), "--country", "GHB")
    assert (wrong.exit_code, wrong.stdout_bytes) == (1, b"")


def test_the_command_needs_a_store_and_a_place_to_write(sample_store: Path, tmp_path: Path) -> None:
    assert call(tmp_path / "nowhere", "heatmap").exit_code == 1
    missing = call(sample_store, "heatmap", "-o", tmp_path / "no folder" / "a.csv")
    assert (missing.exit_code, "a.csv" in missing.stderr) == (1, True)


def test_the_choice_of_a_view_gives_the_same_parameters_as_that_of_an_address(view_of: MakeView) -> None:
    view = view_of(country=("GHA",), common="yes")
    assert view.parameters() == given(view.published, view.state, known_codes(view.published), view.today)
    assert view.parameters()["within"] != ()


def test_a_table_that_cannot_be_grouped_says_so_and_does_not_repeat_the_field(
    published: Published, view_of: MakeView
) -> None:
    day = view_of().today
    heatmap = figures_of(published, "heatmap", "heatmap", {"by": "right"}, day)
    compared = figures_of(published, "compare", "compare_figures", {"by": "right", "subject": "gha-op,col-op"}, day)
    plain = figures_of(published, "heatmap", "heatmap", {}, day)
    assert isinstance(heatmap, FiguresTable)
    assert isinstance(compared, FiguresTable)
    assert isinstance(plain, FiguresTable)
    assert [(one.kind, one.column, one.value) for one in heatmap.problems] == [("not_of_table", "by", "right")]
    assert heatmap.choice == plain.choice
    assert "by" not in heatmap.choice
    assert compared.choice["by"] == "right"
    assert not compared.problems
