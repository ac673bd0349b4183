"""Can everybody who may open a page get exactly its figures for other tools, and nobody else?"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from errno import ENOSPC
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zipfile import ZipFile

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import ASGIApp

from dashboard.loading.yaml_file import read_words
from dashboard.model.deployment import version
from dashboard.model.pages import HIDDEN, PAGES
from dashboard.model.sheet_cells import unguarded
from dashboard.model.view_state import from_query
from dashboard.queries.ask import ask
from dashboard.queries.every_page import given
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published
from dashboard.tasks.figure_tables import WITH_FIGURES, flat
from dashboard.ui import session
from dashboard.ui.present.room_access import Gate, Keyring
from dashboard.ui.server import figures
from dashboard.ui.server.app import doors
from dashboard.ui.server.figures import Figures
from dashboard.ui.versions import masking
from tests.canary import leaks, publish_canary
from tests.conftest import TINY, TODAY, WRITER, MakeOnce, copy_of, rest_thorough, said
from tests.stores.flipped import with_a_flipped_bit
from tests.ui.server.conftest import SELF, Got, asks

KEY = "ABCDEFGHJKLM"
EVERY = [(page, table) for page in WITH_FIGURES for table in PAGES[page].tables]
each_table = pytest.mark.parametrize(("page", "table"), EVERY)
QUICK = EVERY[::4]
BY_TURNS = [*QUICK, *(one for one in EVERY if one not in QUICK)]
some_tables = pytest.mark.parametrize(("page", "table"), rest_thorough(BY_TURNS, now=len(QUICK)))
EVERYTHING = {
    "operation": "gha-op", "subject": "gha-op,col-op", "earlier": "2024", "criterion": "CRBP-01.b",
    "indicator": "internet_gender_gap", "against": "cop-2014", "focus": "CRBP-01",
}  # fmt: skip
"""What every table needs."""
SEVEN = ["tcd-op", "cod-op", "gha-op", "rwa-op", "sen-op", "tza-op", "bol-op"]
CHOICES: dict[str, dict[str, str]] = {
    "nothing": {},
    "two countries": {"country": "GHA,COL", "round": "2024", "earlier": "2023"},
    "another framework": {
        "framework": "cop-2020", "kind": "support", "risk_area": "RA08", "criterion": "COP20-A1.1", "focus": "COP20-A1",
    },
    "common set": {"common": "yes", "principle": "CRBP-02,CRBP-05"},
}  # fmt: skip

IN_SHORT, FURTHER = ["two countries"], [name for name in CHOICES if name != "two countries"]


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


@pytest.mark.parametrize(
    ("query", "table"),
    [({}, "score"), ({"format": "csv"}, "score"), ({"safe": "yes"}, "answer")],
    ids=["json", "csv", "masked"],
)
def test_one_bit_of_a_publication_that_is_another_is_a_sentence(
    query: dict[str, str], table: str, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(with_a_flipped_bit(copy_of(sample_store, tmp_path / "store"), table)))
    answer = got("heatmap", query)
    assert answer.status == 503
    assert said("problem.publication_damaged").search(answer.text) or said("problem.not_written").search(answer.text)


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
    rows = flat(ask(published, table, given(published, state, known, date.today(), whole=True)))
    assert not wrong
    found = told(page, {**query, "table": table})
    assert found["rows"] == json.loads(json.dumps(rows.to_pylist(), default=str))
    assert [column["name"] for column in found["columns"]] == rows.column_names
    assert (found["problems"], found["n_rows"], found["next"]) == ([], rows.num_rows, None)
    assert (found["page"], found["table"], found["publication"], found["illustrative"]) == (page, table, 1, True)


def test_a_filter_leaves_what_it_keeps_and_the_answer_says_which_choice_was_applied() -> None:
    found = told("heatmap", {"country": "GHA", "round": "2024"})
    assert {row["country"] for row in found["rows"]} == {"GHA"}
    assert found["choice"] == {"framework": "crbp", "round": "2024", "country": ["GHA"]}
    assert found["problems"] == []
    assert told("heatmap", {"country": "GHA", "round": "2023"})["rows"] != found["rows"]


@pytest.mark.parametrize(
    ("query", "said_of_it"),
    [
        ({"country": "GHB,COL"}, "country: “GHB” does not exist here, so it was left out. Did you mean GHA?"),
        ({"country": "gha"}, "Did you mean GHA?"),
        ({"contry": "GHA"}, "Did you mean country?"),
        ({"tabel": "heatmap"}, "Did you mean table?"),
        ({"limit": "5"}, "Expected: table, format, from_row, at_publication, excel, framework, round, country"),
        ({"page": "2"}, "Expected: table, format, from_row"),
        ({"framework": "crb"}, "framework: “crb” does not exist here, so it was left out. Did you mean crbp?"),
        ({"round": "2031"}, "round: “2031” does not exist here, so it was left out. Did you mean 2023?"),
        ({"round": "2024,2025"}, "only one can count"),
        ({"kind": "suport"}, "Did you mean support?"),
        ({"safe": "yess"}, "Did you mean yes?"),
        ({"lang": "xx"}, "lang: “xx” does not exist here, so it was left out. Expected: en"),
        ({"operation": "zzz"}, "Expected: HQ, tcd-op, cod-op"),
        ({"framework": "cop-2020", "principle": "CRBP-01"}, "Expected: COP20-A1, COP20-A2"),
        ({"part": "gapps"}, "Did you mean gaps?"),
        ({"format": "cvs"}, "Did you mean csv?"),
        ({"format": "ods"}, "Expected: json, csv, parquet, xlsx."),
        ({"from_row": "0"}, "from_row: “0” is not a whole number above 0."),
        ({"from_row": "-1"}, "“-1” is not a whole number above 0."),
        ({"from_row": "²"}, "“²” is not a whole number above 0."),
        ({"from_row": "9" * 5000}, "is not a whole number above 0."),
        ({"from_row": "1000"}, "from_row: The table has no row 1000. Rows in the table:"),
        ({"at_publication": "x"}, "at_publication: “x” is not a whole number above 0."),
        ({"format": "csv", "from_row": "2"}, "is for JSON only"),
        ({"format": "xlsx", "at_publication": "1"}, "is for JSON only"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_nearest_right_one(query: dict[str, str], said_of_it: str) -> None:
    answer = got("heatmap", query)
    assert (answer.status, said_of_it in answer.text) == (400, True), answer.text
    assert "{" not in answer.text


def test_all_that_is_wrong_is_said_at_once() -> None:
    lines = got("heatmap.csv", {"country": "GHB,COL", "contry": "GHA", "round": "2031"}).text.splitlines()
    assert [line.split(":")[0] for line in lines] == ["contry", "country", "round", "heatmap"]


def test_what_belongs_to_a_visit_is_left_out_and_named() -> None:
    found = told("heatmap", {"country": "COL", "imagined": "x", "tour": ""})
    assert found["choice"]["country"] == ["COL"]
    assert [(p["field"], p["value"], p["nearest"]) for p in found["problems"]] == [("imagined", "imagined", None)]


@pytest.mark.parametrize("page", ["heatmap", "compare"])
def test_of_seven_subjects_six_are_applied_and_the_last_is_named(page: str) -> None:
    found = told(page, {"subject": ",".join(SEVEN)})
    assert found["choice"]["subject"] == SEVEN[:6]
    ((field, value, said),) = ((p["field"], p["value"], p["sentence"]) for p in found["problems"])
    assert (field, value) == ("subject", SEVEN[6])
    assert read_words()("problem_expected.too_many", expected="6") in said
    assert found["rows"]
    assert SEVEN[6] in got(f"{page}.csv", {"subject": ",".join(SEVEN)}).text


def test_a_table_without_what_it_needs_is_refused_with_what_it_could_be() -> None:
    answer = got("changes")
    assert (answer.status, answer.text.splitlines()[0]) == (
        400,
        "earlier: This table requires a value here. Expected: 2023, 2024.",
    )
    assert told("changes", {"earlier": "2024"})["problems"] == []


@some_tables
def test_the_csv_file_reads_as_the_same_table(page: str, table: str) -> None:
    found = told(page, {**EVERYTHING, "table": table})
    answer = got(f"{page}.csv", {**EVERYTHING, "table": table})
    assert answer.status == 200
    frame = pd.read_csv(BytesIO(answer.text.encode()), dtype=_types(found["columns"]))
    assert list(frame.columns)[:-5] == [column["name"] for column in found["columns"]]
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


def test_a_csv_file_begins_with_its_first_column_unless_it_is_for_excel() -> None:
    plain, excel = got("heatmap.csv", {"round": "2024"}), got("heatmap.csv", {"round": "2024", "excel": "yes"})
    assert plain.body.startswith(b"country,")
    assert excel.body == "\ufeff".encode() + plain.body
    for name, wrong in (("csv", "no"), ("json", "yes"), ("xlsx", "yes")):
        assert got(f"heatmap.{name}", {"excel": wrong}).status == 400


def test_the_csv_file_is_also_at_the_address_with_a_format_and_marks_its_choice() -> None:
    query = {"country": "GHA", "format": "csv", "imagined": "x"}
    frame = pd.read_csv(BytesIO(got("heatmap", query).text.encode()))
    assert set(frame["about_choice"]) == {"framework=crbp&round=2025&country=GHA"}
    assert all("imagined" in text for text in frame["about_problems"])
    headers = got("heatmap.csv").headers
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="heatmap.csv"'
    assert 'rel="describedby"' in headers["link"]


@some_tables
def test_the_addresses_within_a_response_give_the_same_rows(page: str, table: str) -> None:
    query = {**EVERYTHING, "table": table, "country": "GHA"}
    answer = got(f"{page}.csv", query)
    address = urlsplit(answer.headers["link"].partition(">")[0].removeprefix("<"))
    rows = told(page, query)["rows"]
    assert told(address.path.removeprefix("/api/"), dict(parse_qsl(address.query)))["rows"] == rows
    frame = pd.read_csv(BytesIO(answer.text.encode()), dtype=str)
    for choice in set(frame["about_choice"]):
        assert told(page, {**dict(parse_qsl(choice)), "table": table})["rows"] == rows


SENEGAL = {"framework": "cop-2014", "round": "2025"}
"""The sample has 503 answers to this standard; those of Senegal are among the last."""


def frame_of(answer: Got, name: str) -> pd.DataFrame:
    """Return the rows of a response in one of the formats."""
    assert answer.status == 200, answer.text
    body = BytesIO(answer.body)
    if name == "json":
        return pd.DataFrame(json.load(body)["rows"])
    readers: dict[str, Callable[..., pd.DataFrame]] = {
        "csv": pd.read_csv,
        "parquet": pd.read_parquet,
        "xlsx": lambda file: pd.read_excel(file, engine="calamine"),
    }
    return readers[name](body)


@pytest.mark.parametrize("name", ["json", "csv", "parquet", "xlsx"])
def test_every_answer_is_given_however_many_there_are(name: str, published: Published) -> None:
    frame = frame_of(got(f"country.{name}", SENEGAL), name)
    with published.cursor() as cursor:
        asked = cursor.execute(
            "SELECT country, count(*) FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no) "
            "JOIN country USING (country_no) JOIN criterion AS k USING (criterion_no) "
            "JOIN framework USING (framework_no) "
            "WHERE round = '2025' AND framework = 'cop-2014' AND k.kind = 'respect' GROUP BY country"
        ).fetchall()
    assert frame.groupby("country").size().to_dict() == dict(asked)
    assert dict(asked)["SEN"] == 51
    assert len(frame) == 503


def following(query: Mapping[str, str], server: ASGIApp, **more: Any) -> list[dict[str, Any]]:
    """Return each JSON response of the answers, from the first on."""
    found, at, text = [], "/country", urlencode(query)
    while at:
        answer = asks(server, at, query=text, **more)
        assert answer.status == 200, answer.text
        found.append(json.loads(answer.text))
        at, text = urlsplit(found[-1]["next"] or "")[2:4]
    return found


@pytest.mark.parametrize(
    "more", rest_thorough([{}, {"country": "SEN,COD,GHA", "lang": "en"}, {"counting": "seen"}], now=2)
)
def test_json_comes_in_pages_that_fit_together_with_every_filter(more: dict[str, str]) -> None:
    query = {**SENEGAL, **more}
    whole = told("country", query)
    pages = following(query, Figures(100))
    assert [row for page in pages for row in page["rows"]] == whole["rows"]
    assert {page["n_rows"] for page in pages} == {len(whole["rows"])} == {whole["n_rows"]}
    assert all(page["choice"] == whole["choice"] for page in pages)
    assert {len(page["rows"]) for page in pages[:-1]} == {100}
    assert whole["next"] is None
    assert Figures().most == 50_000


def test_the_next_address_is_one_of_this_server() -> None:
    answer = asks(Starlette(routes=[Mount("/board/api", Figures(100))]), "/board/api/country", query=urlencode(SENEGAL))
    following = urlsplit(json.loads(answer.text)["next"])
    assert following.path == "/board/api/country"
    assert dict(parse_qsl(following.query)) == {**SENEGAL, "table": "answers", "from_row": "101", "at_publication": "1"}


@pytest.fixture
def growing(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store


def renames_a_country(store: Path, tmp_path: Path) -> None:
    text = (TINY / "countries.csv").read_text("utf-8")
    (tmp_path / "countries.csv").write_text(text.replace("Aland", "Omega"), "utf-8")
    assert publish(Load(store, [tmp_path / "countries.csv"], WRITER, TODAY)).revision is not None


def test_pages_are_of_one_publication_even_if_another_comes_into_force(growing: Path, tmp_path: Path) -> None:
    server = Figures(2)
    first = json.loads(asks(server, "/country").text)
    assert first["next"]
    renames_a_country(growing, tmp_path)
    at = urlsplit(first["next"])
    second = asks(server, at.path, query=at.query)
    assert (second.status, json.loads(second.text)["publication"]) == (200, first["publication"])
    assert json.loads(asks(server, "/country").text)["publication"] == first["publication"] + 1


def test_rows_of_a_publication_that_is_not_kept_are_refused(growing: Path, tmp_path: Path) -> None:
    renames_a_country(growing, tmp_path)
    answer = asks(Figures(2), "/country", query="from_row=3&at_publication=1")
    assert (answer.status, "Ask for the first rows again" in answer.text) == (409, True)


def test_a_machine_that_cannot_write_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(figures, "PrivateFolder", full)
    answer = got("heatmap")
    assert (answer.status, "No space left on device" in answer.text) == (503, True)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_is_left_on_the_disk(method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for query in ({}, {"format": "xlsx"}, {"from_row": "1000"}):
        got("heatmap", query, method=method)
    assert list(tmp_path.iterdir()) == []


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
    assert found["program"] == told("heatmap", {})["program"] == version()


@pytest.fixture(scope="session")
def canary_store(make_once: MakeOnce) -> Path:
    return make_once("canary", publish_canary) / "store"


HERE = {
    **{name: code for name, code in EVERYTHING.items() if name != "indicator"},
    "country": "NAM,TGO,URY,QXVC,QXVD",
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


@pytest.mark.parametrize(
    ("page", "table", "names"),
    [
        *((*one, ["json"]) for one in EVERY),
        *rest_thorough([(*one, ["csv", "xlsx"]) for one in BY_TURNS], now=len(QUICK)),
    ],
)
def test_nobody_is_named_while_names_are_hidden(
    page: str, table: str, names: list[str], canary_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_store))
    for name in names:
        answer = got(f"{page}.{name}", {**HERE, "table": table, "safe": "yes"})
        assert answer.status == (403 if table in HIDDEN else 200)
        assert not leaks(written(answer) if name == "xlsx" and table not in HIDDEN else answer.text)
        if table not in HIDDEN:
            assert 'filename="safe-' in answer.headers["content-disposition"]


@pytest.mark.parametrize("name", ["country", "operation", "subject", "action"])
def test_no_refusal_names_anybody_while_names_are_hidden(
    name: str, canary_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_store))
    for wrong in ("QXVX", "safe-country-zzz", "-"):
        answer = got("heatmap", {name: wrong, "safe": "yes"})
        assert answer.status == 400
        assert not leaks(answer.text.replace(wrong, ""))


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
