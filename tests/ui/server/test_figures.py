"""Can everybody who may open a page get exactly its figures for other tools, and nobody else?"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard.loading.files.words_file import read_words
from dashboard.model.formula import unguarded
from dashboard.model.pages import OUTSIDE, PAGES
from dashboard.model.problem import sentence
from dashboard.model.view.view_query import from_query
from dashboard.queries.ask import ask
from dashboard.queries.given import given
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.tasks.tables.figures import WITH_FIGURES, flat
from dashboard.ui import session
from dashboard.ui.present.room.gate import Gate, Keyring
from dashboard.ui.server.app import doors
from dashboard.ui.versions import masking
from tests.canary import leaks, publish_canary
from tests.conftest import MakeOnce
from tests.ui.server.conftest import SELF, Got, asks

KEY = "ABCDEFGHJKLM"
EVERY = [(page, table) for page in WITH_FIGURES for table in PAGES[page].tables]
each_table = pytest.mark.parametrize(("page", "table"), EVERY)
EVERYTHING = {
    "operation": "gha-op", "subject": "gha-op,col-op", "earlier": "2024", "criterion": "CRBP-01.b",
    "indicator": "internet_gender_gap", "against": "cop-2014", "focus": "CRBP-01",
}  # fmt: skip
"""What every table needs."""
SEVEN = ["tcd-op", "cod-op", "gha-op", "rwa-op", "sen-op", "tza-op", "bol-op"]
CHOICES: dict[str, dict[str, str]] = {
    "nothing": {},
    "two countries": {"country": "GHA,COL", "round": "2024"},
    "another framework": {"framework": "cop-2020", "kind": "support", "risk_area": "RA08"},
    "common set": {"common": "yes", "principle": "CRBP-02,CRBP-05"},
}

IN_SHORT, FURTHER = list(CHOICES)[:2], list(CHOICES)[2:]


def server(*gates: Middleware) -> Starlette:
    """Return the middleware and the routes of the server, without Streamlit behind them."""
    everything = doors(*gates)
    return Starlette(routes=everything["routes"], middleware=everything["middleware"])


def got(path: str, query: Mapping[str, str] | str = "", **more: Any) -> Got:
    text = query if isinstance(query, str) else urlencode(query)
    return asks(server(), f"/api/{path}", query=text, **more)


def told(page: str, query: Mapping[str, str]) -> dict[str, Any]:
    answer = got(page, query)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_a_small_number_of_children_is_withheld_in_every_format() -> None:
    query = {"operation": "gha-op", "round": "2025", "table": "participation"}
    (workshop,) = (row for row in told("country", query)["rows"] if row["activity"] == "workshop")
    assert (workshop["children"], workshop["children_with_disabilities"]) == (48, None)
    assert workshop["withheld"] == ["children_with_disabilities"]
    for name in ("csv", "xlsx"):
        assert got(f"country.{name}", query).status == 200
    assert ",48,26,22,,14,children_with_disabilities," in got("country.csv", query).text
    hidden = told("country", {"round": "2025", "table": "participation", "safe": "yes"})
    assert len(hidden["rows"]) == 8
    assert not {row["what_changed"] for row in hidden["rows"]} & {workshop["what_changed"]}
    assert any(row["withheld"] for row in hidden["rows"])
    assert {row["held_on"] for row in hidden["rows"]} == {None}, "whoever was there knows the day"


@each_table
@pytest.mark.parametrize("choice", [*IN_SHORT, *(pytest.param(name, marks=pytest.mark.thorough) for name in FURTHER)])
def test_each_table_holds_the_rows_of_its_question_cell_by_cell(
    page: str, table: str, choice: str, published: Published
) -> None:
    query = {**EVERYTHING, **CHOICES[choice]}
    known = known_codes(published)
    state, wrong = from_query(query, known)
    rows = flat(ask(published, table, given(published, state, known, date.today())))
    found = told(page, {**query, "table": table})
    assert found["rows"] == json.loads(json.dumps(rows.to_pylist(), default=str))
    assert [column["name"] for column in found["columns"]] == rows.column_names
    assert [p["sentence"] for p in found["problems"]][: len(wrong)] == [sentence(p, read_words()) for p in wrong]
    assert (found["page"], found["table"], found["publication"], found["illustrative"]) == (page, table, 1, True)


def test_a_filter_leaves_what_it_keeps_and_the_answer_says_which_choice_was_applied() -> None:
    found = told("heatmap", {"country": "GHA", "round": "2024"})
    assert {row["country"] for row in found["rows"]} == {"GHA"}
    assert found["choice"] == {"framework": "crbp", "round": "2024", "country": ["GHA"]}
    assert found["problems"] == []
    assert told("heatmap", {"country": "GHA", "round": "2023"})["rows"] != found["rows"]


def test_what_cannot_count_is_left_out_and_named_with_the_nearest_right_one() -> None:
    found = told("heatmap", {"country": "GHB,COL", "contry": "GHA", "imagined": "x", "tour": ""})
    assert found["choice"]["country"] == ["COL"]
    said = {(p["field"], p["value"], p["nearest"]) for p in found["problems"]}
    assert said == {("country", "GHB", "GHA"), ("contry", "contry", "country"), ("imagined", "imagined", None)}
    assert "GHA" in found["problems"][-1]["sentence"]


@pytest.mark.parametrize("page", ["heatmap", "compare"])
def test_of_seven_subjects_six_are_applied_and_the_last_is_named(page: str) -> None:
    found = told(page, {"subject": ",".join(SEVEN)})
    assert found["choice"]["subject"] == SEVEN[:6]
    ((field, value, said),) = ((p["field"], p["value"], p["sentence"]) for p in found["problems"])
    assert (field, value) == ("subject", SEVEN[6])
    assert read_words()("problem_expected.too_many", expected="6") in said
    assert found["rows"]
    assert SEVEN[6] in got(f"{page}.csv", {"subject": ",".join(SEVEN)}).text


def test_a_table_without_what_it_needs_says_so() -> None:
    found = told("changes", {})
    assert found["rows"] == []
    assert [p["field"] for p in found["problems"]] == ["earlier"]
    assert "2024" in found["problems"][0]["sentence"]
    assert told("changes", {"earlier": "2024"})["problems"] == []


@each_table
def test_the_csv_file_reads_as_the_same_table(page: str, table: str) -> None:
    found = told(page, {**EVERYTHING, "table": table})
    answer = got(f"{page}.csv", {**EVERYTHING, "table": table})
    assert answer.status == 200
    frame = pd.read_csv(BytesIO(answer.text.encode()), dtype=_types(found["columns"]))
    assert list(frame.columns)[:-4] == [column["name"] for column in found["columns"]]
    assert frame["about_illustrative"].all()
    assert set(frame["about_publication"]) == ({1} if found["rows"] else set())
    for column in found["columns"]:
        read = [None if pd.isna(cell) else cell for cell in frame[column["name"]]]
        assert [_back(cell, column["type"]) for cell in read] == [
            _flat(row[column["name"]]) for row in found["rows"]
        ], column["name"]


def _types(columns: list[dict[str, str]]) -> dict[str, str]:
    by_type = {"whole": "Int64", "number": "float64", "flag": "boolean"}
    return {column["name"]: by_type.get(column["type"], "str") for column in columns}


def _back(cell: Any, type_: str) -> Any:
    return unguarded(cell) if isinstance(cell, str) and type_ in ("text", "list") else cell


def _flat(value: Any) -> Any:
    """Return a value as a CSV file holds it: lists as text, one kind of line break, no empty text, no outer blanks."""
    value = "; ".join(value) if isinstance(value, list) else value
    return value.strip() or None if isinstance(value, str) else value


def test_the_csv_file_is_also_at_the_address_with_a_format_and_marks_its_choice() -> None:
    query = {"country": "GHA,GHB", "format": "csv"}
    frame = pd.read_csv(BytesIO(got("heatmap", query).text.encode()))
    assert set(frame["about_choice"]) == {"framework=crbp&round=2025&country=GHA"}
    assert all("GHB" in text for text in frame["about_problems"])
    headers = got("heatmap.csv").headers
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="heatmap.csv"'
    assert 'rel="describedby"' in headers["link"]


def test_what_is_not_there_is_not_found_and_the_nearest_is_named() -> None:
    missing = got("heatmapp")
    assert (missing.status, "heatmap?" in missing.text) == (404, True)
    assert got("heatmap", {"table": "headline"}).status == 404
    assert got("workshop").status == 404
    assert got("../heatmap").status == 404
    assert got("heatmap", {"format": "ods"}).status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_figures_are_only_read(method: str) -> None:
    answer = got("heatmap", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_head_tells_of_the_answer_without_giving_it() -> None:
    whole, head = got("heatmap"), got("heatmap", method="HEAD")
    assert (head.status, head.text) == (200, "")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_no_connection_is_made_there() -> None:
    assert got("heatmap", kind="websocket").sent[0]["type"] == "websocket.close"


def test_the_names_of_the_server_and_the_origin_are_asked_as_for_pages() -> None:
    assert got("heatmap", headers=[("host", "evil.example")]).status == 421
    assert got("heatmap", headers=[SELF, ("origin", "http://evil.example")]).status == 403
    assert got("heatmap", headers=[SELF, ("origin", "http://localhost:8501")]).status == 200
    assert got("heatmap").headers["cross-origin-resource-policy"] == "same-origin"


@pytest.fixture
def room() -> Iterator[Starlette]:
    yield server(Middleware(Gate, keys=Keyring(KEY)))
    session._guarded.clear()


def test_in_a_room_only_the_key_gives_figures(room: Starlette) -> None:
    outside = asks(room, "/api/heatmap")
    assert (outside.status, outside.headers["location"], outside.text) == (303, "/vote", "")
    wrong = asks(room, "/api/heatmap", [SELF, ("cookie", "room_key=ABCDEFGHJKLN")])
    assert wrong.status == 303
    inside = asks(room, "/api/heatmap", [SELF, ("cookie", f"room_key={KEY}")])
    assert (inside.status, json.loads(inside.text)["page"]) == (200, "heatmap")


def test_a_store_without_a_publication_or_with_a_damaged_one_gives_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    assert (got("heatmap").status, got("heatmap").text) == (503, read_words()("shell.nothing_published"))
    (tmp_path / "CURRENT").write_text("no number")
    assert got("heatmap").status == 503


def test_the_index_names_every_table_and_what_it_needs() -> None:
    found = json.loads(got("").text)
    assert [(page, table) for page, tables in found["pages"].items() for table in tables] == EVERY
    assert found["pages"]["changes"]["changes"] == ["earlier"]


@pytest.fixture(scope="session")
def canary_store(make_once: MakeOnce) -> Path:
    return make_once("canary", publish_canary) / "store"


HERE = {
    **EVERYTHING,
    "country": "MOZ,MDG,BWA,QXVC,QXVD",
    "operation": "qxv-op-3",
    "subject": "qxv-op-3",
    "imagined": "name*qxv",
}


def written(workbook: Got) -> str:
    """Return all text in a workbook."""
    with ZipFile(BytesIO(workbook.body)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def test_a_workbook_names_somebody_where_names_are_not_hidden(
    canary_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_store))
    assert leaks(written(got("heatmap.xlsx")))


@each_table
@pytest.mark.parametrize("query", [EVERYTHING, HERE], ids=["everything", "named"])
def test_nobody_is_named_while_names_are_hidden(
    page: str, table: str, query: dict[str, str], canary_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_store))
    for name in ("json", "csv", "xlsx"):
        answer = got(f"{page}.{name}", {**query, "table": table, "safe": "yes"})
        assert answer.status == (403 if table in OUTSIDE else 200)
        assert not leaks(written(answer) if name == "xlsx" and table not in OUTSIDE else answer.text)
        if table not in OUTSIDE:
            assert 'filename="safe-' in answer.headers["content-disposition"]


def test_while_names_are_hidden_figures_of_one_or_two_answers_are_withheld_and_names_are_aliases(
    canary_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_store))
    assert leaks(got("heatmap").text), "the group has names"
    found = told("heatmap", {"safe": "yes"})
    assert found["names_hidden"] is True
    assert found["choice"]["safe"] == "yes"
    assert all(re.fullmatch(r"safe-country-\w+|GROUP", row["country"]) for row in found["rows"])
    few = [row for row in found["rows"] if row["n_answered"] in (1, 2)]
    assert few
    assert {row["percent"] for row in few if row["reading"] == "count"} == {None}


def test_one_masked_copy_serves_several_requests(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    monkeypatch.setattr(masking, "idle_seconds", lambda: 120)
    first = told("heatmap", {"safe": "yes"})
    # It is kept for a while after a request, so that the next one need not make it again.
    monkeypatch.setattr(masking, "mask", None)
    assert told("heatmap", {"safe": "yes"}) == first
