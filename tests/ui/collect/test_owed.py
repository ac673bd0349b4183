"""Does the page show who owes what, link every number to where it is answered, and offer all of it as a file?"""

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.exports.csv_files import owed_csv
from dashboard.queries.ask import rows
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.ui.collect.owed_answers import OWED, OWED_FUNCTIONS, OWED_TO_HAND_OUT
from tests.conftest import WRITER, MakeView, copy_of, said
from tests.ui.conftest import OpenPage, cells, finding, nothing_failed, tables, tells

PAGE = {"part": "owed"}


def linked(text: str) -> dict[str, str]:
    """Return the parameters of the first link in a cell."""
    (address,) = re.findall(r"\]\((collect\?[^)]*)\)", text)
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_opens_with_how_much_is_left_and_with_whom(theme: str, page: OpenPage, view_of: MakeView) -> None:
    app = page("collect", PAGE, theme)
    nothing_failed(app)
    view = view_of()
    first = rows(view.published, OWED, view.parameters())[0]
    most = max(rows(view.published, OWED_FUNCTIONS, view.parameters()), key=lambda row: row["n_left"])
    assert finding(app).startswith("Round 2025: ")
    assert said("owed.left.other", n=first["all_left"], function=most["title"]).search(finding(app))
    assert not said("owed.silent.other").search(finding(app)), "every operation has answered something"


def test_each_number_leads_to_where_it_is_answered(page: OpenPage, view_of: MakeView) -> None:
    app = page("collect", PAGE)
    table = tables(app)[0]
    view = view_of()
    first = rows(view.published, OWED, view.parameters())[0]
    row = table.iloc[0]
    assert first["operation_title"] in row["Operation"]
    assert row["Unanswered"] == view.words("owed.of", n=first["n_left"], of=first["n_asked"])
    left = {cell["function"]: cell["n_left"] for cell in first["functions"] if cell["n_left"]}
    shown = {}
    for cell in row:
        if "](" in str(cell) and str(cell).startswith("[") and "function=" in str(cell):
            query = linked(str(cell))
            assert (query["part"], query["operation"]) == ("answer", first["operation"])
            shown[query["function"]] = int(re.findall(r"\[(\d+)\]", str(cell))[0])
    assert shown == left
    query = linked(str(row["Operation"]))
    opened = page("collect", query)
    nothing_failed(opened)
    assert said("answering.finding.other", n=first["n_left"], of=first["n_asked"]).search(finding(opened))


def test_the_lists_lead_to_answering_and_to_checking(page: OpenPage) -> None:
    app = page("collect", PAGE)
    assert tells(app, "owed.list_oldest.other")
    assert tells(app, "owed.list_not_applicable.other")
    parts = {linked(cell)["part"] for cell in cells(app) if "](collect?" in cell}
    assert parts == {"answer", "check"}
    assert any(said("owed.touched_by", step=1).search(cell) for cell in cells(app))


@pytest.mark.thorough
def test_a_step_that_answers_is_named_beside_the_day(
    page: OpenPage, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copy_of(sample_store, tmp_path / "store")
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    rounds = tmp_path / "rounds.csv"
    rounds.write_text("round,title,starts_on,ends_on,frameworks\n2026,Round 2026,2026-02-02,2026-05-29,crbp\n")
    assert publish(Load(store, [rounds], WRITER, date.today())).revision is not None
    app = page("collect", PAGE | {"round": "2026"})
    nothing_failed(app)
    assert said("owed.silent.other", n=11).search(finding(app))
    assert tells(app, "owed.list_silent.other", n=11)
    assert any(said("owed.never").fullmatch(cell) for cell in cells(app))
    answers = tmp_path / "answers.csv"
    answers.write_text("round,operation,criterion,status,answered_on\n2026,gha-op,CRBP-02.b,partly,2026-03-02\n")
    assert publish(Load(store, [answers], WRITER, date.today())).revision is not None
    app = page("collect", PAGE | {"round": "2026"})
    assert said("owed.silent.other", n=10).search(finding(app))
    assert any(said("owed.touched_by", date=date(2026, 3, 2), step=3).search(cell) for cell in cells(app))


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({"country": "RWA", "principle": "CRBP-03"}, "owed.complete"),
        ({"principle": "CRBP-08", "risk_area": "RA01"}, "owed.nobody"),
    ],
)
def test_where_nothing_is_left_or_asked_it_says_so(query: dict[str, str], key: str, page: OpenPage) -> None:
    app = page("collect", PAGE | query)
    nothing_failed(app)
    assert said(key).search(finding(app)), finding(app)


def test_the_filters_of_the_bar_are_kept(page: OpenPage, view_of: MakeView) -> None:
    app = page("collect", PAGE | {"country": "COD,TZA", "principle": "CRBP-08,CRBP-09"})
    nothing_failed(app)
    assert len(tables(app)[0]) == 2
    view = view_of(country=("COD", "TZA"), principle=("CRBP-08", "CRBP-09"))
    first = rows(view.published, OWED, view.parameters())[0]
    assert said("owed.left.other", n=first["all_left"]).search(finding(app))


def test_the_file_holds_every_operation_and_function_and_no_formula(view_of: MakeView) -> None:
    view = view_of()
    found = rows(view.published, OWED_TO_HAND_OUT, view.parameters())
    found[0]["operation_title"] = '=HYPERLINK("http://x")'
    lines = list(csv.DictReader(StringIO(owed_csv(found).decode("utf-8-sig"))))
    assert len(lines) == len(found)
    assert lines[0]["operation_title"] == '\'=HYPERLINK("http://x")'
    assert [int(line["n_left"]) for line in lines] == [row["n_left"] for row in found]
    assert lines[0].keys() >= {"round", "operation", "function", "n_asked", "n_not_applicable_unchecked", "step"}


def test_the_file_is_offered(page: OpenPage) -> None:
    (button,) = page("collect", PAGE).get("download_button")
    assert said("owed.export").fullmatch(button.proto.label)
